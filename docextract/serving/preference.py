"""What a client prefers among the documented answers, in the header field Prefer (RFC 7240)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from docextract.serving.example import Example

#: Commas part preferences, semicolons parameters (RFC 7240, section 2); both may stand in quotes.
_PREFERENCE = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^",])+')
_PART = re.compile(r'\s*(?P<name>[\w-]+)\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^",;]*))')
#: What is longer holds no preference that we know.
_LONGEST = 1_000
_STATUS = re.compile(r"[1-5]\d\d")


class Preference(NamedTuple):
    """The example, by its name in lower case, and the status code that a client prefers."""

    example: str | None = None
    status: int | None = None

    @classmethod
    def of(cls, field: str) -> Self:
        """Read the value of Prefer; of two preferences with the same name the first counts, others are left alone."""
        found: dict[str, str] = {}
        for part in _PREFERENCE.findall(field[:_LONGEST]):
            match = _PART.match(part)
            if match:
                quoted = match["quoted"]
                value = match["bare"].strip() if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
                found.setdefault(match["name"].casefold(), value)
        status = found.get("status", "")
        example = found.get("example", "").casefold()
        return cls(example or None, int(status) if _STATUS.fullmatch(status) else None)

    def is_met_by(self, example: Example) -> bool:
        """Whether an example is what is preferred; False without a preference."""
        named = self.example is None or self.example in example.names
        return self != Preference() and named and self.status in (None, example.status)

    def applied(self, example: Example) -> str:
        """Return the value of Preference-Applied for an example that meets it (RFC 7240, section 3)."""
        told = (("example", self.example and example.fixture.id), ("status", self.status))
        return ", ".join(f'{name}="{value}"' for name, value in told if value is not None)
