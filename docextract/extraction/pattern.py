"""Texts with placeholders that stand for anything: segments of a path, values of a query option."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: A part of a text that differs from call to call.
PLACEHOLDER = re.compile(r"\{(?P<brace>[^{}]*)\}|<(?P<angle>[^<>]*)>")


@dataclass(frozen=True)
class Pattern:
    """What is fixed of a text around its placeholders, in lower case: one part more than there are placeholders."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Pattern:
        """Return the pattern of a text in which placeholders stand in braces or angle brackets."""
        if "{" not in text and "<" not in text:
            return cls((text.casefold(),))
        return cls(tuple(part.casefold() for part in PLACEHOLDER.split(text)[:: PLACEHOLDER.groups + 1]))

    @property
    def is_literal(self) -> bool:
        """Whether there is no placeholder."""
        return len(self.parts) == 1

    def fits(self, text: str) -> bool:
        """Whether a text has the fixed parts, in any case, and at least a character for each placeholder.

        Each part is taken at its first place, so the time is that of a search for each.
        """
        text = text.casefold()
        if self.is_literal:
            return text == self.parts[0]
        first, *between, last = self.parts
        if not text.startswith(first):
            return False
        at = len(first) + 1
        for part in between:
            found = text.find(part, at)
            if found < 0:
                return False
            at = found + len(part) + 1
        return at <= len(text) - len(last) and text.endswith(last)
