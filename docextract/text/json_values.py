"""The results of reading JSON text: a value with its defects, and places by JSON Pointer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from docextract.value import dataclass

if TYPE_CHECKING:
    from docextract.text.source import Change

JSONValue: TypeAlias = "bool | int | float | str | list[JSONValue] | dict[str, JSONValue] | None"


class DefectKind(StrEnum):
    """The ways in which a text fails to be JSON (RFC 8259)."""

    BARE_VALUE = "bare-value"
    COMMENT = "comment"
    CONTROL_CHARACTER = "control-character"
    DUPLICATE_MEMBER = "duplicate-member"
    ELLIPSIS = "ellipsis"
    EXTRA_COMMA = "extra-comma"
    INVALID_ESCAPE = "invalid-escape"
    LONE_SURROGATE = "lone-surrogate"
    MISMATCHED_BRACKET = "mismatched-bracket"
    MISSING_COLON = "missing-colon"
    MISSING_COMMA = "missing-comma"
    MISSING_OPENER = "missing-opener"
    MISSING_QUOTE = "missing-quote"
    MISSING_VALUE = "missing-value"
    NBSP = "nbsp"
    NOT_JSON = "not-json"
    NUMBER_TOO_LONG = "number-too-long"
    RAW_NEWLINE = "raw-newline"
    SINGLE_QUOTES = "single-quotes"
    SMART_QUOTES = "smart-quotes"
    TEXT_AFTER = "text-after"
    TOO_DEEP = "too-deep"
    TRAILING_COMMA = "trailing-comma"
    UNCLOSED = "unclosed"
    UNESCAPED_QUOTE = "unescaped-quote"
    UNEXPECTED_TEXT = "unexpected-text"
    UNQUOTED_KEY = "unquoted-key"


@dataclass(frozen=True, slots=True)
class JSONDefect:
    """A defect at the offsets `start:end`, and the JSON Pointer of the region whose value cannot be trusted.

    If `pointer` is None, no value is in doubt. `related` is the place of the other half, such as the
    opening bracket. `repair` are the changes that make JSON of it, in order, where only one repair is
    possible: the text then reads as the same value without the defect.
    """

    kind: DefectKind
    message: str
    start: int
    end: int
    pointer: str | None = None
    related: tuple[int, int] | None = None
    repair: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a text with its defects; `elided` says that an object or array has a bare ellipsis."""

    value: JSONValue
    defects: tuple[JSONDefect, ...] = ()
    readable: bool = True
    elided: bool = False

    def damaged(self, pointer: str) -> bool:
        """Whether the value at `pointer` lies in a region that a defect damages."""
        if not self.defects:
            return False
        regions = (defect.pointer for defect in self.defects if defect.pointer is not None)
        return any(pointer == region or pointer.startswith(f"{region}/") or not region for region in regions)


def escape(token: str | int) -> str:
    """Return a member name or an index as a token of a JSON Pointer (RFC 6901, section 3)."""
    return str(token).replace("~", "~0").replace("/", "~1")


def pointer(*tokens: str | int) -> str:
    """Return the JSON Pointer (RFC 6901) of a path of member names and indexes."""
    return "".join("/" + escape(token) for token in tokens)
