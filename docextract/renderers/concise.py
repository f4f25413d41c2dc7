"""The `concise` format: one line per finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.renderers.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.renderers.look import Look
    from docextract.verdict.report import Report


def render_concise(report: Report, look: Look) -> Iterator[str]:
    """Yield `path:line:column: severity[check] message` for each finding."""
    for finding in report.findings:
        place = f"{finding.span.path}:{finding.span.line}:{finding.span.column}"
        yield visible(f"{place}: {finding.severity}[{finding.check}] {finding.message}") + "\n"
