"""Answers computed once, with the pages behind them, so that a cached verdict can be tied to those pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

Key = TypeVar("Key", bound="Hashable")
Value = TypeVar("Value")

#: Stands for the names and members of all types, for answers that no single page determines.
ALL_TYPES = "*"


class Trace:
    """The paths of the pages read so far."""

    def __init__(self) -> None:
        self.pages: set[str] = set()
        #: Many answers stand on the same pages: each such set is kept once.
        self._shared: dict[frozenset[str], frozenset[str]] = {}

    def collect(self, work: Callable[[], Value]) -> tuple[Value, set[str]]:
        """Do work; return its result and the paths of the pages that it read, which do not count for any outer work."""
        outer, self.pages = self.pages, set()
        try:
            return work(), self.pages
        finally:
            self.pages = outer

    def shared(self, pages: Iterable[str]) -> frozenset[str]:
        """Return the paths of some pages as a set that equal ones share."""
        own = frozenset(pages)
        return self._shared.setdefault(own, own)


class Memo(Generic[Key, Value]):
    """The answers to one question, each computed once; every answer adds the pages behind it to the trace.

    `make` computes the answer for a key. The pages behind an answer are those that `make` reads, or
    those that `reads` names for the key.
    """

    def __init__(
        self, trace: Trace, make: Callable[[Key], Value], *, reads: Callable[[Key], Iterable[str]] | None = None
    ) -> None:
        self._trace = trace
        self._make = make
        self._reads = reads
        self._known: dict[Key, tuple[Value, frozenset[str]]] = {}

    def __call__(self, key: Key) -> Value:
        """Return the answer for a key."""
        known = self._known.get(key)
        if known is None:
            answer, pages = self._trace.collect(partial(self._make, key))
            known = self._known[key] = answer, self._trace.shared(self._reads(key) if self._reads else pages)
        self._trace.pages |= known[1]
        return known[0]

    def __contains__(self, key: Key) -> bool:
        """Whether the answer for a key is known."""
        return key in self._known

    def forget(self, key: Key) -> None:
        """Discard the answer for a key."""
        self._known.pop(key, None)


def itself(path: str) -> Iterable[str]:
    """Return a page as the only page behind answers about it."""
    return (path,)


def all_types(_: object) -> Iterable[str]:
    """Return the stand-in for the names of all types."""
    return (ALL_TYPES,)
