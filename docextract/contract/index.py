"""Which page defines which name, and which folders are roots."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from docextract.text.spelling import Names
from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from docextract.reading.outline import Outline


#: What folders of API versions are called: `v1.0`, `beta`, `preview`, `2024-01-01`.
_VERSION = re.compile(
    r"v\d+(?:\.\d+)*(?:[-.]?(?:beta|preview|alpha|rc)\d*)?|beta|preview|alpha|\d{4}-\d\d(?:-\d\d)?(?:-preview)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NameIndex:
    """Which page defines which name, and which folders are roots.

    `pages` are the outlines of the pages that define a name, `paths` those of all pages of the doc
    set; `versions` are the configured roots.
    """

    pages: Mapping[str, Outline]
    versions: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The folders of versions, longest first: the configured ones, else sibling folders that correspond."""
        siblings = (
            folder for pair, types in self._siblings.items() if self._correspond(pair, types) for folder in pair
        )
        return tuple(sorted(dict.fromkeys(self.versions or siblings), key=lambda folder: (-len(folder), folder)))

    @cached_property
    def _siblings(self) -> dict[tuple[str, str], set[str]]:
        """The types that two folders of one parent define at the same path below them, by the two folders."""
        siblings: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for name, paths in self._paths_of_types.items():
            alike: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
            for folder, rest in ((path[:i], path[i:]) for path in paths for i in _ends_of_folders(path)):
                alike[folder.rpartition("/")[0], rest].add(folder)
            for folders in alike.values():
                for pair in combinations(sorted(folders), 2):
                    siblings[pair].add(name)
        return siblings

    def _correspond(self, pair: tuple[str, str], types: Collection[str]) -> bool:
        """Whether two siblings are versions of each other: most pages of the smaller stand in the other too.

        Of folders with the names of versions some pages do; of others a single type proves nothing, for
        a type may be defined on the page of an operation and on its own.
        """
        if all(_VERSION.fullmatch(folder.rpartition("/")[2]) for folder in pair):
            return True
        first, second = ({path[len(folder) :] for path in self._below(folder)} for folder in pair)
        return len(types) > 1 and len(first & second) * 2 > min(len(first), len(second))

    def _below(self, folder: str) -> Sequence[str]:
        start = bisect_left(self.paths, folder + "/")
        return self.paths[start : bisect_left(self.paths, folder + "0")]

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

    def last_names(self, root: str) -> Names:
        """Return the last segments of the names of all types of a root, case-folded."""
        if root not in self._last_names:
            # Pages are checked one root after another: what only another root needs does not stay.
            self._last_names.clear()
            self._last_names[root] = Names({name.rpartition(".")[2] for name in self.type_names.get(root, ())})
        return self._last_names[root]

    @cached_property
    def _last_names(self) -> dict[str, Names]:
        return {}

    @cached_property
    def enums(self) -> dict[tuple[str, str], list[str]]:
        """The pages by (root, case-folded last segment) of an enum."""
        return self._by_name(lambda outline: tuple(name.rpartition(".")[2] for name in outline.enums))

    @cached_property
    def _heirs(self) -> dict[tuple[str, str], list[str]]:
        """The types, case-folded, whose pages say that a type derives from them, by (root, last segment)."""
        bases: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for path, outline in self.pages.items():
            if outline.heirs and len(set(outline.types)) == 1:
                for heir in outline.heirs:
                    bases[self.root(path), heir.rpartition(".")[2].casefold()].append(outline.types[0].casefold())
        return bases

    def bases_of(self, root: str, key: str) -> list[str]:
        """Return the types whose pages say that the type of a case-folded full name derives from them."""
        return self._heirs.get((root, key.rpartition(".")[2]), [])

    def heirs_told(self, root: str, key: str) -> list[str]:
        """Return the types that the page of a type, by its case-folded full name, says to derive from it."""
        told = (short for (where, short), bases in self._heirs.items() if where == root and key in bases)
        return [full for short in told for full in self.full_names.get((root, short), ())]

    @cached_property
    def _open(self) -> set[tuple[str, str]]:
        """The types that any page calls open, by (root, case-folded last segment)."""
        return {
            (self.root(path), name.rpartition(".")[2].casefold())
            for path, outline in self.pages.items()
            for name in outline.open_types
        }

    def is_open(self, root: str, key: str) -> bool:
        """Whether a page of a root calls a type open: "the open type [extension](extension.md)"."""
        return (root, key.rpartition(".")[2]) in self._open

    @cached_property
    def namespaces(self) -> dict[str, frozenset[str]]:
        """The namespaces of the types of a root, case-folded."""
        names: defaultdict[str, set[str]] = defaultdict(set)
        for root, name in self.types:
            names[root].add(name.rpartition(".")[0])
        return {root: frozenset(spaces) for root, spaces in names.items()}

    def is_foreign(self, root: str, name: str) -> bool:
        """Whether a name is written with a namespace in which no page of the root defines a type."""
        namespace = name.lstrip("#").strip().casefold().rpartition(".")[0]
        return bool(namespace) and root in self.namespaces and namespace not in self.namespaces[root]

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


def _ends_of_folders(path: str) -> Iterator[int]:
    """Yield where the names of the folders of a path end."""
    return (i for i, char in enumerate(path) if char == "/")


def link_target(page: str, target: str) -> str:
    """Give the path of a page that a relative link of another page names, as the doc set knows it."""
    path = target.partition("#")[0].partition("?")[0].replace("\\", "/")
    return _joined(posixpath.dirname(page), path)


# The pages of a folder link the same pages over and over.
@lru_cache(maxsize=4096)
def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))
