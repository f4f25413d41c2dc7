"""The `sarif` format: SARIF 2.1.0, which code scanning and editors show. Sections are those of the standard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from docextract.renderers.folding import by_weight
from docextract.renderers.json_text import json_text
from docextract.renderers.sarif_rules import LEVELS, rules
from docextract.renderers.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding, Fix, Related
    from docextract.renderers.look import Look
    from docextract.text.source import Span
    from docextract.verdict.report import Report

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: So many results of a run GitHub takes; it refuses a file with more, and shows the first 5,000.
_MOST = 25_000
#: The root of the repository. Where it lies is not said: it differs from machine to machine.
_ROOT = "%SRCROOT%"


class _Marked(NamedTuple):
    """A finding with the kind of its suppression (3.35.2); None if it is not suppressed."""

    finding: Finding
    suppression: str | None = None


def render_sarif(report: Report, look: Look) -> Iterator[str]:
    """Yield a log of one run: all checks as rules, then the worst results, a line each.

    Suppressed findings are marked and come last. Without them, a server would close their alerts.
    """
    marked = _marked(report)
    index = {rule["id"]: number for number, rule in enumerate(rules())}
    yield f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{\n'
    for name, value in _run(report, len(marked)).items():
        yield f'"{name}": {json_text(value)},\n'
    yield '"results": ['
    for number, one in enumerate(marked[:_MOST]):
        state = _state(one) if report.baselined else {}
        yield (",\n" if number else "\n") + json_text(_result(one, index, look) | state)
    yield "\n]}]}\n"


def _marked(report: Report) -> list[_Marked]:
    shown = [_Marked(finding) for finding in sorted(report.findings, key=by_weight)]
    known = [_Marked(finding, "external") for finding in sorted(report.baselined, key=by_weight)]
    return shown + known + [_Marked(finding, "inSource") for finding in sorted(report.suppressed, key=by_weight)]


def _state(marked: _Marked) -> dict[str, str]:
    """Return what a baseline knows of a finding (3.27.24): if one result of a run has a state, all must."""
    return {"baselineState": "unchanged" if marked.suppression == "external" else "new"}


def _run(report: Report, results: int) -> dict[str, Any]:
    """Return the members of the run but its results."""
    from docextract import __version__

    told = list(report.notices)
    if results > _MOST:
        told.append(f"{results - _MOST:,} of {results:,} findings are left out: code scanning takes {_MOST:,}")
    driver = {"name": "docextract", "semanticVersion": __version__, "version": __version__, "rules": rules()}
    notifications = [{"level": "note", "message": {"text": _message(text)}} for text in told]
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
    }


def _result(marked: _Marked, index: dict[str, int], look: Look) -> dict[str, Any]:
    finding = marked.finding
    known = {"pointer": finding.pointer, "type": finding.type, "property": finding.property}
    known |= {"exchange": finding.exchange}
    properties = {name: value for name, value in known.items() if value is not None}
    related = [_related(related, number, look) for number, related in enumerate(finding.related, 1)]
    return {
        "ruleId": finding.check,
        "ruleIndex": index[finding.check],
        "level": LEVELS[finding.severity],
        "message": {"text": _message(finding.message)},
        "locations": [{"physicalLocation": _physical(finding.span, look)}],
        # GitHub follows an alert of a rule by this key alone, also into a renamed file; other readers by keys
        # with a version.
        "partialFingerprints": {
            "primaryLocationLineHash": finding.pageless,
            "docextractFingerprint/v1": finding.fingerprint,
        },
        # If one result of a run has suppressions, all must (3.27.23).
        "suppressions": [{"kind": marked.suppression}] if marked.suppression else [],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": [_fix(finding.fix, look)]} if finding.fix else {}),
        **({"properties": properties} if properties else {}),
    }


def _related(related: Related, number: int, look: Look) -> dict[str, Any]:
    message = {"text": _message(related.message)}
    return {"id": number, "physicalLocation": _physical(related.span, look), "message": message}


def _fix(fix: Fix, look: Look) -> dict[str, Any]:
    """Return a fix (3.55): its edits are all on one page."""
    replacements: list[dict[str, Any]] = [
        {"deletedRegion": _region(edit.span), **({"insertedContent": {"text": edit.text}} if edit.text else {})}
        for edit in fix.edits
    ]
    text = (
        "Safe: the text is wrong whatever was meant." if fix.safe else "To be reviewed: it may not be what was meant."
    )
    change = {"artifactLocation": _artifact(fix.edits[0].span.path, look), "replacements": replacements}
    return {"description": {"text": text}, "artifactChanges": [change]}


def _physical(span: Span, look: Look) -> dict[str, Any]:
    """Return a place; of several lines, the first is the region and all are its context.

    In a pull request, GitHub shows an alert only if all lines of its region are changed.
    """
    place: dict[str, Any] = {"artifactLocation": _artifact(span.path, look)}
    if span.end_line == span.line:
        return {**place, "region": _region(span)}
    # A region without an end reaches to the end of its line (3.30.2).
    first = {"startLine": span.line, "startColumn": span.column}
    return {**place, "region": first, "contextRegion": {"startLine": span.line, "endLine": span.end_line}}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _artifact(path: str, look: Look) -> dict[str, str]:
    """Return the location of a page (3.4): a URI relative to the repository, or an absolute one outside of it."""
    known = look.in_repository(path)
    if Path(known).is_absolute():
        return {"uri": Path(known).as_uri()}
    return {"uri": quote(known, errors="surrogateescape"), "uriBaseId": _ROOT}


def _message(text: str) -> str:
    """Return a text as a message (3.11), in which it can make no link (3.11.6)."""
    return visible(text).replace("](", "] (")
