"""The extent of a doc set whose top is marked by neither a configuration nor a repository: as far as links lead."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.disk import read_file
from docextract.project.files import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.project.config import Config
    from docextract.project.files import Tree

#: The number of pages looked at: if the pages of a folder link out of it, nearly all of them do.
_SAMPLE = 64
#: The most folders between the folder named and the top of its doc set.
_HIGHEST = 4
_OUTWARD = re.compile(rb"\]\(((?:\.\./)+[^()\s<>#?]+\.(?:md|markdown))[)#?]", re.IGNORECASE)


def extent(folder: Path, config: Config) -> tuple[Path, Tree]:
    """Return the folder that holds all pages that the pages of a folder link to, and what is below it.

    `config` excludes pages; no file contains it.

    So the verdict on a page is the same whether a run names the page, its folder or the whole doc set.
    """
    tree = walk(folder, config)
    for _ in range(_HIGHEST):
        outer = min(_reached(folder, tree, config), key=lambda path: len(path.parts), default=folder)
        if outer == folder or len(folder.parts) - len(outer.parts) > _HIGHEST or outer in (Path.home(), Path("/")):
            break
        folder, tree = outer, walk(outer, config)
    return folder, tree


def _reached(folder: Path, tree: Tree, config: Config) -> Iterator[Path]:
    """Yield the common folders of a folder and of each page outside it that a page inside links to."""
    inside = str(folder).rstrip(os.sep) + os.sep
    seen: set[str] = set()
    for page in tree.pages[:: max(1, len(tree.pages) // _SAMPLE)]:
        for target in _OUTWARD.findall(_bytes(page, config)):
            path = os.path.normpath(os.path.join(os.path.dirname(page), os.fsdecode(target)))
            if path.startswith(inside) or path in seen:
                continue
            seen.add(path)
            if os.path.isfile(path):
                yield Path(os.path.commonpath((folder, os.path.dirname(path))))


def _bytes(path: str, config: Config) -> bytes:
    try:
        return read_file(path, config.max_page_size)
    except OSError:
        # The run itself reports it.
        return b""
