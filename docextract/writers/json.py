"""The `json` writer: one file per exchange, and `index.json`."""

from __future__ import annotations

import json
from functools import partial
from io import StringIO
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from docextract.extraction.bundle import Definitions, bundle
from docextract.extraction.default import Candidate, are_default
from docextract.extraction.definition import ref
from docextract.folder import File

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from docextract.extraction.default import Defaults
    from docextract.extraction.definition import JSONSchema
    from docextract.extraction.fixture import Fixture
    from docextract.extraction.side import RequestSide, ResponseSide, Side

_INDEX = "index.json"
_SCHEMAS = "schemas.json"


def write_json(fixtures: Iterable[Fixture]) -> Iterator[File]:
    """Yield a file for each fixture, then the schemas of their bodies and the index."""
    entries: list[dict[str, object]] = []
    standings: list[tuple[Defaults, int]] = []
    definitions = Definitions()
    for fixture in fixtures:
        definitions.add_body(fixture)
        name = f"{fixture.id}.json"
        entries.append(_entry(fixture, name))
        standings.append((fixture.defaults, fixture.number))
        yield File(name, dump(_fixture(fixture)), fixture.page)
    for entry, (defaults, number) in zip(entries, standings, strict=True):
        # Before the last fixture has come this is not known.
        entry["default"] = number in defaults
    found = definitions.found
    yield File(_SCHEMAS, dump(bundle(found)), joined=partial(_joined_schemas, found))
    yield File(_INDEX, _index(entries), joined=partial(_joined, entries))


def dump(value: object) -> str:
    """Return a value as JSON text; if it holds a lone surrogate, which UTF-8 cannot encode, all in ASCII."""
    # Those of `dumps` wait in a list, which for an index of thousands takes four times as much memory.
    pieces = StringIO()
    json.dump(value, pieces, ensure_ascii=False, indent=2)
    text = pieces.getvalue() + "\n"
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
        return _index(_with_defaults(sorted([*old, *entries], key=itemgetter("page"))))
    except (ValueError, TypeError, KeyError, AttributeError):
        # Somebody edited the index; the next run on all pages restores it.
        return _index(entries)


def _joined_schemas(new: Mapping[str, JSONSchema], before: str, kept: Collection[str]) -> str:
    """Return the bundle of new definitions and the old ones, which kept fixtures may refer to."""
    try:
        return dump(bundle({**json.loads(before)["$defs"], **new}))
    except (ValueError, TypeError, KeyError):
        return dump(bundle(new))


def _with_defaults(entries: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return entries of several runs with the defaults of them all."""
    defaults = are_default(map(_candidate, entries))
    return [{**entry, "default": default} for entry, default in zip(entries, defaults, strict=True)]


def _candidate(entry: Mapping[str, Any]) -> Candidate:
    answered = entry["response_line"] is not None
    return Candidate(entry["method"], entry["url"], answered, entry["status"], entry["annotated"], entry["ignored"])


def _entry(fixture: Fixture, file: str) -> dict[str, object]:
    request, response = fixture.request, fixture.response
    return {
        "id": fixture.id,
        "file": file,
        "page": fixture.page,
        "title": fixture.title,
        "annotated": fixture.annotated,
        "request_line": request.line if request else None,
        "response_line": response.line if response else None,
        "method": fixture.method,
        "url": fixture.url,
        "path": request.path if request else None,
        "query": request.query if request else None,
        "templates": fixture.templates,
        "status": fixture.status,
        "type": fixture.type,
        "collection": fixture.collection,
        "default": fixture.default,
        "ignored": fixture.ignored,
        "foreign": fixture.foreign,
        "truncated": fixture.truncated,
        "recovered": fixture.recovered,
    }


def _fixture(fixture: Fixture) -> dict[str, object]:
    return {
        "version": 1,
        "id": fixture.id,
        "page": fixture.page,
        "title": fixture.title,
        "annotated": fixture.annotated,
        "request": _request(fixture.request) if fixture.request else None,
        "response": _response(fixture.response) if fixture.response else None,
        "schema": {"$ref": _below(fixture.id) + ref(fixture.schema)} if fixture.schema else None,
    }


def _below(id_: str) -> str:
    """Return the relative URL of the schemas as seen from the file of a fixture (RFC 3986, section 4.2)."""
    return "../" * id_.count("/") + _SCHEMAS


def _request(side: RequestSide) -> dict[str, object]:
    return {
        "ignored": side.ignored,
        "start_line": side.start_line,
        "http_version": side.http_version,
        "method": side.method,
        "url": side.url,
        "host": side.host,
        "path": side.path,
        "query": side.query,
        **_message(side),
    }


def _response(side: ResponseSide) -> dict[str, object]:
    return {
        "ignored": side.ignored,
        "start_line": side.start_line,
        "http_version": side.http_version,
        "status": side.status,
        "reason": side.reason,
        **_message(side),
    }


def _message(side: Side) -> dict[str, object]:
    return {
        "headers": side.headers,
        "media_type": side.media_type,
        "has_body": side.has_body,
        "recovered": side.recovered,
        "body": side.body,
        "text": side.text,
    }
