"""What the pages say of a response: found by the name of its type, or by the request line of its operation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from docextract.contract.naming import Kind, Resolution, Source
from docextract.contract.registry import Ambiguous, Type
from docextract.contract.resolution import resolve
from docextract.markdown.page import CodeBlock
from docextract.reading.exchange import Exchange, Message
from docextract.reading.http_message import Request, Response
from docextract.reading.path_template import fits, version, written_spellings
from docextract.reading.start_line import METHODS, request_line
from docextract.reading.typeref import collection_item
from docextract.text.source import Slice
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.project.docset import DocSet
    from docextract.text.source import Span

_ITEMS = "[]"
#: A line of a page that looks like a request line, be it indented or quoted.
_REQUEST_LINE = re.compile(rf"^[ \t>]*+(?P<method>{'|'.join(METHODS)})[ \t]++(?P<url>\S[^\n]*+)$", re.MULTILINE)


@dataclass(frozen=True)
class Documented:
    """What a response should be: as an exchange of a page shows it, or only of a type.

    `span` is the place where that is said.
    """

    docset: DocSet
    exchange: Exchange
    message: Message
    resolution: Resolution
    span: Span

    @property
    def status(self) -> int | None:
        """The documented status code; None if only a type is known."""
        return self.message.status

    @property
    def promised(self) -> frozenset[int]:
        """The status codes that the page's Response section names."""
        return frozenset(status.code for status in self.exchange.operation.statuses)

    @property
    def is_typed(self) -> bool:
        """Whether a table describes the body."""
        return self.resolution.kind in (Kind.TYPE, Kind.OWN_TABLE)


class _Place(NamedTuple):
    """A doc set with one of its roots."""

    docset: DocSet
    root: str


def find(docsets: Sequence[DocSet], named: str, in_version: str | None = None) -> tuple[Documented, ...]:
    """Return what doc sets say of "GET /users/{id}", each response of it, or of a type: "user", "user[]".

    `in_version` is the folder of one version. Raises LookupError if nothing is found, or different
    things are.
    """
    line = request_line(named.strip())
    if line is None:
        return (_of_type(docsets, named.strip(), in_version),)
    wanted = _Wanted(line.method, line.url, in_version or version(line.url))
    return _of_operation(docsets, wanted)


# By type


def _of_type(docsets: Sequence[DocSet], named: str, in_version: str | None) -> Documented:
    items = named.removesuffix(_ITEMS).strip() if named.endswith(_ITEMS) else collection_item(named)
    name = items if items is not None else named
    places = [place for place in _places(docsets) if in_version is None or _is_version(place.root, in_version)]
    found = [(place, match) for place in places if (match := _type(place, name)) is not None]
    if not found:
        raise LookupError(f"no page defines the type {name!r}{_near(name, places)}")
    _one_place(named, [place for place, _ in found])
    [(place, type_), *_] = found
    if not type_.described:
        raise LookupError(f"the pages of {type_.name} have no properties table, so nothing says what it should be")
    resolution = Resolution(Kind.TYPE, (type_,), items is not None, Source.ANNOTATION, type_.name or name)
    span = type_.headers[0]
    block = CodeBlock("", Slice(span.path, ""), span, span.end_line)
    message = Message(block, Response(Slice(span.path, ""), has_status_line=False))
    return Documented(place.docset, Exchange("", span.path, None, message), message, resolution, span)


def _places(docsets: Iterable[DocSet]) -> Iterator[_Place]:
    for docset in docsets:
        for root in docset.catalogue.index.type_names:
            yield _Place(docset, root)


def _is_version(root: str, in_version: str) -> bool:
    return root.rpartition("/")[2].casefold() == in_version.strip("/").casefold()


def _type(place: _Place, name: str) -> Type | None:
    registry = place.docset.registry
    match = registry.find(place.root, name, namespace=registry.namespace)
    if isinstance(match, Ambiguous):
        raise LookupError(f"{name} is the name of several types: {', '.join(match.names)}; write it in full")
    return match


def _near(name: str, places: Iterable[_Place]) -> str:
    """Return the question whether a similar name was meant; "" if there is none."""
    known = [key for place in places for key in place.docset.catalogue.index.type_names[place.root]]
    short = {key.rpartition(".")[2]: key for key in known}
    near = nearest(name.rpartition(".")[2].casefold(), short)
    if near is None:
        return ""
    place = next(place for place in places if short[near] in place.docset.catalogue.index.type_names[place.root])
    return f"; did you mean {place.docset.registry.by_key(place.root, short[near]).short}?"


def _one_place(named: str, places: Iterable[_Place]) -> None:
    """Raise LookupError if something is said in several versions or doc sets."""
    distinct = sorted({place.root or place.docset.pages.folder for place in places})
    if len(distinct) > 1:
        raise LookupError(
            f"{named!r} is documented in {' and '.join(distinct)}; say in which, such as "
            f"version={distinct[0].rpartition('/')[2]!r}"
        )


# By request line


class _Wanted(NamedTuple):
    """A request line, of a template or of a real request, and the version whose pages are meant, if any."""

    method: str
    url: str
    version: str | None

    def likeness(self, urls: Iterable[str]) -> int:
        """Return 2 if its URL is one of these, whatever the names of placeholders, 1 if it fits one, else 0."""
        own, fit = set(written_spellings(self.url)), 0
        for url in urls:
            if own & set(written_spellings(url)):
                return 2
            fit = fit or int(fits(self.url, url))
        return fit

    def urls(self, exchange: Exchange) -> Iterator[str]:
        """Yield the URLs that an exchange has for the method: its own, and the templates of its page that this fits."""
        request = exchange.request.http if exchange.request else None
        own = request if isinstance(request, Request) else None
        if own is not None and (own.method != self.method or not own.url):
            return
        if own is not None and own.url:
            yield own.url
        for template in exchange.operation.templates:
            if template.method == self.method and template.url and (own is None or fits(own.url or "", template.url)):
                yield template.url


def _of_operation(docsets: Iterable[DocSet], wanted: _Wanted) -> tuple[Documented, ...]:
    found = [
        (wanted.likeness(wanted.urls(exchange)), docset, exchange)
        for docset in docsets
        for path in _pages(docset, wanted)
        for exchange in docset.exchanges(path).exchanges
        if exchange.response is not None and not exchange.response.ignored and not exchange.foreign
    ]
    best = max((likeness for likeness, _, _ in found), default=0)
    named = f"{wanted.method} {wanted.url}"
    if not best:
        raise LookupError(f"no page shows a response to {named}{f' in {wanted.version}' if wanted.version else ''}")
    chosen = [(docset, exchange) for likeness, docset, exchange in found if likeness == best]
    _one_place(named, (_Place(docset, docset.root(exchange.path)) for docset, exchange in chosen))
    return tuple(_documented(docset, exchange) for docset, exchange in chosen)


def _pages(docset: DocSet, wanted: _Wanted) -> list[str]:
    """Return the pages that show the request, else those with one that it fits; only these need be parsed."""
    pages: dict[int, list[str]] = {}
    for path in docset.paths:
        if not wanted.version or _is_of(docset, path, wanted.version):
            text = docset.pages.readable(docset.pages.read(path))
            shown = (
                _without_version(line["url"])
                for line in _REQUEST_LINE.finditer(text)
                if line["method"] == wanted.method
            )
            pages.setdefault(wanted.likeness(shown), []).append(path)
    return pages.get(2) or pages.get(1, [])


def _without_version(target: str) -> str:
    """Return what stands behind the method of a request line without the version of HTTP."""
    url, _, version = target.rstrip().rpartition(" HTTP/")
    return url if url and not version.strip("0123456789.") else target.rstrip()


def _is_of(docset: DocSet, path: str, in_version: str) -> bool:
    """Whether a page is one of a version; True if nothing says of which it is."""
    root, known = docset.root(path), docset.catalogue.version(path)
    return _is_version(root, in_version) if root else known is None or known.casefold() == in_version.casefold()


def _documented(docset: DocSet, exchange: Exchange) -> Documented:
    message = exchange.response
    assert message is not None
    return Documented(docset, exchange, message, resolve(exchange, message, docset.registry), message.span)
