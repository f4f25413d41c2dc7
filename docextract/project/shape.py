"""The shapes that values of the configuration have: each reads a value, and says in JSON Schema what it accepts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from docextract.project.config import ConfigError, spec

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    Schema = dict[str, object]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Shape(Protocol[T_co]):
    """What a value of TOML must look like, and what is made of it."""

    def read(self, value: object) -> T_co:
        """Return what is made of a value. Raises ConfigError, which says what was expected, for any other."""

    def schema(self) -> Schema:
        """Return the JSON Schema (2020-12) of the values that can be read."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string that matches a pattern, which is one of Python and of ECMA-262; `expected` are the words for these."""

    expected: str = "a string"
    pattern: str = ""

    def read(self, value: object) -> str:
        """Return the string."""
        if not isinstance(value, str) or not re.search(self.pattern, value):
            raise ConfigError(f"expected {self.expected}, found {value!r}")
        return value

    def schema(self) -> Schema:
        """Return the schema of the string."""
        return {"type": "string", "pattern": self.pattern} if self.pattern else {"type": "string"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A gitignore-style pattern."""

    def read(self, value: object) -> str:
        """Return the pattern."""
        try:
            spec((text := Text().read(value),))
        except ConfigError:
            raise
        except ValueError as error:
            raise ConfigError(f"expected gitignore-style patterns, found {value!r}") from error
        return text

    def schema(self) -> Schema:
        """Return the schema of patterns: not `!` alone, no backslash at the end; other slips it cannot tell."""
        return {"type": "string", "pattern": r"^(?!!\s*$)(?=#|[\s\S]*\[|(?:[^\\]|\\[\s\S])*$)"}


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One of some names, each of which stands for a value; `noun` is what a name is one of, if that needs no list."""

    values: Mapping[str, T]
    noun: str = ""

    def read(self, value: object) -> T:
        """Return the value that the name stands for."""
        if isinstance(value, str) and value in self.values:
            return self.values[value]
        if self.noun and isinstance(value, str):
            raise ConfigError(f"no such {self.noun}: '{value}'{suggestion(value, self.values)}")
        raise ConfigError(f"expected one of {', '.join(self.values)}, found {value!r}")

    def schema(self) -> Schema:
        """Return the schema of the names."""
        return {"enum": list(self.values)}


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number from 1 up, of some unit."""

    unit: str

    def read(self, value: object) -> int:
        """Return the number."""
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ConfigError(f"expected a positive number of {self.unit}, found {value!r}")
        return value

    def schema(self) -> Schema:
        """Return the schema of the number."""
        return {"type": "integer", "minimum": 1}


@dataclass(frozen=True, slots=True)
class Array(Generic[T]):
    """An array of strings or tables; at most one of the items may match `single`, if that is a pattern."""

    of: Shape[T]
    tables: bool = False
    single: str = ""

    def read(self, value: object) -> tuple[T, ...]:
        """Return what is made of the items."""
        kind = dict if self.tables else str
        if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
            raise ConfigError(f"expected an array of {'tables' if self.tables else 'strings'}, found {value!r}")
        items = tuple(map(self.of.read, value))
        if self.single and len(same := [item for item in value if re.search(self.single, item)]) > 1:
            raise ConfigError(f"expected at most one without a file, found {', '.join(map(repr, same))}")
        return items

    def schema(self) -> Schema:
        """Return the schema of the array."""
        schema: Schema = {"type": "array", "items": self.of.schema()}
        if self.single:
            schema |= {"contains": {"pattern": self.single}, "minContains": 0, "maxContains": 1}
        return schema


@dataclass(frozen=True, slots=True)
class Names(Generic[T]):
    """A table from names, any or one of `known`, to values of one shape; `expected` are the words for it."""

    of: Shape[T]
    expected: str
    known: Choice[str] | None = None

    def read(self, value: object) -> dict[str, T]:
        """Return what is made of the values, by name."""
        if not isinstance(value, dict):
            raise ConfigError(f"expected {self.expected}, found {value!r}")
        names = map(self.known.read, value) if self.known else value
        return {name: _below(name, self.of, value[name]) for name in names}

    def schema(self) -> Schema:
        """Return the schema of the table."""
        schema: Schema = {"type": "object", "additionalProperties": self.of.schema()}
        return schema | {"propertyNames": self.known.schema()} if self.known else schema


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A table of names, or an array of names for one that has `default` for each."""

    table: Names[T]
    default: T
    expected: str

    def read(self, value: object) -> dict[str, T]:
        """Return the table."""
        if isinstance(value, list):
            return dict.fromkeys(Array(Text()).read(value), self.default)
        if not isinstance(value, dict):
            raise ConfigError(f"expected {self.expected}, found {value!r}")
        return self.table.read(value)

    def schema(self) -> Schema:
        """Return the schema of both."""
        return {"anyOf": [Array(Text()).schema(), self.table.schema()]}


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A table of known keys, of which it must have `every` and, filled, one of `some`; `make` takes its values."""

    keys: Mapping[str, Shape[object]]
    make: Callable[..., T]
    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()

    def read(self, value: object) -> T:
        """Return what is made of the values."""
        if not isinstance(value, dict):
            raise ConfigError(f"expected a table, found {value!r}")
        for key in value:
            if key not in self.keys:
                raise ConfigError(f"unknown key '{key}'{suggestion(key, self.keys)}; known: {', '.join(self.keys)}")
        if not all(key in value for key in self.every):
            raise ConfigError(f"expected both {' and '.join(self.every)}, found {value!r}")
        if self.some and not any(value.get(key) for key in self.some):
            raise ConfigError(f"expected {' or '.join(self.some)}, found {value!r}")
        return self.make(**{key: _below(key, self.keys[key], item) for key, item in value.items()})

    def schema(self) -> Schema:
        """Return the schema of the table."""
        schema: Schema = {
            "type": "object",
            "properties": {key: shape.schema() for key, shape in self.keys.items()},
            "additionalProperties": False,
        }
        if self.every:
            schema["required"] = list(self.every)
        if self.some:
            schema["anyOf"] = [{"properties": {key: {"minItems": 1}}, "required": [key]} for key in self.some]
        return schema


def _below(key: str, shape: Shape[T], value: object) -> T:
    """Return what is made of the value of a key. Raises ConfigError that names the key."""
    try:
        return shape.read(value)
    except ConfigError as error:
        raise ConfigError(f"{key}: {error}") from error


def suggestion(name: str, known: Collection[str]) -> str:
    """Return the words that ask whether the nearest of some names is meant; "" if none is near."""
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    return f", did you mean '{near[0]}'?" if near else ""
