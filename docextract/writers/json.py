"""The `json` writer: one file per exchange, and `index.json` (DESIGN 7)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from docextract.contract.resolution import OWN_TABLE, TYPE, Resolution, resolve
from docextract.reading.http_message import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.project.docset import DocSet, Selection
    from docextract.reading.exchange import Exchange, Message


def write_json(selections: Iterable[Selection]) -> Iterator[tuple[str, str]]:
    """Yield a file for each exchange of the selected pages, then the index."""
    entries: list[dict[str, Any]] = []
    used: set[str] = set()
    for selection in selections:
        for path in sorted(selection.paths):
            for exchange in selection.docset.exchanges(path).exchanges:
                if exchange.ignored:
                    continue
                identifier = _unique(exchange.id, used)
                fixture, entry = _fixture(identifier, exchange, selection.docset)
                entries.append(entry)
                yield entry["file"], dump(fixture)
    yield "index.json", dump({"version": 1, "exchanges": entries})


def _unique(identifier: str, used: set[str]) -> str:
    """Tell apart ids of pages whose paths differ in case only."""
    name, number = identifier, 1
    while name.casefold() in used:
        number += 1
        name = f"{identifier}-{number}"
    used.add(name.casefold())
    return name


def dump(value: Any) -> str:
    """Give JSON text; a lone surrogate, which UTF-8 cannot hold, is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=2) + "\n"
    return text


def _fixture(identifier: str, exchange: Exchange, docset: DocSet) -> tuple[dict[str, Any], dict[str, Any]]:
    request = _exported(exchange.request)
    response = _exported(exchange.response)
    found = resolve(exchange, response, docset.registry) if response else Resolution("")
    type_name = found.types[0].name if found.kind in (TYPE, OWN_TABLE) else found.name.lstrip("#") or None
    asked = request.http if request and isinstance(request.http, Request) else None
    answer = response.http if response and isinstance(response.http, Response) else None
    entry = {
        "id": identifier,
        "file": f"{identifier}.json",
        "page": exchange.path,
        "annotated": exchange.annotated,
        "request_line": request.span.line if request else None,
        "response_line": response.span.line if response else None,
        "method": asked.method if asked else None,
        "url": asked.url if asked else None,
        "status": answer.status if answer else None,
        "type": type_name,
        "collection": found.collection if type_name else None,
    }
    fixture = {
        "version": 1,
        **{key: entry[key] for key in ("id", "page", "annotated")},
        "request": _side(request),
        "response": _side(response),
        "schema": {"$ref": f"#/$defs/{type_name}"} if found.kind == TYPE else None,
    }
    return fixture, entry


def _exported(message: Message | None) -> Message | None:
    return None if message is None or message.ignored else message


def _side(message: Message | None) -> dict[str, Any] | None:
    if message is None:
        return None
    http = message.http
    reading = http.json
    side: dict[str, Any] = {"start_line": http.start_line.text.rstrip()}
    if isinstance(http, Request):
        side.update(method=http.method, url=http.url)
    elif isinstance(http, Response):
        side.update(status=http.status, reason=http.reason)
    side["headers"] = [[field.name, field.value] for field in http.fields]
    side["body"] = reading.value if reading is not None and reading.readable else None
    side["text"] = http.body.source.text if http.body else None
    return side
