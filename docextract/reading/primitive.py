"""Primitive types: their names, and what JSON shows of them (OData JSON Format 4.01, section 7.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Primitive:
    """A primitive type: its canonical name, its other spellings in lower case, and its JSON.

    `json_type` is the type that JSON Schema names, None where any value may stand; `form` is the format
    of its strings, `bounds` are the least and the greatest value. `kind` is what samples show; None: anything.
    """

    name: str
    spellings: tuple[str, ...]
    kind: Kind | None
    json_type: Literal["string", "boolean", "integer", "number"] | None = None
    form: str | None = None
    bounds: tuple[int, int] | None = None


def _text(name: str, *spellings: str, form: str | None = None) -> Primitive:
    return Primitive(name, spellings, "text", "string", form)


def _integer(name: str, *spellings: str, bits: int, signed: bool = True) -> Primitive:
    least = -(2 ** (bits - 1)) if signed else 0
    return Primitive(name, spellings, "number", "integer", bounds=(least, least + 2**bits - 1))


def _number(name: str, *spellings: str) -> Primitive:
    return Primitive(name, spellings, "number", "number")


#: "Number" is any number, "Json" anything; the value of a "Stream" is seldom shown.
PRIMITIVES = (
    _text("String", "string", "str", "text", "enum", "char", "enumeration"),
    Primitive("Boolean", ("boolean", "bool"), "boolean", "boolean"),
    _integer("Byte", "byte", bits=8, signed=False),
    _integer("SByte", "sbyte", bits=8),
    _integer("Int16", "int16", "short", bits=16),
    _integer("Int32", "int32", "int", bits=32),
    _integer("Int64", "int64", "long", "integer", bits=64),
    _number("Double", "double", "float"),
    _number("Single", "single"),
    _number("Decimal", "decimal"),
    _number("Number", "number", "numeric"),
    _text(
        *("DateTimeOffset", "datetimeoffset", "datetime", "timestamp", "date-time", "date time", "date/time"),
        form="date-time",
    ),
    _text("Date", "date", form="date"),
    _text("TimeOfDay", "timeofday", "time of day", form="time"),
    _text("Duration", "duration", "iso 8601 duration", form="duration"),
    _text("Guid", "guid", "uuid", form="uuid"),
    _text("Binary", "binary", form="base64"),
    Primitive("Stream", ("stream",), "text"),
    Primitive("Json", ("json", "json object", "untyped json object", "object", "any", "untyped", "untyped json"), None),
)
_BY_SPELLING = {spelling: primitive for primitive in PRIMITIVES for spelling in primitive.spellings}
_PREFIX = re.compile(r"^#?(?:Edm|microsoft\.graph(?=\.json$))\.", re.IGNORECASE)


def primitive(name: str) -> Primitive | None:
    """Return the primitive that a name stands for ("Edm.Int32", "GUID", "timestamp"); None for other names."""
    return _BY_SPELLING.get(_PREFIX.sub("", name.strip()).casefold())
