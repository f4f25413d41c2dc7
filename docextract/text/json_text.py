"""The value of JSON text, read strictly if possible, else recovered with its defects; places on demand.

The kinds of defects are those that API reference pages really have.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from docextract.text.json_layout import BRACKET
from docextract.text.json_places import Place, Places
from docextract.text.json_repair import certain
from docextract.text.json_scanner import MAX_DEFECTS, MAX_DEPTH, Scanner
from docextract.text.json_values import DefectKind, JSONDefect, JSONValue, Reading, escape, pointer

if TYPE_CHECKING:
    from docextract.text.json_frame import Node

__all__ = [
    "MAX_DEFECTS",
    "MAX_DEPTH",
    "DefectKind",
    "JSONDefect",
    "JSONValue",
    "Place",
    "Places",
    "Reading",
    "escape",
    "locate",
    "pointer",
    "read",
]

_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
#: A token of strict JSON (RFC 8259, section 2), but for commas and colons, which tell nothing there.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]|[^\s{}\[\],:"]+')


def read(text: str) -> Reading:
    """Return the value of JSON text; if it is not strict JSON, the recovered value and its defects."""
    try:
        return Reading(_strict(text))
    except ValueError:
        return certain(text, Scanner(text).run().reading())


def locate(text: str) -> Places:
    """Return the place of every value of `read(text).value`, by JSON Pointer and in document order."""
    try:
        _strict(text)
    except ValueError:
        return _recovered_places(text)
    return _strict_places(text)


def _recovered_places(text: str) -> Places:
    places = Places(text)
    node = Scanner(text).run().node
    #: The nodes to add, last first, and the containers to end.
    pending: list[tuple[Node | int, str | None]] = [(node, None)] if node else []
    while pending:
        one, name = pending.pop()
        if isinstance(one, int):
            places.end(one, places.end_of(one))
            continue
        place, children = one
        pending.append((places.begin(place.value, place.key, name), None))
        named = children.items() if isinstance(children, dict) else ((None, child) for child in children)
        pending += [(child, token) for token, child in reversed(list(named))]
    return places


def _strict_places(text: str) -> Places:
    """Return what `locate` does, for a text known to be strict JSON, whose tokens need no checking."""
    places = Places(text)
    #: The objects and arrays that are not closed yet, with whether a name may come next: never in an array.
    around: list[tuple[int, bool]] = []
    key: tuple[int, int] | None = None
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "}]":
            places.end(around.pop()[0], match.end())
        elif around and around[-1][1] and key is None:
            key = match.span()
        else:
            index = places.begin(match.span(), key)
            key = None
            if token in "{[":
                around.append((index, token == "{"))
    return places


def _strict(text: str) -> JSONValue:
    """Return the value of strict JSON. Raises ValueError for a text that needs the scanner."""
    escaped = "\\u" in text and _ESCAPED_SURROGATE.search(text)
    if escaped or (not text.isascii() and _SURROGATE.search(text)) or _too_deep(text):
        raise ValueError
    # The white space of RFC 8259, section 2.
    bare = text.strip(" \t\n\r")
    try:
        value: JSONValue
        value, end = _DECODER.raw_decode(bare)
    except RecursionError as error:
        raise ValueError from error
    if end < len(bare):
        raise ValueError
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
