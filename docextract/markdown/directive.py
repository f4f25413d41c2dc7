"""Comments that say what to leave unreported: `<!-- docextract-disable-file json-syntax -- a reason -->`."""

from __future__ import annotations

import difflib
import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from docextract.findings import CheckId, Defect
from docextract.markdown.code_span import without_code
from docextract.text.spelling import Names
from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docextract.markdown.page import Comment, Page
    from docextract.text.source import Span


class Word(StrEnum):
    """What a directive does; the word stands after `docextract-`."""

    DISABLE = "disable"
    ENABLE = "enable"
    NEXT_BLOCK = "disable-next-block"
    NEXT_LINE = "disable-next-line"
    FILE = "disable-file"


#: What other linters call it.
_OTHERS = {
    "disable-line": Word.NEXT_LINE,
    "disable-block": Word.NEXT_BLOCK,
    "disable-page": Word.FILE,
    "on": Word.ENABLE,
}
_SYNONYM = re.compile(r"^(ignore|suppress|silence|skip|noqa|off)(?=-|$)")
_MEANT = re.compile(
    r"\s*docextract(?P<mark>\s*[-:_]\s*|\s+)(?P<word>[a-z][\w-]*)(?P<rest>.*)", re.DOTALL | re.IGNORECASE
)
_REASON = re.compile(r"(?<!\S)--")
_NAME = re.compile(r"[^\s,]+")
_COMMENT = re.compile(r"<!--\s*docextract-\w")
_ALL = ("all", "*", "any")


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment that suppresses findings, or ends that.

    `checks` holds the checks that it names, each with its place; None means all checks.
    """

    word: Word
    checks: Mapping[CheckId, Span] | None
    span: Span


class Directives(NamedTuple):
    """The directives of a page in order, and what is wrong with comments that were meant to be some."""

    read: tuple[Directive, ...] = ()
    defects: tuple[Defect, ...] = ()


def read_directives(page: Page) -> Directives:
    """Read the comments of a page that begin with `docextract-`.

    A comment with an unknown word or without its end does nothing, and an unknown check in one is
    dropped: a slip must never suppress more than was meant. Comments in code are examples.
    """
    if "docextract" not in page.source.text:
        return Directives()
    defects: list[Defect] = []
    read = [directive for comment in page.comments if (directive := _read(comment, defects))]
    defects.extend(_out_of_place(page))
    return Directives(tuple(read), tuple(defects))


def _read(comment: Comment, defects: list[Defect]) -> Directive | None:
    match = _MEANT.match(comment.text.text)
    if match is None:
        return None
    word, near = match["word"], _near_word(match["word"])
    if match["mark"] != "-" or word not in list(Word):
        # After another mark than '-' the name may begin a sentence.
        if near or match["mark"] == "-":
            defects.append(_defect(_unknown(f"docextract{match['mark']}{word}", near), comment.span))
        return None
    if not comment.closed:
        defects.append(_defect("this comment is not closed, so it suppresses nothing; add '-->'", comment.span))
        return None
    reason = _REASON.search(match["rest"])
    end = match.start("rest") + (reason.start() if reason else len(match["rest"]))
    names = [found.span() for found in _NAME.finditer(comment.text.text.rstrip("- \t\n"), match.start("rest"), end)]
    checks = _checks(comment, names, defects)
    return Directive(Word(word), checks if names else None, comment.span) if checks or not names else None


def _near_word(word: str) -> Word | None:
    word = _SYNONYM.sub("disable", word.casefold())
    if word in _OTHERS:
        return _OTHERS[word]
    return next((Word(near) for near in difflib.get_close_matches(word, list(Word), 1, 0.75)), None)


def _unknown(text: str, near: Word | None) -> str:
    words = f"did you mean 'docextract-{near}'?" if near else f"expected docextract- and {', '.join(Word)}"
    return f"'{' '.join(text.split())}' is no comment that docextract knows, so it suppresses nothing; {words}"


def _checks(comment: Comment, names: list[tuple[int, int]], defects: list[Defect]) -> dict[CheckId, Span]:
    """Return the known ones among the names at some places of a comment, and report the others."""
    known: dict[CheckId, Span] = {}
    strange: list[tuple[str, Span]] = []
    for start, end in names:
        name, span = comment.text.text[start:end], comment.text.span(start, end)
        if name == CheckId.UNUSED_SUPPRESSION:
            defects.append(_defect(f"no comment suppresses '{name}'; switch it off in the configuration", span))
        elif name in _KNOWN:
            known.setdefault(CheckId(name), span)
        elif near := _KNOWN.nearest(name.strip(":;.'\"`").replace("_", "-")):
            defects.append(_defect(f"there is no check '{name}'; did you mean '{near}'?", span))
        else:
            strange.append((name, span))
    if strange:
        # The words of a reason are one slip, not many.
        name, span = strange[0]
        advice = "'docextract checks' lists them, and a reason goes after ' -- '"
        if name.casefold() in _ALL:
            advice = "a comment that names no check means all of them"
        defects.append(_defect(f"there is no check '{name}'; {advice}", span))
    return known


_KNOWN = Names(map(str, CheckId))


def _out_of_place(page: Page) -> Iterator[Defect]:
    """Yield the comments in headings and cells of tables, which are not read."""
    read = {line for comment in page.comments for line in range(comment.span.line, comment.span.end_line + 1)}
    code = {line for first, last in page.code for line in range(first, last + 1)}
    for number, line in enumerate(page.source.lines, 1):
        if "docextract-" not in line or number in read or number in code or number <= page.front_matter.end_line:
            continue
        # Of many on a line the first is told.
        if match := _COMMENT.search(without_code(line)):
            end = line.find("-->", match.end())
            span = page.source.slice_lines(number, number).span(match.start(), end + 3 if end >= 0 else len(line))
            yield _defect("a comment in a heading or a table is not read; give it a line of its own above", span)


def _defect(message: str, span: Span) -> Defect:
    return Defect(CheckId.UNUSED_SUPPRESSION, message, span)
