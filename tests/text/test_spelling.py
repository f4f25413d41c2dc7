"""Which name is meant: slips of the keyboard, case, and nothing that is further away."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docextract.text.spelling import _surely_apart, distance, nearest

KNOWN = ["displayName", "id", "ids", "mailNickname", "owner", "owners", "size"]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("displayName", "displayName"),
        ("DISPLAYNAME", "displayName"),
        ("displayNam", "displayName"),
        ("dispalyName", "displayName"),
        ("displaysName", "displayName"),
        ("dsplayNme", None),
        ("malNicknam", None),
        ("mailNicknam", "mailNickname"),
        ("sise", "size"),
        ("length", None),
        ("owne", "owner"),
        ("ownerz", "owner"),
        ("ID", "id"),
        ("ad", None),
        ("", None),
    ],
)
def test_nearest(name, near):
    assert nearest(name, KNOWN) == near


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("ownerss", ["ownerzz", "owners"], "owners"),
        ("displayname", ["displaynames", "displayName"], "displayName"),
        ("cart", ["card", "care", "cars"], "card"),
        ("size", ["sizes", "side"], "side"),
        ("tag", ["tags"], None),
        ("conditionalAccessPolicies", ["conditionalAcessPolices"], "conditionalAcessPolices"),
        ("cart", [], None),
    ],
)
def test_the_nearest_wins_and_among_equals_the_first_in_the_alphabet(name, known, near):
    assert nearest(name, known) == near


def edits(left: str, right: str) -> int:
    """Return the number of insertions, deletions, replacements and swaps between two texts, by the definition."""
    rows = [[i + j if not i * j else 0 for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i, a in enumerate(left, 1):
        for j, b in enumerate(right, 1):
            costs = [rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b)]
            if i > 1 and j > 1 and (a, left[i - 2]) == (right[j - 2], b):
                costs.append(rows[i - 2][j - 2] + 1)
            rows[i][j] = min(costs)
    return rows[-1][-1]


WORDS = st.text("abcdeAB", max_size=14) | st.text(max_size=8)


@given(WORDS, WORDS, st.integers(1, 4))
@example("ab", "ba", 1)
@example("abcdef", "acbdfe", 2)
def test_the_distance_is_exact_up_to_the_limit(left, right, limit):
    assert min(distance(left, right, limit), limit + 1) == min(edits(left, right), limit + 1)


@given(WORDS, WORDS, st.integers(1, 4))
@example("abcd", "bacd", 1)
@example("ab", "cd", 2)
def test_names_that_are_surely_apart_are_beyond_the_limit(left, right, limit):
    if _surely_apart(set(left), right, limit):
        assert edits(left, right) > limit


@given(WORDS, st.lists(WORDS, max_size=6))
def test_what_is_ruled_out_at_once_is_ruled_out_by_the_distance(name, known):
    limit = max(1, len(name) // 6)
    found = [(edits(name.casefold(), word.casefold()), word) for word in known]
    best = min(((apart, word) for apart, word in found if apart <= limit), default=None)
    assert nearest(name, known) == (best[1] if best and (best[0] == 0 or len(name) > 3) else None)
