"""The route of a documented request: its path with a variable for each part that differs from call to call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.extraction.url import split

if TYPE_CHECKING:
    from collections.abc import Iterable

_VARIABLE = re.compile(r"\{(?P<brace>[^{}]*)\}|<(?P<angle>[^<>]*)>")
#: What a template marks as something that may be left out.
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_NO_WORD = re.compile(r"\W+")


def route(path: str, templates: Iterable[str]) -> str:
    """Return the path of a request with the variables of the path template that it fits, else with its own.

    What stands before the template, such as a version, stays. Variables are words in braces, each once in
    a route.
    """
    parts = path.split("/")[1:]
    ends = (split(_OPTIONAL.sub("", template)).path.strip("/").split("/") for template in templates)
    fitting = [end for end in ends if _is_end(parts, end)]
    if fitting:
        end = max(fitting, key=len)
        parts = [*parts[: len(parts) - len(end)], *end]
    return _with_names("/" + "/".join(parts))


def _is_end(parts: list[str], end: list[str]) -> bool:
    return len(parts) >= len(end) and all(map(_fits, parts[len(parts) - len(end) :], end))


def _fits(part: str, template: str) -> bool:
    """Whether a segment is one of those that a segment of a template stands for."""
    fixed = [re.escape(text) for text in _VARIABLE.split(template)[::3]]
    return re.fullmatch(".+".join(fixed), part, re.IGNORECASE) is not None


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

    return _VARIABLE.sub(name, path)
