"""The `grouped` format: the findings of each page below its path, the worst pages first, one line each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from docextract.renderers.folding import worst_first
from docextract.renderers.style import BOLD, COLORS, Style
from docextract.renderers.tally import closing
from docextract.renderers.visible import leading_path, visible, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.findings import Finding
    from docextract.renderers.look import Look
    from docextract.verdict.report import Report


def render_grouped(report: Report, look: Look) -> Iterator[str]:
    """Yield each page with its findings in the order of its lines; pages with more of the worst come first."""
    style = Style(look.color)
    pages: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.severity >= look.least:
            pages[finding.span.path].append(finding)
    for path in sorted(pages, key=lambda path: (*worst_first(pages[path]), path)):
        yield style(leading_path(path), BOLD) + "\n"
        yield "".join(f"{line}\n" for line in _findings(pages[path], look, style)) + "\n"
    if not look.quiet:
        yield "".join(f"{line}\n" for line in closing(report, look, style))


def _findings(findings: Sequence[Finding], look: Look, style: Style) -> Iterator[str]:
    """Yield a line for each finding, its place and check in columns; on a narrow terminal its message is below."""
    places = [f"{finding.span.line}:{finding.span.column}" for finding in findings]
    labels = [f"{finding.severity}[{finding.check}]" for finding in findings]
    digits, letters = max(map(len, places)), max(map(len, labels))
    indent = digits + letters + 6
    is_narrow = look.columns is not None and indent > look.columns // 2
    for finding, place, label in zip(findings, places, labels, strict=True):
        lead = f"  {place:>{digits}}  {style(label.ljust(letters), COLORS[finding.severity])}"
        if is_narrow:
            yield lead.rstrip()
            yield from (" " * 4 + line for line in _message(finding, 4, look))
        else:
            first, *rest = _message(finding, indent, look)
            yield f"{lead}  {first}"
            yield from (" " * indent + line for line in rest)


def _message(finding: Finding, indent: int, look: Look) -> Iterator[str]:
    """Yield the message of a finding, in several lines if a terminal is too narrow for it."""
    message = visible(finding.message)
    yield from wrapped(message, look.columns - indent - 1) if look.columns else (message,)
