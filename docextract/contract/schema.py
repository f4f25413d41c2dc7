"""Properties to JSON Schema 2020-12, one shallow schema for each; the only importer of jsonschema.

Nested objects are just objects here: `conformance` picks the type of each itself, so that no
`anyOf` hides an error and every path maps to a pointer, and finds what no row declares (DESIGN 3).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from docextract.contract.formats import FORMATS
from docextract.contract.registry import Ambiguous, EnumType, Type, TypeRegistry
from docextract.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jsonschema import Draft202012Validator, FormatChecker, ValidationError

    from docextract.reading.primitive import Primitive
    from docextract.reading.property import Property
    from docextract.reading.typeref import TypeRef


#: The Python types of JSON values that a JSON type surely accepts; `5.0` for an integer is left to jsonschema.
_ACCEPTED: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "null": (type(None),),
}


class Schemas:
    """The schemas and validators of properties, made on first use: most rows are never shown in a body."""

    def __init__(self, registry: TypeRegistry) -> None:
        self._registry = registry
        self._schemas = Memo(registry.trace, self._schema)
        self._validators: dict[Property, Draft202012Validator] = {}
        self._meanings = Memo(registry.trace, self._mean)

    def errors(self, declared: Property, value: Any) -> Iterable[ValidationError]:
        """Validate the value of a member against its row, objects as objects; give jsonschema's errors.

        What surely is accepted is not handed to jsonschema: all but 1 value in 70 (`tests/contract/test_schema.py`
        holds that against it).
        """
        schema, accepts = self._schemas(declared)
        return () if accepts(value) else self._validator(declared, schema).iter_errors(value)

    def _schema(self, declared: Property) -> tuple[dict[str, Any], Callable[[Any], bool]]:
        schema = self.member(declared)
        return schema, acceptor(schema)

    def _validator(self, declared: Property, schema: dict[str, Any]) -> Draft202012Validator:
        if declared not in self._validators:
            from jsonschema import Draft202012Validator

            self._validators[declared] = Draft202012Validator(schema, format_checker=_format_checker())
        return self._validators[declared]

    def member(self, declared: Property) -> dict[str, Any]:
        """Give the schema of a member: null is accepted unless the row says otherwise (DESIGN 6)."""
        item = self._value(declared, declared.type)
        if declared.type.collection:
            return _or_null({"type": "array", "items": _or_null(item) if item else {}}, declared)
        return _or_null(item, declared) if item else {}

    def _value(self, declared: Property, ref: TypeRef) -> dict[str, Any]:
        meaning = self._meanings(declared)
        if isinstance(meaning, EnumType):
            return {"enum": list(dict.fromkeys((*meaning.members, *declared.members)))}
        if ref.alternatives:
            return _union(ref)
        if declared.members and (ref.name == "String" or (not ref.primitive and not meaning)):
            return {"enum": list(declared.members)}
        if ref.primitive:
            return _of_primitive(ref.primitive)
        return {"type": "object"} if meaning else {}

    def meaning(self, declared: Property) -> tuple[Type, ...] | EnumType | None:
        """Say what the type cell of a row stands for: types (several: a union), an enum, or nothing known."""
        found = self._meanings(declared)
        if not isinstance(found, tuple):
            return found
        root = self._registry.index.root(declared.row.path)
        return tuple(self._registry.by_key(root, key) for key in found)

    def _mean(self, declared: Property) -> tuple[str, ...] | EnumType | None:
        """Find the names of the types; most are never shown in a body, so their pages are not read."""
        refs = declared.type.alternatives or (declared.type,)
        keys: list[str] = []
        for ref in refs:
            if ref.primitive or not ref.name:
                return None
            found = self._registry.named(ref, declared.row.path, "microsoft.graph")
            if isinstance(found, EnumType):
                return found if len(refs) == 1 else None
            if found is None or isinstance(found, Ambiguous):
                return None
            keys.append(found)
        return tuple(keys)


@cache
def _format_checker() -> FormatChecker:
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, has_form in FORMATS.items():
        checker.checks(name)(has_form)
    return checker


def acceptor(schema: Mapping[str, Any]) -> Callable[[Any], bool]:
    """Give a test that only values pass which a schema of `Schemas.member` surely accepts."""
    if not schema:
        return lambda _: True
    if "enum" in schema:
        members = frozenset(schema["enum"])
        return lambda value: (value is None or type(value) is str) and value in members
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    types = tuple(accepted for kind in kinds for accepted in _ACCEPTED.get(kind, ()))
    null = "null" in kinds
    if "items" in schema:
        of_item = acceptor(schema["items"])
        return lambda value: all(map(of_item, value)) if type(value) is list else null and value is None
    if "format" in schema:
        has_form = FORMATS[schema["format"]]
        return lambda value: has_form(value) if type(value) is str else type(value) in types
    if "minimum" in schema:
        low, high = schema["minimum"], schema["maximum"]
        return lambda value: low <= value <= high if type(value) is int else null and value is None
    return lambda value: type(value) in types


def _of_primitive(primitive: Primitive) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": primitive.json_type} if primitive.json_type else {}
    if primitive.form:
        schema["format"] = primitive.form
    if primitive.bounds:
        schema["minimum"], schema["maximum"] = primitive.bounds
    return schema


def _union(ref: TypeRef) -> dict[str, Any]:
    """Give the JSON types of a union of primitives; other unions accept anything here."""
    schemas = [_of_primitive(one.primitive) if one.primitive else {} for one in ref.alternatives]
    if not all("type" in schema for schema in schemas):
        return {}
    return {"type": list(dict.fromkeys(schema["type"] for schema in schemas))}


def _or_null(schema: dict[str, Any], declared: Property | None = None) -> dict[str, Any]:
    if not schema or (declared is not None and declared.null_allowed is False):
        return schema
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*kinds, "null"]}
