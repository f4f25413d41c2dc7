"""The configuration files of API Doctor: what of them can be said in ours, and why the rest cannot or need not be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docextract.project.config import ConfigError
from docextract.project.files import is_never_page
from docextract.project.shape import Array, Shape, T, Text
from docextract.reading import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class Carried(NamedTuple):
    """Items of the array that one of our keys holds, and where they come from."""

    key: str
    items: tuple[str, ...]
    source: str


class Left(NamedTuple):
    """What is not carried over, and why."""

    source: str
    reason: str


_TEXTS = Array(Text())
_HEADINGS = frozenset((*vocabulary.PROPERTY_SECTIONS, *vocabulary.RELATIONSHIPS))
_PROPERTY_TABLES = ("ResourcePropertyDescriptions", "ResourceNavigationPropertyDescriptions")
_NOT_COMPARED = "such tables are not compared with examples"
#: Why the titles of other kinds of tables are not needed.
_TABLES = {
    "AuthScopes": _NOT_COMPARED,
    "EnumerationValues": "the members of an enum are known by their heading, their columns and the type",
    "ErrorCodes": _NOT_COMPARED,
    "HttpHeaders": _NOT_COMPARED,
    "PathParameters": _NOT_COMPARED,
    "QueryStringParameters": _NOT_COMPARED,
    "RequestObjectProperties": "a table below a heading about the request body is read as such",
    "ResponseObjectProperties": "a table of a type is known by its columns",
}
#: Why keys of `schemaConfig` are not carried over.
_SCHEMA = {
    "defaultNamespace": "the usual namespace is that of most annotations",
    "baseUrls": "the hosts and their versions are those of the examples",
    "notLowerCamel": "the case of names is compared with tables, not with a convention",
    "supportedTags": "all of a page is read, whatever the tags around it",
    "treatErrorsAsWarningsWorkloads": "pages have no workload; [[overrides]] give some pages other severities",
    "skipPermissionTableUpdateForWorkloads": "tables of permissions are neither read nor written",
    "textToRemoveFromPropertyNames": "a note beside a name in a table is read as a note",
}
#: Why other files of API Doctor have nothing to carry over.
_OTHER = {
    "api-requirements": "methods, header fields and media types are compared with HTTP itself and with the tables",
    "schemaDiffConfig": "it is about publishing metadata",
    **dict.fromkeys(
        ("apiPageType", "resourcePageType", "conceptualPageType", "enumPageType"),
        "the order of sections is not checked",
    ),
}


def carry_over(document: object) -> Iterator[Carried | Left]:
    """Yield what becomes of each setting in a file of API Doctor, which is known by its keys and not by its name.

    Raises ConfigError that names the key for a value that API Doctor could not have read.
    """
    if not isinstance(document, dict):
        raise ConfigError("expected an object")
    if not any(key in _READERS or key in _OTHER for key in document):
        raise ConfigError(f"expected a file of API Doctor with one of the keys {', '.join(_READERS)}")
    for key, value in document.items():
        if key in _READERS:
            yield from _READERS[key](value)
        else:
            yield Left(key, _OTHER.get(key, "it is no setting of API Doctor that is known here"))


def _tables(value: object) -> Iterator[Carried | Left]:
    definitions = _object(value, "tableDefinitions")
    for number, item in enumerate(_list(definitions.get("tables", []), "tableDefinitions.tables")):
        where = f"tableDefinitions.tables[{number}]"
        table = _object(item, where)
        kind = _read(Text(), table.get("type"), f"{where}.type")
        titles = _read(_TEXTS, table.get("titles", []), f"{where}.titles")
        if kind in _PROPERTY_TABLES:
            yield from _headings(f"{kind} titles", titles)
        else:
            yield Left(kind, _TABLES.get(kind, "it is no kind of table that is known here"))
    for key in definitions:
        if key == "parsingRules":
            yield Left(key, "columns are known by their usual heads, in several languages, and by their cells")
        elif key != "tables":
            yield Left(key, "it is no setting of API Doctor that is known here")


def _headings(where: str, titles: tuple[str, ...]) -> Iterator[Carried | Left]:
    """Yield what becomes of the titles of properties tables."""
    known = [title for title in titles if title.casefold() in _HEADINGS]
    if known:
        yield Left(f"{where} {', '.join(known)}", "these headings are known")
    for title in titles:
        if "{x}" in title:
            yield Left(f"{where} {title}", "a heading is compared as a whole")
    if new := tuple(title for title in titles if title not in known and "{x}" not in title):
        yield Carried("table-headings", new, where)


def _schema(value: object) -> Iterator[Carried | Left]:
    for key, item in _object(value, "schemaConfig").items():
        where = f"schemaConfig.{key}"
        if key == "requiredYamlHeaders":
            yield Carried("required-front-matter", _read(_TEXTS, item, where), where)
        elif key in ("foldersToSkip", "filesToSkip"):
            yield from _skipped(where, _read(_TEXTS, item, where), is_folder=key == "foldersToSkip")
        else:
            yield Left(key, _SCHEMA.get(key, "it is no setting of API Doctor that is known here"))


def _skipped(where: str, names: tuple[str, ...], *, is_folder: bool) -> Iterator[Carried | Left]:
    """Yield what becomes of the names of folders or files that are not read."""
    known = [name for name in names if is_never_page(name, is_folder=is_folder)]
    if known:
        yield Left(f"{where} {', '.join(known)}", "they are not read anyway")
    if new := tuple(_pattern(name, is_folder=is_folder) for name in names if name not in known and name.strip("/\\")):
        yield Carried("exclude", new, where)


def _pattern(name: str, *, is_folder: bool) -> str:
    """Return the gitignore-style pattern of a folder or file wherever it is."""
    path = re.sub(r"([*?\[\]\\#!])", r"\\\1", name.replace("\\", "/").strip("/"))
    return ("**/" if "/" in path else "") + path + ("/" if is_folder else "")


def _links(value: object) -> Iterator[Carried | Left]:
    prefixes = _read(_TEXTS, value, "pathsToIgnore")
    absolute = [prefix for prefix in prefixes if prefix.startswith("/") or ":" in prefix]
    if absolute:
        yield Left(f"pathsToIgnore {', '.join(absolute)}", "links that begin with / or a scheme are not checked")
    for prefix in prefixes:
        if prefix not in absolute:
            yield Left(
                f"pathsToIgnore {prefix}",
                "no setting leaves out links; silence them where they stand, or give broken-link another severity by "
                "[[overrides]]",
            )


def _object(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ConfigError(f"{where}: expected an object, found {value!r}")
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise ConfigError(f"{where}: expected an array, found {value!r}")
    return value


def _read(shape: Shape[T], value: object, where: str) -> T:
    try:
        return shape.read(value)
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from error


_READERS: dict[str, Callable[[object], Iterator[Carried | Left]]] = {
    "tableDefinitions": _tables,
    "schemaConfig": _schema,
    "pathsToIgnore": _links,
}
