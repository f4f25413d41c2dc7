"""The writing of pages that were changed in memory."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docextract.disk import read_file, sweep, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docextract.project.docset import Selection


class Written(NamedTuple):
    """The doc sets with their pages as they are now, and whether each page could be written that was to be."""

    selections: list[Selection]
    whole: bool


def sweep_beside(selections: Iterable[Selection]) -> None:
    """Remove the temporary files that killed runs have left beside the selected pages."""
    files = (selection.docset.pages.files.get(path) for selection in selections for path in selection.paths)
    for folder in sorted({os.path.dirname(file) for file in files if file}):
        sweep(Path(folder))


def write_page(path: Path, before: str, after: str) -> str | None:
    """Write a page whose text was `before`; return why it could not be written.

    A link stays, and what it leads to is written.
    """
    target = Path(os.path.realpath(path))
    try:
        if read_file(target) != before.encode("utf-8"):
            return "changed while it was checked; run again"
        if not _is_writable(target):
            return "is read-only"
        if not _is_writable(target.parent):
            return "stands in a read-only folder"
        write_file(target, after.encode("utf-8"))
    except OSError as error:
        return f"cannot be written: {error.strerror or error}"
    return None


def _is_writable(path: Path) -> bool:
    """Whether a file or folder may be written; that the superuser may write all does not count."""
    return os.access(path, os.W_OK) and bool(stat.S_IMODE(path.stat().st_mode) & 0o222)
