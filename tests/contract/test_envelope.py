"""What stands around a body's objects: collections, `value`, a parameter that wraps what is sent."""

from __future__ import annotations

import pytest

from tests.helpers import in_body, of_check, report
from tests.pages import THING, THINGS, above_examples, operation, request, resource, table, typed

THINGS_LISTED = typed("thing", collection=True)
ALIEN = typed("alien", truncated=False)


def found(tmp_path, body, keys=THING):
    return in_body(tmp_path, {**THINGS, "api/op.md": operation(body, keys=keys)}, body)


CLEAN = {
    "a declared collection": ('{"value": [{"id": "1"}]}', THINGS_LISTED),
    "Collection()": (
        '{"value": [{"id": "1"}]}',
        '"@odata.type": "Collection(microsoft.graph.thing)", "truncated": true',
    ),
    "an empty collection": ('{"value": []}', THINGS_LISTED),
    "a collection with its links": (
        '{"@odata.context": "x", "@odata.nextLink": "https://x.org/?$skip=1", "value": []}',
        THINGS_LISTED,
    ),
    "a type with a property value": (
        '{"value": "x"}',
        typed("valued"),
    ),
    "items of derived types": (
        '{"value": [{"@odata.type": "#microsoft.graph.student", "grade": 1}, {"age": 2}]}',
        '"@odata.type": "microsoft.graph.person", "isCollection": true, "truncated": true',
    ),
    "a Boolean": ('{"value": true}', '"@odata.type": "Edm.Boolean"'),
    "a String collection": ('{"value": ["a"]}', '"@odata.type": "Collection(Edm.String)"'),
    "an array for the collection": ('[{"id": "1"}]', THINGS_LISTED),
    "a placeholder for the collection": ('{"value": "{things}"}', THINGS_LISTED),
    "a placeholder for the object": ('"{thing}"', THING),
    "a property that holds the collection": (
        '{"list": [{"id": "1"}], "more": 1}',
        THINGS_LISTED + ', "collectionProperty": "list"',
    ),
    "an unclosed type": ('{"any": 1}', typed("orphan")),
    "an error body": ('{"error": {"code": "x"}}', THING + ', "expectError": true'),
    "a short last segment": ('{"id": "1"}', '"@odata.type": "thing", "truncated": true'),
    "another case of the name": ('{"id": "1"}', '"@odata.type": "microsoft.graph.THING", "truncated": true'),
}


@pytest.mark.parametrize("case", CLEAN.values(), ids=CLEAN)
def test_clean_envelopes(tmp_path, case):
    assert found(tmp_path, *case) == []


@pytest.mark.parametrize(
    ("row", "shown", "wrapped"),
    [
        ("|value|Json|The value.|", '{"id": "1", "value": "json"}', False),
        ("|Wert|Json|Der Wert.|", '{"id": "1", "value": "json"}', False),
        ("|Wert|Json|Der Wert.|", '{"id": "1", "worth": "json"}', True),
    ],
    ids=["a row", "a row with a translated name", "no row"],
)
def test_a_type_with_a_member_value_that_is_an_object(tmp_path, row, shown, wrapped):
    body = '{\n  "value": {"id": "1"}\n}'
    point = resource("point", ["|id|String|Die ID.|", row], representation=shown)
    pages = {"resources/point.md": point, "api/op.md": operation(body, keys=typed("point"))}
    found = [place for place in in_body(tmp_path, pages, body) if place[0] == "wrapped-entity"]
    assert found == ([("wrapped-entity", 2, 3)] if wrapped else [])


WRONG = {
    # At the annotation, four lines above the status line.
    "an array under value": ('{\n  "value": [{"id": "1"}]\n}', THING, ("collection-undeclared", -4, 48)),
    "one object under value": ('{\n  "value": {"id": "1"}\n}', THING, ("wrapped-entity", 2, 3)),
    "an object for the collection": (
        '{\n  "id": "1"\n}',
        THINGS_LISTED,
        ("expected-collection", 1, 1),
    ),
    "a wrong item of an array": ('[\n  {"size": "5"}\n]', THINGS_LISTED, ("wrong-type", 2, 12)),
    "a wrong item in a property that holds the collection": (
        '{\n  "list": [{"size": "5"}],\n  "more": 1\n}',
        THINGS_LISTED + ', "collectionProperty": "list"',
        ("wrong-type", 2, 21),
    ),
    "an object under value for the collection": (
        '{\n  "value": {"id": "1"}\n}',
        THINGS_LISTED,
        ("expected-collection", 2, 12),
    ),
    "a number for the object": ("5", THING, ("wrong-type", 1, 1)),
    "an array for the object": ('[{"id": "1"}]', THING, ("expected-object", 1, 1)),
    "a body where None is": ('{"id": "1"}', '"@odata.type": "microsoft.graph.None"', ("type-mismatch", -4, 48)),
    "an open type": (
        '{\n  "more": 1\n}',
        typed("bag"),
        ("undeclared-open", 2, 3),
    ),
    "a slip in an open type": (
        '{\n  "displayNam": "x"\n}',
        typed("bag"),
        ("open-near-miss", 2, 3),
    ),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_in_the_envelope(tmp_path, case):
    body, annotation, expected = case
    assert found(tmp_path, body, annotation) == [expected]


@pytest.mark.parametrize(
    ("body", "keys", "expected"),
    [
        ('{\n  "id": "1"\n}', f'{ALIEN}, "isCollection": true', ("expected-collection", 1, 1)),
        ('{\n  "value": [{"id": "1"}]\n}', ALIEN, ("collection-undeclared", -4, 48)),
    ],
    ids=["one object", "a collection"],
)
def test_the_envelope_of_a_type_that_nothing_defines(tmp_path, body, keys, expected):
    assert sorted(found(tmp_path, body, keys)) == sorted([("unknown-type", -4, 48), expected])


OWN_TABLE = table(["|name|String|Name.|", "|size|Int32|Size.|"])


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
    page = operation('{"id": "1"}', keys=THING, request=request("POST /things", body))
    page = above_examples(page, "Request body", OWN_TABLE)
    assert in_body(tmp_path, {**THINGS, "api/op.md": page}, body) == expected


OTHER_KEY = '{\n  "data": [{"id": "1"}, {"size": "5"}],\n  "more": true\n}'
MISNAMED = (
    """the items stand under 'data', expected {"value": [...]} of thing; """
    """rename the member, or say "collectionProperty": "data" in the annotation"""
)


def answers(count, body):
    """Return pages of operations that show a body of no declared type."""
    return {f"api/other{number}.md": operation(body, keys='"@odata.type": "Edm.String"') for number in range(count)}


def test_the_items_of_an_annotated_collection_under_another_key(tmp_path):
    page = operation(OTHER_KEY, keys=THINGS_LISTED)
    pages = {**THINGS, "api/op.md": page}
    # The items are held against their type nevertheless.
    assert in_body(tmp_path, pages, OTHER_KEY) == [("expected-collection", 2, 3), ("wrong-type", 2, 34)]
    [finding] = of_check(report(tmp_path), "expected-collection")
    assert (finding["severity"], finding["message"]) == ("error", MISNAMED)


@pytest.mark.parametrize(
    ("body", "values"),
    [('{"data": []}', False), ('{"value": []}', True)],
    ids=["without any value", "with values"],
)
def test_a_doc_set_may_wrap_its_collections_otherwise(tmp_path, body, values):
    pages = {**THINGS, **answers(8, body), "api/op.md": operation(OTHER_KEY, keys=THINGS_LISTED)}
    expected = [("wrong-type", 2, 34)]
    assert in_body(tmp_path, pages, OTHER_KEY) == ([("expected-collection", 2, 3)] if values else []) + expected


NOT_MISNAMED = {
    "a link in prose": (OTHER_KEY, '"truncated": true'),
    "its collectionProperty": (OTHER_KEY, THINGS_LISTED + ', "collectionProperty": "data"'),
}


@pytest.mark.parametrize(("body", "keys"), NOT_MISNAMED.values(), ids=NOT_MISNAMED)
def test_items_under_another_key_where_nothing_says_value(tmp_path, body, keys):
    prose = "Returns a collection of [thing](../resources/thing.md) objects."
    page = above_examples(operation(body, keys=keys), "Response", prose)
    found = in_body(tmp_path, {**THINGS, "api/op.md": page}, body)
    assert "expected-collection" not in [check for check, *_ in found]


def test_the_items_of_a_request_under_another_key(tmp_path):
    page = operation('{"id": "1"}', keys=THING, request=request("POST /things", OTHER_KEY))
    page = page.replace('"name": "an_operation"', f'"name": "an_operation", {THINGS_LISTED}')
    assert in_body(tmp_path, {**THINGS, "api/op.md": page}, OTHER_KEY) == [("wrong-type", 2, 34)]
