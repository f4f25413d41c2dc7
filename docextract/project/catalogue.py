"""The pages of a doc set from outside: what a scan of their texts finds, and what follows for the whole set."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from docextract.failure import in_words
from docextract.project.habits import Habits
from docextract.reading.path_template import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docextract.contract.ancestry import Signature
    from docextract.contract.index import NameIndex
    from docextract.findings import Defect
    from docextract.project.pages import Pages
    from docextract.reading.outline import Outline

# The readers are imported where they are used: a run whose verdicts are all cached reads no page.
_VERSION = re.compile(VERSION)
#: So many bytes of pages that were scanned are kept; of a larger doc set most pages are read twice.
_KEPT = 16_000_000


class Known(Protocol):
    """What an earlier run learnt about pages; each answer is None for pages whose text has changed since."""

    def outline(self, path: str) -> Outline | None:
        """Return the outline of a page."""

    def signatures(self, path: str) -> tuple[Signature, ...] | None:
        """Return the signatures of the types that a page defines."""

    def habits(self, catalogue: Catalogue) -> Habits | None:
        """Return the habits of the doc set; None if a change to a page may have changed them."""


@dataclass(frozen=True)
class Told:
    """What one process passes to another: by default nothing."""

    outlines: Mapping[str, Outline] = field(default_factory=dict)
    common: Habits | None = None

    def outline(self, path: str) -> Outline | None:
        """Return the outline of a page."""
        return self.outlines.get(path)

    def signatures(self, path: str) -> None:
        """Return None: signatures come from parsed pages, which are not sent between processes."""

    def habits(self, catalogue: Catalogue) -> Habits | None:
        """Return the habits of the doc set."""
        return self.common


def _unwatched() -> None:
    """Do nothing; unlike a lambda, this can be sent to another process."""


class Catalogue:
    """The outlines, names, versions and habits of a doc set: all that a run over unchanged pages needs."""

    def __init__(self, pages: Pages, known: Known | None = None) -> None:
        self.pages = pages
        self.known: Known = known or Told()
        #: Called after each page that is scanned.
        self.scanned: Callable[[], None] = _unwatched
        #: What docextract failed of, by page.
        self.failures: dict[str, str] = {}
        self._outlines: dict[str, Outline] = {}
        self._data: dict[str, bytes] = {}
        self._room = _KEPT

    def outline(self, path: str) -> Outline:
        """Return what a scan of a page's text finds."""
        if path not in self._outlines:
            self._outlines[path] = self.known.outline(path) or self._scan(path)
        return self._outlines[path]

    def _scan(self, path: str) -> Outline:
        from docextract.reading.scan import scan

        data = self.pages.read(path)
        if isinstance(data, bytes) and len(data) <= self._room:
            # Kept for the parser: most pages are parsed soon after.
            self._data[path] = data
            self._room -= len(data)
        try:
            outline = scan(self.pages.readable(data))
        except Exception as error:
            self.failures[path] = in_words(error)
            outline = scan("")
        self.scanned()
        return outline

    def text(self, path: str) -> str:
        """Return the text of a page as far as it can be decoded."""
        return self.pages.readable(self._data.get(path) or self.pages.read(path))

    def take(self, path: str) -> bytes | Defect:
        """Return the bytes of a page, or the defect that prevents reading it; the catalogue drops its copy."""
        data = self._data.pop(path, None)
        if data is None:
            return self.pages.read(path)
        self._room += len(data)
        return data

    @cached_property
    def outlines(self) -> dict[str, Outline]:
        """The outline of each page, by path and in order."""
        return {path: self.outline(path) for path in self.pages.paths}

    @cached_property
    def index(self) -> NameIndex:
        """The names that the pages define."""
        from docextract.contract.index import NameIndex

        outlines = ((path, self._in_full(outline)) for path, outline in self.outlines.items())
        names = {path: outline for path, outline in outlines if any(outline.names)}
        folder, versions = self.pages.folder, self.pages.config.versions
        prefix = "" if folder in ("", ".") else folder + "/"
        roots = tuple(prefix + version.strip("/") for version in versions)
        return NameIndex(names, roots, self.pages.paths)

    def _in_full(self, outline: Outline) -> Outline:
        """Return an outline in which the types that only a title names have the usual namespace."""
        if not outline.titled:
            return outline
        namespace = self.habits.namespace
        names = (f"{namespace}.{name}".lstrip(".") for name in outline.titled)
        return replace(outline, types=(*outline.types, *names))

    def root(self, path: str) -> str:
        """Return the root (the version's folder) of a page; "" where there are no versions."""
        return self.index.root(path)

    @cached_property
    def habits(self) -> Habits:
        """The habits of the doc set."""
        return self.known.habits(self) or Habits.of(self.outlines, self.linked, self.missing)

    @cached_property
    def linked(self) -> frozenset[str]:
        """The paths inside the doc set that links name."""
        targets = {self.pages.inside(path, link) for path, outline in self.outlines.items() for link in outline.links}
        return frozenset(target for target in targets if target)

    @cached_property
    def elsewhere(self) -> dict[str, bool]:
        """The linked paths that are not pages, and whether each of them exists."""
        return {path: os.path.exists(path) for path in sorted(self.linked) if path not in self.pages}

    @property
    def missing(self) -> list[str]:
        """The linked paths that do not exist, not even with different case."""
        return [path for path, exists in self.elsewhere.items() if not exists and self.pages.by_case(path) is None]

    def version(self, path: str) -> str | None:
        """Return the API version of a page: that of its folder, else the usual one."""
        folders = [part for part in path.split("/")[:-1] if _VERSION.fullmatch(part)]
        return folders[-1] if folders else self.habits.version

    def leads_to_pages(self, path: str) -> bool:
        """Whether all links of a page lead to pages or out of the doc set; False if a scan cannot tell."""
        outline = self.outline(path)
        targets = (self.pages.inside(path, link) for link in outline.links)
        return not outline.more_links and all(target is None or target in self.pages.files for target in targets)

    def told(self) -> Catalogue:
        """Return a copy that knows only outlines and habits, small enough to send to another process."""
        copy = Catalogue(self.pages, Told(self.outlines, self.habits))
        copy.failures.update(self.failures)
        return copy
