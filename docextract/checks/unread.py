"""Checks of what a page shows and no reader takes: types that only a title names, tables, code blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.checks.base import check
from docextract.findings import Related, Severity
from docextract.markdown.page import Page
from docextract.reading.columns import in_properties_section, named_columns
from docextract.reading.http_message import parse
from docextract.reading.resource import Resource
from docextract.reading.title import titles_several
from docextract.reading.vocabulary import NAMES, TYPES
from docextract.text.json_text import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.markdown.page import CodeBlock
    from docextract.project.docset import DocSet
    from docextract.reading.http_message import Body

#: Block types that say what a block is for.
_KNOWN = frozenset(("request", "response", "resource", "ignored"))
_MEMBER = re.compile(r'"[\w@.#]+"\s*:')
#: What parts the rows of a table in HTML, what its cells hold, and the tags in these.
_END_OF_ROW = re.compile(r"</tr>|</thead>", re.IGNORECASE)
_CELL = re.compile(r"<t[hd](?:\s[^<>]*+)?>((?:[^|<]++|<(?!/?t[hd]\b))*+)(?=</t[hd]>)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
#: The info strings of blocks that may hold JSON or HTTP.
_MESSAGES = frozenset(("", "http", "json", "jsonc", "msgraph-interactive"))


@check(Page, Severity.INFO)
def resource_unannotated(page: Page, docset: DocSet) -> Iterator[Finding]:
    """The title and the tables of a page define a type, and no annotation names it.

    The name is then taken from the title, its namespace from the JSON representation, a line
    `Namespace: ...` or the other types of the doc set. Other tools do not find the type. A title that
    names several types defines none.

    Bad:  `# user resource type` above a properties table and a JSON block without annotation
    Good: `<!-- { "blockType": "resource", "@odata.type": "microsoft.graph.user" } -->` above the JSON block

    How to fix: Put an annotation with the block type `resource` and the full name of the type above the
    JSON representation.

    Silence: `<!-- docextract-disable-next-line resource-unannotated -->` above the title.
    """
    title, resources = page.title, docset.definitions(page.path).resources
    if title is None or (resources and resources[0].annotated):
        return
    if any(block.block_type == "resource" for block in page.blocks):
        return
    if resources:
        name, block = resources[0].name, resources[0].shown_at
        where = "above its JSON representation" if block else "above a JSON representation"
        advice = f'put <!-- {{ "blockType": "resource", "@odata.type": "{name}" }} --> {where}'
        text = f"the title alone says that this page defines {name}; {advice}"
        related = (Related(block, "the JSON representation"),) if block else ()
        yield resource_unannotated.finding(text, title.span, related=related, type=name)
    elif titles_several(title.text) and any(in_properties_section(t) and named_columns(t) for t in page.tables):
        text = "the title names several types, so nothing says which its tables describe; annotate a JSON block of each"
        yield resource_unannotated.finding(text, title.span)


@check(Resource | Page, Severity.INFO)
def table_unread(subject: Resource | Page, docset: DocSet) -> Iterator[Finding]:
    """A table in a section of properties was not understood, so none of its rows is checked.

    A properties table has a column of names and one of types, known by their heads or, in other
    languages, by names that the JSON representation of the page shows. Tables in HTML are not read.

    Bad:  `|Property|Description|`
    Good: `|Property|Type|Description|`

    How to fix: Name the columns Property and Type. If it is no table of properties, move it to a
    section of its own. Write a table in HTML as rows between bars.

    Severity: warning for a table in HTML that has these two columns.

    Silence: `<!-- docextract-disable-next-block table-unread -->` above the table, for a comment inside ends it.
    """
    if isinstance(subject, Page):
        yield from _in_html(subject)
        return
    for table in subject.unread:
        columns = ", ".join(f"'{cell.plain}'" for cell in table.header.cells)
        text = f"the table of this section is not read: no columns of names and of types are known among {columns}"
        yield table_unread.finding(text, table.header.span, type=subject.name)


def _in_html(page: Page) -> Iterator[Finding]:
    """Report tables in HTML whose first row has the heads of a table of properties."""
    for html in page.html_tables:
        first = _END_OF_ROW.split(html.text, maxsplit=1)[0]
        heads = {" ".join(_TAG.sub(" ", cell[1]).casefold().split()) for cell in _CELL.finditer(first)}
        if not heads.isdisjoint(NAMES) and not heads.isdisjoint(TYPES):
            text = "a table of properties in HTML is not read; write it as rows such as |Property|Type|Description|"
            where = page.source.line_span(html.line)
            yield table_unread.finding(text, where, severity=Severity.WARNING)


@check(Page, Severity.INFO)
def unused_block(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A code block holds JSON or an HTTP message, and is neither a message, a template nor a representation.

    Nothing in it is checked, and no fixture shows it. A block that is meant so has the block type `ignored`.

    Bad:  a JSON block below the text "Here is the body", without annotation and without a request line
    Good: the body in the code block of its request or response

    How to fix: Put the body into the block of its message, or annotate the block; with `ignored` if it
    is to stay as it is.

    Silence: `<!-- docextract-disable-next-block unused-block -->`.
    """
    blocks = [block for block in page.blocks if block.block_type not in _KNOWN]
    used = _used_lines(page, docset) if blocks else set()
    for block in blocks:
        lines = range(block.fence.line, block.end_line + 1)
        if not used.isdisjoint(lines) or (what := _held(block)) is None:
            continue
        kind = f"its block type is '{block.block_type}'" if block.block_type else "it has no block type"
        text = f"this block holds {what} that nothing uses: {kind}, and it is no request, response or representation"
        yield unused_block.finding(text, block.fence)


def _used_lines(page: Page, docset: DocSet) -> set[int]:
    """Return a line of each block that a reader takes."""
    exchanges = docset.exchanges(page.path)
    lines = {message.block.fence.line for message in exchanges.messages}
    lines.update(template.start_line.line for template in exchanges.operation.templates)
    lines.update(_line(message.http.body) for message in exchanges.messages if message.http.body)
    lines.update(one.shown_at.line for one in docset.definitions(page.path).resources if one.shown_at)
    return lines


def _line(body: Body) -> int:
    return body.source.line


def _is_json(text: str) -> bool:
    """Whether a text is JSON with something in it, or was meant to be an object."""
    reading = read(text)
    if not reading.readable or not isinstance(reading.value, dict | list) or not reading.value:
        return False
    return not reading.defects or _MEMBER.search(text) is not None


def _held(block: CodeBlock) -> str | None:
    """Return what a block holds, if it is a kind of content that examples are made of."""
    info, text = block.info.casefold().split(), block.content.text.strip()
    if info and info[0] not in _MESSAGES:
        return None
    if text[:1] in ("{", "["):
        return "JSON" if _is_json(text) else None
    return "an HTTP message" if text and parse(block.content) is not None else None
