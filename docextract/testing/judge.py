"""Which findings on a page make its tests fail, and how a failure reads."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.findings import Severity
from docextract.project.pages import from_here, shown
from docextract.renderers.look import Look
from docextract.renderers.text import render_text
from docextract.verdict.baseline import Baseline, Scope
from docextract.verdict.report import Report, Summary
from docextract.verdict.workers import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.verdict.linter import Linter


class Judge:
    """The checks of a doc set, as its configuration has them run, with its baseline. Raises BaselineError."""

    def __init__(self, docset: DocSet) -> None:
        self.docset = docset
        config = docset.config
        file = Path(shown(config.root / config.baseline)) if config.root and config.baseline else None
        self._baseline = Baseline.read(file) if file and file.exists() else None

    @cached_property
    def _linter(self) -> Linter:
        return Choice().linter(self.docset)

    def failures(self, path: str) -> tuple[Finding, ...]:
        """Return the findings of a page that make `check` fail."""
        least = self.docset.config.fail_on
        if least is None:
            return ()
        found = Report(tuple(self._linter.check_page(path).findings), Summary())
        return tuple(finding for finding in self._new(found, path).findings if finding.severity >= least)

    def _new(self, report: Report, path: str) -> Report:
        """Return the report on a page without what its baseline lists."""
        if self._baseline is None or not report.findings:
            return report
        return self._baseline.of_page(path).compare(report, Scope({path}, Choice())).report

    def text(self, findings: Sequence[Finding]) -> str:
        """Return findings as `docextract check` shows them, without colours."""
        report = Report(tuple(findings), Summary()).renamed(from_here)
        return "".join(render_text(report, Look(self._lines, least=Severity.INFO, quiet=True))).rstrip()

    def _lines(self, path: str) -> Sequence[str]:
        pages = self.docset.pages
        return pages.lines(path if path in pages else pages.by_place.get(path, path))
