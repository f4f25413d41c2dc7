"""Which page defines which name, and which folders are roots (DESIGN 5.4, 5.9)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from docextract.reading.outline import Outline


@dataclass(frozen=True)
class NameIndex:
    """Which page defines which name, and which folders are roots (DESIGN 5.4)."""

    pages: Mapping[str, Outline]
    versions: tuple[str, ...] = ()

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The version folders, longest first: configured, or two paths of a type that differ in one folder."""
        if self.versions:
            return tuple(sorted(self.versions, key=len, reverse=True))
        roots: set[str] = set()
        for paths in self._paths_of_types.values():
            groups: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
            for path in paths:
                parts = path.split("/")
                for i in range(len(parts) - 1):
                    groups[(*parts[:i], "\0", *parts[i + 1 :])].add("/".join(parts[: i + 1]))
            roots.update(*(folders for folders in groups.values() if len(folders) > 1))
        return tuple(sorted(roots, key=len, reverse=True))

    @cached_property
    def _paths_of_types(self) -> dict[str, list[str]]:
        paths: defaultdict[str, list[str]] = defaultdict(list)
        for path, outline in self.pages.items():
            for name in outline.types:
                paths[name.casefold()].append(path)
        return paths

    def root(self, path: str) -> str:
        """Give the root of a page; "" where there are no versions."""
        return next((root for root in self.roots if path.startswith(root + "/")), "")

    @cached_property
    def types(self) -> dict[tuple[str, str], list[str]]:
        """The pages by (root, case-folded full name) of a type."""
        return self._by_name(lambda outline: outline.types)

    @cached_property
    def type_names(self) -> dict[str, list[str]]:
        """The full names of all types of a root, case-folded and in order."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        for root, name in sorted(self.types):
            names[root].append(name)
        return names

    @cached_property
    def enums(self) -> dict[tuple[str, str], list[str]]:
        """The pages by (root, case-folded last segment) of an enum."""
        return self._by_name(lambda outline: tuple(name.rpartition(".")[2] for name in outline.enums))

    def _by_name(self, of: Callable[[Outline], Iterable[str]]) -> dict[tuple[str, str], list[str]]:
        paths: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for path, outline in self.pages.items():
            root = self.root(path)
            for name in dict.fromkeys(name.casefold() for name in of(outline)):
                paths[root, name].append(path)
        return paths

    @cached_property
    def full_names(self) -> dict[tuple[str, str], list[str]]:
        """The full names by (root, last segment)."""
        names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for root, name in self.types:
            names[root, name.rpartition(".")[2]].append(name)
        return names

    def spelling(self, root: str, key: str) -> str:
        """Return the full name of a type as its first page writes it; `key` is its case-folded form."""
        names = self.pages[self.types[root, key][0]].types
        return next(name for name in names if name.casefold() == key)

    def find_key(self, root: str, name: str, namespace: str) -> str | None:
        """Give the full name, case-folded, that a name stands for."""
        key = name.lstrip("#").casefold()
        if (root, key) in self.types:
            return key
        candidates = self.full_names.get((root, key.rpartition(".")[2]), [])
        if len(candidates) > 1:
            candidates = [full for full in candidates if full.rpartition(".")[0] == namespace]
        return candidates[0] if len(candidates) == 1 else None
