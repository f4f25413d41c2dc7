"""Headings: their level, their text, and the words by which they are known in any language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docextract.value import dataclass

if TYPE_CHECKING:
    from docextract.text.source import Source, Span

_MARKUP = re.compile(r"\*\*|__|`|&nbsp;|<[^>]+>")
#: The same behind the last `>`, where no tag can end: each `<` would be held against all that follows.
_MARKS = re.compile(r"\*\*|__|`|&nbsp;")
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\([^()]*\)")
#: The anchor that a heading is given: `<a name="response"></a>`, `<a id=response>` or, at its end, `{#response}`.
_ANCHOR = re.compile(
    r"""<a\s[^<>]*?\b(?:name|id)\s*=\s*["']?(?P<tag>[^"'\s<>]+)|\{#(?P<brace>[^\s{}]+)[^{}]*\}\s*$""", re.I
)
#: What tells the second of two headings with the same words.
_ORDINAL = re.compile(r"-\d+$")


@dataclass(frozen=True, eq=False)
class Heading:
    """A heading; `text` is its raw text. Tab headings (`# [HTTP](#tab/http)`) are none."""

    level: int
    text: str
    source: Source
    line: int

    @property
    def span(self) -> Span:
        """The place of its line."""
        return self.source.line_span(self.line)

    @property
    def anchor(self) -> str | None:
        """The anchor that it is given; None if readers have to make one of its text."""
        return explicit_anchor(self.text)

    @property
    def words(self) -> str:
        """What it says, in lower case and without marks, for comparison.

        That is its explicit anchor, which no translation changes, or else its text.
        """
        return _said(self.text)

    @property
    def plain(self) -> str:
        """What it says, without marks, links and anchor."""
        return " ".join(without_markup(_LINK.sub(r"\g<text>", without_anchor(self.text))).split())

    @property
    def translated(self) -> bool:
        """Whether its text says in another language what its anchor does."""
        return self.anchor is not None and not _is_slug(self.words, _words(self.text))


def without_markup(text: str) -> str:
    """Return raw text without emphasis, code marks and HTML tags."""
    end = text.rfind(">") + 1
    return _MARKUP.sub("", text[:end]) + _MARKS.sub("", text[end:])


# Most headings of a doc set say the same few things.
@lru_cache(maxsize=1024)
def _said(text: str) -> str:
    anchor, words = explicit_anchor(text), _words(text)
    if anchor is None:
        return words
    said = anchor if any(map(str.isdigit, words)) else _ORDINAL.sub("", anchor)
    return " ".join(said.casefold().replace("-", " ").split())


def explicit_anchor(text: str) -> str | None:
    """Return the anchor that the raw text of a heading gives it; None if it gives none."""
    match = _ANCHOR.search(text) if "<" in text or "{#" in text else None
    return (match["tag"] or match["brace"]) if match else None


def without_anchor(text: str) -> str:
    """Return the raw text of a heading without its explicit anchor."""
    match = _ANCHOR.search(text) if "<" in text or "{#" in text else None
    if match is None:
        return text
    end = match.end() if match["brace"] else text.find(">", match.end()) + 1 or len(text)
    return (text[: match.start()] + text[end:].removeprefix("</a>")).strip()


def _words(text: str) -> str:
    return " ".join(without_markup(without_anchor(text)).casefold().rstrip(":.").split())


def _is_slug(words: str, text: str) -> bool:
    """Whether an anchor's words may be made of a heading's text: they have the same letters and digits."""
    return [char for char in words if char.isalnum()] == [char for char in text if char.isalnum()]
