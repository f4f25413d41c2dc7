"""Code spans (CommonMark 6.1): text between runs of backticks of one length."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

_TICKS = re.compile("`+")


class CodeSpans:
    """Finds where the code spans of a text end.

    A pattern would look through all that follows for each run of backticks, which takes too long for many of
    different lengths.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _runs(self) -> dict[int, list[int]]:
        """Where the runs of each length begin."""
        runs: dict[int, list[int]] = {}
        for match in _TICKS.finditer(self._text):
            runs.setdefault(len(match[0]), []).append(match.start())
        return runs

    def end(self, start: int, opened: int) -> int:
        """Return the end of the code span whose opening backticks stand at `start:opened`; 0 if none closes it."""
        same = self._runs[opened - start]
        index = bisect_left(same, opened)
        return same[index] + opened - start if index < len(same) else 0


def without_code(text: str) -> str:
    """Return a text with blanks in place of its code spans, so that offsets stay."""
    if "`" not in text:
        return text
    spans, at = CodeSpans(text), 0
    parts: list[str] = []
    match = _TICKS.search(text)
    while match:
        end = spans.end(*match.span())
        if end:
            parts += (text[at : match.start()], " " * (end - match.start()))
            at = end
        match = _TICKS.search(text, end or match.end())
    return "".join((*parts, text[at:]))
