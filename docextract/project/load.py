"""From arguments to doc sets: which pages are read, and which are reported on."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.project.catalogue import Catalogue
from docextract.project.config import Config, ConfigError
from docextract.project.config_file import Finder, misnamed
from docextract.project.docset import DocSet, Selection
from docextract.project.extent import extent
from docextract.project.files import Tree, bounds, exclusion, is_in_project, project, unfit, walk
from docextract.project.pages import Pages, from_here, shown
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Notify = Callable[[str], None]

#: The number of skipped arguments that are named one by one.
_NAMED = 3


class NoPagesError(ValueError):
    """The arguments name nothing that can be checked; the message is one clear sentence."""


@dataclass
class _Draft:
    """A doc set in the making. Ids are relative to `top`; `folders` hold the pages."""

    top: Path
    config: Config
    folders: tuple[Path, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    selected: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    nested: tuple[str, ...] = ()
    unread: dict[str, str] = field(default_factory=dict)

    def add(self, tree: Tree, folder: Path) -> None:
        """Add the pages below a folder, by the paths that findings show."""
        self.files.update(_shown_pages(folder, tree))
        self.unread.update(tree.unread)
        self.nested = (*self.nested, *tree.nested)

    def name(self, path: Path) -> str:
        """Return what the doc set calls a page: its path from the working directory, which leads over the top."""
        for folder in self.folders:
            if path.is_relative_to(folder) and shown(folder).startswith(".."):
                return f"{shown(folder)}/{path.relative_to(folder).as_posix()}"
        return shown(path)

    def select_below(self, folder: Path) -> None:
        """Select the pages below a folder."""
        inside = _inside_of(folder)
        self.selected.update(name for name, file in self.files.items() if file.startswith(inside))


def load(
    arguments: Sequence[str],
    stdin: tuple[str, str] | None = None,
    notify: Notify = lambda _: None,
    configured: Finder = Finder(),  # noqa: B008 (frozen)
) -> list[Selection]:
    """Return the doc sets of the arguments; `-` stands for the page `stdin`, a name and a text.

    The doc set of an argument is what the configuration above it describes, else all pages of its
    project (the nearest folder above with a `.git`). Arguments with neither make up one doc set:
    their common folder and what its pages link to. So the verdict on a page is the same however the
    page is named. Arguments that are files but not pages are skipped, as pre-commit may pass them.
    `notify` is called with a sentence about each thing that may surprise; `configured` says where
    configurations come from.

    Raises NoPagesError if a path does not exist or a folder has no pages, and ConfigError if a
    configuration cannot be used.
    """
    loader = _Loader(notify, configured)
    paths = [_existing(argument) for argument in arguments or _default(configured) if argument != "-" or stdin is None]
    loader.unmarked(path for path in paths if configured.sole is None and not is_in_project(_inside(path)))
    for path in paths:
        if os.path.isdir(path):
            loader.add_folder(path.resolve())
        else:
            loader.add_file(path)
    if stdin is not None and "-" in arguments:
        loader.add_text(*stdin)
    loader.tell_skipped()
    return list(loader.selections())


def _existing(argument: str) -> Path:
    if not os.path.exists(argument):
        raise NoPagesError(f"no such file or folder: {argument}")
    return Path(os.path.abspath(argument))


def _inside_of(folder: Path) -> str:
    """Return what the absolute paths of the files below a folder begin with."""
    return str(folder).rstrip(os.sep) + os.sep


def _inside(path: Path) -> Path:
    """Return a path whose parents are the folders to search: those above a file; a folder and those above it."""
    return path / "page" if path.is_dir() else path


def _default(configured: Finder) -> list[str]:
    config = configured.find(Path.cwd())
    if config.root is None or not config.docs:
        return ["."]
    for name in config.docs:
        if not (config.root / name).is_dir():
            raise ConfigError(f"{config.file}: docs: there is no folder {name!r} next to it")
    return [os.path.relpath(config.root / name) for name in config.docs]


def _bounds_of(path: Path) -> str:
    """Return the folder that a page that was named must not lead out of; without a project, where it was named."""
    here = Path.cwd()
    return str(here) if path.is_relative_to(here) and not is_in_project(path) else bounds(str(path.parent))


class _Loader:
    """The doc sets of the arguments so far, and the arguments that were skipped."""

    def __init__(self, notify: Notify, configured: Finder) -> None:
        self.notify = notify
        self._configured = configured
        self._common: tuple[Path, Tree] | None = None
        self._drafts: dict[Path, _Draft] = {}
        self._skipped: list[str] = []

    def unmarked(self, paths: Iterable[Path]) -> None:
        """Work out the one doc set of all paths that neither a configuration nor a repository contains."""
        folders = [str(_inside(path.resolve()).parent) for path in paths]
        if folders:
            self._common = extent(Path(os.path.commonpath(folders)), self._configured.default)

    def add_folder(self, folder: Path) -> None:
        drafts = list(self._drafts_below(folder))
        for draft in drafts:
            draft.select_below(folder)
        if not any(draft.selected for draft in drafts):
            raise NoPagesError(f"no pages found in {shown(folder)}: no *.md or *.markdown file that is not excluded")

    def _drafts_below(self, folder: Path) -> Iterator[_Draft]:
        """Yield the doc set of a folder and the doc sets nested below it."""
        draft = self._draft(folder, self._configured.find(folder))
        inside = _inside_of(folder)
        if not any(file.startswith(inside) for file in draft.files.values()):
            # The folder is hidden, or git ignores it, but it was named.
            draft.add(walk(folder, draft.config), folder)
        yield draft
        for inner in draft.nested:
            if Path(inner).is_relative_to(folder):
                yield from self._drafts_below(Path(inner))

    def add_file(self, path: Path) -> None:
        config = self._configured.find(path)
        reason = exclusion(path, config) or unfit(str(path), _bounds_of(path))
        if reason:
            self._skipped.append(f"{shown(path)}: {reason}")
            return
        draft = self._draft(path, config)
        draft.files.setdefault(draft.name(path), str(path))
        draft.selected.add(draft.name(path))

    def add_text(self, name: str, text: str) -> None:
        """Add a page that was not read from a file, but may have the name of one."""
        path = Path(os.path.abspath(name))
        if name == "<stdin>" or not os.path.isdir(path.parent):
            draft = self._drafts.setdefault(path, _Draft(Path.cwd(), self._configured.find(Path.cwd()), (Path.cwd(),)))
        else:
            if self._common is None and self._configured.sole is None and not is_in_project(path):
                self.unmarked([path])
            draft = self._draft(path, self._configured.find(path))
            name = draft.name(path)
        draft.texts[name] = text
        draft.selected.add(name)

    def _draft(self, path: Path, config: Config) -> _Draft:
        """Return the doc set that a path belongs to."""
        top, folders = _place(path, config, self._common[0] if self._common else None)
        key = top if len(folders) > 1 or config.docs else folders[0]
        if key not in self._drafts:
            draft = self._drafts[key] = _Draft(top, config, folders)
            for folder in folders:
                known = self._common is not None and self._common[0] == folder
                draft.add(self._common[1] if self._common and known else walk(folder, config), folder)
            _find_versions(draft)
            for text in misnamed(top):
                self.notify(text)
        return self._drafts[key]

    def tell_skipped(self) -> None:
        """Notify of the arguments that were skipped, and of what is not read, and why."""
        for text in self._skipped[:_NAMED]:
            self.notify(f"skipped {text}")
        if len(self._skipped) > _NAMED:
            self.notify(f"skipped {len(self._skipped) - _NAMED:,} more arguments that are not pages or are excluded")
        unread = {path: reason for draft in self._drafts.values() for path, reason in draft.unread.items()}
        for path, reason in list(unread.items())[:_NAMED]:
            self.notify(f"not read: {shown(Path(path))}: {reason}")
        if len(unread) > _NAMED:
            self.notify(f"not read, either: {plural(len(unread) - _NAMED, 'more file or folder')}")

    def selections(self) -> Iterator[Selection]:
        """Yield each doc set with its selected pages, if it has any."""
        for draft in self._drafts.values():
            if not draft.selected:
                continue
            folder = Path(os.path.commonpath([str(folder) for folder in draft.folders]))
            pages = Pages(draft.files, draft.config, draft.texts, shown(folder), shown(draft.top))
            yield Selection(DocSet(Catalogue(pages)), frozenset(draft.selected))


def _place(path: Path, config: Config, common: Path | None) -> tuple[Path, tuple[Path, ...]]:
    """Return the folder to which the ids of a path's doc set are relative, and the folders of its pages."""
    if config.root is None:
        top = common if common and not is_in_project(_inside(path)) else project(_inside(path))
        return top, (top,)
    top = config.root.resolve()
    folders = tuple((config.root / name).resolve() for name in config.docs) or (top,)
    if any(path.is_relative_to(folder) or folder.is_relative_to(path) for folder in folders):
        return top, folders
    # A path outside `docs` that is named on the command line is a doc set of its own.
    return top, (path if path.is_dir() else path.parent,)


def _find_versions(draft: _Draft) -> None:
    """Raise ConfigError for a configured version that no page belongs to."""
    base = Path(os.path.commonpath([str(folder) for folder in draft.folders]))
    for version in draft.config.versions:
        inside = str(base / version.strip("/")) + os.sep
        if not any(file.startswith(inside) for file in draft.files.values()):
            parts = (os.path.relpath(file, base).split(os.sep) for file in draft.files.values())
            known = sorted({first for first, *rest in parts if rest})
            folders = f"the folders of the doc set are {', '.join(map(repr, known[:8]))}"
            raise ConfigError(
                f"{draft.config.file}: versions: there are no pages in {version!r}; "
                f"{folders if known else 'the doc set has no folders with pages'}"
            )


def _shown_pages(folder: Path, tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the pages below a folder by the paths that findings show."""
    skipped, shown_top = len(_inside_of(folder)), shown(folder)
    prefix = "" if shown_top == "." else shown_top + "/"
    for file in tree.pages:
        yield prefix + file[skipped:].replace(os.sep, "/"), file


def restrict(selections: Iterable[Selection], path: str) -> tuple[Selection, str] | None:
    """Return the doc set of a page that was named, with only this page selected, and what it calls the page.

    None if no doc set has it.
    """
    for selection in selections:
        for name in selection.paths:
            if from_here(name) == path:
                return replace(selection, paths=frozenset((name,))), name
    return None
