"""The `har` writer: one HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/) of all exchanges."""

from __future__ import annotations

import json
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from docextract import __version__
from docextract.extraction.url import absolute, encoded
from docextract.folder import File
from docextract.writers.json import dump
from docextract.writers.shortfall import Cause, Shortfall, shortfalls

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from docextract.extraction.fixture import Fixture
    from docextract.extraction.side import RequestSide, ResponseSide, Side

_FILE = "docextract.har"
#: Stands before URLs that are relative: an archive holds absolute ones only.
_NOWHERE = "http://localhost"
#: Nothing was sent, so no time is true; the same one keeps the file the same.
_NEVER = "1970-01-01T00:00:00.000Z"
_NEEDED = (Cause.NO_REQUEST, Cause.NO_TARGET)
_WANTED = (Cause.NO_RESPONSE, Cause.NO_STATUS, Cause.RELATIVE, Cause.BINARY)


def write_har(fixtures: Iterable[Fixture]) -> Iterator[File | Shortfall]:
    """Yield what an archive cannot hold, then the archive.

    Its pages are those of the docs, and `_id` of an entry is the id of the fixture. An exchange without a
    response has status 0, as a request that a browser blocked.
    """
    entries: list[dict[str, object]] = []
    parts: dict[str, str] = {}
    for fixture in fixtures:
        lacking = shortfalls(fixture, _NEEDED, _WANTED)
        yield from lacking
        if fixture.request and not any(one.left_out for one in lacking):
            entries.append(_entry(fixture, fixture.request))
            parts[fixture.id] = fixture.page
    yield File(_FILE, _archive(entries), joined=partial(_joined, entries), parts=parts)


def _archive(entries: Iterable[dict[str, Any]]) -> str:
    ordered = sorted(entries, key=itemgetter("pageref"))
    pages = dict.fromkeys(entry["pageref"] for entry in ordered)
    log = {
        "version": "1.2",
        "creator": {"name": "docextract", "version": __version__},
        "pages": [{"startedDateTime": _NEVER, "id": page, "title": page, "pageTimings": {}} for page in pages],
        "entries": ordered,
    }
    return dump({"log": log})


def _joined(entries: list[dict[str, object]], before: str, kept: Collection[str]) -> str:
    """Return the archive of the new entries and the old ones that are kept."""
    try:
        return _archive([*(entry for entry in json.loads(before)["log"]["entries"] if entry["_id"] in kept), *entries])
    except (ValueError, TypeError, KeyError):
        # Somebody edited the archive; the next run on all pages restores it.
        return _archive(entries)


def _entry(fixture: Fixture, request: RequestSide) -> dict[str, object]:
    line = (request if fixture.exchange.request or not fixture.response else fixture.response).line
    return {
        "_id": fixture.id,
        "pageref": fixture.page,
        "startedDateTime": _NEVER,
        "time": 0,
        "request": _request(request),
        "response": _response(fixture.response),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
        "comment": f"{fixture.title} ({fixture.page}:{line})",
    }


def _request(side: RequestSide) -> dict[str, object]:
    body = {"postData": {"mimeType": _content_type(side), "text": side.replayed_text}} if side.has_body else {}
    return {
        "method": side.method,
        "url": encoded(absolute(side.url or "", _NOWHERE)),
        "httpVersion": f"HTTP/{side.http_version or '1.1'}",
        "cookies": [],
        "headers": _pairs(side.replayed_headers),
        "queryString": _pairs(side.query),
        **body,
        "headersSize": -1,
        "bodySize": _size(side),
    }


def _response(side: ResponseSide | None) -> dict[str, object]:
    headers = side.replayed_headers if side else ()
    status = (side.status or 200) if side else 0
    return {
        "status": status,
        "statusText": side.reason if side else "",
        "httpVersion": f"HTTP/{(side and side.http_version) or '1.1'}",
        "cookies": [],
        "headers": _pairs(headers),
        "content": _content(side),
        "redirectURL": next((value for name, value in headers if name.casefold() == "location"), ""),
        "headersSize": -1,
        "bodySize": _size(side) if side else -1,
    }


def _content(side: ResponseSide | None) -> dict[str, object]:
    if side is None or not side.has_body:
        return {"size": 0, "mimeType": "x-unknown"}
    return {"size": _size(side), "mimeType": _content_type(side), "text": side.replayed_text}


def _content_type(side: Side) -> str:
    """Return the Content-Type of a message with its parameters; that of any bytes if it has none."""
    named = (value for name, value in side.replayed_headers if name.casefold() == "content-type")
    return next(named, "application/octet-stream")


def _size(side: Side) -> int:
    """Return the length of the body in bytes of UTF-8."""
    return len(side.replayed_text.encode("utf-8", "surrogatepass"))


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]
