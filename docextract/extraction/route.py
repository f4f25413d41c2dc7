"""The route of a documented request: its path with a variable for each part that differs from call to call."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from docextract.extraction.pattern import PLACEHOLDER, Pattern
from docextract.extraction.url import split
from docextract.reading.path_template import version

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What a template marks as something that may be left out.
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_NO_WORD = re.compile(r"\W+")


def route(path: str, templates: Iterable[str]) -> str:
    """Return the path of a request with the variables of the path template that it fits, else with its own.

    What stands before the template, such as a version, stays. Variables are words in braces, each once in
    a route.
    """
    return routes(path, templates)[0]


def routes(path: str, templates: Iterable[str]) -> tuple[str, ...]:
    """Return the route of a request and, after it, the other templates, below what stands before its own one."""
    parts, ends = path.split("/")[1:], [_segments(template) for template in templates]
    own = max(filter(partial(_is_end, parts), ends), key=len, default=[])
    head = parts[: len(parts) - len(own)] if own else parts[: version(path) is not None]
    others = (end if end[: len(head)] == head else [*head, *end] for end in ends)
    whole = ([*head, *own] if own else parts, *others)
    return tuple(dict.fromkeys(_with_names("/" + "/".join(one)) for one in whole))


def _segments(template: str) -> list[str]:
    return split(_OPTIONAL.sub("", template)).path.strip("/").split("/")


def _is_end(parts: list[str], end: list[str]) -> bool:
    return len(parts) >= len(end) and all(map(_fits, parts[len(parts) - len(end) :], end))


def _fits(part: str, template: str) -> bool:
    """Whether a segment is one of those that a segment of a template stands for."""
    return Pattern.of(template).fits(part)


def _with_names(path: str) -> str:
    used: set[str] = set()

    def name(match: re.Match[str]) -> str:
        word = own = _NO_WORD.sub("_", match["brace"] or match["angle"] or "").strip("_") or "value"
        number = 1
        while word in used:
            number += 1
            word = f"{own}{number}"
        used.add(word)
        return f"{{{word}}}"

    return PLACEHOLDER.sub(name, path)
