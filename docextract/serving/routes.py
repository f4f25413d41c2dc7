"""The documented exchanges by what they answer: made once, asked for each request."""

from __future__ import annotations

import heapq
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from docextract.extraction.url import encoded
from docextract.reading.path_template import version
from docextract.serving.example import Example
from docextract.serving.target import Target
from docextract.serving.tree import Tree
from docextract.writers.replay import Replay, replays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.extraction.fixture import Fixture
    from docextract.serving.asked import Asked
    from docextract.serving.preference import Preference

#: So many routes are named where none fits; the likest of so many that share most segments.
_NAMED, _SHORTLISTED = 5, 50
#: So many letters are compared: to compare two texts takes as long as the product of their lengths.
_COMPARED = 200
_INTERIM = range(100, 200)


class Way(NamedTuple):
    """A path that leads to an example: the one shown (0), its route (1), another template of its page (2, ...)."""

    example: Example
    number: int


class Candidate(NamedTuple):
    """A way that a request takes: over which detour, and through how many segments that placeholders stand for."""

    detour: int
    open: int
    way: Way

    @property
    def example(self) -> Example:
        """Where it leads."""
        return self.way.example


class Route(NamedTuple):
    """A method and a path with variables, and what is documented of it."""

    method: str
    path: str
    examples: tuple[Example, ...]


class Routes:
    """The documented exchanges as a server finds them.

    Below `base` all paths are known as well as at the root.
    """

    def __init__(self, fixtures: Iterable[Fixture], base: str = "") -> None:
        self.base = Target.of(base).segments
        self.examples = tuple(_examples(fixtures))
        self._tree: Tree[Way] = Tree()
        for example in self.examples:
            paths = (example.target.segments, *(_segments(route) for route in example.routes))
            for number, segments in enumerate(dict.fromkeys(paths)):
                self._tree.add(segments, Way(example, number))

    def __len__(self) -> int:
        return len(self.listed)

    @cached_property
    def listed(self) -> tuple[Route, ...]:
        """All routes with their own examples, in the order of paths."""
        found: dict[tuple[str, str], list[Example]] = {}
        for example in self.examples:
            found.setdefault((example.routes[0], example.method), []).append(example)
        return tuple(Route(method, path, tuple(held)) for (path, method), held in sorted(found.items(), key=_place))

    def candidates(self, target: Target) -> list[Candidate]:
        """Return all examples that a path leads to."""
        return [
            Candidate(detour + _strays(way.example, dropped), count, way)
            for detour, dropped, segments in self._spellings(target.segments)
            for count, way in self._tree.find(segments)
            if dropped is None or way.example.is_relative
        ]

    def _spellings(self, segments: tuple[str, ...]) -> Iterator[tuple[int, str | None, tuple[str, ...]]]:
        """Yield a path as it is, without the base, and without the version that a relative URL leaves to others.

        Each with the detour that it is, and with the version that was dropped.
        """
        whole = [segments]
        if self.base and segments[: len(self.base)] == self.base:
            whole.append(segments[len(self.base) :])
        for detour, path in enumerate(whole):
            yield detour, None, path
        for detour, path in enumerate(whole, len(whole)):
            if path and version(path[0]):
                yield detour, path[0].casefold(), path[1:]

    def choose(self, candidates: Sequence[Candidate], asked: Asked, preferred: Preference) -> Candidate | None:
        """Return the nearest of the candidates with the method of a request, if possible one that is preferred.

        HEAD is answered as GET is, where no page documents it (RFC 9110, section 9.3.2).
        """
        found = [one for one in candidates if one.example.method == asked.method]
        if not found and asked.method == "HEAD":
            found = [one for one in candidates if one.example.method == "GET"]
        wanted = [one for one in found if one.example.replay and preferred.is_met_by(one.example)]
        return min(wanted or found, key=lambda one: _distance(one, asked), default=None)

    def nearest(self, target: Target) -> Sequence[Route]:
        """Return the routes that are most like a path that none of them has, the likest first."""
        path, own, depth = target.path, {part.casefold() for part in target.segments}, len(target.segments)

        def overlap(known: tuple[Route, frozenset[str], int]) -> tuple[int, int]:
            route, fixed, length = known
            alike = (number for number, pair in enumerate(zip(path, route.path, strict=False)) if pair[0] != pair[1])
            return 2 * len(own & fixed) - len(fixed) - abs(length - depth), next(alike, len(path))

        shortlist = (known[0] for known in heapq.nlargest(_SHORTLISTED, self._fixed, key=overlap))
        return heapq.nlargest(_NAMED, shortlist, key=lambda route: _likeness(target, route))

    @cached_property
    def _fixed(self) -> list[tuple[Route, frozenset[str], int]]:
        """All routes with the segments of each that are no variables, and the number of all of its segments."""
        parts = [(route, _segments(route.path)) for route in self.listed]
        return [
            (route, frozenset(part.casefold() for part in parts if "{" not in part), len(parts))
            for route, parts in parts
        ]


def _examples(fixtures: Iterable[Fixture]) -> Iterator[Example]:
    """Yield the exchanges whose requests can be received; an interim response answers none."""
    for fixture in fixtures:
        request = fixture.request
        if request is not None and request.method and request.url:
            found = (one for one in replays([fixture]) if isinstance(one, Replay) and one.status not in _INTERIM)
            yield Example(fixture, request, next(found, None))


def _segments(route: str) -> tuple[str, ...]:
    """Return the segments of a path with variables, as a target has them."""
    return Target.of(encoded(route)).segments


def _likeness(target: Target, route: Route) -> float:
    """Return how like a path and a route are, at most 1: letter by letter, or segment by segment."""
    own, other = target.segments, _segments(route.path)
    alike = (1.0 if "{" in there else _ratio(here, there) for here, there in zip(own, other, strict=False))
    return max(_ratio(target.path, route.path), sum(alike) / max(len(own), len(other), 1))


def _ratio(left: str, right: str) -> float:
    return SequenceMatcher(None, left[:_COMPARED], right, autojunk=False).ratio()


def _place(entry: tuple[tuple[str, str], object]) -> tuple[str, tuple[str, str]]:
    return entry[0][0].casefold(), entry[0]


def _strays(example: Example, dropped: str | None) -> int:
    """Return 1 if a version that was dropped is not that of an example's page, else 0."""
    return int(dropped is not None and example.version not in (None, dropped))


def _distance(one: Candidate, asked: Asked) -> tuple[object, ...]:
    likeness, example = one.example.likeness(asked), one.example
    return example.replay is None, one.detour, one.open, likeness, one.way.number, not example.fixture.default
