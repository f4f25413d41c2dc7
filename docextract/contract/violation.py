"""A disagreement between a body and its type, and what a failed validation of a member amounts to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docextract.reading.placeholder import is_placeholder
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from docextract.contract.registry import Type
    from docextract.findings import Severity
    from docextract.reading.property import Property

_LISTED = 12
_EPOCH = re.compile(r"(?i)\b(?:unix|epoch|1970)\b|\bseconds since\b")


@dataclass(frozen=True)
class Violation:
    """One disagreement between a body and its type: the check that words it, and the facts.

    `at_key` says that the member's name is at fault, not its value; `severity` is given where it
    differs from the check's own.
    """

    check: str
    pointer: str
    type: Type | None = None
    name: str | None = None
    value: Any = None
    declared: Property | None = None
    expected: str = ""
    other: str = ""
    at_key: bool = False
    severity: Severity | None = None


def judge(one: Type, declared: Property, error: Any, pointer: str) -> Violation | None:
    """Give the violation behind a jsonschema error of a member; None if the value is fine after all."""
    value, wanted = error.instance, declared.type.text
    if value is None:
        check, expected, other = "not-nullable", wanted, ""
    elif error.validator == "enum":
        check, expected, other = _not_listed(declared, value, error.validator_value)
    elif error.validator in ("minimum", "maximum"):
        check, expected, other = "out-of-range", wanted, f"{error.validator} {error.validator_value:,}"
    elif declared.type.name in ("Double", "Single") and value in ("INF", "-INF", "NaN"):
        # OData JSON Format 4.01, section 7.1
        return None
    elif _is_epoch(declared, value):
        return None
    elif is_placeholder(value, declared.name):
        check, expected, other = "placeholder", wanted, ""
    elif error.validator == "format":
        check, expected, other = "wrong-format", wanted, error.validator_value
    else:
        check, expected, other = _wrong_shape(declared, value, len(error.path)), wanted, ""
    return Violation(check, pointer, one, declared.name, value, declared, expected, other) if check else None


def _is_epoch(declared: Property, value: Any) -> bool:
    """Say whether a number is a time that the row means to be one: seconds or milliseconds since 1970."""
    if declared.type.name not in ("DateTimeOffset", "Date") or type(value) is not int:
        return False
    return declared.type.text.casefold() == "timestamp" or bool(_EPOCH.search(declared.description))


def _wrong_shape(declared: Property, value: Any, depth: int) -> str:
    if isinstance(value, list):
        return "expected-object"
    return "expected-collection" if declared.type.collection and depth == 0 else "wrong-type"


def _not_listed(declared: Property, value: Any, known: list[Any]) -> tuple[str, str, str]:
    """Ask in this order: exact match, case, placeholder, error; flags are split at commas (DESIGN 6)."""
    names = [name for name in known if name is not None]
    listed = ", ".join(names[:_LISTED]) + (", ..." if len(names) > _LISTED else "")
    if not isinstance(value, str):
        if is_placeholder(value, declared.name):
            return "placeholder", f"one of {listed}", ""
        return _wrong_shape(declared, value, 1), declared.type.text, ""
    parts = [part.strip() for part in value.split(",")]
    if all(part in names for part in parts):
        return "", "", ""
    by_case = {name.casefold(): name for name in names}
    if all(part.casefold() in by_case for part in parts):
        return "enum-case", listed, ",".join(by_case[part.casefold()] for part in parts)
    if is_placeholder(value, declared.name):
        return "placeholder", f"one of {listed}", ""
    return "enum-value", listed, nearest(value, names) or ""


def escape(name: str) -> str:
    """Give a member's name as a JSON Pointer token (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")
