"""The options of `check` about a baseline: known findings are set aside, the file is written or pruned."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docextract.cli.exit import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docextract.cli.options import Options
    from docextract.project.docset import Selection
    from docextract.verdict.baseline import Comparison
    from docextract.verdict.report import Report
    from docextract.verdict.run import Choice

    Notify = Callable[[str], None]


class BaselineUse(NamedTuple):
    """The baseline file of a run, if it has one, and whether the run writes or prunes it."""

    file: str | None = None
    update: bool = False
    prune: bool = False

    def only_read(self) -> BaselineUse:
        """Return the same for a run that writes nothing."""
        return BaselineUse(self.file)

    def apply(
        self, report: Report, selected: Sequence[Selection], choice: Choice, notify: Notify = lambda _: None
    ) -> Report:
        """Return a report with the findings of the baseline set aside; write the file if that is wanted.

        `notify` is called with a sentence about what was written, or no longer occurs. Raises
        Unusable if the file cannot be read or written.
        """
        if self.file is None:
            return report
        from docextract.verdict.baseline import Baseline, BaselineError, Scope

        file = Path(self.file)
        scope = Scope({path for selection in selected for path in selection.paths}, choice)
        try:
            known = Baseline(file, {}) if self.update and not os.path.lexists(file) else Baseline.read(file)
            comparison = known.compare(report, scope)
            if not self.update and not self.prune:
                _tell_stale(comparison, self.file, notify)
                return comparison.report
            (comparison.updated if self.update else comparison.pruned).write()
        except BaselineError as error:
            raise Unusable(str(error)) from error
        return self._told(comparison, notify)

    def _told(self, comparison: Comparison, notify: Notify) -> Report:
        """Tell what was written; return the report beside it."""
        report, gone = comparison.report, sum(comparison.stale.values())
        if not self.update:
            notify(f"{_counted(gone)} removed from the baseline {self.file}")
            return report
        total = sum(comparison.updated.entries.values())
        notify(f"the baseline {self.file} has {_counted(total)}: {len(report.findings):,} added, {gone:,} removed")
        return report.reduced((), baselined=True)


def read_baseline(options: Options, paths: Sequence[str]) -> BaselineUse:
    """Return what the options say of a baseline. Raises Unusable for options that do not go together."""
    use = BaselineUse(options["baseline"], options["baseline_update"], options["baseline_prune"])
    writes = "--baseline-update" if use.update else "--baseline-prune" if use.prune else ""
    if writes and use.file is None:
        raise Unusable(f"{writes} needs a file: --baseline FILE")
    if use.update and use.prune:
        raise Unusable("--baseline-update removes what no longer occurs by itself; leave out --baseline-prune")
    if writes and options["watch"]:
        raise Unusable(f"--watch writes nothing; leave out {writes}")
    if writes and "-" in paths:
        raise Unusable(f"{writes} writes down what is in files; it cannot be used with '-'")
    return use


def _tell_stale(comparison: Comparison, file: str, notify: Notify) -> None:
    """Notify of entries that no longer occur."""
    if gone := sum(comparison.stale.values()):
        verb = "occurs" if gone == 1 else "occur"
        notify(f"{_counted(gone)} of the baseline {file} no longer {verb}; --baseline-prune removes them")


def _counted(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"
