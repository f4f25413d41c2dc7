"""The colours of output on a terminal, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from docextract.findings import Finding

#: Codes of the eight colours that are legible on dark and light backgrounds (ECMA-48, 8.3.117).
COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
RED, GREEN, BLUE, CYAN = "31", "32", "34", "36"
BOLD = "1"


@dataclass(frozen=True, slots=True)
class Style:
    """A painter of text: with ANSI codes, or not at all; `manual` returns the URL of a check's manual page, or ""."""

    color: bool
    manual: Callable[[str], str] = lambda _: ""

    def __call__(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.color and text else text

    def label(self, finding: Finding) -> str:
        """Return the severity and the check of a finding, painted, and linked to the manual (OSC 8 of terminals)."""
        text = self(f"{finding.severity}[{finding.check}]", BOLD, COLORS[finding.severity])
        url = self.manual(finding.check)
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if url else text
