"""The `json` writer: one file per exchange, and `index.json`."""

from __future__ import annotations

import json
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from docextract.folder import File
from docextract.reading.http_message import Request, Response

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from docextract.reading.exchange import Message
    from docextract.writers.fixture import Fixture

_INDEX = "index.json"


def write_json(fixtures: Iterable[Fixture]) -> Iterator[File]:
    """Yield a file for each fixture, then the index."""
    entries: list[dict[str, object]] = []
    for fixture in fixtures:
        name = f"{fixture.id}.json"
        entries.append(_entry(fixture, name))
        yield File(name, dump(_fixture(fixture)), fixture.page)
    yield File(_INDEX, _index(entries), joined=partial(_joined, entries))


def dump(value: object) -> str:
    """Return a value as JSON text; if it holds a lone surrogate, which UTF-8 cannot encode, all in ASCII."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=2) + "\n"
    return text


def _index(entries: list[dict[str, object]]) -> str:
    return dump({"version": 1, "exchanges": entries})


def _joined(entries: list[dict[str, object]], before: str, kept: Collection[str]) -> str:
    """Return the index of the new entries and the old ones of files that are kept, ordered by page."""
    try:
        old = [entry for entry in json.loads(before)["exchanges"] if entry["file"] in kept]
        return _index(sorted([*old, *entries], key=itemgetter("page")))
    except (ValueError, TypeError, KeyError):
        # Somebody edited the index; the next run on all pages restores it.
        return _index(entries)


def _entry(fixture: Fixture, file: str) -> dict[str, object]:
    return {
        "id": fixture.id,
        "file": file,
        "page": fixture.page,
        "annotated": fixture.annotated,
        "request_line": fixture.request.span.line if fixture.request else None,
        "response_line": fixture.response.span.line if fixture.response else None,
        "method": fixture.method,
        "url": fixture.url,
        "status": fixture.status,
        "type": fixture.type,
        "collection": fixture.collection,
    }


def _fixture(fixture: Fixture) -> dict[str, object]:
    return {
        "version": 1,
        "id": fixture.id,
        "page": fixture.page,
        "annotated": fixture.annotated,
        "request": _side(fixture.request),
        "response": _side(fixture.response),
        "schema": {"$ref": f"#/$defs/{fixture.type}"} if fixture.declared else None,
    }


def _side(message: Message | None) -> dict[str, object] | None:
    if message is None:
        return None
    http = message.http
    reading = http.json
    side: dict[str, object] = {"start_line": http.start_line.text.rstrip()}
    if isinstance(http, Request):
        side.update(method=http.method, url=http.url)
    elif isinstance(http, Response):
        side.update(status=http.status, reason=http.reason)
    side["headers"] = [[field.name, field.value] for field in http.fields]
    side["body"] = reading.value if reading is not None and reading.readable else None
    side["text"] = http.body.source.text if http.body else None
    return side
