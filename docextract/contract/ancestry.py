"""Base types and members of all types by their names, from the signatures of their definitions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from docextract.memo import Memo
from docextract.reading.base_types import may_name_base, words
from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from docextract.contract.index import NameIndex
    from docextract.memo import Trace
    from docextract.reading.resource import Resource


@dataclass(frozen=True, slots=True)
class Signature:
    """The names of a definition: its type, the bases it names, its members, the types it mentions.

    `bases` holds those of the annotation, of the prose and of the rows.
    """

    name: str
    bases: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    members: tuple[str, ...]
    mentions: tuple[str, ...]


def signature_of(resource: Resource) -> Signature:
    """Take the signature of a definition."""
    rows = dict.fromkeys(name for declared in resource.properties for name in declared.inherited_from)
    mentions = dict.fromkeys(named.name.rpartition(".")[2].casefold() for named in resource.named_types())
    return Signature(
        resource.name,
        ((resource.base_type,) if resource.base_type else (), resource.bases, tuple(rows)),
        tuple(dict.fromkeys(declared.name for declared in resource.properties)),
        tuple(mentions),
    )


def is_root_entity(name: str, namespace: str) -> bool:
    """Whether a base type is the abstract root of a service's entities, which declares `id` and nothing else.

    It is called `entity` in the usual namespace of the doc set (case-folded), written in full, without
    its namespace or with the last segment of that. Its page says as much, and doc sets leave it out.
    """
    full = f"{namespace}.entity".strip(".")
    last = ".".join(full.split(".")[-2:])
    return name.casefold() in ("entity", last, full)


class Ancestry:
    """Who derives from whom, and which members that gives; types are named by case-folded full names."""

    def __init__(
        self,
        index: NameIndex,
        signatures: Callable[[str], tuple[Signature, ...]],
        text: Callable[[str], str],
        trace: Trace,
        namespace: str,
    ) -> None:
        self._index = index
        self._namespace = namespace
        self._signatures = signatures
        self._text = text
        self.base = Memo(trace, self._base)
        self._members = Memo(trace, self._merged)
        self._having = Memo(trace, self._types_by_member)
        self._mentioning = Memo(trace, self._types_by_mention)

    def _definitions(self, root: str, key: str) -> Iterator[Signature]:
        for path in self._index.types.get((root, key), ()):
            for signature in self._signatures(path):
                if signature.name.casefold() == key:
                    yield signature

    def _base(self, root_and_key: tuple[str, str]) -> tuple[str | None, bool]:
        """Find the base: the nearest that annotation and prose name, else rows, else pages that name their heirs.

        The flag says whether nothing is missing: there is no base, or it was found.
        """
        root, key = root_and_key
        signatures = list(self._definitions(root, key))
        annotated, prose, rows = (
            list(dict.fromkeys(name for signature in signatures for name in signature.bases[i])) for i in range(3)
        )
        by_annotation, by_prose, by_rows = (self._others(root, key, names) for names in (annotated, prose, rows))
        told_by_base = [base for base in self._index.bases_of(root, key) if base != key]
        rooted = all(is_root_entity(name, self._namespace) for name in annotated)
        if annotated and not by_annotation and not told_by_base and not rooted:
            return None, False
        told_here = (by_annotation[:1] + by_prose[:1], by_rows) if by_annotation or rooted else ()
        for told in (*told_here, told_by_base):
            if told:
                # Most often all name the same one, and how far it stands from the top need not be asked.
                several = len(set(told)) > 1
                return (max(told, key=lambda base: self._nearness(root, base)) if several else told[0]), True
        return None, all(is_root_entity(name, self._namespace) for name in annotated or prose or rows)

    def _nearness(self, root: str, base: str) -> tuple[bool, int]:
        """Return how near a base is, of several: a row names all ancestors, and an annotation often the root."""
        return not is_root_entity(base, self._namespace), len(self._named_above(root, base))

    def _named_above(self, root: str, key: str) -> set[str]:
        """Return a type and all types that it and they name as bases: unlike a chain, it needs no base to be chosen."""
        above: set[str] = set()
        ahead = [key]
        while ahead:
            at = ahead.pop()
            if at not in above:
                above.add(at)
                named = (
                    name for signature in self._definitions(root, at) for names in signature.bases for name in names
                )
                ahead += self._others(root, at, named)
        return above

    def _others(self, root: str, key: str, names: Iterable[str]) -> list[str]:
        return [base for name in names if (base := self._other(root, key, name))]

    def _other(self, root: str, key: str, name: str) -> str | None:
        other = self._index.find_key(root, name, key.rpartition(".")[0])
        return None if other == key else other

    def chain(self, root: str, key: str) -> list[str]:
        """Give a type and its ancestors, nearest first; a cycle is walked once."""
        chain: dict[str, None] = {}
        at: str | None = key
        while at is not None and at not in chain:
            chain[at] = None
            at = self.base((root, at))[0]
        return [*chain]

    def heirs(self, root: str, base: str) -> list[str]:
        """Give all types that derive from a type, in order.

        Of each generation only those are looked at that the texts tell of, so that few pages need be parsed.
        """
        heirs: set[str] = set()
        ahead = [base]
        while ahead:
            at = ahead.pop()
            near = [key for key in self._akin(root, at) - heirs if key != base and self.base((root, key))[0] == at]
            ahead += near
            heirs.update(near)
        return sorted(heirs)

    def _akin(self, root: str, base: str) -> set[str]:
        """Give all types whose base may be a type: their texts mention it, or its text says so. It takes no parsing."""
        return self._mentioning(root).get(base.rpartition(".")[2], set()).union(self._index.heirs_told(root, base))

    def _types_by_mention(self, root: str) -> dict[str, set[str]]:
        """Give the types whose texts may name a base, by each word in them that may be its name, case-folded."""
        mentioning: defaultdict[str, set[str]] = defaultdict(set)
        names = {key.rpartition(".")[2] for key in self._index.type_names.get(root, ())}
        for key in self._index.type_names.get(root, ()):
            for text in filter(may_name_base, map(self._text, self._index.types[root, key])):
                for name in names.intersection(words(text)):
                    mentioning[name].add(key)
        return mentioning

    def _merged(self, root_and_key: tuple[str, str]) -> frozenset[str]:
        root, key = root_and_key
        names = (signature.members for part in self.chain(root, key) for signature in self._definitions(root, part))
        return frozenset(name for members in names for name in members)

    def _types_by_member(self, root: str) -> dict[str, set[str]]:
        having: defaultdict[str, set[str]] = defaultdict(set)
        for key in self._index.type_names.get(root, ()):
            for name in self._members((root, key)):
                having[name].add(key)
        return having

    def derived_with(self, root: str, base: str, names: Collection[str]) -> str | None:
        """Give the first type, in order, that derives from another and declares all these members."""
        return next((key for key in self.heirs(root, base) if self._members((root, key)).issuperset(names)), None)

    def declaring(self, root: str, names: Collection[str]) -> list[str]:
        """Give the types that declare all these members, in order."""
        having = self._having(root)
        return sorted(set.intersection(*(having.get(name, set()) for name in names))) if names else []

    def most_basic(self, root: str, names: Collection[str]) -> list[str]:
        """Give the types that declare all these members, without those that inherit them all."""
        keys = self.declaring(root, names)
        return [key for key in keys if not any(base in keys for base in self.chain(root, key)[1:])]
