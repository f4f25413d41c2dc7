"""What nothing reads: tables of properties that are not understood, and code blocks that hold JSON or HTTP."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, places, report, write
from tests.pages import block, fence, message, operation, table, typed

SHOWN = block("resource", '{"id": "string", "size": 1}', typed("thing", truncated=False), info="json")
ID = "|id|String|The id.|"


def page(section, *, shown=SHOWN):
    return f"# thing resource type\n\n{section}\n\n## JSON representation\n\n{shown}"


NAMELESS = "|Property|Description|\n|:---|:---|\n|id|The id.|\n|size|The size.|\n"
READ = {
    "a properties table": f"## Properties\n\n{table([ID])}",
    "a table beside it": f"## Properties\n\n{table([ID])}\n{NAMELESS}",
    "values below it": f"## Properties\n\n{table([ID])}\n### Sizes\n\n|Size|Meaning|\n|:---|:---|\n|small|Small.|\n",
    "methods": f"## Properties\n\n{table([ID])}\n## Methods\n\n|Method|Returns|\n|:---|:---|\n|[Get](a.md)|[thing](b.md)|\n",
    "no properties": "## Properties\n\nNone.\n",
    "values": "## Properties\n\n|Value|Description|\n|:---|:---|\n|small|Small.|\n",
    "German": '## <a name="properties"></a>Eigenschaften\n\n'
    + table(["|id|Zeichenfolge|Die ID.|"], head="|Eigenschaft|Typ|Beschreibung|"),
    "names that the representation shows": table(
        ["|id|sznur|Nazwa.|", "|size|liczba|Rozmiar.|"], head="|Nazwa|Rodzaj|Opis|"
    ),
}
UNREAD = {
    "no types": (f"## Properties\n\n{NAMELESS}", "|Property|", "'Property', 'Description'"),
    "relationships without types": (f"## Relationships\n\n{NAMELESS}", "|Property|", "'Property'"),
    "Chinese": (
        '## <a name="properties"></a>属性\n\n|属性|说明|\n|:---|:---|\n|id|标识符。|\n|size|大小。|\n',
        "|属性|",
        "'属性', '说明'",
    ),
    "another language without anchors": (
        "|Nazwa|Opis|\n|:---|:---|\n|id|Nazwa.|\n|size|Rozmiar.|\n",
        "|Nazwa|",
        "'Nazwa'",
    ),
}


@pytest.mark.parametrize("section", READ.values(), ids=READ)
def test_tables_that_are_read_or_list_something_else(tmp_path, section):
    assert places(report(write(tmp_path, {"thing.md": page(section)})), "table-unread") == []


@pytest.mark.parametrize(("section", "header", "words"), UNREAD.values(), ids=UNREAD)
def test_tables_that_are_not_read(tmp_path, section, header, words):
    text = page(section)
    found = [f for f in report(write(tmp_path, {"thing.md": text}))["findings"] if f["check"] == "table-unread"]
    assert [(f["severity"], f["line"], f["column"]) for f in found] == [("info", line_of(text, header), 1)]
    assert words in found[0]["message"]


@pytest.mark.parametrize(("section", "checked"), [(READ["a properties table"], 1), (UNREAD["no types"][0], 0)])
def test_a_body_counts_as_checked_if_the_table_of_its_type_is_read(tmp_path, section, checked):
    pages = {"resources/thing.md": page(section), "api/op.md": operation('{"id": "1"}', keys=typed("thing"))}
    assert report(write(tmp_path, pages))["summary"]["checked"] == checked


OBJECT = '{"id": "1", "size": 3}'
USED = {
    "a request and its response": operation(OBJECT),
    "a bare response": "# A page\n\n## Response\n\n" + fence("GET /a") + "\n" + fence(message("200 OK", OBJECT)),
    "templates": operation(OBJECT, request="GET /things"),
    "a representation": page(READ["a properties table"]),
    "an ignored block": "# A page\n\n" + block("ignored", OBJECT, info="json"),
    "a program": "# A page\n\n" + fence('{"id": 1}', "javascript"),
    "an example of Markdown": "# A page\n\n````\n" + fence(OBJECT, "json") + "````\n",
    "an example of Markdown by its name": '# A page\n\n```md\n{"id": 1}\n```\n',
    "a link in code": "# A page\n\n" + fence("[user](user.md)", ""),
    "text in braces": "# A page\n\n" + fence("{server}/path", ""),
    "nothing": "# A page\n\n" + fence("", "json"),
    "an empty object": "# A page\n\n" + fence("{}", "json"),
}
UNUSED = {
    "JSON": ("# A page\n\nSo it looks:\n\n" + fence(OBJECT, "json"), "JSON", "no block type"),
    "JSON without a word": ("# Eine Seite\n\n" + fence(f"[{OBJECT}]", ""), "JSON", "no block type"),
    "JSON with a slip": ("# A page\n\n" + fence('{"id": "1",}', "json"), "JSON", "no block type"),
    "an example": ("# 页\n\n" + block("example", OBJECT, typed("thing"), info="json"), "JSON", "'example'"),
}


@pytest.mark.parametrize("text", USED.values(), ids=USED)
def test_blocks_that_are_used_or_no_examples(tmp_path, text):
    assert places(report(write(tmp_path, {"page.md": text})), "unused-block") == []


@pytest.mark.parametrize(("text", "what", "kind"), UNUSED.values(), ids=UNUSED)
def test_blocks_that_nothing_uses(tmp_path, text, what, kind):
    found = [f for f in report(write(tmp_path, {"page.md": text}))["findings"] if f["check"] == "unused-block"]
    assert [(f["severity"], f["line"], f["column"]) for f in found] == [("info", line_of(text, "```"), 1)]
    assert what in found[0]["message"]
    assert kind in found[0]["message"]
