"""The meaning of arguments: doc sets, check ids, outputs; what is wrong is refused in one clear sentence."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from docextract.cli.exit import Unusable, notice
from docextract.findings import CheckId
from docextract.project.config import ConfigError
from docextract.project.load import NoPagesError, load
from docextract.renderers import RENDERERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.project.docset import Selection


def selections(paths: Sequence[str], stdin_filename: str | None = None) -> list[Selection]:
    """Return the doc sets of PATHS; `-` is the page on stdin, called `stdin_filename`. Raises Unusable."""
    stdin = None
    if "-" in paths:
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
        stdin = (stdin_filename or "<stdin>", text)
    try:
        return load(paths, stdin, notice)
    except (NoPagesError, ConfigError) as error:
        raise Unusable(str(error)) from error


def check_ids(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the check ids in the values of an option, split at commas. Raises Unusable for an unknown id."""
    return tuple(check_id(name.strip()) for text in texts for name in text.split(",") if name.strip())


def check_id(name: str) -> str:
    """Return a name that is the id of a check. Raises Unusable for any other name."""
    try:
        return CheckId(name).value
    except ValueError:
        import difflib

        near = difflib.get_close_matches(name, CheckId, 1)
        advice = f"; did you mean {near[0]}?" if near else "; 'docextract checks' lists all checks"
        raise Unusable(f"no such check: {name}{advice}") from None


def outputs(texts: Iterable[str]) -> list[tuple[str, str | None]]:
    """Return (format, file) for each FORMAT[=FILE], a file of None for stdout; by default text to stdout.

    Raises Unusable for an unknown format, or if two outputs go to stdout.
    """
    targets = list(_outputs(texts))
    if sum(file is None for _, file in targets) > 1:
        raise Unusable("only one output can go to stdout; give the others a file: --output FORMAT=FILE")
    return targets or [("text", None)]


def _outputs(texts: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    for text in texts:
        name, _, file = text.partition("=")
        if name not in RENDERERS:
            raise Unusable(f"unknown output format {name!r}; expected one of {', '.join(RENDERERS)}")
        yield name, file or None
