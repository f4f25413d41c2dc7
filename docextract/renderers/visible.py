"""Text from pages made safe for a terminal and the log of a CI job, and fitted to columns."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The bracket that begins a command wherever it stands in the log of a job of GitHub (`##[error]`) or Azure
#: (`##vso[task.setvariable]`).
_COMMAND = r"(?<=##)\[|(?<=##vso)\["
#: What controls a terminal: control characters, separators of lines, marks that turn the direction of text, lone
#: surrogates; and what controls a CI job.
CONTROL = re.compile(
    r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]|" + _COMMAND
)


def visible(text: str) -> str:
    """Return a text with escapes for what could control a terminal or a CI job, so that no page can inject it."""
    return text if text.isprintable() and "##" not in text else CONTROL.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def visible_line(text: str) -> str:
    """Return a text as one visible line that is no command of a CI job, however it begins.

    In the log of a job of GitHub, a line that begins with `::` is one, also after blanks.
    """
    line = visible(text)
    return line.replace(":", "\\x3a", 1) if line.lstrip().startswith("::") else line


def leading_path(path: str) -> str:
    """Return a path so that it may begin a line: as a visible one that still names the file."""
    return visible(f"./{path}" if path.lstrip().startswith("::") else path)


def joined(*parts: str) -> str:
    """Return one line of visible parts, as wide as they are together, in which no command of a CI job comes about."""
    line = "".join(parts)
    return re.sub(_COMMAND, "\u200b[", line) if "##" in line else line


def width(text: str) -> int:
    """Return the number of columns that a text takes up on a terminal."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200b\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def start_of(text: str, columns: int) -> str:
    """Return a text, or as much of its start as fits into so many columns with an ellipsis after it."""
    return text if width(text) <= columns else text[: _fitting(text, columns - 1)] + "…"


def end_of(text: str, columns: int) -> str:
    """Return a text, or as much of its end as fits into so many columns with an ellipsis before it."""
    if width(text) <= columns:
        return text
    kept = len(text) - _fitting(text[::-1], columns - 1)
    # A combining character belongs to the one before it, which has gone.
    while kept < len(text) and not _columns(text[kept]):
        kept += 1
    return "…" + text[kept:]


def ends_of(text: str, columns: int) -> str:
    """Return a text, or as much of both its ends as fits into so many columns with an ellipsis between them."""
    if width(text) <= columns:
        return text
    tail = end_of(text, max(columns // 3, 2))
    return text[: _fitting(text, columns - width(tail))] + tail


def _fitting(text: str, columns: int) -> int:
    """Return the number of characters at the start of a text that fit into so many columns."""
    return next((i for i, total in enumerate(accumulate(map(_columns, text))) if total > columns), len(text))


def wrapped(text: str, columns: int) -> Iterator[str]:
    """Yield the lines of a text broken between words, each at most so many columns wide unless a word is wider."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and width(longer) > columns:
            yield line
            line = word
        else:
            line = longer
    yield line
