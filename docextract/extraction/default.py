"""Which of the exchanges that ask the same a mock server answers with."""

from __future__ import annotations

import re
from http import HTTPStatus
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from docextract.extraction.url import split

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class Candidate(NamedTuple):
    """What of an exchange decides whether it is the default; `answered` says that it has a response."""

    method: str | None
    url: str | None
    answered: bool
    status: int | None
    annotated: bool
    ignored: bool

    @property
    def request(self) -> Hashable | None:
        """What exchanges that ask the same have in common; None if it cannot be one that answers.

        The names of placeholders and the order of query options do not count, nor does the body.
        """
        if self.method is None or self.url is None or not self.answered:
            return None
        url = split(self.url)
        return self.method, url.host, _PLACEHOLDER.sub("{}", url.path).rstrip("/").casefold(), tuple(sorted(url.pairs))

    @property
    def doubts(self) -> tuple[bool, ...]:
        """How well it suits as the answer, False before True: a success, held to be one, and marked as an example."""
        succeeds = self.status is not None and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES
        return not succeeds, self.ignored, not self.annotated


class Defaults:
    """The defaults of exchanges that come one by one: of those that ask the same, the first that suits best.

    They are known when the last has come.
    """

    def __init__(self) -> None:
        self._numbers = count()
        self._best: dict[Hashable, tuple[tuple[bool, ...], int]] = {}
        self._chosen: set[int] = set()

    def add(self, candidate: Candidate) -> int:
        """Take in an exchange; return its number."""
        number, request = next(self._numbers), candidate.request
        if request is None:
            return number
        best = self._best.setdefault(request, (candidate.doubts, number))
        if candidate.doubts < best[0]:
            self._chosen.discard(best[1])
            best = self._best[request] = candidate.doubts, number
        self._chosen.add(best[1])
        return number

    def __contains__(self, number: object) -> bool:
        """Whether the exchange of a number is a default, so far."""
        return number in self._chosen


def are_default(candidates: Iterable[Candidate]) -> list[bool]:
    """Return of each exchange whether it is a default."""
    defaults = Defaults()
    numbers = [defaults.add(candidate) for candidate in candidates]
    return [number in defaults for number in numbers]
