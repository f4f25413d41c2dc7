"""Where a report goes: formats, each to stdout or to a file."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from docextract.cli.ci import tell_ci
from docextract.cli.exit import Unusable, notice
from docextract.cli.manual_pages import manual_urls
from docextract.cli.repository import Repository
from docextract.cli.terminal import columns, follows_links, shows_color
from docextract.cli.thresholds import owners, read_thresholds
from docextract.project.pages import from_here
from docextract.renderers import RENDERERS
from docextract.renderers.look import Look
from docextract.renderers.style import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from docextract.cli.options import Options
    from docextract.cli.thresholds import Thresholds
    from docextract.project.config import Config
    from docextract.project.docset import Selection
    from docextract.verdict.report import Report


class Target(NamedTuple):
    """A format, and the file that it is written to; None stands for stdout."""

    format: str
    file: str | None


def targets(texts: Iterable[str], folder: Path = Path()) -> list[Target]:
    """Return the target of each FORMAT[=FILE]; files are relative to a folder.

    Raises Unusable for an unknown format, or if two formats go to stdout.
    """
    wanted = list(_targets(texts, folder))
    if sum(target.file is None for target in wanted) > 1:
        raise Unusable("only one output can go to stdout; give the others a file: --output FORMAT=FILE")
    return wanted


def _targets(texts: Iterable[str], folder: Path) -> Iterator[Target]:
    for text in texts:
        name, _, file = text.partition("=")
        if name not in RENDERERS:
            raise Unusable(f"unknown output format {name!r}; expected one of {', '.join(RENDERERS)}")
        yield Target(name, str(folder / file) if file else None)


@dataclass(frozen=True, slots=True)
class Outputs:
    """The targets of a run, and how it looks: `color` is always, never or auto.

    `aside` says that stdout holds something else, so that what would go there goes to stderr. `linked`
    says that the names of checks may lead to their manual pages, which are kept in the cache.
    """

    targets: Sequence[Target]
    thresholds: Thresholds
    color: str = "auto"
    quiet: bool = False
    aside: bool = False
    linked: bool = False

    def write(self, report: Report, selected: Sequence[Selection]) -> None:
        """Write a report to all targets. Raises Unusable.

        If what goes to stdout shows neither figures nor all findings, the figures are told on stderr.
        """
        plain = self._plain(selected)
        if any(selection.docset.pages.folder.startswith("..") for selection in selected):
            report = report.renamed(from_here)
        for format_, file in self.targets:
            if file is None:
                look = replace(plain, color=shows_color(self.color), columns=columns())
                if self.linked and follows_links():
                    look = replace(look, manual=manual_urls())
                _print(RENDERERS[format_](report, look), err=self.aside)
            else:
                _write(file, RENDERERS[format_](report, plain))
        tell_ci(report, plain, self.targets, os.environ, aside=self.aside)
        if not self.quiet and all(file or format_ == "concise" for format_, file in self.targets):
            from docextract.renderers.tally import closing

            for line in closing(report, plain, Style(color=False)):
                notice(line)

    def _plain(self, selected: Sequence[Selection]) -> Look:
        """Return how a report looks that is written to a file."""
        repository = Repository.of(os.environ)
        return Look(
            _lines_of(selected),
            least=self.thresholds.least(selected),
            quiet=self.quiet,
            in_repository=cache(repository.path),
            blob=repository.blob,
            fails=self.thresholds.failing(selected),
        )


def read_outputs(paths: Sequence[str], options: Options, config: Config) -> Outputs:
    """Return where the report goes and how it looks, by the options and the configuration of the run.

    Raises Unusable.
    """
    asked = formats(options)
    wanted = targets(asked) if asked else _configured(config)
    # A page from stdin that is fixed goes to stdout.
    aside = "-" in paths and bool(options["fix"] or options["diff"] or options["fix_only"])
    thresholds = read_thresholds(options, config)
    return Outputs(wanted, thresholds, options["color"], options["quiet"], aside, not options["no_cache"])


def _configured(config: Config) -> list[Target]:
    """Return the targets that a configuration names. Raises Unusable if one leads out of its folder."""
    root = config.root or Path()
    wanted = targets(config.output, Path(os.path.relpath(root)))
    for target in wanted:
        # Who checks the pages of others does not want their links to be written through.
        if target.file and not Path(os.path.realpath(target.file)).is_relative_to(os.path.realpath(root)):
            raise Unusable(f"{config.file}: output: {target.file} is a link that leads out of the folder")
    return wanted


def formats(options: Options) -> list[str]:
    """Return the outputs that are asked for, each as FORMAT[=FILE]."""
    single = [options["output_format"]] if options["output_format"] else []
    return [*options["output"], *single, *(["statistics"] if options["statistics"] else [])]


def _lines_of(selected: Sequence[Selection]) -> Callable[[str], Sequence[str]]:
    """Return a function that returns the lines of a page of the selected doc sets."""

    @lru_cache(maxsize=256)
    def lines(path: str) -> Sequence[str]:
        return next((pages.lines(name) for pages, name in owners(selected, path)), ())

    return lines


def _print(pieces: Iterable[str], *, err: bool) -> None:
    """Print pieces of text to stdout, or to stderr.

    Raises BrokenPipeError if nobody reads it, Unusable if it cannot be written.
    """
    try:
        for piece in pieces:
            click.echo(piece.encode("utf-8", "backslashreplace"), nl=False, err=err)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unusable(f"cannot write to stdout: {error.strerror}") from error


def _write(file: str, pieces: Iterable[str]) -> None:
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as target:
            target.writelines(pieces)
    except OSError as error:
        raise Unusable(f"cannot write {file}: {error.strerror}") from error
