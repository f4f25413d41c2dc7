"""The habits of a doc set, drawn from all its pages: its host, its version, its customs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from docextract.reading.outline import Outline

#: Up to this many responses show no habit.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Habits:
    """Facts about a whole doc set. A cached verdict is valid only while they are unchanged.

    `host` is the most common host of absolute request URLs: requests to another host are not the
    service's own. `version` is the API version in at least two thirds of the request URLs. `versioned`
    is true if nearly all URL paths begin with a version, `omits_media_types` if nine in ten messages
    are shown without a Content-Type, and `is_extract` if over a tenth of the linked pages are missing,
    so that the doc set is part of a larger one. `namespace` is that of most types, case-folded.
    `wraps_in_value` is true if responses have members called `value`, or are too few to tell.
    """

    host: str | None = None
    version: str | None = None
    versioned: bool = False
    omits_media_types: bool = False
    is_extract: bool = False
    namespace: str = ""
    wraps_in_value: bool = True

    @classmethod
    def of(cls, outlines: Collection[Outline], linked: Collection[str], missing: Collection[str]) -> Habits:
        """Return the habits, given the outlines of all pages, the paths that links name, and those that are missing."""
        host = _most_common(host for outline in outlines for host in outline.hosts)
        return cls(
            host,
            _usual_version(outlines),
            _is_versioned(outlines, host),
            _omits_media_types(outlines),
            len(missing) * 10 > len(linked),
            _usual_namespace(outlines),
            _wraps_in_value(outlines),
        )


def _most_common(names: Iterable[str]) -> str | None:
    counts = Counter(names)
    return counts.most_common(1)[0][0] if counts else None


def _usual_namespace(outlines: Iterable[Outline]) -> str:
    """Return the namespace of more types than any other; "" where two are equally common."""
    counts = Counter(name.rpartition(".")[0].casefold() for outline in outlines for name in outline.types)
    most = counts.most_common(2)
    return most[0][0] if len(most) == 1 or (most and most[0][1] > most[1][1]) else ""


def _usual_version(outlines: Iterable[Outline]) -> str | None:
    counts = Counter(version for outline in outlines for version in outline.versions)
    if not counts:
        return None
    name, count = counts.most_common(1)[0]
    return name if count * 3 >= counts.total() * 2 else None


def _is_versioned(outlines: Collection[Outline], own_host: str | None) -> bool:
    urls = sum(host == own_host for outline in outlines for host in outline.hosts)
    without = urls - sum(len(outline.versions) for outline in outlines)
    return without <= max(1, urls // 20) and urls > 3 * without


def _omits_media_types(outlines: Collection[Outline]) -> bool:
    answers = sum(outline.answers for outline in outlines)
    return answers > _FEW and answers > 10 * sum(outline.media_types for outline in outlines)


def _wraps_in_value(outlines: Collection[Outline]) -> bool:
    answers = sum(outline.answers for outline in outlines)
    return answers <= _FEW or sum(outline.values for outline in outlines) * 20 > answers
