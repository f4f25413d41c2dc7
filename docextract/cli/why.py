"""`docextract why PAGE[:LINE[:COLUMN]]`: how a place was read, and what the checks say about it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from docextract.cli.account import of_line, of_page
from docextract.cli.arguments import selections
from docextract.cli.completion import files
from docextract.cli.exit import CLEAN, Unusable, say
from docextract.findings import sort_key
from docextract.project.load import restrict
from docextract.project.pages import absolute, shown
from docextract.verdict.cache import home, open_cache
from docextract.verdict.run import lint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.findings import Finding
    from docextract.project.docset import Selection

_PLACE = re.compile(r"(?P<page>.+?)(?::(?P<line>\d+)(?::(?P<column>\d+))?)?:?$")


class Place(NamedTuple):
    """A place that a user names: a page, and the line (from 1) if one is named; columns make no difference."""

    page: str
    line: int | None


@click.command()
@click.argument("place", metavar="PAGE[:LINE[:COLUMN]]", shell_complete=files)
def why(place: str) -> int:
    """Explain how PAGE was read: at a LINE, its partner, its type and its source; else what was not used."""
    page, line = _read_place(place)
    match = restrict(selections([page]), shown(absolute(page)))
    if match is None:
        is_folder = Path(page).is_dir()
        raise Unusable(f"{page} is {'a folder; name one page' if is_folder else 'excluded or not a page'}")
    selection, path = match
    count = len(selection.docset.page(path).source.lines)
    if line is not None and not 1 <= line <= count:
        raise Unusable(f"{page} has no line {line}; it has {count:,}")
    findings = _findings(selection)
    account = of_page(selection.docset, path) if line is None else of_line(selection.docset, path, line)
    for text in account.lines:
        say(text)
    for text in _listed(findings, path, (account.first, account.last), line):
        say(text)
    return CLEAN


def _read_place(text: str) -> Place:
    """Read a place as `check` prints it. Raises Unusable."""
    match = _PLACE.match(text.strip())
    if match is None:
        raise Unusable(f"expected PAGE, PAGE:LINE or PAGE:LINE:COLUMN, found {text!r}")
    return Place(match["page"], int(match["line"]) if match["line"] else None)


def _findings(selection: Selection) -> list[Finding]:
    """Return all findings with a place on the selected page, in order; cached verdicts are used, none is kept."""
    return list(lint([selection], cache=open_cache(home())).findings)


def _listed(findings: Sequence[Finding], path: str, bounds: tuple[int, int], line: int | None) -> Iterator[str]:
    """Yield the findings at a line, or of a whole page, and count those in the rest of its block."""
    here = [finding for finding in findings if line is None or _is_at(finding, path, line)]
    yield f"findings here: {len(here)}"
    for finding in sorted(here, key=sort_key):
        page = "" if finding.span.path == path else f"{finding.span.path}:"
        place = f"{page}{finding.span.line}:{finding.span.column}"
        yield f"  {place} {finding.severity}[{finding.check}] {finding.message}"
    first, last = bounds
    rest = [f for f in findings if line is not None and _starts_in(f, path, first, last) and not _is_at(f, path, line)]
    if rest:
        lines = ", ".join(str(number) for number in sorted({finding.span.line for finding in rest}))
        yield f"more in lines {first} to {last}: {len(rest)} (at {lines})"


def _is_at(finding: Finding, path: str, line: int) -> bool:
    """Whether the primary or a related place of a finding includes a line of a page."""
    spans = (finding.span, *(related.span for related in finding.related))
    return any(span.path == path and span.line <= line <= span.end_line for span in spans)


def _starts_in(finding: Finding, path: str, first: int, last: int) -> bool:
    return finding.span.path == path and first <= finding.span.line <= last
