"""The keys of the configuration: what each may say, what holds without it, and what it is for."""

from __future__ import annotations

from typing import NamedTuple

from docextract.findings import CheckId, Severity
from docextract.project.config import Allowed, ConfigError, Override
from docextract.project.shape import Array, Choice, Count, Listed, Names, Pattern, Record, Shape, Text, suggestion

#: The output formats; their renderers stand on a higher floor.
FORMATS = (
    *("text", "concise", "grouped", "statistics", "json", "jsonl"),
    *("github", "gitlab", "junit", "sarif", "rdjson", "markdown"),
)
_INSIDE = r"(?![/\\]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).+"
_LEVELS = {str(level): level for level in reversed(Severity)}
_OR_OFF: Choice[Severity | None] = Choice({**_LEVELS, "off": None})
_IDS = Array(Choice({str(id_): str(id_) for id_ in CheckId}, "check"))
_SEVERITIES = Names(
    _OR_OFF, "a table of check = severity", Choice({name: name for name in ("*", *map(str, CheckId))}, "check")
)
_PATTERNS = Array(Pattern())
_FOLDERS = Array(Text("folders below that of the configuration", f"^{_INSIDE}$"))
_OUTPUTS = Array(
    Text(
        f"FORMAT or FORMAT=FILE, FORMAT one of {', '.join(FORMATS)}, FILE below the folder of the configuration",
        f"^(?:{'|'.join(FORMATS)})(?:={_INSIDE})?$",
    ),
    single="^[^=]*$",
)


def _override(
    paths: tuple[str, ...] = (),
    types: tuple[str, ...] = (),
    severity: dict[str, Severity | None] | None = None,
    ignore: tuple[str, ...] = (),
) -> Override:
    return Override(paths, types, {**(severity or {}), **dict.fromkeys(ignore)})


_OVERRIDE = Record(
    {"paths": _PATTERNS, "types": Array(Text()), "severity": _SEVERITIES, "ignore": _IDS},
    _override,
    some=("paths", "types"),
)


class Key(NamedTuple):
    """A key: the shape of its value, the value that holds without it (None if nothing does), and what it is for."""

    shape: Shape[object]
    default: object
    about: str


KEYS = {
    "docs": Key(_FOLDERS, [], "The folders of pages, which are checked by default; without them, all folders."),
    "exclude": Key(_PATTERNS, [], "Files that are not pages: patterns as in .gitignore."),
    "versions": Key(_FOLDERS, [], "The folders whose types do not mix; found by themselves if their pages correspond."),
    "table-headings": Key(
        Array(Text()), [], "Headings of properties tables, beside those that are known in several languages."
    ),
    "max-page-size": Key(Count("bytes"), 10_000_000, "The size in bytes up to which a page is read."),
    "page-budget": Key(
        Count("steps"),
        200_000,
        "The steps that a page may take: its lines, and its examples times its path templates; not of the clock, so"
        " that every run says the same.",
    ),
    "select": Key(_IDS, [], "The checks that run, and no others."),
    "ignore": Key(_IDS, [], "Checks that do not run."),
    "severity": Key(_SEVERITIES, {}, "The severity of findings by check; `*` stands for all that are not named."),
    "overrides": Key(
        Array(_OVERRIDE, tables=True),
        [],
        "Other severities for pages that match `paths`, for `types`, or for both; the last that matches counts.",
    ),
    "allow": Key(
        Array(Record({"type": Text(), "property": Text()}, Allowed, every=("type", "property")), tables=True),
        [],
        "Properties that bodies of a type may show although no table declares them; `*` stands for any.",
    ),
    "required-front-matter": Key(
        Listed(
            Names(Array(Text()), "a table of key = allowed values"),
            (),
            "an array of keys or a table of key = allowed values",
        ),
        {},
        "The keys that front matter must have, with the values that it may have; no value stands for any.",
    ),
    "fail-on": Key(
        Choice({**_LEVELS, "never": None}), "error", "The least severity of a finding that makes the exit code 1."
    ),
    "min-severity": Key(
        Choice(_LEVELS), None, "What text, concise and grouped show; warning, or fail-on if that is lower, without it."
    ),
    "baseline": Key(
        Text("the path of a file from the folder of the configuration", r"^(?![/\\]|[A-Za-z]:).+$"),
        None,
        "The file of findings that are known and no failures, from the folder of the configuration.",
    ),
    "output": Key(
        _OUTPUTS,
        ["text"],
        "Where findings go: FORMAT to stdout, FORMAT=FILE to a file below the folder of the configuration.",
    ),
}


class KeyedError(ConfigError):
    """A setting cannot be used; `key` is its key."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def read_settings(table: dict[str, object]) -> dict[str, object]:
    """Return the values of settings, by the names of the fields of `Config`. Raises KeyedError."""
    values: dict[str, object] = {}
    for key, value in table.items():
        if key not in KEYS:
            raise KeyedError(key, f"unknown key '{key}'{suggestion(key, KEYS)}; known: {', '.join(sorted(KEYS))}")
        try:
            values[key.replace("-", "_")] = KEYS[key].shape.read(value)
        except ConfigError as error:
            raise KeyedError(key, f"{key}: {error}") from error
    both = sorted({*_IDS.read(table.get("select", []))} & {*_IDS.read(table.get("ignore", []))})
    if both:
        raise KeyedError("ignore", f"select and ignore both name {', '.join(map(repr, both))}; keep one of them")
    return values


def config_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of a configuration.

    It accepts all that can be read, and nothing else but odd patterns, such as `[z-a]`, and checks that
    both `select` and `ignore` name.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "docextract.toml, or [tool.docextract] in pyproject.toml",
        "type": "object",
        "properties": {
            name: {"description": key.about, **({} if key.default is None else {"default": key.default})}
            | key.shape.schema()
            for name, key in KEYS.items()
        },
        "additionalProperties": False,
    }
