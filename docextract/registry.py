"""The types and enums of a doc set: found by root and name, with their base types."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from docextract.outline import Outline
    from docextract.property import Property
    from docextract.resource import Enum, Resource
    from docextract.source import Span
    from docextract.typeref import TypeRef


@dataclass(frozen=True)
class Definitions:
    """What a page defines, read in full."""

    resources: tuple[Resource, ...] = ()
    enums: tuple[Enum, ...] = ()


@dataclass(frozen=True, eq=False)
class Type:
    """A type: the union of its definitions in one root (DESIGN 5.4), with its base type.

    `based` is False where a base is named but not found, so the type's members are not all known.
    """

    name: str
    root: str
    own: Mapping[str, Property]
    base: Type | None = None
    based: bool = True
    own_open: bool = False
    own_represented: frozenset[str] = frozenset()
    headers: tuple[Span, ...] = ()
    definitions: tuple[Resource, ...] = ()

    @property
    def short(self) -> str:
        """The last segment of the name; a type without one is a page's own table of a request body."""
        return self.name.rpartition(".")[2] or "the request body"

    @property
    def namespace(self) -> str:
        """The name without its last segment."""
        return self.name.rpartition(".")[0]

    @cached_property
    def chain(self) -> tuple[Type, ...]:
        """The type and its ancestors, nearest first."""
        return (self, *self.base.chain) if self.base else (self,)

    @cached_property
    def properties(self) -> dict[str, Property]:
        """All declared members by name; the nearest declaration wins."""
        merged: dict[str, Property] = {}
        for one in reversed(self.chain):
            merged.update(one.own)
        return merged

    @cached_property
    def by_case(self) -> dict[str, str]:
        """The declared names by their case-folded form."""
        return {name.casefold(): name for name in self.properties}

    @cached_property
    def represented(self) -> frozenset[str]:
        """Members that only a JSON representation declares."""
        return frozenset().union(*(one.own_represented for one in self.chain)) - self.properties.keys()

    @property
    def complete(self) -> bool:
        """Whether the chain of base types ends."""
        return all(one.based for one in self.chain)

    @property
    def open(self) -> bool:
        """Whether the type or a base is an open type."""
        return any(one.own_open for one in self.chain)

    @property
    def closed(self) -> bool:
        """Whether everything that is not declared is surplus: a table, no open type, all bases known."""
        return bool(self.own) and self.complete and not self.open

    def derives_from(self, other: Type) -> bool:
        """Say whether this is the other type or derived from it."""
        return other in self.chain


@dataclass(frozen=True)
class EnumType:
    """An enum: the union of its member lists in one root."""

    name: str
    members: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name without namespace that several types of the root have."""

    names: tuple[str, ...]


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
        found: set[str] = set()
        for paths in self._paths_of_types.values():
            groups: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
            for path in paths:
                parts = path.split("/")
                for i in range(len(parts) - 1):
                    groups[(*parts[:i], "\0", *parts[i + 1 :])].add("/".join(parts[: i + 1]))
            found.update(*(folders for folders in groups.values() if len(folders) > 1))
        return tuple(sorted(found, key=len, reverse=True))

    @cached_property
    def _paths_of_types(self) -> dict[str, list[str]]:
        paths: defaultdict[str, list[str]] = defaultdict(list)
        for path, names in self.pages.items():
            for name in names.types:
                paths[name.casefold()].append(path)
        return paths

    def root(self, path: str) -> str:
        """Give the root of a page; "" where there are no versions."""
        return next((root for root in self.roots if path.startswith(root + "/")), "")

    @cached_property
    def types(self) -> dict[tuple[str, str], list[str]]:
        """The pages by (root, case-folded full name) of a type."""
        return self._by_name(lambda one: one.types)

    @cached_property
    def type_names(self) -> dict[str, list[str]]:
        """The full names of all types of a root, case-folded and in order."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for root, name in sorted(self.types):
            found[root].append(name)
        return found

    @cached_property
    def enums(self) -> dict[tuple[str, str], list[str]]:
        """The pages by (root, case-folded last segment) of an enum."""
        return self._by_name(lambda one: tuple(name.rpartition(".")[2] for name in one.enums))

    def _by_name(self, of: Callable[[Outline], Iterable[str]]) -> dict[tuple[str, str], list[str]]:
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for path, names in self.pages.items():
            root = self.root(path)
            for name in dict.fromkeys(name.casefold() for name in of(names)):
                found[root, name].append(path)
        return found

    @cached_property
    def full_names(self) -> dict[tuple[str, str], list[str]]:
        """The full names by (root, last segment)."""
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for root, name in self.types:
            found[root, name.rpartition(".")[2]].append(name)
        return found


@dataclass(frozen=True)
class TypeRegistry:
    """All types and enums of a doc set. Pages are read when one of their names is asked for."""

    index: NameIndex
    define: Callable[[str], Definitions]
    _types: dict[tuple[str, str], Type] = field(default_factory=dict, repr=False)
    _building: list[tuple[str, str]] = field(default_factory=list, repr=False)

    def defines_types(self, root: str) -> bool:
        """Say whether a root defines any type."""
        return root in self.index.type_names

    def find(self, root: str, name: str, *, page: str | None = None, namespace: str = "") -> Type | Ambiguous | None:
        """Find a type by full name, else by last segment if that is unique (DESIGN 5.5).

        `page` (the target of a link) and `namespace` (of the type that names it) tell equal names apart.
        """
        key = name.lstrip("#").casefold()
        if (root, key) not in self.index.types:
            candidates = self.index.full_names.get((root, key.rpartition(".")[2]), ())
            if not candidates:
                return None
            chosen = candidates if len(candidates) == 1 else self._prefer(root, candidates, page, namespace)
            if len(chosen) != 1:
                return Ambiguous(tuple(candidates))
            key = chosen[0]
        return self._type(root, key)

    def type(self, root: str, name: str) -> Type | None:
        """Find a type; None also if the name is ambiguous."""
        found = self.find(root, name)
        return found if isinstance(found, Type) else None

    def _prefer(self, root: str, names: Sequence[str], page: str | None, namespace: str) -> list[str]:
        if page is not None:
            there = [name for name in names if page in self.index.types[root, name]]
            if there:
                return there
        return [name for name in names if name.rpartition(".")[0] == namespace.casefold()]

    def enum(self, root: str, name: str) -> EnumType | None:
        """Find an enum by the last segment of its name."""
        key = name.rpartition(".")[2].casefold()
        members: dict[str, Span] = {}
        for path in self.index.enums.get((root, key), ()):
            for one in self.define(path).enums:
                if one.name.rpartition(".")[2].casefold() == key:
                    members.update(one.members)
        return EnumType(name.rpartition(".")[2], members) if members else None

    def meaning(self, ref: TypeRef, page: str, namespace: str = "") -> Type | EnumType | Ambiguous | None:
        """Say what a named type cell of a page stands for: a type, an enum, or nothing known (DESIGN 5.7)."""
        root = self.index.root(page)
        if ref.anchor and ref.anchor.casefold().endswith("-values"):
            enum = self.enum(root, ref.anchor[: -len("-values")])
            if enum:
                return enum
        target = link_target(page, ref.page) if ref.page else None
        enum = self.enum(root, ref.name)
        if enum and not (target and ref.name.casefold() in self._defined_at(target)):
            return enum
        return self.find(root, ref.name, page=target, namespace=namespace)

    def _defined_at(self, path: str) -> set[str]:
        names = self.index.pages.get(path)
        return {name.rpartition(".")[2].casefold() for name in names.types} if names else set()

    def derived_from(self, base: Type) -> Iterator[Type]:
        """Yield the types of the root that derive from another, in order of their names."""
        for one in self.all_types(base.root):
            if one is not base and one.derives_from(base):
                yield one

    def all_types(self, root: str) -> Iterator[Type]:
        """Yield the types of a root in order of their names."""
        for name in self.index.type_names.get(root, ()):
            yield self._type(root, name)

    def _type(self, root: str, key: str) -> Type:
        known = self._types.get((root, key))
        if known is None:
            self._building.append((root, key))
            try:
                known = self._types[root, key] = self._build(root, key)
            finally:
                self._building.pop()
        return known

    def _build(self, root: str, key: str) -> Type:
        definitions = tuple(
            resource
            for path in self.index.types[root, key]
            for resource in self.define(path).resources
            if resource.name.casefold() == key
        )
        own: dict[str, Property] = {}
        for definition in definitions:
            for declared in definition.properties:
                own.setdefault(declared.name, declared)
        base, based = self._base(root, key, definitions)
        return Type(
            definitions[0].name if definitions else key,
            root,
            own,
            base,
            based,
            any(definition.open for definition in definitions),
            frozenset().union(*(definition.represented for definition in definitions)),
            tuple(definition.header for definition in definitions),
            definitions,
        )

    def _base(self, root: str, key: str, definitions: Sequence[Resource]) -> tuple[Type | None, bool]:
        """Find the base: annotation first, then prose, then rows; a name that nothing defines counts (DESIGN 5.6)."""
        named = [definition.base_type for definition in definitions if definition.base_type]
        prose = [name for definition in definitions for name in definition.bases]
        rows = list(dict.fromkeys(n for d in definitions for p in d.properties for n in p.inherited_from))
        for names in (named, prose, rows):
            found = [base for name in names if (base := self._other(root, key, name))]
            if found:
                nearest = max(found, key=lambda one: len(one.chain)) if names is rows else found[0]
                return nearest, True
            if names and names is named:
                break
        return None, not (named or prose or rows)

    def _other(self, root: str, key: str, name: str) -> Type | None:
        namespace = key.rpartition(".")[0]
        found = self.find_key(root, name, namespace)
        if found is None or found == key:
            return None
        if (root, found) in self._building:
            return None
        return self._type(root, found)

    def cycle(self, root: str, name: str) -> list[str]:
        """Follow the annotated base types of a type; give the names on the way if they lead back to it."""
        start, names = name.casefold(), [name]
        key: str | None = start
        while key is not None and len(names) <= len(self.index.types) + 1:
            definitions = [d for path in self.index.types.get((root, key), ()) for d in self.define(path).resources]
            base = next((d.base_type for d in definitions if d.base_type and d.name.casefold() == key), None)
            key = self.find_key(root, base, key.rpartition(".")[0]) if base else None
            if key is not None:
                names.append(base or "")
            if key == start:
                return names
        return []

    def find_key(self, root: str, name: str, namespace: str) -> str | None:
        """Give the full name, case-folded, that a name stands for, without reading its pages."""
        key = name.lstrip("#").casefold()
        if (root, key) in self.index.types:
            return key
        candidates = self.index.full_names.get((root, key.rpartition(".")[2]), [])
        if len(candidates) > 1:
            candidates = [one for one in candidates if one.rpartition(".")[0] == namespace]
        return candidates[0] if len(candidates) == 1 else None


def link_target(page: str, target: str) -> str:
    """Give the path of a page that a relative link of another page names, as the doc set knows it."""
    path = target.partition("#")[0].partition("?")[0].replace("\\", "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
