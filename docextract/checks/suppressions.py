"""Comments that suppress findings, and the check of those that suppress none: only the linter knows which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.checks.base import check
from docextract.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.markdown.page import Comment, Page
    from docextract.project.docset import DocSet
    from docextract.text.source import Span

_DIRECTIVE = re.compile(
    r"\s*docextract-(?P<verb>disable-next-block|disable-file|disable|enable)\b(?P<checks>[^\n]*)\s*$"
)
_LAST = 1 << 60


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment's effect: the checks that it names (none: all) and the lines, both included."""

    checks: tuple[str, ...]
    first: int
    last: int
    span: Span

    def covers(self, finding: Finding) -> bool:
        """Say whether it suppresses a finding of its page."""
        return self.first <= finding.span.line <= self.last and (not self.checks or finding.check in self.checks)


def read_suppressions(page: Page) -> tuple[Suppression, ...]:
    """Read the suppressions of a page, in order."""
    return tuple(_read(page))


def _read(page: Page) -> Iterator[Suppression]:
    directives = [(match, comment) for comment in page.comments if (match := _DIRECTIVE.match(comment.text.text))]
    for i, (match, comment) in enumerate(directives):
        checks = tuple(re.split(r"[\s,]+", match["checks"].strip())) if match["checks"].strip() else ()
        line = comment.span.line
        if match["verb"] == "disable-file":
            yield Suppression(checks, 1, _LAST, comment.span)
        elif match["verb"] == "disable-next-block":
            block = next((block for block in page.blocks if block.fence.line > line), None)
            yield Suppression(checks, line, block.end_line if block else line, comment.span)
        elif match["verb"] == "disable":
            later = directives[i + 1 :]
            for name in checks or ("",):
                yield Suppression((name,) if name else (), line, _enabled(name, later), comment.span)


def _enabled(name: str, later: list[tuple[re.Match[str], Comment]]) -> int:
    for match, comment in later:
        if match["verb"] == "enable" and (not match["checks"].strip() or name in re.split(r"[\s,]+", match["checks"])):
            return comment.span.line
    return _LAST


@check(Suppression, Severity.WARNING)
def unused_suppression(suppression: Suppression, docset: DocSet) -> Iterator[Finding]:
    """A comment suppresses a check that finds nothing there.

    It outlived its reason, or names no check; left standing it would hide the next real defect.

    Bad:  `<!-- docextract-disable-next-block wrong-type -->` above a clean block
    Good: no comment

    Silence: remove the comment.
    """
    names = " ".join(suppression.checks) or "anything"
    text = f"this comment suppresses nothing: no finding of {names} here"
    yield unused_suppression.finding(text, suppression.span)
