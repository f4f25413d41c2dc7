"""What headings say that a page defines: "user resource type", "color enum type", "color values"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docextract.markdown.heading import explicit_anchor, without_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

_KIND = (
    r"[^\S\n]+(?:(?:resource|complex|entity|object)[^\S\n]+types?|complextype|resources?|entity|entities|objects?)"
    r"(?:[^\S\n]+resource(?:[^\S\n]+type)?)?"
)
_TYPE = re.compile(rf"[*`]*(?P<name>[A-Za-z_][\w.]*)[*`]*{_KIND}", re.IGNORECASE | re.ASCII)
_SEVERAL = re.compile(
    rf"[*`]*[A-Za-z_][\w.]*[*`]*(?:[^\S\n]*(?:,|/|&|[^\S\n]and|[^\S\n]or)[^\S\n]*[*`]*[A-Za-z_][\w.]*[*`]*){{1,4}}{_KIND}",
    re.IGNORECASE | re.ASCII,
)
_NO_NAME = frozenset(("a", "about", "all", "an", "any", "each", "its", "new", "other", "the", "these", "this", "your"))
_ENUM = re.compile(r"[*`]*(?P<name>[A-Za-z_][\w.]*)[*`]*\s+enum(?:eration)?\b", re.IGNORECASE)
_ENUM_LIST = re.compile(r"[*`]*(?P<name>[A-Za-z_][\w.]*)[*`]*\s+(?:values|members|enum(?:eration)?)\b", re.IGNORECASE)
#: A number sign and what follows it in its line: all titles, and more.
_TITLE_LINE = re.compile(r"#[ \t]+([^\n]*)")
_CLOSING_SIGNS = re.compile(r"(?<![ \t])[ \t]++#++[ \t]*$")


def type_title(text: str) -> str | None:
    """Return the name of the one type that the raw text of a title announces; None if it announces none.

    The title of a translation is known by its anchor, in whose words the name has lost its capitals.
    """
    folded = text.casefold()
    if "resource" not in folded and "complex" not in folded and "entit" not in folded and "object" not in folded:
        return None
    match = _TYPE.fullmatch(_said(text).rstrip(" :."))
    if match is None or match["name"].casefold() in _NO_NAME:
        return None
    name = match["name"]
    spelled = re.search(re.escape(name), without_anchor(text), re.IGNORECASE) if explicit_anchor(text) else None
    return spelled[0] if spelled else name


def titles_several(text: str) -> bool:
    """Whether the raw text of a title announces several types: "item and list resource types"."""
    return _SEVERAL.fullmatch(_said(text).rstrip(" :.")) is not None


def enum_title(text: str) -> str | None:
    """Return the name of the enum that the raw text of a title announces; None if it announces none."""
    match = _ENUM.match(_said(text))
    return match["name"] if match else None


@lru_cache(maxsize=1024)
def enum_heading(text: str) -> str | None:
    """Return the name of the enum whose members the section of a heading, given its raw text, lists."""
    folded = text.casefold()
    if "value" not in folded and "enum" not in folded and "member" not in folded:
        return None
    match = _ENUM_LIST.match(_said(text))
    return match["name"] if match else None


def _said(text: str) -> str:
    """Return what the raw text of a heading says in the original language."""
    anchor = explicit_anchor(text)
    return text if anchor is None else re.sub(r"-\d+$", "", anchor).replace("-", " ")


def may_title_type(text: str) -> bool:
    r"""Whether a line of a page may be a title that announces a type; other lines may pass too. Line ends are `\n`."""
    return any(type_title(line) is not None for line in _title_lines(text))


def _title_lines(text: str) -> Iterator[str]:
    for match in _TITLE_LINE.finditer(text):
        if text[match.start() - 1 : match.start()] == "#":
            continue
        title = match[1].strip()
        yield _CLOSING_SIGNS.sub("", match[1]).strip() if title.endswith("#") else title
    end = text.find("\n===")
    while end >= 0:
        yield text[text.rfind("\n", 0, end) + 1 : end].strip(" \t>")
        end = text.find("\n===", end + 1)
