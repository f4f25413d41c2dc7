"""A run of `check`: which pages it looks at, and how it gets their report."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.cli.arguments import check_ids, configuration, selections
from docextract.cli.exit import Unusable
from docextract.cli.progress import progress
from docextract.project.config import ConfigError
from docextract.project.pages import absolute
from docextract.verdict.cache import home, open_cache, unusable
from docextract.verdict.run import lint
from docextract.verdict.workers import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from docextract.cli.options import Options
    from docextract.project.config import Config
    from docextract.project.config_file import Finder
    from docextract.project.docset import Selection
    from docextract.verdict.cache import Cache
    from docextract.verdict.report import Report


@dataclass(frozen=True, slots=True)
class Run:
    """The arguments of a run.

    `jobs` is the number of processes, None for one per processor; `cached` says whether results of
    earlier runs are used and kept, `exact` whether a page from stdin must be UTF-8 and keeps its line ends.
    """

    paths: tuple[str, ...]
    stdin_filename: str | None
    configured: Finder
    choice: Choice
    jobs: int | None = None
    cached: bool = True
    exact: bool = False

    @property
    def config(self) -> Config:
        """The configuration that holds for the run as a whole. Raises Unusable."""
        named = (self.stdin_filename or "." if path == "-" else path for path in self.paths or (".",))
        try:
            return self.configured.shared(map(absolute, named))
        except ConfigError as error:
            raise Unusable(str(error)) from error

    @property
    def processes(self) -> int:
        """The number of processes: that asked for, else one per usable processor, but no more than pay off.

        Each process reads the types that its pages show, so there is little to gain from a fifth.
        """
        usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return self.jobs or min(usable, _granted(), 4)

    def selected(self, notify: Callable[[str], None]) -> list[Selection]:
        """Return the doc sets with their selected pages; `notify` is told what may surprise. Raises Unusable."""
        selected = selections(self.paths, self.stdin_filename, self.configured, notify, exact=self.exact)
        if not selected:
            notify("nothing to check: all arguments are excluded or not pages")
        for text in filter(None, map(_extent, selected)):
            notify(text)
        if self.cached and selected and (reason := unusable(home())):
            notify(f"no cache is used: {reason}")
        return selected

    @contextmanager
    def reported(self, selected: Sequence[Selection]) -> Iterator[Report]:
        """Yield the report on the selected pages; what was learnt about them is saved afterwards."""
        cache = open_cache(home()) if self.cached and selected and "-" not in self.paths else None
        try:
            report, fresh = self._report(selected, cache)
        except Exception:
            if cache is None:
                raise
            # Whatever an earlier run has kept, it must not keep this one from its report.
            cache.forget()
            report, fresh = self._report(selected, cache)
        yield report
        if cache is None or report.failed:
            # What came of a failure may be another thing in the next run.
            return
        if fresh:
            cache.keep_run(selected, self.choice, report)
        cache.save()

    def _report(self, selected: Sequence[Selection], cache: Cache | None) -> tuple[Report, bool]:
        """Return the report on the selected pages, and whether it is more than that of an earlier run."""
        known = cache.run(selected, self.choice) if cache else None
        if known is not None:
            return known, False
        with progress() as bar:
            return lint(selected, self.choice, jobs=self.processes, progress=bar, cache=cache), True

    def alone(self, selected: Sequence[Selection], paths: Collection[str]) -> Report:
        """Return the report on some of the selected pages by themselves, at once; nothing is saved."""
        cache = open_cache(home()) if self.cached else None
        some = (replace(selection, paths=selection.paths.intersection(paths)) for selection in selected)
        return lint([selection for selection in some if selection.paths], self.choice, cache=cache, alone=True)


def _granted() -> int:
    """Return the number of processors whose time a container is granted (Linux, cgroup v2); many without a limit."""
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text("ascii").split()
        return max(1, int(quota) // int(period))
    except (OSError, ValueError):
        # No such file, or the word "max".
        return sys.maxsize


def _extent(selection: Selection) -> str:
    """Return that only part of a doc set is checked, while its types and links come from all of it; "" otherwise."""
    pages, named = selection.docset.pages, len(selection.paths)
    if named == len(pages.paths):
        return ""
    return f"checking {named:,} of the {len(pages.paths):,} pages of the doc set {pages.base!r}, reading the others"


def read_run(paths: tuple[str, ...], options: Options) -> Run:
    """Return what is to be checked and how. Raises Unusable."""
    choice = Choice(check_ids(options["select"]), check_ids(options["ignore"]))
    if both := sorted({*choice.select} & {*choice.ignore}):
        raise Unusable(f"--select and --ignore both name {', '.join(both)}; keep one of them")
    return Run(
        paths,
        options["stdin_filename"],
        configuration(options["config"], options["exclude"]),
        choice,
        options["jobs"],
        cached=not options["no_cache"],
        exact=bool(options["fix"] or options["diff"] or options["fix_only"]),
    )
