"""Resource pages: the table against the JSON representation, base types and the names in annotations."""

from __future__ import annotations

import pytest

from tests.helpers import column_of, line_of, places, report, write
from tests.pages import PAIRS, THINGS, resource, table

ROWS = [
    "|id|String|The id.|",
    "|size|Int32|The size.|",
    "|made|DateTimeOffset|When it was made.|",
    "|done|Boolean|Whether.|",
    "|tags|String collection|The tags.|",
    "|owner|[person](person.md)|The owner.|",
    "|state|String|The state. Possible values are: `open`, `closed`.|",
]
SHOWN = """{
  "id": "String (identifier)",
  "size": 1024,
  "made": "String (timestamp)",
  "done": true,
  "tags": ["String"],
  "owner": {"@odata.type": "microsoft.graph.person"},
  "state": "String"
}"""
PERSON = resource("person", ["|age|Int32|The age.|"], representation='{"age": 3}')


def thing(shown=SHOWN, *, rows=ROWS, keys=""):
    return resource("thing", rows, keys=keys, representation=shown)


def swap(old, new):
    assert old in SHOWN
    return thing(SHOWN.replace(old, new))


CLEAN = {
    "words for types": thing(),
    "a type for a value": swap("1024", '"Int32"'),
    "the name of the type in small letters": swap("true", '"boolean"'),
    "a sample": swap('"String (timestamp)"', '"2024-01-31T08:30:00Z"'),
    "a type for an object": swap('{"@odata.type": "microsoft.graph.person"}', '"microsoft.graph.person"'),
    "null": swap('{"@odata.type": "microsoft.graph.person"}', "null"),
    "members of the enum": swap('"state": "String"', '"state": "open | closed"'),
    "an empty collection": swap('["String"]', "[]"),
    "control information": swap('{\n  "id"', '{\n  "@odata.etag": "x",\n  "id"'),
    "a relationship that is not shown": thing().replace(
        "## JSON",
        "## Relationships\n\n"
        + table(["|parts|[person](person.md)|P.|"], head="|Relationship|Type|Description|")
        + "\n## JSON",
    ),
    "a key that the table has": thing(keys='"keyProperty": "id"'),
    "optional properties that the table has": thing(keys='"optionalProperties": ["size", "tags"]'),
    "a base type": thing(keys='"baseType": "microsoft.graph.person"'),
    "no base type": thing(keys='"baseType": null'),
    "what the base type declares": thing(
        SHOWN.replace('"size"', '"age": 3,\n  "size"'), keys='"baseType": "microsoft.graph.person"'
    ),
}
WRONG = {
    "a row that is not shown": (swap('  "size": 1024,\n', ""), "representation-missing", "|size|"),
    "a member without a row": (swap('"size"', '"weight": 1,\n  "size"'), "representation-undeclared", '"weight"'),
    "a string for a number": (swap("1024", '"Boolean"'), "representation-type", "|size|"),
    "a number for a Boolean": (swap("true", "1"), "representation-type", "|done|"),
    "a single value for a collection": (swap('["String"]', '"String"'), "representation-type", "|tags|"),
    "another type": (swap("microsoft.graph.person", "microsoft.graph.thing"), "representation-type", "|owner|"),
    "a key without a row": (thing(keys='"keyProperty": "ident"'), "annotation-property", '"ident"'),
    "an optional property without a row": (
        thing(keys='"optionalProperties": ["size", "sise"]'),
        "annotation-property",
        '"sise"',
    ),
    "a base type that is not defined": (
        thing(keys='"baseType": "microsoft.graph.persn"'),
        "unknown-base-type",
        '"microsoft.graph.persn"',
    ),
    "itself as base type": (
        thing(keys='"baseType": "microsoft.graph.thing"'),
        "base-type-cycle",
        '"microsoft.graph.thing" }',
    ),
    "a row twice": (thing(rows=[*ROWS, "|**id**|String|Again.|"]), "duplicate-property", "|**id**|"),
}


def found(tmp_path, page):
    pages = {"resources/thing.md": page, "resources/person.md": PERSON}
    return places(report(write(tmp_path, pages)))


@pytest.mark.parametrize("page", CLEAN.values(), ids=CLEAN)
def test_clean_resources(tmp_path, page):
    assert found(tmp_path, page) == []


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_place(tmp_path, case):
    page, check, words = case
    assert found(tmp_path, page) == [(check, line_of(page, words), column_of(page, words))]


#: A row, a member that shows it, and what the message says is shown; None where both agree.
SHOWN_AS = {
    "an array for a String": ("|a|String|A.|", '["String"]', 'an array of "String"'),
    "an empty array for a number": ("|a|Int32|A.|", "[]", "an array"),
    "the name of a collection for a String": ("|a|String|A.|", '"Collection(String)"', '"Collection(String)"'),
    "the name of another primitive": ("|a|Int32|A.|", '{"@odata.type": "Edm.String"}', "an object Edm.String"),
    "a number for an object": ("|a|[person](person.md)|A.|", "5", "5"),
    "a collection for an object": (
        "|a|[person](person.md)|A.|",
        '{"@odata.type": "Collection(microsoft.graph.person)"}',
        "an object Collection(microsoft.graph.person)",
    ),
    "an unrelated type": (
        "|a|[person](person.md)|A.|",
        '{"@odata.type": "microsoft.graph.bag"}',
        "an object microsoft.graph.bag",
    ),
    "a derived type": ("|a|[person](person.md)|A.|", '{"@odata.type": "microsoft.graph.student"}', None),
    "a type that nothing defines": ("|a|[person](person.md)|A.|", '{"@odata.type": "microsoft.graph.alien"}', None),
    "a text for an enum": ("|a|thingKind|A.|", '"string"', None),
    "the enum by its name": ("|a|thingKind|A.|", '{"@odata.type": "microsoft.graph.thingKind"}', None),
    "a number for an enum": ("|a|thingKind|A.|", "5", "5"),
    "a type for an enum": (
        "|a|thingKind|A.|",
        '{"@odata.type": "microsoft.graph.person"}',
        "an object microsoft.graph.person",
    ),
    "a number for a name of several types": ("|a|pair|A.|", "5", None),
}


@pytest.mark.parametrize(("row", "value", "said"), SHOWN_AS.values(), ids=SHOWN_AS)
def test_what_a_member_shows_against_its_row(tmp_path, row, value, said):
    page = resource("sample", [row], representation=f'{{ "a": {value} }}')
    pages = {**THINGS, "resources/pairs.md": PAIRS, "resources/sample.md": page}
    found = [f for f in report(write(tmp_path, pages))["findings"] if f["path"].endswith("sample.md")]
    kind = row.split("|")[2].split("]")[0].lstrip("[")
    message = f"the row of 'a' says {kind}, its JSON representation shows {said}"
    assert [(f["check"], f["line"], f["message"]) for f in found] == (
        [("representation-type", line_of(page, row), message)] if said else []
    )
