"""Resource pages: the table against the JSON representation, base types and the names in annotations."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, report, resource, write

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


def thing(shown=SHOWN, *, rows=ROWS, extra=""):
    return resource("thing", rows, extra=extra, representation=shown)


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
        "## Relationships\n\n|Relationship|Type|Description|\n|:---|:---|:---|\n|parts|[person](person.md)|P.|\n\n## JSON",
    ),
    "a key that the table has": thing(extra=', "keyProperty": "id"'),
    "optional properties that the table has": thing(extra=', "optionalProperties": ["size", "tags"]'),
    "a base type": thing(extra=', "baseType": "microsoft.graph.person"'),
    "no base type": thing(extra=', "baseType": null'),
    "what the base type declares": thing(
        SHOWN.replace('"size"', '"age": 3,\n  "size"'), extra=', "baseType": "microsoft.graph.person"'
    ),
}
WRONG = {
    "a row that is not shown": (swap('  "size": 1024,\n', ""), "representation-missing", "|size|"),
    "a member without a row": (swap('"size"', '"weight": 1,\n  "size"'), "representation-undeclared", '"weight"'),
    "a string for a number": (swap("1024", '"Boolean"'), "representation-type", "|size|"),
    "a number for a Boolean": (swap("true", "1"), "representation-type", "|done|"),
    "a single value for a collection": (swap('["String"]', '"String"'), "representation-type", "|tags|"),
    "another type": (swap("microsoft.graph.person", "microsoft.graph.thing"), "representation-type", "|owner|"),
    "a key without a row": (thing(extra=', "keyProperty": "ident"'), "annotation-property", '"ident"'),
    "an optional property without a row": (
        thing(extra=', "optionalProperties": ["size", "sise"]'),
        "annotation-property",
        '"sise"',
    ),
    "a base type that is not defined": (
        thing(extra=', "baseType": "microsoft.graph.persn"'),
        "unknown-base-type",
        '"microsoft.graph.persn"',
    ),
    "itself as base type": (
        thing(extra=', "baseType": "microsoft.graph.thing"'),
        "base-type-cycle",
        '"microsoft.graph.thing" }',
    ),
    "a row twice": (thing(rows=[*ROWS, "|**id**|String|Again.|"]), "duplicate-property", "|**id**|"),
}


def found(tmp_path, page):
    pages = {"resources/thing.md": page, "resources/person.md": PERSON}
    findings = report(write(tmp_path, pages))["findings"]
    return [(f["check"], f["line"], f["column"]) for f in findings]


@pytest.mark.parametrize("page", CLEAN.values(), ids=CLEAN)
def test_clean_resources(tmp_path, page):
    assert found(tmp_path, page) == []


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_place(tmp_path, case):
    page, check, words = case
    line = line_of(page, words)
    assert found(tmp_path, page) == [(check, line, page.split("\n")[line - 1].index(words) + 1)]
