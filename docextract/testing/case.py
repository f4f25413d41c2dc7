"""What of a page is tested: each of its exchanges, and the page beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.reading.exchange import Exchange, Message

_PAGE = "page"
_BETWEEN_TAGS = re.compile(r"[,;\s]+")
_NOT_IN_MARKS = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Case:
    """One test of a page: of an exchange, or of all that belongs to none.

    `name` is unique on the page and stays when lines move, `line` is where it begins. `exchange` is the id
    of the exchange, None for the page; `lines` are the first and last lines of its blocks.
    """

    name: str
    line: int = 1
    exchange: str | None = None
    lines: tuple[tuple[int, int], ...] = ()

    def holds(self, finding: Finding) -> bool:
        """Whether a finding stands in one of its blocks, or in the annotation above."""
        return any(first <= finding.span.line <= last for first, last in self.lines)


def cases(docset: DocSet, path: str) -> tuple[Case, ...]:
    """Return the cases of a page: its exchanges, except ignored ones, in their order, then the page itself."""
    found = [_case(docset, path, one) for one in docset.exchanges(path).exchanges if not one.ignored]
    taken = {case.name.casefold() for case in found}
    name, number = _PAGE, 1
    while name in taken:
        number += 1
        name = f"{_PAGE}-{number}"
    return (*found, Case(name))


def _case(docset: DocSet, path: str, exchange: Exchange) -> Case:
    messages = [message for message in (exchange.request, exchange.response) if message]
    name = exchange.id.removeprefix(docset.pages.id(path) + "/")
    lines = tuple(extent for message in messages for extent in _extents(message))
    return Case(name, messages[0].span.line, exchange.id, lines)


def _extents(message: Message) -> Iterable[tuple[int, int]]:
    for block in (message.block, message.body_block):
        if block is not None:
            top = block.annotation.span() if block.annotation else block.fence
            yield top.line, block.end_line


def dealt(findings: Iterable[Finding], among: Sequence[Case]) -> Mapping[str, list[Finding]]:
    """Return the findings of a page by the name of the case they belong to; the last case takes what no other does.

    A finding that names no exchange belongs to the first in whose blocks it stands.
    """
    by_id = {case.exchange: case for case in among if case.exchange}
    hands: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        case = by_id.get(finding.exchange) if finding.exchange else None
        case = case or next((case for case in among if case.holds(finding)), among[-1])
        hands[case.name].append(finding)
    return hands


def tags(docset: DocSet, path: str) -> tuple[str, ...]:
    """Return the `tags` of a page's front matter, a list or one text with commas, as words that can be marks."""
    value = docset.page(path).front_matter.values.get("tags")
    texts = _BETWEEN_TAGS.split(value) if isinstance(value, str) else value if isinstance(value, list) else []
    words = (_NOT_IN_MARKS.sub("_", str(text).strip()).lstrip("_") for text in texts)
    return tuple(dict.fromkeys(word for word in words if word))
