"""The `concise` format: one line per finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.renderers.style import COLORS, Style
from docextract.renderers.visible import leading_path, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.renderers.look import Look
    from docextract.verdict.report import Report


def render_concise(report: Report, look: Look) -> Iterator[str]:
    """Yield `path:line:column: severity[check] message` for each finding, and nothing else: editors read this."""
    style = Style(look.color)
    for finding in report.findings:
        if finding.severity >= look.least:
            place = f"{leading_path(finding.span.path)}:{finding.span.line}:{finding.span.column}"
            label = style(f"{finding.severity}[{finding.check}]", COLORS[finding.severity])
            yield f"{place}: {label} {visible(finding.message)}\n"
