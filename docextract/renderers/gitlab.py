"""The `gitlab` format: a Code Quality report, which GitLab shows in merge requests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from docextract.findings import Severity
from docextract.renderers.json_text import json_text
from docextract.renderers.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.renderers.look import Look
    from docextract.verdict.report import Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_gitlab(report: Report, look: Look) -> Iterator[str]:
    """Yield the findings as a JSON array with an entry to a line."""
    seen: Counter[str] = Counter()
    yield "["
    for number, finding in enumerate(report.findings):
        seen[finding.fingerprint] += 1
        yield (",\n" if number else "\n") + json_text(_entry(finding, seen[finding.fingerprint], look))
    yield "\n]\n" if report.findings else "]\n"


def _entry(finding: Finding, ordinal: int, look: Look) -> dict[str, Any]:
    """Return a finding as an entry; the ordinal tells apart findings of different doc sets with one fingerprint.

    GitLab shows only the first entry with a fingerprint.
    """
    return {
        "description": f"{finding.check}: {visible(finding.message)}",
        "check_name": finding.check,
        "fingerprint": finding.fingerprint if ordinal == 1 else f"{finding.fingerprint}-{ordinal}",
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": look.in_repository(finding.span.path),
            "lines": {"begin": finding.span.line, "end": finding.span.end_line},
        },
    }
