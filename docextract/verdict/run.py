"""A run over doc sets: which pages are checked anew, by how many processes, and what is reported."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from docextract.findings import sort_key
from docextract.project.docset import DocSet
from docextract.verdict.report import Report, Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.findings import Finding
    from docextract.project.catalogue import Catalogue
    from docextract.project.docset import Selection
    from docextract.verdict.book import Book
    from docextract.verdict.cache import Cache
    from docextract.verdict.linter import Linter
    from docextract.verdict.report import Verdict

# The linter is imported only when a verdict is missing: it imports all readers and checks.
#: With fewer pages than this, a second process costs more than it saves.
_WORTH_SHARING = 400
#: The number of pages that a process takes at a time.
_SHARE = 50


class Progress(Protocol):
    """What is told of the progress of a run."""

    def expect(self, pages: int) -> None:
        """So many more pages will be read for their types, unless they are known, and checked."""

    def read(self) -> None:
        """A page has been read for its types."""

    def checked(self) -> None:
        """A page has been checked."""


class Unwatched:
    """The progress of a run that nobody watches."""

    def expect(self, pages: int) -> None:
        """Do nothing."""

    def read(self) -> None:
        """Do nothing."""

    def checked(self) -> None:
        """Do nothing."""


class Choice(NamedTuple):
    """The ids of the checks that the caller selects and ignores."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def linter(self, docset: DocSet) -> Linter:
        """Return a linter for a doc set with this choice of checks."""
        from docextract.verdict.linter import Linter

        return Linter(docset, select=self.select, ignore=self.ignore)


def check_pages(docset: DocSet, paths: Sequence[str], choice: Choice, jobs: int) -> Iterator[Verdict]:
    """Yield the verdict on each page; up to `jobs` processes share the pages if there are many.

    Parsed pages are never sent between processes: each process parses its own share.
    """
    shares = [paths[start : start + _SHARE] for start in range(0, len(paths), _SHARE)]
    if jobs < 2 or len(paths) < _WORTH_SHARING:
        # Without pages, not even the linter need be imported.
        if paths:
            yield from chain.from_iterable(map(choice.linter(docset).check_pages, shares))
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A process with several threads cannot be forked safely, and outside Linux none can.
    copied = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if copied else "spawn")
    sys.stdout.flush()
    with ProcessPoolExecutor(jobs, context, _Worker.start, (docset.catalogue.told(), choice)) as pool:
        for verdicts in pool.map(_Worker.check, shares):
            yield from verdicts


class _Worker:
    """The state of a process that checks shares of the pages."""

    linter: Linter

    @classmethod
    def start(cls, catalogue: Catalogue, choice: Choice) -> None:
        gc.disable()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        cls.linter = choice.linter(DocSet(catalogue))

    @classmethod
    def check(cls, paths: Sequence[str]) -> list[Verdict]:
        return [*cls.linter.check_pages(paths)]


def lint(
    selections: Iterable[Selection],
    choice: Choice = Choice(),  # noqa: B008 (frozen)
    *,
    jobs: int = 1,
    progress: Progress = Unwatched(),  # noqa: B008 (it holds nothing)
    cache: Cache | None = None,
    alone: bool = False,
) -> Report:
    """Check the selected pages of each doc set and return all findings in order.

    A finding is reported if its primary or a related place is on a selected page, so a changed table
    row shows the examples that it breaks. `jobs` processes share the pages of a large doc set. The
    report does not depend on their number, nor on the cache. `progress` is told how far the run is.
    If the selected pages are checked `alone`, the examples that they break on other pages are not looked for.
    """
    findings: list[Finding] = []
    suppressed: list[Finding] = []
    summary = Summary()
    for selection in selections:
        book = cache.book(selection.docset.pages, choice) if cache else None
        docset = book.docset if book else selection.docset
        docset.catalogue.scanned = progress.read
        progress.expect(len(docset.paths))
        pages = sorted(selection.paths) if alone else _pages_to_check(docset, selection.paths)
        for verdict in _verdicts(docset, pages, (choice, jobs, book)):
            findings.extend(f for f in verdict.findings if _reported(f, selection.paths))
            if verdict.path in selection.paths:
                summary = summary.plus(verdict.figures)
                suppressed.extend(verdict.suppressed)
            progress.checked()
    findings.sort(key=sort_key)
    suppressed.sort(key=sort_key)
    return Report(tuple(findings), summary.counting(findings), tuple(suppressed))


def _verdicts(docset: DocSet, pages: Iterable[str], how: tuple[Choice, int, Book | None]) -> Iterator[Verdict]:
    """Yield the verdicts in the book that are still valid, then new ones on the other pages."""
    choice, jobs, book = how
    stale = []
    for path in pages:
        verdict = book.verdict(path) if book else None
        if verdict is None:
            stale.append(path)
        else:
            yield verdict
    for verdict in check_pages(docset, stale, choice, jobs):
        if book:
            book.keep(verdict)
        yield verdict


def _pages_to_check(docset: DocSet, selected: frozenset[str]) -> Iterable[str]:
    """Return the pages that may have findings to report: a page that defines nothing affects no other page."""
    outlines = map(docset.catalogue.outline, selected)
    if any(outline.defines_types or outline.enums for outline in outlines):
        return docset.pages.paths
    return sorted(selected)


def _reported(finding: Finding, paths: frozenset[str]) -> bool:
    return finding.span.path in paths or any(related.span.path in paths for related in finding.related)
