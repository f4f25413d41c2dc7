"""The `text` format: each finding with its line, a caret, and the row that it contradicts; the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.findings import Severity
from docextract.renderers.excerpt import Excerpts
from docextract.renderers.folding import by_check, folded, others
from docextract.renderers.style import BLUE, BOLD, Style
from docextract.renderers.tally import closing, tables
from docextract.renderers.visible import leading_path, visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.findings import Finding
    from docextract.renderers.look import Look
    from docextract.verdict.report import Report

#: So many warnings or infos of a check are shown in full.
_FULL = 3
#: With more findings than this, they are counted by check as well.
_MANY = 20


def render_text(report: Report, look: Look) -> Iterator[str]:
    """Yield the findings, with repeated ones folded, then the figures of the run."""
    style = Style(look.color, look.manual)
    shown = [finding for finding in report.findings if finding.severity >= look.least]
    for groups in by_check(folded(shown)):
        full = len(groups) if groups[0][0].severity is Severity.ERROR else _FULL
        for group in groups[:full]:
            yield "".join(f"{line}\n" for line in _group(group, look, style)) + "\n"
        if groups[full:]:
            yield "".join(f"{line}\n" for line in _briefly(groups[full:], look, style)) + "\n"
    if look.quiet:
        return
    if len(report.findings) > _MANY:
        yield "".join(f"{line}\n" for line in tables(report.findings, look, style)) + "\n"
    yield "".join(f"{line}\n" for line in closing(report, look, style))


def _group(group: Sequence[Finding], look: Look, style: Style) -> Iterator[str]:
    first = group[0]
    yield from _headline(first, look, style)
    digits = max(len(str(span.line)) for span in (first.span, *(related.span for related in first.related)))
    yield from Excerpts(look, style, digits).of(first)
    if len(group) > 1:
        count = f"and {len(group) - 1:,} more {'place' if len(group) == 2 else 'places'}: {visible(others(group))}"
        yield from _indented(count, f"{' ' * digits} {style('=', BLUE)} ", digits + 3, look)


def _briefly(groups: Sequence[Sequence[Finding]], look: Look, style: Style) -> Iterator[str]:
    """Yield a line for each of the further groups of a check."""
    first = groups[0][0]
    yield style.label(first) + style(f": {len(groups):,} more", BOLD)
    for group in groups:
        span, more = group[0].span, f" (and at {others(group)})" if len(group) > 1 else ""
        text = f"{leading_path(span.path)}:{span.line}:{span.column}: {visible(group[0].message + more)}"
        yield from _indented(text, "  ", 2, look)


def _headline(finding: Finding, look: Look, style: Style) -> Iterator[str]:
    label = f"{finding.severity}[{finding.check}]"
    message = f": {visible(finding.message)}"
    first, *rest = wrapped(label + message, look.columns - 1) if look.columns else (label + message,)
    yield style.label(finding) + style(first[len(label) :], BOLD)
    yield from (style(line, BOLD) for line in rest)


def _indented(text: str, lead: str, indent: int, look: Look) -> Iterator[str]:
    """Yield a text after a lead that is `indent` columns wide, its further lines below its beginning."""
    first, *rest = wrapped(text, look.columns - indent) if look.columns else (text,)
    yield lead + first
    yield from (" " * indent + line for line in rest)
