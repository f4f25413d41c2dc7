"""The fixtures of a run: the exchanges of the selected pages, each with an id of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from docextract.extraction.default import Candidate, Defaults
from docextract.extraction.fixture import Fixture
from docextract.extraction.schema_name import scope_of
from docextract.project.docset import DocSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.project.docset import Selection


def fixtures(selections: Sequence[Selection], base_url: str | None = None) -> Iterator[Fixture]:
    """Yield the exchanges of the selected pages, by page and in the order of the page, except ignored ones.

    `base_url` stands before relative URLs.
    """
    # Which are defaults is known when the last has come.
    yield from list(_named(_pages(selections), base_url, several=len(selections) > 1))


def passing(selections: Sequence[Selection], base_url: str | None = None) -> Iterator[Fixture]:
    """Yield the same, but one by one, so that none need stay in memory: which are defaults is known after the last."""
    yield from _named(_root_by_root(_pages(selections)), base_url, several=len(selections) > 1)


def _named(pages: Iterable[tuple[str, DocSet]], base_url: str | None, *, several: bool) -> Iterator[Fixture]:
    used: set[str] = set()
    defaults = Defaults()
    for path, docset in pages:
        scope = scope_of(docset) if several else ""
        for exchange in docset.exchanges(path).exchanges:
            if exchange.ignored:
                continue
            fixture = Fixture(_unique(exchange.id, used), exchange, docset, base_url, scope, defaults)
            yield replace(fixture, number=defaults.add(_candidate(fixture)))
        # A fixture holds what it shows of its page.
        docset.forget(path)


def _root_by_root(pages: Iterable[tuple[str, DocSet]]) -> Iterator[tuple[str, DocSet]]:
    """Yield pages with a doc set for each root, which forgets what was learnt about the types of another."""
    for (docset, _), there in groupby(pages, lambda page: (page[1], page[1].root(page[0]))):
        own = DocSet(docset.catalogue) if docset.catalogue.index.roots else docset
        for path, _ in there:
            yield path, own


def _candidate(fixture: Fixture) -> Candidate:
    answered = fixture.response is not None
    return Candidate(fixture.method, fixture.url, answered, fixture.status, fixture.annotated, fixture.ignored)


def _pages(selections: Sequence[Selection]) -> Iterator[tuple[str, DocSet]]:
    """Yield the selected pages in order."""
    pages: dict[str, DocSet] = {}
    for selection in selections:
        for path in selection.paths:
            pages.setdefault(path, selection.docset)
    for path in sorted(pages):
        yield path, pages[path]


def _unique(identifier: str, used: set[str]) -> str:
    """Return an id, with a number if a page of another doc set has it in any case, and add it to those in use."""
    name, number = identifier, 1
    while name.casefold() in used:
        number += 1
        name = f"{identifier}-{number}"
    used.add(name.casefold())
    return name
