"""Checks of text that was not meant to be published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.checks.base import check, defect_check
from docextract.findings import Related, Severity
from docextract.markdown.code_span import without_code
from docextract.markdown.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.project.docset import DocSet

#: In small letters "todo" is the name of a resource.
_LEFTOVER = re.compile(
    r"\*\*\s*(?-i:TODO)\b[^*\n]*\*\*|\b(?-i:TODO):[^|\n]{0,60}|\bTBD\b|\blorem ipsum\b[^|\n]{0,20}"
    r"|\*\*\s*Collection URI for [^*\n]* not found|\*\*\s*Unknown Type\b[^|\n]{0,40}|<Unknown Primitive Type [^<>\n]*>"
    r"|\*\*\s*Entity URI for [^*\n]* not found",
    re.IGNORECASE,
)
#: A value of front matter that is nothing else; "TODO list" may be a title.
_UNWRITTEN = re.compile(r"^[\w.-]+:[ \t]*[\"']?(?P<value>(?:TODO|TBD)\b(?::[^\n]*|[ .!?]*))$")
#: Each leftover holds one of these; looking for them first is ten times as fast.
_WORDS = ("todo", "tbd", "lorem ipsum", "uri for", "unknown type", "unknown primitive type")
_MARKER = re.compile(r"^(<{7}|>{7}|\|{7})( .*)?$|^={7}$")


def has_leftover(text: str) -> bool:
    """Whether a line holds a placeholder of an author or a generator."""
    folded = text.casefold()
    return any(word in folded for word in _WORDS) and bool(_LEFTOVER.search(text))


@check(Page, Severity.WARNING)
def leftover(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A placeholder of the author (TODO, TBD) or of a generator was left on the page.

    Text in comments and code spans is left alone, in front matter all but values that are nothing
    else, such as `description: TODO`.

    Bad:  `|Application|**TODO: Determine AppOnly scopes **|`
    Good: `|Application|Not supported.|`

    How to fix: Write what the placeholder stands for, or remove the sentence or row.

    Silence: `<!-- docextract-disable-next-line leftover -->` above the line.
    """
    text = page.source.text.casefold()
    words = [word for word in _WORDS if word in text]
    if not words:
        return
    hidden = {line for c in page.comments for line in range(c.span.line, c.span.end_line + 1)}
    for number, (line, folded) in enumerate(zip(page.source.lines, text.split("\n"), strict=True), 1):
        if number in hidden or not any(word in folded for word in words):
            continue
        for found, start in _found(line, in_front_matter=number <= page.front_matter.end_line):
            where = page.source.slice_lines(number, number).span(start, start + len(found))
            yield leftover.finding(f"leftover {found.strip()!r}: write what it stands for, or remove it", where)


def _found(line: str, *, in_front_matter: bool) -> Iterator[tuple[str, int]]:
    """Yield the leftovers of a line, and where they begin."""
    if not in_front_matter:
        yield from ((match[0], match.start()) for match in _LEFTOVER.finditer(without_code(line)))
    elif match := _UNWRITTEN.match(line.rstrip("\"' \t")):
        yield match["value"], match.start("value")


@check(Page, Severity.ERROR)
def merge_conflict(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A conflict marker of a version control system was left on the page.

    Readers see both sides of the conflict, and tables and code blocks break at the marker.

    Bad:  a line `<<<<<<< HEAD`
    Good: one side of the conflict, without markers

    How to fix: Decide for one side, or merge both, and delete the three lines of markers.

    Silence: `<!-- docextract-disable-file merge-conflict -->`.
    """
    if not holds_conflict(page.source.text):
        return
    markers = [number for number, line in enumerate(page.source.lines, 1) if _MARKER.match(line)]
    for first, *others in _conflicts(markers, page.source.lines):
        text = f"merge conflict marker {page.source.lines[first - 1][:40]!r}; keep one side and remove the markers"
        related = tuple(Related(page.source.line_span(number), "another marker of it") for number in others)
        yield merge_conflict.finding(text, page.source.line_span(first), related=related)


def holds_conflict(text: str) -> bool:
    """Whether a text may hold a conflict, so that the defects around it are those of two versions at once."""
    return "<<<<<<<" in text or ">>>>>>>" in text


def _conflicts(markers: list[int], lines: list[str]) -> Iterator[list[int]]:
    """Yield the lines of the markers of each conflict; each begins with `<` unless that line is lost."""
    conflict: list[int] = []
    for number in markers:
        if conflict and (lines[number - 1].startswith("<") or lines[conflict[-1] - 1].startswith(">")):
            yield conflict
            conflict = []
        conflict.append(number)
    if conflict:
        yield conflict


@defect_check(Severity.ERROR)
def unclosed_fence() -> None:
    """The fences of a code block do not fit: it is not closed and swallows what follows, or not opened.

    What an open block swallows is shown as code, and its examples are lost to readers and tools. A
    line of backticks opens no block if it stands four blanks or more to the right, and closes none if
    it has fewer backticks than the one that opened it. Reading goes on as if the fences fitted.

    Bad:  a fence of three backticks, a request, then `### Response` without a closing fence
    Good: a line of three backticks after the request

    How to fix: Close the block with as many backticks as opened it, or add the line that should open
    it; no blanks before either.

    Silence: `<!-- docextract-disable-file unclosed-fence -->`.
    """
