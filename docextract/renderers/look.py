"""How a report is to look: what a renderer needs besides the report itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docextract.findings import Finding
    from docextract.verdict.report import Report

    #: Returns the lines of a page for excerpts; none if it cannot be read any more.
    Lines = Callable[[str], Sequence[str]]
    #: Yields a report as pieces of text.
    Renderer = Callable[[Report, "Look"], Iterator[str]]


def is_error(finding: Finding) -> bool:
    """Whether a finding makes a run fail for which nothing else is configured."""
    return finding.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is to look.

    `color` says whether to use ANSI codes; `manual` returns the URL of a check's manual page, "" where the
    output does not go to a terminal that follows hyperlinks.
    `columns` is the width of the terminal, None if the output goes elsewhere: messages are wrapped only
    for a terminal. Formats for people show findings from `least` up and count the others; `quiet`
    leaves out everything but the findings.

    Formats for a forge name a page by `in_repository` of its path: its path from the root of the
    repository, or an absolute path if it is outside. `blob` is the URL at which the forge shows these
    paths at the commit that was checked, with a `/` at its end; "" if there is none. `fails` tells
    whether a finding makes the run fail.
    """

    lines: Lines
    color: bool = False
    manual: Callable[[str], str] = lambda _: ""
    columns: int | None = None
    least: Severity = Severity.WARNING
    quiet: bool = False
    in_repository: Callable[[str], str] = str
    blob: str = ""
    fails: Callable[[Finding], bool] = is_error
