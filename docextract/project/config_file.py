"""Where configurations are found: `[tool.docextract]` in pyproject.toml, or docextract.toml."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docextract.disk import read_file
from docextract.project.config import Config, ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.text.toml import Way

FILES = ("docextract.toml", "pyproject.toml")


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

    def shared(self, paths: Iterable[Path]) -> Config:
        """Return the configuration of all of some files and folders if it is one, else that of the working directory.

        Raises ConfigError if one cannot be used.
        """
        folders = {path if os.path.isdir(path) else path.parent for path in paths}
        found = {config.file: config for config in map(self.find, folders)}
        return next(iter(found.values())) if len(found) == 1 else self.find(Path.cwd())


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
        return b"tool.docextract" in read_file(path) and _table_of(path) is not None
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
        tools = _parse(read_file(path).decode("utf-8-sig")).get("tool")
    except (OSError, ValueError):
        return
    if isinstance(tools, dict) and "docextract" not in tools:
        import difflib

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
        return _parse(read_file(path).decode("utf-8-sig"))
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
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("its values are nested too deep") from error
    except tomllib.TOMLDecodeError as error:
        last = text.rstrip().count("\n") + 1
        raise ValueError(str(error).replace("(at end of document)", f"(at line {last}, the end)")) from error


def _config(path: Path, table: dict[str, Any]) -> Config:
    """Return the settings in a table of a file. Raises ConfigError."""
    if not table:
        # Where nothing is set, the keys need not be known.
        return Config(path.parent, path.name)
    from docextract.project.keys import KeyedError, read_settings

    try:
        values: dict[str, Any] = read_settings(table)
    except KeyedError as error:
        line = setting_lines(path).get((error.key,))
        raise ConfigError(f"{path}{f':{line}' if line else ''}: {error}") from error
    return Config(path.parent, path.name, **values)


def settings_in(path: Path) -> dict[str, Any]:
    """Return the settings in a file as they stand there. Raises ConfigError if it cannot be read."""
    return (_table_of(path) if path.name == FILES[1] else _document_of(path)) or {}


def setting_lines(path: Path) -> dict[Way, int]:
    """Return the lines (from 1) of the settings in a file, by key, and by keys and indexes below it."""
    from docextract.text.toml import key_lines

    lines = key_lines(read_file(path).decode("utf-8-sig"))
    if path.name != FILES[1]:
        return lines
    return {way[2:]: line for way, line in lines.items() if way[:2] == ("tool", "docextract") and way[2:]}
