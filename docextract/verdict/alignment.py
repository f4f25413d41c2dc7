"""Which finding is which entry of a baseline, after pages have been edited, moved and mended."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from docextract.verdict.entry import Entry

    #: What two entries have to have in common; None of one that has nothing to be known by.
    Trait = Callable[[Entry], "Hashable | None"]


def _full(one: Entry) -> Hashable:
    return one.kind, one.exchange, one.pointer, one.around


def _alike(*names: str) -> Trait:
    """Return the trait of entries of one kind that are equal in these parts of their places."""

    def trait(one: Entry) -> Hashable:
        parts = one.around._asdict() | {"exchange": one.exchange}
        return one.kind, *(parts[name] for name in names)

    return trait


def _same_member(one: Entry) -> Hashable | None:
    return (one.kind, one.exchange, one.pointer) if one.pointer is not None else None


def _same_text(one: Entry) -> Hashable | None:
    return (one.kind, one.exchange, one.around.section) if one.is_specific else None


#: From all that tells findings apart to the least by which one can be known: lines alone may be the same in all
#: examples of a page, so that the exchange or the section has to agree.
_TRAITS: tuple[Trait, ...] = (
    _full,
    _alike("exchange", "section", "line", "above", "below"),
    _alike("exchange", "line", "above", "below"),
    _alike("section", "line", "above", "below"),
    _alike("exchange", "section", "line", "above"),
    _alike("exchange", "section", "line", "below"),
    _alike("exchange", "section", "line"),
    _alike("exchange", "line"),
    _alike("section", "line"),
    _alike("exchange", "section", "above", "below"),
    _alike("exchange", "above", "below"),
    _alike("section", "above", "below"),
    _same_member,
    _same_text,
)


class Alignment:
    """The findings of a run beside the entries of a baseline, with how often each entry stands there.

    `found` are the findings as entries. `is_gone` says whether a page no longer exists, `is_judged`
    whether an entry would have been found again if its cause were still there.
    """

    def __init__(
        self,
        entries: Mapping[Entry, int],
        found: Sequence[Entry],
        is_gone: Callable[[str], bool],
        is_judged: Callable[[Entry], bool],
    ) -> None:
        self.left = Counter(entries)
        #: The indexes of the findings that are no entry.
        self.new = dict.fromkeys(range(len(found)))
        self._found = found
        self._known = {entry.page for entry in entries}
        for trait in (*_TRAITS, None):
            self._match(lambda page: page, trait)
        gone = {page for page in self._known if is_gone(page)}
        renamed = self._renamed(gone)
        for trait in (*_TRAITS, None) if renamed else ():
            self._match(lambda page: renamed.get(page, page), trait)
        if self.new:
            pages = Counter(key for key, _ in {(_full(entry), entry.page) for entry in entries})
            # A section has moved to another page; what stands on several pages may come from a template.
            self._match(
                lambda _: "", _full, lambda one: pages[_full(one)] == 1 and (one.page in gone or is_judged(one))
            )

    def _match(
        self,
        place: Callable[[str], str],
        trait: Trait | None,
        may: Callable[[Entry], bool] = lambda _: True,
    ) -> None:
        """Match what is left by a trait, None for parts of entries; `place` returns what counts as one page."""
        if trait is None:
            self._match_parts(place)
            return
        waiting: defaultdict[Hashable, deque[Entry]] = defaultdict(deque)
        for entry in self._open():
            if may(entry) and (key := trait(entry)) is not None:
                waiting[place(entry.page), key].append(entry)
        for index in list(self.new) if waiting else ():
            one = self._found[index]
            if queue := waiting.get((place(one.page), trait(one))):
                self._take(queue[0], index)
                if not self.left[queue[0]]:
                    queue.popleft()

    def _match_parts(self, place: Callable[[str], str]) -> None:
        """Match findings that tell fewer members than an entry of their place: some have been mended."""
        waiting: defaultdict[Hashable, list[Entry]] = defaultdict(list)
        for entry in self._open():
            if entry.size > 1:
                waiting[_object(entry, place)].append(entry)
        for index in list(self.new) if waiting else ():
            one = self._found[index]
            for entry in waiting.get(_object(one, place), ()):
                if self.left[entry] and one.is_part_of(entry):
                    self._take(entry, index)
                    break

    def _take(self, entry: Entry, index: int) -> None:
        self.left[entry] -= 1
        del self.new[index]

    def _open(self) -> Iterable[Entry]:
        return [entry for entry, count in self.left.items() if count]

    def _renamed(self, gone: set[str]) -> dict[str, str]:
        """Return for pages that are gone the new names: pages without entries that show half of what they showed."""
        places: defaultdict[Hashable, set[str]] = defaultdict(set)
        shown = Counter(self._found[index].page for index in self.new)
        for index in self.new:
            one = self._found[index]
            if one.page not in self._known:
                places[_full(one)].add(one.page)
        common: Counter[tuple[str, str]] = Counter()
        listed: Counter[str] = Counter()
        for entry in self._open():
            if entry.page in gone:
                listed[entry.page] += self.left[entry]
                common.update((entry.page, page) for page in places.get(_full(entry), ()))
        renamed: dict[str, str] = {}
        for (old, new), count in sorted(common.items(), key=lambda item: (-item[1], item[0])):
            half = min(listed[old], shown[new]) / 2
            if count >= half and old not in renamed and new not in renamed.values():
                renamed[old] = new
        return renamed


def _object(one: Entry, place: Callable[[str], str]) -> Hashable:
    """Return what a finding about several members shares with what is left of it."""
    return place(one.page), one.check, one.exchange, one.around.section, (one.pointer or "").rpartition("/")[0]
