"""Comments that suppress findings, and the check of those that suppress none: only the linter knows which."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from docextract.checks.base import check
from docextract.findings import CheckId, Defect, Severity
from docextract.markdown.directive import Word, read_directives

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from docextract.findings import Finding
    from docextract.markdown.directive import Directive
    from docextract.markdown.page import Page
    from docextract.project.docset import DocSet
    from docextract.text.source import Span

_LAST = 1 << 60


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment's effect: its first and its last line, and where a comment ends it for a check, or for all (None).

    `where` tells the lines in words, `hint` what may be wrong with the place of the comment.
    """

    directive: Directive
    first: int
    last: int
    where: str
    hint: str = ""
    ends: Mapping[CheckId | None, int] = field(default_factory=dict)

    def lines(self, check: CheckId) -> tuple[int, int]:
        """Return the first and the last line on which findings of a check are suppressed."""
        return self.first, min(self.last, self.ends.get(check, _LAST), self.ends.get(None, _LAST))


class Suppressions(NamedTuple):
    """The suppressions of a page in order, and what is wrong with comments that were meant to be some."""

    read: tuple[Suppression, ...] = ()
    defects: tuple[Defect, ...] = ()


def read_suppressions(page: Page) -> Suppressions:
    """Read the suppressions of a page."""
    directives, defects = read_directives(page)
    if not directives:
        return Suppressions(defects=defects)
    regions, around = _Regions(), _Around.of(page, directives)
    read = []
    for directive in directives:
        hint = around.hint(directive)
        match directive.word:
            case Word.FILE:
                read.append(Suppression(directive, 1, _LAST, "on this page", hint))
            case Word.NEXT_BLOCK:
                read.append(Suppression(directive, directive.span.line, *around.block(directive), hint))
            case Word.NEXT_LINE:
                line = around.targets[directive.span]
                read.append(Suppression(directive, line, line, f"on line {line}", hint))
            case Word.DISABLE:
                ends = regions.begin(directive)
                read.append(Suppression(directive, directive.span.line, _LAST, "from here on", hint, ends))
            case Word.ENABLE:
                regions.end(directive)
    return Suppressions(tuple(read), (*defects, *regions.defects))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the comments of a page: its code blocks and tables in order, and the line below each comment.

    `begins` are the first lines of code blocks and tables, and of the annotations of code blocks.
    """

    page: Page
    blocks: list[tuple[int, int]]
    begins: frozenset[int]
    ends_of_tables: frozenset[int]
    targets: Mapping[Span, int]

    @classmethod
    def of(cls, page: Page, directives: tuple[Directive, ...]) -> _Around:
        blocks = sorted(
            [(block.fence.line, block.end_line) for block in page.blocks]
            + [(table.line, table.end_line) for table in page.tables]
        )
        annotations = (block.annotation.comment.span.line for block in page.blocks if block.annotation)
        begins = frozenset((*(first for first, _ in blocks), *annotations))
        ends = frozenset(table.end_line for table in page.tables)
        return cls(page, blocks, begins, ends, _targets(page, directives))

    def block(self, directive: Directive) -> tuple[int, str]:
        """Return the last line of the next code block or table; and, in words, the lines from a comment to there."""
        index = bisect_right(self.blocks, (directive.span.line, _LAST))
        if index == len(self.blocks):
            return directive.span.end_line, "here, and no code block or table follows"
        last = self.blocks[index][1]
        return last, f"from here to line {last}, the end of the next code block or table"

    def hint(self, directive: Directive) -> str:
        """Return what may be wrong with the place of a comment that suppresses nothing."""
        below = self.page.source.lines[directive.span.end_line : directive.span.end_line + 1]
        if directive.span.line - 1 in self.ends_of_tables and below and "|" in below[0]:
            return "; it stands in a table and ends it, so put it above the table"
        if directive.word is Word.NEXT_LINE and self.targets[directive.span] in self.begins:
            return f"; 'docextract-{Word.NEXT_BLOCK}' is for all lines of a code block or a table"
        return ""


def _targets(page: Page, directives: tuple[Directive, ...]) -> dict[Span, int]:
    """Return the line that each comment stands above: the next one that is neither blank nor another such comment."""
    lines, targets = page.source.lines, {}
    # The lines that hold nothing but such a comment, with the line that this one stands above.
    above: dict[int, int] = {}
    for directive in reversed(directives):
        line = directive.span.end_line + 1
        while line < len(lines) and not lines[line - 1].strip():
            line += 1
        targets[directive.span] = line = above.get(line, line)
        if lines[directive.span.line - 1].lstrip().startswith("<!--"):
            above[directive.span.line] = line
    return targets


class _Regions:
    """The stretches between comments that disable checks and comments that enable them again."""

    def __init__(self) -> None:
        self.defects: list[Defect] = []
        self._open: defaultdict[CheckId | None, list[dict[CheckId | None, int]]] = defaultdict(list)
        # So many of the stretches for all checks have been ended for one check.
        self._ended: defaultdict[CheckId, int] = defaultdict(int)

    def begin(self, directive: Directive) -> Mapping[CheckId | None, int]:
        """Begin a stretch; what is returned is filled in by the comments that end it."""
        ends: dict[CheckId | None, int] = {}
        for name in directive.checks or (None,):
            self._open[name].append(ends)
        return ends

    def end(self, directive: Directive) -> None:
        """End the stretches of the checks that a comment enables, or report that there are none."""
        line = directive.span.line
        if directive.checks is None:
            stretches = [ends for group in self._open.values() for ends in group]
            for ends in stretches:
                ends.setdefault(None, line)
            self._open.clear()
            self._ended.clear()
            idle = [] if stretches else ["any check"]
        else:
            idle = [name for name in directive.checks if not self._end(name, line)]
        if idle:
            message = f"this comment enables {', '.join(idle)}, which no comment above it disables"
            self.defects.append(Defect(CheckId.UNUSED_SUPPRESSION, message, directive.span))

    def _end(self, name: CheckId, line: int) -> bool:
        stretches = [*self._open.pop(name, ()), *self._open[None][self._ended[name] :]]
        self._ended[name] = len(self._open[None])
        for ends in stretches:
            ends[name] = line
        return bool(stretches)


class Sorted(NamedTuple):
    """The findings of a page that are shown and that are suppressed, and the checks that comments name for nothing."""

    shown: list[Finding]
    suppressed: list[Finding]
    idle: list[tuple[Suppression, Collection[CheckId]]]


def sort_out(suppressions: Collection[Suppression], findings: Collection[Finding]) -> Sorted:
    """Return what suppressions do to the findings of their page.

    One that names no check has an idle check, any, if it suppresses nothing: the collection is empty.
    """
    by_check: defaultdict[CheckId, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda finding: finding.span.line):
        by_check[finding.check].append(finding)
    lines = {check: [finding.span.line for finding in group] for check, group in by_check.items()}
    # For each check, how many more suppressions cover a finding than cover the one before it.
    covers = {check: [0] * (len(group) + 1) for check, group in by_check.items()}
    idle: list[tuple[Suppression, Collection[CheckId]]] = []
    for suppression in suppressions:
        used = {
            name
            for name in suppression.directive.checks or lines
            if name in lines and _cover(suppression, name, lines[name], covers[name])
        }
        checks = suppression.directive.checks
        if unused := [name for name in checks or () if name not in used]:
            idle.append((suppression, unused))
        elif not used:
            idle.append((suppression, ()))
    hidden = {id(finding) for check, group in by_check.items() for finding in _covered(group, covers[check])}
    return Sorted([f for f in findings if id(f) not in hidden], [f for f in findings if id(f) in hidden], idle)


def _cover(suppression: Suppression, check: CheckId, lines: list[int], covers: list[int]) -> bool:
    """Note which findings of a check, given by their lines, a suppression covers; return whether it covers any."""
    first, last = suppression.lines(check)
    start, end = bisect_right(lines, first - 1), bisect_right(lines, last)
    if start < end:
        covers[start] += 1
        covers[end] -= 1
    return start < end


def _covered(findings: list[Finding], covers: list[int]) -> Iterator[Finding]:
    depth = 0
    for finding, change in zip(findings, covers, strict=False):
        depth += change
        if depth:
            yield finding


def idle_defect(suppression: Suppression, idle: Collection[CheckId]) -> Defect:
    """Return the defect of a comment that names checks, or (none named) is there, for nothing."""
    checks, where = suppression.directive.checks, suppression.where + suppression.hint
    names = ", ".join(idle) or "any check"
    if checks and len(idle) < len(checks):
        message = f"this comment need not name {names}: no finding of {'it' if len(idle) == 1 else 'them'} {where}"
        return Defect(CheckId.UNUSED_SUPPRESSION, message, checks[next(iter(idle))])
    message, span = f"this comment suppresses nothing: no finding of {names} {where}", suppression.directive.span
    return Defect(CheckId.UNUSED_SUPPRESSION, message, span)


@check(Defect, Severity.WARNING)
def unused_suppression(defect: Defect, _: DocSet) -> Iterator[Finding]:
    """A comment suppresses a check that finds nothing there, or is no comment that docextract knows.

    It outlived its reason, or has a slip in it; left standing it would hide the next real defect.

    Bad:  `<!-- docextract-disable-next-block wrong-typ -->` above a code block
    Good: `<!-- docextract-disable-next-block wrong-type -- the service really does that -->`

    How to fix: Remove the comment, or correct its word, the name of its check or its place.

    Silence: `ignore = ["unused-suppression"]`; no comment suppresses it.
    """
    if defect.check is CheckId.UNUSED_SUPPRESSION:
        yield unused_suppression.finding(defect.message, defect.span)
