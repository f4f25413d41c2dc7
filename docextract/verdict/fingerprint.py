"""Fingerprints: by what a finding is known again after its page has been edited."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from docextract.findings import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docextract.findings import Finding
    from docextract.markdown.page import Page
    from docextract.text.source import Span

_INDEX = re.compile(r"/\d+(?=/|$)")
_NUMBER = re.compile(r"\d[\d,.]*")
_WORD = re.compile(r"[^\W_]+")
#: The number that tells the second exchange of a name from the first; it changes when that goes.
_ORDINAL = re.compile(r"-\d+$")
_ADVICE = re.compile(r"[;,] did you mean .*", re.DOTALL)
#: Characters of a text that tell it apart well enough.
_LONGEST = 500


class Context(NamedTuple):
    """What stands at and around a finding, each as a digest of its words, "-" where there are none.

    `text` is the text of the finding itself; `line` its line, of a table's row only the first cell;
    `section` the headings above, except the title; `above` and `below` are the nearest lines with a
    word. Only words count: the commas and quotes that a neighbour lacks may be mended.
    """

    text: str
    line: str
    section: str
    above: str
    below: str

    def own(self) -> str:
        """Return the digest of its line, or of the line above if it has no word, such as a bracket and a comma."""
        return self.above if self.line == "-" else self.line


def fingerprinted(findings: Iterable[Finding], in_project: str, page: Page) -> list[Finding]:
    """Return the findings of a page in order, each with its fingerprint and its context.

    `in_project` is the page's path from the top of its project. A fingerprint survives when lines or
    sections move, items are added or neighbours are mended. It hashes the check, the page, the
    exchange, the pointer without indexes, the type, the property, the text at the place, the headings
    above, the line (unless there is a pointer), the message without its numbers and advice, and the
    ordinal among findings that are equal in all of these. Beside it stands a digest of the same without
    the page, which survives when the page is renamed.
    """
    ordered = sorted(findings, key=sort_key)
    if not ordered:
        return []
    seen: Counter[tuple[str, ...]] = Counter()
    places = _Places(page)
    marked = []
    for finding in ordered:
        text, context = places.at(finding.span)
        key = (
            finding.check,
            exchange_name(finding.exchange) or "",
            without_indexes(finding.pointer) or "",
            finding.type or "",
            finding.property or "",
            text,
            context.section,
            context.own() if finding.pointer is None else "",
            essence(finding.message),
        )
        seen[key] += 1
        mark = "\0".join((*key, str(seen[key])))
        fingerprint, pageless = _digest(f"{in_project}\0{mark}", 16), _digest(mark, 16)
        marked.append(replace(finding, fingerprint=fingerprint, pageless=pageless, context=" ".join(context)))
    return marked


def exchange_name(exchange: str | None) -> str | None:
    """Return the id of an exchange without its page, and without a number that others on the page decide."""
    return _ORDINAL.sub("", exchange.rpartition("/")[2]) if exchange else None


def without_indexes(pointer: str | None) -> str | None:
    """Return a JSON Pointer with a star for each index: items are added and removed."""
    return None if pointer is None else _INDEX.sub("/*", pointer)


def essence(message: str) -> str:
    """Return a message without its numbers, which count what may change, and advice, which depends on other pages."""
    return _ADVICE.sub("", _NUMBER.sub("#", message))


class _Places:
    """The lines of a page, and the headings above each of them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._lines = page.source.lines
        self._starts = [heading.line for heading in page.headings]
        self._sections: dict[int, str] = {}
        self._anchors: dict[int, str] = {}
        #: The nearest lines with a word seen last, above and below: findings come in order, many on one line.
        self._above = self._below = (-1, -1)

    def at(self, span: Span) -> tuple[str, Context]:
        """Return the telling text of a place and its context; of a place on another page there is none."""
        if span.path != self._page.path:
            return "", Context("-", "-", "-", "-", "-")
        text = self._text(span)
        index = span.line - 1
        line = self._anchor(index) if index < len(self._lines) else ""
        above, below = self._nearest_above(index), self._nearest_below(index)
        section = self._section(bisect_right(self._starts, span.line))
        return text, Context(*map(_short, (_words(text), line, section, above, below)))

    def _text(self, span: Span) -> str:
        """Return the text of a place as far as it tells which place this is.

        That is its first line, of a row the first cell, and of an object or array only the bracket:
        what they hold may be edited.
        """
        end = span.end_column - 1 if span.end_line == span.line else None
        text = "".join(self._lines[span.line - 1 : span.line])[span.column - 1 : end]
        bare = " ".join(text.strip("| \t").partition("|")[0].split())
        return bare[:1] if bare.startswith(("{", "[")) else bare[:_LONGEST]

    def _anchor(self, index: int) -> str:
        if index not in self._anchors:
            self._anchors[index] = _anchor(self._lines[index])
        return self._anchors[index]

    def _nearest_above(self, index: int) -> str:
        asked, found = self._above
        if asked != index:
            # Between what was found last and what was asked then there is no word.
            seen = (*range(index - 1, asked - 1, -1), found) if 0 <= asked < index else range(index - 1, -1, -1)
            self._above = index, next((one for one in seen if one >= 0 and self._anchor(one)), -1)
        return self._anchor(self._above[1]) if self._above[1] >= 0 else ""

    def _nearest_below(self, index: int) -> str:
        asked, found = self._below
        if not asked <= index < found:
            last = len(self._lines)
            self._below = index, next((one for one in range(index + 1, last) if self._anchor(one)), last)
        found = self._below[1]
        return self._anchor(found) if found < len(self._lines) else ""

    def _section(self, count: int) -> str:
        """Return the words of the first `count` headings' last one and of those that it is below."""
        if count not in self._sections:
            words: list[str] = []
            level = 7
            for heading in reversed(self._page.headings[:count]):
                if 1 < heading.level < level:
                    level = heading.level
                    words += (word for word in _WORD.findall(heading.words) if not word.isdigit())
            self._sections[count] = " ".join(words)
        return self._sections[count]


def _anchor(line: str) -> str:
    """Return the words by which a line is known: of a table's row those of its first cell."""
    row = line.strip()
    return _words(row[1:].partition("|")[0] if row.startswith("|") else row)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text[:_LONGEST]))


def _short(words: str) -> str:
    return _digest(words, 4) if words else "-"


def _digest(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
