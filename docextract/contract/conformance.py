"""Walks a body, picks the type of each object, validates its members, and yields typed violations."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from docextract.contract.envelope import Envelope, Node, misshapen, objects, own_type
from docextract.contract.naming import Kind, Source
from docextract.contract.registry import Type
from docextract.contract.surplus import Surplus
from docextract.contract.violation import Violation
from docextract.findings import CheckId, Severity
from docextract.text.json_values import escape
from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.contract.naming import Resolution
    from docextract.contract.registry import Ambiguous, TypeRegistry
    from docextract.contract.schema import Schemas
    from docextract.reading.exchange import Exchange, Message
    from docextract.reading.property import Property
    from docextract.text.json_values import JSONValue

#: What lies deeper in a body is not checked: each object there would have a pointer as long as all names above it.
_LONGEST_POINTER = 1_000


@dataclass(frozen=True)
class Conformance:
    """A message's body held against its type: what checks of bodies inspect, and replay can make."""

    exchange: Exchange
    message: Message
    resolution: Resolution
    violations: tuple[Violation, ...] = ()

    @property
    def checked(self) -> bool:
        """Whether the body was validated against a type whose table could be read."""
        if self.resolution.kind not in (Kind.TYPE, Kind.OWN_TABLE) or self.message.http.json is None:
            return False
        return any(one.described for one in self.resolution.types)


class Choice(NamedTuple):
    """The type that an object is held against, if any.

    `whole` says whether undeclared members may be reported; `violation` is what is wrong with the
    type that the object names itself.
    """

    type: Type | None
    whole: bool = True
    violation: Violation | None = None


def check_body(
    exchange: Exchange, message: Message, resolution: Resolution, registry: TypeRegistry, schemas: Schemas
) -> Conformance:
    """Hold a body against its resolution; regions that are damaged JSON are left out."""
    reading = message.http.json
    if reading is None or not reading.readable:
        return Conformance(exchange, message, resolution)
    walk = _Walk(exchange, message, resolution, registry, schemas)
    violations = (violation for violation in walk.run(reading.value) if not reading.damaged(violation.pointer))
    return Conformance(exchange, message, resolution, tuple(violations))


def typed_objects(
    exchange: Exchange, message: Message, resolution: Resolution, registry: TypeRegistry, schemas: Schemas
) -> Iterator[tuple[Type, Node]]:
    """Yield the objects of a body that are held against a type, with that type."""
    reading = message.http.json
    if reading is None or not reading.readable or resolution.kind not in (Kind.TYPE, Kind.OWN_TABLE):
        return
    walk = _Walk(exchange, message, resolution, registry, schemas)
    nodes = Envelope(exchange, message, resolution, registry).open(reading.value).nodes
    yield from ((choice.type, node) for choice, node in walk.objects(nodes) if choice.type is not None)


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
        self.surplus = Surplus(registry, self.root, resolution, message)

    def run(self, value: JSONValue) -> Iterator[Violation]:
        resolution = self.resolution
        if resolution.kind not in (Kind.TYPE, Kind.OWN_TABLE):
            named = resolution.annotated and resolution.kind in (Kind.UNKNOWN, Kind.AMBIGUOUS)
            shape = misshapen(value, self.message, resolution) if named else None
            yield from () if shape is None else (shape,)
            return
        contents = Envelope(self.exchange, self.message, resolution, self.registry).open(value)
        if contents.violation is not None:
            yield contents.violation
        for choice, node in self.objects(contents.nodes):
            if choice.violation is not None:
                yield choice.violation
            if choice.type is not None:
                yield from self._object(choice.type, node, whole=choice.whole)

    def objects(self, nodes: Iterable[Node]) -> Iterator[tuple[Choice, Node]]:
        """Yield objects and all in their members, breadth first, each with the choice of its type."""
        pending = deque(nodes)
        while pending:
            node = pending.popleft()
            choice = self._pick(node)
            yield choice, node
            if choice.type is not None:
                pending.extend(self._inner(choice.type, node))

    def _object(self, type_: Type, node: Node, *, whole: bool) -> Iterator[Violation]:
        yield from self._declared(type_, node)
        yield from self.surplus.violations(type_, node, whole=whole)
        if whole and node.whole:
            yield from self._missing(type_, node)

    # The type of an object

    def _pick(self, node: Node) -> Choice:
        """Choose the type of an object: its own if that fits the declared one."""
        fallback = self._best(node) if node.declared else None
        name = own_type(node.value)
        if name is None:
            return Choice(fallback)
        own = self.registry.find(self.root, name, namespace=self.registry.namespace)
        if isinstance(own, Type):
            choice = self._related(node, own, name)
            foreign = self.registry.index.is_foreign(self.root, name) and not _same_name(name, self.resolution.name)
            return choice._replace(violation=choice.violation or self._foreign(node, name)) if foreign else choice
        if own is None and (self.resolution.kind is Kind.OWN_TABLE or _same_name(name, self.resolution.name)):
            return Choice(fallback)
        return Choice(fallback, False, self._unfound(node, fallback, name, own))

    def _foreign(self, node: Node, name: str) -> Violation:
        """Report a type whose name has a namespace that no page defines."""
        pointer = node.pointer + "/@odata.type"
        return Violation(CheckId.UNKNOWN_TYPE, pointer, None, value=name, severity=Severity.WARNING)

    def _unfound(self, node: Node, declared: Type | None, name: str, own: Ambiguous | None) -> Violation:
        """Report a type that an object names itself and that no page, or more than one, defines."""
        pointer = node.pointer + "/@odata.type"
        if own is not None:
            return Violation(CheckId.AMBIGUOUS_TYPE, pointer, declared, value=name, other=", ".join(own.names))
        severity = None if self.registry.defines_types(self.root) else Severity.INFO
        return Violation(CheckId.UNKNOWN_TYPE, pointer, declared, value=name, severity=severity)

    def _best(self, node: Node) -> Type:
        """Of a union, take the type that declares most of the object's members."""
        if len(node.declared) == 1:
            return node.declared[0]
        return max(node.declared, key=lambda type_: sum(name in type_.properties for name in node.members))

    def _related(self, node: Node, own: Type, name: str) -> Choice:
        """Hold the type that an object names itself against its declared types: derived, wider or unrelated."""
        if not node.declared or any(own.derives_from(declared) for declared in node.declared):
            return Choice(own, own.complete)
        wider = next((declared for declared in node.declared if declared.derives_from(own)), None)
        return Choice(wider) if wider is not None else self._unrelated(node, own, name)

    def _unrelated(self, node: Node, own: Type, name: str) -> Choice:
        of_body = node.declared == self.resolution.types
        if self.resolution.kind is Kind.OWN_TABLE and of_body:
            return Choice(node.declared[0])
        if node.row is not None and _mentions(node.row.description, own):
            # "The attached contact, message or event": the row itself allows the type.
            return Choice(own)
        if not (own.complete and all(declared.complete for declared in node.declared)):
            return Choice(own, False)
        # What an object says of itself is better known than what prose does.
        if self.resolution.source in (Source.LINK, Source.PROSE) and of_body:
            return Choice(own)
        wanted = " or ".join(declared.short for declared in node.declared if declared.short)
        pointer = node.pointer + "/@odata.type"
        mismatch = Violation(CheckId.TYPE_MISMATCH, pointer, own, None, name, node.row, other=wanted)
        return Choice(own, True, mismatch)

    # Its members

    def _declared(self, type_: Type, node: Node) -> Iterator[Violation]:
        properties = type_.properties
        for name, value in node.members.items():
            declared = properties.get(name)
            if declared is None:
                continue
            if not self.schemas.accepts(declared, value):
                yield from self._refused(type_, node, declared, value)
            elif value is None and declared.type.collection:
                expected, pointer = declared.type.text, f"{node.pointer}/{escape(name)}"
                yield Violation(CheckId.NULL_COLLECTION, pointer, type_, name, None, declared, expected)

    def _refused(self, type_: Type, node: Node, declared: Property, value: JSONValue) -> Iterator[Violation]:
        """Yield what is wrong with a value that is not surely a good one of its row."""
        for violation in self.schemas.violations(type_, declared, value, f"{node.pointer}/{escape(declared.name)}"):
            honest = violation.check is CheckId.PLACEHOLDER and not self.message.is_response
            # Who sends a request puts a value of his own there.
            yield replace(violation, severity=Severity.INFO) if honest else violation

    def _missing(self, type_: Type, node: Node) -> Iterator[Violation]:
        """Report required members of an example that claims to be complete."""
        if not self.message.is_response or self.message.truncated or not type_.closed or self._selects():
            return
        optional = {name for part in type_.chain for definition in part.definitions for name in definition.optional}
        in_another_case = {type_.by_case.get(name.casefold(), "") for name in node.members}
        for name, declared in type_.properties.items():
            if declared.required and not (name in node.value or name in optional or name in in_another_case):
                yield Violation(CheckId.MISSING_PROPERTY, node.pointer, type_, name, None, declared)

    def _selects(self) -> bool:
        """Whether the response may hold what its request selects, or the request is not known."""
        url = self.exchange.request.url if self.exchange.request else None
        return not url or "$select" in url or "select=" in url

    def _inner(self, type_: Type, node: Node) -> Iterator[Node]:
        """Yield the objects in the members of an object."""
        for name, value in node.members.items():
            if not isinstance(value, dict | list):
                continue
            declared = type_.properties.get(name) or type_.properties.get(type_.by_case.get(name.casefold(), ""))
            if declared is None or declared.type.primitive:
                continue
            meaning = self.schemas.meaning(declared)
            types = meaning if isinstance(meaning, tuple) else ()
            pointer = f"{node.pointer}/{escape(name)}"
            if len(pointer) > _LONGEST_POINTER:
                continue
            for where, item in objects(value, pointer):
                if types or own_type(item):
                    yield Node(where, item, types, row=declared)


def _mentions(text: str, type_: Type) -> bool:
    """Whether a text names a type, in whatever case."""
    short = type_.short
    return short is not None and re.search(rf"\b{re.escape(short)}s?\b", text, re.IGNORECASE) is not None


def _same_name(name: str, other: str) -> bool:
    return name.lstrip("#").casefold() == other.lstrip("#").casefold()
