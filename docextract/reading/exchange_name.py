"""The names of the exchanges of a page: the last part of their ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.reading.exchange import title_of
from docextract.reading.http_message import Request
from docextract.text.identifier import safe_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.reading.exchange import Message, Pair

#: "Example 2:" before what a heading says; an example that is put in above would change the number.
_NUMBERED = re.compile(r"^\w+\s+\d+\s*[:.)–—-]\s*(?=\S)")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
#: So much of a title is part of a name.
_LONGEST = 40


def exchange_names(pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield the name of each exchange of a page, given by its sides, unique in it without regard to case.

    It is what an annotation calls it, else the method. Where that is taken, the status follows if it is
    another than those of this name so far (`get_item.404`), else the title of the example, else a number.
    """
    used: set[str] = set()
    #: The last number behind a name: many exchanges may have the same.
    numbers: dict[str, int] = {}
    statuses: dict[str, set[int | None]] = {}
    for pair in pairs:
        name = safe_part(_own_name(*pair))
        seen = statuses.setdefault(name.casefold(), set())
        chosen = next((one for one in _candidates(name, pair, seen) if one.casefold() not in used), None)
        while chosen is None or chosen.casefold() in used:
            numbers[name.casefold()] = numbers.get(name.casefold(), 1) + 1
            chosen = f"{name}-{numbers[name.casefold()]}"
        seen.add(_status(pair))
        used.add(chosen.casefold())
        yield chosen


def _candidates(name: str, pair: Pair, seen: set[int | None]) -> Iterator[str]:
    yield name
    status, title = _status(pair), _slug(title_of(*pair))
    if status is not None and status not in seen:
        yield f"{name}.{status}"
    if title:
        yield f"{name}.{title}"


def _status(pair: Pair) -> int | None:
    response = pair[1]
    return response.status if response else None


def _slug(title: str) -> str:
    words = _BETWEEN_WORDS.sub("-", _NUMBERED.sub("", title).casefold()).strip("-")
    if len(words) > _LONGEST:
        words = words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
    return safe_part(words) if words else ""


def _own_name(request: Message | None, response: Message | None) -> str:
    for message in (request, response):
        if message and (names := message.names):
            return names[0]
    if request is not None and isinstance(request.http, Request):
        return (request.http.method or "request").lower()
    return "response"
