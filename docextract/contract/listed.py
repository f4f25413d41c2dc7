"""The members of an enum as a schema lists them, with what judging a value needs, made once for all values."""

from __future__ import annotations

from functools import cached_property

from docextract.text.spelling import Names

#: So many members of an enum are named in a message.
_NAMED = 12


class Listed(list["str | None"]):
    """The values that a schema's `enum` allows; to jsonschema a list like any other."""

    @cached_property
    def known(self) -> frozenset[str | None]:
        """The values, to ask for one of them."""
        return frozenset(self)

    @cached_property
    def names(self) -> Names:
        """The members, to find near ones."""
        return Names(name for name in self if name is not None)

    @cached_property
    def by_case(self) -> dict[str, str]:
        """The members by their case-folded form, the last of each."""
        return {name.casefold(): name for name in self if name is not None}

    @cached_property
    def told(self) -> str:
        """The first members, each in one spelling, for messages."""
        spellings: dict[str, str] = {}
        for name in self:
            if name is not None:
                spellings.setdefault(name.casefold(), name)
        distinct = list(spellings.values())
        return ", ".join(distinct[:_NAMED]) + (", ..." if len(distinct) > _NAMED else "")
