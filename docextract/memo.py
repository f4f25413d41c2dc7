"""Which pages an answer came from, so that a cached verdict can be held against them (DESIGN 3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Key = TypeVar("Key", bound="Hashable")
Value = TypeVar("Value")

#: Stands for the names of all types with their members: answers that no single page gives.
ALL_TYPES = "*"


class Trace:
    """Collects the paths of the pages that are read while an answer is worked out."""

    def __init__(self) -> None:
        self.pages: set[str] = set()

    def collect(self, work: Callable[[], Value]) -> tuple[Value, frozenset[str]]:
        """Do work; give its result and the pages that it read, which count for work around it too."""
        outer, self.pages = self.pages, set()
        try:
            result = work()
        finally:
            inner, self.pages = self.pages, outer
        outer |= inner
        return result, frozenset(inner)

    def of_all_types(self, work: Callable[[], Value]) -> Value:
        """Do work that looks at the names of all types: not its pages are remembered but that it did."""
        outer, self.pages = self.pages, set()
        try:
            return work()
        finally:
            self.pages = outer
            outer.add(ALL_TYPES)


class Memo(Generic[Key, Value]):
    """Answers that are worked out once; each time one is given, the pages behind it are traced."""

    def __init__(self, trace: Trace, make: Callable[[Key], Value]) -> None:
        self._trace = trace
        self._make = make
        self._known: dict[Key, tuple[Value, frozenset[str]]] = {}

    def __call__(self, key: Key) -> Value:
        """Give the answer to a key."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._trace.collect(partial(self._make, key))
        else:
            self._trace.pages |= known[1]
        return known[0]
