"""From arguments to doc sets: which pages are read, and which are reported (DESIGN 5.9)."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.config import Config, find
from docextract.docset import DocSet, shown
from docextract.files import is_page, nested, pages, project
from docextract.linter import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class NoPagesError(ValueError):
    """The arguments name nothing that could be checked; its text is one clear sentence."""


@dataclass
class _Group:
    """A doc set in the making: its folders, its configuration, the selected files."""

    folders: tuple[Path, ...]
    config: Config
    files: dict[str, Path] = field(default_factory=dict)
    selected: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)


def load(arguments: Sequence[str], checks: Iterable[str], stdin: tuple[str, str] | None = None) -> list[Selection]:
    """Make the doc sets of the arguments; `stdin` is a page (name, text) that `-` stands for.

    Raises NoPagesError if a path does not exist or a folder has no page, ConfigError for a
    configuration that cannot be used. Files that are no pages give no selection (pre-commit).
    """
    known = frozenset(checks)
    groups: dict[tuple[Path, ...], _Group] = {}
    for argument in arguments or _default(known):
        if argument == "-" and stdin is not None:
            _add_text(groups, stdin, known)
            continue
        path = Path(argument)
        if not path.exists():
            raise NoPagesError(f"no such file or folder: {argument}")
        if path.is_dir():
            _add_folder(groups, path, known)
        else:
            _add_file(groups, path, known)
    return list(_selections(groups))


def _default(known: frozenset[str]) -> list[str]:
    config = find(Path.cwd(), known)
    if config.root is not None and config.docs:
        return [os.path.relpath(config.root / name) for name in config.docs]
    return ["."]


def _add_folder(groups: dict[tuple[Path, ...], _Group], folder: Path, known: frozenset[str]) -> None:
    found = list(_trees(folder.resolve(), known))
    for tree, config in found:
        group = _group(groups, tree, config)
        inside = folder.resolve()
        group.selected.update(name for name, path in group.files.items() if path.is_relative_to(inside))
    if not any(group.selected for group in groups.values()):
        raise NoPagesError(f"no page found in {folder}: no *.md or *.markdown file that is not excluded")


def _trees(folder: Path, known: frozenset[str]) -> Iterator[tuple[Path, Config]]:
    """Give a folder and the doc sets of their own within it."""
    config = find(folder, known)
    yield folder, config
    for inner in nested(folder, config):
        yield from _trees(inner, known)


def _group(groups: dict[tuple[Path, ...], _Group], folder: Path, config: Config) -> _Group:
    folders = _folders(folder, config)
    group = groups.get(folders)
    if group is None:
        files = {shown(path): path for one in folders for path in pages(one, config)}
        group = groups[folders] = _Group(folders, config, files)
    return group


def _folders(folder: Path, config: Config) -> tuple[Path, ...]:
    """The configured `docs`; without configuration the folder itself."""
    if config.root is None:
        return (folder,)
    configured = tuple((config.root / name).resolve() for name in config.docs) or (config.root.resolve(),)
    # A folder outside `docs` that is named on the command line is a doc set of its own.
    return (
        configured if any(folder.is_relative_to(one) or one.is_relative_to(folder) for one in configured) else (folder,)
    )


def _add_file(groups: dict[tuple[Path, ...], _Group], path: Path, known: frozenset[str]) -> None:
    path = Path(os.path.abspath(path))
    config = find(path, known)
    if not is_page(path, config):
        return
    group = _group(groups, project(path), config)
    group.files.setdefault(shown(path), path)
    group.selected.add(shown(path))


def _add_text(groups: dict[tuple[Path, ...], _Group], stdin: tuple[str, str], known: frozenset[str]) -> None:
    name, text = stdin
    path = Path(os.path.abspath(name))
    if name == "<stdin>" or not path.parent.is_dir():
        config = find(Path.cwd(), known)
        group = groups.setdefault((path,), _Group((Path.cwd(),), config))
    else:
        config = find(path, known)
        group = _group(groups, project(path), config)
        name = shown(path)
    group.texts[name] = text
    group.selected.add(name)


def _selections(groups: dict[tuple[Path, ...], _Group]) -> Iterator[Selection]:
    folders = [folder for group in groups.values() for folder in group.folders]
    base = os.path.commonpath([str(folder) for folder in folders]) if folders else "."
    for group in groups.values():
        if not group.selected:
            continue
        folder = shown(group.folders[0])
        top = group.config.root if group.config.root is not None and group.config.docs else None
        docset = DocSet(group.files, group.config, group.texts, folder, shown(top or Path(base)))
        yield Selection(docset, frozenset(group.selected))


def restrict(selections: Iterable[Selection], path: str) -> tuple[Selection, str] | None:
    """Find the doc set that has a page; used by commands that look at one page."""
    for selection in selections:
        if path in selection.docset.files or path in selection.docset.texts:
            return replace(selection, paths=frozenset((path,))), path
    return None
