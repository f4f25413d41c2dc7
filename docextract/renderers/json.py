"""The `json` format: a contract that scripts rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docextract.renderers.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding, Fix
    from docextract.renderers.look import Look
    from docextract.text.source import Span
    from docextract.verdict.report import Report


def render_json(report: Report, look: Look) -> Iterator[str]:
    """Yield the report as one JSON document, with one finding to a line."""
    yield f'{{"version": 1, "summary": {json_text(report.summary._asdict())}, "findings": ['
    for number, finding in enumerate(report.findings):
        yield (",\n" if number else "\n") + json_text(finding_object(finding))
    yield "\n]}\n" if report.findings else "]}\n"


def finding_object(finding: Finding) -> dict[str, Any]:
    """Return a finding as the members that `json` and `jsonl` show."""
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "message": finding.message,
        **_place(finding.span),
        "pointer": finding.pointer,
        "type": finding.type,
        "property": finding.property,
        "exchange": finding.exchange,
        "fixable": finding.is_fixable(),
        "fix": finding.fix and _fix(finding.fix),
        "fingerprint": finding.fingerprint,
        "related": [{**_place(related.span), "message": related.message} for related in finding.related],
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {"safe": fix.safe, "edits": [{**_place(edit.span), "text": edit.text} for edit in fix.edits]}


def _place(span: Span) -> dict[str, Any]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
