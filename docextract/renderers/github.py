"""The `github` format: workflow commands, which GitHub Actions shows as annotations of the changed files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docextract.findings import Severity, sort_key
from docextract.renderers.folding import folded
from docextract.renderers.visible import visible
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.findings import Finding
    from docextract.renderers.look import Look
    from docextract.verdict.report import Report

#: So many annotations of each level GitHub takes from a step, and drops the others without a word.
_MOST = 10
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(report: Report, look: Look) -> Iterator[str]:
    """Yield an annotation for the worst findings, and a notice that tells how many are not shown."""
    limits = _limits(report.findings)
    left = Counter(limits)
    for finding in _by_worth(report.findings):
        left[finding.severity] -= 1
        if left[finding.severity] >= 0:
            yield _annotation(finding, look)
    hidden = [(severity, -left[severity]) for severity in limits if left[severity] < 0]
    if hidden:
        yield _command("notice", {"title": "docextract"}, _told(hidden))


def _by_worth(findings: Iterable[Finding]) -> list[Finding]:
    """Return the worst findings first, and of each severity those that tell something new."""
    ranked = [(number, finding) for group in folded(findings) for number, finding in enumerate(group)]
    ranked.sort(key=lambda pair: (-pair[1].severity, pair[0], sort_key(pair[1])))
    return [finding for _, finding in ranked]


def _limits(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Return how many annotations of each severity to show; the notice that some are not shown is one of them."""
    counts = Counter(finding.severity for finding in findings)
    cut = any(counts[severity] > _MOST for severity in _LEVELS)
    return {severity: _MOST - (cut and severity is Severity.INFO) for severity in _LEVELS}


def _told(hidden: Iterable[tuple[Severity, int]]) -> str:
    counts = [plural(count, str(severity)) for severity, count in hidden]
    return f"GitHub shows {_MOST} annotations of a level in a step; not shown are {', '.join(counts)}"


def _annotation(finding: Finding, look: Look) -> str:
    span = finding.span
    place: dict[str, object] = {"file": look.in_repository(span.path), "line": span.line}
    if span.end_line == span.line:
        # The API of annotations refuses columns that are on different lines.
        place |= {"endLine": span.end_line, "col": span.column, "endColumn": span.end_column}
    else:
        place["endLine"] = span.end_line
    lines = [visible(finding.message)]
    for related in finding.related:
        path = look.in_repository(related.span.path)
        lines.append(visible(f"{path}:{related.span.line}: {related.message}"))
    return _command(_LEVELS[finding.severity], {**place, "title": finding.check}, "\n".join(lines))


def _command(name: str, properties: dict[str, object], data: str) -> str:
    """Return a command as `@actions/core` writes it."""
    listed = ",".join(f"{key}={_property(visible(str(value)))}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(data)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
