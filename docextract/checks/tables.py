"""Checks of tables as tables."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from docextract.checks.base import check
from docextract.findings import Related, Severity
from docextract.markdown.page import Page, Paragraph, Row, is_delimiter_row
from docextract.markdown.zone import apart
from docextract.reading.columns import named_columns
from docextract.reading.property import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.findings import Finding
    from docextract.markdown.page import Table
    from docextract.project.docset import DocSet
    from docextract.reading.property import Property


@check(Page, Severity.WARNING)
def table_row(page: Page, docset: DocSet) -> Iterator[Finding]:
    r"""A table row has too few or too many cells for its header.

    Surplus cells are dropped in silence (GFM 4.10), missing ones are shown empty: an unescaped `|`
    in a text, a cell broken over two lines, a heading for a group of rows, or two rows on one line.

    Bad:  `|pattern|String|*.xml | *.json|` below a header of three cells
    Good: `|pattern|String|*.xml \\| *.json|`

    Silence: `<!-- docextract-disable-file table-row -->` (a comment inside a table ends it).
    """
    for table in page.tables:
        uneven = [i for i, text in enumerate(table.texts) if i > 1 and not _even(text, table.texts[0])]
        width = len(table.header.cells) if uneven else 0
        for row in (table.row(i) for i in uneven):
            if len(row.cells) != width:
                related = (Related(table.header.span, f"the header has {width} cells"),)
                yield table_row.finding(_uneven(row, width), row.span, related=related)


def _even(row: str, header: str) -> bool:
    """Say whether a row surely has as many cells as the header, without splitting it."""
    return (
        "\\" not in row
        and "\\" not in header
        and row.count("|") == header.count("|")
        and row[:1] == header[:1] == "|"
        and row[-1:] == header[-1:] == "|"
    )


def _uneven(row: Row, width: int) -> str:
    cells = [cell.text for cell in row.cells]
    count = len(cells)
    if count == 1 and "|" not in row.source.text:
        return "text stands directly below the table and becomes a row; put a blank line before it"
    if count == 1:
        return "row with a single cell: a group heading or a broken line, not a row of this table"
    if count == 2 * width + 1 and not cells[width] and cells[width + 1]:
        return f"row with {count} cells, expected {width}: two rows stand on one line"
    if count > width >= sum(map(bool, cells)):
        return f"row with {count} cells, expected {width}: remove the empty ones"
    if count > width:
        return f"row with {count} cells, expected {width}: escape a pipe that belongs to the text as \\|"
    return f"row with {count} cells, expected {width}"


@check(Page, Severity.WARNING)
def table_lost(page: Page, docset: DocSet) -> Iterator[Finding]:
    """Lines that look like a table are none, so readers see bare pipes.

    The delimiter row is missing or has another number of cells than the header, or a comment in
    the middle ended the table (GFM 4.10).

    Bad:  `|Name|Type|Description|` above `|:---|:---|`
    Good: `|Name|Type|Description|` above `|:---|:---|:---|`

    Silence: `<!-- docextract-disable table-lost -->` before the lines.
    """
    end = 0
    for paragraph in page.paragraphs:
        text = _lost(paragraph)
        if text:
            first = next(i for i, line in enumerate(_lines(paragraph)) if "|" in line)
            # Rows with empty lines between them are one lost table.
            if paragraph.line + first > end + 2:
                yield table_lost.finding(text, page.source.line_span(paragraph.line + first))
            end = paragraph.end_line


def _lines(paragraph: Paragraph) -> list[str]:
    return [line.strip() for line in paragraph.source.text.split("\n")]


def _lost(paragraph: Paragraph) -> str | None:
    if not paragraph.holds("|"):
        return None
    lines = _lines(paragraph)
    for above, line in itertools.pairwise(lines):
        if "|" in line and is_delimiter_row(line) and "|" in above:
            cells = [len(text.strip("|").split("|")) for text in (above, line)]
            return f"no table: the header has {cells[0]} cells, the delimiter row below it {cells[1]}"
    pipes = [line for line in lines if line.startswith("|") and line.count("|") > 1]
    if len(pipes) > 1:
        return "no table: no delimiter row such as |:---|:---| below the header, or a comment ended the table"
    if len(pipes) == len(lines) == 1 and lines[0].endswith("|") and lines[0].count("|") > 2:
        return "no table: this row stands alone; a blank line or a comment ended the table above it"
    return None


@check(Page, Severity.WARNING)
def duplicate_property(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A property has two rows in the tables of its type on one page, or in one table of parameters.

    Readers find one of them and miss what the other says.

    Bad:  two rows `|id|String|...|`
    Good: one row

    Silence: `<!-- docextract-disable-file duplicate-property -->` (a comment inside a table ends it).
    """
    resources = docset.definitions(page.path).resources
    for resource in resources:
        for declared, first in _second_rows(resource.properties):
            text = f"property '{declared.name}' of {resource.name} has a second row"
            yield _second(text, declared, first, resource.name)
    for table in () if resources else page.tables:
        if _repeats(table) and not _lists_headers(table):
            where = named_columns(table)
            rows = read_rows(table, where, page.references).properties if where else ()
            for declared, first in _second_rows(rows):
                yield _second(f"property '{declared.name}' has a second row in its table", declared, first)


def _repeats(table: Table) -> bool:
    """Say whether two rows begin alike, before they are read as properties."""
    names = [text.lstrip("| ").partition("|")[0].strip(" *`") for text in table.texts[2:]]
    return len(set(names)) < len(names)


def _lists_headers(table: Table) -> bool:
    """Say whether a table is one of HTTP headers, which may be given more than once (RFC 9110 5.3)."""
    return any("header" in heading.words for heading in table.headings)


def _second_rows(properties: Iterable[Property]) -> Iterator[tuple[Property, Property]]:
    """Yield rows with the first ones of the same name, group and zone."""
    seen: dict[tuple[str, str], list[Property]] = {}
    for declared in properties:
        above = seen.setdefault((declared.name, declared.group), [])
        if first := next((one for one in above if not apart(one.zones, declared.zones)), None):
            yield declared, first
        above.append(declared)


def _second(text: str, declared: Property, first: Property, owner: str | None = None) -> Finding:
    related = (Related(first.row, "the first row"),)
    return duplicate_property.finding(text, declared.row, related=related, type=owner, property=declared.name)
