"""What `check --add-suppressions` does: it writes comments that suppress what was found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.cli.exit import Unusable, notice
from docextract.cli.writing import Written, sweep_beside, write_page
from docextract.project.catalogue import Catalogue
from docextract.project.docset import DocSet, Selection
from docextract.project.pages import from_here
from docextract.renderers.visible import visible
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.cli.options import Options
    from docextract.editing.suppressing import Commented
    from docextract.findings import Finding, Severity
    from docextract.verdict.report import Report
    from docextract.verdict.workers import Choice

#: So many findings that are left are told one by one.
_NAMED = 10
#: What would end a comment, or a line.
_NO_REASON = re.compile(r"[\x00-\x1f\x7f]|--!?>|-$")


@dataclass(frozen=True, slots=True)
class Commenting:
    """What comments are to be written: for findings of the checks that `choice` leaves on.

    `reason` is what they say, or "". `quiet` says that only what fails is told.
    """

    choice: Choice
    reason: str = ""
    quiet: bool = False

    def write(self, selections: Sequence[Selection], report: Report, least: Severity, jobs: int) -> Written:
        """Write comments for findings from a severity up; what was done is told on stderr."""
        # It imports all readers and checks.
        from docextract.editing.suppressing import add_comments

        sweep_beside(selections)
        found = [finding for finding in report.findings if finding.severity >= least]
        written: list[Commented] = []
        left: list[tuple[Finding, str]] = []
        failed = 0
        for selection in selections:
            pages = selection.docset.pages
            own = [finding for finding in found if finding.span.path in pages]
            result = add_comments(selection, self.choice, own, self.reason, jobs)
            left.extend(result.left)
            for page in result.pages:
                problem = write_page(Path(pages.files[page.path]), page.before, page.after)
                if problem is None:
                    written.append(page)
                else:
                    failed += 1
                    notice(f"not changed: {visible(from_here(page.path))} {problem}")
        if not self.quiet:
            _tell(written, left)
        return Written([_renewed(selection) for selection in selections], not failed)


def read_commenting(options: Options, paths: Sequence[str], choice: Choice) -> Commenting | None:
    """Return what comments the options ask for; None if none. Raises Unusable for options that cannot be followed."""
    reason = options["reason"]
    if not options["add_suppressions"]:
        if reason is not None:
            raise Unusable("--reason needs --add-suppressions")
        return None
    if options["diff"]:
        raise Unusable("--diff shows what --fix would change and writes nothing; leave out --add-suppressions")
    if options["watch"]:
        raise Unusable("--watch only looks at pages; run --add-suppressions beside it")
    if "-" in paths:
        raise Unusable("--add-suppressions writes to files; it cannot change a page from stdin")
    if reason is not None and (not reason.strip() or _NO_REASON.search(reason)):
        raise Unusable("--reason must be one line that can stand in a comment, without '-->'")
    return Commenting(choice, (reason or "").strip(), options["quiet"])


def _tell(written: Sequence[Commented], left: Sequence[tuple[Finding, str]]) -> None:
    """Tell what is suppressed, and what is not and why."""
    for finding, why in left[:_NAMED]:
        notice(f"not suppressed: {visible(from_here(finding.span.path))}:{finding.span.line} {finding.check}: {why}")
    if len(left) > _NAMED:
        notice(f"not suppressed: {len(left) - _NAMED:,} more")
    count = sum(len(page.findings) for page in written)
    done = f"suppressed {plural(count, 'finding')} on {plural(len(written), 'page')} by comments"
    notice(done if written else "nothing to suppress")


def _renewed(selection: Selection) -> Selection:
    """Return a doc set to be read anew."""
    return Selection(DocSet(Catalogue(selection.docset.pages)), selection.paths)
