"""Resource pages: the table against the JSON representation, base types and the names in annotations."""

from __future__ import annotations

import pytest

from tests.helpers import column_of, in_body, line_of, of_check, places, report, write
from tests.pages import PAIRS, THINGS, block, operation, resource, table, typed

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


def test_a_representation_that_differs_from_every_row_in_case(tmp_path):
    rows = ["|Name|String|The name.|", "|Size|String|The size.|"]
    page = resource("sample", rows, representation='{ "name": "string", "size": "string" }')
    found = report(write(tmp_path, {"sample.md": page}))
    assert places(found) == [
        ("representation-undeclared", line_of(page, '{ "name"'), column_of(page, written))
        for written in ('"name": "string"', '"size": "string"')
    ]


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


DE = '# <a name="thing-resource-type"></a>thing-Ressourcentyp\n\n## <a name="properties"></a>Eigenschaften\n\n'
DE_HEAD = "|Eigenschaft|Typ|Beschreibung|"
ZH = '# <a name="thing-resource-type"></a>thing 资源类型\n\n## <a name="properties"></a>属性\n\n'
ZH_HEAD = "|属性|类型|说明|"


def translated(top, head, rows, shown):
    """Return the page of a type in another language, with the anchors of the original."""
    below = '\n## <a name="json-representation"></a>JSON\n\n'
    keys = '"@odata.type": "microsoft.graph.thing"'
    return top + table(rows, head=head) + below + block("resource", shown, keys, info="json")


def related_in_german(row, shown, keys=""):
    """Return the page of a type in German with one relationship."""
    rows = table([f"{row}[thing](thing.md)-Sammlung|T.|"], head="|Beziehung|Typ|Beschreibung|")
    relationships = f'\n## <a name="relationships"></a>Beziehungen\n\n{rows}'
    page = translated(DE, DE_HEAD, ["|id|Zeichenfolge|Die ID.|"], shown)
    page = page.replace('"microsoft.graph.thing"', '"microsoft.graph.thing"' + (f", {keys}" if keys else ""))
    return page.replace('\n## <a name="json', relationships + '\n## <a name="json')


NAMES = {
    "German words": translated(
        DE, DE_HEAD, ["|id|Zeichenfolge|Die ID.|", "|size|Int32|Groesse.|"], '{"id": "string", "size": 1}'
    ),
    "Chinese words": translated(
        ZH, ZH_HEAD, ["|id|字符串|标识符。|", "|tags|字符串集合|标签。|"], '{"id": "a", "tags": ["a"]}'
    ),
    "a relationship in German": related_in_german("|Teile|", '{"id": "string"}'),
    "a relationship that is shown": related_in_german("|parts|", '{"id": "string", "parts": [{"id": "string"}]}'),
    "a relationship in German that may be the one that is shown": related_in_german(
        "|teile|", '{"id": "string", "parts": [{"id": "string"}]}'
    ),
    "a relationship in German that may be an optional one": related_in_german(
        "|Teile|", '{"id": "string"}', '"optionalProperties": ["parts"]'
    ),
    "names with marks": thing(
        '{"id": "a", "size": 1}', rows=["|**id**|String|A.|", "|[size](#properties) (deprecated)|Int32|B.|"]
    ),
    "a group": thing('{"id": "a"}', rows=["|**All of them**|||", "|id|String|The id.|"]),
    "a path": thing('{"id": "a", "place": {}}', rows=["|id|String|The id.|", "|place/city|String|The city.|"]),
}
ODD = {
    "a German noun": (
        translated(DE, DE_HEAD, ["|id|String|A.|", "|Groesse|Int32|B.|"], '{"id": "string", "size": 1}'),
        {"|Groesse|": "'Groesse' names no member; the JSON representation has 'size', which no row declares"},
    ),
    "a German noun for a relationship": (
        related_in_german("|Teile|", '{"id": "string", "parts": [{"id": "string"}]}'),
        {"|Teile|": "'Teile' names no member; the JSON representation has 'parts', which no row declares"},
    ),
    "a German word that is near": (
        translated(DE, DE_HEAD, ["|id|String|A.|", "|Typ|String|B.|"], '{"id": "string", "type": "a"}'),
        {"|Typ|String": "'Typ' names no member; the JSON representation has 'type', which no row declares"},
    ),
    "a Chinese word": (
        translated(ZH, ZH_HEAD, ["|id|字符串|A|", "|备注|字符串|B|"], '{"id": "a", "description": "a"}'),
        {"|备注|": "'备注' names no member; the JSON representation has 'description', which no row declares"},
    ),
    "two in order": (
        translated(
            ZH,
            ZH_HEAD,
            ["|id|字符串|A|", "|备注|字符串|B|", "|tags|字符串|C|", "|大小|Int32|D|"],
            '{"id": "a", "description": "a", "tags": "c", "size": 1}',
        ),
        {
            "|备注|": "'备注' names no member; the JSON representation has 'description', which no row declares",
            "|大小|": "'大小' names no member; the JSON representation has 'size', which no row declares",
        },
    ),
    "two in another order": (
        translated(
            ZH,
            ZH_HEAD,
            ["|id|字符串|A|", "|备注|字符串|B|", "|tags|字符串|C|", "|大小|Int32|D|"],
            '{"size": 1, "description": "a", "id": "a", "tags": "c"}',
        ),
        {
            "|备注|": "'备注' names no member, nor does '大小'; the JSON representation has 'size', 'description'",
            "|大小|": "'大小' names no member, nor does '备注'; the JSON representation has 'size', 'description'",
        },
    ),
    "one for two": (
        translated(ZH, ZH_HEAD, ["|id|字符串|A|", "|备注|字符串|B|"], '{"id": "a", "description": "a", "size": 1}'),
        {"|备注|": "the JSON representation has 'description', 'size', which no row declares"},
    ),
    "no member left": (
        translated(ZH, ZH_HEAD, ["|id|字符串|A|", "|备注|字符串|B|"], '{"id": "a"}'),
        {"|备注|": "'备注' names no member; expected a name such as 'displayName'"},
    ),
    "words in English": (
        thing('{"id": "a", "displayName": "a"}', rows=["|id|String|A.|", "|Display name|String|B.|"]),
        {"|Display name|": "'Display name' names no member; the JSON representation has 'displayName'"},
    ),
    "no name": (
        thing('{"id": "a", "size": 1}', rows=["|id|String|A.|", "| |Int32|B.|"]),
        {"| |Int32": "a row without a name; the JSON representation has 'size', which no row declares"},
    ),
}


@pytest.mark.parametrize("page", NAMES.values(), ids=NAMES)
def test_rows_that_name_members(tmp_path, page):
    assert report(write(tmp_path, {"resources/thing.md": page}))["findings"] == []


#: Pages in German with a slip or an English name that no row explains away.
TOLD = {
    "a slip in what may be absent": (
        related_in_german("|parts|", '{"id": "string"}', '"optionalProperties": ["partts"]'),
        ("annotation-property", '"partts"'),
    ),
    "one that may be absent, without relationships": (
        translated(DE, DE_HEAD, ["|id|Zeichenfolge|Die ID.|"], '{"id": "string"}').replace(
            '"microsoft.graph.thing"', '"microsoft.graph.thing", "optionalProperties": ["parts"]'
        ),
        ("annotation-property", '"parts"'),
    ),
    "a text, which is no relationship": (
        related_in_german("|teile|", '{"id": "string", "colour": "string"}'),
        ("representation-undeclared", '"colour"'),
    ),
    "a name of two words": (
        translated(
            DE,
            DE_HEAD,
            ["|id|Zeichenfolge|A.|", "|madeBy|Zeichenfolge|B.|", "|tags|Int32|C.|"],
            '{"id": "a", "tags": 1}',
        ),
        ("representation-missing", "|madeBy|"),
    ),
}


@pytest.mark.parametrize(("page", "expected"), TOLD.values(), ids=TOLD)
def test_what_no_translated_name_explains(tmp_path, page, expected):
    check, part = expected
    found = report(write(tmp_path, {"resources/thing.md": page}))
    assert places(found) == [(check, line_of(page, part), column_of(page, part))]


@pytest.mark.parametrize(("page", "expected"), ODD.values(), ids=ODD)
def test_rows_that_name_no_member(tmp_path, page, expected):
    found = report(write(tmp_path, {"resources/thing.md": page}))
    assert places(found) == [("property-name", line_of(page, row), 1) for row in expected]
    assert all(words in finding["message"] for words, finding in zip(expected.values(), found["findings"], strict=True))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"id": "1", "description": "A thing"}', []),
        ('{"id": "1", "shade": "red"}', [("undeclared-property", 1, 13)]),
    ],
)
def test_a_row_without_a_name_stands_for_a_member_that_the_representation_shows(tmp_path, body, expected):
    pages = {"resources/thing.md": ODD["a Chinese word"][0], "api/op.md": operation(body, keys=typed("thing"))}
    assert in_body(tmp_path, pages, body) == expected


@pytest.mark.parametrize(
    "page", [ODD["no member left"][0], ODD["a Chinese word"][0].replace(', "description": "a"', "")]
)
def test_what_a_row_without_a_name_may_declare_is_not_undeclared(tmp_path, page):
    body = '{"id": "1", "description": "A thing"}'
    pages = {"resources/thing.md": page, "api/op.md": operation(body, keys=typed("thing"))}
    assert in_body(tmp_path, pages, body) == []


def test_a_table_that_shares_no_name_with_the_representation_is_not_compared(tmp_path):
    page = thing('{"kind": "a", "keys": ["b"]}', rows=["|id|String|A.|", "|size|Int32|B.|"])
    assert report(write(tmp_path, {"resources/thing.md": page}))["findings"] == []


@pytest.mark.parametrize(
    ("heading", "checks"),
    [("place properties", []), ("Place Properties", []), ("thing properties", ["representation-missing"])],
)
def test_a_table_of_the_properties_of_a_member(tmp_path, heading, checks):
    page = thing('{"id": "a", "place": {"city": "Bern"}}', rows=["|id|String|A.|", "|place|place|B.|"])
    page = page.replace("## JSON", f"### {heading}\n\n{table(['|city|String|The city.|'])}\n## JSON")
    pages = {"resources/thing.md": page, "resources/place.md": resource("place", ["|city|String|The city.|"])}
    assert [check for check, *_ in places(report(write(tmp_path, pages)))] == checks


def test_an_array_of_arrays_in_the_representation_of_a_flat_collection(tmp_path):
    page = thing('{"id": "a", "values": [["a"]]}', rows=["|id|String|A.|", "|values|String collection|B.|"])
    found = report(write(tmp_path, {"resources/thing.md": page}))
    assert places(found) == [("representation-type", line_of(page, "|values|"), 1)]
    assert "an array of an array of" in found["findings"][0]["message"]


CELLS = {
    "a name that nothing defines": ("|part|thingPart|P.|", "warning"),
    "a slip": ("|part|peron|P.|", "warning"),
    "a link": ("|part|[thingPart](person.md) collection|P.|", "warning"),
    "one of several": ("|part|person or thingPart|P.|", "warning"),
    "a namespace that no page defines": ("|part|example.shop.person|P.|", "warning"),
    "the page of another type without members": ("|part|[otherPart](thingpart.md)|P.|", "warning"),
    "a page that is not there": ("|part|[thingPart](thingparts.md)|P.|", "info"),
}
#: Pages of a type that gives it no members, in English and in German.
WITHOUT_MEMBERS = {
    "resources/thingpart.md": "# thingPart resource type\n\n## Properties\n\nNone.\n",
    "resources/thingpart.de.md": '# <a name="thingpart-resource-type"></a>thingPart-Ressourcentyp\n\nKeine.\n',
}


@pytest.mark.parametrize(("row", "severity"), CELLS.values(), ids=CELLS)
def test_a_type_cell_that_names_nothing(tmp_path, row, severity):
    page = thing('{"id": "a"}', rows=["|id|String|A.|", row])
    found = report(write(tmp_path, {"resources/thing.md": page, "resources/person.md": PERSON, **WITHOUT_MEMBERS}))
    cells = [f for f in found["findings"] if f["check"] == "unknown-type"]
    assert [(f["severity"], f["line"], f["column"]) for f in cells] == [(severity, line_of(page, row), 7)]


@pytest.mark.parametrize(
    "row",
    [
        "|part|[person](person.md)|P.|",
        "|part|PERSON|P.|",
        "|part|microsoft.graph.person|P.|",
        "|part|Beliebiges Ding|P.|",
        "|part|Text (long)|P.|",
        "|part|[thingPart](/graph/api/resources/thingpart)|P.|",
        "|part|[thingPart](https://example.org/thingpart) collection|P.|",
        "|part|[thingPart](thingpart.md)|P.|",
        "|part|[thingPart](thingpart.de.md) collection|P.|",
    ],
)
def test_a_type_cell_that_names_something_or_is_no_name(tmp_path, row):
    page = thing('{"id": "a"}', rows=["|id|String|A.|", row])
    pages = {"resources/thing.md": page, "resources/person.md": PERSON, **WITHOUT_MEMBERS}
    assert places(report(write(tmp_path, pages)), "unknown-type") == []


@pytest.mark.parametrize(("cell", "told"), [("Ereignis", False), ("Ereignissammlung", False), ("thingPart", True)])
def test_a_word_of_a_translation_is_no_name_of_a_type(tmp_path, cell, told):
    page = translated(DE, DE_HEAD, ["|id|String|A.|", f"|part|{cell}|B.|"], '{"id": "string", "part": "a"}')
    found = report(write(tmp_path, {"resources/thing.md": page}))
    assert bool(places(found, "unknown-type")) is told


@pytest.mark.parametrize("shown", [True, False])
def test_an_invisible_character_in_a_name_is_told_by_its_number(tmp_path, shown):
    rows = ["|\u200bid|String|The id.|", "|size\u200b\ufeff|String|The size.|", "|kind|String|The kind.|"]
    page = resource(
        "thing", rows, representation='{"id": "string", "size": "string", "kind": "string"}' if shown else None
    )
    found = of_check(report(write(tmp_path, {"thing.md": page})), "property-name")
    assert [f["message"].partition(" names")[0] for f in found][:2] == [
        "'id' with the invisible U+200B",
        "'size' with the invisible U+200B, U+FEFF",
    ][: len(found)]
    assert [(f["line"], f["column"]) for f in found] == [(line_of(page, row), 1) for row in rows[: len(found)]]
    assert len(found) == 2
