"""Bodies against their tables: what is found, at which line and column, and where the tool keeps silent."""

from __future__ import annotations

import pytest

from tests.helpers import in_body, line_of, of_check, report, write
from tests.pages import THING, THINGS, operation, request, resource, typed


def found(tmp_path, body, keys=THING, **parts):
    """Return (check, line in the body, column) of everything that is found on the operation's page."""
    return in_body(tmp_path, {**THINGS, "api/op.md": operation(body, keys=keys, **parts)}, body)


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
    "the tag of a base that is wider": '{"owner": {"@odata.type": "#microsoft.graph.person", "id": "1"}}',
    "members of a type without its base": '{"owner": {"@odata.type": "#microsoft.graph.orphan", "any": 1}}',
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
    "an unknown type of an untyped property": (
        '{\n  "odd": {"@odata.type": "#microsoft.graph.alien", "any": 1}\n}',
        ("unknown-type", 2, 26),
    ),
    "a declared member of a type without its base": (
        '{\n  "owner": {"@odata.type": "#microsoft.graph.orphan", "x": 5}\n}',
        ("wrong-type", 2, 60),
    ),
    "a trailing comma": ('{\n  "id": "1",\n}', ("json-syntax", 2, 12)),
    "a member twice": ('{\n  "id": "1",\n  "id": "2"\n}', ("json-duplicate-member", 3, 3)),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_place(tmp_path, case):
    body, expected = case
    assert found(tmp_path, body) == [expected]


def test_a_missing_property_only_where_the_example_claims_to_be_complete(tmp_path):
    person = typed("person", truncated=False)
    assert found(tmp_path, '{"id": "1"}', person) == [("missing-property", 1, 1)]
    assert found(tmp_path, '{"id": "1"}', person + ', "truncated": true') == []
    assert found(tmp_path, '{"id": "1"}', person, notes="The response might be shortened for readability.") == []
    assert found(tmp_path, '{"id": "1"}', person, request="GET /things/{id}?$select=id") == []
    assert found(tmp_path, '{"id": "1", "age": null}', person) == []


def test_the_row_is_the_related_place(tmp_path):
    pages = {**THINGS, "api/op.md": operation('{"size": "5"}', keys=THING)}
    [finding] = of_check(report(write(tmp_path, pages)), "wrong-type")
    [row] = finding["related"]
    assert row["path"].endswith("resources/thing.md")
    assert row["line"] == line_of(THINGS["resources/thing.md"], "|size|")
    assert finding["pointer"] == "/size"
    assert finding["type"] == "microsoft.graph.thing"


BAG = typed("bag")
TWO_MEMBERS = {
    "of an open type": ('{\n  "displayName": "x",\n  "age": 3\n}', [("undeclared-open", "info", 3, 3)]),
    "of no type": (
        '{\n  "colour": "x",\n  "weight": 3\n}',
        [("undeclared-open", "info", 2, 3)],
    ),
    "of one other type": ('{\n  "blob": "eA==",\n  "clock": "08:30:00"\n}', [("undeclared-open", "warning", 2, 3)]),
    "of a derived type": ('{\n  "lid": "x",\n  "depth": 3\n}', [("untagged-derived", "info", 1, 1)]),
}


@pytest.mark.parametrize("case", TWO_MEMBERS.values(), ids=TWO_MEMBERS)
def test_a_body_of_an_open_type_that_fits_another_type(tmp_path, case):
    body, expected = case
    box = resource("box", ["|lid|String|L.|", "|depth|Int32|D.|"], keys='"baseType": "microsoft.graph.bag"')
    page = operation(body, keys=BAG)
    first = page[: page.index(body)].count("\n")
    findings = report(write(tmp_path, {**THINGS, "resources/box.md": box, "api/op.md": page}))["findings"]
    found = [f for f in findings if f["path"].endswith("op.md")]
    assert [(f["check"], f["severity"], f["line"] - first, f["column"]) for f in found] == expected


def test_damaged_regions_are_not_judged(tmp_path):
    """A single-quoted value is one JSON defect and not a wrong type as well."""
    assert found(tmp_path, '{\n  "size": \'five\',\n  "done": 1\n}') == [
        ("json-syntax", 2, 11),
        ("wrong-type", 3, 11),
    ]


def test_a_request_warns_of_undeclared_members(tmp_path):
    body = '{\n  "@odata.type": "microsoft.graph.thing",\n  "colour": 1\n}'
    page = operation('{"id": "1"}', keys=THING, request=request("PATCH /things/{id}", body))
    [finding] = of_check(report(write(tmp_path, {**THINGS, "api/op.md": page})), "undeclared-property")
    assert (finding["severity"], finding["line"], finding["column"]) == (
        "warning",
        line_of(page, '"colour"'),
        3,
    )
