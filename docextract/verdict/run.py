"""A run over doc sets: which pages are checked anew, by how many processes, and what is reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from docextract.findings import sort_key
from docextract.verdict.report import Report, Summary
from docextract.verdict.workers import Choice, check_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from docextract.findings import Finding
    from docextract.project.docset import DocSet, Selection
    from docextract.verdict.book import Book
    from docextract.verdict.cache import Cache
    from docextract.verdict.report import Verdict


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
    remarks: list[str] = []
    summary = Summary()
    for selection in selections:
        book = cache.book(selection.docset.pages, choice) if cache else None
        docset = book.docset if book else selection.docset
        docset.catalogue.scanned = progress.read
        progress.expect(len(docset.paths))
        pages = sorted(selection.paths) if alone else _pages_to_check(docset, selection.paths)
        chosen = replace(selection, docset=docset)
        for verdict in _verdicts(chosen, pages, (choice, jobs, book), remarks.append):
            findings.extend(f for f in verdict.findings if _reported(f, selection.paths))
            if verdict.path in selection.paths:
                summary = summary.plus(verdict.figures)
                suppressed.extend(verdict.suppressed)
            progress.checked()
    findings.sort(key=sort_key)
    suppressed.sort(key=sort_key)
    return Report(tuple(findings), summary.counting(findings), tuple(suppressed), tuple(remarks))


def _verdicts(
    selection: Selection, pages: Iterable[str], how: tuple[Choice, int, Book | None], remark: Callable[[str], None]
) -> Iterator[Verdict]:
    """Yield the verdicts in the book that are still valid, then new ones on the other pages that matter."""
    choice, jobs, book = how
    docset = selection.docset
    stale = []
    for path in pages:
        verdict = book.verdict(path) if book else None
        if verdict is None:
            stale.append(path)
        else:
            yield verdict
    for verdict in check_pages(docset, _that_matter(selection, stale), choice, jobs, remark):
        if book:
            book.keep(verdict)
        yield verdict


def _pages_to_check(docset: DocSet, selected: frozenset[str]) -> Iterable[str]:
    """Return the pages that may have findings to report: a page that defines nothing affects no other page."""
    outlines = map(docset.catalogue.outline, selected)
    if any(outline.defines_types or outline.enums for outline in outlines):
        return docset.pages.paths
    return sorted(selected)


def _that_matter(selection: Selection, pages: Sequence[str]) -> Sequence[str]:
    """Return the pages that may have findings to report: those selected, and those that show a type of these."""
    others = [path for path in pages if path not in selection.paths]
    if not others:
        return pages
    from docextract.project.showing import showing

    wanted = selection.paths | showing(selection.docset, selection.paths, others)
    return [path for path in pages if path in wanted]


def _reported(finding: Finding, paths: frozenset[str]) -> bool:
    return finding.span.path in paths or any(related.span.path in paths for related in finding.related)
