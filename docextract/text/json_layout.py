"""What brackets and indentation of JSON text tell of a bracket that is missing."""

from __future__ import annotations

import re

BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|([\[{])|([\]}])', re.S)
#: No line is indented further; longer ones are not searched for their beginning.
_WIDEST = 200


def surplus(text: str, start: int) -> int:
    """Return by how many a text has more closing than opening brackets from an offset on."""
    return sum((match[2] is not None) - (match[1] is not None) for match in BRACKET.finditer(text, start))


def outdent(text: str, pos: int, opener: int) -> int | None:
    """Return by how much less than the line of `opener` one is indented; None unless it begins at `pos`."""
    start, opening = _line_start(text, pos), _line_start(text, opener)
    if start is None or opening is None or start == opening or text[start:pos].strip(" \t"):
        return None
    line = text[opening : opener + 1]
    return len(line) - len(line.lstrip(" \t")) - (pos - start)


def _line_start(text: str, pos: int) -> int | None:
    earliest = max(0, pos - _WIDEST)
    found = text.rfind("\n", earliest, pos)
    return None if found < 0 and earliest else found + 1
