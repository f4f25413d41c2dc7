"""The placeholders of URLs, `{id}` or `{id | userPrincipalName}`, as the variables of other formats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PLACEHOLDER = re.compile(r"\{(?P<name>[^{}/?#]*)\}")
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")


class Variables:
    """The variables of a text: a second placeholder of the same name gets a number."""

    def __init__(self) -> None:
        """Begin without any."""
        self._used: dict[str, int] = {}

    def name(self, placeholder: str) -> str:
        """Return the next variable, for a placeholder without its braces: letters, digits and `_`, as all clients take.

        The first character is no digit.
        """
        made = _NO_NAME.sub("_", placeholder).strip("_") or "value"
        name = f"_{made}" if made[0].isdigit() else made
        self._used[name] = self._used.get(name, 0) + 1
        return name if self._used[name] == 1 else f"{name}_{self._used[name]}"


def with_variables(text: str, shown: Callable[[str], str], literal: Callable[[str], str]) -> str:
    """Return a text with each placeholder as `shown` shows its variable, and all between them as `literal` does."""
    variables, end = Variables(), 0
    pieces: list[str] = []
    for match in PLACEHOLDER.finditer(text):
        pieces += literal(text[end : match.start()]), shown(variables.name(match["name"]))
        end = match.end()
    return "".join((*pieces, literal(text[end:])))
