"""Values that stand for a value, where their type allows no text."""

from __future__ import annotations

import pytest

from tests.helpers import report, write
from tests.pages import operation, resource, typed

STANDING = [
    *("size-value", "size value", "size-value-2", "A value here", "size", "SIZE"),
    *("<size>", "{size}", "[size]", "(size)"),
    *("Integer", "int32", "Edm.Int32", "Int32 (size)", "number", "String", "string, at most 5"),
    *("@odata.type: microsoft.graph.thing", "microsoft.graph.thing", "#microsoft.graph.thing"),
    *("your size", "the size", "Enter_size", "a-size", "x", "xxx", "???", "---", "***", ""),
    *("TODO", "placeholder5", "sample size", "exampleSize", "small | large"),
]
SHORTENED = ["3...", "3\u2026", "...", "3<omitted>", "a <snip> b", "iVBORw<<--- Removed --->>gg=="]
MEANT = ["5", "five", "large", "xy", "values", "sizes", "<size", "some", "3<b>", "graph.thing", "-5"]


def found(tmp_path, value):
    thing = resource("thing", ["|size|Int32|The size.|"], representation='{"size": 1}')
    page = operation(f'{{"size": "{value}"}}', keys=typed("thing"))
    return [
        (f["check"], f["severity"]) for f in report(write(tmp_path, {"thing.md": thing, "op.md": page}))["findings"]
    ]


@pytest.mark.parametrize("value", STANDING)
def test_a_value_that_stands_for_another(tmp_path, value):
    assert found(tmp_path, value) == [("placeholder", "warning")]


@pytest.mark.parametrize("value", SHORTENED)
def test_a_value_of_which_a_part_is_shown(tmp_path, value):
    assert found(tmp_path, value) == [("placeholder", "info")]


@pytest.mark.parametrize("value", MEANT)
def test_a_value_that_is_meant(tmp_path, value):
    assert found(tmp_path, value) == [("wrong-type", "error")]
