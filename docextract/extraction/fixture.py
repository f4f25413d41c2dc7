"""A documented exchange as writers receive it: with an id and a type, without messages to be ignored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.contract.naming import Kind, Resolution
from docextract.contract.resolution import resolve, shows_several
from docextract.reading.http_message import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.project.docset import DocSet, Selection
    from docextract.reading.exchange import Exchange, Message


@dataclass(frozen=True)
class Fixture:
    """A documented exchange, ready to be written.

    `id` is unique in a run regardless of case, and safe on every system as the path of a file below a
    folder. `resolution` is the type that the body of the response should have, and how that is known;
    None without a response.
    """

    id: str
    exchange: Exchange
    resolution: Resolution | None = None

    @property
    def page(self) -> str:
        """The path of its page, relative to the working directory."""
        return self.exchange.path

    @property
    def annotated(self) -> bool:
        """Whether an annotation marks the request or the response."""
        return self.exchange.annotated

    @property
    def request(self) -> Message | None:
        """The request; None if the page shows none."""
        return self.exchange.request

    @property
    def response(self) -> Message | None:
        """The response; None if the page shows none."""
        return self.exchange.response

    @property
    def ignored(self) -> bool:
        """Whether the annotation of one of its sides says that checks ignore it."""
        return any(message.ignored for message in (self.request, self.response) if message)

    @property
    def method(self) -> str | None:
        """The method of the request."""
        http = self.request.http if self.request else None
        return http.method if isinstance(http, Request) else None

    @property
    def url(self) -> str | None:
        """The URL of the request as shown on the page."""
        http = self.request.http if self.request else None
        return http.url if isinstance(http, Request) else None

    @property
    def status(self) -> int | None:
        """The status code of the response."""
        http = self.response.http if self.response else None
        return http.status if isinstance(http, Response) else None

    @property
    def type(self) -> str | None:
        """The full name of the type of the response's body, or of its items if it is a collection."""
        known = self.resolution
        if known is None:
            return None
        return (known.types[0].name if known.kind in (Kind.TYPE, Kind.OWN_TABLE) else known.name.lstrip("#")) or None

    @property
    def collection(self) -> bool | None:
        """Whether the response shows several of its type: as the page says, else by the shape of the body.

        None without a type.
        """
        if self.resolution is None or self.response is None or self.type is None:
            return None
        return shows_several(self.response, self.resolution)

    @property
    def declared(self) -> bool:
        """Whether a page of the doc set defines its type."""
        return self.resolution is not None and self.resolution.kind is Kind.TYPE


def fixtures(selections: Sequence[Selection]) -> Iterator[Fixture]:
    """Yield the exchanges of the selected pages, by page and in the order of the page, except ignored ones."""
    used: set[str] = set()
    for path, docset, is_selected in _pages(selections):
        for exchange in docset.exchanges(path).exchanges:
            if exchange.ignored:
                continue
            identifier = _unique(exchange.id, used)
            if is_selected:
                response = exchange.response
                yield Fixture(identifier, exchange, resolve(exchange, response, docset.registry) if response else None)


def _pages(selections: Sequence[Selection]) -> Iterator[tuple[str, DocSet, bool]]:
    """Yield the selected pages in order and, marked False, the pages that compete with them for ids.

    So the id of an exchange does not depend on which other pages are selected.
    """
    pages: dict[str, tuple[DocSet, bool]] = {}
    for selection in selections:
        for path in selection.paths:
            pages.setdefault(path, (selection.docset, True))
    for selection in selections:
        for path in _rivals(selection):
            pages.setdefault(path, (selection.docset, False))
    for path in sorted(pages):
        yield path, *pages[path]


def _rivals(selection: Selection) -> Iterable[str]:
    """Return the other pages whose paths differ from those of selected pages only in case or in the suffix."""
    docset = selection.docset
    others = [path for path in docset.paths if path not in selection.paths]
    ids = {docset.pages.id(path).casefold() for path in selection.paths} if others else set()
    return [path for path in others if docset.pages.id(path).casefold() in ids]


def _unique(identifier: str, used: set[str]) -> str:
    """Return an id, with a number if it is in use in any case, and add it to those in use."""
    name, number = identifier, 1
    while name.casefold() in used:
        number += 1
        name = f"{identifier}-{number}"
    used.add(name.casefold())
    return name
