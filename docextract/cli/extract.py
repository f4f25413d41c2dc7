"""`docextract extract`: every documented exchange in a file, and what happened to the files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docextract.cli.arguments import selections
from docextract.cli.completion import files, folders
from docextract.cli.exit import CLEAN, Unusable
from docextract.extraction.fixtures import fixtures
from docextract.folder import Outcome, OutputError, write_folder
from docextract.project.config import ConfigError
from docextract.project.config_file import find
from docextract.project.files import exclusion
from docextract.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docextract.project.docset import Selection


@click.command()
@click.argument("paths", nargs=-1, shell_complete=files)
@click.option(
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    shell_complete=folders,
    help="The folder to write fixtures into.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(WRITERS)),
    default="json",
    show_default=True,
    help="The format of the fixtures.",
)
def extract(paths: tuple[str, ...], folder: str, form: str) -> int:
    """Write every documented exchange as a fixture, and a list of them to DIR/index.json."""
    selected = selections(paths)
    _refuse_pages(folder, selected)
    try:
        outcome = write_folder(Path(folder), form, WRITERS[form](fixtures(selected)), _staying(selected))
    except OutputError as error:
        raise Unusable(str(error)) from error
    click.echo(_closing(outcome, folder), err=True)
    return CLEAN


def _refuse_pages(folder: str, selected: Sequence[Selection]) -> None:
    """Raise Unusable if the folder for fixtures holds pages of the doc set."""
    top = os.path.join(os.path.realpath(folder), "")
    paths = [path for selection in selected for path in selection.docset.paths]
    inside = {name for name in map(os.path.dirname, paths) if os.path.join(os.path.realpath(name), "").startswith(top)}
    for path in paths:
        if os.path.dirname(path) in inside and os.path.exists(path):
            raise Unusable(f"{folder} holds pages of the doc set, such as {path}; write the fixtures to another folder")


def _staying(selected: Sequence[Selection]) -> Callable[[str], bool]:
    """Return the predicate of pages whose fixtures stay: those that still exist but were not selected."""
    asked = {os.path.abspath(path) for selection in selected for path in selection.paths}
    known = {os.path.abspath(path) for selection in selected for path in selection.docset.paths}
    return lambda page: page not in asked and (page in known or _is_still_page(Path(page)))


def _is_still_page(path: Path) -> bool:
    """Whether a path is a page of any doc set; True in case of doubt."""
    try:
        return path.is_file() and not exclusion(path, find(path))
    except ConfigError:
        return True


def _closing(outcome: Outcome, folder: str) -> str:
    files = "file" if outcome.written == 1 else "files"
    changes = f"{outcome.written:,} {files} written, {outcome.unchanged:,} unchanged, {outcome.removed:,} removed"
    return f"{changes}{f', {outcome.kept:,} of other pages kept' if outcome.kept else ''} in {folder}"
