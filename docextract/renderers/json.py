"""The `json` format, a contract that scripts rely on (DESIGN 7)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from docextract.findings import fingerprints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.report import Lines, Report
    from docextract.source import Span


def render_json(report: Report, lines: Lines, color: bool) -> Iterator[str]:
    """Yield the report as one JSON document with a final newline."""
    prints = fingerprints(report.findings)
    findings = [_finding(one, mark) for one, mark in zip(report.findings, prints, strict=True)]
    document = {"version": 1, "summary": asdict(report.summary), "findings": findings}
    text = json.dumps(document, ensure_ascii=False, indent=2)
    # UTF-8 cannot hold lone surrogates, JSON escapes can.
    yield "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text) + "\n"


def _finding(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "message": finding.message,
        **_place(finding.span),
        "pointer": finding.pointer,
        "type": finding.type,
        "property": finding.property,
        "exchange": finding.exchange,
        "fixable": finding.fixable,
        "fingerprint": fingerprint,
        "related": [{**_place(related.span), "message": related.message} for related in finding.related],
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
