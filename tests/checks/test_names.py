"""Names of types that no page defines: foreign namespaces, slips, odd ones in extracts, slips of the type's own page."""

from __future__ import annotations

import re

import pytest

from tests.helpers import column_of, line_of, of_check, report, write
from tests.pages import THINGS, above_examples, block, message, operation, resource, table, typed

UNKNOWN = "no page defines the type"
FOREIGN = "no page defines a type in the namespace"
#: A name, the severity of the finding, and its message; None where it is right.
NAMES = {
    "in full": ("microsoft.graph.person", None, ""),
    "in another case": ("Microsoft.Graph.PERSON", None, ""),
    "with a number sign": ("#microsoft.graph.person", None, ""),
    "without its namespace": ("person", None, ""),
    "of a namespace that no page defines": (
        "contoso.hr.person",
        "warning",
        f"{FOREIGN} 'contoso.hr'; did you mean microsoft.graph.person?",
    ),
    "of a longer namespace": (
        "microsoft.graph.hr.Person",
        "warning",
        f"{FOREIGN} 'microsoft.graph.hr'; did you mean microsoft.graph.person?",
    ),
    "of a shorter namespace": (
        "graph.person",
        "warning",
        f"{FOREIGN} 'graph'; did you mean microsoft.graph.person?",
    ),
    "a slip": (
        "microsoft.graph.persn",
        "error",
        f"{UNKNOWN} microsoft.graph.persn; did you mean microsoft.graph.person?",
    ),
    "a slip of a namespace that no page defines": (
        "contoso.hr.persn",
        "error",
        f"{UNKNOWN} contoso.hr.persn; did you mean microsoft.graph.person?",
    ),
    "the end of a defined name": (
        "microsoft.graph.workbookPerson",
        "error",
        f"{UNKNOWN} microsoft.graph.workbookPerson; did you mean microsoft.graph.person?",
    ),
    "one that ends like no other": ("microsoft.graph.alien", "error", f"{UNKNOWN} microsoft.graph.alien"),
    "one that ends like a short name": ("microsoft.graph.windbag", "error", f"{UNKNOWN} microsoft.graph.windbag"),
}


def told(folder, pages, page="op.md"):
    """Return (severity, line, column, message) of what is found of unknown types on a page."""
    found = of_check(report(write(folder, pages)), "unknown-type")
    return [(f["severity"], f["line"], f["column"], f["message"]) for f in found if f["path"].endswith(page)]


@pytest.mark.parametrize(("name", "severity", "said"), NAMES.values(), ids=NAMES)
def test_the_name_of_an_annotation(tmp_path, name, severity, said):
    page = operation('{"id": "1"}', keys=f'"@odata.type": "{name}", "truncated": true')
    place = (line_of(page, name), column_of(page, f'"{name}"'))
    assert told(tmp_path, {**THINGS, "api/op.md": page}) == ([(severity, *place, said)] if severity else [])


@pytest.mark.parametrize(("name", "severity", "said"), NAMES.values(), ids=NAMES)
def test_the_name_that_an_object_gives_itself(tmp_path, name, severity, said):
    page = operation(f'{{\n  "owner": {{"@odata.type": "{name}", "id": "1"}}\n}}', keys=typed("thing"))
    place = (line_of(page, name), column_of(page, f'"{name}"'))
    assert told(tmp_path, {**THINGS, "api/op.md": page}) == ([(severity, *place, said)] if severity else [])


@pytest.mark.parametrize("where", ["annotation", "body"])
def test_an_object_of_a_foreign_namespace_is_held_against_the_type_of_that_name(tmp_path, where):
    keys = '"@odata.type": "contoso.hr.person", "truncated": true' if where == "annotation" else typed("thing")
    body = (
        '{\n  "id": 1\n}' if where == "annotation" else '{"owner": {"@odata.type": "#contoso.hr.person",\n  "id": 1\n}}'
    )
    page = operation(body, keys=keys)
    found = report(write(tmp_path, {**THINGS, "api/op.md": page}))["findings"]
    assert [(f["check"], f["severity"], f["line"]) for f in found if f["path"].endswith("op.md")] == [
        ("unknown-type", "warning", line_of(page, "contoso")),
        ("wrong-type", "error", line_of(page, '"id": 1')),
    ]


def test_a_name_is_told_once_where_annotation_and_body_agree(tmp_path):
    page = operation('{"@odata.type": "#contoso.hr.person", "id": "1"}', keys='"@odata.type": "contoso.hr.person"')
    found = told(tmp_path, {**THINGS, "api/op.md": page.replace('"id": "1"', '"id": "1", "age": 1')})
    assert [line for _, line, _, _ in found] == [line_of(page, "blockType", 3)]


def test_a_name_of_a_foreign_namespace_that_two_types_have_is_ambiguous(tmp_path):
    pages = {
        "a.md": resource("a.group", ["|id|String|I.|"]),
        "b.md": resource("b.group", ["|id|String|I.|"]),
        "op.md": operation('{"id": "1"}', keys='"@odata.type": "contoso.group", "truncated": true'),
    }
    found = report(write(tmp_path, pages))["findings"]
    assert [f["check"] for f in found if f["path"].endswith("op.md")] == ["ambiguous-type"]


def test_two_names_with_the_same_ending_are_no_advice(tmp_path):
    pages = {
        "a.md": resource("redStudent", ["|id|String|I.|"]),
        "b.md": resource("blueStudent", ["|id|String|I.|"]),
        "op.md": operation('{"id": "1"}', keys=typed("student")),
    }
    assert [said for *_, said in told(tmp_path, pages)] == [f"{UNKNOWN} microsoft.graph.student"]


def test_the_base_type_of_a_foreign_namespace(tmp_path):
    page = resource("boss", ["|id|String|I.|"], keys='"baseType": "contoso.hr.person"', representation='{"id": "1"}')
    found = of_check(report(write(tmp_path, {**THINGS, "resources/boss.md": page})), "unknown-base-type")
    assert [(f["severity"], f["line"], f["column"], f["message"]) for f in found if f["path"].endswith("boss.md")] == [
        (
            "warning",
            line_of(page, "contoso"),
            column_of(page, '"contoso'),
            f"{FOREIGN} 'contoso.hr'; did you mean microsoft.graph.person?",
        )
    ]


#: Links enough that lead nowhere, so that the doc set is part of a larger one.
LINKS = "# Links\n\n" + "\n".join(f"See [this](../resources/missing{number}.md)." for number in range(40))


def several(*names):
    """Return a page of several responses, each annotated with a type."""
    shown = (block("response", message("200 OK", '{"id": "1"}'), f'"@odata.type": "{name}"') for name in names)
    asked = block("request", "GET /things/{id}")
    return "# A page\n\n" + "\n".join(f"## Example\n\n{asked}\n{response}" for response in shown)


ALIENS = [f"microsoft.graph.alien{number}" for number in range(3)]
#: The names of a page, the odd one among them, and why it is odd.
ODD = {
    "a namespace of its own": (
        [*ALIENS, "microsoft.grph.alien3"],
        "microsoft.grph.alien3",
        "the other types of this page are of the namespace 'microsoft.graph'",
    ),
    "the plural of another": (
        ["microsoft.graph.alien", "microsoft.graph.aliens"],
        "microsoft.graph.aliens",
        "other examples of this page show alien",
    ),
}
USUAL = {
    "all of one namespace": ALIENS,
    "few others": [*ALIENS[:2], "microsoft.grph.alien3"],
    "others of two namespaces": [*ALIENS, "contoso.alien", "microsoft.grph.alien3"],
    "a plural by itself": ["microsoft.graph.aliens"],
}


@pytest.mark.parametrize(("names", "odd", "why"), ODD.values(), ids=ODD)
@pytest.mark.parametrize("extract", [True, False], ids=["extract", "whole"])
def test_an_odd_name_in_an_extract_is_a_warning(tmp_path, names, odd, why, extract):
    page = several(*names)
    links = {"api/links.md": LINKS} if extract else {}
    found = told(tmp_path, {**THINGS, **links, "api/op.md": page})
    line, column = line_of(page, f'"{odd}"'), column_of(page, f'"{odd}"')
    assert [one for one in found if one[1] == line] == [
        ("warning" if extract else "error", line, column, f"{UNKNOWN} {odd}; {why}")
    ]
    assert {one[0] for one in found if one[1] != line} == {"info" if extract else "error"}


@pytest.mark.parametrize("names", USUAL.values(), ids=USUAL)
def test_usual_names_in_an_extract_are_informations(tmp_path, names):
    found = told(tmp_path, {**THINGS, "api/links.md": LINKS, "api/op.md": several(*names)})
    assert {severity for severity, *_ in found} == {"info"}
    assert [said for *_, said in found] == [f"{UNKNOWN} {name}" for name in names]


@pytest.mark.parametrize(("name", "severity"), [("persn", "error"), ("workbookPerson", "warning")])
def test_in_an_extract_the_same_ending_is_no_sure_slip(tmp_path, name, severity):
    page = operation('{"id": "1"}', keys=typed(name))
    found = told(tmp_path, {**THINGS, "api/links.md": LINKS, "api/op.md": page})
    said = f"{UNKNOWN} microsoft.graph.{name}; did you mean microsoft.graph.person?"
    assert found == [(severity, line_of(page, "blockType", 3), column_of(page, '"microsoft'), said)]


@pytest.mark.parametrize(
    "title",
    ["# thing resource type", '# <a name="thing-resource-type"></a>Ressourcentyp thing'],
    ids=["English", "German"],
)
def test_the_slip_of_a_types_own_page_is_told_there_and_not_at_its_users(tmp_path, title):
    right = resource("thing", ["|id|String|The id.|"], representation='{"id": "1"}')
    right = right.replace("# thing resource type", title)
    page = right.replace('"microsoft.graph.thing"', '"microsoft.graph.thng"')
    user = operation('{"id": "1"}', keys=typed("thing"))
    nested = operation('{"@odata.type": "#microsoft.graph.thing", "id": "1"}', keys='"truncated": true')
    pages = {"resources/thing.md": page, "api/op.md": user, "api/nested.md": nested}
    found = report(write(tmp_path, pages))["findings"]
    assert [(f["check"], f["path"].rpartition("/")[2], f["line"], f["column"]) for f in found] == [
        ("page-type-mismatch", "thing.md", line_of(page, "blockType"), column_of(page, '"microsoft.graph.thng"'))
    ]
    assert report(write(tmp_path, {**pages, "resources/thing.md": right}))["findings"] == []


@pytest.mark.parametrize("title", ["person", "The person", "Thing and person"])
def test_a_title_that_agrees_with_its_type_silences_nothing(tmp_path, title):
    page = resource("person", ["|id|String|The id.|"], representation='{"id": "1"}').replace("# person", f"# {title}")
    found = told(tmp_path, {"resources/person.md": page, "api/op.md": operation('{"id": "1"}', keys=typed("persn"))})
    assert [severity for severity, *_ in found] == ["error"]


OWN = '{\n  "@odata.type": "#microsoft.graph.NAME",\n  "id": "1"\n}'


@pytest.mark.parametrize("extract", [True, False], ids=["extract", "whole"])
def test_the_slip_between_an_annotation_and_its_body(tmp_path, extract):
    links = {"api/links.md": LINKS} if extract else {}
    page = operation(OWN.replace("NAME", "spaceShip"), keys=typed("spaceShp"))
    [(severity, line, column, said)] = told(tmp_path, {**THINGS, **links, "api/op.md": page})
    assert (severity, line) == ("warning" if extract else "error", line_of(page, "blockType", 3))
    assert column == column_of(page, '"microsoft.graph.spaceShp')
    assert said == (
        f"{UNKNOWN} microsoft.graph.spaceShp; the body calls itself microsoft.graph.spaceShip: give both the same name"
    )
    found = of_check(report(write(tmp_path, {"api/op.md": page})), "unknown-type")
    assert [place["line"] for one in found for place in one["related"]] == [line_of(page, "#microsoft.graph.spaceShip")]


@pytest.mark.parametrize("own", ["spaceship", "spaceShp", "rocket"])
def test_names_of_annotation_and_body_that_agree_or_are_far_apart(tmp_path, own):
    page = operation(OWN.replace("NAME", own), keys=typed("spaceShp" if own != "spaceship" else "spaceShip"))
    for _, _, _, said in told(tmp_path, {**THINGS, "api/op.md": page}):
        assert "calls itself" not in said


def test_a_near_name_is_asked_for_before_what_is_done_meanwhile(tmp_path):
    rows = table(["|id|String|The id.|"])
    sent = 'PATCH /things/{id}\nContent-Type: application/json\n\n{"id": "1"}'
    page = above_examples(operation('{"id": "1"}', request=sent, keys='"truncated": true'), "Request body", rows)
    page = page.replace('"name": "an_operation"', f'"name": "an_operation", {typed("persn")}')
    assert [said for *_, said in told(tmp_path, {**THINGS, "api/op.md": page})] == [
        f"{UNKNOWN} microsoft.graph.persn; did you mean microsoft.graph.person? "
        "(the body is checked against the page's own properties table)"
    ]


CELLS = {
    "Itn32": "Int32",
    "Sting": "String",
    "DateTimOffset": "DateTimeOffset",
    "Boolaen": "Boolean",
    "persn": "person",
}


def parameters(cell):
    """Return the page of a request with a table of what one sends, with a type in its second row."""
    rows = table(["|id|String|The id.|", f"|size|{cell}|The size.|"])
    return above_examples(operation('{"id": "1"}', request="PATCH /things/{id}"), "Request body", rows)


def listed(cell):
    """Return the page of a type, with the type of a property in its second row."""
    return resource("box", ["|id|String|The id.|", f"|size|{cell}|The size.|"])


@pytest.mark.parametrize("page", [parameters, listed])
@pytest.mark.parametrize(("cell", "meant"), CELLS.items())
def test_a_slip_in_a_type_cell(tmp_path, page, cell, meant):
    folder, text = write(tmp_path, THINGS), page(cell)
    [(severity, line, column, said)] = told(folder, {"api/op.md": text})
    assert (severity, line, column) == ("warning", line_of(text, f"|{cell}|"), len("|size|") + 1)
    assert said.startswith(f"the type of 'size' is not known: {UNKNOWN} {cell}; did you mean ")
    assert said.endswith(f"{meant}?")


@pytest.mark.parametrize(
    "cell", ["Int32", "Edm.String", "person", "[person](../resources/person.md)", "Any kind of size"]
)
def test_type_cells_without_a_slip(tmp_path, cell):
    assert told(tmp_path, {**THINGS, "api/op.md": parameters(cell)}) == []


def test_a_word_of_a_translation_is_no_slip(tmp_path):
    page = parameters("Datei")
    assert len(told(tmp_path, {**THINGS, "api/op.md": page})) == 1
    page = re.sub(r"(?m)^(#+) (.*)", lambda m: f'{m[1]} <a name="{m[2].lower().replace(" ", "-")}"></a>Wort', page)
    assert told(tmp_path, {**THINGS, "api/op.md": page}) == []
