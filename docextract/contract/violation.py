"""A disagreement between a body and its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.value import dataclass

if TYPE_CHECKING:
    from docextract.contract.registry import Type
    from docextract.findings import CheckId, Severity
    from docextract.reading.property import Property
    from docextract.text.json_values import JSONValue


@dataclass(frozen=True)
class Violation:
    """One disagreement between a body and its type: the check that words it, and the facts.

    `at_key` says that the member's name is at fault, not its value; `represented` that the JSON
    representation of the type shows the member; `severity` is given where it differs from the check's own.
    """

    check: CheckId
    pointer: str
    type: Type | None = None
    name: str | None = None
    value: JSONValue = None
    declared: Property | None = None
    expected: str = ""
    other: str = ""
    at_key: bool = False
    represented: bool = False
    severity: Severity | None = None
