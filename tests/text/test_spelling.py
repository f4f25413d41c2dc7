"""Which name is meant: slips of the keyboard, case, and nothing that is further away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.text.spelling import distance, nearest

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
        ("owne", "owner"),
        ("ownerz", "owner"),
        ("ID", "id"),
        ("ad", None),
        ("", None),
    ],
)
def test_nearest(name, near):
    assert nearest(name, KNOWN) == near


def test_the_nearest_wins_and_among_equals_the_first_in_the_alphabet():
    assert nearest("ownerss", ["ownerzz", "owners"]) == "owners"
    assert nearest("cart", ["card", "care", "cars"]) == "card"
    assert nearest("cart", []) is None


def slow(left, right):
    """Return the number of insertions, deletions, replacements and swaps between two texts, by the definition."""
    rows = [[max(i, j) if not (i and j) else 0 for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (left[i - 1] != right[j - 1]))
            if i > 1 and j > 1 and left[i - 2 : i] == right[j - 2 : j][::-1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


WORDS = st.text("abcdeAB", max_size=14)


@given(WORDS, WORDS, st.integers(1, 4))
def test_the_distance_is_exact_up_to_the_limit(left, right, limit):
    assert min(distance(left, right, limit), limit + 1) == min(slow(left, right), limit + 1)


@given(WORDS, st.lists(WORDS, max_size=6))
def test_what_is_ruled_out_at_once_is_ruled_out_by_the_distance(name, known):
    limit = max(1, len(name) // 6)
    found = [(slow(name.casefold(), word.casefold()), word) for word in known]
    best = min(((apart, word) for apart, word in found if apart <= limit), default=None)
    assert nearest(name, known) == (best[1] if best and (best[0] == 0 or len(name) > 3) else None)
