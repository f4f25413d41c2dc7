"""Which type a name stands for, where several have its last segment."""

from __future__ import annotations

import pytest

from tests.helpers import in_body
from tests.pages import block, definitions, operation, resource, table

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
