"""Values as JSON that is safe wherever it is shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from docextract.renderers.visible import CONTROL

if TYPE_CHECKING:
    import re


def json_text(value: object, indent: int | None = None) -> str:
    """Return a value as JSON, on one line unless it is indented.

    What could control a terminal or a CI job is an escape of JSON in it, which stands for the same
    character, so the value read back is equal. (UTF-8 could not encode lone surrogates either.)
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "\n".join(map(escaped, text.split("\n")))


def escaped(line: str) -> str:
    """Return a line of JSON or TOML with escapes, which mean the same in strings of both, for what could do harm."""
    return line if line.isprintable() and "##" not in line else CONTROL.sub(_escape, line)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
