"""The `wiremock` writer: a stub mapping of WireMock 3 (https://wiremock.org/docs/stubbing/) per exchange."""

from __future__ import annotations

import json
import re
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from docextract.extraction.url import encoded
from docextract.folder import File
from docextract.writers.json import dump
from docextract.writers.placeholder import PLACEHOLDER, with_variables
from docextract.writers.shortfall import Cause, Shortfall, is_binary, shortfalls

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from docextract.extraction.fixture import Fixture
    from docextract.extraction.side import RequestSide, ResponseSide
    from docextract.text.json_values import JSONValue

_NEEDED = (Cause.NO_REQUEST, Cause.NO_TARGET, Cause.NO_RESPONSE, Cause.INTERIM)
_WANTED = (Cause.NO_STATUS, Cause.NO_BODY, Cause.BINARY)
#: WireMock takes the matching stub of the lowest priority. So many placeholders, and so many conditions, make a
#: difference, ...
_PLACEHOLDERS, _CONDITIONS = 8, 500
#: ... and a stub for any query and body on the route of a page comes last.
_LAST = 10_000


class _Stub(NamedTuple):
    """An exchange that WireMock can answer."""

    fixture: Fixture
    request: RequestSide
    response: ResponseSide

    @property
    def path(self) -> str:
        return self.request.path or "/"

    @property
    def route(self) -> str:
        return self.fixture.route or "/"

    @property
    def asked(self) -> Hashable:
        """What requests must hold for it; the names of placeholders do not count."""
        side = self.request
        body = json.dumps(side.body, sort_keys=True) if side.has_json else side.replayed_text
        return side.method, PLACEHOLDER.sub("{}", self.path), tuple(sorted(side.query)), body

    @property
    def caught(self) -> Hashable:
        """What requests of its route have in common."""
        return self.request.method, PLACEHOLDER.sub("{}", self.route).casefold()

    @property
    def doubts(self) -> tuple[bool, bool]:
        """How well it suits as the answer of several, False before True: the default, a success."""
        return not self.fixture.default, (self.response.status or 200) // 100 != 2


def write_wiremock(fixtures: Iterable[Fixture]) -> Iterator[File | Shortfall]:
    """Yield a file of mappings for each exchange, and what a stub cannot do.

    A stub answers requests with the path, the query options and the members of the body that the page shows;
    placeholders stand for anything. The fewer there are and the more it asks for, the earlier it is tried; of
    those that ask for as much, the default is first. Where several ask the same, all but one want
    `Prefer: example=ID` in addition. One exchange of each route also answers whatever else is asked there.
    """
    stubs: list[_Stub] = []
    for fixture in fixtures:
        lacking = shortfalls(fixture, _NEEDED, _WANTED)
        yield from lacking
        if fixture.request and fixture.response and not any(one.left_out for one in lacking):
            stubs.append(_Stub(fixture, fixture.request, fixture.response))
    answering, catching = _best(stubs, attrgetter("asked")), _best(stubs, attrgetter("caught"))
    for stub in stubs:
        identifier = stub.fixture.id
        if identifier not in answering:
            yield Shortfall(identifier, Cause.SEVERAL)
        mappings = [_exact(stub, is_hidden=identifier not in answering)]
        if identifier in catching:
            mappings.append(_catcher(stub))
        yield File(f"mappings/{identifier}.json", dump({"mappings": mappings}), stub.fixture.page)


def _best(stubs: Iterable[_Stub], key: Callable[[_Stub], Hashable]) -> set[str]:
    """Return the ids of those that answer: of stubs with an equal key, the first of those that suit best."""
    best: dict[Hashable, _Stub] = {}
    for stub in stubs:
        if stub.doubts < best.setdefault(key(stub), stub).doubts:
            best[key(stub)] = stub
    return {stub.fixture.id for stub in best.values()}


def _exact(stub: _Stub, *, is_hidden: bool) -> dict[str, object]:
    """Return the mapping for what the page shows; one that is hidden behind another asks to be preferred."""
    identifier, query, body = stub.fixture.id, _query(stub.request.query), _body_patterns(stub.request)
    asked = len(query) + len(body) + _leaves(stub.request.body) + is_hidden
    open_ = min(len(PLACEHOLDER.findall(stub.path)), _PLACEHOLDERS)
    rank = (open_ + 1) * _CONDITIONS - min(asked, _CONDITIONS)
    matcher = {
        "method": stub.request.method,
        **_path(stub.path),
        **({"queryParameters": query} if query else {}),
        **({"headers": {"Prefer": {"equalTo": f"example={identifier}"}}} if is_hidden else {}),
        **({"bodyPatterns": body} if body else {}),
    }
    return _mapping(stub, identifier, 1 + 2 * rank + (not stub.fixture.default), matcher)


def _catcher(stub: _Stub) -> dict[str, object]:
    """Return the mapping for any query and body on its route."""
    matcher = {"method": stub.request.method, **_path(stub.route)}
    return _mapping(stub, f"{stub.fixture.id}, whatever is asked", _LAST, matcher)


def _mapping(stub: _Stub, name: str, priority: int, matcher: Mapping[str, object]) -> dict[str, object]:
    return {
        "id": str(uuid5(NAMESPACE_URL, f"docextract:{name}")),
        "name": name,
        "priority": priority,
        "request": matcher,
        "response": _response(stub.response),
        "metadata": {"page": stub.fixture.page, "title": stub.fixture.title},
    }


def _path(path: str) -> dict[str, str]:
    """Return the matcher of a path, which WireMock compares as it is sent."""
    if "{" not in PLACEHOLDER.sub("", path) and PLACEHOLDER.search(path):
        return {"urlPathTemplate": with_variables(path, lambda name: f"{{{name}}}", encoded)}
    return {"urlPath": encoded(path)}


def _query(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, object]]:
    values: dict[str, list[dict[str, object]]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(_value(value))
    return {name: found[0] if len(found) == 1 else {"includes": found} for name, found in values.items()}


def _value(value: str) -> dict[str, object]:
    """Return the pattern of a text in which placeholders stand for anything."""
    if not PLACEHOLDER.search(value):
        return {"equalTo": value}
    return {"matches": ".*".join(map(re.escape, re.split(PLACEHOLDER.pattern.replace("?P<name>", "?:"), value)))}


def _body_patterns(side: RequestSide) -> list[dict[str, object]]:
    if not side.has_body or is_binary(side):
        return []
    if side.has_json and side.body is not None:
        return [{"equalToJson": side.body, "ignoreExtraElements": True}]
    return [{"equalTo": side.replayed_text}]


def _leaves(value: JSONValue) -> int:
    """Return the number of values in a JSON value that hold no others."""
    if isinstance(value, dict):
        return sum(map(_leaves, value.values()))
    return sum(map(_leaves, value)) if isinstance(value, list) else int(value is not None)


def _response(side: ResponseSide) -> dict[str, object]:
    headers: dict[str, list[str]] = {}
    for name, value in side.replayed_headers:
        headers.setdefault(name, []).append(value)
    return {
        "status": side.status or 200,
        **({"statusMessage": side.reason} if side.reason else {}),
        "headers": {name: found[0] if len(found) == 1 else found for name, found in headers.items()},
        **_body(side),
    }


def _body(side: ResponseSide) -> dict[str, object]:
    if side.has_json and side.body is not None:
        return {"jsonBody": side.body}
    return {"body": side.replayed_text} if side.has_body else {}
