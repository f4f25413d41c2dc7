"""The `statistics` format: how many findings each check has, without the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.renderers.style import Style
from docextract.renderers.tally import closing, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.renderers.look import Look
    from docextract.verdict.report import Report


def render_statistics(report: Report, look: Look) -> Iterator[str]:
    """Yield the number of findings of each check, the worst pages, and the figures of the run."""
    style = Style(look.color)
    if report.findings:
        yield "".join(f"{line}\n" for line in tables(report.findings, look, style)) + "\n"
    yield "".join(f"{line}\n" for line in closing(report, look, style))
