"""What is accepted without jsonschema is what jsonschema accepts."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from docextract.contract.schema import Schemas, _format_checker
from tests.helpers import doc_set
from tests.pages import resource

TYPES = [
    *("String", "Boolean", "Byte", "SByte", "Int16", "Int32", "Int64", "Double", "Decimal", "DateTimeOffset"),
    *("Date", "TimeOfDay", "Duration", "Guid", "Edm.Binary", "Json", "thing", "Stream", "any words"),
    *("String collection", "Int32 collection", "Date collection", "thing collection", "String or Int32"),
]
DESCRIPTIONS = ["A value.", "A value. Not nullable.", "Possible values are: `open`, `closed`."]
ROWS = [f"|p{i}x{j}|{kind}|{text}|" for i, kind in enumerate(TYPES) for j, text in enumerate(DESCRIPTIONS)]

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64)
    | st.sampled_from([127, 128, -129, 255, 256, 32768, 2**31 - 1, 2**31, -(2**63), 2**63])
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["open", "closed", "2024-02-30", "2024-02-29", "2024-01-31T08:30:00Z", "08:30:00", "P1D", "INF"])
    | st.sampled_from(["3f2504e0-4f89-11d3-9a0c-0305e82c3301", "aGk=", "a_-"])
)
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(max_size=2), SCALARS, max_size=2)


@pytest.fixture(scope="module")
def schemas():
    docset = doc_set({"thing.md": resource("thing", ROWS)})
    one = docset.registry.type("", "microsoft.graph.thing")
    made = Schemas(docset.registry)
    return [(partial(made.accepts, declared), made.member(declared)) for declared in one.properties.values()]


def test_all_kinds_of_rows_are_here(schemas):
    assert len(schemas) == len(ROWS)
    assert {key for _, schema in schemas for key in schema} == {"type", "format", "enum", "items", "minimum", "maximum"}


@given(value=VALUES)
def test_nothing_is_accepted_that_jsonschema_refuses(schemas, value):
    for accepts, schema in schemas:
        if accepts(value):
            assert Draft202012Validator(schema, format_checker=_format_checker()).is_valid(value), (schema, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("Int32", 5), ("Double", 0.5), ("Date", "2024-02-29"), ("String collection", ["a"]), ("DateTimeOffset", None)],
)
def test_ordinary_values_need_no_jsonschema(kind, value):
    docset = doc_set({"thing.md": resource("thing", [f"|p|{kind}|P.|"])})
    one = docset.registry.type("", "microsoft.graph.thing")
    assert Schemas(docset.registry).accepts(one.properties["p"], value)
