"""The fixtures of a run: the exchanges of the selected pages, each with an id of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.contract.resolution import resolve
from docextract.extraction.default import Candidate, are_default
from docextract.extraction.fixture import Fixture
from docextract.extraction.schema_name import scope_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.project.docset import DocSet, Selection
    from docextract.reading.exchange import Exchange


def fixtures(selections: Sequence[Selection], base_url: str | None = None) -> Iterator[Fixture]:
    """Yield the exchanges of the selected pages, by page and in the order of the page, except ignored ones.

    `base_url` stands before relative URLs.
    """
    found = list(_named(selections, base_url))
    for fixture, default in zip(found, are_default(map(_candidate, found)), strict=True):
        yield replace(fixture, default=default)


def _named(selections: Sequence[Selection], base_url: str | None) -> Iterator[Fixture]:
    used: set[str] = set()
    several = len(selections) > 1
    for path, docset in _pages(selections):
        for exchange in docset.exchanges(path).exchanges:
            if exchange.ignored:
                continue
            scope = scope_of(docset) if several else ""
            yield _fixture(_unique(exchange.id, used), exchange, docset, base_url, scope)
        # A fixture holds what it shows of its page.
        docset.forget(path)


def _fixture(identifier: str, exchange: Exchange, docset: DocSet, base_url: str | None, scope: str) -> Fixture:
    response = exchange.response
    resolution = resolve(exchange, response, docset.registry) if response else None
    return Fixture(identifier, exchange, docset, resolution, base_url=base_url, scope=scope)


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
