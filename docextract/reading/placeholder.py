"""Values that stand for a value: `"x-value"`, `{id}`, `"String (timestamp)"`."""

from __future__ import annotations

import re

from docextract.reading.primitive import primitive
from docextract.text.json_text import read

_FORMS = re.compile(
    r"""
    .*[-_. ]values?([-_ ]?\d+|\ here)?$    # "x-value", "x-value-2", "name.value", "Display Name value"
    | <.*>$ | \{.*\}$ | \[.*\]$ | \(.*\)$  # <id>, {id}
    | @odata\.type:.*                      # the type of the value in its place
    | \#?microsoft\.graph\.[\w.]+$
    | (your|some|enter|insert|the|a|an)[ _-].*
    | \w+\s*\(.*\)$                        # String (timestamp)
    | x+$ | \?+$ | -+$ | \*+$ | $
    | todo.* | tbd | sample.* | example.* | placeholder.* | string\b.* | .*\|.*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SHORTENED = re.compile(
    r"\.\.\.|…|<[^<>]*\b(removed|omitted|truncated|redacted|elided|snip(ped)?)\b[^<>]*>", re.IGNORECASE
)
_WORDS = frozenset(
    [
        "string",
        "boolean",
        "integer",
        "number",
        "int",
        "long",
        "double",
        "date",
        "datetime",
        "timestamp",
        "guid",
        "uuid",
        "object",
        "array",
        "url",
        "enum",
    ]
)


def is_shortened(text: str) -> bool:
    """Whether a text shows only a part of a value: "MIIDYDCCAki...", "iVBORw<removed>gg=="."""
    return bool(_SHORTENED.search(text))


def is_encoded(value: object) -> bool:
    """Whether a value is a string that holds a JSON object or array of its own: it was encoded twice."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return False
    inner = read(value)
    return inner.readable and not inner.defects and isinstance(inner.value, dict | list) and bool(inner.value)


def is_placeholder(value: object, name: str = "") -> bool:
    """Say whether a value stands for one of another type; `name` is the member's name.

    Ask only where the value is not acceptable: any string is a good String.
    """
    if value == {} or value == []:
        return True
    if isinstance(value, dict) and list(value) == ["@odata.type"]:
        # Generators write the type of a value in its place.
        return True
    if not isinstance(value, str):
        return False
    if is_encoded(value):
        return False
    text = value.strip()
    if text.casefold() in _WORDS or text.casefold() == name.casefold() or primitive(text):
        return True
    return is_shortened(text) or bool(_FORMS.match(text))
