"""The frozen values of a page: headings, code blocks, tables, comments and their annotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docextract.markdown.heading import without_markup
from docextract.text.json_text import locate, pointer
from docextract.text.source import Slice
from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docextract.findings import Defect
    from docextract.markdown.heading import Heading
    from docextract.markdown.zone import Zone
    from docextract.text.json_text import Place
    from docextract.text.source import Source, Span

_CELL = re.compile(r"(?:[^|\\]|\\.|\\$)*", re.DOTALL)
_DELIMITER_CELL = re.compile(r":?-+:?")
_EMPHASIZED = re.compile(
    r"(?P<mark>\*{1,3}|_{1,3})(?P<text>[^*_\s|][^*|]*)(?P=mark)|<(?P<tag>b|strong|em|i)>(?P<tagged>[^<>|]+)</(?P=tag)>"
)


class Cell(NamedTuple):
    """A table cell: its raw text as it stands between the pipes, without white space around it."""

    row: Slice
    start: int
    end: int

    @property
    def source(self) -> Slice:
        """The raw text with its place."""
        return self.row.part(self.start, self.end)

    @property
    def text(self) -> str:
        """The text with escaped pipes (GFM 4.10) taken back."""
        return self.row.text[self.start : self.end].replace("\\|", "|")

    @property
    def plain(self) -> str:
        """The text without emphasis, code marks and HTML tags."""
        return without_markup(self.text).strip()


@dataclass(frozen=True)
class Row:
    """A table row, with all cells that its raw line has (GFM drops the surplus in silence)."""

    source: Slice

    @property
    def span(self) -> Span:
        """The place of the row's line."""
        return self.source.span()

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the raw line, without the empty ones outside the outer pipes."""
        return tuple(_cells(self.source))

    @property
    def group(self) -> str:
        """The text of a heading for the rows below: the first cell, if it is emphasised and alone; else ""."""
        first = self.cells[0].text if self.cells else ""
        if first[:1] not in ("*", "_", "<") or any(cell.text for cell in self.cells[1:]):
            return ""
        match = _EMPHASIZED.fullmatch(first)
        return (match["text"] or match["tagged"]).strip() if match else ""


def _cells(line: Slice) -> Iterator[Cell]:
    text, start = line.text, 1 if line.text.startswith("|") else 0
    for raw in _between_pipes(text[start:]) if "\\" in text else text[start:].split("|"):
        bare, end = raw.strip(), start + len(raw)
        if bare:
            left = start + raw.index(bare)
            yield Cell(line, left, left + len(bare))
        elif end < len(text):
            yield Cell(line, end, end)
        start = end + 1


def _between_pipes(text: str) -> Iterator[str]:
    """Yield the parts of a text between its pipes, of which those behind a backslash are none."""
    start = 0
    while start <= len(text):
        match = _CELL.match(text, start)
        end = match.end() if match else len(text)
        yield text[start:end]
        start = end + 1


# Most tables of a doc set have one of a few headers.
@lru_cache(maxsize=1024)
def _heads(header: str) -> tuple[str, ...]:
    return tuple(" ".join(cell.plain.casefold().split()) for cell in _cells(Slice("", header)))


@dataclass(frozen=True)
class Table:
    """A GFM table: the texts of its lines without what belongs to containers; rows are made on first use."""

    source: Source
    line: int
    texts: tuple[str, ...]
    headings: tuple[Heading, ...] = ()
    zones: tuple[Zone, ...] = ()

    @property
    def end_line(self) -> int:
        """The line of its last row."""
        return self.line + len(self.texts) - 1

    def row(self, index: int) -> Row:
        """Give a row by its index; 0 is the header, 1 the delimiter row."""
        text, raw = self.texts[index], self.source.lines[self.line + index - 1].rstrip()
        if raw == text:
            return Row(Slice(self.source.path, text, self.line + index))
        column = len(raw) - len(text) + 1 if raw.endswith(text) else 1
        part = raw[column - 1 : column - 1 + len(text)]
        return Row(Slice(self.source.path, part, self.line + index, (column,)))

    @cached_property
    def header(self) -> Row:
        """The header row."""
        return self.row(0)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows below the delimiter row."""
        return tuple(self.row(index) for index in range(2, len(self.texts)))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The header cells as lower-case words, without markup."""
        return _heads(self.header.source.text)


def is_delimiter_row(text: str) -> bool:
    """Say whether a line has the form of a table's delimiter row (GFM 4.10)."""
    cells = text.strip().strip("|").split("|")
    return "-" in text and all(_DELIMITER_CELL.fullmatch(cell.strip()) for cell in cells)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or another text block: its raw text with its place, and its last line."""

    source: Slice
    end_line: int
    headings: tuple[Heading, ...] = ()
    marker: str = ""

    @property
    def line(self) -> int:
        """Its first line."""
        return self.source.line


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment; `text` is what stands between the marks."""

    text: Slice
    span: Span
    closed: bool = True


def type_key(values: Mapping[str, object]) -> str | None:
    """Return the key of an annotation that names a type; None if there is none."""
    return next((key for key in ("@odata.type", "@type") if isinstance(values.get(key), str)), None)


@dataclass(frozen=True)
class Annotation:
    """The JSON object of a comment above a code block, with the place of each key and value."""

    comment: Comment
    values: Mapping[str, object]
    block_type: str | None = None
    defects: tuple[Defect, ...] = ()

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """The offsets of every key and value by JSON Pointer."""
        return locate(self.comment.text.text)

    def span(self, key: str | None = None, *, of_key: bool = False, item: str | None = None) -> Span:
        """Give the place of a key, of its value, or of an item in that; without the key, of the whole comment."""
        place = self.places.get(pointer(key)) if key else None
        if key and item and isinstance(items := self.values.get(key), list) and item in items:
            place = self.places.get(pointer(key, items.index(item)), place)
        if place is None:
            return self.comment.span
        start, end = place.key if of_key and place.key else place.value
        return self.comment.text.span(start, end)

    @property
    def names(self) -> tuple[str, ...]:
        """The names it gives: one, several (an array) or none."""
        name = self.values.get("name")
        names = name if isinstance(name, list) else [name]
        return tuple(item for item in names if isinstance(item, str) and item)

    @property
    def type_key(self) -> str | None:
        """The key that names a type: `@odata.type`, or `@type`, its old name."""
        return type_key(self.values)

    @property
    def type_name(self) -> str | None:
        """The type it names, as written."""
        name = self.values.get(self.type_key or "")
        return name if isinstance(name, str) else None

    def flag(self, key: str) -> bool:
        """Give a boolean; the string "true" counts, and is reported elsewhere."""
        value = self.values.get(key)
        return value is True or (isinstance(value, str) and value.casefold() == "true")


@dataclass(frozen=True)
class CodeBlock:
    """A fenced code block: its info string, its content, the lines of its fences."""

    info: str
    content: Slice
    fence: Span
    end_line: int
    closed: bool = True
    headings: tuple[Heading, ...] = ()
    annotation: Annotation | None = None
    zones: tuple[Zone, ...] = ()

    @property
    def block_type(self) -> str | None:
        """The block type of its annotation, if it has one."""
        return self.annotation.block_type if self.annotation else None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML block at a page's top: values and lines by key, and the block's last line."""

    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    end_line: int = 0


@dataclass(frozen=True)
class Page:
    """A page as its blocks, in document order; `annotations` holds also those that bind no block.

    `code` holds the first and last lines of all code, fenced and indented, examples of Markdown too.
    """

    source: Source
    front_matter: FrontMatter = field(default_factory=FrontMatter)
    headings: tuple[Heading, ...] = ()
    blocks: tuple[CodeBlock, ...] = ()
    tables: tuple[Table, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    comments: tuple[Comment, ...] = ()
    code: tuple[tuple[int, int], ...] = ()
    annotations: tuple[Annotation, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    defects: tuple[Defect, ...] = ()
    html_tables: tuple[Slice, ...] = ()

    @property
    def path(self) -> str:
        """The path as findings show it."""
        return self.source.path

    @cached_property
    def _heading_lines(self) -> list[int]:
        return [heading.line for heading in self.headings]

    def heading_before(self, line: int) -> Heading | None:
        """Give the nearest heading above a line."""
        index = bisect_right(self._heading_lines, line)
        return self.headings[index - 1] if index else None

    @cached_property
    def _table_ends(self) -> list[int]:
        return [table.end_line for table in self.tables]

    def table_before(self, line: int) -> Table | None:
        """Give the last table that ends above a line."""
        index = bisect_left(self._table_ends, line)
        return self.tables[index - 1] if index else None

    @cached_property
    def _paragraph_lines(self) -> list[int]:
        return [paragraph.line for paragraph in self.paragraphs]

    def texts_between(self, first: int, last: int, most: int | None = None) -> tuple[Slice, ...]:
        """Give the paragraphs that begin between two lines, or so many of the last of them."""
        start, end = bisect_right(self._paragraph_lines, first), bisect_right(self._paragraph_lines, last)
        start = start if most is None else max(start, end - most)
        return tuple(paragraph.source for paragraph in self.paragraphs[start:end])

    @property
    def title(self) -> Heading | None:
        """The first heading of level 1."""
        return next((heading for heading in self.headings if heading.level == 1), None)

    @cached_property
    def translated(self) -> bool:
        """Whether it is a translation, as far as its headings tell: most of them keep the anchors of the original."""
        anchored = [heading for heading in self.headings if heading.anchor is not None]
        return len(anchored) * 2 > len(self.headings) and any(heading.translated for heading in anchored)
