"""Rows of properties tables: what they declare beyond name and type."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, report, write
from tests.pages import operation

PLAIN = '"@odata.type": "Widget"'
TABLE = """|Field|Data type|Required|Notes|
|---|---|---|---|
|`id`|string|yes|The id.|
|`address.city`|string|yes|The city.|
|`address/zip`|string|yes|The zip.|
|`links[].href`|string|yes|A link.|
|`note`|string|no|A note.|
"""
RESOURCE = f"""# Widget

{TABLE}
<!-- {{ "blockType": "resource", "@odata.type": "Widget" }} -->
```json
{{ "id": "1", "address": {{ "city": "Bern" }}, "links": [], "note": "x" }}
```
"""


def found(tmp_path, body, table=TABLE):
    pages = {"widget.md": RESOURCE.replace(TABLE, table), "op.md": operation(body, keys=PLAIN)}
    return report(write(tmp_path, pages))["findings"]


@pytest.mark.parametrize(
    "body",
    [
        '{"id": "1"}',
        '{"id": "1", "note": "x"}',
        '{"id": "1", "address": {"city": "Bern", "zip": "3000"}}',
        '{"id": "1", "links": [{"href": "/x"}]}',
    ],
)
def test_paths_declare_their_heads_and_optional_rows_may_lack(tmp_path, body):
    assert found(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "check", "row"),
    [
        ('{"note": "x"}', "missing-property", "|`id`"),
        ('{"id": 1}', "wrong-type", "|`id`"),
        ('{"id": "1", "adress": {}}', "undeclared-property", None),
        ('{"id": "1", "href": "/x"}', "undeclared-property", None),
    ],
)
def test_what_they_do_not_allow(tmp_path, body, check, row):
    [finding] = found(tmp_path, body)
    assert finding["check"] == check
    if row:
        assert finding["related"][0]["line"] == line_of(RESOURCE, row)


@pytest.mark.parametrize(("word", "missing"), [("no", True), ("yes", False)])
def test_a_column_that_says_optional(tmp_path, word, missing):
    table = TABLE.replace("Required", "Optional").replace("|yes|", "|no|").replace("|no|A note", f"|{word}|A note")
    checks = [finding["check"] for finding in found(tmp_path, '{"id": "1"}', table)]
    assert checks == (["missing-property"] if missing else [])


@pytest.mark.parametrize(
    ("shown", "severity"), [('{ "id": "1", "note": "x" }', "warning"), ('{ "id": "1" }', "info")], ids=["gap", "sample"]
)
def test_a_sample_is_no_representation(tmp_path, shown, severity):
    rows = "|id|string|yes|Id.|\n|note|string|no|Note.|\n|size|string|no|Size.|\n"
    page = RESOURCE.replace(TABLE, TABLE[: TABLE.index("|`id`")] + rows)
    page = page.replace(page[page.index('{ "id"') : page.index("\n```\n", page.index('{ "id"'))], shown)
    findings = report(write(tmp_path, {"widget.md": page}))["findings"]
    assert {(f["check"], f["severity"]) for f in findings} == {("representation-missing", severity)}
