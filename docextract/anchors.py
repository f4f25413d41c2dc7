"""The anchors that publishing tools make of headings (DESIGN 4.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docextract.page import Page

_LINK = re.compile(r"!?\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])?")
_TAG = re.compile(r"<[^>]+>")
_NAMED = re.compile(r"<\w+\b[^>]*\b(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_DROPPED = re.compile(r"[^\w\s-]")


def anchors(page: Page) -> set[str]:
    """Give all anchors of a page in lower case: of headings, and of `id` and `name` attributes."""
    found: set[str] = set()
    for heading in page.headings:
        for base in _slugs(heading.text):
            name, number = base, 0
            while name in found:
                number += 1
                name = f"{base}-{number}"
            found.add(name)
    found.update(match.casefold() for match in _NAMED.findall(page.source.text))
    return found


def _slugs(text: str) -> set[str]:
    """Publishing tools differ: some keep what others drop, and some fold runs of dashes."""
    plain = _TAG.sub("", _LINK.sub(r"\1", text)).replace("`", "").replace("*", "").strip().casefold()
    slug = re.sub(r"\s", "-", _DROPPED.sub("", plain))
    folded = re.sub(r"-+", "-", slug).strip("-")
    return {slug, folded, re.sub(r"[\s.]+", "-", _DROPPED.sub("", plain.replace(".", " "))).strip("-")}
