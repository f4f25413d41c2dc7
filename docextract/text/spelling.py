"""How near two names are, for suggestions and near misses."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


#: What is longer is no name; to compare two such texts takes as long as the product of their lengths.
_LONGEST = 200


#: Of the names that share a part with a name, so many are held against it. Names of a doc set share few parts; of
#: those that are numbered ("item1", "item2") one is as good as another.
_MANY = 200


class Names:
    """Known names, among which those near other names are found without a look at each of them."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = [(name, name.casefold()) for name in dict.fromkeys(known)]
        self._names = frozenset(name for name, _ in self._known)
        #: By limit, the indexes of the names that have a part, by their length, its number and its text.
        self._parts: dict[int, dict[tuple[int, int, str], list[int]]] = {}

    def __contains__(self, name: str) -> bool:
        """Whether a name is known as it is spelt."""
        return name in self._names

    def nearest(self, name: str, *, but: str | None = None) -> str | None:
        """Return the name, other than `but`, that `nearest` finds; of many that are alike, it may miss some."""
        if len(name) > _LONGEST:
            return None
        near = self._near(name.casefold(), _limit(name))
        return _best(name, (one for one in near if one[0] != but))

    def alike(self, name: str, least: int) -> set[str]:
        """Return the names that end with another one, or that it ends with, of so many letters at least; two of many.

        All are case-folded.
        """
        shorter = {name[at:] for at in range(len(name) - least + 1)} if len(name) <= _LONGEST else set()
        backwards = name[::-1]
        start = bisect_left(self._backwards, backwards)
        longer = takewhile(lambda one: one.startswith(backwards), islice(self._backwards, start, start + 2))
        return {one[::-1] for one in longer if len(name) >= least} | (shorter & self._folded)

    @cached_property
    def _folded(self) -> set[str]:
        return {folded for _, folded in self._known}

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(folded[::-1] for folded in self._folded)

    def _near(self, folded: str, limit: int) -> Iterable[tuple[str, str]]:
        """Return the names that may be near: all of a few, of many those that share a part.

        Each edit changes two parts of a name at most, so that of 2 * limit + 1 parts one is left as it was.
        """
        number = 2 * limit + 1
        if len(self._known) <= number**3:
            return self._known
        found = sorted(filter(None, self._sharing(folded, limit, number)), key=len)
        return [self._known[index] for index in islice(dict.fromkeys(chain.from_iterable(found)), _MANY)]

    def _sharing(self, folded: str, limit: int, number: int) -> Iterator[list[int]]:
        """Yield the indexes of the names that share each part, moved by the limit at most."""
        if limit not in self._parts:
            self._parts[limit] = {}
            for index, (_, other) in enumerate(self._known):
                for at, (start, end) in enumerate(_bounds(len(other), number)):
                    self._parts[limit].setdefault((len(other), at, other[start:end]), []).append(index)
        parts = self._parts[limit]
        for length in range(len(folded) - limit, len(folded) + limit + 1):
            for at, (start, end) in enumerate(_bounds(length, number)):
                shared = {folded[max(0, start + by) : max(0, end + by)] for by in range(-limit, limit + 1)}
                yield from (parts[length, at, part] for part in sorted(shared) if (length, at, part) in parts)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that differs only in case or by a typing slip; None if there is none.

    A slip is a Damerau distance of at most max(1, length / 6): longer names leave room for more of
    them. Names of up to three letters must be equal except for case, and there is none near a text of
    more than 200 characters.
    """
    return None if len(name) > _LONGEST else _best(name, ((one, one.casefold()) for one in known))


def _limit(name: str) -> int:
    return max(1, len(name) // 6)


def _best(name: str, known: Iterable[tuple[str, str]]) -> str | None:
    """Return the nearest of some names, each given with its case-folded form."""
    folded, limit = name.casefold(), _limit(name)
    best: tuple[int, str] | None = None
    letters = set(folded)
    for candidate, other in known:
        if abs(len(candidate) - len(name)) > limit or _surely_apart(letters, other, limit):
            continue
        apart = distance(folded, other, limit)
        if apart <= limit and (best is None or (apart, candidate) < best):
            best = (apart, candidate)
    # A single letter apart means nothing between names of three letters.
    return best[1] if best and (best[0] == 0 or len(name) > 3) else None


def _bounds(length: int, number: int) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a text begin and end, of a number that are as long as one another."""
    return ((length * i // number, length * (i + 1) // number) for i in range(number))


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
