"""Links: the relative ones of a page, from its raw lines outside code and comments, and the anchors they may name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from docextract.markdown.code_span import without_code
from docextract.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docextract.markdown.page import Page
    from docextract.text.source import Source

#: A link as far as its target, and its end unless a title follows.
_INLINE = re.compile(r"\]\(\s*+<?(?P<target>[^()\s<>]++(?:\([^()\s]*+\)[^()\s]*+)?)>?(?P<end>\s*+\))?")
_TITLE = re.compile(r"\s++[\"'(]")
_END_OF_TITLE = re.compile(r"[\"')]\s*+\)")
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?(?P<target>[^\s>]+)>?")
_INCLUDE = re.compile(r"\[!INCLUDE\s*\[", re.IGNORECASE)
#: What `linked_pages` sees: any target without title, brackets and white space; of other links only that they begin.
_PLAIN = re.compile(r"\]\((?:([^()\s<>]+)\))?")
_INCLUSION = re.compile(r"\[!INCLUDE\s*\[(?:[^\[\]]++|\[(?!!INCLUDE))*+\]\([^()\s<>]*\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:", re.MULTILINE)
_BEYOND_PATH = re.compile(r"[#?%\\]")

#: A link without text, and one with its brackets the wrong way round.
_NO_TEXT = re.compile(r"(?<!!)\[\s*\]\((?P<target>[^()\s<>]+)\)")
_REVERSED = re.compile(r"(?<!\])\((?P<text>[^()]+)\)\[(?P<target>[^\[\]\s]+)\](?![(\[:])")

_LINK_TEXT = re.compile(r"!?\[([^\[\]]*+)\](\((?:(?!\]\()[^)])*+\)|\[[^\[\]]*+\])?")
_TAG = re.compile(r"<[^<>]++>")
_ATTRIBUTES = re.compile(r"<\w++([^<>]++)")
_NAMED = re.compile(r"\b(?:id|name)\s*+=\s*+[\"']?([^\"'\s>]+)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\{#([^\s{}]+)\}\s*$")
_DROPPED = re.compile(r"[^\w\s-]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#tabs?/|\\\\", re.IGNORECASE)


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
    """Yield the relative links of a page. INCLUDEs and absolute paths are none."""
    hidden = _hidden(page)
    linked = [item for item in enumerate(page.source.lines, 1) if "](" in item[1] or "]:" in item[1]]
    for number, line in linked:
        if number in hidden:
            continue
        masked = without_code(line)
        for match in (*_inline(masked), *(_REFERENCE.finditer(masked) if "]:" in line else ())):
            start = match.start()
            if "!" in masked and _INCLUDE.search(masked, masked.rfind("]", 0, start) + 1, start):
                continue
            link = _link(page.source, number, match)
            if link is not None:
                yield link


def _inline(line: str) -> Iterator[re.Match[str]]:
    """Yield the inline links of a line (CommonMark 6.3), a title between quotes or parentheses among them or not.

    Where no title can end any more, none is looked for: otherwise each link would be held against the whole rest.
    """
    match, no_end = _INLINE.search(line), False
    while match:
        end, title = match.end(), None
        if match["end"] is None and not no_end and (title := _TITLE.match(line, end)):
            close = _END_OF_TITLE.search(line, title.end())
            no_end = close is None
            end = close.end() if close else end
        if match["end"] or (title and not no_end):
            yield match
        else:
            end = match.start() + 2
        match = _INLINE.search(line, end)


def misshapen(page: Page) -> Iterator[tuple[str, Span]]:
    """Yield what was meant to be a link to a page and is none, or is not seen, with the place of its target.

    Out: what is wrong, as a sentence.
    """
    text = page.source.text
    if "[](" not in text and "[ ](" not in text and ")[" not in text:
        return
    hidden = _hidden(page)
    for number, line in enumerate(page.source.lines, 1):
        if number in hidden or not ("](" in line or ")[" in line):
            continue
        masked = without_code(line)
        for pattern, words in ((_NO_TEXT, _no_text), (_REVERSED, _reversed)):
            for match in pattern.finditer(masked):
                if _names_page(match["target"]):
                    start, end = match.span("target")
                    yield words(match), Span(page.source.path, number, start + 1, number, end + 1)


def _no_text(match: re.Match[str]) -> str:
    return f"the link to '{match['target']}' has no text: nobody sees it"


def _reversed(match: re.Match[str]) -> str:
    return f"brackets the wrong way round: write '[{match['text']}]({match['target']})'"


def _names_page(target: str) -> bool:
    return _is_page_path(_BEYOND_PATH.split(target.replace("\\", "/"), maxsplit=1)[0])


def linked_pages(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the paths of pages that the links of a text name, and whether there may be more to some link than a path.

    Links in code and comments count too. Where there is no more, `read_links` finds no other path.
    """
    if "[!INCLUDE" in text:
        text = _INCLUSION.sub("", text)
    targets = dict.fromkeys(_PLAIN.findall(text))
    more = "" in targets or ("]:" in text and _DEFINITION.search(text) is not None)
    paths = []
    for target in targets:
        path, whole = _named_page(target)
        more = more or not whole
        if path:
            paths.append(path)
    return tuple(dict.fromkeys(paths)), more


@lru_cache(maxsize=4096)
def _named_page(target: str) -> tuple[str, bool]:
    """Return the path of the page that a target names, "" if it names none, and whether that is all of the target."""
    if _is_elsewhere(target):
        return "", True
    path = _BEYOND_PATH.split(target, maxsplit=1)[0]
    return path if _is_page_path(path) else "", path == target


def lookup(references: Mapping[str, str], label: str) -> str | None:
    """Return the target of a reference label: case and white space do not count (CommonMark 6.3)."""
    bare = " ".join(label.split())
    keys = (bare.casefold(), bare.lower().upper(), bare)
    return next((references[key] for key in keys if key in references), None)


def _link(source: Source, number: int, match: re.Match[str]) -> PageLink | None:
    target = match["target"]
    if _is_elsewhere(target):
        return None
    path, _, anchor = target.partition("#")
    path = unquote(path.partition("?")[0])
    if path and not _is_page_path(path):
        return None
    return PageLink(path, unquote(anchor), source, number, match.span("target"))


def _hidden(page: Page) -> set[int]:
    lines = set(range(1, page.front_matter.end_line + 1))
    for block in page.code:
        lines.update(range(block[0], block[1] + 1))
    for comment in page.comments:
        lines.update(range(comment.span.line, comment.span.end_line + 1))
    return lines


def _is_elsewhere(target: str) -> bool:
    """Say whether the target of a link is no relative one: a URL, an absolute path, a tab."""
    return bool(_ELSEWHERE.match(target))


def _is_page_path(path: str) -> bool:
    """Say whether a path could be that of a page."""
    return path.casefold().endswith((".md", ".markdown"))


def anchors(page: Page) -> set[str]:
    """Give all anchors of a page in lower case: of headings, and of `id` and `name` attributes."""
    names: set[str] = set()
    # The last number behind a name: many headings may have the same.
    numbers: dict[str, int] = {}
    for heading in page.headings:
        if attribute := _ATTRIBUTE.search(heading.text):
            names.add(attribute[1].casefold())
        for base in _slugs(heading.text):
            name, number = base, numbers.get(base, 0)
            while name in names:
                number += 1
                name = f"{base}-{number}"
            numbers[base] = number
            names.add(name)
    # Of several such attributes of a tag the last counts.
    tags = (_NAMED.findall(tag) for tag in _ATTRIBUTES.findall(page.source.text) if "=" in tag)
    names.update(named[-1].casefold() for named in tags if named)
    return names


def _slugs(text: str) -> set[str]:
    """Publishing tools differ: some keep what others drop, and some fold runs of dashes."""
    plain = _TAG.sub("", _LINK_TEXT.sub(r"\1", text)).replace("`", "").replace("*", "").strip().casefold()
    slug = re.sub(r"\s", "-", _DROPPED.sub("", plain))
    folded = re.sub(r"-+", "-", slug).strip("-")
    return {slug, folded, re.sub(r"[\s.]+", "-", _DROPPED.sub("", plain.replace(".", " "))).strip("-")}
