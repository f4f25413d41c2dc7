"""Zones: parts of a page of which readers see one at a time, between `:::zone pivot="a"` and `:::zone-end`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.text.source import Source

_MARK = re.compile(r"[ \t>]*:{3,}[ \t]*(?P<kind>zone|moniker)(?P<end>-end)?\b(?P<name>[^\n]*)", re.IGNORECASE)


class Zone(NamedTuple):
    """A zone or moniker range: its kind, what it is shown for, and the lines of its marks."""

    kind: str
    name: str
    line: int
    end_line: int


def is_zone_mark(line: str) -> bool:
    """Whether a line begins or ends a zone."""
    return ":::" in line and _MARK.match(line) is not None


def read_zones(source: Source) -> tuple[Zone, ...]:
    """Return the zones of a page; one that is not closed goes on to the next of its kind, or to the end."""
    return tuple(_zones(source))


def _zones(source: Source) -> Iterator[Zone]:
    open_zones: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(source.lines, 1):
        mark = _MARK.match(line) if ":::" in line else None
        if mark is None:
            continue
        kind = mark["kind"].casefold()
        if kind in open_zones:
            yield Zone(kind, *open_zones.pop(kind), number)
        if not mark["end"]:
            open_zones[kind] = " ".join(mark["name"].casefold().split()), number
    for kind, begun in open_zones.items():
        yield Zone(kind, *begun, len(source.lines))


def zones_at(line: int, zones: Sequence[Zone]) -> tuple[Zone, ...]:
    """Return the zones of a page in which a line stands."""
    return tuple(zone for zone in zones if zone.line <= line <= zone.end_line)


def apart(some: Sequence[Zone], others: Sequence[Zone]) -> bool:
    """Whether no reader sees the content of both: each stands in a zone of one kind, and for something else."""
    if not some or not others:
        return False
    return any(one.kind == other.kind and one.name != other.name for one in some for other in others)
