"""`docextract check`: findings on stdout or in files, and an exit code that tells whether there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from docextract.cli.completion import files, formats, known_checks
from docextract.cli.exit import CLEAN, FOUND, INTERNAL, UNUSABLE, notice
from docextract.cli.sections import sectioned
from docextract.findings import Severity
from docextract.renderers import RENDERERS

if TYPE_CHECKING:
    from docextract.cli.options import Options

_LEVELS = [*map(str, reversed(Severity))]


_SECTIONS = {
    "What is checked": "select ignore exclude config changed_since changed_lines stdin_filename",
    "What is shown, and where": "output output_format statistics min_severity quiet color",
    "What fails": "fail_on baseline baseline_update baseline_prune",
    "What is changed": "fix unsafe_fixes fix_only diff add_suppressions reason",
    "How it runs": "watch jobs no_cache",
}


@click.command(cls=sectioned(_SECTIONS))
@click.argument("paths", nargs=-1, shell_complete=files)
@click.option(
    "-o",
    "--output",
    multiple=True,
    metavar="FORMAT[=FILE]",
    shell_complete=formats,
    help=f"Write findings as FORMAT to FILE, or to stdout; repeatable. Formats: {', '.join(RENDERERS)}.",
)
@click.option(
    "--output-format", type=click.Choice(list(RENDERERS)), metavar="FORMAT", help="The same as --output FORMAT."
)
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
@click.option(
    "--select",
    multiple=True,
    metavar="CHECK",
    shell_complete=known_checks,
    help="Run only these checks; repeatable, or with commas.",
)
@click.option("--ignore", multiple=True, metavar="CHECK", shell_complete=known_checks, help="Do not run these checks.")
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Leave out pages that match a pattern as in .gitignore, besides those that the configuration excludes.",
)
@click.option(
    "--config",
    metavar="FILE",
    shell_complete=files,
    help="Use this configuration, as if it stood in the working directory, and no other.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*_LEVELS, "never"]),
    help="Exit with code 1 if there is a finding of this severity or a higher one.  [default: error]",
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
@click.option(
    "--fix-only",
    multiple=True,
    metavar="CHECK",
    shell_complete=known_checks,
    help="Fix only the findings of these checks.",
)
@click.option(
    "--add-suppressions",
    is_flag=True,
    help="Write comments on the pages that suppress what is found (and shown), and report what is left.",
)
@click.option("--reason", metavar="TEXT", help="With --add-suppressions: the reason that the comments give.")
@click.option("--no-cache", is_flag=True, help="Neither use nor save the results of earlier runs.")
@click.option(
    "--baseline",
    metavar="FILE",
    shell_complete=files,
    help="Set aside the findings that FILE lists: only new ones are failures.",
)
@click.option("--baseline-update", is_flag=True, help="Write all present findings to the baseline.")
@click.option("--baseline-prune", is_flag=True, help="Remove from the baseline what no longer occurs; add nothing.")
@click.option(
    "--changed-since",
    metavar="REV",
    help="Check only pages that have changed since REV (git), and the examples that their tables break.",
)
@click.option(
    "--changed-lines", is_flag=True, help="Report only what touches lines changed since REV, by default since HEAD."
)
@click.option("--watch", is_flag=True, help="Check again whenever a page is saved, until Ctrl-C.")
@click.option(
    "--stdin-filename", metavar="PATH", shell_complete=files, help="The name of the page that '-' reads from stdin."
)
def check(paths: tuple[str, ...], **options: Unpack[Options]) -> int:
    """Check pages. PATHS are folders or files; the default is the configured `docs`, else `.`."""
    # Neither the help nor the completion of options needs these.
    from docextract.cli.baseline import read_baseline
    from docextract.cli.changes import read_changes
    from docextract.cli.fixing import read_fixing
    from docextract.cli.outputs import read_outputs
    from docextract.cli.run import read_run
    from docextract.cli.suppressing import read_commenting

    run = read_run(paths, options)
    outputs = read_outputs(paths, options, run.config)
    fixing, commenting = read_fixing(options, run.choice), read_commenting(options, paths, run.choice)
    known, recent = read_baseline(options, paths), read_changes(options)
    if options["watch"]:
        from docextract.cli.watching import watch

        return watch(run, outputs, known.only_read())
    notify = (lambda _: None) if outputs.quiet else notice
    selected, changed = recent.changes(run.selected(notify), notify)
    known.require(selected)
    whole = True
    if fixing:
        with run.reported(selected) as report:
            if fixing.diff:
                return fixing.show(selected, report, run.processes)
            selected, whole = fixing.write(selected, report, run.processes)
    if commenting:
        with run.reported(selected) as report:
            new = known.only_read().apply(report, selected, run.choice)
            selected, written = commenting.write(selected, new, outputs.thresholds.least(selected), run.processes)
            whole = whole and written
    with run.reported(selected) as report:
        report = recent.narrowed(known.apply(report, selected, run.choice, notify), changed)
        for text in report.notices:
            notify(text)
        outputs.write(report, selected)
    if report.failed:
        return INTERNAL
    if not whole:
        return UNUSABLE
    return FOUND if any(map(outputs.thresholds.failing(selected), report.findings)) else CLEAN
