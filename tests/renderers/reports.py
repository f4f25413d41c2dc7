"""Reports made by hand, for what no check finds: very many findings, fixes, hostile texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.findings import CheckId, Finding, Severity
from docextract.renderers import RENDERERS
from docextract.renderers.look import Look
from docextract.text.source import Span
from docextract.verdict.report import Report, Summary

if TYPE_CHECKING:
    from collections.abc import Sequence


def finding(
    number: int = 1,
    severity: Severity = Severity.ERROR,
    message: str = "'id' is 1, expected String",
    path: str = "page.md",
    **known: object,
) -> Finding:
    """Return a finding at a line."""
    span = Span(path, number, 1, number, 3)
    return Finding(CheckId.WRONG_TYPE, severity, message, span, fingerprint=f"{number:032x}", **known)


def report(
    findings: Sequence[Finding], suppressed: Sequence[Finding] = (), baselined: Sequence[Finding] = ()
) -> Report:
    """Return a report of findings, with their figures."""
    counts = [sum(one.severity == severity for one in findings) for severity in Severity]
    figures = dict(zip(("infos", "warnings", "errors"), counts, strict=True))
    summary = Summary(pages=1, suppressed=len(suppressed), baselined=len(baselined), **figures)
    return Report(tuple(findings), summary, tuple(suppressed), baselined=tuple(baselined))


def rendered(form: str, shown: Report, *, text: str = "", **look: object) -> str:
    """Return a report in a format, where every page has a text."""
    return "".join(RENDERERS[form](shown, Look(lambda _: text.split("\n"), **look)))
