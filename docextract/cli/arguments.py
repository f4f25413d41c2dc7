"""The meaning of arguments: doc sets, configurations, check ids; what is wrong is refused in one clear sentence."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.cli.exit import Unusable, notice
from docextract.findings import CheckId, Severity
from docextract.project.config import ConfigError
from docextract.project.config_file import Finder, from_file
from docextract.project.load import NoPagesError, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from docextract.project.docset import Selection

#: A check as `check` prints it.
_PRINTED = re.compile(r"\w+\[(?P<id>[^\]]*)\]:?")
#: So many checks are named in an advice.
_NAMED = 5


def configuration(file: str | None, exclude: tuple[str, ...]) -> Finder:
    """Return the configurations of a run: that of a file, or those of the folders, with more patterns excluded.

    Raises Unusable.
    """
    if exclude:
        _refuse_impossible(exclude)
    try:
        return Finder(from_file(Path(file)) if file else None, exclude)
    except ConfigError as error:
        raise Unusable(str(error)) from error


def _refuse_impossible(exclude: tuple[str, ...]) -> None:
    """Raise Unusable for a pattern that cannot be used."""
    from docextract.project.keys import KEYS

    try:
        KEYS["exclude"].shape.read(list(exclude))
    except ConfigError as error:
        raise Unusable(f"--exclude: {error}") from error


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
    except OSError as error:
        # A folder on the way to them may not be entered.
        raise Unusable(f"{error.filename}: {error.strerror}") from error


def check_ids(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the check ids in the values of an option, split at commas. Raises Unusable for an unknown id."""
    return tuple(check_id(name.strip()) for text in texts for name in text.split(",") if name.strip())


def check_id(name: str) -> str:
    """Return the id of a check that is named as it is printed, `error[json-syntax]`, or as users type it.

    Raises Unusable for any other name.
    """
    printed = _PRINTED.fullmatch(name.strip())
    id_ = (printed["id"] if printed else name.strip()).casefold().replace("_", "-")
    try:
        return CheckId(id_).value
    except ValueError:
        if id_ in map(str, Severity):
            raise Unusable(f"no such check: {name}; --min-severity {id_} shows findings by severity") from None
        raise Unusable(f"no such check: {name}{_near(id_)}") from None


def _near(name: str) -> str:
    """Return the words that name the checks whose ids are near to a name or hold it; else where they are listed."""
    import difflib

    holding = [id_ for id_ in CheckId if len(name) > 2 and name in id_]
    near = difflib.get_close_matches(name, CheckId, 3, 0.75) or holding
    if not near or len(near) > _NAMED:
        return "; 'docextract checks' lists all checks"
    return f"; did you mean {', '.join(near[:-1])}{' or ' if near[1:] else ''}{near[-1]}?"
