"""Near names, and the quick look that rules most of them out."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docextract.text.spelling import _surely_apart, distance, nearest

NAMES = st.text(alphabet="abcdeA", max_size=14) | st.text(max_size=8)


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("displayNam", ["displayName", "name"], "displayName"),
        ("displayname", ["displayName", "displaynames"], "displayName"),
        ("dispalyName", ["displayName"], "displayName"),
        ("size", ["side", "sizes"], "side"),
        ("size", ["length"], None),
        ("id", ["ip"], None),
        ("ID", ["id"], "id"),
        ("tag", ["tags"], None),
        ("conditionalAccessPolicies", ["conditionalAcessPolices"], "conditionalAcessPolices"),
        ("x", [], None),
    ],
)
def test_nearest(name, known, expected):
    assert nearest(name, known) == expected


@given(NAMES, NAMES, st.integers(1, 4))
@example("abcd", "bacd", 1)
@example("ab", "cd", 2)
def test_names_that_are_surely_apart_are_beyond_the_limit(left, right, limit):
    if _surely_apart(left, right, limit):
        assert distance(left, right, limit) > limit


@given(NAMES, NAMES, st.integers(1, 4))
@example("ab", "ba", 1)
@example("abcdef", "acbdfe", 2)
def test_the_distance_is_that_of_the_definition(left, right, limit):
    assert min(distance(left, right, limit), limit + 1) == min(edits(left, right), limit + 1)


def edits(left: str, right: str) -> int:
    """Return the Damerau distance, as it is defined: the whole table, without a limit."""
    rows = [[i + j if not i * j else 0 for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i, a in enumerate(left, 1):
        for j, b in enumerate(right, 1):
            costs = [rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b)]
            if i > 1 and j > 1 and (a, left[i - 2]) == (right[j - 2], b):
                costs.append(rows[i - 2][j - 2] + 1)
            rows[i][j] = min(costs)
    return rows[-1][-1]
