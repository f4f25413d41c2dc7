"""A doc set: its pages, read when they are asked for, and the registry of its types."""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from docextract.findings import Defect
from docextract.memo import Trace
from docextract.project.config import Config
from docextract.reading.path_template import VERSION
from docextract.text.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from docextract.contract.ancestry import Shape
    from docextract.contract.index import NameIndex
    from docextract.contract.registry import Definitions, TypeRegistry
    from docextract.markdown.links import PageLink
    from docextract.markdown.page import Page
    from docextract.reading.exchange import PageExchanges
    from docextract.reading.outline import Outline

# The readers are imported where they are first used: a run whose verdicts are all known reads no page.
_FEW = 5
_VERSION = re.compile(VERSION)


class Recall(Protocol):
    """What is known of pages whose texts are as they were; None of others."""

    def outline(self, path: str) -> Outline | None:
        """Give the outline of a page."""

    def shapes(self, path: str) -> tuple[Shape, ...] | None:
        """Give the shapes of the types that a page defines."""


@dataclass
class DocSet:
    """Pages by the path that findings show, with what they define; pages are parsed on demand.

    `texts` holds pages that do not come from a file (standard input). `folder` is where its versions
    are counted from, `base` where its ids are.
    """

    files: Mapping[str, Path]
    config: Config = field(default_factory=Config)
    texts: Mapping[str, str] = field(default_factory=dict)
    folder: str = "."
    base: str = "."
    recall: Recall | None = field(default=None, repr=False)
    _outlines: dict[str, Outline] = field(default_factory=dict, repr=False)
    _data: dict[str, bytes | Defect] = field(default_factory=dict, repr=False)
    _pages: dict[str, Page] = field(default_factory=dict, repr=False)
    _exchanges: dict[str, PageExchanges] = field(default_factory=dict, repr=False)
    _definitions: dict[str, Definitions] = field(default_factory=dict, repr=False)
    _links: tuple[str, tuple[PageLink, ...]] = field(default=("", ()), repr=False)
    _inside: dict[tuple[str, str], str | None] = field(default_factory=dict, repr=False)
    _shapes: dict[str, tuple[Shape, ...]] = field(default_factory=dict, repr=False)
    _anchors: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    trace: Trace = field(default_factory=Trace, repr=False)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of all pages in order."""
        return tuple(sorted({*self.files, *self.texts}))

    @cached_property
    def outlines(self) -> dict[str, Outline]:
        """What a scan of the texts sees, by page."""
        return {path: self.outline(path) for path in self.paths}

    def outline(self, path: str) -> Outline:
        """Give what a scan of a page's text sees."""
        if path not in self._outlines:
            from docextract.reading.outline import scan

            known = self.recall.outline(path) if self.recall else None
            if known is None:
                # Most pages are parsed soon after.
                self._data[path] = self._bytes(path)
                known = scan(self._text(path))
            self._outlines[path] = known
        return self._outlines[path]

    @cached_property
    def index(self) -> NameIndex:
        """Which page defines which name (DESIGN 5.9)."""
        from docextract.contract.index import NameIndex

        names = {path: one for path, one in self.outlines.items() if one.types or one.enums}
        prefix = "" if self.folder in ("", ".") else self.folder + "/"
        return NameIndex(names, tuple(prefix + version.strip("/") for version in self.config.versions))

    @cached_property
    def registry(self) -> TypeRegistry:
        """The types and enums of the doc set."""
        from docextract.contract.registry import TypeRegistry

        return TypeRegistry(self.index, self.definitions, self.shapes, self.trace)

    def forget(self, path: str) -> None:
        """Let go of a page that has been judged; what it defines is kept."""
        self._data.pop(path, None)
        self._pages.pop(path, None)
        self._exchanges.pop(path, None)

    def unread(self) -> DocSet:
        """Give the same doc set without anything that was read, but with its outlines: small enough to send."""
        outlines = self.outlines
        return DocSet(self.files, self.config, self.texts, self.folder, self.base, _outlines=outlines)

    def root(self, path: str) -> str:
        """Give the root (the version's folder) of a page."""
        return self.index.root(path)

    def page(self, path: str) -> Page:
        """Give a page; one that cannot be read is empty and has a defect."""
        self.trace.pages.add(path)
        known = self._pages.get(path)
        if known is None:
            known = self._pages[path] = self._read(path)
        return known

    def configured_path(self, path: str) -> str:
        """Give a page's path as patterns of the configuration see it: relative to its file."""
        root, file = self.config.root, self.files.get(path)
        return file.relative_to(root).as_posix() if root and file and file.is_relative_to(root) else path

    def links(self, path: str) -> tuple[PageLink, ...]:
        """Give the relative links of a page, none if all lead to pages; those of the last page asked for are kept."""
        if self._links[0] != path:
            from docextract.markdown.links import read_links

            one = self.outline(path)
            fine = not one.more_links and all(self._leads_to_page(path, link) for link in one.links)
            self._links = (path, () if fine else tuple(read_links(self.page(path))))
        return self._links[1]

    def _leads_to_page(self, page: str, link: str) -> bool:
        """Say whether a link leads to a page, or out of the doc set."""
        target = self.inside(page, link)
        return target is None or target in self.files

    def inside(self, page: str, target: str) -> str | None:
        """Give the path that a relative link names; None if it leads out of the doc set."""
        key = (page.rpartition("/")[0], target)
        if key not in self._inside:
            self._inside[key] = self._resolved(*key)
        return self._inside[key]

    def _resolved(self, folder: str, target: str) -> str | None:
        path = posixpath.normpath(posixpath.join(folder, target))
        if path.startswith("../") and not folder.startswith(".."):
            return None
        return path if self.folder in ("", ".") or path.startswith(self.folder + "/") else None

    def exists(self, path: str) -> bool:
        """Say whether a path of the doc set is a page, or a file that is none."""
        if path not in self.files:
            self.trace.pages.add(path)
        return path in self.files or path in self.texts or os.path.exists(path)

    def by_case(self, path: str | None) -> str | None:
        """Give the page whose path differs from another in case only."""
        found = self._by_case.get(path.casefold()) if path else None
        return None if found == path else found

    @cached_property
    def _by_case(self) -> dict[str, str]:
        return {path.casefold(): path for path in self.paths}

    @cached_property
    def is_extract(self) -> bool:
        """Whether over a tenth of the pages that its links name are missing, so that it is part of a larger one."""
        named = {self.inside(path, link) for path, one in self.outlines.items() for link in one.links}
        targets = {target for target in named if target}
        missing = sum(not self.exists(target) and self.by_case(target) is None for target in targets)
        return missing * 10 > len(targets)

    @cached_property
    def versioned(self) -> bool:
        """Whether it is the doc set's habit to begin the paths of its URLs with a version: nearly all do."""
        urls = sum(host == self.host for one in self.outlines.values() for host in one.hosts)
        without = urls - sum(len(one.versions) for one in self.outlines.values())
        return without <= max(1, urls // 20) and urls > 3 * without

    @cached_property
    def omits_media_types(self) -> bool:
        """Whether it is the doc set's habit to show messages without Content-Type: nine in ten have none."""
        answers = sum(one.answers for one in self.outlines.values())
        return answers > _FEW and answers > 10 * sum(one.media_types for one in self.outlines.values())

    def mention(self, root: str, name: str) -> tuple[str, Span] | None:
        """Find a row or JSON representation of a root that names a type by this last segment."""
        path = self.trace.of_all_types(lambda: self._mentions.get((root, name.casefold())))
        for resource in self.definitions(path).resources if path else ():
            for full, span in resource.named_types():
                short = full.rpartition(".")[2]
                if short.casefold() == name.casefold():
                    return short, span
        return None

    @cached_property
    def _mentions(self) -> dict[tuple[str, str], str]:
        """The first page that names a type, by root and last segment."""
        found: dict[tuple[str, str], str] = {}
        for path in self.index.pages:
            for shape in self.shapes(path):
                for name in shape.mentions:
                    found.setdefault((self.root(path), name), path)
        return found

    def version(self, path: str) -> str | None:
        """Give the API version of a page: its folder's, else that of two in three request URLs."""
        folders = [part for part in path.split("/")[:-1] if _VERSION.fullmatch(part)]
        return folders[-1] if folders else self.usual_version

    @cached_property
    def usual_version(self) -> str | None:
        """The version of two in three request URLs."""
        found = Counter(version for one in self.outlines.values() for version in one.versions)
        if not found:
            return None
        name, count = found.most_common(1)[0]
        return name if count * 3 >= found.total() * 2 else None

    @cached_property
    def host(self) -> str | None:
        """The host of most absolute request URLs; requests to others are not the service's own."""
        hosts = Counter(host for one in self.outlines.values() for host in one.hosts)
        return hosts.most_common(1)[0][0] if hosts else None

    def page_id(self, path: str) -> str:
        """Give a page's path within the doc set, without its suffix: the first part of ids."""
        from docextract.text.identifier import safe_path

        inside = path.removeprefix(self.base + "/") if self.base not in ("", ".") else path
        return safe_path(inside.rpartition(".")[0] or inside)

    def exchanges(self, path: str) -> PageExchanges:
        """Give the messages and exchanges of a page."""
        known = self._exchanges.get(path)
        if known is None:
            from docextract.reading.pairing import read_exchanges

            known = self._exchanges[path] = read_exchanges(self.page(path), self.page_id(path), self.host)
        return known

    def definitions(self, path: str) -> Definitions:
        """Give the types and enums that a page defines."""
        self.trace.pages.add(path)
        known = self._definitions.get(path)
        if known is None:
            from docextract.contract.registry import Definitions
            from docextract.reading.resource import read_enums, read_resources

            page = self.page(path)
            aliases = frozenset(heading.casefold() for heading in self.config.table_headings)
            known = self._definitions[path] = Definitions(read_resources(page, aliases), read_enums(page))
        return known

    def shapes(self, path: str) -> tuple[Shape, ...]:
        """Give the shapes of the types that a page defines; known ones without reading it."""
        self.trace.pages.add(path)
        if path not in self._shapes:
            from docextract.contract.ancestry import shape_of

            known = self.recall.shapes(path) if self.recall else None
            if known is None:
                known = tuple(shape_of(resource) for resource in self.definitions(path).resources)
            self._shapes[path] = known
        return self._shapes[path]

    def anchors(self, path: str) -> frozenset[str]:
        """Give the anchors of a page."""
        from docextract.markdown.links import anchors

        self.trace.pages.add(path)
        if path not in self._anchors:
            known = path in self._pages
            self._anchors[path] = frozenset(anchors(self.page(path)))
            if not known:
                self.forget(path)
        return self._anchors[path]

    def _read(self, path: str) -> Page:
        from docextract.markdown.page import Page
        from docextract.markdown.parser import parse

        data = self._bytes(path)
        self._data.pop(path, None)
        if isinstance(data, Defect):
            return Page(Source(path, ""), defects=(data,))
        if len(data) > self.config.max_page_size:
            message = f"page of {len(data):,} bytes, the limit is {self.config.max_page_size:,} (max-page-size)"
            return Page(Source(path, ""), defects=(Defect("page-too-large", message, _top(path)),))
        page = parse(Source.of(path, data.decode("utf-8", "replace")))
        defect = _encoding(path, data)
        return replace(page, defects=(defect, *page.defects)) if defect else page

    def _bytes(self, path: str) -> bytes | Defect:
        if path in self._data:
            return self._data[path]
        if path in self.texts:
            return self.texts[path].encode("utf-8", "surrogatepass")
        try:
            with open(self.files[path], "rb", buffering=0) as file:
                return file.read()
        except OSError as error:
            return Defect("page-unreadable", f"page cannot be read: {error.strerror or error}", _top(path))

    def _text(self, path: str) -> str:
        data = self._bytes(path)
        if isinstance(data, Defect) or len(data) > self.config.max_page_size:
            return ""
        return data.decode("utf-8", "replace")

    def lines(self, path: str) -> list[str]:
        """Give the lines of a page for excerpts; none if it cannot be read."""
        return Source.of(path, self._text(path)).lines if path in self.files or path in self.texts else []


@dataclass(frozen=True)
class Selection:
    """The pages of a doc set whose findings are reported; the others are only read."""

    docset: DocSet
    paths: frozenset[str]


def _encoding(path: str, data: bytes) -> Defect | None:
    """Find out whether a page is UTF-8; what can be read of one that is not is still checked."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"page is not UTF-8: byte 0x{data[error.start]:02x} in line {line}; save it as UTF-8"
        return Defect("page-unreadable", message, _top(path))
    return None


def _top(path: str) -> Span:
    return Span(path, 1, 1, 1, 1)


def shown(path: Path) -> str:
    """Give a path as findings show it: relative to the working directory, with `/` (DESIGN 7)."""
    return os.path.relpath(path).replace(os.sep, "/")
