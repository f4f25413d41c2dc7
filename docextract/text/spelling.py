"""How near two names are, for suggestions and near misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that differs only in case or by a typing slip; None if there is none.

    A slip is a Damerau distance of at most max(1, length / 6): longer names leave room for more of
    them. Names of up to three letters must be equal except for case.
    """
    limit = max(1, len(name) // 6)
    best: tuple[int, str] | None = None
    folded = name.casefold()
    for candidate in known:
        if abs(len(candidate) - len(name)) > limit:
            continue
        other = candidate.casefold()
        if _surely_apart(folded, other, limit):
            continue
        apart = distance(folded, other, limit)
        if apart <= limit and (best is None or (apart, candidate) < best):
            best = (apart, candidate)
    # A single letter apart means nothing between names of three letters.
    return best[1] if best and (best[0] == 0 or len(name) > 3) else None


def _surely_apart(left: str, right: str, limit: int) -> bool:
    """Whether two names cannot be near, which rules out most candidates: an edit changes the set of letters by two."""
    return len(set(left) ^ set(right)) > 2 * limit


def distance(left: str, right: str, limit: int) -> int:
    """Return the Damerau distance (insert, delete, replace, swap neighbours); above `limit`, any larger number."""
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]
