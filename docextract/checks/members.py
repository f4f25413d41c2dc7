"""Checks of which members an object has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.checks.base import See, body_check, called, group_check, of_object
from docextract.checks.correction import right_name
from docextract.contract.envelope import is_envelope
from docextract.contract.naming import Kind
from docextract.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.contract.conformance import Conformance
    from docextract.contract.violation import Violation


#: So many undeclared members are named in a message.
_NAMED = 3


def _table(violation: Violation, conformance: Conformance) -> str:
    type_ = violation.type
    if conformance.resolution.kind is Kind.OWN_TABLE and type_ in conformance.resolution.types:
        return "this page's own properties table"
    return f"the properties table of {called(type_)}" if type_ else "any properties table"


def _members(violations: Sequence[Violation]) -> str:
    """Name the members of violations, each with the declared name that it nearly has."""
    if len(violations) == 1:
        return f"'{violations[0].name}'"
    near = [f" (did you mean '{violation.other}'?)" if violation.other else "" for violation in violations]
    names = [f"'{violation.name}'{advice}" for violation, advice in zip(violations, near, strict=True)]
    if len(names) <= _NAMED:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"


def _not_listed(violations: Sequence[Violation], conformance: Conformance) -> str:
    verb = "is" if len(violations) == 1 else "are"
    return f"{_members(violations)} {verb} not in {_table(violations[0], conformance)}"


def _better(violation: Violation) -> str:
    if not violation.expected:
        return ""
    return f"; all members of this object are declared by {violation.expected}: is that its type?"


def _primitive(violation: Violation, conformance: Conformance) -> str:
    """Name the type of a body that is a single value: `{"value": "text"}` (OData JSON Format 4.01, section 11)."""
    body = conformance.message.http.body
    value = violation.value
    if body is None or not is_envelope(body.reading.value) or not isinstance(value, str | bool | int | float):
        return ""
    name = {str: "Edm.String", bool: "Edm.Boolean", int: "Edm.Int32"}.get(type(value), "Edm.Double")
    return f"; the body is one value: is its type {name}?" if violation.pointer == "/value" else ""


def _advice(violations: Sequence[Violation], conformance: Conformance) -> str:
    first = violations[0]
    if first.represented:
        shown = "it is" if len(violations) == 1 else "they are"
        return f", though {shown} in its JSON representation: no row names {'it' if len(violations) == 1 else 'them'}"
    if better := _better(first) or _primitive(first, conformance):
        return better
    if len(violations) == 1:
        return f"; did you mean '{first.other}'?" if first.other else ""
    own = first.type.own if first.type and first.type.definitions and first.type.base is None else {}
    if own and len(violations) > len(own):
        return f", which lists only {', '.join(own)}: does the type have a base type?"
    return ""


@group_check(Severity.ERROR, of_object, see=See.TABLE, correct=right_name)
def undeclared_property(violations: Sequence[Violation], conformance: Conformance) -> str:
    """A body shows a member that the properties table of its type does not list.

    Readers build clients from the table; what only an example shows is lost on them, and what only
    looks like a property misleads them. Base types, open types, extension members and control
    information are taken into account. All such members of one object are one finding.

    Bad:  `"displayNme": "x"`, where the table lists `displayName`
    Good: the name in the table, or a row for the new property

    How to fix: If the service returns the member, add a row to the table. If not, rename it as
    suggested, or remove it from the example.

    Severity: warning in requests, and where a base type is not found but the table repeats what it
    inherits. Info for a member that the JSON representation of the type shows, for there the type's own
    page says it (`explain representation-undeclared`), and for an `id` or several members that a table on
    the page of the request itself lacks.

    Silence: `allow = [{type = "user", property = "x"}]` in the configuration.
    """
    return f"{_not_listed(violations, conformance)}{_advice(violations, conformance)}"


@group_check(Severity.INFO, of_object, see=See.TABLE)
def undeclared_open(violations: Sequence[Violation], conformance: Conformance) -> str:
    """A body shows a member that the table does not list, but the type is open.

    It may be a property without a row, or one that the service adds freely.

    Bad:  an example that shows a standing property which has no row
    Good: a row for it

    How to fix: Add a row if the service always returns the member; otherwise leave it.

    Severity: warning where most of an object is undeclared, and one other documented type declares all
    of it.

    Silence: `ignore = ["undeclared-open"]`.
    """
    return f"{_not_listed(violations, conformance)}{_better(violations[0]) or '; the type is open'}"


@body_check(Severity.WARNING, correct=right_name)
def open_near_miss(violation: Violation, conformance: Conformance) -> str:
    """A member of an open type is not declared, but nearly has the name of a declared one.

    Open types accept any name, so a slip of the keyboard hides in them.

    Bad:  `"createDateTime"`, where the table lists `createdDateTime`
    Good: `"createdDateTime"`

    How to fix: Take the declared name if it is what was meant; otherwise add a row for the other one.

    Silence: `<!-- docextract-disable-next-block open-near-miss -->`.
    """
    return f"'{violation.name}' is not in {_table(violation, conformance)}; did you mean '{violation.other}'?"


@body_check(Severity.INFO, see=See.TABLE)
def untagged_derived(violation: Violation, conformance: Conformance) -> str:
    """All undeclared members of an object belong to one derived type, but the object does not name it.

    Readers need `@odata.type` to tell which of the derived types an item is.

    Bad:  an item of a collection of directoryObject with the members of user and no type
    Good: `"@odata.type": "#microsoft.graph.user"` in the item

    How to fix: Add the `@odata.type` that the message names to the object.

    Silence: `ignore = ["untagged-derived"]`.
    """
    assert violation.type is not None
    return (
        f"{violation.value} belong to {violation.other}, which derives from {called(violation.type)}; "
        f'add "@odata.type": "#{violation.other}"'
    )


@body_check(Severity.WARNING, correct=right_name)
def property_case(violation: Violation, conformance: Conformance) -> str:
    """A member's name differs from the declared one in case only.

    JSON names are compared exactly; code written from the example does not find the member.

    Bad:  `"displayname"`, where the table lists `displayName`
    Good: `"displayName"`

    How to fix: Write the name as the service does: the table is as often wrong as the example.

    Severity: info where the JSON representation of the type spells the name as the example does.

    Silence: `<!-- docextract-disable-next-block property-case -->`.
    """
    return f"'{violation.name}' differs in case from '{violation.other}' in {_table(violation, conformance)}"


@body_check(Severity.WARNING)
def missing_property(violation: Violation, conformance: Conformance) -> str:
    """A response that claims to be complete lacks a property of its table.

    Held to be complete are annotated responses that neither the annotation (`"truncated": true`)
    nor a note above them calls truncated; rows that call a property optional and navigation
    properties are never missed.

    Bad:  a response without `id`, `"truncated": false`
    Good: the same with `"id"`, or `"truncated": true`

    How to fix: Add the member to the example, set `"truncated": true` in the annotation, or call the
    property optional in its row.

    Silence: `"truncated": true` in the annotation.
    """
    return f"'{violation.name}' is missing, but the example is not called truncated"
