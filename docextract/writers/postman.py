"""The `postman` writer: one collection, format v2.1 (https://schema.postman.com/), with saved examples."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from docextract.extraction.url import split
from docextract.folder import File
from docextract.writers.by_page import by_page
from docextract.writers.json import dump
from docextract.writers.placeholder import PLACEHOLDER, Variables
from docextract.writers.shortfall import Cause, Shortfall, is_binary, shortfalls

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from docextract.extraction.fixture import Fixture
    from docextract.extraction.side import RequestSide, ResponseSide, Side
    from docextract.writers.by_page import PageFixtures

_FILE = "docextract.postman_collection.json"
_SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
#: The variable that stands for the service, and its value where all URLs are relative.
_BASE = "{{baseUrl}}"
_NOWHERE = "http://localhost"
_NEEDED = (Cause.NO_REQUEST, Cause.NO_TARGET)
_WANTED = (Cause.NO_RESPONSE, Cause.NO_STATUS, Cause.RELATIVE, Cause.BINARY)


def write_postman(fixtures: Iterable[Fixture]) -> Iterator[File | Shortfall]:
    """Yield what a collection cannot hold, then the collection.

    It has a folder for each page and in it an item for each request, whose answers are its saved examples.
    An item tests that the status is that of its first example. The service that most URLs name is the
    variable `baseUrl`.
    """
    held: list[Fixture] = []
    for fixture in fixtures:
        lacking = shortfalls(fixture, _NEEDED, _WANTED)
        yield from lacking
        if not any(one.left_out for one in lacking):
            held.append(fixture)
    pages, service = list(by_page(held)), _service(held)
    text = _collection((_folder(page, service) for page in pages), service)
    yield File(_FILE, text, joined=partial(_joined, held), parts={page.name: page.page for page in pages})


def _service(fixtures: Iterable[Fixture]) -> str:
    """Return the scheme and host that most URLs of the service name."""
    origins = Counter(split(fixture.url).origin for fixture in fixtures if fixture.url and not fixture.foreign)
    del origins[""]
    return origins.most_common(1)[0][0] if origins else _NOWHERE


def _collection(folders: Iterable[dict[str, Any]], service: str) -> str:
    info = {"name": "docextract", "_postman_id": _uuid("collection"), "schema": _SCHEMA}
    items = sorted(folders, key=itemgetter("name"))
    return dump({"info": info, "item": items, "variable": [{"key": "baseUrl", "value": service}]})


def _joined(fixtures: Sequence[Fixture], before: str, kept: Collection[str]) -> str:
    """Return the collection of the folders of these fixtures and the old ones that are kept, for the same service."""
    try:
        old = json.loads(before)
        service = str(old["variable"][0]["value"])
        folders = [folder for folder in old["item"] if folder["name"] in kept]
        return _collection([*folders, *(_folder(page, service) for page in by_page(fixtures))], service)
    except (ValueError, TypeError, KeyError, IndexError):
        # Somebody edited the collection; the next run on all pages restores it.
        service = _service(fixtures)
        return _collection((_folder(page, service) for page in by_page(fixtures)), service)


def _folder(page: PageFixtures, service: str) -> dict[str, Any]:
    items: dict[str, list[tuple[Fixture, dict[str, object]]]] = {}
    for fixture in page.fixtures:
        if fixture.request:
            request = _request(fixture.request, service)
            items.setdefault(json.dumps(request), []).append((fixture, request))
    return {"name": page.name, "description": page.page, "item": [_item(found) for found in items.values()]}


def _item(found: Sequence[tuple[Fixture, dict[str, object]]]) -> dict[str, object]:
    (fixture, request), *_ = found
    examples = [_example(one, of, one.response) for one, of in found if one.response]
    return {
        "name": f"{fixture.id.rpartition('/')[2]}: {fixture.title}",
        "id": _uuid(fixture.id),
        "description": ", ".join(one.id for one, _ in found),
        **({"event": [_test(examples[0]["code"])]} if examples else {}),
        "request": request,
        "response": examples,
    }


def _test(status: object) -> dict[str, object]:
    exec_ = [f'pm.test("answers {status}", () => pm.response.to.have.status({status}));']
    return {"listen": "test", "script": {"type": "text/javascript", "exec": exec_}}


def _request(side: RequestSide, service: str) -> dict[str, object]:
    body = {"body": _body(side)} if side.has_body else {}
    return {"method": side.method, "header": _pairs(side.replayed_headers), **body, "url": _url(side, service)}


def _body(side: Side) -> dict[str, object]:
    language = "json" if side.has_json else "text"
    return {"mode": "raw", "raw": side.replayed_text, "options": {"raw": {"language": language}}}


def _url(side: RequestSide, service: str) -> dict[str, object]:
    """Return a URL in parts, of which those that are one placeholder are path variables, as text and as list."""
    parts = split(side.url or "")
    host = _BASE if parts.origin in ("", service) else parts.origin
    names, variables, segments = Variables(), [], parts.path.split("/")[1:]
    for index, segment in enumerate(segments):
        if match := PLACEHOLDER.fullmatch(segment):
            variables.append({"key": names.name(match["name"]), "value": segment})
            segments[index] = f":{variables[-1]['key']}"
    query = [option.partition("=")[::2] for option in (parts.query or "").split("&") if option]
    raw = "/".join((host, *segments)) + (f"?{parts.query}" if parts.query else "")
    return {
        "raw": raw,
        "host": [host],
        "path": segments,
        **({"query": [{"key": key, "value": value} for key, value in query]} if query else {}),
        **({"variable": variables} if variables else {}),
    }


def _example(fixture: Fixture, request: dict[str, object], side: ResponseSide) -> dict[str, object]:
    return {
        "name": fixture.id,
        "id": _uuid(f"{fixture.id} example"),
        "originalRequest": request,
        "status": side.reason,
        "code": side.status or 200,
        "_postman_previewlanguage": "json" if side.has_json else "text",
        "header": _pairs(side.replayed_headers),
        "cookie": [],
        "body": "" if is_binary(side) else side.replayed_text,
    }


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in pairs]


def _uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"docextract:{name}"))
