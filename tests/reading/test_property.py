"""Rows of properties tables: what they declare beyond name and type."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from docextract.contract.schema import Schemas
from docextract.reading.property import Property
from docextract.reading.typeref import parse
from docextract.text.source import Span
from tests.helpers import doc_set, in_body, line_of, report, write
from tests.pages import block, operation, table, typed

WRONG, SURPLUS = ("wrong-type", 1, 7), ("undeclared-property", 1, 2)
#: The header and the row of a table, and what is found where a body gives `a` the number 5.
COLUMNS = {
    "by their names": ("|Property|Type|Description|", "|a|String|A.|", [WRONG]),
    "in another order": ("|Type|Property|Description|", "|String|a|A.|", [WRONG]),
    "in another language": ("|Eigenschaft|Typ|Text|", "|a|String|A.|", [WRONG]),
    "in another language, with a word for many": ("|Eigenschaft|Typ|Text|", "|a|viele String|A.|", []),
    "in another language, with a link": ("|Eigenschaft|Typ|Text|", "|a|[user](user.md)|A.|", []),
    "a linked name": ("|Property|Type|Description|", "|[a](a.md)|String|A.|", [WRONG]),
    "a name with a note": ("|Property|Type|Description|", "|**a** (deprecated)|String|A.|", [WRONG]),
    "another name": ("|Property|Type|Description|", "|b|String|B.|", [SURPLUS]),
    "another name for types": ("|Property|Sinn|Text|", "|a|String|A.|", [WRONG]),
    "a row without a type": ("|Property|Type|Description|", "|a||A.|", []),
    "a table of header fields": ("|Header|Type|Description|", "|a|String|A.|", []),
    "a table without types": ("|Eigenschaft|Sinn|Text|", "|a|ist so|A.|", []),
}


@pytest.mark.parametrize(("head", "row", "expected"), COLUMNS.values(), ids=COLUMNS)
def test_the_columns_of_a_properties_table(tmp_path, head, row, expected):
    body = '{"a": 5}'
    shown = block("resource", "{}", typed("thing", truncated=False), info="json")
    page = f"# thing\n\n## Properties\n\n{table([row], head=head)}\n{shown}"
    pages = {"resources/thing.md": page, "api/op.md": operation(body, keys=typed("thing"))}
    assert in_body(tmp_path, pages, body) == expected


SECTIONS = {
    "the properties": ("## Properties", [WRONG]),
    "no section": ("", [WRONG]),
    "another word for properties": ("## Things", [WRONG]),
    "a configured word": ("## Query options", [WRONG]),
    "the query": ("## Query", []),
    "what stands within a property": ("## Properties of the a definition", []),
    "the relationships": ("## Relationships", [WRONG]),
}


@pytest.mark.parametrize(("heading", "expected"), SECTIONS.values(), ids=SECTIONS)
def test_the_section_of_a_properties_table(tmp_path, heading, expected):
    body = '{"a": 5}'
    shown = block("resource", "{}", typed("thing", truncated=False), info="json")
    pages = {
        "resources/thing.md": f"{heading}\n\n{table(['|a|String|A.|'])}\n{shown}",
        "api/op.md": operation(body, keys=typed("thing")),
        "docextract.toml": 'table-headings = ["Query options"]\n',
    }
    assert in_body(tmp_path, pages, body) == expected


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


def found(tmp_path, body, rows=TABLE):
    pages = {"widget.md": RESOURCE.replace(TABLE, rows), "op.md": operation(body, keys=PLAIN)}
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
    rows = TABLE.replace("Required", "Optional").replace("|yes|", "|no|").replace("|no|A note", f"|{word}|A note")
    checks = [finding["check"] for finding in found(tmp_path, '{"id": "1"}', rows)]
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


class Stated(NamedTuple):
    """Terms that a reader of another kind of page states outright."""

    required: bool = True
    null_allowed: bool | None = None
    members: tuple[str, ...] = ()
    inherited_from: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("terms", "schema"),
    [
        (Stated(), {"type": ["string", "null"]}),
        (Stated(null_allowed=False), {"type": "string"}),
        (Stated(members=("a", "b"), null_allowed=False), {"enum": ["a", "b"]}),
    ],
)
def test_the_terms_of_a_property_need_no_prose(terms, schema):
    place = Span("page.md", 1, 1, 1, 2)
    declared = Property("p", parse("String"), place, place, terms, "Nullable. Possible values are: `c`, `d`.")
    assert declared.required
    assert Schemas(doc_set({}).registry).member(declared) == schema
