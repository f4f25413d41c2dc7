"""The types and enums of a doc set: found by root and name, with their base types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.contract.ancestry import Ancestry, is_root_entity
from docextract.contract.index import link_target
from docextract.markdown.zone import apart
from docextract.memo import Memo, all_types
from docextract.reading.member import is_control
from docextract.reading.typeref import TypeRef
from docextract.text.spelling import Names
from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from docextract.contract.ancestry import Signature
    from docextract.contract.index import NameIndex
    from docextract.memo import Trace
    from docextract.reading.enumeration import Enum
    from docextract.reading.property import Property
    from docextract.reading.resource import Resource
    from docextract.text.source import Span


@dataclass(frozen=True)
class Definitions:
    """What a page defines, read in full."""

    resources: tuple[Resource, ...] = ()
    enums: tuple[Enum, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, list[Resource]]:
        """The types by their names, case-folded."""
        named: dict[str, list[Resource]] = {}
        for resource in self.resources:
            named.setdefault(resource.name.casefold(), []).append(resource)
        return named


@dataclass(frozen=True, eq=False)
class Type:
    """A type: the union of its definitions in one root, with its base type.

    `name` is None of a page's own table that no name is given. `based` is False where a base is named
    but not found, so the type's members are not all known; `all_named` where rows name no member, so that
    they may declare what seems undeclared. `headers` begin with that of the page that declares most.
    """

    name: str | None
    root: str
    own: Mapping[str, Property]
    base: Type | None = None
    based: bool = True
    own_open: bool = False
    own_represented: frozenset[str] = frozenset()
    headers: tuple[Span, ...] = ()
    definitions: tuple[Resource, ...] = ()
    all_named: bool = True

    @property
    def short(self) -> str | None:
        """The last segment of the name."""
        return self.name.rpartition(".")[2] if self.name else None

    @cached_property
    def chain(self) -> tuple[Type, ...]:
        """The type and its ancestors, nearest first."""
        parts, base = [self], self.base
        while base is not None:
            parts.append(base)
            base = base.base
        return tuple(parts)

    @cached_property
    def properties(self) -> dict[str, Property]:
        """All declared members by name; the nearest declaration wins."""
        merged: dict[str, Property] = {}
        for part in reversed(self.chain):
            merged.update(part.own)
        return merged

    @cached_property
    def by_case(self) -> dict[str, str]:
        """The declared names by their case-folded form."""
        return {name.casefold(): name for name in self.properties}

    @cached_property
    def names(self) -> Names:
        """The declared names, to find near ones."""
        return Names(self.properties)

    @cached_property
    def represented(self) -> frozenset[str]:
        """Members that only a JSON representation declares."""
        return frozenset().union(*(part.own_represented for part in self.chain)) - self.properties.keys()

    @property
    def complete(self) -> bool:
        """Whether the chain of base types ends."""
        return all(part.based for part in self.chain)

    @property
    def open(self) -> bool:
        """Whether the type or a base is an open type."""
        return any(part.own_open for part in self.chain)

    @property
    def closed(self) -> bool:
        """Whether all that is not declared is surplus: it has a table, all bases and rows are known, none is open."""
        return bool(self.own) and self.complete and not self.open and all(part.all_named for part in self.chain)

    @property
    def described(self) -> bool:
        """Whether a table that could be read says which members it has, its own or those it inherits."""
        for part in self.chain:
            if part.own or any(definition.unread for definition in part.definitions):
                return bool(part.own)
        return False

    @property
    def enumerated(self) -> bool:
        """Whether its tables list all members, even if a base type is not found: they repeat what they inherit."""
        listed = all(part.all_named and (part.based or part.repeats) for part in self.chain)
        return bool(self.own) and not self.open and listed

    @property
    def repeats(self) -> bool:
        """Whether its own table lists inherited members too: the key, or rows that say whence they are inherited."""
        keys = {"id", *(definition.key.name for definition in self.definitions if definition.key)}
        return not keys.isdisjoint(self.own) or any(declared.inherited_from for declared in self.own.values())

    @cached_property
    def agrees(self) -> bool:
        """Whether tables and JSON representations agree but for a few: three in four members shown have a row."""
        shown = {name for part in self.chain for name in part.own_represented if not is_control(name)}
        return len(shown & self.properties.keys()) * 4 >= len(shown) * 3

    @cached_property
    def keys(self) -> frozenset[str]:
        """The key properties of its definitions and of those of its ancestors: declared, though often in no row."""
        definitions = (definition for part in self.chain for definition in part.definitions)
        return frozenset(definition.key.name for definition in definitions if definition.key)

    def derives_from(self, other: Type) -> bool:
        """Say whether this is the other type or derived from it."""
        return other in self.chain


@dataclass(frozen=True)
class EnumType:
    """An enum: the union of its member lists in one root; not `whole` if some members may not be known."""

    name: str
    members: Mapping[str, Span]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name without namespace that several types of the root have; their full names as written."""

    names: tuple[str, ...]


#: Types that lead back to themselves over more others are not told: each would be followed from each.
_LONGEST_CYCLE = 100


class TypeRegistry:
    """All types and enums of a doc set. Pages are read when one of their names is asked for.

    `define` gives what a page defines, `signatures` the same from afar, `text` its text; the trace learns what was
    read.
    `namespace` is the usual one of the doc set, case-folded; "" if it has none. `wraps_in_value` says
    whether its responses hold collections as OData does, in a member `value`.
    """

    def __init__(
        self,
        index: NameIndex,
        define: Callable[[str], Definitions],
        signatures: Callable[[str], tuple[Signature, ...]],
        text: Callable[[str], str],
        trace: Trace,
        namespace: str,
        *,
        wraps_in_value: bool = True,
    ) -> None:
        self.index = index
        self.trace = trace
        self.namespace = namespace
        self.wraps_in_value = wraps_in_value
        self._define = define
        self.ancestry = Ancestry(index, signatures, text, trace, namespace)
        self._types = Memo(trace, self._build)
        self._enums = Memo(trace, self._build_enum)
        self._derived = Memo(trace, self._derived_with, reads=all_types)
        self._heirs = Memo(trace, self._heirs_of, reads=all_types)
        self._fitting = Memo(trace, self._only_fit, reads=all_types)
        self._annotated = Memo(trace, self._annotated_base)

    def defines_types(self, root: str) -> bool:
        """Say whether a root defines any type."""
        return root in self.index.type_names

    def find(self, root: str, name: str, *, page: str | None = None, namespace: str = "") -> Type | Ambiguous | None:
        """Find a type by full name, else by last segment if that is unique.

        `page` (the target of a link) and `namespace` (of the type that names it) tell equal names apart.
        """
        match = self._key(root, name, page, namespace)
        return self.by_key(root, match) if isinstance(match, str) else match

    def _key(self, root: str, name: str, page: str | None, namespace: str) -> str | Ambiguous | None:
        """Find the case-folded full name of a type, without reading its pages."""
        key = name.lstrip("#").casefold()
        if (root, key) in self.index.types:
            return key
        candidates = self.index.full_names.get((root, key.rpartition(".")[2]), ())
        if not candidates:
            return None
        chosen = candidates if len(candidates) == 1 else self._prefer(root, candidates, page, namespace)
        if len(chosen) == 1:
            return chosen[0]
        return Ambiguous(tuple(self.index.spelling(root, candidate) for candidate in candidates))

    def type(self, root: str, name: str) -> Type | None:
        """Find a type; None also if the name is ambiguous."""
        match = self.find(root, name)
        return match if isinstance(match, Type) else None

    def _prefer(self, root: str, names: Sequence[str], page: str | None, namespace: str) -> list[str]:
        if page is not None:
            there = [name for name in names if page in self.index.types[root, name]]
            if there:
                return there
        return [name for name in names if name.rpartition(".")[0] == namespace.casefold()]

    def enum(self, root: str, name: str) -> EnumType | None:
        """Find an enum by the last segment of its name."""
        last = name.rpartition(".")[2]
        key = root, last.casefold()
        enum = self._enums(key) if key in self.index.enums else None
        return replace(enum, name=last) if enum else None

    def _build_enum(self, root_and_key: tuple[str, str]) -> EnumType | None:
        key = root_and_key[1]
        defined = (enum for path in self.index.enums[root_and_key] for enum in self._define(path).enums)
        enums = [enum for enum in defined if enum.name.rpartition(".")[2].casefold() == key]
        members = {member: place for enum in enums for member, place in enum.members.items()}
        return EnumType(key, members, all(enum.whole for enum in enums)) if members else None

    def meaning(self, ref: TypeRef, page: str) -> Type | EnumType | Ambiguous | None:
        """Return what a named type cell of a page stands for: a type, an enum, or nothing known."""
        named = self.named(ref, page)
        return self.by_key(self.index.root(page), named) if isinstance(named, str) else named

    def named(self, ref: TypeRef, page: str) -> str | EnumType | Ambiguous | None:
        """Say the same, with the case-folded full name in place of a type, whose pages are not read."""
        root = self.index.root(page)
        if ref.anchor and ref.anchor.casefold().endswith("-values"):
            enum = self.enum(root, ref.anchor[: -len("-values")])
            if enum:
                return enum
        target = link_target(page, ref.page) if ref.page else None
        enum = self.enum(root, ref.name)
        if enum and not (target and ref.name.casefold() in self._defined_at(target)):
            return enum
        return self._key(root, ref.name, target, self.namespace)

    def by_key(self, root: str, key: str) -> Type:
        """Give the type of a case-folded full name that the index has."""
        if (root, key) not in self._types:
            # From the top down, for a chain may be longer than calls can be nested.
            for ancestor in reversed(self.ancestry.chain(root, key)):
                self._types((root, ancestor))
        return self._types((root, key))

    def _defined_at(self, path: str) -> set[str]:
        outline = self.index.pages.get(path)
        return {name.rpartition(".")[2].casefold() for name in outline.types} if outline else set()

    def derived_with(self, base: Type, names: Collection[str]) -> Type | None:
        """Give the first type, by name, that derives from another and declares all these members."""
        if base.name is None:
            return None
        key = self._derived((base.root, base.name.casefold(), frozenset(names)))
        return self.by_key(base.root, key) if key else None

    def _derived_with(self, asked: tuple[str, str, frozenset[str]]) -> str | None:
        root, base, names = asked
        return self.ancestry.derived_with(root, base, names) if names else None

    def heirs(self, base: Type) -> tuple[Type, ...]:
        """Give all types that derive from a type, by name."""
        if base.name is None:
            return ()
        keys = self._heirs((base.root, base.name.casefold()))
        return tuple(heir for key in keys if base in (heir := self.by_key(base.root, key)).chain)

    def _heirs_of(self, root_and_key: tuple[str, str]) -> list[str]:
        return self.ancestry.heirs(*root_and_key)

    def only_fit(self, root: str, names: Collection[str]) -> Type | None:
        """Give the one type of a root that declares all these members, base types before those derived from them."""
        key = self._fitting((root, frozenset(names)))
        return self.by_key(root, key) if key else None

    def _only_fit(self, asked: tuple[str, frozenset[str]]) -> str | None:
        keys = self.ancestry.most_basic(*asked)
        return keys[0] if len(keys) == 1 else None

    def _build(self, root_and_key: tuple[str, str]) -> Type:
        root, key = root_and_key
        definitions = tuple(
            resource
            for path in dict.fromkeys(self.index.types[root, key])
            for resource in self._define(path).by_name.get(key, ())
        )
        own = _union(declared for definition in definitions for declared in definition.properties)
        fullest_first = sorted(definitions, key=lambda definition: -len(definition.properties))
        base, based = self._base(root, key)
        return Type(
            definitions[0].name if definitions else key,
            root,
            own,
            base,
            based,
            any(definition.open for definition in definitions) or self.index.is_open(root, key),
            frozenset().union(*(_represented(definition, self.namespace) for definition in definitions)),
            tuple(definition.header for definition in fullest_first),
            definitions,
            all(_is_listed(definition, base) for definition in definitions),
        )

    def _base(self, root: str, key: str) -> tuple[Type | None, bool]:
        base, known = self.ancestry.base((root, key))
        if base is None:
            return None, known
        # A base type that leads back is none, or the chain would not end.
        if key in self.ancestry.chain(root, base):
            return None, False
        return self.by_key(root, base), True

    def _annotated_base(self, root_and_key: tuple[str, str]) -> str | None:
        pages = dict.fromkeys(self.index.types.get(root_and_key, ()))
        definitions = (one for path in pages for one in self._define(path).by_name.get(root_and_key[1], ()))
        return next((one.base_type for one in definitions if one.base_type), None)

    def cycle(self, root: str, name: str) -> list[str]:
        """Follow the annotated base types of a type; give the names on the way if they lead back to it."""
        start, names = name.casefold(), [name]
        key: str | None = start
        while key is not None and len(names) <= _LONGEST_CYCLE:
            base = self._annotated((root, key))
            key = self.index.find_key(root, base, key.rpartition(".")[0]) if base else None
            if key is not None:
                names.append(base or "")
            if key == start:
                return names
        return []


def _is_listed(definition: Resource, base: Type | None) -> bool:
    """Whether the rows of a definition list all members, by name or not.

    A row without a name stands for a member that only the representation shows, if there are enough of these.
    """
    unnamed = len(definition.unnamed)
    return not unnamed or unnamed <= len(definition.unlisted(base.properties if base else ()))


def _union(properties: Iterable[Property]) -> dict[str, Property]:
    """Return the properties by name, the first of each; one that two zones of a page give other types has either."""
    own: dict[str, Property] = {}
    for declared in properties:
        first = own.setdefault(declared.name, declared)
        if first is not declared and declared.zones and apart(first.zones, declared.zones):
            own[declared.name] = first if _same_type(first, declared) else replace(first, type=TypeRef(first.type.text))
    return own


def _same_type(one: Property, other: Property) -> bool:
    return (one.type.name, one.type.collection, one.members) == (other.type.name, other.type.collection, other.members)


def _represented(definition: Resource, namespace: str) -> frozenset[str]:
    """Give the members that the JSON representation declares, with the key of the root entity."""
    names = (definition.base_type, *definition.bases)
    key = ("id",) if any(is_root_entity(name, namespace) for name in names if name) else ()
    return frozenset((*definition.represented, *key))
