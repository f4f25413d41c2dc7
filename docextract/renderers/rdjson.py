"""The `rdjson` format: the Reviewdog Diagnostic Format, which reviewdog turns into comments with suggestions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docextract.renderers.json_text import json_text
from docextract.renderers.visible import visible
from docextract.text.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docextract.findings import Finding, Fix
    from docextract.renderers.look import Look
    from docextract.verdict.report import Report

    Lines = Callable[[str], list[str]]


def render_rdjson(report: Report, look: Look) -> Iterator[str]:
    """Yield the findings as one `DiagnosticResult`, with a diagnostic to a line."""

    @lru_cache(maxsize=256)
    def lines(path: str) -> list[str]:
        return list(look.lines(path))

    yield '{"source": {"name": "docextract"}, "diagnostics": ['
    for number, finding in enumerate(report.findings):
        yield (",\n" if number else "\n") + json_text(_diagnostic(finding, lines, look))
    yield "\n]}\n" if report.findings else "]}\n"


def _diagnostic(finding: Finding, lines: Lines, look: Look) -> dict[str, Any]:
    related = [
        {"message": visible(related.message), "location": _location(related.span, lines, look)}
        for related in finding.related
    ]
    suggestion = finding.fix and _suggestion(finding.fix, lines)
    return {
        "message": visible(finding.message),
        "location": _location(finding.span, lines, look),
        "severity": str(finding.severity).upper(),
        "code": {"value": finding.check},
        **({"suggestions": [suggestion]} if suggestion else {}),
        **({"related_locations": related} if related else {}),
    }


def _suggestion(fix: Fix, lines: Lines) -> dict[str, Any] | None:
    """Return one suggestion that makes all edits of a fix; None if the page cannot be read any more.

    Each suggestion of a diagnostic is offered by itself, and half a fix would mend nothing.
    """
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    first, last = edits[0].span, edits[-1].span
    page = lines(first.path)
    if last.end_line > len(page):
        return None
    source, text, at = Source(first.path, "\n".join(page)), "", (first.line, first.column)
    for edit in edits:
        text += source.text_of(Span(first.path, *at, edit.span.line, edit.span.column)) + edit.text
        at = (edit.span.end_line, edit.span.end_column)
    whole = Span(first.path, first.line, first.column, last.end_line, last.end_column)
    return {"range": _range(whole, page), "text": text}


def _location(span: Span, lines: Lines, look: Look) -> dict[str, Any]:
    return {"path": look.in_repository(span.path), "range": _range(span, lines(span.path))}


def _range(span: Span, page: list[str]) -> dict[str, Any]:
    return {
        "start": _position(span.line, span.column, page),
        "end": _position(span.end_line, span.end_column, page),
    }


def _position(line: int, column: int, page: list[str]) -> dict[str, int]:
    """Return a position with its column in bytes of UTF-8, as the format has it; without one if the line is unknown."""
    if line > len(page):
        return {"line": line}
    return {"line": line, "column": len(page[line - 1][: column - 1].encode("utf-8", "replace")) + 1}
