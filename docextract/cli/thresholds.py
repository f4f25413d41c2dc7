"""From which severity up findings are shown, and from which up they make a run fail."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from docextract.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from docextract.cli.options import Options
    from docextract.findings import Finding
    from docextract.project.config import Config
    from docextract.project.docset import Selection
    from docextract.project.pages import Pages


class Thresholds(NamedTuple):
    """The severity from which up people are shown findings, None if it follows from the other; and `--fail-on`.

    Without `--fail-on`, each doc set has the threshold that its configuration gives it.
    """

    shown: Severity | None = None
    fail_on: str | None = None

    def least(self, selected: Sequence[Selection]) -> Severity:
        """Return the least severity that people are shown: none is hidden that makes the run fail."""
        return self.least_of(selection.docset.config for selection in selected)

    def least_of(self, configs: Iterable[Config]) -> Severity:
        """Return the same for the configurations of doc sets."""
        return self.shown or min((Severity.WARNING, *filter(None, map(self._of, configs))))

    def failing(self, selected: Sequence[Selection]) -> Callable[[Finding], bool]:
        """Return the predicate of findings that make the run fail: by the threshold of the doc set of their page."""

        @cache
        def threshold(path: str) -> Severity | None:
            return next((self._of(pages.config) for pages, _ in owners(selected, path)), Severity.ERROR)

        def fails(finding: Finding) -> bool:
            least = threshold(finding.span.path)
            return least is not None and finding.severity >= least

        return fails

    def _of(self, config: Config) -> Severity | None:
        if self.fail_on is None:
            return config.fail_on
        return None if self.fail_on == "never" else Severity[self.fail_on.upper()]


def read_thresholds(options: Options, config: Config) -> Thresholds:
    """Return the thresholds of a run, by the options and the configuration of the run."""
    asked = options["min_severity"]
    return Thresholds(Severity[asked.upper()] if asked else config.min_severity, options["fail_on"])


def owners(selected: Sequence[Selection], path: str) -> Iterator[tuple[Pages, str]]:
    """Yield the pages of each doc set that a finding may be in, by the path that a report shows, and the page's name.

    A report that is written names pages as seen from the working directory.
    """
    for selection in selected:
        pages = selection.docset.pages
        name = path if path in pages else pages.by_place.get(path)
        if name is not None:
            yield pages, name
