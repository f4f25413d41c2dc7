"""What a page defines: which tables belong to which type, and enums with their members."""

from __future__ import annotations

from tests.helpers import places, report, write
from tests.pages import THING, THINGS, above_examples, block, operation, table, typed


def test_the_parameters_of_an_operation_are_not_its_types_properties(tmp_path):
    small = block("resource", '{ "id": "string" }', typed("small", truncated=False), info="json")
    parameters = table(["|item|String|An item.|"], head="|Parameter|Type|Description|")
    page = above_examples(operation('{"id": "1"}', keys=THING), "Parameters", parameters)
    page = page.replace("## Parameters", f"{small}\n## Parameters")
    assert places(report(write(tmp_path, {**THINGS, "api/op.md": page})), page="op.md") == []
