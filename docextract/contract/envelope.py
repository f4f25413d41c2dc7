"""What stands around the members that a table describes: control information, envelopes, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from docextract.contract.violation import Violation
from docextract.findings import CheckId, Severity
from docextract.reading.member import is_control
from docextract.reading.placeholder import is_placeholder
from docextract.reading.primitive import primitive
from docextract.reading.typeref import collection_item
from docextract.text.json_values import escape
from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docextract.contract.naming import Resolution
    from docextract.contract.registry import Type, TypeRegistry
    from docextract.reading.exchange import Exchange, Message
    from docextract.reading.property import Property
    from docextract.text.json_values import JSONValue


def members(value: Mapping[str, JSONValue]) -> dict[str, JSONValue]:
    """Return the members of an object that are not control information."""
    return {name: item for name, item in value.items() if not is_control(name)}


def own_type(value: JSONValue) -> str | None:
    """Return the type that an object names itself, if it is the type of one object."""
    name = value.get("@odata.type") if isinstance(value, dict) else None
    if not isinstance(name, str) or not name.strip() or collection_item(name.lstrip("#")) is not None:
        return None
    return None if primitive(name.lstrip("#")) else name.strip()


def objects(value: JSONValue, pointer: str) -> Iterator[tuple[str, dict[str, JSONValue]]]:
    """Yield a value if it is an object, else the objects of an array, each with its JSON Pointer."""
    if isinstance(value, dict):
        yield pointer, value
    elif isinstance(value, list):
        yield from ((f"{pointer}/{i}", item) for i, item in enumerate(value) if isinstance(item, dict))


def is_envelope(value: JSONValue) -> TypeGuard[dict[str, JSONValue]]:
    """Whether a value is an object of nothing but `{"value": ...}` and control information."""
    return isinstance(value, dict) and "value" in value and len(members(value)) == 1


@dataclass(frozen=True)
class Node:
    """An object of a body: its JSON Pointer, its declared types, and the row that declares them.

    `whole` says that it may be held to be complete.
    """

    pointer: str
    value: dict[str, JSONValue]
    declared: tuple[Type, ...]
    whole: bool = False
    row: Property | None = None

    @cached_property
    def members(self) -> dict[str, JSONValue]:
        """Its members without control information."""
        return members(self.value)


class Contents(NamedTuple):
    """The objects of a body that its types describe, and what is wrong with the shape around them."""

    nodes: tuple[Node, ...] = ()
    violation: Violation | None = None


def misshapen(value: JSONValue, message: Message, resolution: Resolution) -> Violation | None:
    """Compare the shape of a body whose type has no table with what its annotation says of it."""
    if not isinstance(value, dict):
        return None
    key = _collection_key(message)
    if resolution.collection:
        expected = f'{{"{key}": [...]}}'
        is_collection = isinstance(value.get(key), list)
        return None if is_collection else Violation(CheckId.EXPECTED_COLLECTION, "", value=value, expected=expected)
    if is_envelope(value) and isinstance(value["value"], list):
        return Violation(CheckId.COLLECTION_UNDECLARED, "/value", value=value["value"])
    return None


def _collection_key(message: Message) -> str:
    """Return the name of the member that holds the items of a collection."""
    key = message.annotation.values.get("collectionProperty") if message.annotation else None
    return key if isinstance(key, str) else "value"


@dataclass(frozen=True, slots=True)
class Envelope:
    """The ways in which a message may wrap the objects that its resolution describes."""

    exchange: Exchange
    message: Message
    resolution: Resolution
    registry: TypeRegistry

    def open(self, value: JSONValue) -> Contents:
        """Return the objects that a body holds. The resolution has at least one type."""
        types, key = self.resolution.types, _collection_key(self.message)
        if isinstance(value, list):
            return self._array(value)
        if not isinstance(value, dict):
            wrong = Violation(CheckId.WRONG_TYPE, "", types[0], value=value)
            return Contents((), None if is_placeholder(value) else wrong)
        if self.resolution.collection:
            return self._collection(value, key)
        inner = value.get(key)
        if is_envelope(value) and isinstance(inner, dict | list) and self.wraps(inner):
            return self._wrapped(inner)
        if self._takes_parameters() and (wrapped := parameter(value, types)) is not None:
            name, inside = wrapped
            return Contents((Node(f"/{escape(name)}", inside, types, whole=True),))
        return Contents((Node("", value, types, whole=True),))

    def _array(self, items: list[JSONValue]) -> Contents:
        if self.message.is_response and not self.resolution.collection:
            return Contents((), Violation(CheckId.EXPECTED_OBJECT, "", self.resolution.types[0], value=items))
        return Contents(self._nodes(items, ""), self._odd_item(items, ""))

    def _odd_item(self, items: list[JSONValue], pointer: str) -> Violation | None:
        """Return what is wrong with the first item of a collection that is no object."""
        for i, item in enumerate(items):
            if item is not None and not isinstance(item, dict) and not is_placeholder(item):
                check = CheckId.EXPECTED_OBJECT if isinstance(item, list) else CheckId.WRONG_TYPE
                return Violation(check, f"{pointer}/{i}", self.resolution.types[0], value=item)
        return None

    def _collection(self, value: dict[str, JSONValue], key: str) -> Contents:
        types, items = self.resolution.types, value.get(key)
        if isinstance(items, list):
            return Contents(self._nodes(items, f"/{key}"), self._odd_item(items, f"/{key}"))
        if isinstance(items, dict):
            shape = Violation(CheckId.EXPECTED_COLLECTION, f"/{key}", types[0], value=items, expected="an array")
            return Contents((Node(f"/{key}", items, types),), shape)
        if (other := other_items(value, types)) is not None:
            name, others = other
            return Contents(self._nodes(others, f"/{escape(name)}"), self._misnamed(name, others, key))
        if self.message.is_response and self.resolution.annotated and not is_placeholder(items):
            expected = f'{{"{key}": [...]}}'
            shape = Violation(CheckId.EXPECTED_COLLECTION, "", types[0], value=value, expected=expected)
            return Contents((Node("", value, types),), shape)
        return Contents()

    def _misnamed(self, name: str, items: list[JSONValue], key: str) -> Violation | None:
        """Report the items of an annotated collection that stand under another key than its own.

        A doc set whose responses have no `value` at all wraps its collections otherwise.
        """
        if not (self.message.is_response and self.resolution.annotated and self.registry.wraps_in_value):
            return None
        first, expected = self.resolution.types[0], f'{{"{key}": [...]}}'
        pointer = f"/{escape(name)}"
        return Violation(CheckId.EXPECTED_COLLECTION, pointer, first, value=items, expected=expected, at_key=True)

    def _nodes(self, items: list[JSONValue], pointer: str) -> tuple[Node, ...]:
        return tuple(
            Node(f"{pointer}/{i}", item, self.resolution.types, whole=True)
            for i, item in enumerate(items)
            if isinstance(item, dict)
        )

    def wraps(self, inner: dict[str, JSONValue] | list[JSONValue]) -> bool:
        """Whether `value` is the envelope and not a property of the type's own, which its row or JSON shows."""
        types = self.resolution.types
        if not any("value" in type_.properties or "value" in type_.represented for type_ in types):
            return True
        items = inner if isinstance(inner, list) else [inner]
        root = self.registry.index.root(self.exchange.path)
        named = [self.registry.type(root, name) for item in items if (name := own_type(item))]
        return bool(named) and all(own is not None and any(own.derives_from(type_) for type_ in types) for own in named)

    def _wrapped(self, inner: dict[str, JSONValue] | list[JSONValue]) -> Contents:
        first, response = self.resolution.types[0], self.message.is_response
        if isinstance(inner, list):
            undeclared = Violation(CheckId.COLLECTION_UNDECLARED, "/value", first, value=inner)
            nodes = self._nodes(inner, "/value")
            return Contents(nodes, undeclared if response and self.resolution.annotated else None)
        severity = None if self.message.annotated else Severity.INFO
        wrapped = Violation(CheckId.WRAPPED_ENTITY, "/value", first, value=inner, at_key=True, severity=severity)
        nodes = (Node("/value", inner, self.resolution.types, whole=True),)
        return Contents(nodes, wrapped if response else None)

    def _takes_parameters(self) -> bool:
        return not self.message.is_response and bool(self.exchange.operation.parameters)


def other_items(value: dict[str, JSONValue], types: Sequence[Type]) -> tuple[str, list[JSONValue]] | None:
    """Find the items of a collection, with their member's name, in another envelope than `{"value": [...]}`.

    They are the only array, all of them are objects, and no member is one of the types' own.
    """
    inside = members(value)
    lists = [(name, item) for name, item in inside.items() if isinstance(item, list)]
    if len(lists) != 1 or not all(isinstance(item, dict) for item in lists[0][1]):
        return None
    return None if any(name in type_.properties for type_ in types for name in inside) else lists[0]


def parameter(value: dict[str, JSONValue], types: Sequence[Type]) -> tuple[str, dict[str, JSONValue]] | None:
    """Find the parameter of an action, its name and value, that wraps what its page's table lists."""
    inside = members(value)
    if len(inside) != 1:
        return None
    [(name, inner)] = inside.items()
    if not isinstance(inner, dict) or not members(inner) or any(name in type_.properties for type_ in types):
        return None
    declared = any(all(member in type_.properties for member in members(inner)) for type_ in types)
    return (name, inner) if declared else None
