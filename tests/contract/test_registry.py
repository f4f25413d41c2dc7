"""Which type a name stands for, where several have its last segment."""

from __future__ import annotations

import pytest

from tests.helpers import in_body, line_of, of_check, report, write
from tests.pages import block, definitions, operation, resource, table, typed

#: Two types of one name, in namespaces and on pages of their own; another that only one namespace has.
#: The usual namespace of the doc set is neither of theirs.
GROUPS = {
    "a/group.md": definitions({"example.a.group": ["|left|String|L.|"], "example.a.only": ["|id|String|I.|"]}),
    "b/group.md": definitions({"example.b.group": ["|right|String|R.|"]}),
    "others.md": definitions({f"example.{name}": ["|id|String|I.|"] for name in ("one", "two", "three")}),
}
LEFT, RIGHT = ("wrong-type", 1, 20), ("wrong-type", 1, 32)
BODY = '{"group": {"left": 5, "right": 5}}'


def holder(name, cell):
    shown = block("resource", "{}", f'"@odata.type": "{name}"', info="json")
    return f"# holder\n\n## Properties\n\n{table([f'|group|{cell}|The group.|'])}\n{shown}"


CELLS = {
    "a full name": ("example.holder", "example.b.group", {RIGHT}),
    "a full name in another case": ("example.holder", "Example.B.Group", {RIGHT}),
    "the page of a link": ("example.holder", "[group](../b/group.md)", {RIGHT}),
    "the page of a link, not the namespace": ("example.a.holder", "[group](../b/group.md)", {RIGHT}),
    "the page of another link": ("example.holder", "[group](../a/group.md)", {LEFT}),
    "nothing": ("example.holder", "group", set()),
    "a page that defines another": ("example.holder", "[group](holder.md)", set()),
}


@pytest.mark.parametrize(("name", "cell", "expected"), CELLS.values(), ids=CELLS)
def test_what_tells_equal_names_apart(tmp_path, name, cell, expected):
    pages = {**GROUPS, "c/holder.md": holder(name, cell)}
    pages["api/op.md"] = operation(BODY, keys=f'"@odata.type": "{name}", "truncated": true')
    found = set(in_body(tmp_path, pages, BODY))
    assert {place for place in found if place[0] == "wrong-type"} == expected
    # The other type's member is surplus where one was found, and nothing is said where none was.
    assert len(found) == 2 * len(expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("example.a.only", [("wrong-type", 1, 8)]),
        ("only", [("wrong-type", 1, 8)]),
        ("#ONLY", [("wrong-type", 1, 8)]),
        ("group", [("ambiguous-type", -4, 48)]),
    ],
)
def test_a_last_segment_is_enough_where_one_type_has_it(tmp_path, name, expected):
    body = '{"id": 5}'
    pages = {**GROUPS, "api/op.md": operation(body, keys=f'"@odata.type": "{name}", "truncated": true')}
    assert in_body(tmp_path, pages, body) == expected


def test_a_type_of_two_pages_has_the_members_of_both(tmp_path):
    body = '{"one": 1, "two": 2, "three": 3}'
    pages = {
        "one.md": resource("thing", ["|one|String|O.|"]),
        "two.md": resource("thing", ["|two|String|T.|"]),
        "api/op.md": operation(body, keys='"@odata.type": "microsoft.graph.thing", "truncated": true'),
    }
    assert in_body(tmp_path, pages, body) == [
        ("wrong-type", 1, 9),
        ("wrong-type", 1, 19),
        ("undeclared-property", 1, 22),
    ]


def test_types_of_another_version_do_not_exist(tmp_path):
    body = '{"one": 1}'
    pages = {
        "v1.0/thing.md": resource("thing", ["|one|String|O.|"]),
        "beta/thing.md": resource("thing", ["|one|Int32|O.|"]),
        "docextract.toml": 'versions = ["v1.0", "beta"]\n',
    }
    shown = operation(body, keys='"@odata.type": "microsoft.graph.thing", "truncated": true')
    found = in_body(tmp_path, {**pages, "v1.0/api/op.md": shown, "beta/api/op.md": shown, "api/op.md": shown}, body)
    assert sorted(found) == [("unknown-type", -4, 48), ("wrong-type", 1, 9)]


def test_the_page_that_declares_most_is_the_related_place(tmp_path):
    few, most = ["|one|String|O.|"], ["|two|String|T.|", "|three|String|T.|"]
    page = operation('{"four": 1}', keys=typed("thing"))
    for first, second in ((few, most), (most, few)):
        pages = {"a.md": resource("thing", first), "b.md": resource("thing", second), "op.md": page}
        [finding] = of_check(report(write(tmp_path, pages)), "undeclared-property")
        fullest = "a.md" if first is most else "b.md"
        [place] = finding["related"]
        assert (place["path"].rpartition("/")[2], place["line"]) == (fullest, line_of(pages[fullest], "|Property|"))


BOX = resource("box", ["|lid|String|The lid.|"])


def beside(text):
    """Return the page of a box that says something above its properties."""
    return {"resources/box.md": BOX.replace("## Properties", f"{text}\n\n## Properties")}


def elsewhere(text):
    """Return the page of a box, and another page that says something."""
    return {"resources/box.md": BOX, "api/about.md": f"# About\n\n{text}\n"}


#: Pages of a type `box`, and whether they call it open.
OPEN = {
    "its own page": (beside("This is an open type."), True),
    "its own page, of the type": (beside("The type is an open type that allows other properties."), True),
    "its own page, in OData's words": (beside("This resource is an OData open type."), True),
    "its own page, of its properties": (beside("The properties of this open type are its members."), True),
    "its own page, by a link": (beside("This is an [open type](../api/about.md)."), True),
    "another page": (elsewhere("Use the open type [box](../resources/box.md)."), True),
    "another page, in bold": (elsewhere("Use the open type **[box](../resources/box.md)**."), True),
    "another page, as code": (elsewhere("Use the open type [`box`](../resources/box.md)."), True),
    "another page, in full": (elsewhere("Use the open type [microsoft.graph.box](../resources/box.md)."), True),
    "nothing": (beside("A box."), False),
    "a denial": (beside("This is not an open type."), False),
    "open types as such": (beside("Open types allow other properties."), False),
    "another type": (elsewhere("Use the open type [bag](../resources/box.md)."), False),
    "another page of itself": (elsewhere("This is an open type."), False),
    "an open box": (elsewhere("Use the open [box](../resources/box.md)."), False),
    "a page of two types": (
        {
            "resources/both.md": definitions(
                {"microsoft.graph.box": ["|lid|String|L.|"], "microsoft.graph.case": ["|lid|String|L.|"]}
            )
            + "\nThis is an open type.\n"
        },
        False,
    ),
}


@pytest.mark.parametrize(("pages", "called"), OPEN.values(), ids=OPEN)
def test_a_type_that_prose_calls_open(tmp_path, pages, called):
    body = '{"colour": 1}'
    made = {**pages, "api/op.md": operation(body, keys=typed("box"))}
    assert in_body(tmp_path, made, body) == [("undeclared-open" if called else "undeclared-property", 1, 2)]


def test_prose_of_another_version_opens_nothing(tmp_path):
    body = '{"colour": 1}'
    pages = {
        "v1.0/box.md": BOX,
        "beta/box.md": BOX,
        "beta/about.md": "# About\n\nUse the open type [box](box.md).\n",
        "docextract.toml": 'versions = ["v1.0", "beta"]\n',
        "v1.0/api/op.md": operation(body, keys=typed("box")),
    }
    found = report(write(tmp_path, pages))["findings"]
    assert [f["check"] for f in found if f["path"].endswith("op.md")] == ["undeclared-property"]


def test_a_chain_of_base_types_may_be_longer_than_calls_can_be_nested(tmp_path):
    number = 400
    types = {f"example.t{n}": [f"|p{n}|String|P.|"] for n in range(number)}
    pages = {f"t{n}.md": definitions({name: rows}) for n, (name, rows) in enumerate(types.items())}
    for n in range(number - 1):
        page = pages[f"t{n}.md"]
        pages[f"t{n}.md"] = page.replace(f'"example.t{n}"', f'"example.t{n}", "baseType": "example.t{n + 1}"')
    body = f'{{"p0": 1, "p{number - 1}": 1, "none": 1}}'
    pages["api/op.md"] = operation(body, keys='"@odata.type": "example.t0", "truncated": true')
    found = in_body(tmp_path, pages, body)
    assert found == [("wrong-type", 1, 8), ("wrong-type", 1, 19), ("undeclared-property", 1, 22)]
