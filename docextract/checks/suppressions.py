"""The check of suppressions; the linter finds them out itself, for only it knows what was suppressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.checks.base import Note, check
from docextract.findings import Severity
from docextract.suppression import Suppression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.docset import DocSet


@check(Suppression, Severity.WARNING)
def unused_suppression(suppression: Suppression, docset: DocSet) -> Iterator[Note]:
    """A comment suppresses a check that finds nothing there.

    It outlived its reason, or names no check; left standing it would hide the next real defect.

    Bad:  `<!-- docextract-disable-next-block wrong-type -->` above a clean block
    Good: no comment

    Silence: remove the comment.
    """
    names = " ".join(suppression.checks) or "anything"
    yield Note(f"this comment suppresses nothing: no finding of {names} here", suppression.span)
