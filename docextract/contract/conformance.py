"""Walks a body, picks the type of each object, validates its members, and yields typed violations."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from docextract.contract.envelope import items_key, parameter
from docextract.contract.registry import Ambiguous, Type
from docextract.contract.resolution import (
    AMBIGUOUS,
    NOTHING,
    OWN_TABLE,
    TYPE,
    UNKNOWN,
    is_envelope,
    is_extension,
    members,
    own_type,
)
from docextract.contract.violation import Violation, escape, judge
from docextract.findings import Severity
from docextract.reading.placeholder import is_placeholder
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docextract.contract.registry import TypeRegistry
    from docextract.contract.resolution import Resolution
    from docextract.contract.schema import Schemas
    from docextract.reading.exchange import Exchange, Message
    from docextract.reading.property import Property


@dataclass(frozen=True)
class Conformance:
    """A message's body held against its type: what checks of bodies inspect, and replay can make."""

    exchange: Exchange
    message: Message
    resolution: Resolution
    violations: tuple[Violation, ...] = ()

    @property
    def checked(self) -> bool:
        """Whether the body was validated against a type."""
        return self.resolution.kind in (TYPE, OWN_TABLE) and self.message.http.json is not None


@dataclass(frozen=True)
class _Node:
    """An object still to be walked; `whole` says that it may be held to be complete."""

    pointer: str
    value: Any
    declared: tuple[Type, ...]
    top: bool = False
    row: Property | None = None


def check_body(
    exchange: Exchange, message: Message, resolution: Resolution, registry: TypeRegistry, schemas: Schemas
) -> Conformance:
    """Hold a body against its resolution; regions that are damaged JSON are left out (DESIGN 4.6)."""
    reading = message.http.json
    if reading is None or not reading.readable:
        return Conformance(exchange, message, resolution)
    walk = _Walk(exchange, message, resolution, registry, schemas)
    found = (one for one in walk.run(reading.value) if not reading.damaged(one.pointer))
    return Conformance(exchange, message, resolution, tuple(found))


class _Walk:
    """One walk over one body, breadth first and without recursion."""

    def __init__(
        self,
        exchange: Exchange,
        message: Message,
        resolution: Resolution,
        registry: TypeRegistry,
        schemas: Schemas,
    ) -> None:
        self.exchange = exchange
        self.message = message
        self.resolution = resolution
        self.registry = registry
        self.schemas = schemas
        self.root = registry.index.root(exchange.path)
        self.response = message.is_response

    def run(self, value: Any) -> Iterator[Violation]:
        if self.resolution.kind == NOTHING:
            return
        if self.resolution.kind not in (TYPE, OWN_TABLE):
            yield from self._shape(value)
            return
        nodes: deque[_Node] = deque()
        yield from self._envelope(value, nodes)
        while nodes:
            yield from self._object(nodes.popleft(), nodes)

    def _shape(self, value: Any) -> Iterator[Violation]:
        """Compare the shape of a body whose type has no table with what the annotation says of it."""
        found = self.resolution
        if found.kind not in (UNKNOWN, AMBIGUOUS) or not found.annotated or not isinstance(value, dict):
            return
        key = self._collection_key()
        if found.collection and not isinstance(value.get(key), list):
            yield Violation("expected-collection", "", value=value, expected=f'{{"{key}": [...]}} of {found.name}')
        elif not found.collection and is_envelope(value) and isinstance(value["value"], list):
            yield Violation("collection-undeclared", "/value", value=value["value"])

    # The envelope (DESIGN 6)

    def _envelope(self, value: Any, nodes: deque[_Node]) -> Iterator[Violation]:
        types, key = self.resolution.types, self._collection_key()
        items = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, list):
            if self.response and not self.resolution.collection:
                yield Violation("expected-object", "", types[0], value=value, expected=types[0].short)
            else:
                self._push_items(value, "", nodes)
        elif not isinstance(value, dict):
            if not is_placeholder(value):
                yield Violation("wrong-type", "", types[0], value=value, expected=f"an object {types[0].short}")
        elif self.resolution.collection:
            yield from self._collection(value, items, key, nodes)
        elif is_envelope(value) and self._wraps(items):
            yield from self._wrapped(items, nodes)
        elif self._takes_parameters() and (name := parameter(value, types)) is not None:
            nodes.append(_Node(f"/{escape(name)}", value[name], types, top=True))
        else:
            nodes.append(_Node("", value, types, top=True))

    def _collection_key(self) -> str:
        annotation = self.message.annotation
        key = annotation.values.get("collectionProperty") if annotation else None
        return key if isinstance(key, str) else "value"

    def _collection(self, value: dict[str, Any], items: Any, key: str, nodes: deque[_Node]) -> Iterator[Violation]:
        one = self.resolution.types[0]
        if isinstance(items, list):
            self._push_items(items, f"/{key}", nodes)
        elif isinstance(items, dict):
            yield Violation("expected-collection", f"/{key}", one, value=items, expected=f"an array of {one.short}")
            nodes.append(_Node(f"/{key}", items, self.resolution.types))
        elif (other := items_key(value, self.resolution.types)) is not None:
            self._push_items(value[other], f"/{escape(other)}", nodes)
        elif self.response and self.resolution.annotated and not is_placeholder(items):
            yield Violation("expected-collection", "", one, value=value, expected=f'{{"{key}": [...]}} of {one.short}')
            nodes.append(_Node("", value, self.resolution.types))

    def _push_items(self, items: list[Any], pointer: str, nodes: deque[_Node]) -> None:
        for i, item in enumerate(items):
            if isinstance(item, dict):
                nodes.append(_Node(f"{pointer}/{i}", item, self.resolution.types, top=True))

    def _wraps(self, inner: Any) -> bool:
        """Whether `value` is the envelope and not a property of the type's own (census 8.1.2)."""
        if not any("value" in one.properties for one in self.resolution.types):
            return isinstance(inner, (dict, list))
        items = inner if isinstance(inner, list) else [inner]
        named = [self.registry.type(self.root, name) for item in items if (name := own_type(item))]
        return bool(named) and all(
            one is not None and any(one.derives_from(t) for t in self.resolution.types) for one in named
        )

    def _wrapped(self, inner: Any, nodes: deque[_Node]) -> Iterator[Violation]:
        one = self.resolution.types[0]
        if isinstance(inner, list):
            if self.resolution.annotated and self.response:
                yield Violation("collection-undeclared", "/value", one, value=inner)
            self._push_items(inner, "/value", nodes)
        else:
            if self.response:
                yield Violation("wrapped-entity", "/value", one, value=inner, at_key=True)
            nodes.append(_Node("/value", inner, self.resolution.types, top=True))

    def _takes_parameters(self) -> bool:
        return not self.response and bool(self.exchange.operation.parameters)

    # One object

    def _object(self, node: _Node, nodes: deque[_Node]) -> Iterator[Violation]:
        one, whole, found = self._pick(node)
        yield from found
        if one is None:
            return
        inside = members(node.value)
        yield from self._declared(one, node, inside)
        if whole:
            yield from self._undeclared(one, node, inside)
            if node.top:
                yield from self._missing(one, node, inside)
        self._push_members(one, node, inside, nodes)

    def _pick(self, node: _Node) -> tuple[Type | None, bool, list[Violation]]:
        """Choose the type of an object: its own if it fits the declared one (DESIGN 6).

        The flag says whether undeclared members may be reported.
        """
        name = own_type(node.value)
        fallback = self._best(node) if node.declared else None
        if name is None:
            return fallback, True, []
        pointer = node.pointer + "/@odata.type"
        found = self.registry.find(self.root, name, namespace="microsoft.graph")
        if isinstance(found, Ambiguous):
            names = ", ".join(found.names)
            return fallback, False, [Violation("ambiguous-type", pointer, fallback, value=name, other=names)]
        if found is None:
            if (
                self.resolution.kind == OWN_TABLE
                or self.resolution.name.lstrip("#").casefold() == name.lstrip("#").casefold()
            ):
                return fallback, True, []
            severity = None if self.registry.defines_types(self.root) else Severity.INFO
            return (
                fallback,
                False,
                [Violation("unknown-type", pointer, fallback, value=name, severity=severity)],
            )
        if not node.declared or any(found.derives_from(one) for one in node.declared):
            return found, found.complete, []
        wider = [one for one in node.declared if one.derives_from(found)]
        if wider:
            return wider[0], True, []
        return self._unrelated(node, found, name)

    def _unrelated(self, node: _Node, found: Type, name: str) -> tuple[Type | None, bool, list[Violation]]:
        declared = node.declared
        if self.resolution.kind == OWN_TABLE and declared == self.resolution.types:
            return declared[0], True, []
        if not (found.complete and all(one.complete for one in declared)):
            return found, False, []
        # What an object says of itself is better known than what a link in prose does.
        if self.resolution.source == "link" and declared == self.resolution.types:
            return found, True, []
        wanted = " or ".join(one.short for one in declared)
        return (
            found,
            True,
            [Violation("type-mismatch", node.pointer + "/@odata.type", found, None, name, node.row, other=wanted)],
        )

    def _best(self, node: _Node) -> Type:
        """Of a union, take the type that declares most of the object's members."""
        names = members(node.value)
        return max(node.declared, key=lambda one: sum(name in one.properties for name in names))

    def _push_members(self, one: Type, node: _Node, inside: Mapping[str, Any], nodes: deque[_Node]) -> None:
        for name, value in inside.items():
            if not isinstance(value, (dict, list)):
                continue
            declared = one.properties.get(name) or one.properties.get(one.by_case.get(name.casefold(), ""))
            if declared is None or declared.type.primitive:
                continue
            meaning = self.schemas.meaning(declared)
            types = meaning if isinstance(meaning, tuple) else ()
            pointer = f"{node.pointer}/{escape(name)}"
            items = (
                [(f"{pointer}/{i}", item) for i, item in enumerate(value)]
                if isinstance(value, list)
                else [(pointer, value)]
            )
            nodes.extend(
                _Node(where, item, types, row=declared)
                for where, item in items
                if isinstance(item, dict) and (types or own_type(item))
            )

    # Declared members

    def _declared(self, one: Type, node: _Node, inside: Mapping[str, Any]) -> Iterator[Violation]:
        for name, value in inside.items():
            declared = one.properties.get(name)
            if declared is None:
                continue
            pointer = f"{node.pointer}/{escape(name)}"
            for error in self.schemas.errors(declared, value):
                found = judge(one, declared, error, pointer + "".join(f"/{escape(str(part))}" for part in error.path))
                if found is not None:
                    yield found
            if value is None and declared.type.collection and declared.null_allowed is not False:
                yield Violation("null-collection", pointer, one, name, value, declared, declared.type.text)

    # Undeclared and missing members

    def _undeclared(self, one: Type, node: _Node, inside: Mapping[str, Any]) -> Iterator[Violation]:
        unknown = [name for name in inside if name not in one.properties and not is_extension(name)]
        unknown = [name for name in unknown if name not in one.represented and name not in _key_names(one)]
        others = []
        for name in unknown:
            right = one.by_case.get(name.casefold())
            if right is not None:
                yield self._member("property-case", one, node, name, other=right)
            else:
                others.append(name)
        if others and one.open:
            yield from self._beyond(one, node, others)
        elif others and one.closed:
            yield from self._surplus(one, node, others)

    def _beyond(self, one: Type, node: _Node, names: list[str]) -> Iterator[Violation]:
        """Report members of an open type that it does not declare."""
        better = self._better(one, node, names) if node.top and self.response else ""
        if better and (tagged := self._untagged(one, node, names)) is not None:
            yield tagged
            return
        for name in names:
            near = nearest(name, one.properties)
            check = "open-near-miss" if near and near not in node.value else "undeclared-open"
            severity = Severity.WARNING if better else None
            yield replace(self._member(check, one, node, name, other=near or "", severity=severity), expected=better)

    def _surplus(self, one: Type, node: _Node, names: list[str]) -> Iterator[Violation]:
        """Report members that a closed type does not declare."""
        if (tagged := self._untagged(one, node, names)) is not None:
            yield tagged
            return
        better = self._better(one, node, names)
        for name in names:
            near = nearest(name, one.properties) or ("@" + name if name.startswith("odata.") else "")
            found = self._member("undeclared-property", one, node, name, other=near, severity=self._weight(node, names))
            yield replace(found, expected=better)

    def _untagged(self, one: Type, node: _Node, names: list[str]) -> Violation | None:
        derived = self._derived_with(one, names)
        if derived is None:
            return None
        return Violation("untagged-derived", node.pointer, one, value=", ".join(names), other=derived.name)

    def _better(self, one: Type, node: _Node, surplus: list[str]) -> str:
        """Name the one documented type that declares all members, where the declared one lacks half of them."""
        names = [name for name in members(node.value) if not is_extension(name)]
        if len(surplus) < 2 or len(surplus) * 2 < len(names) or not one.definitions:
            return ""
        fitting = self.registry.only_fit(self.root, names)
        return fitting.name if fitting else ""

    def _weight(self, node: _Node, names: list[str]) -> Severity | None:
        if not self.response:
            return Severity.WARNING
        # The page's own table may list only what one may send (DESIGN 5.10).
        if self.resolution.kind == OWN_TABLE and node.declared == self.resolution.types and len(names) > 1:
            return Severity.INFO
        return None

    def _member(
        self,
        check: str,
        one: Type,
        node: _Node,
        name: str,
        *,
        other: str = "",
        severity: Severity | None = None,
    ) -> Violation:
        pointer = f"{node.pointer}/{escape(name)}"
        declared = one.properties.get(other)
        return Violation(
            check, pointer, one, name, node.value[name], declared, other=other, at_key=True, severity=severity
        )

    def _derived_with(self, one: Type, names: list[str]) -> Type | None:
        if not one.definitions:
            return None
        return self.registry.derived_with(one, names)

    def _missing(self, one: Type, node: _Node, inside: Mapping[str, Any]) -> Iterator[Violation]:
        """Report required members of an example that claims to be complete."""
        if not self.response or self.message.truncated or not one.closed or self._selects():
            return
        optional = {name for part in one.chain for definition in part.definitions for name in definition.optional}
        for name, declared in one.properties.items():
            if (
                name not in node.value
                and declared.required
                and name not in optional
                and name not in _case_names(inside, one)
            ):
                yield Violation("missing-property", node.pointer, one, name, None, declared)

    def _selects(self) -> bool:
        request = self.exchange.request
        url = getattr(request.http, "url", None) if request else None
        return request is None or not url or "$select" in url or "select=" in url


def _case_names(inside: Mapping[str, Any], one: Type) -> set[str]:
    return {one.by_case.get(name.casefold(), "") for name in inside}


def _key_names(one: Type) -> set[str]:
    """The key properties of a type's definitions: declared, though often not in the table (DESIGN 6)."""
    return {d.key.name for part in one.chain for d in part.definitions if d.key}
