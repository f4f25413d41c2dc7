"""The options of `check` about a baseline: known findings are set aside, the file is written or pruned."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docextract.cli.exit import Unusable
from docextract.project.pages import shown
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from docextract.cli.options import Options
    from docextract.project.config import Config
    from docextract.project.docset import Selection
    from docextract.verdict.baseline import Comparison
    from docextract.verdict.report import Report
    from docextract.verdict.workers import Choice

    Notify = Callable[[str], None]


class BaselineUse(NamedTuple):
    """The baseline file that the options name, and whether the run writes or prunes its baselines.

    Without such a file, each doc set has the baseline that its configuration names.
    """

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
        for file, members in self._files(selected).items():
            pages = {path for selection in members for path in selection.docset.paths}
            seen = {path for selection in members for path in selection.paths}
            report = report.with_part(pages, self._apply(file, report.part(pages), (seen, choice), notify))
        return report

    def require(self, selected: Sequence[Selection]) -> None:
        """Raise Unusable if a baseline is to be written and neither an option nor a configuration names one."""
        if selected and (self.update or self.prune) and not self._files(selected):
            option = "--baseline-update" if self.update else "--baseline-prune"
            raise Unusable(f"{option} needs a file: --baseline FILE, or `baseline` in the configuration")

    def _files(self, selected: Sequence[Selection]) -> dict[str, list[Selection]]:
        """Return the doc sets by the file of their baseline; those without one are left out."""
        files: dict[str, list[Selection]] = {}
        for selection in selected:
            file = self.file or _configured(selection.docset.config)
            if file is not None:
                files.setdefault(file, []).append(selection)
        return files

    def _apply(self, name: str, report: Report, what: tuple[Collection[str], Choice], notify: Notify) -> Report:
        """Return a report with the findings of one baseline set aside; `what` are the pages and checks of the run."""
        from docextract.verdict.baseline import Baseline, BaselineError, Scope

        file = Path(name)
        fresh = not os.path.lexists(file) and (self.update or not (self.prune or self.file))
        try:
            comparison = (Baseline(file, {}) if fresh else Baseline.read(file)).compare(report, Scope(*what))
            if not self.update and not self.prune:
                _tell(comparison, name, notify, missing=fresh)
                return comparison.report
            (comparison.updated if self.update else comparison.pruned).write()
        except BaselineError as error:
            raise Unusable(str(error)) from error
        return self._told(comparison, name, notify)

    def _told(self, comparison: Comparison, file: str, notify: Notify) -> Report:
        """Tell what was written; return the report beside it."""
        report, gone = comparison.report, sum(comparison.stale.values())
        if not self.update:
            notify(f"{plural(gone, 'entry', 'entries')} removed from the baseline {file}")
            return report
        total = plural(sum(comparison.updated.entries.values()), "entry", "entries")
        notify(f"the baseline {file} has {total}: {len(report.findings):,} added, {gone:,} removed")
        return report.reduced((), baselined=True)


def _configured(config: Config) -> str | None:
    """Return the file of the baseline that a configuration names, as seen from the working directory."""
    return shown(config.root / config.baseline) if config.root and config.baseline else None


def read_baseline(options: Options, paths: Sequence[str]) -> BaselineUse:
    """Return what the options say of a baseline. Raises Unusable for options that do not go together."""
    use = BaselineUse(options["baseline"], options["baseline_update"], options["baseline_prune"])
    writes = "--baseline-update" if use.update else "--baseline-prune" if use.prune else ""
    if use.update and use.prune:
        raise Unusable("--baseline-update removes what no longer occurs by itself; leave out --baseline-prune")
    if writes and options["watch"]:
        raise Unusable(f"--watch writes nothing; leave out {writes}")
    if writes and "-" in paths:
        raise Unusable(f"{writes} writes down what is in files; it cannot be used with '-'")
    return use


def _tell(comparison: Comparison, file: str, notify: Notify, *, missing: bool) -> None:
    """Notify of entries that no longer occur, or that a configured baseline has not been written yet."""
    if missing and comparison.report.findings:
        notify(f"there is no baseline {file} yet; --baseline-update writes it, so that only what is new fails")
    if gone := sum(comparison.stale.values()):
        verb = "occurs" if gone == 1 else "occur"
        notify(
            f"{plural(gone, 'entry', 'entries')} of the baseline {file} no longer {verb}; --baseline-prune removes them"
        )
