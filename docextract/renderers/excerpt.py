"""The excerpt of a page around a place: its line, marks below the place, and what there is to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from docextract.renderers.style import BLUE, COLORS
from docextract.renderers.visible import end_of, ends_of, joined, start_of, visible, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.renderers.look import Look
    from docextract.renderers.style import Style
    from docextract.text.source import Span

#: The columns of an excerpt that does not go to a terminal, and the fewest of any.
_COLUMNS, _FEWEST = 120, 20
#: So many characters for each column are enough to fill it, for some take up none.
_FAR = 4


class Mark(NamedTuple):
    """How a place is marked: the arrow before its address, the sign under its text, their colour, and a note.

    With a brief mark, the note says all that there is to see.
    """

    arrow: str
    sign: str
    color: str
    note: str = ""
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Excerpts:
    """A maker of excerpts that share a margin, `digits` wide, for the numbers of lines.

    An excerpt is an address, a line of the page, and marks below a part of it. One from the same page as
    the excerpt above needs no address, and one whose line tells nothing is an address with a note.
    """

    look: Look
    style: Style
    digits: int

    def of(self, finding: Finding) -> Iterator[str]:
        """Yield the lines of the excerpts at the primary and the related places of a finding."""
        yield from self._at(finding.span, Mark("-->", "^", COLORS[finding.severity]), "")
        yield from self.of_related(finding)

    def of_related(self, finding: Finding) -> Iterator[str]:
        """Yield the lines of the excerpts at the related places of a finding."""
        above = finding.span.path
        for related in finding.related:
            yield from self._at(related.span, Mark(":::", "-", BLUE, visible(related.message), related.brief), above)
            above = related.span.path

    def _at(self, span: Span, mark: Mark, above: str) -> Iterator[str]:
        """Yield the lines of one excerpt; `above` is the page of the excerpt above it."""
        page = self.look.lines(span.path)
        if mark.brief or not 1 <= span.line <= len(page) or not page[span.line - 1].strip():
            yield from self._address(span, mark, mark.note)
            return
        if span.path != above:
            yield from self._address(span, mark)
        bar = self.style("|", BLUE)
        text, indent, marks = _cut(page[span.line - 1], span, self._room)
        yield f"{self.style(str(span.line).rjust(self.digits), BLUE)} {bar} {text}"
        for line in self._marks(mark, indent, marks):
            yield f"{' ' * self.digits} {bar} {line}"

    def _address(self, span: Span, mark: Mark, note: str = "") -> Iterator[str]:
        """Yield the address of a place, with a note after it."""
        address = f"{visible(span.path)}:{span.line}:{span.column}"
        first, *rest = self._lines(f"{address}: {note}" if note else address, self._room - 1)
        yield f"{' ' * self.digits}{self.style(mark.arrow, BLUE)} {first}"
        yield from (" " * (self.digits + 4) + line for line in rest)

    @property
    def _room(self) -> int:
        return max((self.look.columns or _COLUMNS) - self.digits - 3, _FEWEST)

    def _marks(self, mark: Mark, indent: int, marks: int) -> Iterator[str]:
        """Yield the marks, with the note after them or, where it does not fit, below them."""
        signs = mark.sign * marks
        beside = f"{signs} {mark.note}" if mark.note else signs
        if self.look.columns is None or indent + width(beside) <= self._room:
            yield " " * indent + self.style(beside, mark.color)
            return
        yield " " * indent + self.style(signs, mark.color)
        start = min(indent, self._room // 2)
        for line in self._lines(mark.note, self._room - start):
            yield " " * start + self.style(line, mark.color)

    def _lines(self, note: str, columns: int) -> Iterator[str]:
        yield from wrapped(note, columns) if self.look.columns else (note,)


def _cut(line: str, span: Span, room: int) -> tuple[str, int, int]:
    """Return a line, cut around the marked part to fit into `room` columns, and the column and width of its marks.

    A marked part that is too wide keeps both ends: in a row with a cell too few or too many, that is where it shows.
    """
    start = min(span.column - 1, len(line))
    end = len(line) if span.end_line > span.line else min(max(span.end_column - 1, start), len(line))
    # What is further away is cut off; a very long line may have a finding in each of its words.
    before, after = line[max(start - _FAR * room, 0) : start], line[end : end + _FAR * room].rstrip()
    before, marked, after = (visible(part.replace("\t", "    ")) for part in (before, line[start:end], after))
    if width(before) + width(marked) + width(after) > room:
        marked = ends_of(marked, room * 2 // 3)
        left = room - width(marked)
        before = end_of(before, max(left // 3, left - width(after)))
        after = start_of(after, left - width(before))
    return joined(before, marked, after).rstrip(), width(before), max(width(marked), 1)
