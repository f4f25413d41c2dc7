"""What a run tells a CI server by itself, beside the outputs that were asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from docextract.cli.exit import notice
from docextract.renderers import RENDERERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docextract.renderers.look import Look
    from docextract.verdict.report import Report

#: The formats beside which annotations do no harm on stdout; a program may read the others.
_FOR_PEOPLE = frozenset(("text", "concise", "grouped", "statistics"))


def tell_ci(
    report: Report,
    look: Look,
    outputs: Iterable[tuple[str, str | None]],
    environ: Mapping[str, str],
    *,
    aside: bool = False,
) -> None:
    """On GitHub Actions, print annotations and add to the job summary; elsewhere do nothing.

    Both show what formats for people show. `outputs` are the (format, file) that were asked for: a
    `github` or `markdown` among them takes the place of what would come by itself, and annotations do
    not mix with another format on stdout. If stdout holds something else altogether, they go `aside`: to
    stderr, where GitHub finds them, too.
    """
    if environ.get("GITHUB_ACTIONS") != "true":
        return
    shown = replace(report, findings=tuple(one for one in report.findings if one.severity >= look.least))
    wanted = list(outputs)
    formats = {name for name, _ in wanted}
    if "github" not in formats and {name for name, file in wanted if file is None} <= _FOR_PEOPLE:
        for piece in RENDERERS["github"](shown, look):
            click.echo(piece.encode(), nl=False, err=aside)
    summary = environ.get("GITHUB_STEP_SUMMARY")
    if summary and "markdown" not in formats:
        _append(summary, "".join(RENDERERS["markdown"](shown, look)))


def _append(file: str, text: str) -> None:
    """Append a text to the job summary, which may hold what earlier commands of the step wrote."""
    try:
        with open(file, "a", encoding="utf-8", newline="\n") as target:
            target.write(text + "\n")
    except OSError as error:
        notice(f"cannot write the job summary {file}: {error.strerror}")
