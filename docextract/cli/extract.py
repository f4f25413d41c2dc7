"""`docextract extract`: every documented exchange in a file, and what happened to the files."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docextract.cli.arguments import selections
from docextract.cli.completion import files, folders
from docextract.cli.exit import CLEAN, INTERNAL, Unusable, notice, say
from docextract.cli.formats import write_format
from docextract.extraction.fixtures import fixtures, passing
from docextract.extraction.url import is_base
from docextract.failure import REPORT_IT
from docextract.folder import OutputError
from docextract.project.config import ConfigError
from docextract.project.config_file import find
from docextract.project.files import exclusion
from docextract.project.pages import from_here
from docextract.text.plural import plural
from docextract.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from docextract.extraction.fixture import Fixture
    from docextract.project.docset import Selection

#: A status code (RFC 9110, section 15), or a class of them.
_STATUS = re.compile(r"[1-5](?:xx|\d\d)")


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
    "forms",
    type=click.Choice(list(WRITERS)),
    multiple=True,
    default=("json",),
    show_default=True,
    help="A format of the fixtures; can be given several times.",
)
@click.option("--base-url", metavar="URL", help="What stands before URLs that have no host: scheme, host and path.")
@click.option(
    "--select-status",
    "statuses",
    multiple=True,
    metavar="STATUS",
    help="Only exchanges whose response has this status: a code, or a class such as 2xx. Repeatable; commas allowed.",
)
def extract(
    paths: tuple[str, ...], folder: str, forms: tuple[str, ...], base_url: str | None, statuses: tuple[str, ...]
) -> int:
    """Write every documented exchange as a fixture, in one or several formats that share a folder."""
    if base_url is not None and not is_base(base_url):
        raise Unusable(f"--base-url: '{base_url}' is no URL to stand before others, such as https://api.example.org/v1")
    wanted = _wanted(statuses)
    selected = selections(paths)
    _refuse_pages(folder, selected)
    # What several formats need stays in memory; for one, the fixtures pass by.
    several = dict.fromkeys(forms)
    made = passing(selected, base_url) if len(several) == 1 else fixtures(selected, base_url)
    found: Iterable[Fixture] = (fixture for fixture in made if wanted is None or wanted(fixture.status))
    if len(several) > 1:
        found = list(found)
    try:
        for form in several:
            tally = _Tally()
            for line in write_format(form, tally.counting(found), Path(folder), _staying(selected)):
                say(line, err=True)
    except OutputError as error:
        raise Unusable(str(error)) from error
    say(tally.told(), err=True)
    return INTERNAL if _tell_failures(selected) else CLEAN


def _wanted(texts: Sequence[str]) -> Callable[[int | None], bool] | None:
    """Return the predicate of status codes that are selected; None if all are. Raises Unusable for what is none."""
    names = [name.strip().casefold() for text in texts for name in text.split(",") if name.strip()]
    for name in names:
        if not _STATUS.fullmatch(name):
            raise Unusable(f"--select-status: '{name}' is no status: write a code such as 404, or a class such as 2xx")
    chosen = tuple(name.removesuffix("xx") for name in names)
    return (lambda status: str(status).startswith(chosen)) if names else None


class _Tally:
    """How many exchanges there are, and how many of them a replay has to treat with care."""

    def __init__(self) -> None:
        self._all = self._one_sided = self._not_json = self._recovered = 0

    def counting(self, found: Iterable[Fixture]) -> Iterator[Fixture]:
        """Yield fixtures, and count them."""
        for fixture in found:
            sides = [side for side in (fixture.request, fixture.response) if side]
            self._all += 1
            self._one_sided += len(sides) < 2
            self._not_json += any(side.has_body and not side.has_json for side in sides)
            self._recovered += fixture.recovered
            yield fixture

    def told(self) -> str:
        """Return the figures in words."""
        return (
            f"{plural(self._all, 'exchange')}, {self._one_sided:,} one-sided, {self._not_json:,} not JSON, "
            f"{self._recovered:,} recovered"
        )


def _refuse_pages(folder: str, selected: Sequence[Selection]) -> None:
    """Raise Unusable if the folder for fixtures holds pages of the doc set."""
    top = os.path.join(os.path.realpath(folder), "")
    paths = [path for selection in selected for path in selection.docset.paths]
    inside = {name for name in map(os.path.dirname, paths) if os.path.join(os.path.realpath(name), "").startswith(top)}
    for path in paths:
        if os.path.dirname(path) in inside and os.path.exists(path):
            raise Unusable(f"{folder} holds pages of the doc set, such as {path}; write the fixtures to another folder")


def _staying(selected: Sequence[Selection]) -> Callable[[str], bool]:
    """Return the predicate of pages whose fixtures stay: those that still exist but were not selected.

    So do those that docextract failed to read, which therefore must have been read when it is first asked.
    """
    asked = {os.path.abspath(path) for selection in selected for path in selection.paths}
    known = {os.path.abspath(path) for selection in selected for path in selection.docset.paths}

    @cache
    def failed() -> set[str]:
        return {os.path.abspath(path) for selection in selected for path in selection.docset.failures}

    return lambda page: page in failed() or (page not in asked and (page in known or _is_still_page(Path(page))))


def _tell_failures(selected: Sequence[Selection]) -> bool:
    """Tell of each page on which docextract itself failed; return whether there are any."""
    failures = [(path, failure) for selection in selected for path, failure in selection.docset.failures.items()]
    for path, failure in failures:
        notice(f"{from_here(path)}: docextract failed on this page: {failure}. {REPORT_IT}")
    return bool(failures)


def _is_still_page(path: Path) -> bool:
    """Whether a path is a page of any doc set; True in case of doubt."""
    try:
        return path.is_file() and not exclusion(path, find(path))
    except ConfigError:
        return True
