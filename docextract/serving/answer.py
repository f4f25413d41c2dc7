"""An answer: what is sent, and what the log says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from docextract.writers.replay import Replay

#: The server gives its own date (RFC 9110, section 6.6.1).
_RECOMPUTED = frozenset(("date",))


class Answer(NamedTuple):
    """A response. `told` says what it is: the route and the id of the example, never what the client sent."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    told: str = "-"

    def plus(self, *headers: tuple[str, str]) -> Answer:
        """Return it with more header fields, in the place of its own ones of their names."""
        names = {name.casefold() for name, _ in headers}
        kept = (one for one in self.headers if one[0].casefold() not in names)
        return self._replace(headers=(*kept, *headers))


def documented(replay: Replay, route: str) -> Answer:
    """Return the answer that a page shows."""
    shown = replay.response.replayed_headers
    headers = tuple((name, value) for name, value in shown if name.casefold() not in _RECOMPUTED)
    return Answer(replay.status, headers, replay.body.encode("utf-8"), f"{route} {replay.fixture.id}")
