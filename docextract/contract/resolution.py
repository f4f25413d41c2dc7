"""From a body, its annotation and the links of its page to the type it should have, and how that was known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from docextract.contract.registry import Ambiguous, Type, TypeRegistry, link_target
from docextract.reading.primitive import primitive
from docextract.reading.typeref import collection_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from docextract.reading.exchange import Exchange, Message
    from docextract.reading.operation import Link
    from docextract.text.source import Span

_CONTEXT_TYPE = re.compile(
    r"\$metadata#(?:Collection\((?P<items>[\w.]+\.[\w.]+)\)|(?P<one>[\w]+\.[\w.]+))(?:/\$entity)?$",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"ext(ension)?_?[0-9a-f]{8,32}_\w+$|ext\w{8}_\w+$", re.IGNORECASE)
_NOTHING = frozenset(("none", "microsoft.graph.none", "null", "void", "edm.none"))
#: Types whose bodies are not described by any table (DESIGN 6: primitives are first-class).
_UNTYPED = frozenset(
    (
        "object",
        "json",
        "jsonobject",
        "edm.untyped",
        "microsoft.graph.json",
        "stream",
        "edm.stream",
        "file",
        "count",
        "csv",
    )
)

TYPE, OWN_TABLE, PRIMITIVE, NOTHING, ERROR, UNKNOWN, AMBIGUOUS, UNRESOLVED = (
    "type",
    "own-table",
    "primitive",
    "none",
    "error",
    "unknown",
    "ambiguous",
    "unresolved",
)


@dataclass(frozen=True)
class Resolution:
    """The type that a body should have. `collection` is None where the source does not say.

    `kind` is one of the module's constants; `source` says in words how the type was known; `place`
    finds the span where on demand, because few bodies need it.
    """

    kind: str
    types: tuple[Type, ...] = ()
    collection: bool | None = None
    source: str = ""
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
        return self.source == "annotation"


def is_control(name: str) -> bool:
    """Say whether a member is control information: any `@`, or a leading `#` (DESIGN 6)."""
    return "@" in name or name.startswith("#")


def is_extension(name: str) -> bool:
    """Say whether a member is a directory or schema extension (census 8.1.7)."""
    return bool(_EXTENSION.match(name))


def own_type(value: Any) -> str | None:
    """Give the type that an object names itself, if it is one of an object."""
    name = value.get("@odata.type") if isinstance(value, dict) else None
    if not isinstance(name, str) or not name.strip() or collection_item(name.lstrip("#")) is not None:
        return None
    return None if primitive(name.lstrip("#")) else name.strip()


def members(value: dict[str, Any]) -> dict[str, Any]:
    """Give the members of an object that are not control information."""
    return {name: item for name, item in value.items() if not is_control(name)}


def is_envelope(value: Any, key: str = "value") -> bool:
    """Say whether an object is nothing but `{"value": ...}` and control information."""
    return isinstance(value, dict) and list(members(value)) == [key]


def resolve(exchange: Exchange, message: Message, registry: TypeRegistry) -> Resolution:
    """Find the type of a message's body, in the order of DESIGN 6; never from entity sets or singulars."""
    found = _resolve(exchange, message, registry)
    if exchange.foreign or message.http.body is None:
        return found
    if message.is_response:
        if found.kind in (UNKNOWN, UNRESOLVED) and exchange.operation.parameters and _is_bare(message):
            return _own_table(exchange, found, registry)
        return found
    return _with_own_table(exchange, found, registry)


def _is_bare(message: Message) -> bool:
    """Say whether a body is an object or array without the `value` envelope."""
    reading = message.http.json
    return reading is not None and isinstance(reading.value, dict | list) and not is_envelope(reading.value)


def _own_table(exchange: Exchange, found: Resolution, registry: TypeRegistry) -> Resolution:
    """Take the page's own properties table as the contract (DESIGN 5.10)."""
    if found.kind == UNRESOLVED and not found.name:
        return found
    own = {item.name: item for item in exchange.operation.parameters}
    header = next(iter(own.values())).header
    contract = Type(found.name.lstrip("#"), registry.index.root(exchange.path), own, headers=(header,))
    return replace(found, kind=OWN_TABLE, types=(contract,))


def _with_own_table(exchange: Exchange, found: Resolution, registry: TypeRegistry) -> Resolution:
    """Take the page's own table and the type's together, for a request (DESIGN 6)."""
    own = {item.name: item for item in exchange.operation.parameters}
    if not own or found.kind in (AMBIGUOUS, PRIMITIVE):
        return found
    header = next(iter(own.values())).header
    root = registry.index.root(exchange.path)
    if found.kind != TYPE:
        contract = Type(found.name.lstrip("#"), root, own, headers=(header,))
        return replace(found, kind=OWN_TABLE, types=(contract,), source=found.source or "own table")
    combined = tuple(
        Type(one.name, root, own, one, one.complete, one.open, headers=(header, *one.headers)) for one in found.types
    )
    return replace(found, types=combined)


def _resolve(exchange: Exchange, message: Message, registry: TypeRegistry) -> Resolution:
    http = message.http
    if message.is_response and _is_error(message) and not _says_nothing(message):
        return Resolution(ERROR)
    reading = http.json
    value = reading.value if reading is not None and reading.readable else None
    root = registry.index.root(exchange.path)
    annotation = message.annotation
    if annotation and annotation.type_name:
        return _annotated(message, registry, root)
    if http.body is None:
        return Resolution(UNRESOLVED)
    declared = annotation.flag("isCollection") if annotation and "isCollection" in annotation.values else None
    for candidate in _unannotated(exchange, message, value, registry):
        if candidate.kind != UNRESOLVED:
            return replace(candidate, collection=declared if candidate.collection is None else candidate.collection)
    if _is_primitive(value):
        return Resolution(PRIMITIVE, source="shape")
    return Resolution(UNRESOLVED)


def _says_nothing(message: Message) -> bool:
    name = message.annotation.type_name if message.annotation else None
    return name is not None and name.lstrip("#").strip().casefold() in _NOTHING


def _is_error(message: Message) -> bool:
    status = getattr(message.http, "status", None)
    return (status is not None and status >= 400) or bool(message.annotation and message.annotation.flag("expectError"))


def _is_primitive(value: Any) -> bool:
    """A scalar, or scalars in `{"value": ...}` or in an array: no table describes them (census 7)."""
    if is_envelope(value):
        value = value["value"]
    if isinstance(value, list):
        return bool(value) and not any(isinstance(item, (dict, list)) for item in value)
    return value is not None and not isinstance(value, dict)


def _annotated(message: Message, registry: TypeRegistry, root: str) -> Resolution:
    annotation = message.annotation
    assert annotation is not None
    assert annotation.type_name is not None
    name = annotation.type_name.strip()
    item = collection_item(name)
    collection = item is not None or annotation.flag("isCollection")
    place = partial(annotation.span, annotation.type_key)
    return named(
        registry,
        root,
        name if item is None else item,
        Resolution("", (), collection, "annotation", "", place),
    )


def named(registry: TypeRegistry, root: str, name: str, template: Resolution, page: str | None = None) -> Resolution:
    """Resolve a type by its name; the template says whence the name comes."""
    template = replace(template, name=name)
    bare = name.lstrip("#").strip()
    if bare.casefold() in _NOTHING:
        return replace(template, kind=NOTHING)
    found = registry.find(root, bare, page=page, namespace="microsoft.graph")
    if isinstance(found, Type):
        return replace(template, kind=TYPE, types=(found,))
    if isinstance(found, Ambiguous):
        return replace(template, kind=AMBIGUOUS, candidates=found.names)
    last = bare.rpartition(".")[2]
    if primitive(bare) or primitive(last) or bare.casefold() in _UNTYPED or registry.enum(root, bare):
        return replace(template, kind=PRIMITIVE)
    return replace(template, kind=UNKNOWN)


def _unannotated(exchange: Exchange, message: Message, value: Any, registry: TypeRegistry) -> Iterator[Resolution]:
    root = registry.index.root(exchange.path)
    inner = value["value"] if is_envelope(value) and isinstance(value["value"], dict) else value
    body = message.http.body
    for holder, pointer in ((value, ""), (inner, "/value")):
        name = own_type(holder)
        if name and body:
            place = partial(body.span, f"{pointer}/@odata.type")
            yield named(registry, root, name, Resolution("", source="body", place=place))
    yield from _from_context(value, message, registry, root)
    if exchange.foreign:
        return
    links = exchange.operation.response_links if message.is_response else exchange.operation.request_links
    linked = _linked(exchange, links, registry, root)
    items = value.get("value") if isinstance(value, dict) else value
    typed = _from_items(items, registry, root) if isinstance(items, list) else None
    if linked.kind == UNRESOLVED and typed is not None:
        yield typed
    if not (_is_primitive(value) and linked.kind == TYPE):
        yield linked


def _from_context(value: Any, message: Message, registry: TypeRegistry, root: str) -> Iterator[Resolution]:
    """Take `@odata.context` only where it spells out a type: `#Collection(T)` or `#T` (DESIGN 6)."""
    context = value.get("@odata.context") if isinstance(value, dict) else None
    match = _CONTEXT_TYPE.search(context) if isinstance(context, str) else None
    if match and message.http.body:
        name = match["items"] or match["one"]
        if name.casefold().startswith("microsoft.graph.") or registry.type(root, name):
            place = partial(message.http.body.span, "/@odata.context")
            template = Resolution("", collection=True if match["items"] else None, source="context", place=place)
            found = named(registry, root, name, template)
            if found.kind in (TYPE, PRIMITIVE):
                yield found


def _linked(exchange: Exchange, links: Iterable[Link], registry: TypeRegistry, root: str) -> Resolution:
    """Take the first resource link; two in one sentence are a union (census 8.1.8)."""
    found: list[Type] = []
    first: Link | None = None
    for link in links:
        if first is not None and link.span.line != first.span.line:
            break
        one = _link_type(exchange.path, link, registry, root)
        if one is not None and one not in found:
            first = first or link
            found.append(one)
    if first is None:
        return Resolution(UNRESOLVED)
    return Resolution(TYPE, tuple(found), None, "link", found[0].name, partial(getattr, first, "span"))


def _link_type(path: str, link: Link, registry: TypeRegistry, root: str) -> Type | None:
    target = link_target(path, link.target)
    names = registry.index.pages.get(target)
    text = re.sub(r"[*`]", "", link.text)
    if names and len(names.types) == 1:
        return registry.type(root, names.types[0])
    if names and names.types:
        found = registry.find(root, text, page=target)
        return found if isinstance(found, Type) else None
    return None


def _from_items(items: list[Any], registry: TypeRegistry, root: str) -> Resolution | None:
    """Take the types that all items of an array name themselves."""
    found: list[Type] = []
    for item in items:
        name = own_type(item)
        one = registry.type(root, name) if name else None
        if one is None:
            return None
        if one not in found:
            found.append(one)
    return Resolution(TYPE, tuple(found), True, "body", found[0].name) if found else None
