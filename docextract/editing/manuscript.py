"""A page as it stands in its file, in which edits change what they name and nothing else."""

from __future__ import annotations

import re
from bisect import bisect, insort
from functools import cached_property
from typing import TYPE_CHECKING

from docextract.text.source import Change, changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docextract.findings import Edit, Fix

_END = re.compile(r"\r\n?|\n")


class Manuscript:
    """The text of a file, with its own line ends and byte order mark; places count lines and columns as findings do."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _ends(self) -> list[re.Match[str]]:
        return list(_END.finditer(self.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in self._ends)]

    def edited(self, fixes: Iterable[Fix]) -> str:
        """Return the text with all edits of fixes that are `apart`."""
        return changed(self.text, (change for fix in fixes for change in self._changes(fix)))

    def apart(self, fixes: Iterable[Fix]) -> list[Fix]:
        """Return the fixes, in order, without those that change a place that one before them changes."""
        taken: list[Change] = []
        kept = []
        for fix in fixes:
            changes = self._changes(fix)
            neighbours = [(change, bisect(taken, change)) for change in changes]
            if not any(_meet(change, other) for change, at in neighbours for other in taken[max(at - 1, 0) : at + 1]):
                for change in changes:
                    insort(taken, change)
                kept.append(fix)
        return kept

    def _changes(self, fix: Fix) -> Sequence[Change]:
        return [self._change(edit) for edit in fix.edits]

    def _change(self, edit: Edit) -> Change:
        start, end = (
            self._starts[line - 1] + column - 1
            for line, column in ((edit.span.line, edit.span.column), (edit.span.end_line, edit.span.end_column))
        )
        return Change(start, end, edit.text.replace("\n", self._line_end(edit.span.line)))

    def _line_end(self, line: int) -> str:
        """Return the end of a line; that of the line before where it is the last and has none."""
        if not self._ends:
            return "\n"
        return self._ends[min(line, len(self._ends)) - 1][0]


def _meet(one: Change, other: Change) -> bool:
    """Whether two changes touch the same text, or insert at the same place."""
    return one.start == other.start or (one.start < other.end and other.start < one.end)
