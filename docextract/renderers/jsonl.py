"""The `jsonl` format: a finding to a line, for programs that read as lines come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.renderers.json import finding_object
from docextract.renderers.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.renderers.look import Look
    from docextract.verdict.report import Report


def render_jsonl(report: Report, look: Look) -> Iterator[str]:
    """Yield each finding as in `json`; no line holds the figures, so that every line is a finding."""
    for finding in report.findings:
        yield json_text(finding_object(finding)) + "\n"
