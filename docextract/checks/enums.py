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

#: The member by which an enum announces that it may grow; services do not send it.
_SENTINEL = "unknownFutureValue"
#: So many members of an enum are named in a message.
_LISTED = 12


@check(Resource, Severity.WARNING)
def enum_disagree(resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """The description of a property lists a value that the table of its enum lacks.

    Readers see two lists of the same values, and one of them is wrong. Values that only the table has
    are fine: a description may list those that serve for this property.

    Bad:  "The possible values are: `user`, `gruop`" in a row of type `kind`, whose table lists `user` and `group`
    Good: the same values in both

    How to fix: See which values the service knows, then correct the description or add a row to the
    table of the enum.

    Silence: `<!-- docextract-disable-next-block enum-disagree -->` above the table, for a comment inside ends it.
    """
    for declared in resource.properties:
        if not declared.type.name or declared.type.primitive or not declared.members:
            continue
        enum = docset.registry.named(declared.type, resource.path)
        if not isinstance(enum, EnumType) or not enum.whole:
            continue
        others = _others(declared.members, enum)
        if others:
            text = f"the row of '{declared.name}' lists {_quoted(others)}, which the table of {enum.name} lacks"
            place = (Related(next(iter(enum.members.values())), f"the table lists {_quoted(list(enum.members))}"),)
            yield enum_disagree.finding(
                text + _advice(others, enum), declared.row, related=place, type=resource.name, property=declared.name
            )


def _others(values: tuple[str, ...], enum: EnumType) -> list[str]:
    """Return the values that an enum lacks; none if it has none of them, so that the lists are of different things."""
    known = {member.casefold() for member in enum.members}
    if not any(value.casefold() in known for value in values):
        return []
    return [value for value in values if value not in enum.members and value != _SENTINEL]


def _advice(values: list[str], enum: EnumType) -> str:
    near = [nearest(value, enum.members) for value in values]
    return f"; did you mean {_quoted([name for name in near if name])}?" if all(near) else ""


def _quoted(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names[:_LISTED]) + (", ..." if len(names) > _LISTED else "")
