"""The scan of a page's text for its outline, without parsing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.markdown.links import linked_pages
from docextract.reading.base_types import heirs
from docextract.reading.outline import Outline
from docextract.reading.path_template import VERSION
from docextract.reading.type_names import type_names

if TYPE_CHECKING:
    from collections.abc import Iterator

_URL = re.compile(rf"https?://([^/\s?#]+)(?:/((?:[\w.-]+/){{0,3}}?{VERSION})/)?")
_OPEN_TYPE = re.compile(r"\bopen type (?:\*\*)?\[(?:\*\*)?`?([\w.]+)`?(?:\*\*)?\]\(", re.IGNORECASE)
_IS_OPEN = re.compile(
    r"\b(?:this|it|the)(?: (?:type|resource))? is an (?:OData )?\[?open type\b|\b(?:of|in) this open type\b",
    re.IGNORECASE,
)
_METHODS = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE"))
_ENUM_NAME = r"[*`]*([A-Za-z_][\w.]*)[*`]*[^\S\n]+(?:values|members|enum(?:eration)?)\b"
_ENUM = re.compile(rf"#[ \t]+{_ENUM_NAME}", re.IGNORECASE)
_ANCHORED_ENUM = re.compile(
    r"""(?:(?:name|id)[ \t]*=[ \t]*["']?|\{#)([A-Za-z_][\w.]*)-(?:values|members|enum(?:eration)?)\b""", re.IGNORECASE
)
_UNDERLINED_ENUM = re.compile(rf"[ \t>]*{_ENUM_NAME}", re.IGNORECASE)

_FRONT_MATTER = re.compile(r"\ufeff?(?:[ \t]*\n){0,4}[ \t]*---[ \t]*(?:\n|$)")
_DOC_TYPE = re.compile(r"^doc_type[ \t]*:[ \t]*[\"']?(\w+)", re.MULTILINE)


def scan(text: str) -> Outline:
    """Scan a page's text; hosts, versions and links are counted in code and comments too, which does no harm."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    requests = list(_requests(text))
    types, titled = type_names(text)
    return Outline(
        types,
        _enums(text),
        tuple(url[1].casefold() for url in requests),
        tuple(url[2] for url in requests if url[2]),
        *linked_pages(text),
        text.count("HTTP/1.1 200") + text.count("HTTP/1.1 201"),
        text.count("Content-Type:") + text.count("Content-type:") + text.count("content-type:"),
        _open_types(text, types or titled) if "open type" in text else (),
        text.count('"value":'),
        *_front_matter(text),
        titled,
        heirs(text) if types or titled else (),
    )


def _front_matter(text: str) -> tuple[bool, str]:
    """Return whether a text begins with front matter, and the `doc_type` that this gives."""
    if not _FRONT_MATTER.match(text):
        return False, ""
    end = text.find("\n---", text.index("---") + 3)
    match = _DOC_TYPE.search(text, 0, end) if end >= 0 else None
    return True, match[1] if match else ""


def _requests(text: str) -> Iterator[re.Match[str]]:
    """Yield the absolute URLs of the request lines: host and version."""
    for url in _URL.finditer(text):
        before = text[text.rfind("\n", 0, url.start()) + 1 : url.start()]
        if before.endswith((" ", "\t")) and before.strip(" \t") in _METHODS:
            yield url


def _open_types(text: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the types that prose calls open: those it links, and the page's only one if it says "this type"."""
    linked = tuple(_OPEN_TYPE.findall(text))
    return (*linked, *own) if len(own) == 1 and _IS_OPEN.search(text) else linked


def _enums(text: str) -> tuple[str, ...]:
    """Return the names in headings that announce an enum; a heading without a table of members costs a look."""
    folded = text.casefold()
    if "values" not in folded and "enum" not in folded and "members" not in folded:
        return ()
    anchored = _ANCHORED_ENUM.findall(text) if "<a " in text or "{#" in text else ()
    underlined = (match[1] for line in _underlined(text) if (match := _UNDERLINED_ENUM.match(line)))
    return (*_ENUM.findall(text), *anchored, *underlined)


def _underlined(text: str) -> Iterator[str]:
    """Yield the lines above lines that may make headings of them."""
    for underline in ("\n---", "\n==="):
        end = text.find(underline)
        while end >= 0:
            yield text[text.rfind("\n", 0, end) + 1 : end]
            end = text.find(underline, end + 1)
