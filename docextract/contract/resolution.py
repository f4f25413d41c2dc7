"""From a body, its annotation and the links of its page to the type it should have, and how that was known."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from docextract.contract.envelope import is_envelope, own_type
from docextract.contract.index import link_target
from docextract.contract.naming import Kind, Naming, Resolution, Source
from docextract.contract.own_table import is_bare, leads_elsewhere, of_property, own_table, with_own_table
from docextract.contract.registry import Ambiguous, Type, TypeRegistry
from docextract.reading.primitive import primitive
from docextract.reading.typeref import collection_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.markdown.page import Annotation
    from docextract.reading.exchange import Exchange, Message
    from docextract.reading.operation import Link
    from docextract.text.json_values import JSONValue

_CONTEXT_TYPE = re.compile(
    r"\$metadata#(?:Collection\((?P<items>[\w.]\w*+\.[\w.]++)\)|(?P<one>\w++\.[\w.]++))(?:/\$entity)?$",
    re.IGNORECASE,
)
#: Types beside the primitives whose bodies no table describes.
_UNTYPED = frozenset(("jsonobject", "file", "count", "csv"))


def resolve(exchange: Exchange, message: Message, registry: TypeRegistry) -> Resolution:
    """Find the type of a message's body; never from entity sets or singulars.

    In this order: annotation, `@odata.type`, `@odata.context`, link, a name in the section's prose;
    a page's own table completes it, if the request goes to what the page describes.
    """
    resolution = _resolve(exchange, message, registry)
    reading = message.http.json
    if exchange.foreign or message.http.body is None or (reading is not None and is_batch(reading.value)):
        return resolution
    if not message.is_response:
        if leads_elsewhere(exchange, message):
            return of_property(exchange, resolution, registry)
        return with_own_table(exchange, resolution, registry)
    untold = resolution.kind in (Kind.UNKNOWN, Kind.UNRESOLVED)
    if untold and exchange.operation.parameters and is_bare(message):
        return own_table(exchange, resolution, registry)
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
    name = naming.name.lstrip("#").strip()
    kind, types, candidates = _meant(name, registry, root)
    return Resolution(kind, types, naming.collection, naming.source, naming.name, naming.place, candidates)


def _meant(name: str, registry: TypeRegistry, root: str) -> tuple[Kind, tuple[Type, ...], tuple[str, ...]]:
    """Return what a name comes to, with its type, or the full names of those that it may stand for."""
    if _stands_for_nothing(name):
        return Kind.NOTHING, (), ()
    match = registry.find(root, name, namespace=registry.namespace)
    if isinstance(match, Type):
        return Kind.TYPE, (match,), ()
    if isinstance(match, Ambiguous):
        return Kind.AMBIGUOUS, (), match.names
    last = name.rpartition(".")[2]
    if primitive(name) or primitive(last) or name.casefold() in _UNTYPED or registry.enum(root, name):
        return Kind.PRIMITIVE, (), ()
    return Kind.UNKNOWN, (), ()


def _stands_for_nothing(name: str) -> bool:
    return name.casefold() in ("null", "void") or name.rpartition(".")[2].casefold() == "none"


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
        yield _named_in_prose(exchange, message, registry, root)


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


def _named_in_prose(exchange: Exchange, message: Message, registry: TypeRegistry, root: str) -> Resolution:
    """Take the first name of a type that the section of the body gives to an object."""
    operation = exchange.operation
    names = operation.response_names if message.is_response else operation.request_names
    found = ((mention, registry.type(root, mention.name)) for mention in names)
    mention, type_ = next((pair for pair in found if pair[1] is not None), (None, None))
    if mention is None or type_ is None:
        return Resolution(Kind.UNRESOLVED)
    return Resolution(Kind.TYPE, (type_,), None, Source.PROSE, type_.name or "", lambda: mention.span)


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
