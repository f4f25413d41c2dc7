"""What reading JSON text gives: a value with its defects, and places by JSON Pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

JSONValue = Any


@dataclass(frozen=True, slots=True)
class JSONDefect:
    """What is wrong at `start:end`, and the JSON Pointer of the region whose value cannot be trusted."""

    kind: str
    message: str
    start: int
    end: int
    pointer: str | None = None
    related: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a text with its defects; `elided` are the containers that hold a bare ellipsis."""

    value: JSONValue
    defects: tuple[JSONDefect, ...] = ()
    readable: bool = True
    elided: frozenset[str] = frozenset()

    def damaged(self, pointer: str) -> bool:
        """Whether the value at `pointer` is, or lies in, a region that a defect damages."""
        regions = (defect.pointer for defect in self.defects if defect.pointer is not None)
        return any(pointer == region or pointer.startswith(f"{region}/") or not region for region in regions)


class Place(NamedTuple):
    """The offsets of a value and of its member name, quotes included."""

    key: tuple[int, int] | None
    value: tuple[int, int]


def pointer(*tokens: str | int) -> str:
    """Give the JSON Pointer (RFC 6901) of a path of member names and indexes."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens)
