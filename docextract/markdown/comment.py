"""The comments in the raw text of a block: where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.markdown.code_span import without_code

if TYPE_CHECKING:
    from collections.abc import Iterator


def masked(text: str) -> str:
    """Return a text with blanks in place of its code; HTML has none."""
    return text if text.lstrip().startswith("<") else without_code(text)


def comments(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where each comment begins, where its text ends, and whether it is closed; if not, the text ends it."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + len("<!--"))
        yield start, end if end >= 0 else len(text), end >= 0
        start = text.find("<!--", end + len("-->")) if end >= 0 else -1
