"""The pages that make up a doc set: their paths, their bytes, and the targets of their relative links."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.disk import TooLargeError, read_file
from docextract.findings import CheckId, Defect
from docextract.project.config import Config
from docextract.text.identifier import safe_path, told_apart
from docextract.text.source import Source, Span
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Pages:
    """The pages of a doc set by the path that findings show.

    `files` are the absolute paths of those on disk, `texts` those that are not read from a file (standard
    input). Folders of versions are relative to `folder`, ids to `base`.
    """

    files: Mapping[str, str]
    config: Config = field(default_factory=Config)
    texts: Mapping[str, str] = field(default_factory=dict)
    folder: str = "."
    base: str = "."

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of all pages, in order."""
        return tuple(sorted({*self.files, *self.texts}))

    def __contains__(self, path: object) -> bool:
        """Whether a path is that of a page."""
        return path in self.files or path in self.texts

    def read(self, path: str) -> bytes | Defect:
        """Return the bytes of a page, or the defect that prevents reading it: it cannot be read, or is too large."""
        try:
            data = self._bytes(path)
        except TooLargeError as error:
            message = f"page has {error.size:,} bytes; the limit is {self.config.max_page_size:,} (max-page-size)"
            return Defect(CheckId.PAGE_TOO_LARGE, message, top(path))
        except OSError as error:
            message = f"page cannot be read: {error.strerror or error}"
            return Defect(CheckId.PAGE_UNREADABLE, message, top(path))
        budget = self.config.page_budget
        if len(data) > budget and (lines := data.count(b"\n")) > budget:
            message = f"page has {lines:,} lines; the limit is {budget:,} (page-budget)"
            return Defect(CheckId.PAGE_TOO_COMPLEX, message, top(path))
        return data

    def _bytes(self, path: str) -> bytes:
        """Return the bytes of a page. Raises TooLargeError and OSError."""
        if path not in self.texts:
            return read_file(self.files[path], self.config.max_page_size)
        data = self.texts[path].encode("utf-8", "surrogatepass")
        if len(data) > self.config.max_page_size:
            raise TooLargeError(len(data))
        return data

    def readable(self, data: bytes | Defect) -> str:
        """Return the text of a page as far as it can be decoded; "" for a page that cannot or may not be read."""
        return "" if isinstance(data, Defect) else data.decode("utf-8", "replace")

    def lines(self, path: str) -> list[str]:
        """Return the lines of a page for excerpts; an empty list if it cannot be read."""
        return Source.of(path, self.readable(self.read(path))).lines if path in self else []

    def in_project(self, path: str) -> str:
        """Return the path of a page from the top of its project, which does not depend on how the page was named."""
        if self.base in ("", "."):
            return path
        inside = path.removeprefix(self.base + "/")
        return posixpath.relpath(path, self.base) if inside == path and path in self.files else inside

    def id(self, path: str) -> str:
        """Return the path of a page from the top of its project, without its suffix: the first part of ids.

        Where that of another page differs in case or suffix alone, both get a hash, so that neither ever takes
        the other's id when a page is added or gone.
        """
        inside = self.in_project(path)
        found = safe_path(_stem(inside))
        return told_apart(found, inside) if self._stems[_stem(path).casefold()] > 1 else found

    @cached_property
    def _stems(self) -> Counter[str]:
        return Counter(_stem(path).casefold() for path in self.paths)

    def configured(self, path: str) -> str:
        """Return the path of a page as patterns of the configuration see it: relative to the configuration's folder."""
        file = self.files.get(path, "")
        return file[len(self._root) :].replace(os.sep, "/") if self._root and file.startswith(self._root) else path

    @cached_property
    def _root(self) -> str:
        """What the absolute paths of the files in the configuration's folder begin with; "" without one."""
        return os.path.join(self.config.root, "") if self.config.root else ""

    @cached_property
    def _inside(self) -> dict[tuple[str, str], str | None]:
        return {}

    def inside(self, page: str, target: str) -> str | None:
        """Return the path that a relative link of a page names; None if it leads out of the doc set."""
        key = (page.rpartition("/")[0], target)
        if key not in self._inside:
            self._inside[key] = self._resolved(*key)
        return self._inside[key]

    def _resolved(self, folder: str, target: str) -> str | None:
        path = posixpath.normpath(posixpath.join(folder, target))
        if path.startswith("../") and not folder.startswith(".."):
            return None
        return path if self.folder in ("", ".") or path.startswith(self.folder + "/") else None

    def by_case(self, path: str | None) -> str | None:
        """Return the page whose path differs from the given one only in case; None if there is none."""
        page = self._by_case.get(path.casefold()) if path else None
        return None if page == path else page

    def near(self, path: str) -> str | None:
        """Return the page that a path that is none may mean: a near name in its folder, or its name elsewhere."""
        folder, _, name = path.rpartition("/")
        there = nearest(name, self._by_folder.get(folder, ()))
        if there is not None:
            return f"{folder}/{there}" if folder else there
        elsewhere = self._by_name.get(name.casefold(), ())
        return elsewhere[0] if len(elsewhere) == 1 else None

    @cached_property
    def by_place(self) -> dict[str, str]:
        """The pages by their paths as seen from the working directory."""
        return {from_here(path): path for path in self.paths}

    @cached_property
    def _by_folder(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for path in self.paths:
            folder, _, name = path.rpartition("/")
            names.setdefault(folder, []).append(name)
        return names

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        paths: dict[str, list[str]] = {}
        for path in self.paths:
            paths.setdefault(path.rpartition("/")[2].casefold(), []).append(path)
        return paths

    @cached_property
    def _by_case(self) -> dict[str, str]:
        return {path.casefold(): path for path in self.paths}


def _stem(path: str) -> str:
    """Return a path without the suffix of a page."""
    return path.rpartition(".")[0] or path


def top(path: str) -> Span:
    """Return the place of a finding about a page as a whole."""
    return Span(path, 1, 1, 1, 1)


def from_here(path: str) -> str:
    """Return the path of a page as seen from the working directory: that of a doc set that begins above may lead back.

    A doc set above calls its pages by paths that begin at its top, `../docs/page.md`, wherever below it the
    working directory is: so their links and versions are the same from everywhere.
    """
    return os.path.relpath(path).replace(os.sep, "/") if path.startswith("../") else path


def absolute(name: str) -> Path:
    """Return the absolute path of a file as it was named; symbolic links are not followed."""
    return Path(os.path.abspath(name))


def shown(path: Path) -> str:
    """Return a path as findings show it: relative to the working directory, with `/`."""
    return os.path.relpath(path).replace(os.sep, "/")


def located(path: str) -> str:
    """Return the absolute path of a page as findings show it; symbolic links to folders are followed."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)
