"""The configuration: `[tool.docextract]` in pyproject.toml, or docextract.toml."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from docextract.findings import CheckId, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from pathspec import GitIgnoreSpec

FILES = ("docextract.toml", "pyproject.toml")
#: The ids as plain strings, as configurations name them.
_CHECKS = frozenset(map(str, CheckId))
_LEVELS: dict[str, Severity | None] = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "off": None,
}


class ConfigError(ValueError):
    """The configuration cannot be used; the message is one clear sentence that names the file and the key."""


@dataclass(frozen=True, slots=True)
class Override:
    """Other severities for some pages (gitignore-style patterns) or some types."""

    paths: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    severity: Mapping[str, Severity | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Allowed:
    """A property that bodies of a type may show although no table declares it; `*` stands for any."""

    type: str
    property: str


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a doc set, from the file `name` in the folder `root`; `root` is None for the defaults.

    `max_page_size` is in bytes.
    """

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
    #: Whether it also holds in folders below that have configurations of their own.
    sole: bool = False

    @property
    def file(self) -> Path | None:
        """The file that the settings come from; None for the defaults."""
        return self.root / self.name if self.root else None


@lru_cache(maxsize=256)
def spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """Return the matcher of gitignore-style patterns. Raises ValueError for an invalid pattern."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def find(start: Path) -> Config:
    """Return the nearest configuration at or above a file or folder; the defaults if there is none.

    Raises ConfigError if it cannot be used.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        config = load(folder)
        if config is not None:
            return config
    return Config()


def from_file(path: Path) -> Config:
    """Return the configuration in a file, as if it stood in the working directory, for all folders below.

    Raises ConfigError if it cannot be used.
    """
    if path.name == FILES[1]:
        table = _table_of(path)
        if table is None:
            raise ConfigError(f"{path}: there is no table [tool.docextract]")
    else:
        table = _document_of(path)
    return replace(_config(path, table), root=Path.cwd(), name=os.path.relpath(path), sole=True)


@dataclass(frozen=True, slots=True)
class Finder:
    """Where configurations come from: from one for everything, else from files; `exclude` is added to each."""

    sole: Config | None = None
    exclude: tuple[str, ...] = ()

    @property
    def default(self) -> Config:
        """The configuration where no file contains one."""
        return Config(exclude=self.exclude)

    def find(self, start: Path) -> Config:
        """Return the configuration of a file or folder. Raises ConfigError if it cannot be used."""
        config = self.sole or find(start)
        return replace(config, exclude=(*config.exclude, *self.exclude)) if self.exclude else config


def load(folder: Path) -> Config | None:
    """Return the configuration in a folder; None if there is none. Raises ConfigError if it cannot be used."""
    for name in FILES:
        path = folder / name
        if not os.path.isfile(path):
            continue
        table = _table_of(path)
        if table is not None:
            return _config(path, table)
    return None


def has_config(folder: Path) -> bool:
    """Whether a folder has a configuration, usable or not."""
    # Unlike Path.is_file, this returns False in a folder that cannot be read.
    if os.path.isfile(folder / FILES[0]):
        return True
    path = folder / FILES[1]
    try:
        # Most files need no parsing; a comment that mentions the table does not count.
        return b"tool.docextract" in path.read_bytes() and _table_of(path) is not None
    except OSError:
        return False
    except ConfigError:
        # It mentions us and is broken: `load` reports it.
        return True


def misnamed(folder: Path) -> Iterator[str]:
    """Yield a sentence about each file or table in a folder that was surely meant as a configuration but is not one."""
    if os.path.isfile(folder / f".{FILES[0]}"):
        yield f"{folder / f'.{FILES[0]}'} is not read; rename it to {FILES[0]}"
    path = folder / FILES[1]
    try:
        tools = _parse(path.read_bytes().decode("utf-8-sig")).get("tool")
    except (OSError, ValueError):
        return
    if isinstance(tools, dict) and "docextract" not in tools:
        for name in difflib.get_close_matches("docextract", tools, 1, 0.85):
            yield f"{path}: [tool.{name}] is not read; did you mean [tool.docextract]?"


def _table_of(path: Path) -> dict[str, Any] | None:
    """Return the settings in a file; None for a pyproject.toml without any. Raises ConfigError if it cannot be read."""
    document = _document_of(path)
    if path.name == FILES[0]:
        return document
    tool = document.get("tool")
    table = tool.get("docextract") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.docextract: expected a table, found {table!r}")
    return table


def _document_of(path: Path) -> dict[str, Any]:
    try:
        return _parse(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        # Whether a broken pyproject.toml configures us is unknown, and its owner wants to hear of it anyway.
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error


@lru_cache(maxsize=64)
def _parse(text: str) -> dict[str, Any]:
    """Return the table in a TOML text; cached, for a hook may pass thousands of pages below the same file."""
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
            raise ConfigError(f"expected folders below that of the configuration, found {name!r}")
    return tuple(value)


def patterns(value: Any) -> tuple[str, ...]:
    """Return gitignore-style patterns from an array of strings. Raises ConfigError for anything else."""
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
    allowed = []
    for item in _tables(value):
        table = _table(item, keys)
        if set(table) != set(keys):
            raise ConfigError(f"expected both type and property, found {item!r}")
        allowed.append(Allowed(**table))
    return tuple(allowed)


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
    """Return `required-front-matter`, an array of keys or a table of key = allowed values, as such a table.

    An empty array of allowed values allows any.
    """
    if isinstance(value, list):
        return dict.fromkeys(_strings(value), ())
    if not isinstance(value, dict):
        raise ConfigError(f"expected an array of keys or a table of key = allowed values, found {value!r}")
    return {key: _strings(allowed) for key, allowed in value.items()}


def _size(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ConfigError(f"expected a positive number of bytes, found {value!r}")
    return value


_OVERRIDE_KEYS: dict[str, Callable[[Any], Any]] = {
    "paths": patterns,
    "types": _strings,
    "severity": _severities,
    "ignore": _ids,
}
_KEYS: dict[str, Callable[[Any], Any]] = {
    "docs": _folders,
    "exclude": patterns,
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
