"""`docextract check`: findings on stdout or in files, and an exit code that tells whether there are any."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

import click

from docextract.cli.arguments import check_ids, outputs, selections
from docextract.cli.exit import CLEAN, FOUND, Unusable, notice
from docextract.cli.progress import progress
from docextract.findings import Severity
from docextract.renderers import RENDERERS
from docextract.renderers.look import Look
from docextract.verdict.cache import Cache, home
from docextract.verdict.run import Choice, lint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.project.docset import Selection
    from docextract.verdict.report import Report


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--output",
    "targets",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"Write findings as FORMAT to FILE, or to stdout; repeatable. Formats: {', '.join(RENDERERS)}.",
)
@click.option("--output-format", type=click.Choice(list(RENDERERS)), help="The same as --output FORMAT.")
@click.option("--select", multiple=True, metavar="CHECK", help="Run only these checks; repeatable, or with commas.")
@click.option("--ignore", multiple=True, metavar="CHECK", help="Do not run these checks.")
@click.option(
    "--fail-on",
    type=click.Choice([*map(str, reversed(Severity)), "never"]),
    default="error",
    show_default=True,
    help="Exit with code 1 if there is a finding of this severity or a higher one.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Share the pages of a large doc set among N processes; by default one per processor, up to 4.",
)
@click.option("--no-cache", is_flag=True, help="Neither use nor save the results of earlier runs.")
@click.option("--stdin-filename", metavar="PATH", help="The name of the page that '-' reads from stdin.")
def check(
    paths: tuple[str, ...],
    targets: tuple[str, ...],
    output_format: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    jobs: int | None,
    no_cache: bool,
    stdin_filename: str | None,
) -> int:
    """Check pages. PATHS are folders or files; the default is the configured `docs`, else `.`."""
    wanted = outputs((*targets, *([output_format] if output_format else [])))
    choice = Choice(check_ids(select), check_ids(ignore))
    if both := sorted({*choice.select} & {*choice.ignore}):
        raise Unusable(f"--select and --ignore both name {', '.join(both)}; keep one of them")
    selected = selections(paths, stdin_filename)
    if not selected:
        notice("nothing to check: all arguments are excluded or not pages")
    for selection in selected:
        _tell_extent(selection)
    report = _report(selected, choice, jobs or _processors(), cached=not no_cache and "-" not in paths)
    for text in report.notices:
        notice(text)
    for name, file in wanted:
        _write(report, name, file, selected)
    return _exit_code(report, fail_on)


def _tell_extent(selection: Selection) -> None:
    """Print a notice if only part of a doc set is checked: its types and links come from all of it."""
    pages, named = selection.docset.pages, len(selection.paths)
    if named < len(pages.paths):
        notice(
            f"checking {named:,} of the {len(pages.paths):,} pages of the doc set {pages.base!r}, reading the others"
        )


def _processors() -> int:
    """Return the number of processes to use: one per usable processor, but no more than pay off.

    Each process reads the types that its pages show, so there is little to gain from a fifth.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 4)


def _report(selected: Sequence[Selection], choice: Choice, jobs: int, *, cached: bool) -> Report:
    """Return the report, from the cache if it has this run, else by checking the pages without a verdict."""
    cache = Cache(home()) if cached and selected else None
    report = cache.run(selected, choice) if cache else None
    if report is None:
        with progress(sum(len(selection.docset.paths) for selection in selected)) as advance:
            report = lint(selected, choice, jobs=jobs, progress=advance, cache=cache)
        if cache:
            cache.keep_run(selected, choice, report)
    if cache:
        cache.save()
    return report


def _write(report: Report, name: str, file: str | None, selected: Sequence[Selection]) -> None:
    """Write a report in a format to a file, or to stdout. Raises Unusable if it cannot be written."""

    @lru_cache(maxsize=256)
    def lines(path: str) -> Sequence[str]:
        docset = next((s.docset for s in selected if path in s.docset.pages), None)
        return docset.pages.lines(path) if docset else ()

    color = file is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    pieces = RENDERERS[name](report, Look(lines, color=color))
    try:
        if file is None:
            for piece in pieces:
                click.echo(piece.encode("utf-8", "backslashreplace"), nl=False)
            return
        with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as target:
            target.writelines(pieces)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unusable(f"cannot write {file or 'to stdout'}: {error.strerror}") from error


def _exit_code(report: Report, fail_on: str) -> int:
    if fail_on == "never":
        return CLEAN
    lowest = Severity[fail_on.upper()]
    return FOUND if any(finding.severity >= lowest for finding in report.findings) else CLEAN
