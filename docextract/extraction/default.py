"""Which of the exchanges that ask the same a mock server answers with."""

from __future__ import annotations

import re
from http import HTTPStatus
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


def are_default(candidates: Iterable[Candidate]) -> list[bool]:
    """Return of each exchange whether it is, among those that ask the same, the first of those that suit best."""
    found = list(candidates)
    best: dict[Hashable, int] = {}
    for index, candidate in enumerate(found):
        request = candidate.request
        if request is not None and candidate.doubts < found[best.setdefault(request, index)].doubts:
            best[request] = index
    chosen = set(best.values())
    return [index in chosen for index in range(len(found))]
