"""Which files are pages: suffixes, default excludes, what git ignores, doc sets within doc sets (DESIGN 4.10)."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.config import Config, has_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SUFFIXES = (".md", ".markdown")
_FOLDERS = frozenset(("includes", "node_modules"))
_NO_PAGES = re.compile(r"(readme|changelog|contributing|license)([._-].*)?\.(md|markdown)$", re.IGNORECASE)


def pages(folder: Path, config: Config) -> Iterator[Path]:
    """Yield the pages below a folder, sorted; folders with a configuration of their own are left out."""
    yield from sorted(path for path, is_folder in _walk(folder, config) if not is_folder)


def nested(folder: Path, config: Config) -> Iterator[Path]:
    """Yield the folders below a folder that are doc sets of their own, sorted."""
    yield from sorted(path for path, is_folder in _walk(folder, config) if is_folder)


def is_page(path: Path, config: Config) -> bool:
    """Say whether a file would be read as a page."""
    if not _has_page_name(path.name):
        return False
    top = config.root or project(path)
    inside = path.relative_to(top).parts[:-1] if path.is_relative_to(top) else ()
    if any(_is_excluded_folder(part) for part in inside):
        return False
    ignored = _ignored(top, config)
    parents = [top.joinpath(*inside[: i + 1]) for i in range(len(inside))]
    return not any(ignored(parent, True) for parent in parents) and not ignored(path, False)


def project(path: Path) -> Path:
    """Give the project of a file: the nearest folder above with a configuration or `.git`, else its own."""
    for folder in path.parents:
        if has_config(folder) or (folder / ".git").exists():
            return folder
    return path.parent


def _has_page_name(name: str) -> bool:
    return name.casefold().endswith(_SUFFIXES) and not name.startswith(".") and not _NO_PAGES.match(name)


def _is_excluded_folder(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _FOLDERS


def _walk(folder: Path, config: Config) -> Iterator[tuple[Path, bool]]:
    """Yield (page, False) and (nested doc set, True); excluded folders are not entered."""
    ignored = _ignored(folder, config)
    pending = [str(folder)]
    while pending:
        try:
            entries = sorted(os.scandir(pending.pop()), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if _is_excluded_folder(entry.name) or ignored(path, True):
                    continue
                if has_config(path):
                    yield path, True
                else:
                    pending.append(entry.path)
            elif _has_page_name(entry.name) and entry.is_file() and not ignored(path, False):
                yield path, False


def _ignored(folder: Path, config: Config) -> Callable[[Path, bool], bool]:
    """Make the test of a path against the configured patterns and the .gitignore files around it."""
    from pathspec import GitIgnoreSpec

    own = GitIgnoreSpec.from_lines(config.exclude) if config.exclude else None
    base = config.root or folder
    top = next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)
    specs: dict[Path, GitIgnoreSpec | None] = {}

    def spec(of: Path) -> GitIgnoreSpec | None:
        if of not in specs:
            try:
                lines = (of / ".gitignore").read_text("utf-8", "replace").splitlines()
                specs[of] = GitIgnoreSpec.from_lines(lines)
            except OSError:
                specs[of] = None
        return specs[of]

    def test(path: Path, is_folder: bool) -> bool:
        slash = "/" if is_folder else ""
        if (
            own is not None
            and path.is_relative_to(base)
            and own.match_file(path.relative_to(base).as_posix() + slash)
        ):
            return True
        if top is None:
            return False
        for parent in path.parents:
            found = spec(parent)
            if found is not None:
                result = found.check_file(path.relative_to(parent).as_posix() + slash)
                if result.include is not None:
                    return bool(result.include)
            if parent == top:
                break
        return False

    return test
