"""From arguments to doc sets: which pages are read, and which are reported (DESIGN 5.9)."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.project.catalogue import Catalogue
from docextract.project.config import Config, find
from docextract.project.docset import DocSet, Selection
from docextract.project.files import Tree, is_in_project, is_page, project, walk
from docextract.project.pages import Pages, shown

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


def load(arguments: Sequence[str], stdin: tuple[str, str] | None = None) -> list[Selection]:
    """Make the doc sets of the arguments; `stdin` is a page (name, text) that `-` stands for.

    Raises NoPagesError if a path does not exist or a folder has no page, ConfigError for a
    configuration that cannot be used. Files that are no pages give no selection (pre-commit).
    """
    groups: dict[tuple[Path, ...], _Group] = {}
    for argument in arguments or _default():
        if argument == "-" and stdin is not None:
            _add_text(groups, stdin)
            continue
        path = Path(argument)
        if not path.exists():
            raise NoPagesError(f"no such file or folder: {argument}")
        if path.is_dir():
            _add_folder(groups, path)
        else:
            _add_file(groups, path)
    return list(_selections(groups))


def _default() -> list[str]:
    config = find(Path.cwd())
    if config.root is not None and config.docs:
        return [os.path.relpath(config.root / name) for name in config.docs]
    return ["."]


def _add_folder(groups: dict[tuple[Path, ...], _Group], folder: Path) -> None:
    found = list(_trees(folder.resolve()))
    for top, config, tree in found:
        group = _group(groups, top, config, tree)
        inside = str(folder.resolve()).rstrip(os.sep) + os.sep
        group.selected.update(name for name, path in group.files.items() if str(path).startswith(inside))
    if not any(group.selected for group in groups.values()):
        raise NoPagesError(f"no page found in {folder}: no *.md or *.markdown file that is not excluded")


def _trees(folder: Path) -> Iterator[tuple[Path, Config, Tree]]:
    """Give a folder and the doc sets of their own within it."""
    config = find(folder)
    tree = walk(folder, config)
    yield folder, config, tree
    for inner in tree.nested:
        yield from _trees(Path(inner))


def _group(groups: dict[tuple[Path, ...], _Group], folder: Path, config: Config, tree: Tree | None = None) -> _Group:
    """Give the doc set of a folder; `tree` is what lies below the folder, if that is known."""
    folders = _folders(folder, config)
    group = groups.get(folders)
    if group is None:
        trees = [(one, tree if tree and one == folder else walk(one, config)) for one in folders]
        files = dict(item for one, below in trees for item in _shown_pages(one, below))
        group = groups[folders] = _Group(folders, config, files)
    return group


def _shown_pages(folder: Path, tree: Tree) -> Iterator[tuple[str, Path]]:
    """Yield the pages below a folder by the paths that findings show."""
    top, shown_top = str(folder), shown(folder)
    prefix = "" if shown_top == "." else shown_top + "/"
    for path in tree.pages:
        yield prefix + path[len(top) :].lstrip(os.sep).replace(os.sep, "/"), Path(path)


def _folders(folder: Path, config: Config) -> tuple[Path, ...]:
    """The configured `docs`; without configuration the folder itself."""
    if config.root is None:
        return (folder,)
    configured = tuple((config.root / name).resolve() for name in config.docs) or (config.root.resolve(),)
    # A folder outside `docs` that is named on the command line is a doc set of its own.
    return (
        configured if any(folder.is_relative_to(one) or one.is_relative_to(folder) for one in configured) else (folder,)
    )


def _add_file(groups: dict[tuple[Path, ...], _Group], path: Path) -> None:
    path = Path(os.path.abspath(path))
    config = find(path)
    if not is_page(path, config):
        return
    group = _group(groups, project(path), config)
    group.files.setdefault(shown(path), path)
    group.selected.add(shown(path))


def _add_text(groups: dict[tuple[Path, ...], _Group], stdin: tuple[str, str]) -> None:
    name, text = stdin
    path = Path(os.path.abspath(name))
    if name == "<stdin>" or not path.parent.is_dir():
        config = find(Path.cwd())
        group = groups.setdefault((path,), _Group((Path.cwd(),), config))
    else:
        config = find(path)
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
        pages = Pages(group.files, group.config, group.texts, folder, shown(top or Path(base)))
        yield Selection(DocSet(Catalogue(pages)), frozenset(group.selected))


def doc_set_of(page: str) -> str:
    """Give the argument that a run checking a page most likely had: the page, seen within its project.

    Without a configuration or `.git` above, it is the working directory, if the page lies below it
    and not in it.
    """
    path = Path(page)
    inside = not path.is_absolute() and len(path.parts) > 1 and ".." not in path.parts
    return "." if inside and not is_in_project(path) else page


def restrict(selections: Iterable[Selection], path: str) -> tuple[Selection, str] | None:
    """Find the doc set that has a page; used by commands that look at one page."""
    for selection in selections:
        if path in selection.docset.pages:
            return replace(selection, paths=frozenset((path,))), path
    return None
