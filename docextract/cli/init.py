"""`docextract init`: look at a folder, write a configuration that fits it, and tell what to do next."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docextract import __version__
from docextract.cli.arguments import selections
from docextract.cli.completion import folders
from docextract.cli.exit import CLEAN, Unusable, say
from docextract.cli.progress import progress
from docextract.disk import write_file
from docextract.project.config import ConfigError
from docextract.project.config_file import FILES, find
from docextract.project.pages import shown
from docextract.project.survey import survey
from docextract.renderers.visible import visible
from docextract.text.plural import plural
from docextract.verdict.cache import home, open_cache
from docextract.verdict.run import lint
from docextract.verdict.workers import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.project.survey import Survey
    from docextract.verdict.report import Report, Summary

_HINTS = """
# exclude = ["drafts/"]        # gitignore-style patterns of files that are not pages
# ignore = ["link-case"]       # checks that do not run; 'docextract checks' lists all

# fail-on = "warning"          # the least severity that makes the exit code 1
# output = ["text", "sarif=docextract.sarif"]

# [severity]
# missing-response = "error"   # error, warning, info, off
"""
_BASELINE = "docextract-baseline.json"
_HOOK = f"""
for pre-commit, in .pre-commit-config.yaml:
  repos:
    - repo: https://example.org/docextract
      rev: v{__version__}
      hooks:
        - id: docextract
"""


@click.command()
@click.argument("folder", default=".", shell_complete=folders)
def init(folder: str) -> int:
    """Look at FOLDER (default `.`), write docextract.toml for the pages in it, and tell what was found."""
    top = Path(folder)
    if not top.is_dir():
        raise Unusable(f"no such folder: {folder}")
    _refuse_configured(top)
    found = survey(top.absolute())
    if not found.docs:
        raise Unusable(f"no pages found in {folder}: no *.md or *.markdown file that is not excluded; nothing written")
    file = top / FILES[0]
    _write(file, found)
    report = _report([str(top / name) for name in found.docs])
    if _is_unclean(report.summary):
        _write(file, found, _BASELINE)
    for line in (*_account(shown(file), found, report.summary), "", "next:"):
        say(line)
    for line in _next_steps("" if folder == "." else f" {shlex.quote(folder)}", report):
        say(line)
    click.echo(_HOOK, nl=False)
    return CLEAN


def _write(file: Path, found: Survey, baseline: str = "") -> None:
    """Write a configuration for what was found. Raises Unusable."""
    try:
        write_file(file, _text(found, baseline).encode("utf-8"))
    except OSError as error:
        raise Unusable(f"cannot write {file}: {error.strerror or error}") from error
    except UnicodeEncodeError:
        raise Unusable(
            f"the folder {visible(', '.join(found.docs))} has a name that no configuration can hold"
        ) from None


def _refuse_configured(folder: Path) -> None:
    """Raise Unusable if a configuration, usable or not, already applies to a folder."""
    try:
        file = find(folder).file
    except ConfigError as error:
        raise Unusable(f"there is a configuration already: {error}") from error
    if file:
        raise Unusable(f"{shown(file)} is there already and configures {shown(folder)}; change it, or remove it first")


def _text(found: Survey, baseline: str) -> str:
    """Return a configuration for what was found, with a baseline if one is named."""
    lines = [f"docs = {_array(found.docs)}"]
    if found.versions:
        lines.append(f"versions = {_array(found.versions)}  # folders whose types do not mix")
    if baseline:
        lines.append(f'baseline = "{baseline}"  # what is known and no failure; --baseline-update writes it')
    return "\n".join(lines) + "\n" + _HINTS


def _array(names: Sequence[str]) -> str:
    # A JSON string is a TOML string.
    return f"[{', '.join(json.dumps(name, ensure_ascii=False) for name in names)}]"


def _report(docs: Sequence[str]) -> Report:
    """Check the folders of pages as the next run will, and keep the verdicts for it."""
    selected, cache = selections(docs), open_cache(home())
    with progress() as bar:
        report = lint(selected, Choice(), progress=bar, cache=cache)
    if cache:
        cache.save()
    return report


def _account(file: str, found: Survey, summary: Summary) -> Iterator[str]:
    """Yield what was written and found, a line each."""
    yield f"wrote {file}"
    yield f"  docs      {', '.join(found.docs)}"
    if found.versions:
        yield f"  versions  {', '.join(found.versions)}"
    figures = ((summary.pages, "page"), (summary.exchanges, "exchange"), (summary.resources, "type"))
    yield f"found {_counts(figures)}"
    yield f"now   {_counts(((summary.errors, 'error'), (summary.warnings, 'warning'), (summary.infos, 'info')))}"


def _next_steps(folder: str, report: Report) -> Iterator[str]:
    """Yield commands that come next, and what they do; `folder` is their argument, after a blank."""
    check = f"docextract check{folder}"
    steps = [(check, "shows what was found")]
    if report.findings:
        steps.append(("docextract explain CHECK", "tells what a check means, and how to fix what it finds"))
    if any(finding.is_fixable() for finding in report.findings):
        steps.append((f"{check} --diff", "shows what --fix would mend"))
    if _is_unclean(report.summary):
        steps.append((f"{check} --baseline-update", "writes all of it to the baseline, so that only what is new fails"))
        steps.append((f"{check} --add-suppressions", "silences all of it by comments, to the same end"))
    columns = max(len(command) for command, _ in steps)
    yield from (f"  {command:{columns}}   {what}" for command, what in steps)


def _is_unclean(summary: Summary) -> bool:
    return bool(summary.errors or summary.warnings)


def _counts(figures: Sequence[tuple[int, str]]) -> str:
    return ", ".join(plural(number, name) for number, name in figures)
