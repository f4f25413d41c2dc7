"""Links: the relative ones of a page, from its raw lines outside code and comments, and those to resources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from docextract.outline import is_elsewhere, is_page_path
from docextract.prose import Word
from docextract.source import Span
from docextract.typeref import lookup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docextract.page import Page
    from docextract.source import Source

_INLINE = re.compile(r"\]\(\s*<?(?P<target>[^()\s<>]+(?:\([^()\s]*\)[^()\s]*)?)>?(?:\s+[\"'(][^\n]*?[\"')])?\s*\)")
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?(?P<target>[^\s>]+)>?")
_INCLUDE = re.compile(r"\[!INCLUDE\s*\[[^\]]*$", re.IGNORECASE)
_CODE_SPAN = re.compile(r"(`+)[^`\n]+\1")

_LABELLED = re.compile(
    r"(?<!!)\[(?P<text>(?:[^\[\]`]|`[^`]*`|\[[^\[\]]*\])+)\]"
    r"(?:\(\s*<?(?P<target>[^()\s<>]+)>?[^()]*\)|\[(?P<label>[^\[\]]*)\])?"
)
_RESOURCE = re.compile(r"(?i)(?:^|/)resources?/[^/?#]+\.md(?:#(?!.*-values$).*)?$")
_JOINT = re.compile(
    r"(?i)[\s*`]*(?:(?:objects?|resources?|entit(?:y|ies))\s*)?(?:,\s*)?(?:(?:and/or|or|and)\s+)?"
    r"(?:(?:an?|a collection of|the)\s+)?[*`]*"
)
_NOT_A_RESOURCE = re.compile(r"(?i)/(?:[^/]*-)?(?:overview|errors?|error-codes?|enums)\.md")


class PageLink(NamedTuple):
    """A relative link: the path as written ("" for the page itself), its anchor, its place in a line."""

    path: str
    anchor: str
    source: Source
    line: int
    columns: tuple[int, int]

    @property
    def span(self) -> Span:
        """The place of its target."""
        return Span(self.source.path, self.line, self.columns[0] + 1, self.line, self.columns[1] + 1)


def read_links(page: Page) -> Iterator[PageLink]:
    """Yield the relative links of a page. INCLUDEs and absolute paths are none (DESIGN 4.4)."""
    hidden = _hidden(page)
    linked = [item for item in enumerate(page.source.lines, 1) if "](" in item[1] or "]:" in item[1]]
    for number, line in linked:
        if number in hidden:
            continue
        masked = _CODE_SPAN.sub(lambda match: " " * len(match[0]), line) if "`" in line else line
        for match in (*_INLINE.finditer(masked), *(_REFERENCE.finditer(masked) if "]:" in line else ())):
            if "!" in masked and _INCLUDE.search(masked[: match.start()]):
                continue
            link = _link(page.source, number, match)
            if link is not None:
                yield link


def _link(source: Source, number: int, match: re.Match[str]) -> PageLink | None:
    target = match["target"]
    if is_elsewhere(target):
        return None
    path, _, anchor = target.partition("#")
    path = unquote(path.partition("?")[0])
    if path and not is_page_path(path):
        return None
    return PageLink(path, unquote(anchor), source, number, match.span("target"))


def _hidden(page: Page) -> set[int]:
    lines = set(range(1, page.front_matter.end_line + 1))
    for block in page.code:
        lines.update(range(block[0], block[1] + 1))
    for comment in page.comments:
        lines.update(range(comment.span.line, comment.span.end_line + 1))
    return lines


def resource_links(text: str, references: Mapping[str, str]) -> tuple[tuple[Word, str], ...]:
    """Give the first link to the page of a resource, and those that "and/or" joins to it (DESIGN 6, census 8.1.8).

    Out: the text of each link and its target, as written.
    """
    found: list[tuple[Word, str]] = []
    end = 0
    for match in _LABELLED.finditer(text):
        target = match["target"] or lookup(references, match["label"] or match["text"])
        if not target or not _RESOURCE.search(target) or _NOT_A_RESOURCE.search(target) or "://" in target:
            continue
        if found and not _JOINT.fullmatch(text, end, match.start()):
            break
        raw = match["text"]
        name = raw.strip("*` ")
        at = match.start("text") + raw.index(name)
        found.append((Word(name, at, at + len(name)), target))
        end = match.end()
    return tuple(found)
