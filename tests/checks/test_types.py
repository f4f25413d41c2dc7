"""The types of pages and their bases: titles, names that nothing defines, names that several types have."""

from __future__ import annotations

import pytest

from tests.helpers import column_of, line_of, of_check, report, write
from tests.pages import PAIRS, THINGS, operation, resource, typed

TITLES = {
    "its own": ("thing", "thing", None),
    "with a prefix that the title lacks": ("thing", "workbookThing", None),
    "a slip": ("thingList", "thingLst", "the page is titled 'thingList resource type', but declares thingLst"),
    "copied": ("parcel", "person", "the page is titled 'parcel resource type', but declares person"),
    "of another type": ("student", "person", None),
}


@pytest.mark.parametrize("case", TITLES.values(), ids=TITLES)
def test_the_title_of_a_page_against_its_type(tmp_path, case):
    title, declared, message = case
    page = resource(declared, ["|id|String|The id.|"], representation='{"id": "String"}')
    page = page.replace(f"# {declared} resource", f"# {title} resource")
    people = {name: THINGS[name] for name in ("resources/person.md", "resources/student.md")}
    pages = {**people, f"v/{title.lower()}.md": page}
    found = of_check(report(write(tmp_path, pages)), "page-type-mismatch")
    assert [f["message"] for f in found] == ([message] if message else [])
    place = (line_of(page, "blockType"), column_of(page, '"microsoft'))
    assert [(f["line"], f["column"]) for f in found] == ([place] if message else [])


def test_a_page_with_the_name_of_a_type_that_nothing_defines(tmp_path):
    page = resource("status", ["|id|String|The id.|"], representation='{"id": "string"}')
    row = "|state|statusInfo|The state.|"
    user = resource("user", [row], representation='{"state": {"@odata.type": "microsoft.graph.statusInfo"}}')
    [finding] = report(write(tmp_path, {"resources/statusinfo.md": page, "resources/user.md": user}))["findings"]
    assert (finding["check"], finding["severity"]) == ("page-type-mismatch", "warning")
    assert (finding["line"], finding["column"]) == (line_of(page, "blockType"), column_of(page, '"microsoft'))
    assert finding["message"] == "the file has the name of statusInfo, which no page defines, but declares status"
    assert [(place["path"][-7:], place["line"]) for place in finding["related"]] == [("user.md", line_of(user, row))]


@pytest.mark.parametrize(
    ("base", "check", "severity", "message"),
    [
        (
            "microsoft.graph.persn",
            "unknown-base-type",
            "warning",
            "no page defines the base type {}; did you mean microsoft.graph.person?",
        ),
        ("microsoft.graph.alien", "unknown-base-type", "warning", "no page defines the base type {}"),
        (
            "pair",
            "unknown-base-type",
            "info",
            "base type {} is the name of several types: example.a.pair, example.b.pair",
        ),
    ],
)
def test_a_base_type_that_is_not_known(tmp_path, base, check, severity, message):
    page = resource("thing", ["|id|String|The id.|"], keys=f'"baseType": "{base}"', representation='{"id": "string"}')
    pages = {"person.md": THINGS["resources/person.md"], "pairs.md": PAIRS, "thing.md": page}
    [finding] = [f for f in report(write(tmp_path, pages))["findings"] if f["path"].endswith("thing.md")]
    assert (finding["check"], finding["severity"]) == (check, severity)
    assert (finding["line"], finding["column"]) == (line_of(page, "baseType"), column_of(page, f'"{base}"'))
    assert finding["message"] == message.format(base)


def of_operation(found):
    """Return (check, severity, line, column) of what is found on the operation's page."""
    return [(f["check"], f["severity"], f["line"], f["column"]) for f in found["findings"] if f["path"][-5:] == "op.md"]


#: What stands above a body, where its type is asked for, how severe that is, and what is said.
ADVICE = 'put <!-- { "blockType": "response", "@odata.type": "microsoft.graph.x" } --> above it'
UNTOLD = {
    "an annotation of a response": (
        '<!-- { "blockType": "response" } -->',
        '"response"',
        "warning",
        "nothing says the type of this body: add '@odata.type' to its annotation",
    ),
    "no annotation": (
        "",
        "HTTP/1.1",
        "info",
        f"no annotation says the type of this body, and no link does; {ADVICE}",
    ),
}


@pytest.mark.parametrize(("note", "words", "severity", "said"), UNTOLD.values(), ids=UNTOLD)
def test_a_body_whose_type_nothing_says(tmp_path, note, words, severity, said):
    page = operation('{"id": "1"}', keys='"truncated": true')
    page = page.replace('<!-- { "blockType": "response", "truncated": true } -->', note)
    if not note:
        page = page.replace('<!-- { "blockType": "request", "name": "an_operation" } -->', "")
    found = report(write(tmp_path, {**THINGS, "api/op.md": page}))
    [finding] = [f for f in of_check(found, "unresolved-type") if f["path"].endswith("op.md")]
    assert (finding["severity"], finding["message"]) == (severity, said)
    assert (finding["line"], finding["column"]) == (line_of(page, words), column_of(page, words))


def test_an_annotated_response_without_a_status_line_is_one_problem(tmp_path):
    page = operation('{"id": "1"}').replace("HTTP/1.1 200 OK\nContent-Type: application/json\n\n", "")
    found = of_operation(report(write(tmp_path, {**THINGS, "api/op.md": page})))
    assert {(check, severity) for check, severity, *_ in found if severity != "info"} <= {("http-syntax", "error")}


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ('{"id": "1"}', typed("person")),
        ('{"@odata.type": "#microsoft.graph.person", "id": "1"}', ""),
        ('{"value": true}', ""),
        ('{"responses": [{"id": "1", "status": 200, "body": {"any": 1}}]}', ""),
    ],
    ids=["an annotation", "the body", "a scalar", "the answers to a batch"],
)
def test_a_body_that_needs_no_more_words(tmp_path, body, keys):
    pages = {**THINGS, "api/op.md": operation(body, keys=keys)}
    assert [one for one in of_operation(report(write(tmp_path, pages))) if one[0] == "unresolved-type"] == []


@pytest.mark.parametrize("annotated", [True, False])
def test_one_entity_in_an_envelope(tmp_path, annotated):
    page = operation('{\n  "value": {"id": "1", "age": 1}\n}', keys=typed("person") if annotated else '"x": 1')
    if not annotated:
        page = page.replace('<!-- { "blockType": "response", "x": 1 } -->', "").replace(
            "## Examples", "## Response\n\nReturns a [person](../resources/person.md).\n\n## Examples"
        )
    found = of_operation(report(write(tmp_path, {**THINGS, "api/op.md": page})))
    wrapped = [one for one in found if one[0] == "wrapped-entity"]
    assert wrapped == [("wrapped-entity", "warning" if annotated else "info", line_of(page, '"value"'), 3)]


#: What the row of a member says, its value, the check that speaks; `alien` has no page, though the link names one.
ALIEN_ROWS = {
    "an array for one": ("[alien](alien.md)", '[{"any": 1}]', "expected-object"),
    "an array for one that is in bold": ("**[alien](alien.md)**", '[{"any": 1}]', "expected-object"),
    "an empty array for one": ("[alien](alien.md)", "[]", "placeholder"),
    "an object for one": ("[alien](alien.md)", '{"any": 1}', None),
    "a text for one": ("[alien](alien.md)", '"any"', None),
    "null for one": ("[alien](alien.md)", "null", None),
    "an array for many": ("[alien](alien.md) collection", '[{"any": 1}]', None),
    "an array for many in German": ("[alien](alien.md)-Sammlung", '[{"any": 1}]', None),
    "an array for many before the link": ("Collection of [alien](alien.md)", '[{"any": 1}]', None),
    "an array for many in German before the link": ("Auflistung von [alien](alien.md)", '[{"any": 1}]', None),
    "one for many": ("[alien](alien.md) collection", '{"any": 1}', "expected-collection"),
    "an array for what links to another page": ("[alien](aliens-of-mars.md)", '[{"any": 1}]', None),
    "an array for a translated name": ("[Fremder](alien.md)", '[{"any": 1}]', None),
    "an array for what has no link": ("alien", '[{"any": 1}]', None),
}


@pytest.mark.parametrize(("cell", "value", "check"), ALIEN_ROWS.values(), ids=ALIEN_ROWS)
def test_one_or_many_of_a_type_that_no_page_defines(tmp_path, cell, value, check):
    page = operation(f'{{\n  "guest": {value}\n}}', keys=typed("house"))
    pages = {"resources/house.md": resource("house", [f"|guest|{cell}|The guest.|"]), "api/op.md": page}
    found = of_operation(report(write(tmp_path, pages)))
    severity = "warning" if check == "placeholder" else "error"
    assert found == ([(check, severity, line_of(page, '"guest"'), 12)] if check else [])
