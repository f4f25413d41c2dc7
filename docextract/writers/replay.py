"""Fixtures that can be replayed: those of which both sides are known, with what a client sends and receives."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from docextract.writers.shortfall import Cause, Shortfall, shortfalls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.extraction.fixture import Fixture
    from docextract.extraction.side import RequestSide, ResponseSide, Side

_NEEDED = (Cause.NO_REQUEST, Cause.NO_TARGET, Cause.NO_RESPONSE)
_WANTED = (Cause.RELATIVE, Cause.NO_STATUS, Cause.INTERIM, Cause.NO_BODY, Cause.BINARY)
_BODILESS = (Cause.INTERIM, Cause.NO_BODY)


class Replay(NamedTuple):
    """An exchange that a client can go through again.

    `method` is in capitals, `url` percent-encoded; `status` is 200 where the page does not tell it.
    `is_bodiless` says that such an answer cannot have the body that the page shows.
    """

    fixture: Fixture
    request: RequestSide
    response: ResponseSide
    method: str
    url: str
    status: int
    is_bodiless: bool

    @property
    def body(self) -> str:
        """The body to answer with; "" where HTTP allows none, for clients fail there."""
        return "" if self.is_bodiless else self.response.replayed_text

    @property
    def reason(self) -> str:
        """The reason phrase in ASCII, as clients want it; that of the status if the page has another."""
        if self.response.reason.isascii():
            return self.response.reason
        return HTTPStatus(self.status).phrase if self.status in set(HTTPStatus) else ""


def replays(fixtures: Iterable[Fixture]) -> Iterator[Replay | Shortfall]:
    """Yield each fixture that can be replayed, and what the others, or it, lack."""
    for fixture in fixtures:
        lacking = shortfalls(fixture, _NEEDED, _WANTED)
        yield from lacking
        request, response = fixture.request, fixture.response
        if not request or not response or not request.method or not request.encoded_url:
            continue
        status = HTTPStatus.OK.value if response.status is None else response.status
        is_bodiless = any(one.cause in _BODILESS for one in lacking)
        yield Replay(fixture, request, response, request.method.upper(), request.encoded_url, status, is_bodiless)


def headers(side: Side) -> dict[str, list[str]]:
    """Return the header fields to send by name, each with its values; names that differ in case only are one.

    Clients refuse what is not ASCII.
    """
    found: dict[str, list[str]] = {}
    spelled: dict[str, str] = {}
    for name, value in side.replayed_headers:
        if value.isascii():
            found.setdefault(spelled.setdefault(name.casefold(), name), []).append(value)
    return found
