"""A doc set: the way to its pages and to what they mean together."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from docextract.failure import in_words
from docextract.findings import CheckId, Defect
from docextract.memo import Memo, Trace, all_types, itself
from docextract.project.pages import top
from docextract.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from docextract.contract.ancestry import Signature
    from docextract.contract.registry import Definitions, TypeRegistry
    from docextract.markdown.links import PageLink
    from docextract.markdown.page import Page
    from docextract.project.catalogue import Catalogue
    from docextract.project.config import Config
    from docextract.project.habits import Habits
    from docextract.reading.exchange import PageExchanges
    from docextract.text.source import Span

Value = TypeVar("Value")
# The readers are imported where they are used: a run whose verdicts are all cached reads no page.


class DocSet:
    """The pages of a doc set by the path that findings show, with what they say and define.

    Each question about a page is answered once and remembered. `page(path)` returns its parsed blocks
    (none, but a defect, if it cannot be read), `exchanges(path)` its messages and exchanges,
    `definitions(path)` the types and enums that it defines, `signatures(path)` what other pages need to
    know of its types, `links(path)` its relative links (none if all lead to pages), and `anchors(path)`
    the places that links may name.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.pages = catalogue.pages
        self.trace = trace = Trace()
        #: What docextract failed of, by page; such a page is as good as empty.
        self.failures: dict[str, str] = catalogue.failures
        self.page = Memo[str, "Page"](trace, self._guarded(self._read, _no_page), reads=itself)
        self.exchanges = Memo[str, "PageExchanges"](trace, self._guarded(self._exchanges, _no_exchanges))
        self.definitions = Memo[str, "Definitions"](trace, self._guarded(self._definitions, _no_definitions))
        self.signatures = Memo[str, "tuple[Signature, ...]"](trace, self._signatures, reads=itself)
        self.links = Memo[str, "tuple[PageLink, ...]"](trace, self._links)
        self.anchors = Memo[str, "frozenset[str]"](trace, self._anchors)
        self._elsewhere = Memo[str, bool](trace, os.path.exists, reads=itself)
        self._mentions = Memo[str, "dict[str, str]"](trace, self._first_mentions, reads=all_types)

    def __reduce__(self) -> tuple[type[DocSet], tuple[Catalogue]]:
        """Leave behind what was read: a process that starts anew reads for itself."""
        return DocSet, (self.catalogue,)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all pages, in order."""
        return self.pages.paths

    @property
    def config(self) -> Config:
        """The settings of the doc set."""
        return self.pages.config

    @property
    def habits(self) -> Habits:
        """The habits of the doc set: what all pages together say."""
        return self.catalogue.habits

    @cached_property
    def registry(self) -> TypeRegistry:
        """The types and enums of the doc set."""
        from docextract.contract.registry import TypeRegistry

        return TypeRegistry(
            self.catalogue.index,
            self.definitions,
            self.signatures,
            self.catalogue.text,
            self.trace,
            self.habits.namespace,
            wraps_in_value=self.habits.wraps_in_value,
        )

    def root(self, path: str) -> str:
        """Return the root (the version's folder) of a page; "" where there are no versions."""
        return self.catalogue.root(path)

    def exists(self, path: str) -> bool:
        """Whether a path of the doc set exists, as a page or as any other file."""
        return path in self.pages.files or self._elsewhere(path) or path in self.pages.texts

    def mention(self, root: str, name: str) -> tuple[str, Span] | None:
        """Return the first mention of a type in a row or JSON representation of a root, and its place.

        `name` is the last segment of its name, in any case; it is returned as written there. None if no
        page of the root mentions it.
        """
        path = self._mentions(root).get(name.casefold())
        for resource in self.definitions(path).resources if path else ():
            for named in resource.named_types():
                short = named.name.rpartition(".")[2]
                if short.casefold() == name.casefold():
                    return short, named.span
        return None

    def forget(self, path: str) -> None:
        """Discard the contents of a page that has been checked; what it defines is kept."""
        if path in self.page:
            self.page(path).source.forget_lines()
        self.page.forget(path)
        self.exchanges.forget(path)
        self.links.forget(path)

    def _guarded(self, read: Callable[[str], Value], nothing: Callable[[str], Value]) -> Callable[[str], Value]:
        """Return a reader that notes its failure on a page, and then finds nothing there."""

        def guarded(path: str) -> Value:
            try:
                return read(path)
            except Exception as error:
                self.failures.setdefault(path, in_words(error))
                return nothing(path)

        return guarded

    def _read(self, path: str) -> Page:
        from docextract.markdown.page import Page
        from docextract.markdown.parser import parse

        data = self.catalogue.take(path)
        if isinstance(data, Defect):
            return Page(Source(path, ""), defects=(data,))
        try:
            return parse(Source.of(path, data.decode("utf-8")))
        except UnicodeDecodeError as error:
            page = parse(Source.of(path, data.decode("utf-8", "replace")))
            return replace(page, defects=(_encoding(path, data, error), *page.defects))

    def _exchanges(self, path: str) -> PageExchanges:
        from docextract.reading.pairing import read_exchanges

        read = read_exchanges(self.page(path), self.pages.id(path), self.habits.host)
        requests, templates = sum(not one.is_response for one in read.messages), len(read.operation.templates)
        if requests * templates <= self.config.page_budget:
            return read
        message = (
            f"{requests:,} examples times {templates:,} path templates are more than {self.config.page_budget:,} steps "
            "(page-budget); no example of the page is checked"
        )
        defect = Defect(CheckId.PAGE_TOO_COMPLEX, message, top(path))
        return replace(read, exchanges=(), defects=(*read.defects, defect))

    def _definitions(self, path: str) -> Definitions:
        from docextract.contract.registry import Definitions
        from docextract.reading.enumeration import read_enums
        from docextract.reading.resource import read_resources

        page = self.page(path)
        aliases = frozenset(heading.casefold() for heading in self.config.table_headings)
        return Definitions(read_resources(page, aliases, self.habits.namespace), read_enums(page))

    def _signatures(self, path: str) -> tuple[Signature, ...]:
        from docextract.contract.ancestry import signature_of

        # The full name of a type that only its title names is a matter of the whole doc set.
        known = None if self.catalogue.outline(path).titled else self.catalogue.known.signatures(path)
        return tuple(map(signature_of, self.definitions(path).resources)) if known is None else known

    def _links(self, path: str) -> tuple[PageLink, ...]:
        from docextract.markdown.links import read_links

        return () if self.catalogue.leads_to_pages(path) else tuple(read_links(self.page(path)))

    def _anchors(self, path: str) -> frozenset[str]:
        from docextract.markdown.links import anchors

        in_use = path in self.page
        names = frozenset(anchors(self.page(path)))
        if not in_use:
            self.forget(path)
        return names

    def _first_mentions(self, root: str) -> dict[str, str]:
        """Return the first page of a root that mentions a type, by the last segment of its name."""
        pages: dict[str, str] = {}
        for path in filter(lambda path: self.root(path) == root, self.catalogue.index.pages):
            for signature in self.signatures(path):
                for name in signature.mentions:
                    pages.setdefault(name, path)
        return pages


def _no_page(path: str) -> Page:
    from docextract.markdown.page import Page

    return Page(Source(path, ""))


def _no_exchanges(_: str) -> PageExchanges:
    from docextract.reading.exchange import PageExchanges

    return PageExchanges()


def _no_definitions(_: str) -> Definitions:
    from docextract.contract.registry import Definitions

    return Definitions()


@dataclass(frozen=True)
class Selection:
    """The pages of a doc set whose findings are reported; its other pages are only read."""

    docset: DocSet
    paths: frozenset[str]


def _encoding(path: str, data: bytes, error: UnicodeDecodeError) -> Defect:
    """Return the defect of a page that is not UTF-8; what can be read of it is still checked."""
    line = data.count(b"\n", 0, error.start) + 1
    message = f"page is not UTF-8: byte 0x{data[error.start]:02x} on line {line}; save it as UTF-8"
    return Defect(CheckId.PAGE_UNREADABLE, message, top(path))
