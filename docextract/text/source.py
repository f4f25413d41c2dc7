"""Texts and places: the text of a page, parts of it, and where they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEWLINE = re.compile(r"\r\n?")
#: Beyond so many characters the lines of a text are remembered: many places are asked for, each of which would look
#: through all above it.
_LONG = 500


@lru_cache(maxsize=256)
def _starts(text: str) -> list[int]:
    """Return the offsets at which the lines of a text begin."""
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


class Span(NamedTuple):
    """A place on a page: lines and columns count from 1, columns in code points, and the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Change(NamedTuple):
    """The replacement of `text[start:end]` of a text, or an insertion where both offsets are equal."""

    start: int
    end: int
    text: str


def changed(text: str, changes: Iterable[Change]) -> str:
    """Return a text with changes made that do not overlap."""
    pieces: list[str] = []
    at = 0
    for change in sorted(changes):
        pieces += (text[at : change.start], change.text)
        at = change.end
    return "".join((*pieces, text[at:]))


class Slice(NamedTuple):
    """A part of a page, with the position of each of its lines on the page.

    Its lines are consecutive lines of the page, from `line` on. `columns` holds the page column at
    which each line of the text begins, for code blocks in lists are indented; lines beyond its end
    begin at column 1.
    """

    path: str
    text: str
    line: int = 1
    columns: tuple[int, ...] = ()

    def position(self, offset: int) -> tuple[int, int]:
        """Return the page line and column of an offset into the text."""
        _, text, first_line, columns = self
        if offset < _LONG:
            index = text.count("\n", 0, offset)
            start = text.rfind("\n", 0, offset) + 1 if index else 0
        else:
            starts = _starts(text)
            index = bisect_right(starts, offset) - 1
            start = starts[index]
        first = columns[index] if index < len(columns) else 1
        return first_line + index, first + offset - start

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place of `text[start:end]`."""
        path, text, line, columns = self
        end = len(text) if end is None else end
        if len(text) < _LONG and "\n" not in text:
            # Most slices are a line: that needs no list of lines.
            first = columns[0] if columns else 1
            return Span(path, line, first + start, line, first + end)
        line, column = self.position(start)
        end_line, end_column = self.position(end)
        return Span(path, line, column, end_line, end_column)

    def part(self, start: int, end: int | None = None) -> Slice:
        """Return `text[start:end]` as a slice of its own."""
        path, text, first_line, columns = self
        if len(text) < _LONG and "\n" not in text:
            first = columns[0] if columns else 1
            return Slice(path, text[start:end], first_line, (first + start, *columns[1:]))
        line, column = self.position(start)
        text, below = text[start:end], line - first_line + 1
        return Slice(path, text, line, (column, *columns[below : below + text.count("\n")]) if columns else (column,))


@dataclass(frozen=True)
class Source:
    r"""The text of a page, with `\\n` as its line ends whatever the file uses; columns stay those of the file."""

    path: str
    text: str

    @classmethod
    def of(cls, path: str, text: str) -> Source:
        """Make a source from the text of a file, with line ends and NUL normalised as in CommonMark 2.1 and 2.3."""
        if "\r" in text:
            text = _NEWLINE.sub("\n", text)
        return cls(path, text.replace("\0", "\ufffd"))

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends; the last line is empty if the text ends with a newline."""
        return self.text.split("\n")

    def forget_lines(self) -> None:
        """Discard the lines until they are asked for again: a heading or a table may outlive its page."""
        vars(self).pop("lines", None)

    def line_span(self, line: int) -> Span:
        """Return the place of the text of a line (counted from 1), without the white space around it."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        start = len(text) - len(text.lstrip())
        return Span(self.path, line, start + 1, line, max(len(text.rstrip()), start) + 1)

    def slice_lines(self, first: int, last: int) -> Slice:
        """Return the lines `first` to `last` (counted from 1, both included) as a slice."""
        return Slice(self.path, "\n".join(self.lines[first - 1 : last]), first)

    def text_of(self, span: Span) -> str:
        """Return the text at a place of the page."""
        lines = self.lines[span.line - 1 : span.end_line]
        if len(lines) < 2:
            return lines[0][span.column - 1 : span.end_column - 1] if lines else ""
        return "\n".join((lines[0][span.column - 1 :], *lines[1:-1], lines[-1][: span.end_column - 1]))
