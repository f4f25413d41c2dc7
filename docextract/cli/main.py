"""The command line: arguments in, findings to stdout, notices to stderr, an exit code out (DESIGN 7)."""

from __future__ import annotations

import os
import sys
import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import click

from docextract import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docextract.project.docset import Selection
    from docextract.verdict.report import Report
    from docextract.verdict.run import Choice

CLEAN, FOUND, UNUSABLE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 130
_FORMATS = ("text", "concise", "json")
_ISSUES = "please report it, with the page if you can"


class Unusable(click.ClickException):
    """The command cannot run: usage, configuration, missing path; exit code 2."""

    exit_code = UNUSABLE


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="docextract", message="%(prog)s %(version)s")
def docextract() -> None:
    """Check API reference pages in Markdown against their own properties tables, and extract their examples.

    Exit codes: 0 clean, 1 findings, 2 could not run, 3 internal error, 130 interrupted.
    """


@docextract.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"Write findings as FORMAT to FILE, or to stdout; repeatable. Formats: {', '.join(_FORMATS)}.",
)
@click.option("--output-format", type=click.Choice(_FORMATS), help="Short for --output FORMAT to stdout.")
@click.option("--select", multiple=True, metavar="CHECK", help="Run only these checks; repeatable, or with commas.")
@click.option("--ignore", multiple=True, metavar="CHECK", help="Do not run these checks.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="Exit with 1 if there is a finding at or above this severity.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Share the pages of a large doc set among N processes; by default the processors, up to 4.",
)
@click.option("--no-cache", is_flag=True, help="Neither use nor write the verdicts of earlier runs.")
@click.option("--stdin-filename", metavar="PATH", help="The name of the page that '-' reads from stdin.")
def check(
    paths: tuple[str, ...],
    outputs: tuple[str, ...],
    output_format: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    jobs: int | None,
    no_cache: bool,
    stdin_filename: str | None,
) -> int:
    """Check pages: PATHS are folders or files; without any, the configured `docs`, else `.`."""
    targets = _outputs(outputs, output_format)
    chosen, dropped = _check_ids(select), _check_ids(ignore)
    if both := sorted({*chosen} & {*dropped}):
        raise Unusable(f"--select and --ignore both name {', '.join(both)}; keep one of them")
    selections = _load(paths, stdin_filename)
    if not selections:
        click.echo("docextract: nothing to check: all arguments are excluded or no pages", err=True)
    from docextract.verdict.run import Choice

    choice = Choice(tuple(chosen), tuple(dropped))
    report = _report(selections, choice, jobs or _processors(), cached=not no_cache and "-" not in paths)
    for name, file in targets:
        _write(report, name, file, selections)
    return _exit_code(report, fail_on)


@docextract.command()
@click.argument("paths", nargs=-1)
@click.option("--output", "folder", required=True, metavar="DIR", help="The folder to write fixtures into.")
@click.option("--format", "name", type=click.Choice(["json"]), default="json", show_default=True)
def extract(paths: tuple[str, ...], folder: str, name: str) -> int:
    """Write every documented exchange as a fixture, with DIR/index.json as the list of them."""
    from pathlib import Path

    from docextract.folder import OutputError, write_folder
    from docextract.writers import WRITERS

    selections = _load(paths, None)
    try:
        written, unchanged, removed = write_folder(Path(folder), WRITERS[name](selections))
    except OutputError as error:
        raise Unusable(str(error)) from error
    click.echo(f"{written:,} files written, {unchanged:,} unchanged, {removed:,} removed in {folder}", err=True)
    return CLEAN


@docextract.command()
def clean() -> int:
    """Remove the verdicts of earlier runs: the folder .docextract_cache of this project."""
    from docextract.verdict.cache import clean, home

    found = clean(home())
    click.echo("removed .docextract_cache" if found else "there is no .docextract_cache here", err=True)
    return CLEAN


@docextract.command()
def checks() -> int:
    """List all checks with their severity."""
    from docextract.checks import CHECKS

    width = max(len(one.id) for one in CHECKS)
    for one in CHECKS:
        severity = str(one.severity) if one.on else "off"
        click.echo(f"{one.id:{width}}  {severity:7}  {one.summary}")
    return CLEAN


@docextract.command()
@click.argument("check")
def explain(check: str) -> int:
    """Show the manual page of a CHECK: what, why, bad, good, how to silence it."""
    from docextract.checks import BY_ID

    [name] = _check_ids((check,))
    one = BY_ID[name]
    off = "" if one.on else ", off by default"
    click.echo(f"{one.id} ({one.severity}{off})\n\n{one.manual}")
    return CLEAN


@docextract.command()
@click.argument("place", metavar="PAGE:LINE")
def why(place: str) -> int:
    """Say how the block at PAGE:LINE was read: its partner, its type, how that was known, what was skipped."""
    from docextract.cli.why import tell
    from docextract.project.load import restrict
    from docextract.project.pages import shown

    page, _, line = place.rpartition(":")
    if not page or not line.isdecimal():
        raise Unusable(f"expected PAGE:LINE, found {place!r}")
    from pathlib import Path

    selections = _load((page,), None)
    found = restrict(selections, shown(Path(os.path.abspath(page))))
    if found is None:
        raise Unusable(f"{page} is excluded or no page")
    for text in tell(found[0].docset, found[1], int(line)):
        click.echo(text)
    return CLEAN


def _processors() -> int:
    """Give the number of processors to use: what we may run on, and no more than gain by it.

    Each process reads the types that its pages show, so from the fourth on there is little to win.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, 4)


def _report(selections: Sequence[Selection], choice: Choice, jobs: int, *, cached: bool) -> Report:
    """Take the report of the same run from the cache, or check what it has no verdict on."""
    from docextract.verdict.cache import Cache, home

    cache = Cache(home()) if cached and selections else None
    report = cache.run(selections, choice) if cache else None
    if report is None:
        from docextract.verdict.run import lint

        with _progress(selections) as progress:
            report = lint(selections, choice, jobs=jobs, progress=progress, cache=cache)
        if cache:
            cache.keep_run(selections, choice, report)
    if cache:
        cache.save()
    return report


def _outputs(outputs: Sequence[str], output_format: str | None) -> list[tuple[str, str | None]]:
    targets: list[tuple[str, str | None]] = []
    for text in (*outputs, *([output_format] if output_format else [])):
        name, _, file = text.partition("=")
        if name not in _FORMATS:
            raise Unusable(f"unknown output format {name!r}, expected one of {', '.join(_FORMATS)}")
        targets.append((name, file or None))
    if sum(file is None for _, file in targets) > 1:
        raise Unusable("two outputs go to stdout, give all but one a file: --output FORMAT=FILE")
    return targets or [("text", None)]


def _check_ids(texts: Sequence[str]) -> list[str]:
    names = [name.strip() for text in texts for name in text.split(",") if name.strip()]
    if not names:
        return []
    import difflib

    from docextract.checks import BY_ID

    for name in names:
        if name not in BY_ID:
            near = difflib.get_close_matches(name, BY_ID, 1)
            advice = f"; did you mean {near[0]}?" if near else "; 'docextract checks' lists them"
            raise Unusable(f"no such check: {name}{advice}")
    return names


def _load(paths: Sequence[str], stdin_filename: str | None) -> list[Selection]:
    from docextract.project.config import ConfigError
    from docextract.project.load import NoPagesError, load

    stdin = None
    if "-" in paths:
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
        stdin = (stdin_filename or "<stdin>", text)
    try:
        return load(paths, stdin, lambda text: click.echo(f"docextract: {text}", err=True))
    except (NoPagesError, ConfigError) as error:
        raise Unusable(str(error)) from error


def _write(report: Report, name: str, file: str | None, selections: Sequence[Selection]) -> None:
    from docextract.renderers import RENDERERS

    @lru_cache(maxsize=256)
    def lines(path: str) -> Sequence[str]:
        docset = next((s.docset for s in selections if path in s.docset.pages), None)
        return docset.pages.lines(path) if docset else ()

    color = file is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    pieces = RENDERERS[name](report, lines, color)
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
    from docextract.findings import Severity

    if fail_on == "never":
        return CLEAN
    lowest = Severity[fail_on.upper()]
    return FOUND if any(finding.severity >= lowest for finding in report.findings) else CLEAN


class _progress:  # noqa: N801 (a context manager, used as a function)
    """Shows a progress bar on a terminal for long runs; calls of the bar count pages."""

    _LONG = 200
    _PAUSE = 0.1

    def __init__(self, selections: Sequence[Selection]) -> None:
        self._total = sum(len(selection.docset.pages.paths) for selection in selections)
        self._bar: Any = None

    def __enter__(self) -> Callable[[int], None]:
        if self._total < self._LONG or not sys.stderr.isatty():
            return lambda _: None
        from rich.console import Console
        from rich.progress import Progress

        # A thread that refreshes it would keep workers from being copies of this process.
        bar = self._bar = Progress(console=Console(stderr=True), transient=True, auto_refresh=False)
        bar.start()
        task, drawn = bar.add_task("checking", total=self._total), 0.0

        def advance(done: int) -> None:
            nonlocal drawn
            bar.advance(task, done)
            if time.monotonic() - drawn > self._PAUSE:
                bar.refresh()
                drawn = time.monotonic()

        return advance

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


def main(arguments: Sequence[str]) -> int:
    """Run the command line and give the exit code; an internal error is told, never a traceback alone."""
    try:
        result = docextract.main(list(arguments), prog_name="docextract", standalone_mode=False)
        return result if isinstance(result, int) else CLEAN
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        click.echo(f"docextract: {error.format_message()}", err=True)
        return UNUSABLE
    except (KeyboardInterrupt, click.Abort):
        click.echo("docextract: interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`| head`); there is nobody left to tell.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return CLEAN
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo(f"docextract: internal error; {_ISSUES}", err=True)
        return INTERNAL
