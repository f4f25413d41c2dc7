"""From a body, its annotation and the links of its page to the type it should have, and how that was known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Self

from docextract.contract.envelope import is_envelope, own_type
from docextract.contract.registry import Ambiguous, Type, TypeRegistry, link_target
from docextract.reading.path_template import fits, plain_path
from docextract.reading.primitive import primitive
from docextract.reading.typeref import collection_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docextract.markdown.page import Annotation
    from docextract.reading.exchange import Exchange, Message
    from docextract.reading.operation import Link
    from docextract.reading.property import Property
    from docextract.text.json_values import JSONValue
    from docextract.text.source import Span

_CONTEXT_TYPE = re.compile(
    r"\$metadata#(?:Collection\((?P<items>[\w.]+\.[\w.]+)\)|(?P<one>[\w]+\.[\w.]+))(?:/\$entity)?$",
    re.IGNORECASE,
)
#: Types beside the primitives whose bodies no table describes.
_UNTYPED = frozenset(("jsonobject", "file", "count", "csv"))


class Kind(StrEnum):
    """What a resolution comes to; `words` complete the sentence "its type is ..."."""

    words: str

    def __new__(cls, value: str, words: str) -> Self:
        """Make a member of its value and its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    TYPE = "type", "described by a properties table"
    OWN_TABLE = "own-table", "described by this page"
    PRIMITIVE = "primitive", "a primitive: no table describes it, so only its JSON is checked"
    NOTHING = "none", "no body (None)"
    ERROR = "error", "an error body: it is not held against a table"
    UNKNOWN = "unknown", "unknown: no page of this version defines it"
    AMBIGUOUS = "ambiguous", "ambiguous: several types have this name"
    UNRESOLVED = "unresolved", "not known: no annotation, '@odata.type', context or link names it"


class Source(StrEnum):
    """What a type is known by; `words` say it as a sentence."""

    words: str

    def __new__(cls, value: str, words: str) -> Self:
        """Make a member of its value and its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    ANNOTATION = "annotation", "its annotation names it"
    BODY = "body", "the body's '@odata.type' names it"
    CONTEXT = "context", "the body's '@odata.context' names it"
    LINK = "link", "it is the first resource link of the page's Response (or Request body) section"
    SHAPE = "shape", "the body is a scalar or an array of scalars"
    OWN_TABLE = "own table", "the page's own table declares the body"


@dataclass(frozen=True, slots=True)
class Naming:
    """A type's name as a page gives it: by what, where, and whether for a collection (None: it does not say).

    `place` finds the span on demand, because few bodies need it.
    """

    name: str
    source: Source
    place: Callable[[], Span]
    collection: bool | None = None


@dataclass(frozen=True)
class Resolution:
    """The type that a body should have. `collection` is None where the source does not say.

    `source` is None where nothing said anything; `candidates` are the full names that an ambiguous
    name may stand for; `place` finds the span on demand, because few bodies need it.
    """

    kind: Kind
    types: tuple[Type, ...] = ()
    collection: bool | None = None
    source: Source | None = None
    name: str = ""
    place: Callable[[], Span] | None = None
    candidates: tuple[str, ...] = ()

    @property
    def span(self) -> Span | None:
        """Where the type is named."""
        return self.place() if self.place else None

    @property
    def annotated(self) -> bool:
        """Whether an annotation names the type."""
        return self.source is Source.ANNOTATION


def resolve(exchange: Exchange, message: Message, registry: TypeRegistry) -> Resolution:
    """Find the type of a message's body; never from entity sets or singulars.

    In this order: annotation, `@odata.type`, `@odata.context`, link; a page's own table completes it,
    if the request goes to what the page describes.
    """
    resolution = _resolve(exchange, message, registry)
    reading = message.http.json
    if exchange.foreign or message.http.body is None or (reading is not None and is_batch(reading.value)):
        return resolution
    if not message.is_response:
        if _leads_elsewhere(exchange, message):
            return _of_property(exchange, resolution, registry)
        return _with_own_table(exchange, resolution, registry)
    untold = resolution.kind in (Kind.UNKNOWN, Kind.UNRESOLVED)
    if untold and exchange.operation.parameters and _is_bare(message):
        return _own_table(exchange, resolution, registry)
    return resolution


def shows_several(message: Message, resolution: Resolution) -> bool | None:
    """Whether a body holds several of its type: as the page says, else by the body's shape; None without a body."""
    if resolution.collection is not None or message.http.body is None:
        return resolution.collection
    reading = message.http.json
    value = reading.value if reading is not None else None
    return isinstance(value["value"] if is_envelope(value) else value, list)


def resolve_name(naming: Naming, registry: TypeRegistry, root: str) -> Resolution:
    """Find what a type's name stands for in a root."""
    resolution = Resolution(Kind.UNKNOWN, (), naming.collection, naming.source, naming.name, naming.place)
    name = naming.name.lstrip("#").strip()
    if _stands_for_nothing(name):
        return replace(resolution, kind=Kind.NOTHING)
    match = registry.find(root, name, namespace=registry.namespace)
    if isinstance(match, Type):
        return replace(resolution, kind=Kind.TYPE, types=(match,))
    if isinstance(match, Ambiguous):
        return replace(resolution, kind=Kind.AMBIGUOUS, candidates=match.names)
    last = name.rpartition(".")[2]
    if primitive(name) or primitive(last) or name.casefold() in _UNTYPED or registry.enum(root, name):
        return replace(resolution, kind=Kind.PRIMITIVE)
    return resolution


def _stands_for_nothing(name: str) -> bool:
    return name.casefold() in ("null", "void") or name.rpartition(".")[2].casefold() == "none"


def _is_bare(message: Message) -> bool:
    """Whether a body is an object or array without the `value` envelope."""
    reading = message.http.json
    return reading is not None and isinstance(reading.value, dict | list) and not is_envelope(reading.value)


def _leads_elsewhere(exchange: Exchange, message: Message) -> bool:
    """Whether a request goes to another resource than the one that the page's own table describes.

    Its URL fits no path template, or ends in the name of a property, and its body shows no member of the table.
    """
    operation, url = exchange.operation, message.url or ""
    names = {declared.name for declared in operation.parameters}
    reading = message.http.json
    shown = reading.value if reading is not None and isinstance(reading.value, dict) else {}
    if not (operation.templates and names and shown) or any(name in names for name in shown):
        return False
    return _named_property(exchange) is not None or not any(fits(url, one.url or "") for one in operation.templates)


def _named_property(exchange: Exchange) -> Property | None:
    """Return the property of the page's own table whose name the URL of the request ends in."""
    url = exchange.request.url if exchange.request else None
    last = plain_path(url or "").rstrip("/").rpartition("/")[2].casefold()
    return next((declared for declared in exchange.operation.parameters if declared.name.casefold() == last), None)


def _of_property(exchange: Exchange, resolution: Resolution, registry: TypeRegistry) -> Resolution:
    """Take the type of the property that a URL ends in, where nothing else tells the type of the body."""
    declared = _named_property(exchange)
    if resolution.kind is not Kind.UNRESOLVED or declared is None or not declared.type.name:
        return resolution
    meaning = registry.meaning(declared.type, exchange.path)
    if not isinstance(meaning, Type):
        return resolution
    return Resolution(Kind.TYPE, (meaning,), None, Source.OWN_TABLE, meaning.name or "", lambda: declared.row)


def _own_table(exchange: Exchange, resolution: Resolution, registry: TypeRegistry) -> Resolution:
    """Take the page's own properties table as the contract of a type that no page defines."""
    if resolution.kind is Kind.UNRESOLVED and not resolution.name:
        return resolution
    contract = _contract(exchange, resolution, registry)
    return replace(resolution, kind=Kind.OWN_TABLE, types=(contract,))


def _contract(exchange: Exchange, resolution: Resolution, registry: TypeRegistry) -> Type:
    """Make a type of the page's own table; it has the name that the page gives it, if any."""
    own = {declared.name: declared for declared in exchange.operation.parameters}
    header = next(iter(own.values())).header
    name = resolution.name.lstrip("#") or None
    named = exchange.operation.all_named
    return Type(name, registry.index.root(exchange.path), own, headers=(header,), all_named=named)


def _with_own_table(exchange: Exchange, resolution: Resolution, registry: TypeRegistry) -> Resolution:
    """Take the page's own table and the type's together, for a request."""
    if not exchange.operation.parameters or resolution.kind in (Kind.AMBIGUOUS, Kind.PRIMITIVE):
        return resolution
    contract = _contract(exchange, resolution, registry)
    if resolution.kind is not Kind.TYPE:
        source = resolution.source or Source.OWN_TABLE
        return replace(resolution, kind=Kind.OWN_TABLE, types=(contract,), source=source)
    combined = tuple(
        Type(
            base.name,
            contract.root,
            contract.own,
            base,
            base.complete,
            base.open,
            headers=(*contract.headers, *base.headers),
            all_named=contract.all_named,
        )
        for base in resolution.types
    )
    return replace(resolution, types=combined)


def _resolve(exchange: Exchange, message: Message, registry: TypeRegistry) -> Resolution:
    if message.is_response and _is_error(message) and not _says_nothing(message):
        return Resolution(Kind.ERROR)
    if (naming := _annotated(message)) is not None:
        return resolve_name(naming, registry, registry.index.root(exchange.path))
    if message.http.body is None:
        return Resolution(Kind.UNRESOLVED)
    reading = message.http.json
    value = reading.value if reading is not None and reading.readable else None
    collection = _collection(message.typing)
    for candidate in _unannotated(exchange, message, value, registry):
        if candidate.kind is not Kind.UNRESOLVED:
            return replace(candidate, collection=collection if candidate.collection is None else candidate.collection)
    if _is_primitive(value):
        return Resolution(Kind.PRIMITIVE, source=Source.SHAPE)
    return Resolution(Kind.UNRESOLVED)


def _says_nothing(message: Message) -> bool:
    """Whether an annotation says that there is no body."""
    name = message.annotation.type_name if message.annotation else None
    return name is not None and _stands_for_nothing(name.lstrip("#").strip())


def _is_error(message: Message) -> bool:
    expected = message.annotation is not None and message.annotation.flag("expectError")
    return expected or (message.status is not None and message.status >= 400)


def _is_primitive(value: JSONValue) -> bool:
    """Whether a value is a scalar, or scalars in `{"value": ...}` or in an array: no table describes them."""
    inner = value["value"] if is_envelope(value) else value
    if isinstance(inner, list):
        return bool(inner) and not any(isinstance(item, dict | list) for item in inner)
    return inner is not None and not isinstance(inner, dict)


def _annotated(message: Message) -> Naming | None:
    annotation = message.typing
    if annotation is None or not annotation.type_name:
        return None
    name = annotation.type_name.strip()
    item = collection_item(name)
    place = partial(annotation.span, annotation.type_key)
    if item is not None:
        return Naming(item, Source.ANNOTATION, place, collection=True)
    return Naming(name, Source.ANNOTATION, place, _collection(annotation))


def _collection(annotation: Annotation | None) -> bool | None:
    """Return what an annotation says of several; None if it does not say."""
    return annotation.flag("isCollection") if annotation and "isCollection" in annotation.values else None


def _unannotated(
    exchange: Exchange, message: Message, value: JSONValue, registry: TypeRegistry
) -> Iterator[Resolution]:
    """Yield what the body says itself, then what the links of its page's section say."""
    root = registry.index.root(exchange.path)
    if is_batch(value):
        return
    for naming in _told_by_body(value, message):
        yield resolve_name(naming, registry, root)
    yield from _from_context(value, message, registry, root)
    if exchange.foreign or _asks_for_a_value(exchange):
        return
    links = exchange.operation.response_links if message.is_response else exchange.operation.request_links
    linked = _linked(exchange, links, registry, root)
    items = value.get("value") if isinstance(value, dict) else value
    typed = _from_items(items, registry, root) if isinstance(items, list) else None
    if typed is not None and (linked.kind is Kind.UNRESOLVED or _are_unrelated(typed.types, linked.types)):
        yield typed
    if not (_is_primitive(value) and linked.kind is Kind.TYPE):
        yield linked


def is_batch(value: JSONValue) -> bool:
    """Whether a value holds the requests or responses of a batch (OData JSON Format 4.01, section 19)."""
    if not isinstance(value, dict):
        return False
    return any(
        isinstance(items := value.get(name), list)
        and bool(items)
        and all(isinstance(item, dict) and key in item for item in items)
        for name, key in (("requests", "method"), ("responses", "status"))
    )


def _asks_for_a_value(exchange: Exchange) -> bool:
    """Whether a request asks for the raw value of a property or stream (OData URL Conventions 4.01, section 4.12)."""
    url = exchange.request.url if exchange.request else None
    return url is not None and url.partition("?")[0].rstrip("/").endswith("/$value")


def _are_unrelated(types: tuple[Type, ...], others: tuple[Type, ...]) -> bool:
    """Whether a single type neither derives from others nor they from it."""
    one, *more = types
    return not more and not any(one.derives_from(other) or other.derives_from(one) for other in others)


def _told_by_body(value: JSONValue, message: Message) -> Iterator[Naming]:
    """Yield the types that the body's object, and one in its envelope, name themselves."""
    inner = value["value"] if is_envelope(value) and isinstance(value["value"], dict) else value
    for holder, pointer in ((value, ""), (inner, "/value")):
        name = own_type(holder)
        if name and message.http.body:
            yield Naming(name, Source.BODY, partial(message.http.body.span, f"{pointer}/@odata.type"))


def _from_context(value: JSONValue, message: Message, registry: TypeRegistry, root: str) -> Iterator[Resolution]:
    """Take `@odata.context` only where it spells out a type: `#Collection(T)` or `#T`."""
    context = value.get("@odata.context") if isinstance(value, dict) else None
    match = _CONTEXT_TYPE.search(context) if isinstance(context, str) else None
    if not match or not message.http.body:
        return
    name = match["items"] or match["one"]
    usual = bool(registry.namespace) and name.casefold().startswith(registry.namespace + ".")
    if usual or registry.type(root, name):
        place = partial(message.http.body.span, "/@odata.context")
        naming = Naming(name, Source.CONTEXT, place, collection=True if match["items"] else None)
        resolution = resolve_name(naming, registry, root)
        if resolution.kind in (Kind.TYPE, Kind.PRIMITIVE):
            yield resolution


def _linked(exchange: Exchange, links: Iterable[Link], registry: TypeRegistry, root: str) -> Resolution:
    """Take the first resource link; two in one sentence are a union."""
    types: list[Type] = []
    first: Link | None = None
    for link in links:
        if first is not None and link.span.line != first.span.line:
            break
        type_ = _link_type(exchange.path, link, registry, root)
        if type_ is not None and type_ not in types:
            first = first or link
            types.append(type_)
    if first is None:
        return Resolution(Kind.UNRESOLVED)
    return Resolution(Kind.TYPE, tuple(types), None, Source.LINK, types[0].name or "", lambda: first.span)


def _link_type(path: str, link: Link, registry: TypeRegistry, root: str) -> Type | None:
    target = link_target(path, link.target)
    outline = registry.index.pages.get(target)
    if outline is None or not outline.types:
        return None
    if len(set(outline.types)) == 1:
        return registry.type(root, outline.types[0])
    match = registry.find(root, re.sub(r"[*`]", "", link.text), page=target)
    return match if isinstance(match, Type) else None


def _from_items(items: list[JSONValue], registry: TypeRegistry, root: str) -> Resolution | None:
    """Take the types that all items of an array name themselves."""
    types: dict[Type, None] = {}
    for item in items:
        name = own_type(item)
        type_ = registry.type(root, name) if name else None
        if type_ is None:
            return None
        types[type_] = None
    first = next(iter(types), None)
    return Resolution(Kind.TYPE, tuple(types), True, Source.BODY, first.name or "") if first else None
