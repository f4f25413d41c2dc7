"""Checks of the lists of an enum's members against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.checks.base import check
from docextract.contract.registry import EnumType
from docextract.findings import Related, Severity
from docextract.reading.resource import Resource
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.project.docset import DocSet

#: So many members of an enum are named in a message.
_LISTED = 12


@check(Resource, Severity.WARNING)
def enum_disagree(resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """The description of a property lists a value that the table of its enum lacks.

    Readers see two lists of the same values, and one of them is wrong. Values that only the table has
    are fine: a description may list those that serve for this property.

    Bad:  "The possible values are: `user`, `gruop`" in a row of type `kind`, whose table lists `user` and `group`
    Good: the same values in both

    Silence: `<!-- docextract-disable-file enum-disagree -->` (a comment inside a table ends it).
    """
    for declared in resource.properties:
        if not declared.type.name or declared.type.primitive or not declared.members:
            continue
        enum = docset.registry.named(declared.type, resource.path)
        if not isinstance(enum, EnumType) or not enum.whole:
            continue
        place = (Related(next(iter(enum.members.values())), f"the members of {enum.name}"),)
        listed = ", ".join(list(enum.members)[:_LISTED]) + (", ..." if len(enum.members) > _LISTED else "")
        for value in declared.members:
            if value not in enum.members:
                near = nearest(value, enum.members)
                advice = f"; did you mean '{near}'?" if near else ""
                what = f"the row of '{declared.name}' lists '{value}', which the table of {enum.name} lacks"
                text = f"{what}: {listed}{advice}"
                yield enum_disagree.finding(
                    text, declared.row, related=place, type=resource.name, property=declared.name
                )
