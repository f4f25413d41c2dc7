"""Where a comment may stand that suppresses findings: never where it would break what it stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from docextract.findings import Edit, Fix
from docextract.markdown.blocks import Blocks
from docextract.markdown.directive import Word
from docextract.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from docextract.findings import CheckId, Finding
    from docextract.markdown.page import Page

#: The order of comments above one line: what is next must be next.
_RANKS = (Word.ENABLE, Word.FILE, Word.DISABLE, Word.NEXT_BLOCK, Word.NEXT_LINE)


class Placement(NamedTuple):
    """A comment above a line; if it disables checks, with a second one that enables them below the line `last`."""

    line: int
    word: Word
    last: int = 0


class Places:
    """The places of a page for comments.

    Above a code block with its annotation and above a table is room for one. Anything else at the top
    level has room above and below: a paragraph, a heading, a whole list or quotation.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = page.source.lines

    def place(self, finding: Finding) -> Placement:
        """Return where a comment should stand that suppresses a finding of the page."""
        line, top = finding.span.line, self.page.front_matter.end_line
        if line <= top or finding.span[1:] == (1, 1, 1, 1):
            return Placement(top + 1, Word.FILE)
        for blocks, word in ((self._blocks, Word.NEXT_BLOCK), (self._outermost, Word.NEXT_LINE)):
            index = bisect_right(blocks, (line, len(self.lines) + 1)) - 1
            first, last = blocks[index] if index >= 0 else (0, 0)
            if first <= line <= last:
                fits = word is Word.NEXT_BLOCK or line == first
                return Placement(first, word) if fits else Placement(first, Word.DISABLE, last)
        return Placement(line, Word.NEXT_LINE)

    @cached_property
    def _blocks(self) -> list[tuple[int, int]]:
        """The first and last lines of code blocks and tables above which a comment is for them, in order."""
        blocks: list[tuple[int, int, int, tuple[str, ...]]]
        blocks = [(table.line, table.line, table.end_line, (table.texts[0],)) for table in self.page.tables]
        for block in self.page.blocks:
            comment = block.annotation.comment.span if block.annotation else None
            above, texts = (comment.line, ("<!--",)) if comment else (block.fence.line, ("```", "~~~"))
            blocks.append((above, block.fence.line, block.end_line, texts))
        starts = sorted((start, last) for _, start, last, _ in blocks)
        return sorted(
            (above, last)
            for above, start, last, texts in blocks
            # What stands between an annotation and its block must not be the next block.
            if self._has_room(above, texts) and starts[bisect_left(starts, (above, 0))] == (start, last)
        )

    def _has_room(self, line: int, texts: tuple[str, ...]) -> bool:
        """Whether a line begins with one of some texts, and not with the mark of a list item or of a quotation."""
        return self.lines[line - 1].lstrip("\ufeff \t").startswith(texts)

    @cached_property
    def _outermost(self) -> list[tuple[int, int]]:
        """The first and last lines of the blocks that are in no other, in order."""
        tokens = Blocks(self.page.source.text).read(self.page.front_matter.end_line)
        ranges = ((token.map[0] + 1, token.map[1]) for token in tokens if token.level == 0 and token.map)
        return sorted((first, self._trimmed(first, last)) for first, last in ranges)

    def _trimmed(self, first: int, last: int) -> int:
        """Return the last line of a block that is not blank."""
        while last > first and not self.lines[last - 1].strip():
            last -= 1
        return last

    def fix(self, checks: Mapping[Placement, Collection[CheckId]], reason: str = "") -> Fix:
        """Return the insertion of comments that name checks, and a reason."""
        above: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for placement, names in sorted(checks.items()):
            listed = ", ".join(sorted(names))
            text = f"<!-- docextract-{placement.word} {listed}{f' -- {reason}' if reason else ''} -->"
            above[placement.line].append((_RANKS.index(placement.word), text))
            if placement.word is Word.DISABLE:
                above[placement.last + 1].append((_RANKS.index(Word.ENABLE), f"<!-- docextract-enable {listed} -->"))
        return Fix(tuple(self._insertion(line, [text for _, text in sorted(texts)]) for line, texts in above.items()))

    def _insertion(self, line: int, texts: list[str]) -> Edit:
        """Return the insertion of lines above a line, with its indentation, or at the end of the page."""
        if line > len(self.lines):
            end = (len(self.lines), len(self.lines[-1]) + 1)
            return Edit(Span(self.page.path, *end, *end), "".join(f"\n{text}" for text in texts))
        mark = 1 if line == 1 and self.lines[0].startswith("\ufeff") else 0
        below = self.lines[line - 1][mark:]
        indent = below[: len(below) - len(below.lstrip())] if below.strip() else ""
        place = (line, 1 + mark)
        return Edit(Span(self.page.path, *place, *place), "".join(f"{indent}{text}\n" for text in texts))
