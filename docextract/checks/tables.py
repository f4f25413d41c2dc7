"""Checks of tables as tables."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from docextract.checks.base import check
from docextract.findings import Related, Severity
from docextract.markdown.page import Page, Paragraph, Row, is_delimiter_row
from docextract.markdown.zone import apart
from docextract.reading.columns import named_columns
from docextract.reading.property import may_tell, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.findings import Defect, Finding
    from docextract.markdown.page import Table
    from docextract.project.docset import DocSet
    from docextract.reading.property import Property


#: What sections of headers are called: de, fr, es, pt, it, ru, zh (both scripts), ja, ko.
_HEADERS = re.compile(
    r"header|kopfzeile|en-tête|encabezado|cabeçalho|intestazion|заголов|标头|请求头|標頭|要求ヘッダー|ヘッダー|머리글|헤더"
)
_GOES_ON = (
    "this line continues the description of the row above; a cell cannot hold a line break: "
    "join the lines or write <br>"
)
#: The vertical line of East Asian keyboards, and what to do about it.
_WIDE_BAR = "\uff5c"
_WIDE = f"'{_WIDE_BAR}' (U+FF5C) parts no cells of a table; write '|'"
#: So many lines of a cell are looked at for rows below them.
_REACH = 60


class Cut(NamedTuple):
    """Where something in a cell ends a table, and the rows below that are lost; all are lines of the page."""

    line: int
    rows: tuple[int, ...]


def find_cut(table: Table) -> Cut | None:
    """Find the list or blank line that ends a table within its last cell, if rows of it follow."""
    texts, lines = table.texts, table.source.lines
    if not texts[0].endswith("|") or texts[-1].endswith("|") or len(texts) < 3:
        return None
    first, rows = 0, list[int]()
    for number in range(table.end_line + 1, min(table.end_line + _REACH, len(lines)) + 1):
        text = lines[number - 1].strip()
        if is_delimiter_row(text):
            # The line above is the header of another table.
            del rows[-1:]
        if text.startswith(("#", "```", "<!--", ":::")) or is_delimiter_row(text):
            break
        if text:
            first = first or number
        if text.startswith("|") and text.count("|") >= texts[0].count("|"):
            rows.append(number)
        elif rows and not text:
            break
    return Cut(first, tuple(rows)) if rows and rows[0] > first else None


@check(Page, Severity.WARNING)
def table_row(page: Page, docset: DocSet) -> Iterator[Finding]:
    r"""A table row has too few or too many cells for its header.

    Surplus cells are dropped in silence (GFM 4.10), missing ones are shown empty: an unescaped `|`
    in a text, a cell broken over two lines, or two rows on one line. So are a Type cell that is empty and
    two names in one cell of a properties table. A lone cell in bold is a heading for the rows below.

    Bad:  `|pattern|String|*.xml | *.json|` below a header of three cells
    Good: `|pattern|String|*.xml \\| *.json|`

    How to fix: Write `\\|` for a bar within a text, put each row on one line, add the cells that are
    missing.

    Silence: `<!-- docextract-disable-next-block table-row -->` above the table, for a comment inside ends it.
    """
    for table in page.tables:
        uneven = _uneven(table.texts)
        width = len(table.header.cells) if uneven else 0
        cut = uneven and find_cut(table) is not None
        for i in uneven:
            row = table.row(i)
            # Lines that go on with one cell are one defect, and so are those before the place that cuts the table.
            goes_on = _continues(row) and (_continues(table.row(i - 1)) or (cut and _ends_with(table, i)))
            goes_on = goes_on or _is_broken(table, i - 1) or _goes_on_below(table, i, width)
            if len(row.cells) != width and not goes_on and not (row.group and len(row.cells) == 1):
                related = (Related(table.header.span, f"the header has {width} cells"),)
                yield table_row.finding(_worded(table, i, width), row.span, related=related)
    for defect in _of_rows(page, docset):
        yield table_row.finding(defect.message, defect.span, related=defect.related)


def _of_rows(page: Page, docset: DocSet) -> Iterator[Defect]:
    """Yield what the readers of properties tables met in their rows."""
    for resource in docset.definitions(page.path).resources:
        yield from resource.defects
    operation = docset.exchanges(page.path).operation
    # Most tables of parameters are read only where a body is held against them.
    if any(may_tell(table) for table in operation.tables):
        yield from (defect for rows in operation.rows for defect in rows.defects)


def _continues(row: Row) -> bool:
    """Whether a line of a table holds no more than the rest of a cell."""
    return len(row.cells) < 2 and not row.group


def _ends_with(table: Table, index: int) -> bool:
    """Whether all lines of a table from one on hold no more than the rest of a cell."""
    return all(_continues(table.row(i)) for i in range(index, len(table.texts)))


def _uneven(texts: Sequence[str]) -> list[int]:
    """Return the indexes of the rows of a table that may not have as many cells as the header; none is split."""
    header, bars = texts[0], texts[0].count("|")
    if "\\" in header or header[:1] != "|" or header[-1:] != "|":
        return [*range(2, len(texts))]
    return [
        i
        for i, row in enumerate(texts)
        if i > 1 and (row.count("|") != bars or row[:1] != "|" or row[-1:] != "|" or "\\" in row)
    ]


def _worded(table: Table, index: int, width: int) -> str:
    row = table.row(index)
    cells = [cell.text for cell in row.cells]
    count = len(cells)
    if count < 2:
        return _lone(table, index, count, width)
    if count == 2 * width + 1 and not cells[width] and cells[width + 1]:
        return f"row with {count} cells, expected {width}: two rows stand on one line"
    if count > width >= sum(map(bool, cells)):
        return f"row with {count} cells, expected {width}: remove the empty ones"
    if count > width:
        advice = "escape a pipe that belongs to the text as \\|, else drop the surplus"
        return f"row with {count} cells, expected {width}: {advice}"
    return f"row with {count} cells, expected {width}: add the missing ones, empty if there is nothing to say"


def _lone(table: Table, index: int, count: int, width: int) -> str:
    """Word a row with one cell or none: the rest of the row above, the begin of a broken one, or a heading."""
    text, above = table.texts[index], table.texts[index - 1]
    if text.count(_WIDE_BAR) > 1:
        return _WIDE
    closed_above = above.endswith("|") or not table.texts[0].endswith("|")
    if "|" not in text and closed_above and _ends_with(table, index):
        return "text stands directly below the table and becomes a row; put a blank line before it"
    if not text.startswith("|") or not closed_above:
        return _GOES_ON
    if _is_broken(table, index):
        return "this row is broken over two lines; join it with the next one"
    advice = "write a heading for the rows below in bold, or add the other cells" if count else "remove the line"
    return f"row with {count or 'no'} {'cell' if count else 'cells'}, expected {width}: {advice}"


def _goes_on_below(table: Table, index: int, width: int) -> bool:
    """Whether a row lacks cells because the next line, where that is told, holds its last one."""
    if not 1 < len(table.row(index).cells) < width or index + 1 == len(table.texts):
        return False
    return _continues(table.row(index + 1)) and _lone(table, index + 1, 1, width) == _GOES_ON


def _is_broken(table: Table, index: int) -> bool:
    """Whether a line begins a row of which the next line holds the rest."""
    if not 1 < index < len(table.texts) - 1 or not table.texts[0].endswith("|"):
        return False
    text, below = table.texts[index], table.texts[index + 1]
    begun = text.startswith("|") and not text.endswith("|") and len(table.row(index).cells) == 1
    return (
        begun and table.texts[index - 1].endswith("|") and len(table.row(index + 1).cells) > 1 and below.endswith("|")
    )


@check(Page, Severity.WARNING)
def table_lost(page: Page, docset: DocSet) -> Iterator[Finding]:
    """Lines that look like a table are none, so readers see bare pipes.

    The delimiter row is missing or has another number of cells than the header, or a comment, a list or
    a blank line in the middle ended the table (GFM 4.10).

    Bad:  `|Name|Type|Description|` above `|:---|:---|`
    Good: `|Name|Type|Description|` above `|:---|:---|:---|`

    How to fix: Write a delimiter row with as many cells as the header, and take what stands between the
    rows out of the table.

    Silence: `<!-- docextract-disable table-lost -->` before the lines and
    `<!-- docextract-enable table-lost -->` after them.
    """
    cuts = [cut for table in page.tables if (cut := find_cut(table))]
    for cut in cuts:
        yield _cut(cut, page)
    end, told = 0, {line for cut in cuts for line in range(cut.line, cut.rows[-1] + 1)}
    for paragraph in page.paragraphs:
        text = _lost(paragraph)
        if text and told.isdisjoint(range(paragraph.line, paragraph.end_line + 1)):
            first = paragraph.line + next(
                i for i, line in enumerate(_lines(paragraph)) if "|" in line or _WIDE_BAR in line
            )
            # Rows with empty lines between them are one lost table.
            if first > end + 2:
                yield _torn(first, page) or table_lost.finding(text, page.source.line_span(first))
            end = paragraph.end_line


def lost_names(page: Page) -> set[str]:
    """Return what stands in the first cells of rows that a blank line or a comment parted from their table."""
    return {
        line.split("|")[1].strip(" *`")
        for paragraph in page.paragraphs
        if "|" in paragraph.source.text and _lost(paragraph) and _table_above(paragraph.line, page)
        for line in _lines(paragraph)
        if line.startswith("|") and line.count("|") > 1
    }


def _torn(line: int, page: Page) -> Finding | None:
    """Report rows from a line on that a blank line or a comment parted from the table above."""
    table = _table_above(line, page)
    if table is None:
        return None
    blank = not any(_between(table, line))
    cause, advice = ("a blank line", "remove it") if blank else ("a comment", "move it out of the table")
    text = f"{cause} ends the table above, so this row and those below it are lost; {advice}"
    related = (Related(table.header.span, "the header of the table"),)
    return table_lost.finding(text, page.source.line_span(line), related=related)


def _table_above(line: int, page: Page) -> Table | None:
    """Return the table that only blank lines and comments part from a row of as many cells that stands alone."""
    table = page.table_before(line)
    if table is None or not all(text.startswith("<!--") and text.endswith("-->") for text in _between(table, line)):
        return None
    row, header = page.source.lines[line - 1].strip(), table.texts[0].strip()
    return table if row.startswith("|") and row.count("|") == header.count("|") and row != header else None


def _between(table: Table, line: int) -> list[str]:
    """Return the lines between a table and a line below it that are not blank."""
    texts = (text.strip() for text in table.source.lines[table.end_line : line - 1])
    return [text for text in texts if text]


def _cut(cut: Cut, page: Page) -> Finding:
    lost = f"{len(cut.rows)} rows below it are" if len(cut.rows) > 1 else "the row below it is"
    text = f"this ends the table inside a cell, and {lost} lost; write the cell on one line, with <br> or <ul>"
    related = (Related(page.source.line_span(cut.rows[0]), "the first row that is lost"),)
    return table_lost.finding(text, page.source.line_span(cut.line), related=related)


def _lines(paragraph: Paragraph) -> list[str]:
    return [line.strip() for line in paragraph.source.text.split("\n")]


def _lost(paragraph: Paragraph) -> str | None:
    text = paragraph.source.text
    if _WIDE_BAR in text and sum(line.startswith(_WIDE_BAR) for line in _lines(paragraph)) > 1:
        return f"no table: {_WIDE}"
    if "|" not in text:
        return None
    lines = _lines(paragraph)
    for above, line in itertools.pairwise(lines):
        if "|" in line and is_delimiter_row(line) and "|" in above:
            cells = [len(text.strip("|").split("|")) for text in (above, line)]
            return (
                f"no table: the header has {cells[0]} cells, the delimiter row below it {cells[1]}; give both as many"
            )
    pipes = [line for line in lines if line.startswith("|") and line.count("|") > 1]
    if len(pipes) > 1:
        return f"no table: no delimiter row below the header; add {'|:---' * len(pipes[0].strip('|').split('|'))}|"
    if len(pipes) == len(lines) == 1 and lines[0].endswith("|") and lines[0].count("|") > 2:
        return "no table: this row stands alone, without a header and a delimiter row such as |:---|:---|"
    return None


@check(Page, Severity.WARNING)
def duplicate_property(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A property has two rows in the tables of its type on one page, or in one table of parameters.

    Readers find one of them and miss what the other says.

    Bad:  two rows `|id|String|...|`
    Good: one row

    How to fix: Merge the two rows. If one of them is another property, correct its name.

    Silence: `<!-- docextract-disable-next-block duplicate-property -->` above the table, for a comment inside ends it.
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
    """Whether a table is one of HTTP headers, which may be given more than once (RFC 9110 5.3)."""
    return any(_HEADERS.search(heading.words) for heading in table.headings)


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
