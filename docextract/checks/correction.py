"""Corrections of bodies: what the table lists in the place of what nearly is it.

They are never safe: as often as not it is the table that is wrong.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from docextract.findings import Edit
from docextract.text.json_values import escape
from docextract.text.spelling import Names

if TYPE_CHECKING:
    from docextract.contract.conformance import Conformance
    from docextract.contract.violation import Violation
    from docextract.reading.http_message import Body

_COMMA = re.compile(r"((?:(?<!\s)\s++)?,\s*+)")


def right_name(violation: Violation, conformance: Conformance) -> Edit | None:
    """Return the edit that gives a member the declared name that it nearly has.

    None if other names are as near, or if the object has a member of that name.
    """
    body, right = conformance.message.http.body, violation.other
    if body is None or not right or violation.expected:
        return None
    declared = violation.type.names if violation.type else Names(())
    return renamed(body, violation.pointer, violation.name or "", right, declared)


def renamed(body: Body, pointer: str, name: str, right: str, declared: Names) -> Edit | None:
    """Return the edit that gives a member another name, the right one of those that are declared.

    None if others are as near, or if its object has a member of that name.
    """
    place = body.places.get(pointer)
    parent = pointer.rpartition("/")[0]
    if place is None or place.key is None or f"{parent}/{escape(right)}" in body.places:
        return None
    same = name.casefold() == right.casefold().lstrip("@")
    if not same and declared.nearest(name, but=right) is not None:
        return None
    return Edit(body.source.span(*place.key), json.dumps(right, ensure_ascii=False))


def right_member(violation: Violation, conformance: Conformance) -> Edit | None:
    """Return the edit that writes the members of an enum as they are listed, commas between flags as they are."""
    body, value = conformance.message.http.body, violation.value
    place = body.places.get(violation.pointer) if body else None
    if body is None or place is None or not isinstance(value, str):
        return None
    start, end = place.value
    parts, right = _COMMA.split(value.strip()), violation.other.split(",")
    if body.source.text[start:end] != f'"{value}"' or len(parts) != 2 * len(right) - 1:
        return None
    parts[::2] = right
    return Edit(body.source.span(start, end), json.dumps("".join(parts), ensure_ascii=False))
