"""Properties to JSON Schema 2020-12, one shallow schema for each, and what a failed one amounts to.

Nested objects are just objects here: `conformance` picks the type of each itself, so that no
`anyOf` hides an error and every path maps to a pointer, and finds what no row declares.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypedDict, cast

from docextract.contract.formats import FORMATS
from docextract.contract.listed import Listed
from docextract.contract.registry import Ambiguous, EnumType, Type, TypeRegistry
from docextract.contract.violation import Violation
from docextract.findings import CheckId, Severity
from docextract.memo import Memo
from docextract.reading.placeholder import is_placeholder, is_shortened
from docextract.reading.primitive import PRIMITIVES
from docextract.text.json_values import pointer as pointer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jsonschema import Draft202012Validator, FormatChecker, ValidationError

    from docextract.reading.primitive import Primitive
    from docextract.reading.property import Property
    from docextract.reading.typeref import TypeRef
    from docextract.text.json_values import JSONValue

_EPOCH = re.compile(r"(?i)\b(?:unix|epoch|1970)\b|\bseconds since\b")


class Schema(TypedDict, total=False):
    """The part of JSON Schema that a row needs."""

    type: str | list[str]
    format: str
    minimum: int
    maximum: int
    enum: list[str | None]
    items: Schema


#: The Python types of JSON values that a JSON type surely accepts; `5.0` for an integer is left to jsonschema.
_ACCEPTED: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
}


class Schemas:
    """The schemas and validators of properties, made on first use: most rows are never shown in a body."""

    def __init__(self, registry: TypeRegistry) -> None:
        self._registry = registry
        self._acceptors = Memo(registry.trace, self._acceptor)
        self._validators = Memo(registry.trace, self._validator)
        self._meanings = Memo(registry.trace, self._mean)

    def accepts(self, declared: Property, value: JSONValue) -> bool:
        """Whether the value of a member surely keeps its row, so that it need not be handed to jsonschema.

        That holds for all but 1 value in 70 (`tests/contract/test_schema.py` holds it against jsonschema).
        """
        if value is None:
            return declared.null_allowed is not False
        ref = declared.type
        accept = _PLAIN.get(ref.name) if ref.primitive else None
        if accept is None or (ref.name == "String" and declared.members):
            accept = self._acceptors(declared)
        if not ref.collection:
            return accept(value)
        return type(value) is list and all(item is None or accept(item) for item in value)

    def violations(self, type_: Type, declared: Property, value: JSONValue, pointer: str) -> Iterable[Violation]:
        """Hold the value of a member against its row, objects as objects; `pointer` is its place in the body."""
        refused = self._validators(declared).iter_errors(value)
        errors = (error for error in refused if error.instance != "" or not declared.terms.empty_allowed)
        whole = self._lists_all(declared)
        judged = (_JUDGES[error.validator](_Refusal(type_, declared, pointer, error, whole)) for error in errors)
        return [violation for violation in judged if violation is not None]

    def _lists_all(self, declared: Property) -> bool:
        """Whether a value that the enum of a row does not list is none of its members."""
        meaning = self._meanings(declared)
        return not isinstance(meaning, EnumType) or meaning.whole or bool(declared.members)

    def _acceptor(self, declared: Property) -> Callable[[JSONValue], bool]:
        return acceptor(self._item(declared))

    def _validator(self, declared: Property) -> Draft202012Validator:
        return _validator_class()(self.member(declared), format_checker=_format_checker())

    def member(self, declared: Property) -> Schema:
        """Give the schema of a member: null is accepted unless the row says otherwise."""
        item = self._item(declared)
        if not declared.type.collection:
            return _or_null(item, declared)
        return _or_null({"type": "array", "items": {} if declared.terms.nested else _or_null(item)}, declared)

    def _item(self, declared: Property) -> Schema:
        """Give the schema of the value of a member, or of each of several."""
        item = self._value(declared, declared.type)
        if not item and declared.type.names_its_page and not declared.type.collection:
            # Whatever it is, it is one.
            return {"type": ["string", "number", "boolean", "object"]}
        return item

    def _value(self, declared: Property, ref: TypeRef) -> Schema:
        meaning = self._meanings(declared)
        if isinstance(meaning, EnumType):
            return {"enum": Listed(dict.fromkeys((*meaning.members, *declared.members)))}
        if ref.alternatives:
            return _union(ref)
        if declared.members and (ref.name == "String" or (not ref.primitive and not meaning)):
            return {"enum": Listed(declared.members)}
        if ref.primitive:
            return _of_primitive(ref.primitive)
        return {"type": "object"} if meaning else {}

    def meaning(self, declared: Property) -> tuple[Type, ...] | EnumType | None:
        """Say what the type cell of a row stands for: types (several: a union), an enum, or nothing known."""
        meaning = self._meanings(declared)
        if not isinstance(meaning, tuple):
            return meaning
        root = self._registry.index.root(declared.row.path)
        return tuple(self._registry.by_key(root, key) for key in meaning)

    def _mean(self, declared: Property) -> tuple[str, ...] | EnumType | None:
        """Find the names of the types; most are never shown in a body, so their pages are not read."""
        refs = declared.type.alternatives or (declared.type,)
        keys: list[str] = []
        for ref in refs:
            if ref.primitive or not ref.name:
                return None
            named = self._registry.named(ref, declared.row.path)
            if isinstance(named, EnumType):
                return named if len(refs) == 1 else None
            if named is None or isinstance(named, Ambiguous):
                return None
            keys.append(named)
        return tuple(keys)


@cache
def _validator_class() -> type[Draft202012Validator]:
    from jsonschema import Draft202012Validator, validators
    from jsonschema.exceptions import ValidationError

    def enum(_validator: object, listed: Listed, value: JSONValue, _schema: object) -> Iterator[ValidationError]:
        # The library compares a value with each member in turn.
        if isinstance(value, dict | list) or value not in listed.known:
            yield ValidationError(f"{value!r} is not listed")

    return cast("type[Draft202012Validator]", validators.extend(Draft202012Validator, {"enum": enum}))  # type: ignore[no-untyped-call]


@cache
def _format_checker() -> FormatChecker:
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, has_form in FORMATS.items():
        checker.checks(name)(has_form)
    return checker


def acceptor(schema: Schema) -> Callable[[JSONValue], bool]:
    """Give a test that only values other than null pass which the schema of a single value surely accepts."""
    if not schema:
        return lambda _: True
    if "enum" in schema:
        members = frozenset(schema["enum"])
        return lambda value: type(value) is str and value in members
    types = tuple(accepted for name in _types(schema) for accepted in _ACCEPTED.get(name, ()))
    if "format" in schema:
        has_form = FORMATS[schema["format"]]
        return lambda value: has_form(value) if type(value) is str else type(value) in types
    if "minimum" in schema:
        low, high = schema["minimum"], schema["maximum"]
        return lambda value: type(value) is int and low <= value <= high
    return lambda value: type(value) in types


def _of_primitive(primitive: Primitive) -> Schema:
    schema: Schema = {"type": primitive.json_type} if primitive.json_type else {}
    if primitive.form:
        schema["format"] = primitive.form
    if primitive.bounds:
        schema["minimum"], schema["maximum"] = primitive.bounds
    return schema


def _union(ref: TypeRef) -> Schema:
    """Give the JSON types of a union of primitives; other unions accept anything here."""
    alternatives = (alternative.primitive for alternative in ref.alternatives)
    schemas = [_of_primitive(primitive) if primitive else Schema() for primitive in alternatives]
    if not all("type" in schema for schema in schemas):
        return {}
    return {"type": list(dict.fromkeys(name for schema in schemas for name in _types(schema)))}


def _types(schema: Schema) -> list[str]:
    """Return the JSON types that a schema names."""
    return schema["type"] if isinstance(schema["type"], list) else [schema["type"]]


#: The tests of the primitives that have a JSON type, by their names: they are those of most rows.
_PLAIN = {one.name: acceptor(_of_primitive(one)) for one in PRIMITIVES if one.json_type}


def _or_null(schema: Schema, declared: Property | None = None) -> Schema:
    if not schema or (declared is not None and declared.null_allowed is False):
        return schema
    if "enum" in schema:
        return {**schema, "enum": Listed((*schema["enum"], None))}
    return {**schema, "type": [*_types(schema), "null"]}


class _Refusal(NamedTuple):
    """A member that jsonschema refuses for its row's schema: its type and row, its JSON Pointer, the error.

    `whole` says whether an enum is known to have no other members than those listed.
    """

    type: Type
    declared: Property
    pointer: str
    error: ValidationError
    whole: bool = True

    @property
    def value(self) -> JSONValue:
        """The value that is refused: the member's, or an item's of it."""
        return cast("JSONValue", self.error.instance)

    @property
    def is_placeholder(self) -> bool:
        """Whether the value stands for another one."""
        return is_placeholder(self.value, self.declared.name)

    def placeholder(self, expected: str | None = None) -> Violation:
        """Make a violation of a value that stands for another one; in the place of an array it has the wrong shape."""
        if self.declared.type.collection and not self.error.path and isinstance(self.value, str):
            return replace(self.violation(CheckId.EXPECTED_COLLECTION), severity=Severity.WARNING)
        shortened = isinstance(self.value, str) and is_shortened(self.value)
        return replace(self.violation(CheckId.PLACEHOLDER, expected), severity=Severity.INFO if shortened else None)

    def violation(self, check: CheckId, expected: str | None = None, other: str = "") -> Violation:
        """Make a violation of it; what is expected is the text of the row's type cell unless told otherwise."""
        pointer = self.pointer + pointer_of(*self.error.path)
        expected = self.declared.type.text if expected is None else expected
        return Violation(check, pointer, self.type, self.declared.name, self.value, self.declared, expected, other)


def _not_listed(refusal: _Refusal) -> Violation | None:
    """Ask in this order: null, exact match, case, placeholder, error; flags are split at commas."""
    value = refusal.value
    if value is None:
        return refusal.violation(CheckId.NOT_NULLABLE)
    enum = cast("Listed", refusal.error.validator_value)
    listed, by_case = enum.told, enum.by_case
    if isinstance(value, str):
        parts = [part.strip() for part in value.split(",")]
        if all(part in enum.known for part in parts):
            return None
        if all(part.casefold() in by_case for part in parts):
            right = ",".join(by_case[part.casefold()] for part in parts)
            return refusal.violation(CheckId.ENUM_CASE, listed, right)
    if refusal.is_placeholder:
        return refusal.placeholder(f"one of {listed}")
    if not isinstance(value, str):
        return _wrong_shape(refusal)
    return refusal.violation(CheckId.ENUM_VALUE, listed, enum.names.nearest(value) or "") if refusal.whole else None


def _out_of_range(refusal: _Refusal) -> Violation:
    limit = f"{refusal.error.validator} {refusal.error.validator_value:,}"
    return refusal.violation(CheckId.OUT_OF_RANGE, other=limit)


def _wrong_format(refusal: _Refusal) -> Violation:
    if refusal.is_placeholder:
        return refusal.placeholder()
    return refusal.violation(CheckId.WRONG_FORMAT, other=str(refusal.error.validator_value))


def _wrong_type(refusal: _Refusal) -> Violation | None:
    declared, value = refusal.declared, refusal.value
    if value is None:
        return refusal.violation(CheckId.NOT_NULLABLE)
    # OData JSON Format 4.01, section 7.1
    if declared.type.name in ("Double", "Single") and value in ("INF", "-INF", "NaN"):
        return None
    if type(value) is int and may_be_epoch(declared):
        return None
    return refusal.placeholder() if refusal.is_placeholder else _wrong_shape(refusal)


def may_be_epoch(declared: Property) -> bool:
    """Whether a row means its time to be a whole number: seconds or milliseconds since 1970."""
    if declared.type.name not in ("DateTimeOffset", "Date"):
        return False
    return declared.type.text.casefold() == "timestamp" or bool(_EPOCH.search(declared.description))


def _wrong_shape(refusal: _Refusal) -> Violation:
    if isinstance(refusal.value, list):
        return refusal.violation(CheckId.EXPECTED_OBJECT)
    if refusal.declared.type.collection and not refusal.error.path:
        return refusal.violation(CheckId.EXPECTED_COLLECTION)
    return refusal.violation(CheckId.WRONG_TYPE)


#: What a failed keyword of a schema amounts to; None if the value is fine after all.
_JUDGES: dict[str, Callable[[_Refusal], Violation | None]] = {
    "enum": _not_listed,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "format": _wrong_format,
    "type": _wrong_type,
}
