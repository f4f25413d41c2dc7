"""How near two names are, for suggestions and near misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


#: What is longer is no name; to compare two such texts takes as long as the product of their lengths.
_LONGEST = 200


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that differs only in case or by a typing slip; None if there is none.

    A slip is a Damerau distance of at most max(1, length / 6): longer names leave room for more of
    them. Names of up to three letters must be equal except for case, and there is none near a text of
    more than 200 characters.
    """
    if len(name) > _LONGEST:
        return None
    limit = max(1, len(name) // 6)
    best: tuple[int, str] | None = None
    folded = name.casefold()
    letters = set(folded)
    for candidate in known:
        if abs(len(candidate) - len(name)) > limit:
            continue
        other = candidate.casefold()
        if _surely_apart(letters, other, limit):
            continue
        apart = distance(folded, other, limit)
        if apart <= limit and (best is None or (apart, candidate) < best):
            best = (apart, candidate)
    # A single letter apart means nothing between names of three letters.
    return best[1] if best and (best[0] == 0 or len(name) > 3) else None


def _surely_apart(letters: set[str], other: str, limit: int) -> bool:
    """Whether a name of these letters cannot be near another, which rules out most: an edit changes two letters."""
    return len(letters.symmetric_difference(other)) > 2 * limit


def distance(left: str, right: str, limit: int) -> int:
    """Return the Damerau distance (insert, delete, replace, swap neighbours); above `limit`, any larger number."""
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        # So far from the diagonal all is above the limit.
        current = [i] + [limit + 1] * len(right)
        for j in range(max(1, i - limit), min(len(right), i + limit) + 1):
            b = right[j - 1]
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current[j] = cost
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]
