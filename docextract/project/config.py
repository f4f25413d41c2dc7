"""The configuration: `[tool.docextract]` in pyproject.toml, or docextract.toml (DESIGN 7)."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from docextract.findings import CheckId, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from pathspec import GitIgnoreSpec

FILES = ("docextract.toml", "pyproject.toml")
#: A set of plain texts: what a configuration names is no member of the enumeration.
_CHECKS = frozenset(map(str, CheckId))
_LEVELS: dict[str, Severity | None] = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "off": None,
}


class ConfigError(ValueError):
    """A configuration that cannot be used; its text is one clear sentence with file and key."""


@dataclass(frozen=True, slots=True)
class Override:
    """Other severities for some pages (gitignore-style patterns) or some types."""

    paths: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    severity: Mapping[str, Severity | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Allowed:
    """A property that a type may show without declaring it; `*` stands for any."""

    type: str
    property: str


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a doc set; `root` is the folder of the file they come from, None for defaults."""

    root: Path | None = None
    name: str = ""
    docs: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    allow: tuple[Allowed, ...] = ()
    versions: tuple[str, ...] = ()
    table_headings: tuple[str, ...] = ()
    required_front_matter: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    max_page_size: int = 10_000_000

    @property
    def file(self) -> Path | None:
        """The file that the settings come from."""
        return self.root / self.name if self.root else None


@lru_cache(maxsize=256)
def spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """Return what matches gitignore-style patterns. Raises ValueError for a pattern that cannot be read."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def find(start: Path) -> Config:
    """Give the nearest configuration at or above a file or folder; the defaults if there is none.

    Raises ConfigError if it cannot be used.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        found = load(folder)
        if found is not None:
            return found
    return Config()


def load(folder: Path) -> Config | None:
    """Read the configuration in a folder; None if it has none."""
    for name in FILES:
        path = folder / name
        if not os.path.isfile(path):
            continue
        table = _table_of(path)
        if table is not None:
            return _config(path, table)
    return None


def has_config(folder: Path) -> bool:
    """Say whether a folder has a configuration, without judging it."""
    # Unlike its twin in pathlib it is False, and no error, in a folder that cannot be read.
    if os.path.isfile(folder / FILES[0]):
        return True
    path = folder / FILES[1]
    try:
        # Most files need no parsing; a comment that speaks of the table makes none.
        return b"tool.docextract" in path.read_bytes() and _table_of(path) is not None
    except OSError:
        return False
    except ConfigError:
        # It speaks of us and is broken: `load` says so.
        return True


def misnamed(folder: Path) -> Iterator[str]:
    """Yield a sentence about each file or table of a folder that was surely meant as a configuration and is none."""
    if os.path.isfile(folder / f".{FILES[0]}"):
        yield f"{folder / f'.{FILES[0]}'} is not read; the file is called {FILES[0]}"
    path = folder / FILES[1]
    try:
        tools = _parse(path.read_bytes().decode("utf-8-sig")).get("tool")
    except (OSError, ValueError):
        return
    if isinstance(tools, dict) and "docextract" not in tools:
        for name in difflib.get_close_matches("docextract", tools, 1, 0.85):
            yield f"{path}: [tool.{name}] is not read; did you mean [tool.docextract]?"


def _table_of(path: Path) -> dict[str, Any] | None:
    """Give the settings in a file; None if it is a pyproject.toml without any."""
    try:
        document = _parse(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        # Of a broken pyproject.toml nobody can say whether it is ours; its owner wants to know.
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
    if path.name == FILES[0]:
        return document
    tool = document.get("tool")
    table = tool.get("docextract") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.docextract: expected a table, found {table!r}")
    return table


@lru_cache(maxsize=64)
def _parse(text: str) -> dict[str, Any]:
    """Read TOML; a hook names thousands of pages below one and the same file."""
    import tomllib

    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        last = text.rstrip().count("\n") + 1
        raise ValueError(str(error).replace("(at end of document)", f"(at line {last}, the end)")) from error


def _config(path: Path, table: dict[str, Any]) -> Config:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise ConfigError(
                f"{path}: unknown key '{key}'{_suggestion(key, _KEYS)}; known: {', '.join(sorted(_KEYS))}"
            )
        try:
            values[key.replace("-", "_")] = _KEYS[key](value)
        except ConfigError as error:
            raise ConfigError(f"{path}: {key}: {error}") from error
    both = sorted({*values.get("select", ())} & {*values.get("ignore", ())})
    if both:
        raise ConfigError(f"{path}: select and ignore both name {', '.join(map(repr, both))}; keep one of them")
    return Config(path.parent, path.name, **values)


def _suggestion(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f", did you mean '{near[0]}'?" if near else ""


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"expected an array of strings, found {value!r}")
    return tuple(value)


def _folders(value: Any) -> tuple[str, ...]:
    for name in _strings(value):
        path = PurePosixPath(name.replace("\\", "/"))
        if not name or path.is_absolute() or ".." in path.parts:
            raise ConfigError(f"expected folders below the file's own, found {name!r}")
    return tuple(value)


def _patterns(value: Any) -> tuple[str, ...]:
    for pattern in _strings(value):
        try:
            spec((pattern,))
        except ValueError as error:
            raise ConfigError(f"expected gitignore-style patterns, found {pattern!r}") from error
    return tuple(value)


def _headings(value: Any) -> tuple[str, ...]:
    return tuple(text.casefold() for text in _strings(value))


def _ids(value: Any) -> tuple[str, ...]:
    for name in _strings(value):
        _known(name, _CHECKS)
    return tuple(value)


def _known(name: str, checks: Collection[str]) -> None:
    if name not in checks:
        raise ConfigError(f"no such check: '{name}'{_suggestion(name, checks)}")


def _severities(value: Any) -> dict[str, Severity | None]:
    if not isinstance(value, dict):
        raise ConfigError(f"expected a table of check = severity, found {value!r}")
    for name, level in value.items():
        _known(name, {*_CHECKS, "*"})
        if not isinstance(level, str) or level not in _LEVELS:
            raise ConfigError(f"{name}: expected one of {', '.join(_LEVELS)}, found {level!r}")
    return {name: _LEVELS[level] for name, level in value.items()}


def _overrides(value: Any) -> tuple[Override, ...]:
    return tuple(_override(_table(item, _OVERRIDE_KEYS)) for item in _tables(value))


def _override(table: dict[str, Any]) -> Override:
    paths, types = table.get("paths", ()), table.get("types", ())
    if not paths and not types:
        raise ConfigError("expected paths or types in each override")
    return Override(paths, types, {**table.get("severity", {}), **dict.fromkeys(table.get("ignore", ()))})


def _allow(value: Any) -> tuple[Allowed, ...]:
    keys = {"type": _string, "property": _string}
    found = []
    for item in _tables(value):
        table = _table(item, keys)
        if set(table) != set(keys):
            raise ConfigError(f"expected both type and property, found {item!r}")
        found.append(Allowed(**table))
    return tuple(found)


def _tables(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ConfigError(f"expected an array of tables, found {value!r}")
    return value


def _table(item: dict[str, Any], keys: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    for key in item:
        if key not in keys:
            raise ConfigError(f"unknown key '{key}'{_suggestion(key, keys)}; known: {', '.join(sorted(keys))}")
    return {key: keys[key](value) for key, value in item.items()}


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"expected a string, found {value!r}")
    return value


def _front_matter(value: Any) -> dict[str, tuple[str, ...]]:
    """Read `required-front-matter`: an array of keys, or a table of key = allowed values (none: any)."""
    if isinstance(value, list):
        return dict.fromkeys(_strings(value), ())
    if not isinstance(value, dict):
        raise ConfigError(f"expected keys, or a table of key = allowed values, found {value!r}")
    return {key: _strings(allowed) for key, allowed in value.items()}


def _size(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ConfigError(f"expected a number of bytes above 0, found {value!r}")
    return value


_OVERRIDE_KEYS: dict[str, Callable[[Any], Any]] = {
    "paths": _patterns,
    "types": _strings,
    "severity": _severities,
    "ignore": _ids,
}
_KEYS: dict[str, Callable[[Any], Any]] = {
    "docs": _folders,
    "exclude": _patterns,
    "select": _ids,
    "ignore": _ids,
    "severity": _severities,
    "overrides": _overrides,
    "allow": _allow,
    "versions": _folders,
    "table-headings": _headings,
    "required-front-matter": _front_matter,
    "max-page-size": _size,
}
