"""Paths with placeholders, and all that fit the path of a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from docextract.extraction.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Value = TypeVar("Value")


@dataclass
class Tree(Generic[Value]):
    """What is known of paths that begin alike: values of the path itself, and what follows its next segment.

    Segments are compared in lower case, as the services do that these pages document (OData URL Conventions
    4.01, section 2, lets them).
    """

    values: list[Value] = field(default_factory=list)
    fixed: dict[str, Tree[Value]] = field(default_factory=dict)
    open: dict[Pattern, Tree[Value]] = field(default_factory=dict)

    def add(self, segments: Sequence[str], value: Value) -> None:
        """Add a value of a path."""
        tree = self
        for segment in segments:
            pattern = Pattern.of(segment)
            tree = (
                tree.fixed.setdefault(pattern.parts[0], Tree())
                if pattern.is_literal
                else tree.open.setdefault(pattern, Tree())
            )
        tree.values.append(value)

    def find(self, segments: Sequence[str]) -> Iterator[tuple[int, Value]]:
        """Yield the values of all paths that fit, each with the number of segments that placeholders stand for."""
        pending: list[tuple[Tree[Value], int]] = [(self, 0)]
        for segment in segments:
            pending = [found for tree, count in pending for found in tree._below(segment, count)]
        for tree, count in pending:
            yield from ((count, value) for value in tree.values)

    def _below(self, segment: str, count: int) -> Iterator[tuple[Tree[Value], int]]:
        fixed = self.fixed.get(segment.casefold())
        if fixed is not None:
            yield fixed, count
        for pattern, tree in self.open.items():
            if pattern.fits(segment):
                yield tree, count + 1
