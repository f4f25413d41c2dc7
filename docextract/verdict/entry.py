"""An entry of a baseline: what is remembered of a finding, and how it is told from its like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docextract.verdict.fingerprint import Context, essence, exchange_name, without_indexes

if TYPE_CHECKING:
    from docextract.findings import Finding

_NAMED = re.compile(r"'([^']+)'")
_MORE = re.compile(r"\band ([\d,]+) more\b")


@dataclass(frozen=True)
class Entry:
    """What a baseline remembers of a finding; no lines, no columns, no indexes of items.

    `page` is the path from the baseline's folder; `exchange` the id without its page; `context` as in
    `Finding`.
    """

    page: str
    check: str
    message: str
    exchange: str | None = None
    pointer: str | None = None
    context: str = "- - - - -"

    @classmethod
    def of(cls, finding: Finding, page: str) -> Entry:
        """Return the entry of a finding on a page."""
        exchange, pointer = exchange_name(finding.exchange), without_indexes(finding.pointer)
        return cls(page, finding.check, finding.message, exchange, pointer, finding.context)

    @cached_property
    def around(self) -> Context:
        """Its context, part by part."""
        return Context(*self.context.split(" "))

    @cached_property
    def kind(self) -> tuple[str, str, str]:
        """What two entries have in common that can stand for one finding: check, message and text."""
        return self.check, essence(self.message), self.around.text

    @property
    def is_specific(self) -> bool:
        """Whether its pointer or a word of its text tells it from others in its exchange and section."""
        return self.pointer is not None or self.around.text != "-"

    @cached_property
    def names(self) -> frozenset[str]:
        """What its message quotes: the members that it is about."""
        return frozenset(_NAMED.findall(essence(self.message)))

    @property
    def size(self) -> int:
        """The number of names in its message, with those that it only counts."""
        more = _MORE.search(self.message)
        return len(self.names) + (int(more[1].replace(",", "")) if more else 0)

    def is_part_of(self, other: Entry) -> bool:
        """Whether it is what is left of another finding, of which some members have been mended."""
        if self.size >= other.size or not self.names & other.names:
            return False
        return self.names <= other.names or other.size > len(other.names)
