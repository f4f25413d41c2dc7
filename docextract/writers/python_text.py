"""Values as Python source, laid out as formatters of Python do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.text.json_values import JSONValue

#: What formatters of Python make of a line at most.
WIDTH = 88
_INDENT = 4
#: Python's parser gives up on 200 brackets in brackets, people long before.
_DEEPEST = 50


def assignment(name: str, value: JSONValue) -> Iterator[str]:
    """Yield the lines of the assignment of a value to a local name."""
    head = f"{' ' * _INDENT}{name} = "
    if isinstance(value, str):
        yield from _text_assignment(head, value)
    else:
        yield from _expanded(head, value, "", _INDENT)


def can_be_written(value: JSONValue) -> bool:
    """Whether a literal has this value and clients can send it: no infinite or huge number, no half of a character."""
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        return False
    return _depth(value) <= _DEEPEST


def text_literal(text: str) -> str:
    """Return a text as a literal on one line, in the quotes that need fewer escapes."""
    # repr chooses its quotes by the text: with both kinds in it, it escapes the single ones.
    inner = repr(f"{text}'\"")[1:-4]
    if text.count('"') > text.count("'"):
        return f"'{inner}'"
    return '"' + inner.replace("\\'", "'").replace('"', '\\"') + '"'


def _text_assignment(head: str, text: str) -> Iterator[str]:
    """Yield the assignment of a text: on one line, else below in brackets, with a literal for each of its lines."""
    literals, below = [text_literal(text)], " " * 2 * _INDENT
    is_long = len(head) + len(literals[0]) > WIDTH
    fits_below = len(below) + len(literals[0]) <= WIDTH
    if is_long and not fits_below:
        literals = [text_literal(line) for line in text.splitlines(keepends=True)]
    if not is_long or (len(literals) == 1 and not fits_below):
        yield f"{head}{literals[0]}"
    else:
        yield from (f"{head}(", *(f"{below}{literal}" for literal in literals), f"{' ' * _INDENT})")


def _expanded(head: str, value: JSONValue, tail: str, indent: int) -> Iterator[str]:
    """Yield a value after a head: on one line if it fits, else with a line for each of its parts."""
    line = f"{head}{_inline(value)}{tail}"
    if len(line) <= WIDTH or not value or not isinstance(value, dict | list):
        yield line
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield f"{head}{opening}"
    for name, part in _parts(value):
        yield from _expanded(f"{' ' * (indent + _INDENT)}{name}", part, ",", indent + _INDENT)
    yield f"{' ' * indent}{closing}{tail}"


def _depth(value: JSONValue) -> int:
    if not isinstance(value, dict | list):
        return 0
    return 1 + max((_depth(part) for _, part in _parts(value)), default=0)


def _inline(value: JSONValue) -> str:
    if isinstance(value, dict | list):
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        return opening + ", ".join(f"{name}{_inline(part)}" for name, part in _parts(value)) + closing
    # A formatter takes the plus of 1e+22 away.
    return text_literal(value) if isinstance(value, str) else repr(value).replace("e+", "e")


def _parts(value: dict[str, JSONValue] | list[JSONValue]) -> Iterator[tuple[str, JSONValue]]:
    """Yield the parts of an object or array, each with what stands before it."""
    if isinstance(value, dict):
        yield from ((f"{text_literal(name)}: ", part) for name, part in value.items())
    else:
        yield from (("", part) for part in value)
