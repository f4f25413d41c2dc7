"""What `check` does with the options that fix pages: it writes them, or shows how they would change."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from docextract.cli.arguments import check_ids
from docextract.cli.exit import CLEAN, FOUND, Unusable, notice
from docextract.cli.outputs import formats
from docextract.cli.patch import patch
from docextract.findings import Safety
from docextract.folder import write_file
from docextract.project.catalogue import Catalogue
from docextract.project.docset import DocSet, Selection
from docextract.project.pages import from_here
from docextract.renderers.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docextract.cli.options import Options
    from docextract.verdict.mending import Mended, Mending
    from docextract.verdict.report import Report
    from docextract.verdict.run import Choice


class Fixed(NamedTuple):
    """The doc sets with their pages as they are now, and whether each page could be written that was to be."""

    selections: list[Selection]
    whole: bool


@dataclass(frozen=True, slots=True)
class Fixing:
    """What is to be fixed: the findings of some checks, or of all that `choice` leaves on, also by unsafe fixes."""

    choice: Choice
    checks: tuple[str, ...] = ()
    unsafe: bool = False
    diff: bool = False
    quiet: bool = False

    def write(self, selections: Sequence[Selection], report: Report, jobs: int) -> Fixed:
        """Write the selected pages as the fixes of their findings change them, a page from stdin to stdout.

        What was fixed, and what was not, is told on stderr.
        """
        mendings = [self._mend(selection, report, jobs) for selection in selections]
        written, failed = [], 0
        for selection, mending in zip(selections, mendings, strict=True):
            for page in mending.pages:
                file = selection.docset.pages.files.get(page.path)
                reason = (
                    write_page(file, page.before, page.after)
                    if file and page.path not in selection.docset.pages.texts
                    else None
                )
                if reason is None:
                    written.append(page)
                else:
                    failed += 1
                    notice(f"not fixed: {visible(from_here(page.path))} {reason}")
        self._tell("fixed", written, mendings)
        return Fixed(list(map(_renewed, selections, mendings)), not failed)

    def show(self, selections: Sequence[Selection], report: Report, jobs: int) -> int:
        """Print how the selected pages would be changed, as a unified diff; return the exit code."""
        mendings = [self._mend(selection, report, jobs) for selection in selections]
        pages = sorted(page for mending in mendings for page in mending.pages)
        screen = sys.stdout.isatty()
        for page in pages:
            for line in patch(from_here(page.path), page.before, page.after):
                # A program gets every byte, a screen nothing that controls it.
                text = visible(line.rstrip("\r\n")) + "\n" if screen else line
                click.echo(text.encode("utf-8", "surrogateescape"), nl=False)
        self._tell("would fix", pages, mendings)
        return FOUND if pages else CLEAN

    def _mend(self, selection: Selection, report: Report, jobs: int) -> Mending:
        # It imports all readers and checks.
        from docextract.verdict.mending import Wanted, mend

        return mend(selection, Wanted(frozenset(self.checks), self.unsafe), self.choice, report.findings, jobs)

    def _tell(self, verb: str, pages: Sequence[Mended], mendings: Iterable[Mending]) -> None:
        """Tell what was fixed, and which fixes and pages were left out."""
        fixed = sum(page.fixed for page in pages)
        done = f"{verb} {_number(fixed, 'finding')} on {_number(len(pages), 'page')}"
        if not self.quiet:
            notice(done if pages else "nothing to fix")
        for mending in mendings:
            for path in mending.undecoded:
                notice(f"not fixed: {visible(from_here(path))} is not UTF-8; save it as UTF-8")
            if mending.refused:
                notice(f"left out {_number(mending.refused, 'fix', 'fixes')} with which a page would check worse")


def read_fixing(options: Options, choice: Choice) -> Fixing | None:
    """Return what the options ask to be fixed; None if nothing.

    Raises Unusable for options that contradict each other, and for checks without fixes.
    """
    checks, unsafe, diff = check_ids(options["fix_only"]), options["unsafe_fixes"], options["diff"]
    wanted = bool(options["fix"] or diff or checks)
    if unsafe and not wanted:
        raise Unusable("--unsafe-fixes needs --fix or --diff")
    if diff and formats(options):
        raise Unusable("--diff prints changes in place of findings; leave out --output, or run without --diff")
    if wanted and options["watch"]:
        raise Unusable("--watch only looks at pages; run --fix beside it")
    for name in checks:
        _refuse_unfixable(name, choice, unsafe=unsafe)
    return Fixing(choice, checks, unsafe, diff, options["quiet"]) if wanted else None


def _refuse_unfixable(name: str, choice: Choice, *, unsafe: bool) -> None:
    from docextract.checks import BY_ID

    if BY_ID[name].fixes is None:
        having = ", ".join(check.id for check in BY_ID.values() if check.fixes)
        raise Unusable(f"--fix-only: {name} has no fixes; those that have are {having}")
    if BY_ID[name].fixes is Safety.UNSAFE and not unsafe:
        raise Unusable(f"--fix-only: the fixes of {name} are unsafe; add --unsafe-fixes")
    if name in choice.ignore or (choice.select and name not in choice.select):
        raise Unusable(f"--fix-only: {name} does not run; --select and --ignore must leave it on")


def write_page(path: Path, before: str, after: str) -> str | None:
    """Write a page whose text was `before`; return why it could not be written.

    A link stays, and what it leads to is written.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.read_bytes() != before.encode("utf-8"):
            return "changed while it was checked; run again"
        if not _is_writable(target):
            return "is read-only"
        if not _is_writable(target.parent):
            return "stands in a read-only folder"
        write_file(target, after.encode("utf-8"))
    except OSError as error:
        return f"cannot be written: {error.strerror or error}"
    return None


def _is_writable(path: Path) -> bool:
    """Whether a file or folder may be written; that the superuser may write all does not count."""
    return os.access(path, os.W_OK) and bool(stat.S_IMODE(path.stat().st_mode) & 0o222)


def _renewed(selection: Selection, mending: Mending) -> Selection:
    """Return a doc set to be read anew; a page from stdin is printed, with its fixes or as it was."""
    pages = selection.docset.pages
    after = {page.path: page.after for page in mending.pages}
    texts = {path: after.get(path, text) for path, text in pages.texts.items()}
    for path, text in texts.items():
        if path in selection.paths:
            click.echo(text.encode("utf-8", "surrogatepass"), nl=False)
    return Selection(DocSet(Catalogue(replace(pages, texts=texts))), selection.paths)


def _number(count: int, noun: str, plural: str = "") -> str:
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
