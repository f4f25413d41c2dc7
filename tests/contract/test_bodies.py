"""Bodies against their tables: what is found, at which line and column, and where the tool keeps silent."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, operation, report, resource, write

ROWS = [
    "|id|String|The id. Not nullable.|",
    "|name|String|The name.|",
    "|size|Int32|The size.|",
    "|ratio|Double|A ratio.|",
    "|done|Boolean|Whether it is done.|",
    "|made|DateTimeOffset|When it was made.|",
    "|day|Date|A day.|",
    "|clock|TimeOfDay|A time.|",
    "|lasts|Duration|How long.|",
    "|key|Guid|A key.|",
    "|blob|Edm.Binary|Bytes.|",
    "|tags|String collection|Tags.|",
    "|state|String|The state. Possible values are: `open`, `closed`.|",
    "|kind|thingKind|The kind.|",
    "|owner|[person](person.md)|The owner.|",
    "|members|[person](person.md) collection|The members.|",
    "|free|Json|Anything.|",
    "|odd|some text here|Unknown type.|",
]
PERSON = ["|id|String|The id.|", "|age|Int32|The age.|"]
ENUM = "# Enums\n\n### thingKind values\n\n|Member|\n|:---|\n|small|\n|large|\n"
BASE = {
    "resources/thing.md": resource("thing", ROWS),
    "resources/person.md": resource("person", PERSON),
    "resources/student.md": resource(
        "student", ["|grade|Int32|The grade.|"], extra=', "baseType": "microsoft.graph.person"'
    ),
    "resources/bag.md": resource("bag", ["|displayName|String|Name.|"], extra=', "openType": true'),
    "resources/orphan.md": resource("orphan", ["|x|String|X.|"], extra=', "baseType": "microsoft.graph.missing"'),
    "resources/valued.md": resource("valued", ["|value|String|The value.|", "|id|String|Id.|"]),
    "resources/enums.md": ENUM,
}
THING = '"@odata.type": "microsoft.graph.thing", "truncated": true'


def found(tmp_path, body, annotation=THING, **keys):
    """Give [(check, line in the body, column)] of everything that is found on the operation's page."""
    page = operation(body, annotation=annotation, **keys)
    pages = {**BASE, "api/op.md": page}
    first = page[: page.index(body)].count("\n") if body in page else 0
    findings = report(write(tmp_path, pages))["findings"]
    return [(f["check"], f["line"] - first, f["column"]) for f in findings if f["path"].endswith("op.md")]


CLEAN = {
    "all primitives": '{"id": "1", "size": 5, "ratio": 0.5, "done": true, "made": "2024-01-31T08:30:00Z"}',
    "an integer for a Double": '{"ratio": 1}',
    "an infinite Double": '{"ratio": "INF"}',
    "a whole float for an Int32": '{"size": 5.0}',
    "the bounds of Int32": '{"size": -2147483648}',
    "an offset in a date and time": '{"made": "2024-01-31T08:30:00.1234567+02:00"}',
    "the first year": '{"made": "0001-01-01T00:00:00Z"}',
    "dates, times, durations": '{"day": "2024-02-29", "clock": "23:59:59.99", "lasts": "P1DT2H"}',
    "a guid in capitals": '{"key": "3F2504E0-4F89-11D3-9A0C-0305E82C3301"}',
    "base64 and base64url": '{"blob": "aGk_-w"}',
    "null nearly everywhere": '{"name": null, "size": null, "owner": null, "kind": null, "state": null}',
    "enum members": '{"kind": "small", "state": "closed"}',
    "flags of an enum": '{"kind": "small,large"}',
    "a placeholder in a String": '{"name": "name-value", "id": "{id}"}',
    "any value of an untyped property": '{"free": {"a": [1]}, "odd": 7}',
    "nested objects": '{"owner": {"id": "1", "age": 3}, "members": [{"id": "2"}]}',
    "an empty collection": '{"tags": [], "members": []}',
    "a derived type with its tag": '{"owner": {"@odata.type": "#microsoft.graph.student", "grade": 3, "age": 9}}',
    "the tag in another case": '{"owner": {"@odata.type": "#Microsoft.Graph.Student", "grade": 3}}',
    "the tag of the base": '{"owner": {"@odata.type": "#microsoft.graph.person", "age": 9}}',
    "control information": '{"@odata.etag": "x", "owner@odata.navigationLink": "x", "#action": {}}',
    "extension members": '{"extension_0123456789abcdef0123456789abcdef_x": 1, "ext12345678_y": {}}',
}


@pytest.mark.parametrize("body", CLEAN.values(), ids=CLEAN)
def test_clean_bodies(tmp_path, body):
    assert found(tmp_path, body) == []


WRONG = {
    "a string for an Int32": ('{\n  "size": "5"\n}', ("wrong-type", 2, 11)),
    "a number for a String": ('{\n  "name": 5\n}', ("wrong-type", 2, 11)),
    "a string for a Boolean": ('{\n  "done": "true"\n}', ("wrong-type", 2, 11)),
    "a fraction for an Int32": ('{\n  "size": 5.5\n}', ("wrong-type", 2, 11)),
    "a true for an Int32": ('{\n  "size": true\n}', ("wrong-type", 2, 11)),
    "a string for an object": ('{\n  "owner": "Ann"\n}', ("wrong-type", 2, 12)),
    "over the bound": ('{\n  "size": 2147483648\n}', ("out-of-range", 2, 11)),
    "a date without a zone": ('{\n  "made": "2024-01-31T08:30:00"\n}', ("wrong-format", 2, 11)),
    "the 30th of February": ('{\n  "day": "2024-02-30"\n}', ("wrong-format", 2, 10)),
    "a time of 25 hours": ('{\n  "clock": "25:00:00"\n}', ("wrong-format", 2, 12)),
    "no duration": ('{\n  "lasts": "2 hours"\n}', ("wrong-format", 2, 12)),
    "no guid": ('{\n  "key": "3f2504e0"\n}', ("wrong-format", 2, 10)),
    "no enum member": ('{\n  "kind": "huge"\n}', ("enum-value", 2, 11)),
    "no listed value": ('{\n  "state": "ajar"\n}', ("enum-value", 2, 12)),
    "an enum member in another case": ('{\n  "kind": "Small"\n}', ("enum-case", 2, 11)),
    "a null that must not be": ('{\n  "id": null\n}', ("not-nullable", 2, 9)),
    "a null collection": ('{\n  "tags": null\n}', ("null-collection", 2, 11)),
    "a string for a collection": ('{\n  "tags": "new"\n}', ("expected-collection", 2, 11)),
    "an object for a collection": ('{\n  "members": {"id": "1"}\n}', ("expected-collection", 2, 14)),
    "an array for an object": ('{\n  "owner": [{"id": "1"}]\n}', ("expected-object", 2, 12)),
    "a placeholder for a date": ('{\n  "made": "String (timestamp)"\n}', ("placeholder", 2, 11)),
    "a placeholder for a number": ('{\n  "size": "size-value"\n}', ("placeholder", 2, 11)),
    "an undeclared member": ('{\n  "colour": "red"\n}', ("undeclared-property", 2, 3)),
    "an undeclared member of a nested object": (
        '{\n  "owner": {\n    "colour": "red"\n  }\n}',
        ("undeclared-property", 3, 5),
    ),
    "an undeclared member of an item": (
        '{\n  "members": [\n    {"id": "1"},\n    {"colour": 1}\n  ]\n}',
        ("undeclared-property", 4, 6),
    ),
    "odata.context without its @": ('{\n  "odata.context": "x"\n}', ("undeclared-property", 2, 3)),
    "another case": ('{\n  "Name": "x"\n}', ("property-case", 2, 3)),
    "a derived type without its tag": ('{\n  "owner": {"grade": 3}\n}', ("untagged-derived", 2, 12)),
    "an unknown type": (
        '{\n  "owner": {"@odata.type": "#microsoft.graph.alien"}\n}',
        ("unknown-type", 2, 28),
    ),
    "an unrelated type": (
        '{\n  "owner": {"@odata.type": "#microsoft.graph.thing"}\n}',
        ("type-mismatch", 2, 28),
    ),
    "a trailing comma": ('{\n  "id": "1",\n}', ("json-syntax", 2, 12)),
    "a member twice": ('{\n  "id": "1",\n  "id": "2"\n}', ("json-duplicate-member", 3, 3)),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_place(tmp_path, case):
    body, expected = case
    assert found(tmp_path, body) == [expected]


ENVELOPES_CLEAN = {
    "a declared collection": ('{"value": [{"id": "1"}]}', THING + ', "isCollection": true'),
    "Collection()": (
        '{"value": [{"id": "1"}]}',
        '"@odata.type": "Collection(microsoft.graph.thing)", "truncated": true',
    ),
    "an empty collection": ('{"value": []}', THING + ', "isCollection": true'),
    "a collection with its links": (
        '{"@odata.context": "x", "@odata.nextLink": "https://x.org/?$skip=1", "value": []}',
        THING + ', "isCollection": true',
    ),
    "a collection in another envelope": ('{"data": [{"id": "1"}], "more": true}', THING + ', "isCollection": true'),
    "a type with a property value": (
        '{"value": "x"}',
        '"@odata.type": "microsoft.graph.valued", "truncated": true',
    ),
    "items of derived types": (
        '{"value": [{"@odata.type": "#microsoft.graph.student", "grade": 1}, {"age": 2}]}',
        '"@odata.type": "microsoft.graph.person", "isCollection": true, "truncated": true',
    ),
    "a Boolean": ('{"value": true}', '"@odata.type": "Edm.Boolean"'),
    "a String collection": ('{"value": ["a"]}', '"@odata.type": "Collection(Edm.String)"'),
    "an unclosed type": ('{"any": 1}', '"@odata.type": "microsoft.graph.orphan", "truncated": true'),
    "an error body": ('{"error": {"code": "x"}}', THING + ', "expectError": true'),
    "a short last segment": ('{"id": "1"}', '"@odata.type": "thing", "truncated": true'),
    "another case of the name": ('{"id": "1"}', '"@odata.type": "microsoft.graph.THING", "truncated": true'),
}


@pytest.mark.parametrize("case", ENVELOPES_CLEAN.values(), ids=ENVELOPES_CLEAN)
def test_clean_envelopes(tmp_path, case):
    assert found(tmp_path, *case) == []


ENVELOPES_WRONG = {
    # At the annotation, four lines above the status line.
    "an array under value": ('{\n  "value": [{"id": "1"}]\n}', THING, ("collection-undeclared", -4, 48)),
    "one object under value": ('{\n  "value": {"id": "1"}\n}', THING, ("wrapped-entity", 2, 3)),
    "an object for the collection": (
        '{\n  "id": "1"\n}',
        THING + ', "isCollection": true',
        ("expected-collection", 1, 1),
    ),
    "a wrong item in another envelope": (
        '{\n  "data": [{"id": "1", "size": "5"}],\n  "more": true\n}',
        THING + ', "isCollection": true',
        ("wrong-type", 2, 32),
    ),
    "an array for the object": ('[{"id": "1"}]', THING, ("expected-object", 1, 1)),
    "a body where None is": ('{"id": "1"}', '"@odata.type": "microsoft.graph.None"', ("type-mismatch", -4, 48)),
    "an open type": (
        '{\n  "more": 1\n}',
        '"@odata.type": "microsoft.graph.bag", "truncated": true',
        ("undeclared-open", 2, 3),
    ),
    "a slip in an open type": (
        '{\n  "displayNam": "x"\n}',
        '"@odata.type": "microsoft.graph.bag", "truncated": true',
        ("open-near-miss", 2, 3),
    ),
}


@pytest.mark.parametrize("case", ENVELOPES_WRONG.values(), ids=ENVELOPES_WRONG)
def test_one_finding_in_the_envelope(tmp_path, case):
    body, annotation, expected = case
    assert found(tmp_path, body, annotation) == [expected]


def test_a_missing_property_only_where_the_example_claims_to_be_complete(tmp_path):
    person = '"@odata.type": "microsoft.graph.person"'
    assert found(tmp_path, '{"id": "1"}', person) == [("missing-property", 1, 1)]
    assert found(tmp_path, '{"id": "1"}', person + ', "truncated": true') == []
    assert found(tmp_path, '{"id": "1"}', person, notes="The response might be shortened for readability.") == []
    assert found(tmp_path, '{"id": "1"}', person, request="GET /things/{id}?$select=id") == []
    assert found(tmp_path, '{"id": "1", "age": null}', person) == []


def test_the_row_is_the_related_place(tmp_path):
    pages = {**BASE, "api/op.md": operation('{"size": "5"}', annotation=THING)}
    [finding] = [f for f in report(write(tmp_path, pages))["findings"] if f["check"] == "wrong-type"]
    [row] = finding["related"]
    assert row["path"].endswith("resources/thing.md")
    assert row["line"] == line_of(BASE["resources/thing.md"], "|size|")
    assert finding["pointer"] == "/size"
    assert finding["type"] == "microsoft.graph.thing"


@pytest.mark.parametrize(("links", "severity"), [(0, "error"), (9, "info")], ids=["whole", "extract"])
@pytest.mark.parametrize(("name", "near"), [("alien", False), ("persn", True)])
def test_a_type_that_an_extract_may_lack_is_an_information(tmp_path, links, severity, name, near):
    body = f'{{"owner": {{"@odata.type": "#microsoft.graph.{name}"}}}}'
    missing = "\n".join(f"See [this](../resources/missing{number}.md)." for number in range(links))
    pages = {**BASE, "api/op.md": operation(body, annotation=THING), "api/links.md": f"# Links\n\n{missing}\n"}
    [finding] = [f for f in report(write(tmp_path, pages))["findings"] if f["check"] == "unknown-type"]
    assert finding["severity"] == ("error" if near else severity)
    assert ("did you mean microsoft.graph.person?" in finding["message"]) is near


OWN_TABLE = "|Property|Type|Description|\n|:---|:---|:---|\n|name|String|Name.|\n|size|Int32|Size.|\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{\n  "name": "x"\n}', []),
        ('{\n  "credential": {"name": "x", "size": 1}\n}', []),
        ('{\n  "credential": {"name": "x", "size": "1"}\n}', [("wrong-type", 2, 39)]),
        ('{\n  "credential": {"name": "x", "colour": 1}\n}', [("undeclared-property", 2, 3)]),
        ('{\n  "credential": {"name": "x"},\n  "size": 1\n}', [("undeclared-property", 2, 3)]),
    ],
    ids=["bare", "wrapped", "wrapped and wrong", "wrapped and surplus", "no wrapper"],
)
def test_a_parameter_that_wraps_what_the_pages_table_lists(tmp_path, body, expected):
    page = operation('{"id": "1"}', annotation=THING, request=f"POST /things\nContent-Type: application/json\n\n{body}")
    page = page.replace("## Examples", f"## Request body\n\n{OWN_TABLE}\n## Examples")
    first = page[: page.index(body)].count("\n")
    findings = report(write(tmp_path, {**BASE, "api/op.md": page}))["findings"]
    assert [(f["check"], f["line"] - first, f["column"]) for f in findings if f["path"].endswith("op.md")] == expected


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ('"truncated": true', [("unresolved-type", -4, 21)]),
        (f'{THING}, "isCollection": true', [("type-mismatch", 2, 29)]),
    ],
    ids=["a link", "an annotation"],
)
def test_what_an_item_says_of_itself_beats_a_link_in_prose(tmp_path, annotation, expected):
    body = '{\n  "value": [{"@odata.type": "#microsoft.graph.person", "age": 3}, {"id": "2"}]\n}'
    page = operation(body, annotation=annotation)
    prose = "Returns `200 OK` and a collection of [thing](../resources/thing.md) objects."
    page = page.replace("## Examples", f"## Response\n\n{prose}\n\n## Examples")
    first = page[: page.index(body)].count("\n")
    findings = report(write(tmp_path, {**BASE, "api/op.md": page}))["findings"]
    assert [(f["check"], f["line"] - first, f["column"]) for f in findings if f["path"].endswith("op.md")] == expected


BAG = '"@odata.type": "microsoft.graph.bag", "truncated": true'
FIRST = [("undeclared-open", "warning", line, 3) for line in (2, 3)]
TWO_MEMBERS = {
    "of an open type": ('{\n  "displayName": "x",\n  "age": 3\n}', [("undeclared-open", "info", 3, 3)]),
    "of no type": (
        '{\n  "colour": "x",\n  "weight": 3\n}',
        [(*FIRST[0][:1], "info", 2, 3), (*FIRST[0][:1], "info", 3, 3)],
    ),
    "of one other type": ('{\n  "blob": "eA==",\n  "clock": "08:30:00"\n}', FIRST),
    "of a derived type": ('{\n  "lid": "x",\n  "depth": 3\n}', [("untagged-derived", "info", 1, 1)]),
}


@pytest.mark.parametrize("case", TWO_MEMBERS.values(), ids=TWO_MEMBERS)
def test_a_body_of_an_open_type_that_fits_another_type(tmp_path, case):
    body, expected = case
    box = resource("box", ["|lid|String|L.|", "|depth|Int32|D.|"], extra=', "baseType": "microsoft.graph.bag"')
    page = operation(body, annotation=BAG)
    first = page[: page.index(body)].count("\n")
    findings = report(write(tmp_path, {**BASE, "resources/box.md": box, "api/op.md": page}))["findings"]
    found = [f for f in findings if f["path"].endswith("op.md")]
    assert [(f["check"], f["severity"], f["line"] - first, f["column"]) for f in found] == expected


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
    people = {name: BASE[name] for name in ("resources/person.md", "resources/student.md")}
    pages = {**people, f"v/{title.lower()}.md": page}
    found = [f for f in report(write(tmp_path, pages))["findings"] if f["check"] == "page-type-mismatch"]
    assert [f["message"] for f in found] == ([message] if message else [])
    line = line_of(page, "blockType")
    column = page.split("\n")[line - 1].index('"microsoft') + 1
    assert all((f["line"], f["column"]) == (line, column) for f in found)


@pytest.mark.parametrize(("name", "severity"), [("thng", "error"), ("stranger", "error"), ("requestBodyOf.op", "info")])
def test_an_unknown_type_where_the_page_has_a_table_of_its_own(tmp_path, name, severity):
    typed = f'"@odata.type": "microsoft.graph.{name}"'
    page = operation(
        '{"id": "1"}', annotation=f"{THING}", request='POST /things\nContent-Type: application/json\n\n{"name": "x"}'
    )
    if severity == "info":
        page = page.replace('"name": "an_operation"', f'"name": "an_operation", {typed}')
    else:
        page = page.replace(THING, f'{typed}, "truncated": true')
    page = page.replace("## Examples", f"## Request body\n\n{OWN_TABLE}\n## Examples")
    findings = report(write(tmp_path, {**BASE, "api/op.md": page}))["findings"]
    found = [f for f in findings if f["check"] == "unknown-type"]
    assert [(f["severity"], f["line"]) for f in found] == [(severity, line_of(page, name))]


def test_the_parameters_of_an_operation_are_not_its_types_properties(tmp_path):
    page = operation('{"id": "1"}', annotation=THING)
    small = '<!-- { "blockType": "resource", "@odata.type": "microsoft.graph.small" } -->\n```json\n{ "id": "string" }\n```\n'
    table = "## Parameters\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|item|String|An item.|\n\n"
    page = page.replace("## Examples", f"{small}\n{table}## Examples")
    findings = report(write(tmp_path, {**BASE, "api/op.md": page}))["findings"]
    assert [f["check"] for f in findings if f["path"].endswith("op.md")] == []


def findings_of_service(folder, service, pages):
    """Check pages whose types are those of another service."""
    pages = {path: page.replace("microsoft.graph", service) for path, page in {**BASE, **pages}.items()}
    return [f for f in report(write(folder, pages))["findings"] if f["path"].endswith("op.md")]


GROUP_NAMES = {
    "the annotation": ('"@odata.type": "group", "truncated": true', '{"id": "1"'),
    "the body": ('"truncated": true', '{"@odata.type": "#group", "id": "1"'),
}


@pytest.mark.parametrize("case", GROUP_NAMES.values(), ids=GROUP_NAMES)
@pytest.mark.parametrize("service", ["microsoft.graph", "contoso.api"])
def test_a_bare_name_is_of_the_usual_namespace(tmp_path, service, case):
    annotation, body = case
    pages = {
        "resources/group.md": resource("group", ["|id|String|The id.|"]),
        "resources/terms.md": resource("termStore.group", ["|colour|Int32|The colour.|"]),
        "api/op.md": operation(f'{body}, "colour": 1}}', annotation=annotation),
    }
    findings = findings_of_service(tmp_path, service, pages)
    assert [(f["check"], f["type"]) for f in findings] == [("undeclared-property", f"{service}.group")]


@pytest.mark.parametrize("case", GROUP_NAMES.values(), ids=GROUP_NAMES)
@pytest.mark.parametrize("service", ["microsoft.graph", "contoso.api"])
def test_an_ambiguous_name_is_answered_with_the_full_names_as_they_are_written(tmp_path, service, case):
    annotation, body = case
    pages = {
        "resources/terms.md": resource("termStore.group", ["|id|String|The id.|"]),
        "resources/tasks.md": resource("taskStore.group", ["|id|String|The id.|"]),
        "api/op.md": operation(f"{body}}}", annotation=annotation),
    }
    [finding] = findings_of_service(tmp_path, service, pages)
    assert finding["check"] == "ambiguous-type"
    names = f"{service}.taskStore.group, {service}.termStore.group"
    assert f"group is the name of several types: {names}; write it in full" in finding["message"]


def test_damaged_regions_are_not_judged(tmp_path):
    """A single-quoted value is one JSON defect and not a wrong type as well (DESIGN 4.6)."""
    assert found(tmp_path, '{\n  "size": \'five\',\n  "done": 1\n}') == [
        ("json-syntax", 2, 11),
        ("wrong-type", 3, 11),
    ]


def test_a_request_warns_of_undeclared_members(tmp_path):
    request = 'PATCH /things/{id}\nContent-Type: application/json\n\n{\n  "@odata.type": "microsoft.graph.thing",\n  "colour": 1\n}'
    page = operation('{"id": "1"}', annotation=THING, request=request)
    findings = report(write(tmp_path, {**BASE, "api/op.md": page}))["findings"]
    [finding] = [f for f in findings if f["check"] == "undeclared-property"]
    assert (finding["severity"], finding["line"], finding["column"]) == (
        "warning",
        line_of(page, '"colour"'),
        3,
    )
