"""The `junit` format: findings as test cases, which every CI server shows."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from docextract.renderers.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.findings import Finding
    from docextract.renderers.look import Look
    from docextract.verdict.report import Report

#: The characters that XML 1.0 cannot hold (section 2.2) and `visible` leaves.
_NO_XML = re.compile("[\ufffe\uffff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;"})


def render_junit(report: Report, look: Look) -> Iterator[str]:
    """Yield a suite for each page with findings, and a test case in it for each finding.

    A case fails if its finding makes the run fail, else it is skipped. A run without findings has one
    case that passes, for servers take a report without cases for an error.
    """
    cases = max(len(report.findings), 1)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="docextract" tests="{cases}" failures="{_failures(report.findings, look)}" errors="0">\n'
    for path, findings in groupby(report.findings, key=lambda finding: finding.span.path):
        yield from _suite(path, list(findings), look)
    if not report.findings:
        yield from _passed(report.summary.pages)
    yield "</testsuites>\n"


def _passed(pages: int) -> Iterator[str]:
    name = f"{pages:,} {'page' if pages == 1 else 'pages'} without findings"
    yield '  <testsuite name="docextract" tests="1" failures="0" errors="0" skipped="0">\n'
    yield f'    <testcase classname="docextract" name="{name}"/>\n'
    yield "  </testsuite>\n"


def _suite(path: str, findings: Sequence[Finding], look: Look) -> Iterator[str]:
    page, failures = look.in_repository(path), _failures(findings, look)
    counts = f'tests="{len(findings)}" failures="{failures}" errors="0" skipped="{len(findings) - failures}"'
    yield f'  <testsuite name="{_xml(page)}" {counts}>\n'
    # A server takes what is before the last dot for the package of a class.
    group = page.rpartition(".")[0].replace("/", ".") or page
    seen: Counter[str] = Counter()
    for finding in findings:
        name = f"{finding.check}: {finding.message}"
        seen[name] += 1
        # A server follows a case by class and name from run to run; a line number in them would move.
        ordinal = f" ({seen[name]})" if seen[name] > 1 else ""
        yield f'    <testcase classname="{_xml(group)}" name="{_xml(name + ordinal)}">\n'
        yield f"      {_outcome(finding, look)}\n"
        yield "    </testcase>\n"
    yield "  </testsuite>\n"


def _outcome(finding: Finding, look: Look) -> str:
    tag = "failure" if look.fails(finding) else "skipped"
    places = [(finding.span, f"{finding.severity}[{finding.check}] {finding.message}")]
    places += [(related.span, related.message) for related in finding.related]
    text = "\n".join(
        _xml(f"{look.in_repository(span.path)}:{span.line}:{span.column}: {message}") for span, message in places
    )
    return f'<{tag} type="{finding.severity}" message="{_xml(finding.message)}">{text}</{tag}>'


def _failures(findings: Sequence[Finding], look: Look) -> int:
    return sum(map(look.fails, findings))


def _xml(text: str) -> str:
    """Return a text for content and attributes of XML; what XML cannot hold is shown as an escape."""
    return _NO_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", visible(text)).translate(_ENTITIES)
