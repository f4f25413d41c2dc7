"""`docextract check`: findings on stdout or in files, and an exit code that tells whether there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from docextract.cli.arguments import check_ids, configuration
from docextract.cli.exit import CLEAN, FOUND, UNUSABLE, Unusable, notice
from docextract.cli.fixing import read_fixing
from docextract.cli.outputs import Outputs, targets
from docextract.cli.run import Run
from docextract.cli.suppressing import read_commenting
from docextract.findings import Severity
from docextract.renderers import RENDERERS
from docextract.verdict.run import Choice

if TYPE_CHECKING:
    from docextract.verdict.report import Report

_LEVELS = [*map(str, reversed(Severity))]


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "-o",
    "--output",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"Write findings as FORMAT to FILE, or to stdout; repeatable. Formats: {', '.join(RENDERERS)}.",
)
@click.option("--output-format", type=click.Choice(list(RENDERERS)), help="The same as --output FORMAT.")
@click.option("--statistics", is_flag=True, help="Count the findings of each check instead of showing them.")
@click.option(
    "--min-severity",
    type=click.Choice(_LEVELS),
    help="What text, concise and grouped show; less severe findings are counted.  [default: warning]",
)
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors only: no figures, advice or notices.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Paint the output; by default as NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and the terminal say.",
)
@click.option("--select", multiple=True, metavar="CHECK", help="Run only these checks; repeatable, or with commas.")
@click.option("--ignore", multiple=True, metavar="CHECK", help="Do not run these checks.")
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Leave out pages that match a pattern as in .gitignore, besides those that the configuration excludes.",
)
@click.option(
    "--config",
    metavar="FILE",
    help="Use this configuration, as if it stood in the working directory, and no other.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*_LEVELS, "never"]),
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
@click.option("--fix", is_flag=True, help="Write what safe fixes make of the pages, and report what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also edit bodies to what the tables say.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and write nothing; exit with code 1 if any.")
@click.option("--fix-only", multiple=True, metavar="CHECK", help="Fix only the findings of these checks.")
@click.option(
    "--add-suppressions",
    is_flag=True,
    help="Write comments on the pages that suppress what is found (and shown), and report what is left.",
)
@click.option("--reason", metavar="TEXT", help="With --add-suppressions: the reason that the comments give.")
@click.option("--no-cache", is_flag=True, help="Neither use nor save the results of earlier runs.")
@click.option("--watch", is_flag=True, help="Check again whenever a page is saved, until Ctrl-C.")
@click.option("--stdin-filename", metavar="PATH", help="The name of the page that '-' reads from stdin.")
def check(
    paths: tuple[str, ...],
    output: tuple[str, ...],
    output_format: str | None,
    statistics: bool,
    min_severity: str | None,
    quiet: bool,
    color: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    exclude: tuple[str, ...],
    config: str | None,
    fail_on: str,
    jobs: int | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    fix_only: tuple[str, ...],
    add_suppressions: bool,
    reason: str | None,
    no_cache: bool,
    watch: bool,
    stdin_filename: str | None,
) -> int:
    """Check pages. PATHS are folders or files; the default is the configured `docs`, else `.`."""
    formats = [*output, *([output_format] if output_format else []), *(["statistics"] if statistics else [])]
    configured, choice = configuration(config, exclude), _choice(select, ignore)
    failing = None if fail_on == "never" else Severity[fail_on.upper()]
    least = _least(min_severity, failing)
    fixing = read_fixing(choice, fix_only, fix=fix, unsafe=unsafe_fixes, diff=diff, reported=bool(formats), quiet=quiet)
    comments = read_commenting(choice, paths, reason, least, wanted=add_suppressions, diff=diff, quiet=quiet)
    # The page from stdin goes to stdout.
    outputs = Outputs(targets(formats), least, failing, color, quiet, aside=fixing is not None and "-" in paths)
    run = Run(paths, stdin_filename, configured, choice, jobs, cached=not no_cache, exact=fixing is not None)
    if watch:
        from docextract.cli.watching import watch as watch_pages

        return watch_pages(run, outputs)
    notify = (lambda _: None) if quiet else notice
    selected, whole = run.selected(notify), True
    for change in (fixing, comments):
        if change:
            with run.reported(selected) as report:
                if fixing and fixing.diff:
                    return fixing.show(selected, report, run.processes)
                selected, written = change.write(selected, report, run.processes)
            whole = whole and written
    with run.reported(selected) as report:
        for text in report.notices:
            notify(text)
        outputs.write(report, selected)
    return _exit_code(report, failing) if whole else UNUSABLE


def _least(min_severity: str | None, failing: Severity | None) -> Severity:
    """Return the least severity that people are shown: none is hidden that makes the run fail."""
    if min_severity:
        return Severity[min_severity.upper()]
    return min(Severity.WARNING, failing or Severity.WARNING)


def _choice(select: tuple[str, ...], ignore: tuple[str, ...]) -> Choice:
    choice = Choice(check_ids(select), check_ids(ignore))
    if both := sorted({*choice.select} & {*choice.ignore}):
        raise Unusable(f"--select and --ignore both name {', '.join(both)}; keep one of them")
    return choice


def _exit_code(report: Report, failing: Severity | None) -> int:
    if failing is None:
        return CLEAN
    return FOUND if any(finding.severity >= failing for finding in report.findings) else CLEAN
