"""The meaning of arguments: doc sets, configurations, check ids; what is wrong is refused in one clear sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.cli.exit import Unusable, notice
from docextract.findings import CheckId, Severity
from docextract.project.config import ConfigError, Finder, from_file, patterns
from docextract.project.load import NoPagesError, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from docextract.project.docset import Selection


def configuration(file: str | None, exclude: tuple[str, ...]) -> Finder:
    """Return the configurations of a run: that of a file, or those of the folders, with more patterns excluded.

    Raises Unusable.
    """
    try:
        excluded = patterns(list(exclude))
    except ConfigError as error:
        raise Unusable(f"--exclude: {error}") from error
    try:
        return Finder(from_file(Path(file)) if file else None, excluded)
    except ConfigError as error:
        raise Unusable(str(error)) from error


def selections(
    paths: Sequence[str],
    stdin_filename: str | None = None,
    configured: Finder = Finder(),  # noqa: B008 (frozen)
    notify: Callable[[str], None] = notice,
    *,
    exact: bool = False,
) -> list[Selection]:
    """Return the doc sets of PATHS; `-` is the page on stdin, called `stdin_filename`. Raises Unusable.

    `exact` says that every byte of the page on stdin counts, so that it must be UTF-8.
    """
    stdin = None
    try:
        if "-" in paths:
            text = sys.stdin.buffer.read().decode("utf-8", "strict" if exact else "replace")
            stdin = (stdin_filename or "<stdin>", text)
        return load(paths, stdin, notify, configured)
    except UnicodeDecodeError as error:
        raise Unusable("the page on stdin is not UTF-8, so it cannot be fixed") from error
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

        if name in map(str, Severity):
            raise Unusable(f"no such check: {name}; --min-severity {name} shows findings by severity") from None
        near = difflib.get_close_matches(name, CheckId, 1)
        advice = f"; did you mean {near[0]}?" if near else "; 'docextract checks' lists all checks"
        raise Unusable(f"no such check: {name}{advice}") from None
