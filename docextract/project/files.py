"""Which files are pages: default excludes, what git ignores, doc sets within doc sets."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.disk import read_file
from docextract.project.config_file import has_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathspec import GitIgnoreSpec

    from docextract.project.config import Config

#: The ends of the names of pages, in lower case.
SUFFIXES = (".md", ".markdown")
_FOLDERS = frozenset(("includes", "node_modules"))
# Types have similar names (licenseDetails), so the word must end there.
_NO_PAGES = re.compile(r"(readme|changelog|contributing|license)([._-].*)?\.(md|markdown)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tree:
    """What is below a folder, as sorted absolute paths: its pages, and the folders that are doc sets of their own.

    `unread` are what seems to be pages, and the folders, that are not read, each with the reason.
    """

    pages: tuple[str, ...]
    nested: tuple[str, ...]
    unread: tuple[tuple[str, str], ...] = ()


def walk(folder: Path, config: Config) -> Tree:
    """Return the pages below a folder, without those of nested doc sets, and the folders of these.

    The folder itself is never excluded, even if it is hidden or git ignores it.
    """
    unread: dict[str, str] = {}
    entries = sorted(_walk(folder, config, unread))
    return Tree(
        tuple(path for path, is_nested in entries if not is_nested),
        tuple(path for path, is_nested in entries if is_nested),
        tuple(sorted(unread.items())),
    )


def unfit(path: str, top: str) -> str:
    """Return why a file that has the name of a page is not read; "" if it is. Links must not lead out of `top`.

    A pipe or a device may never end. And in a checkout of somebody else's repository, a link may lead to
    what is not for everybody to see, which excerpts of pages would show.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return "it is not a regular file"
    except OSError as error:
        return f"it leads nowhere ({error.strerror})" if os.path.islink(path) else f"{error.strerror}"
    real = os.path.join(os.path.realpath(top), "")
    return "" if os.path.realpath(path).startswith(real) else f"it is a link that leads out of {top}"


@lru_cache(maxsize=256)
def bounds(folder: str) -> str:
    """Return the folder that links below a folder must not lead out of: the repository, else the project, else that."""
    page = Path(folder) / "page"
    return next((str(top) for top in page.parents if os.path.lexists(top / ".git")), str(project(page)))


def exclusion(path: Path, config: Config) -> str:
    """Return why a file is not a page of the doc set of `config`; "" if it is one. The file need not exist."""
    if not path.name.casefold().endswith(SUFFIXES):
        return "not a page; pages end in .md or .markdown"
    path = Path(os.path.abspath(path))
    top = _top(path, config)
    folder, rules = str(top), _rules(str(top), config)
    for name in path.relative_to(top).parts[:-1]:
        folder = os.path.join(folder, name)
        if reason := rules.exclude(folder, name, is_folder=True):
            return reason
        rules = rules.within(folder)
    return rules.exclude(str(path), path.name, is_folder=False)


def is_never_page(name: str, *, is_folder: bool) -> bool:
    """Whether a file or folder of this name is excluded by default."""
    return name.startswith(".") or bool(name.casefold() in _FOLDERS if is_folder else _NO_PAGES.match(name))


def project(path: Path) -> Path:
    """Return the project of a file: the nearest folder above with a configuration or `.git`, else its own folder."""
    path = Path(os.path.abspath(path))
    return next(_projects(path), path.parent)


def is_in_project(path: Path) -> bool:
    """Whether a folder above a file has a configuration or `.git`."""
    return next(_projects(Path(os.path.abspath(path))), None) is not None


def _projects(path: Path) -> Iterator[Path]:
    return (folder for folder in path.parents if has_config(folder) or os.path.exists(folder / ".git"))


def _top(path: Path, config: Config) -> Path:
    """Return the folder where exclusion starts: the innermost of `docs` or the configuration's, else the project."""
    if config.root is None:
        return project(path)
    root = Path(os.path.abspath(config.root))
    around = [Path(os.path.abspath(root / name)) for name in config.docs]
    inside = [folder for folder in (*around, root) if path != folder and path.is_relative_to(folder)]
    return max(inside, key=lambda folder: len(folder.parts), default=path.parent)


def _walk(folder: Path, config: Config, unread: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield (page, False) and (nested doc set, True); excluded folders are not entered.

    What cannot be read is noted with the reason.
    """
    top = os.path.abspath(folder)
    pending = [(top, _rules(top, config))]
    outermost = bounds(top)
    while pending:
        path, rules = pending.pop()
        for entry in _entries(path, unread):
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if rules.exclude(entry.path, name, is_folder=True):
                    continue
                if not config.sole and has_config(Path(entry.path)):
                    yield entry.path, True
                else:
                    pending.append((entry.path, rules.within(entry.path)))
            elif name.casefold().endswith(SUFFIXES) and not rules.exclude(entry.path, name, is_folder=False):
                reason = "" if entry.is_file(follow_symlinks=False) else unfit(entry.path, outermost)
                if not reason:
                    yield entry.path, False
                elif not os.path.isdir(entry.path):
                    # A link to a folder is passed over as any link to one is, whatever its name.
                    unread[entry.path] = reason


def _entries(folder: str, unread: dict[str, str]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        # It has just been removed.
        return []
    except OSError as error:
        # The pages beside it are still checked.
        unread[folder] = f"{error.strerror}"
        return []


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The gitignore-style patterns of one file; `base` is its folder, with a final separator."""

    base: str
    folders: GitIgnoreSpec
    # Only the patterns that can match the name of a page: its folders have been tested before.
    pages: GitIgnoreSpec | None

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Whether these patterns exclude a path (True) or include it again (False); None if neither."""
        spec = self.folders if is_folder else self.pages
        if spec is None or not path.startswith(self.base):
            return None
        inside = path[len(self.base) :].replace(os.sep, "/")
        return spec.check_file(inside + "/" if is_folder else inside).include


@dataclass(frozen=True, slots=True)
class _Rules:
    """What is excluded in a folder: configured patterns decide first, then the defaults, then git, innermost first."""

    own: _Patterns | None = None
    git: tuple[_Patterns, ...] = ()
    in_repository: bool = False

    def exclude(self, path: str, name: str, *, is_folder: bool) -> str:
        """Return why a file or folder is excluded; "" if it is not."""
        verdict = self.own.verdict(path, is_folder) if self.own else None
        if verdict is not None:
            return "excluded by the configuration" if verdict else ""
        if name.startswith("."):
            return "hidden files and folders are not read"
        if name.casefold() in _FOLDERS if is_folder else _NO_PAGES.match(name):
            return (
                f"folders named {name} are not read" if is_folder else "files of this name are not pages of a doc set"
            )
        return "git ignores it" if self.ignored(path, is_folder) else ""

    def ignored(self, path: str, is_folder: bool) -> bool:
        """Whether git ignores a file or folder."""
        for patterns in self.git:
            verdict = patterns.verdict(path, is_folder)
            if verdict is not None:
                return verdict
        return False

    def within(self, folder: str) -> _Rules:
        """Return the rules in a subfolder: with its .gitignore, and in a repository without those from above it."""
        starts = os.path.exists(os.path.join(folder, ".git"))
        if not starts and not self.in_repository:
            return self
        outer = () if starts else self.git
        names = (".gitignore", os.path.join(".git", "info", "exclude")) if starts else (".gitignore",)
        patterns = (_compiled(folder, _text(os.path.join(folder, name))) for name in names)
        return replace(self, git=(*filter(None, patterns), *outer), in_repository=True)


def _rules(folder: str, config: Config) -> _Rules:
    """Return the rules for a folder that was named, which is therefore not excluded itself."""
    rules = _Rules()
    for parent in reversed(Path(folder).parents):
        rules = rules.within(str(parent))
    if rules.ignored(folder, True):
        rules = replace(rules, git=())
    return replace(rules.within(folder), own=_configured(folder, config))


def _configured(folder: str, config: Config) -> _Patterns | None:
    base = os.path.abspath(config.root or folder)
    if not Path(folder).is_relative_to(base):
        # The folder was named by its real path, its configuration through a symbolic link.
        base = os.path.realpath(base)
    return _compiled(base, "\n".join(config.exclude))


def _text(path: str) -> str:
    try:
        # os.scandir escapes names that are not UTF-8 in the same way.
        return read_file(path).decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")
    except OSError:
        return ""


@lru_cache(maxsize=1024)
def _compiled(folder: str, text: str) -> _Patterns | None:
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    folders = _spec(lines)
    if folders is None:
        return None
    return _Patterns(os.path.join(folder, ""), folders, _spec([line for line in lines if _may_be_page(line)]))


def _spec(lines: list[str]) -> GitIgnoreSpec | None:
    if not lines:
        return None
    from pathspec import GitIgnoreSpec

    valid = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            # git skips a pattern that it cannot read.
            continue
        valid.append(line)
    return GitIgnoreSpec.from_lines(valid) if valid else None


def _may_be_page(pattern: str) -> bool:
    """Whether a pattern may match the name of a page; most, such as `*.log` or `build/`, cannot."""
    segment = pattern.rstrip().rpartition("/")[2].casefold()
    if not segment or "\\" in pattern:
        return bool(segment)
    tail = re.split(r"[*?\]]", segment)[-1]
    is_literal = tail == segment
    return tail.endswith(SUFFIXES) or (not is_literal and any(suffix.endswith(tail) for suffix in SUFFIXES))
