"""The value of JSON text, read strictly if possible, else recovered with its defects; places on demand.

The kinds of defects are those that API reference pages really have.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

from docextract.text.json_layout import BRACKET
from docextract.text.json_repair import certain
from docextract.text.json_scanner import MAX_DEFECTS, MAX_DEPTH, Scanner
from docextract.text.json_values import DefectKind, JSONDefect, JSONValue, Place, Reading, escape, pointer

__all__ = [
    "MAX_DEFECTS",
    "MAX_DEPTH",
    "DefectKind",
    "JSONDefect",
    "JSONValue",
    "Place",
    "Reading",
    "escape",
    "locate",
    "pointer",
    "read",
]

_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
#: A token of strict JSON (RFC 8259, section 2).
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def read(text: str) -> Reading:
    """Return the value of JSON text; if it is not strict JSON, the recovered value and its defects."""
    try:
        return Reading(_strict(text))
    except ValueError:
        return certain(text, Scanner(text).run().reading())


def locate(text: str) -> dict[str, Place]:
    """Return the place of every value of `read(text).value`, by JSON Pointer and in document order."""
    try:
        _strict(text)
    except ValueError:
        return _recovered_places(text)
    return _strict_places(text)


def _recovered_places(text: str) -> dict[str, Place]:
    places: dict[str, Place] = {}
    pending = [("", node) for node in [Scanner(text).run().node] if node]
    while pending:
        path, (place, children) = pending.pop()
        places[path] = place
        named = children.items() if isinstance(children, dict) else enumerate(children)
        pending += [(path + pointer(token), child) for token, child in reversed(list(named))]
    return places


class _Open:
    """An object or array not closed yet: where it begins, and its next member or item."""

    __slots__ = ("index", "key", "name", "path", "place")

    def __init__(self, path: str, place: Place, first: int | None) -> None:
        self.path = path
        self.place = place
        self.index = first
        self.name = ""
        self.key: tuple[int, int] | None = None


def _strict_places(text: str) -> dict[str, Place]:
    """Return what `locate` does, for a text known to be strict JSON, whose tokens need no checking."""
    places: dict[str, Place] = {}
    around: list[_Open] = []
    for match in _TOKEN.finditer(text):
        token, where, inner = match[0], match.span(), around[-1] if around else None
        if token in "}]":
            done = around.pop()
            places[done.path] = Place(done.place.key, (done.place.value[0], where[1]))
        elif inner is not None and token == ",":
            inner.key = None
            inner.index = None if inner.index is None else inner.index + 1
        elif inner is not None and inner.index is None and inner.key is None:
            inner.key, inner.name = where, json.loads(token) if "\\" in token else token[1:-1]
        elif token != ":":
            path = inner.path + pointer(inner.name if inner.index is None else inner.index) if inner else ""
            place = places[path] = Place(inner.key if inner else None, where)
            if token in "{[":
                around.append(_Open(path, place, 0 if token == "[" else None))
    return places


def _strict(text: str) -> JSONValue:
    """Return the value of strict JSON. Raises ValueError for a text that needs the scanner."""
    escaped = "\\u" in text and _ESCAPED_SURROGATE.search(text)
    if escaped or (not text.isascii() and _SURROGATE.search(text)) or _too_deep(text):
        raise ValueError
    try:
        value: JSONValue = _DECODER.decode(text)
    except RecursionError as error:
        raise ValueError from error
    return value


def _too_deep(text: str) -> bool:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = 0
    for match in BRACKET.finditer(text):
        depth += (match[1] is not None) - (match[2] is not None)
        if depth > MAX_DEPTH:
            return True
    return False


def _unique(pairs: list[tuple[str, JSONValue]]) -> dict[str, JSONValue]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError
    return members


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse)
