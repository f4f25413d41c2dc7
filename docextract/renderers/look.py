"""How a report is to look: what a renderer needs besides the report itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docextract.verdict.report import Report

    #: Yields a report as pieces of text.
    Renderer = Callable[[Report, "Look"], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is to look.

    `lines` returns the lines of a page for excerpts, none if it cannot be read any more. `color` says
    whether to use ANSI codes, `links` whether the terminal follows OSC 8 hyperlinks; `width` is the
    number of its columns. Formats for people show findings from `least` up, and count the others.
    """

    lines: Callable[[str], Sequence[str]]
    color: bool = False
    links: bool = False
    width: int = 120
    least: Severity = Severity.WARNING
