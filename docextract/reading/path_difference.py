"""How the URL of an example differs from the path template that comes nearest: which segments it lacks, adds, swaps."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docextract.reading.path_template import ANY, spellings, written_spellings
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    Segments = tuple[str, ...]

#: What a pair of segments is worth: equal ones, two placeholders, a slip of the keyboard, a name and a placeholder.
_EQUAL, _KEYS, _NEAR, _KEY = 5, 4, 3, 2
#: What a segment without a partner is worth.
_ALONE = -1
_LONGEST = 40


class Run(NamedTuple):
    """Segments of a URL where a path template has others: "a/b", "" for none. `before` is what follows in the URL."""

    url: str
    template: str
    before: str


def likeness(url: str, template: str) -> int:
    """Return how much of a URL a template shares: the more, the better it serves as what was expected."""
    pairs = (_below(parts, expected) for parts in spellings(url) for expected in spellings(template))
    return max(_alignment(*pair) for pair in pairs)


def difference(url: str, template: str) -> tuple[Run, ...]:
    """Return where a URL and a template differ, in the order of their segments."""
    choices = [_below(parts, expected) for parts in written_spellings(url) for expected in written_spellings(template)]
    parts, expected = max(choices, key=lambda pair: _alignment(*pair))
    late = _pairs(parts, expected)
    backwards = _pairs(parts[::-1], expected[::-1])
    early = [(len(parts) - 1 - i, len(expected) - 1 - j) for i, j in reversed(backwards)]
    runs = [_runs(parts, expected, pairs) for pairs in (early, late)]
    return tuple(
        Run(_written(url, parts[i:to_i]), _written(template, expected[j:to_j]), _written(url, parts[to_i : to_i + 1]))
        for i, to_i, j, to_j in min(runs, key=len)
    )


def _below(parts: Segments, expected: Segments) -> tuple[Segments, Segments]:
    """Leave out what leads to the place in the service where a template begins."""
    start = parts.index(expected[0]) if expected and expected[0] in parts else 0
    return (parts[start:] if start > 1 else parts), expected


@lru_cache(maxsize=4096)
def _worth(part: str, expected: str) -> int:
    """Return what a pair of segments is worth; 0 if they differ. "me" is a name, and no key."""
    if part == expected:
        return _EQUAL if part != ANY else _KEYS
    if ANY in (part, expected):
        return _KEY if expected == ANY and part != "me" else 0
    return _NEAR if nearest(part, [expected]) else 0


def _alignment(parts: Segments, expected: Segments) -> int:
    """Return the worth of the best alignment of two paths.

    Equal segments are worth most, so those at the begin and the end are partners: only what is between is aligned.
    """
    worth = start = 0
    end = min(len(parts), len(expected))
    while start < end and parts[start] == expected[start]:
        worth += _worth(parts[start], expected[start])
        start += 1
    back = 0
    while back < end - start and parts[-1 - back] == expected[-1 - back]:
        worth += _worth(parts[-1 - back], expected[-1 - back])
        back += 1
    return worth + _table(parts[start : len(parts) - back], expected[start : len(expected) - back])[-1][-1]


def _table(parts: Segments, expected: Segments) -> list[list[int]]:
    """Return the worth of the best alignment of all beginnings of two paths."""
    table = [[_ALONE * j for j in range(len(expected) + 1)]]
    for i, part in enumerate(parts, 1):
        row = [_ALONE * i]
        for j, other in enumerate(expected, 1):
            alone = max(table[i - 1][j], row[-1]) + _ALONE
            worth = _worth(part, other)
            row.append(max(alone, table[i - 1][j - 1] + worth) if worth else alone)
        table.append(row)
    return table


def _pairs(parts: Segments, expected: Segments) -> list[tuple[int, int]]:
    """Return the indexes of the segments that correspond in the best alignment; of equally good ones the latest."""
    table = _table(parts, expected)
    i, j = len(parts), len(expected)
    pairs = []
    while i and j:
        worth = _worth(parts[i - 1], expected[j - 1])
        if worth and table[i][j] == table[i - 1][j - 1] + worth:
            i, j = i - 1, j - 1
            if worth != _NEAR:
                pairs.append((i, j))
        elif table[i][j] == table[i - 1][j] + _ALONE:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _runs(parts: Segments, expected: Segments, pairs: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Return the begins and ends of what stands between the pairs, in both paths."""
    ends = [*pairs, (len(parts), len(expected))]
    begins = [(0, 0), *((i + 1, j + 1) for i, j in pairs)]
    return [(i, to_i, j, to_j) for (i, j), (to_i, to_j) in zip(begins, ends, strict=True) if (i, j) != (to_i, to_j)]


def _written(text: str, parts: Sequence[str]) -> str:
    """Return segments as a URL writes them; a key as `{id}`."""
    folded = text.casefold()
    written = []
    for part in parts:
        start = folded.find(part)
        whole = "{id}" if part == ANY else text[start : start + len(part)] if start >= 0 else part
        written.append(whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 3]}...")
    return "/".join(written)
