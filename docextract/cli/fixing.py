"""What `check` does with the options that fix pages: it writes them, or shows how they would change."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docextract.cli.arguments import check_ids
from docextract.cli.exit import CLEAN, FOUND, Unusable, notice
from docextract.cli.outputs import formats
from docextract.cli.patch import patch
from docextract.cli.terminal import shows_color
from docextract.cli.writing import Written, sweep_beside, write_page
from docextract.findings import Safety
from docextract.project.catalogue import Catalogue
from docextract.project.docset import DocSet, Selection
from docextract.project.pages import from_here
from docextract.renderers.style import BOLD, CYAN, GREEN, RED, Style
from docextract.renderers.visible import visible
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docextract.cli.options import Options
    from docextract.editing.mending import Mended, Mending
    from docextract.verdict.report import Report
    from docextract.verdict.workers import Choice


#: The colours of the lines of a diff, by their first character.
_COLORS = {"-": (RED,), "+": (GREEN,), "@": (CYAN,)}


@dataclass(frozen=True, slots=True)
class Fixing:
    """What is to be fixed: the findings of some checks, or of all that `choice` leaves on, also by unsafe fixes."""

    choice: Choice
    checks: tuple[str, ...] = ()
    unsafe: bool = False
    diff: bool = False
    quiet: bool = False
    color: str = "auto"

    def write(self, selections: Sequence[Selection], report: Report, jobs: int) -> Written:
        """Write the selected pages as the fixes of their findings change them, a page from stdin to stdout.

        What was fixed, and what was not, is told on stderr.
        """
        sweep_beside(selections)
        mendings = [self._mend(selection, report, jobs) for selection in selections]
        written, failed = [], 0
        for selection, mending in zip(selections, mendings, strict=True):
            for page in mending.pages:
                file = selection.docset.pages.files.get(page.path)
                reason = (
                    write_page(Path(file), page.before, page.after)
                    if file and page.path not in selection.docset.pages.texts
                    else None
                )
                if reason is None:
                    written.append(page)
                else:
                    failed += 1
                    notice(f"not fixed: {visible(from_here(page.path))} {reason}")
        self._tell("fixed", written, mendings, failed=bool(failed))
        return Written(list(map(_renewed, selections, mendings)), not failed)

    def show(self, selections: Sequence[Selection], report: Report, jobs: int) -> int:
        """Print how the selected pages would be changed, as a unified diff; return the exit code."""
        mendings = [self._mend(selection, report, jobs) for selection in selections]
        pages = sorted(page for mending in mendings for page in mending.pages)
        screen = sys.stdout.isatty()
        style = Style(screen and shows_color(self.color))
        for page in pages:
            for line in patch(from_here(page.path), page.before, page.after):
                # A program gets every byte, a screen nothing that controls it.
                text = _painted(visible(line.rstrip("\r\n")), style) + "\n" if screen else line
                click.echo(text.encode("utf-8", "surrogateescape"), nl=False)
        self._tell("would fix", pages, mendings)
        return FOUND if pages else CLEAN

    def _mend(self, selection: Selection, report: Report, jobs: int) -> Mending:
        # It imports all readers and checks.
        from docextract.editing.mending import Wanted, mend

        return mend(selection, Wanted(frozenset(self.checks), self.unsafe), self.choice, report.findings, jobs)

    def _tell(self, verb: str, pages: Sequence[Mended], mendings: Iterable[Mending], *, failed: bool = False) -> None:
        """Tell what was fixed, and which fixes and pages were left out."""
        fixed = sum(page.fixed for page in pages)
        done = f"{verb} {plural(fixed, 'finding')} on {plural(len(pages), 'page')}"
        if not self.quiet and (pages or not failed):
            notice(done if pages else "nothing to fix")
        for mending in mendings:
            for path in mending.undecoded:
                notice(f"not fixed: {visible(from_here(path))} is not UTF-8; save it as UTF-8")
            if mending.refused:
                notice(f"left out {plural(mending.refused, 'fix', 'fixes')} with which a page would check worse")


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
    return Fixing(choice, checks, unsafe, diff, options["quiet"], options["color"]) if wanted else None


def _painted(line: str, style: Style) -> str:
    """Return a line of a diff in the colours that git gives it."""
    if line.startswith(("--- ", "+++ ")):
        return style(line, BOLD)
    return style(line, *_COLORS.get(line[:1], ()))


def _refuse_unfixable(name: str, choice: Choice, *, unsafe: bool) -> None:
    from docextract.checks import BY_ID

    if BY_ID[name].fixes is None:
        having = ", ".join(check.id for check in BY_ID.values() if check.fixes)
        raise Unusable(f"--fix-only: {name} has no fixes; those that have are {having}")
    if BY_ID[name].fixes is Safety.UNSAFE and not unsafe:
        raise Unusable(f"--fix-only: the fixes of {name} are unsafe; add --unsafe-fixes")
    if name in choice.ignore or (choice.select and name not in choice.select):
        raise Unusable(f"--fix-only: {name} does not run; --select and --ignore must leave it on")


def _renewed(selection: Selection, mending: Mending) -> Selection:
    """Return a doc set to be read anew; a page from stdin is printed, with its fixes or as it was."""
    pages = selection.docset.pages
    after = {page.path: page.after for page in mending.pages}
    texts = {path: after.get(path, text) for path, text in pages.texts.items()}
    for path, text in texts.items():
        if path in selection.paths:
            click.echo(text.encode("utf-8", "surrogatepass"), nl=False)
    return Selection(DocSet(Catalogue(replace(pages, texts=texts))), selection.paths)
