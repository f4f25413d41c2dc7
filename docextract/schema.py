"""Properties to JSON Schema 2020-12, one shallow schema for each; the only importer of jsonschema.

Nested objects are just objects here: `conformance` picks the type of each itself, so that no
`anyOf` hides an error and every path maps to a pointer, and finds what no row declares (DESIGN 3).
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date, time
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker

from docextract.registry import Ambiguous, EnumType, Type, TypeRegistry
from docextract.trace import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonschema import ValidationError

    from docextract.property import Property
    from docextract.typeref import TypeRef

_DATE_TIME = re.compile(r"(-?\d{4,}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))$", re.IGNORECASE)
_TIME = re.compile(r"(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?$")
_DURATION = re.compile(r"[+-]?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$")
_GUID = re.compile(r"\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$", re.IGNORECASE)
_DATE = re.compile(r"-?\d{4,}-\d\d-\d\d$")


def _integer(bits: int, *, signed: bool = True) -> dict[str, Any]:
    low = -(2 ** (bits - 1)) if signed else 0
    return {"type": "integer", "minimum": low, "maximum": low + 2**bits - 1}


#: The schema of each primitive (OData JSON Format 4.01, section 7.1).
_PRIMITIVES: dict[str, dict[str, Any]] = {
    "String": {"type": "string"},
    "Boolean": {"type": "boolean"},
    "Byte": _integer(8, signed=False),
    "SByte": _integer(8),
    "Int16": _integer(16),
    "Int32": _integer(32),
    "Int64": _integer(64),
    "Double": {"type": "number"},
    "Single": {"type": "number"},
    "Decimal": {"type": "number"},
    "Number": {"type": "number"},
    "DateTimeOffset": {"type": "string", "format": "date-time"},
    "Date": {"type": "string", "format": "date"},
    "TimeOfDay": {"type": "string", "format": "time"},
    "Duration": {"type": "string", "format": "duration"},
    "Guid": {"type": "string", "format": "uuid"},
    "Binary": {"type": "string", "format": "base64"},
}

#: The Python types of JSON values that a JSON type surely accepts; `5.0` for an integer is left to jsonschema.
_ACCEPTED: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "null": (type(None),),
}

_ANY_VALUE = (str, int, float, bool, list, dict, type(None))
FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time")
def _is_date_time(value: object) -> bool:
    match = _DATE_TIME.match(value) if isinstance(value, str) else None
    return not isinstance(value, str) or bool(match and _is_date(match[1]) and _is_clock(match[2]))


@FORMATS.checks("date")
def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not _DATE.match(value):
        return False
    # Year 0 and years beyond 9999 are valid in OData but not in Python.
    month_and_day = value[-5:]
    try:
        year = int(value[:-6])
        date(year if 1 <= year <= 9999 else 2000, int(month_and_day[:2]), int(month_and_day[3:]))
    except ValueError:
        return False
    return True


@FORMATS.checks("time")
def _is_time(value: object) -> bool:
    match = _TIME.match(value) if isinstance(value, str) else None
    return not isinstance(value, str) or bool(match and _is_clock(match[1]))


def _is_clock(text: str) -> bool:
    try:
        time.fromisoformat(text.removesuffix(":60") + (":59" if text.endswith(":60") and len(text) == 8 else ""))
    except ValueError:
        return False
    return True


@FORMATS.checks("duration")
def _is_duration(value: object) -> bool:
    return not isinstance(value, str) or bool(_DURATION.match(value))


@FORMATS.checks("uuid")
def _is_guid(value: object) -> bool:
    return not isinstance(value, str) or bool(_GUID.match(value))


@FORMATS.checks("base64")
def _is_base64(value: object) -> bool:
    """Accept base64 and base64url, with or without padding (OData JSON Format 4.01, 7.1)."""
    if not isinstance(value, str):
        return True
    text = value.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


class Schemas:
    """The schemas and validators of properties, made on first use: most rows are never shown in a body."""

    def __init__(self, registry: TypeRegistry) -> None:
        self._registry = registry
        self._schemas = Memo(registry.trace, self._schema)
        self._validators: dict[Property, Draft202012Validator] = {}
        self._meanings = Memo(registry.trace, self._mean)

    def errors(self, declared: Property, value: Any) -> Iterable[ValidationError]:
        """Validate the value of a member against its row, objects as objects; give jsonschema's errors.

        A value whose Python type the schema surely accepts is not handed to jsonschema: nine in ten are such.
        """
        schema, accepted = self._schemas(declared)
        if type(value) in accepted:
            return ()
        validator = self._validators.get(declared)
        if validator is None:
            validator = self._validators[declared] = Draft202012Validator(schema, format_checker=FORMATS)
        return validator.iter_errors(value)

    def _schema(self, declared: Property) -> tuple[dict[str, Any], tuple[type, ...]]:
        """Give the schema of a row, and the Python types whose values it surely accepts."""
        schema = self.member(declared)
        return schema, _accepted(schema)

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
            return dict(_PRIMITIVES.get(ref.name, {}))
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


def _accepted(schema: Mapping[str, Any]) -> tuple[type, ...]:
    """Give the Python types whose values a schema surely accepts: those of one that only names types."""
    if not schema:
        return _ANY_VALUE
    if schema.keys() != {"type"}:
        return ()
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return tuple(accepted for kind in kinds for accepted in _ACCEPTED.get(kind, ()))


def _union(ref: TypeRef) -> dict[str, Any]:
    """Give the JSON types of a union of primitives; other unions accept anything here."""
    schemas = [_PRIMITIVES.get(one.name, {}) for one in ref.alternatives]
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
