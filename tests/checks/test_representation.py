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


def on_sample(folder, row, value, **pages):
    """Return (check, severity, line, column, message) of what is found on the page of a type with one member."""
    page = resource("sample", [row], representation=f'{{\n  "a": {value}\n}}')
    made = {**THINGS, "resources/pairs.md": PAIRS, "resources/sample.md": page, **pages}
    found = [f for f in report(write(folder, made))["findings"] if f["path"].endswith("sample.md")]
    return page, [(f["check"], f["severity"], f["line"], f["column"], f["message"]) for f in found]


#: The type cell of a row, a member that shows it, and what the message says is shown; None where both agree.
#: `alien` is a type that no page defines.
ONE_OR_MANY = {
    "many of an unknown type for one of its page": ("[alien](alien.md)", "[{}]", "an array of an object"),
    "the name of many for one of its page": (
        "[alien](alien.md)",
        '"Collection(microsoft.graph.alien)"',
        '"Collection(microsoft.graph.alien)"',
    ),
    "many of an unknown type for one of another page": ("[alien](aliens-of-mars.md)", "[{}]", None),
    "many of an unknown type for one without a link": ("alien", "[{}]", None),
    "many for one of a translated name": ("[Fremder](alien.md)", "[{}]", None),
    "one of an unknown type for many": ("[alien](alien.md) collection", "{}", "an object"),
    "one of an unknown type for many without a link": ("alien collection", "{}", "an object"),
    "one of an unknown type for many, in German": ("[alien](alien.md)-Sammlung", "{}", "an object"),
    "many of an unknown type for many": ("[alien](alien.md) collection", "[{}]", None),
    "many of an unknown type for many, in German": ("[alien](alien.md)-Sammlung", "[{}]", None),
    "one of an unknown type for one": ("[alien](alien.md)", "{}", None),
    "a text for one of an unknown type": ("[alien](alien.md)", '"string"', None),
    "a number for many texts": ("String collection", "5", "5"),
    "null for many": ("[alien](alien.md) collection", "null", None),
    "a text with a word for many": ("String collection", '"String collection"', None),
    "one of several types for one": ("pair", "[{}]", None),
    "many of a related type": (
        "[person](person.md) collection",
        '[{"@odata.type": "microsoft.graph.student"}]',
        None,
    ),
    "many of an unrelated type by name": (
        "[person](person.md) collection",
        '"Collection(microsoft.graph.bag)"',
        '"Collection(microsoft.graph.bag)"',
    ),
    "many of the type by name": ("[person](person.md) collection", '"Collection(microsoft.graph.person)"', None),
    "many of the type by name with a number sign": (
        "[person](person.md) collection",
        '"#Collection(microsoft.graph.person)"',
        None,
    ),
    "many texts by name": ("String collection", '"Collection(String)"', None),
    "many numbers by name": ("Int32 collection", '"Collection(Edm.Int32)"', None),
}


@pytest.mark.parametrize(("cell", "value", "said"), ONE_OR_MANY.values(), ids=ONE_OR_MANY)
def test_one_or_many(tmp_path, cell, value, said):
    page, found = on_sample(tmp_path, f"|a|{cell}|A.|", value)
    found = [one for one in found if one[0] == "representation-type"]
    text = cell.replace("[", "").replace("]", "").replace("(alien.md)", "").replace("(person.md)", "")
    message = f"the row of 'a' says {text}, its JSON representation shows {said}"
    assert found == ([("representation-type", "warning", line_of(page, "|a|"), 1, message)] if said else [])


#: What a member shows inside, and what is said of it; `owner` is a person.
INSIDE = {
    "what its type declares": ('{"id": "string", "age": 3}', []),
    "nothing": ("{}", []),
    "control information": ('{"@odata.type": "microsoft.graph.person", "@odata.etag": "x"}', []),
    "what only a derived type declares": ('{"id": "string", "grade": 3}', []),
    "a derived type by its name": ('{"@odata.type": "microsoft.graph.student", "grade": 3, "age": 3}', []),
    "a member of its own": ('{"id": "string", "colour": "string"}', ["colour"]),
    "two members of its own": ('{"colour": "string", "mood": "string"}', ["colour", "mood"]),
    "a member that its named type lacks": ('{"@odata.type": "microsoft.graph.student", "colour": 3}', ["colour"]),
    "an unknown type": ('{"@odata.type": "microsoft.graph.alien", "colour": 3}', []),
    "a type without its base": ('{"@odata.type": "microsoft.graph.orphan", "colour": 3}', []),
    "an open type": ('{"@odata.type": "microsoft.graph.bag", "colour": 3}', []),
    "extension members": ('{"extension_0123456789abcdef0123456789abcdef_x": 1}', []),
}


@pytest.mark.parametrize(("value", "names"), INSIDE.values(), ids=INSIDE)
@pytest.mark.parametrize("many", [False, True], ids=["one", "many"])
def test_objects_inside_a_representation_are_held_against_their_types(tmp_path, value, names, many):
    cell = "[person](person.md)" + (" collection" if many else "")
    page, found = on_sample(tmp_path, f"|a|{cell}|A.|", f"[{value}]" if many else value)
    kind = "student" if "student" in value else "person"
    assert [one for one in found if one[0] == "representation-undeclared"] == [
        (
            "representation-undeclared",
            "warning",
            line_of(page, f'"{name}"'),
            column_of(page, f'"{name}"'),
            f"'{name}' inside the JSON representation is in no table of {kind}",
        )
        for name in names
    ]


def test_what_the_representation_of_the_inner_type_shows_is_that_pages_matter(tmp_path):
    person = resource("person", ["|id|String|The id.|"], representation='{"id": "string", "colour": "string"}')
    value = '{"id": "string", "colour": "string"}'
    _, found = on_sample(tmp_path, "|a|[person](person.md)|A.|", value, **{"resources/person.md": person})
    assert found == []


#: Rows and a representation in which one member has nearly the name of a row: one slip, one finding.
SLIPS = {
    "a slip": (
        '"nmae"',
        "'nmae' of the JSON representation is in no table of microsoft.graph.sample; did you mean 'name'?",
    ),
    "another case": ('"Name"', "'Name' of the JSON representation differs in case from 'name' in the table"),
}


@pytest.mark.parametrize(("written", "said"), SLIPS.values(), ids=SLIPS)
@pytest.mark.parametrize("keys", ["", '"baseType": "microsoft.graph.missing"'], ids=["whole", "without its base"])
def test_a_slip_of_a_representation_is_told_once(tmp_path, written, said, keys):
    rows = ["|size|String|The size.|", "|name|String|The name.|"]
    page = resource("sample", rows, keys=keys, representation=f'{{ {written}: "string", "size": "string" }}')
    found = [f for f in report(write(tmp_path, {"sample.md": page}))["findings"] if f["check"] != "unknown-base-type"]
    assert [(f["check"], f["severity"], f["message"]) for f in found] == [
        ("representation-undeclared", "warning", said)
    ]
    assert (found[0]["line"], found[0]["column"]) == (line_of(page, written), column_of(page, written))
    assert [place["line"] for place in found[0]["related"]] == [line_of(page, "|name|")]


#: Rows of a type whose base type is not found, and whether a member without a row is told.
HEIRS = {
    "without what it inherits": (["|name|String|The name.|"], False),
    "with the key": (["|name|String|The name.|", "|id|String|The id.|"], True),
    "with rows that say so": (["|name|String|The name. Inherited from [missing](missing.md).|"], True),
    "with rows that say so in German": (["|name|String|Der Name. Geerbt von [missing](missing.md).|"], True),
}


@pytest.mark.parametrize(("rows", "told"), HEIRS.values(), ids=HEIRS)
def test_a_member_without_a_row_of_a_type_without_its_base(tmp_path, rows, told):
    shown = '{ "name": "string", "id": "string", "colour": "string" }'
    page = resource("sample", rows, keys='"baseType": "microsoft.graph.missing"', representation=shown)
    found = [f["property"] for f in report(write(tmp_path, {"sample.md": page}))["findings"] if f["property"]]
    assert ("colour" in found) is told
