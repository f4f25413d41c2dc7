"""TOML: the lines on which its keys are given values, which tomllib does not tell, and values as text."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The way to a value: keys, and the indexes of items of arrays.
Way = tuple[str | int, ...]


def key_lines(text: str) -> dict[Way, int]:
    """Return the lines (from 1) on which the values of a TOML document are defined, by the ways to them.

    A statement of TOML ends at the end of a line, and no beginning of one is a whole one: so the lines
    up to the first with which they can be parsed are a statement.
    """
    lines: dict[Way, int] = {}
    table: Way = ()
    for number, statement in _statements(text):
        parsed = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _header(parsed, lines)
            lines.setdefault(table, number)
        else:
            for way in _ways(parsed):
                lines.setdefault((*table, *way), number)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each statement of a document with the number of its first line."""
    pending: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not pending and (not line.strip() or line.lstrip().startswith("#")):
            continue
        pending.append(line)
        statement = "\n".join(pending)
        try:
            tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        yield number - len(pending) + 1, statement
        pending = []


def _header(parsed: Mapping[str, object], lines: Mapping[Way, int]) -> Way:
    """Return the way to the table that a header begins; the tables of arrays so far are in `lines`."""
    way: Way = ()
    value: object = parsed
    while isinstance(value, dict) and value:
        [(key, value)] = value.items()
        way = (*way, key)
        number = sum((*way, index) in lines for index in range(len(lines)))
        if isinstance(value, list):
            return (*way, number)
        if number:
            way = (*way, number - 1)
    return way


def _ways(value: object) -> Iterator[Way]:
    """Yield the ways to all values within one."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (key,)
        yield from ((key, *way) for way in _ways(item))


def toml(value: object) -> str:
    """Return a value as TOML in one line; characters that cannot be seen are escaped, and so is `##`, a CI command."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        pairs = ", ".join(f"{toml_key(name)} = {toml(item)}" for name, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, str):
        return _string(value)
    # A number or a truth value of JSON is one of TOML.
    return json.dumps(value)


def toml_key(name: str) -> str:
    """Return a key as TOML: bare if it can be."""
    bare = name and name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else _string(name)


def _string(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False).replace("##", "#\\u0023")
    return "".join(char if char.isprintable() else _escape(char) for char in quoted)


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
