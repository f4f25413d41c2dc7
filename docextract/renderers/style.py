"""The colours of output on a terminal, or none."""

from __future__ import annotations

from dataclasses import dataclass

from docextract.findings import Severity

#: Codes of the eight colours that are legible on dark and light backgrounds (ECMA-48, 8.3.117).
COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
RED, GREEN, YELLOW, BLUE = "31", "32", "33", "34"
BOLD = "1"


@dataclass(frozen=True, slots=True)
class Style:
    """A painter of text: with ANSI codes, or not at all."""

    color: bool

    def __call__(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.color and text else text
