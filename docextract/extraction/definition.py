"""A type as a definition of JSON Schema 2020-12: its rows, its base by `allOf`, what derives from it by name.

A definition `K` holds two others: `K/$defs/members`, what the rows say, which derived types build upon, and
`K/$defs/whole`, which also refuses what no row declares. `K` itself is the `whole` of the type that an
object names in `@odata.type`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import quote

from docextract.contract.registry import EnumType
from docextract.contract.schema import may_be_epoch
from docextract.reading.member import UNLISTED
from docextract.text.json_values import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from docextract.contract.registry import Type
    from docextract.contract.schema import Schema, Schemas
    from docextract.reading.property import Property
    from docextract.text.source import Span

#: A schema, as JSON.
JSONSchema: TypeAlias = "dict[str, object]"
#: Gives the name of the definition of a type.
Key: TypeAlias = "Callable[[Type], str]"

_TYPE = "@odata.type"
_SYNTAX = re.compile(r"[\^$\\.*+?()\[\]{}|/]")
#: What rows say of an enum whose values may be several of its members at once.
_COMBINED = re.compile(r"(?i)\bcomma|\bkomma|\bcombin|\bkombin|\bflags?\b|\bmulti-?valued")
#: What a fragment may hold beside letters and digits (RFC 3986, section 3.5).
_IN_FRAGMENT = "!$&'()*+,-./:;=?@_~"


class Around(NamedTuple):
    """What else counts for a type: those that derive from it, and what the configuration allows beside its rows.

    Of that, `*` stands for any member.
    """

    heirs: Sequence[Type]
    allowed: Collection[str] = ()


def definition(type_: Type, around: Around, schemas: Schemas, key: Key) -> JSONSchema:
    """Return the definition of a type."""
    name, heirs = key(type_), around.heirs
    parts: JSONSchema = {"members": _members(type_, schemas, key), "whole": _whole(type_, name, around.allowed)}
    comment = {"$comment": place(type_.headers[0])} if type_.headers else {}
    whole = {"$ref": ref(name, "whole")}
    if not heirs:
        return {**comment, **whole, "$defs": parts}
    named = {"if": _named(heirs), "then": {"allOf": [_dispatch(heir, key) for heir in heirs]}, "else": whole}
    return {**comment, **named, "$defs": parts}


def envelope(name: str, member: str = "value") -> JSONSchema:
    """Return the definition of a list of a type: an array, in a member of an object or alone."""
    items: JSONSchema = {"type": "array", "items": {"$ref": ref(name)}}
    wrapped: JSONSchema = {"type": "object", "properties": {member: items}, "required": [member]}
    return {"if": {"type": "array"}, "then": items, "else": wrapped}


def ref(name: str, part: str = "") -> str:
    """Return the reference to a definition in its bundle, or to a part of it."""
    return f"#/$defs/{quote(escape(name), safe=_IN_FRAGMENT)}" + (f"/$defs/{part}" if part else "")


def place(span: Span) -> str:
    """Return the page and line of a table or row."""
    return f"{span.path}:{span.line}"


def _named(types: Iterable[Type]) -> JSONSchema:
    return {"properties": {_TYPE: {"pattern": _pattern(types)}}, "required": [_TYPE]}


def _dispatch(heir: Type, key: Key) -> JSONSchema:
    return {"if": _named([heir]), "then": {"$ref": ref(key(heir), "whole")}}


def _pattern(types: Iterable[Type]) -> str:
    """Return the pattern of the names by which objects name types; `#` may stand before them."""
    return f"^#?(?:{'|'.join(_literal(one.name) for one in types if one.name)})$"


def _literal(text: str) -> str:
    """Return a text as a pattern of ECMA-262, which knows fewer escapes than Python does."""
    return _SYNTAX.sub(r"\\\g<0>", text)


def _whole(type_: Type, name: str, more: Collection[str]) -> JSONSchema:
    """Return the schema of an object of exactly this type, which may show more members than those of its rows."""
    schema: JSONSchema = {"$ref": ref(name, "members")}
    without_row = {*type_.keys, *more} - {*type_.properties, "*"}
    allowed: dict[str, JSONSchema] = {member: {} for member in sorted(without_row)}
    if not type_.agrees:
        # Where table and representation hardly agree, the representation is another thing.
        allowed.update({member: {} for member in sorted(type_.represented)})
    if type_.name and type_.complete:
        # Types above it are no lie; what derives from it is told apart before.
        allowed[_TYPE] = {"pattern": _pattern(type_.chain)}
    if allowed:
        schema["properties"] = allowed
    if type_.enumerated and "*" not in more:
        schema["patternProperties"] = {UNLISTED: True}
        schema["unevaluatedProperties"] = False
    return schema


def _members(type_: Type, schemas: Schemas, key: Key) -> JSONSchema:
    """Return the schema of what the rows of a type declare, and those of its base."""
    base = type_.base
    if base is None:
        return {"type": "object", "properties": _properties(type_.own, schemas, key)}
    inherited = _properties(base.properties, schemas, key)
    own = _properties(type_.own, schemas, key)
    if any(name in inherited and _meant(inherited[name]) != _meant(own[name]) for name in own):
        # `allOf` would hold a row that declares a member anew against the old row, too.
        return {"type": "object", "properties": {**inherited, **own}}
    new = {name: schema for name, schema in own.items() if name not in inherited}
    return {"allOf": [{"$ref": ref(key(base), "members")}], "properties": new}


def _properties(rows: Mapping[str, Property], schemas: Schemas, key: Key) -> dict[str, JSONSchema]:
    return {name: _property(declared, schemas, key) for name, declared in rows.items()}


def _meant(schema: JSONSchema) -> JSONSchema:
    return {name: value for name, value in schema.items() if name not in ("$comment", "deprecated")}


def _property(declared: Property, schemas: Schemas, key: Key) -> JSONSchema:
    """Return the schema of a row."""
    shallow = schemas.member(declared)
    meaning = schemas.meaning(declared)
    types = meaning if isinstance(meaning, tuple) else ()
    schema = _deep(shallow, [{"$ref": ref(key(one))} for one in types])
    if declared.type.collection and isinstance(schema.get("type"), list):
        # Services answer with an empty array (OData JSON Format 4.01, section 7.2).
        schema["type"] = "array"
    if isinstance(meaning, EnumType) and not (meaning.whole or declared.members):
        schema = _open_enum(schema)
    schema = _lenient(schema, declared)
    said: JSONSchema = {"deprecated": True} if declared.terms.deprecated else {}
    return {**schema, **said, "$comment": place(declared.row)}


def _deep(schema: Schema, refs: list[JSONSchema]) -> JSONSchema:
    """Return a shallow schema with the definitions of objects."""
    deep: JSONSchema = dict(schema)
    if "items" in schema:
        return {**deep, "items": _deep(schema["items"], refs)}
    if not refs or schema.get("type") not in ("object", ["object", "null"]):
        return deep
    choices: list[JSONSchema] = [*refs, {"type": "null"}] if schema["type"] != "object" else refs
    return choices[0] if len(choices) == 1 else {"anyOf": choices}


def _open_enum(schema: JSONSchema) -> JSONSchema:
    """Return the schema of an enum of which more members may exist than those known."""
    if isinstance(schema.get("items"), dict):
        return {**schema, "items": _open_enum(dict(schema["items"]))}  # type: ignore[call-overload]
    known = schema.pop("enum", None)
    return {"type": ["string", "null"], "examples": known} if isinstance(known, list) else schema


def _lenient(schema: JSONSchema, declared: Property) -> JSONSchema:
    """Return a schema that also takes what a row, or OData, allows beside values of the type."""
    if isinstance(schema.get("items"), dict):
        return {**schema, "items": _lenient(dict(schema["items"]), declared)}  # type: ignore[call-overload]
    extra = list(_allowances(schema, declared)) if schema else []
    return {"anyOf": [schema, *extra]} if extra else schema


def _allowances(schema: JSONSchema, declared: Property) -> Iterator[JSONSchema]:
    if declared.type.name in ("Double", "Single"):
        # OData JSON Format 4.01, section 7.1
        yield {"enum": ["INF", "-INF", "NaN"]}
    if may_be_epoch(declared):
        yield {"type": "integer"}
    if declared.terms.empty_allowed:
        yield {"const": ""}
    members = schema.get("enum")
    if isinstance(members, list) and _COMBINED.search(declared.description):
        either = "|".join(_literal(name) for name in members if name is not None)
        yield {"type": "string", "pattern": f"^(?:{either})(?:\\s*,\\s*(?:{either}))*$"}
