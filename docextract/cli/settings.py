"""The settings that are in force, as TOML, each with a comment that tells where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.project.config_file import setting_lines, settings_in
from docextract.project.keys import KEYS
from docextract.project.pages import shown
from docextract.renderers.visible import visible
from docextract.text.toml import toml, toml_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docextract.project.config import Config
    from docextract.text.toml import Way

#: The options that add to what is configured; the others replace it.
_ADDING = ("exclude", "ignore")


def settings(config: Config, asked: Mapping[str, object], defaults: Mapping[str, object]) -> Iterator[str]:
    """Yield the settings in force for the keys of `defaults`, in lines of TOML.

    `asked` are the values of options, by key. Where neither an option nor the file of the configuration
    says something, the default holds, unless it is None: then nothing is yielded.
    Raises ConfigError if the file of the configuration cannot be read any more.
    """
    file = config.file
    told = settings_in(file) if file else {}
    lines = setting_lines(file) if file else {}
    where = shown(file) if file else ""
    for key in KEYS:
        if key not in defaults:
            continue
        if key in asked and not (key in _ADDING and told.get(key) and "select" not in asked):
            yield _line(f"{key} = {toml(asked[key])}", f"--{key}")
        elif key == "ignore" and told.get(key) and "select" in asked:
            # What is selected runs, whatever the configuration ignores.
            yield _line(f"{key} = []", "--select")
        elif key in asked:
            yield from _added(key, _items((key,), told[key], where, lines), asked[key])
        elif key in told:
            yield from _told(key, told[key], where, lines)
        elif (default := defaults[key]) is not None:
            yield _line(f"{key} = {toml(default)}", "default")


def _told(key: str, value: object, file: str, lines: Mapping[Way, int]) -> Iterator[str]:
    """Yield a setting of a file: a table entry by entry, an array item by item if they stand on several lines."""
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield _line(f"{key}.{toml_key(name)} = {toml(item)}", _place(file, lines, (key, name), (key,)))
        return
    items = _items((key,), value, file, lines) if isinstance(value, list) else ()
    if len({origin for _, origin in items}) > 1:
        yield from _array(key, items)
    else:
        yield _line(f"{key} = {toml(value)}", _place(file, lines, (key,), (key, 0)))


def _added(key: str, items: Sequence[tuple[object, str]], more: object) -> Iterator[str]:
    """Yield an array of what is configured and what an option adds."""
    yield from _array(key, [*items, *((item, f"--{key}") for item in (more if isinstance(more, list | tuple) else ()))])


def _array(key: str, items: Sequence[tuple[object, str]]) -> Iterator[str]:
    yield f"{key} = ["
    for item, origin in items:
        yield _line(f"  {toml(item)},", origin)
    yield "]"


def _items(way: Way, value: object, file: str, lines: Mapping[Way, int]) -> Sequence[tuple[object, str]]:
    """Return the items of an array, each with the place that it comes from."""
    items = value if isinstance(value, list) else []
    return [(item, _place(file, lines, (*way, index), way)) for index, item in enumerate(items)]


def _place(file: str, lines: Mapping[Way, int], *ways: Way) -> str:
    """Return the file, with the line of the first way that has one."""
    line = next((lines[way] for way in ways if way in lines), None)
    return f"{file}:{line}" if line else file


def _line(text: str, origin: str) -> str:
    return f"{text}  # {visible(origin)}"
