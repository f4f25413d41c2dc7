"""The options of `check` about what has changed since a revision."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from docextract.cli.exit import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from docextract.cli.options import Options
    from docextract.project.changes import Changes
    from docextract.project.docset import Selection
    from docextract.verdict.report import Report

    Notify = Callable[[str], None]


#: Where pre-commit says from which commit on it looks, if at commits: with --from-ref, and before a push.
_HOOK = "PRE_COMMIT_FROM_REF"


class ChangesUse(NamedTuple):
    """The revision since which pages must have changed to be checked, and whether only their changed lines count."""

    revision: str | None = None
    lines: bool = False

    def changes(self, selected: list[Selection], notify: Notify) -> tuple[list[Selection], Changes | None]:
        """Return the selected pages that count, and what has changed; None if that does not matter.

        `notify` is called with a sentence about each thing that may surprise. Raises Unusable.
        """
        if not selected or not (self.revision or self.lines):
            return selected, None
        from docextract.project.changes import Changes, ChangesError

        revision = self.revision or os.environ.get(_HOOK) or "HEAD"
        try:
            changes = Changes.since(revision, selected)
        except ChangesError as error:
            raise Unusable(str(error)) from error
        number = sum(len(selection.paths) for selection in changes.selections)
        changed = "1 page has" if number == 1 else f"{number:,} pages have"
        notify(f"{changed if number else 'nothing to check: no page has'} changed since {revision}")
        return list(changes.selections), changes

    def narrowed(self, report: Report, changes: Changes | None) -> Report:
        """Return a report with the findings that touch changed lines, if only they count."""
        if changes is None or not self.lines:
            return report
        return report.reduced({index for index, one in enumerate(report.findings) if changes.touches(one)})


def read_changes(options: Options) -> ChangesUse:
    """Return what the options say of changes. Raises Unusable for options that do not go together."""
    use = ChangesUse(options["changed_since"], options["changed_lines"])
    if options["watch"] and use != ChangesUse():
        raise Unusable("--watch looks at all pages; leave out --changed-since and --changed-lines")
    return use
