"""Where a report goes: formats, each to stdout or to a file."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import click

from docextract.cli.ci import tell_ci
from docextract.cli.exit import Unusable, notice
from docextract.cli.manual_pages import manual_urls
from docextract.cli.repository import Repository
from docextract.cli.terminal import columns, follows_links, shows_color
from docextract.findings import Severity
from docextract.project.pages import from_here
from docextract.renderers import RENDERERS
from docextract.renderers.look import Look
from docextract.renderers.style import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from docextract.cli.options import Options
    from docextract.project.docset import Selection
    from docextract.verdict.report import Report


class Target(NamedTuple):
    """A format, and the file that it is written to; None stands for stdout."""

    format: str
    file: str | None


def targets(texts: Iterable[str], default: str = "text") -> list[Target]:
    """Return the target of each FORMAT[=FILE]; without any, the default format goes to stdout.

    Raises Unusable for an unknown format, or if two formats go to stdout.
    """
    wanted = list(_targets(texts))
    if sum(target.file is None for target in wanted) > 1:
        raise Unusable("only one output can go to stdout; give the others a file: --output FORMAT=FILE")
    return wanted or [Target(default, None)]


def _targets(texts: Iterable[str]) -> Iterator[Target]:
    for text in texts:
        name, _, file = text.partition("=")
        if name not in RENDERERS:
            raise Unusable(f"unknown output format {name!r}; expected one of {', '.join(RENDERERS)}")
        yield Target(name, file or None)


@dataclass(frozen=True, slots=True)
class Outputs:
    """The targets of a run, and how it looks: `color` is always, never or auto, `least` and `failing` as in `Look`.

    `aside` says that stdout holds something else, so that what would go there goes to stderr. `linked`
    says that the names of checks may lead to their manual pages, which are kept in the cache.
    """

    targets: Sequence[Target]
    least: Severity
    failing: Severity | None
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
            least=self.least,
            quiet=self.quiet,
            in_repository=cache(repository.path),
            blob=repository.blob,
            failing=self.failing,
        )


def read_outputs(paths: Sequence[str], options: Options) -> Outputs:
    """Return where the report goes and how it looks. Raises Unusable."""
    failing = None if options["fail_on"] == "never" else Severity[options["fail_on"].upper()]
    # A page from stdin that is fixed goes to stdout.
    aside = "-" in paths and bool(options["fix"] or options["diff"] or options["fix_only"])
    least = _least(options["min_severity"], failing)
    return Outputs(
        targets(formats(options)), least, failing, options["color"], options["quiet"], aside, not options["no_cache"]
    )


def formats(options: Options) -> list[str]:
    """Return the outputs that are asked for, each as FORMAT[=FILE]."""
    single = [options["output_format"]] if options["output_format"] else []
    return [*options["output"], *single, *(["statistics"] if options["statistics"] else [])]


def _least(min_severity: str | None, failing: Severity | None) -> Severity:
    """Return the least severity that people are shown: none is hidden that makes the run fail."""
    if min_severity:
        return Severity[min_severity.upper()]
    return min(Severity.WARNING, failing or Severity.WARNING)


def _lines_of(selected: Sequence[Selection]) -> Callable[[str], Sequence[str]]:
    """Return a function that returns the lines of a page of the selected doc sets."""

    @lru_cache(maxsize=256)
    def lines(path: str) -> Sequence[str]:
        for docset in (selection.docset for selection in selected):
            name = path if path in docset.pages else docset.pages.by_place.get(path)
            if name is not None:
                return docset.pages.lines(name)
        return ()

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
