"""How near path templates are to a URL."""

from __future__ import annotations

import itertools
import random

import pytest

from docextract.reading.path_difference import likeness

SEGMENTS = ["users", "user", "uesr", "{id}", "messages", "mesages", "photo"]
SLIPS = {("user", "uesr"), ("messages", "mesages"), ("users", "user")}


def worth(part: str, expected: str) -> int | None:
    """Return what a pair of segments is worth; None if they are no partners."""
    if part == expected:
        return 4 if part == "{id}" else 5
    if "{id}" in (part, expected):
        return 2 if expected == "{id}" else None
    return 3 if {(part, expected), (expected, part)} & SLIPS else None


def best(parts: tuple[str, ...], expected: tuple[str, ...]) -> int:
    """Return the worth of the best of all alignments: a segment without a partner costs one."""
    if not parts or not expected:
        return -len(parts) - len(expected)
    pair = worth(parts[0], expected[0])
    alone = max(best(parts[1:], expected), best(parts, expected[1:])) - 1
    return alone if pair is None else max(alone, pair + best(parts[1:], expected[1:]))


@pytest.mark.parametrize("seed", range(5))
def test_likeness_is_that_of_the_best_alignment(seed: int) -> None:
    chosen = random.Random(seed)
    for _, length in itertools.product(range(20), range(1, 6)):
        # Neither has aliases, nor does the template begin within the URL.
        parts = ["root0", *chosen.choices(SEGMENTS, k=length)]
        expected = ["root0", *chosen.choices(SEGMENTS, k=chosen.randint(1, 5))]
        assert likeness("/" + "/".join(parts), "/" + "/".join(expected)) == best((*parts,), (*expected,))
