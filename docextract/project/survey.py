"""What a folder without a configuration holds: where its pages of an API are, and which folders are versions."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, NamedTuple

from docextract.project.catalogue import Catalogue
from docextract.project.config import Config
from docextract.project.files import walk
from docextract.project.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from docextract.reading.outline import Outline


class Survey(NamedTuple):
    """The settings that fit a folder: `docs`, and `versions` relative to what all of `docs` have in common."""

    docs: tuple[str, ...]
    versions: tuple[str, ...] = ()


def survey(folder: Path) -> Survey:
    """Look at the pages below a folder; `docs` is empty if there are none.

    Only folders with types or messages count, if any have them: a repository holds other Markdown, too.
    """
    tree = walk(folder, Config())
    if not tree.pages:
        return Survey(())
    files = {os.path.relpath(path, folder).replace(os.sep, "/"): path for path in tree.pages}
    catalogue = Catalogue(Pages(files))
    paths = [path for path, outline in catalogue.outlines.items() if _is_api(outline)] or list(files)
    docs = _folders(paths)
    base = posixpath.commonpath(docs) or "."
    roots = sorted({root for path in paths if (root := catalogue.root(path))})
    return Survey(docs, tuple(posixpath.relpath(root, base) for root in roots))


def _is_api(outline: Outline) -> bool:
    return bool(outline.defines_types or outline.hosts or outline.answers)


def _folders(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the folders that hold some pages: the one that all are in, else those at the top, or `.` for the top."""
    folders = {posixpath.dirname(path) for path in paths}
    tops = sorted({folder.partition("/")[0] for folder in folders})
    if "" in tops:
        return (".",)
    return (posixpath.commonpath(folders),) if len(tops) == 1 else tuple(tops)
