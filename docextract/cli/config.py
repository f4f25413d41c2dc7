"""`docextract config`: the settings in force and where they come from, their schema, those of API Doctor as ours."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack

import click

from docextract.checks import CHECKS
from docextract.cli.arguments import check_ids, configuration
from docextract.cli.completion import files, formats, known_checks
from docextract.cli.exit import CLEAN, Unusable, notice, say
from docextract.cli.outputs import targets
from docextract.cli.settings import settings
from docextract.cli.thresholds import Thresholds
from docextract.findings import Severity
from docextract.project.config import Config, ConfigError
from docextract.project.keys import KEYS, config_schema
from docextract.project.load import NoPagesError, load
from docextract.project.pages import absolute, shown
from docextract.renderers.json_text import escaped
from docextract.text.plural import plural
from docextract.text.toml import toml
from docextract.verdict.policy import running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docextract.project.config_file import Finder

_LEVELS = [*map(str, reversed(Severity))]


class Asked(TypedDict):
    """The options of `config` that are options of `check`, too."""

    config: str | None
    exclude: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str | None
    min_severity: str | None
    baseline: str | None
    output: tuple[str, ...]


@click.command()
@click.argument("paths", nargs=-1, shell_complete=files)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the configuration.")
@click.option(
    "--import",
    "importing",
    is_flag=True,
    help="Print what table-header-config.json, schema-config.json and link-validation-config.json of API Doctor, "
    "whose PATHS are given, are as our configuration.",
)
@click.option("--config", metavar="FILE", shell_complete=files, help="As with `check`, and so are the options below.")
@click.option("--exclude", multiple=True, metavar="PATTERN")
@click.option("--select", multiple=True, metavar="CHECK", shell_complete=known_checks)
@click.option("--ignore", multiple=True, metavar="CHECK", shell_complete=known_checks)
@click.option("--fail-on", type=click.Choice([*_LEVELS, "never"]))
@click.option("--min-severity", type=click.Choice(_LEVELS))
@click.option("--baseline", metavar="FILE", shell_complete=files)
@click.option("-o", "--output", multiple=True, metavar="FORMAT[=FILE]", shell_complete=formats)
def config(paths: tuple[str, ...], *, schema: bool, importing: bool, **asked: Unpack[Asked]) -> int:
    """Show the settings in force for PATHS, as TOML, and where each comes from."""
    if schema and (importing or paths):
        raise Unusable("--schema is the same for all folders; leave out PATHS and --import")
    if schema:
        click.echo(json.dumps(config_schema(), indent=2))
    elif importing:
        from docextract.cli.importing import imported

        for line in imported(paths):
            say(escaped(line))
    else:
        _show(paths, asked)
    return CLEAN


class _Configured(NamedTuple):
    """A doc set: its folder, its settings, and the number of its pages; None if there is none."""

    folder: str
    config: Config
    pages: int | None = None


def _show(paths: Sequence[str], asked: Asked) -> None:
    finder, values = configuration(asked["config"], asked["exclude"]), _values(asked)
    try:
        docsets = _docsets(paths, finder)
        shared = finder.shared(map(absolute, paths or (".",)))
        for line in _lines(docsets, shared, values):
            say(escaped(line))
    except ConfigError as error:
        raise Unusable(str(error)) from error


def _values(asked: Asked) -> dict[str, object]:
    """Return what the options ask for, by key. Raises Unusable for what `check` does not take."""
    targets(asked["output"])
    values: dict[str, object] = {
        "exclude": asked["exclude"],
        "select": check_ids(asked["select"]),
        "ignore": check_ids(asked["ignore"]),
        "fail-on": asked["fail_on"],
        "min-severity": asked["min_severity"],
        "baseline": asked["baseline"],
        "output": asked["output"],
    }
    return {key: value for key, value in values.items() if value}


def _docsets(paths: Sequence[str], finder: Finder) -> list[_Configured]:
    """Return the doc sets of some paths; where they have no pages, what would hold for them. Raises ConfigError."""
    try:
        found = [(one.docset.pages, one.docset.config) for one in load(paths, None, notice, finder)]
        if found:
            return [_Configured(pages.base, config, len(pages.paths)) for pages, config in found]
    except NoPagesError as error:
        if not all(map(os.path.exists, paths)):
            raise Unusable(str(error)) from error
        notice(str(error))
    named = [absolute(path) for path in paths or (".",)]
    configs = {config.file: config for config in map(finder.find, named)}
    return [_Configured(shown(config.root or Path.cwd()), config) for config in configs.values()]


def _lines(docsets: Sequence[_Configured], shared: Config, asked: Mapping[str, object]) -> Iterator[str]:
    """Yield the settings of a doc set as a configuration; of several, those of the run, and a table for each."""
    thresholds = Thresholds(fail_on=str(asked["fail-on"]) if "fail-on" in asked else None)
    least = str(thresholds.least_of(one.config for one in docsets))
    of_run = {"min-severity": least, "output": KEYS["output"].default}
    of_docset = {name: key.default for name, key in KEYS.items() if name not in of_run}
    if len(docsets) == 1:
        [one] = docsets
        yield from _told(one, asked)
        yield from settings(one.config, asked, of_docset)
        yield from settings(shared, asked, of_run)
        return
    yield from settings(shared, asked, of_run)
    for one in docsets:
        yield ""
        yield "[[doc-set]]"
        yield f"folder = {toml(one.folder)}"
        yield from _told(one, asked)
        yield from settings(one.config, asked, dict.fromkeys(of_docset))
        yield "# everything else is as by default"


def _told(one: _Configured, asked: Mapping[str, object]) -> Iterator[str]:
    """Yield comments on a doc set: how many pages it has and which checks run."""
    if one.pages is not None:
        yield f"# {plural(one.pages, 'page')}"
    select, ignore = (tuple(map(str, _array(asked.get(key)))) for key in ("select", "ignore"))
    on = {check.id for check in running(one.config, select, ignore)}
    off = [check.id for check in CHECKS if check.id not in on]
    if len(on) < len(off):
        yield f"# of {len(CHECKS)} checks, these run: {', '.join(check.id for check in CHECKS if check.id in on)}"
    else:
        yield f"# of {len(CHECKS)} checks, these do not run: {', '.join(off) or 'none'}"


def _array(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
