"""Checks of values against their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.checks.base import body_check, called, group_check, of_body, shown
from docextract.checks.correction import right_member
from docextract.findings import Severity
from docextract.reading.placeholder import is_encoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.contract.conformance import Conformance
    from docextract.contract.violation import Violation
    from docextract.text.json_values import JSONValue

#: So many placeholders are named in a message.
_NAMED = 3
_FORMATS = {
    "date-time": "a date and time such as 2024-01-31T08:30:00Z",
    "date": "a date such as 2024-01-31",
    "time": "a time such as 08:30:00",
    "duration": "an ISO 8601 duration such as PT1H30M",
    "uuid": "a GUID such as 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "base64": "base64",
}


@body_check(Severity.ERROR)
def wrong_type(violation: Violation, conformance: Conformance) -> str:
    """A value has another JSON type than its row says.

    Code written from the table cannot read the value, code written from the example not what the
    service sends.

    Bad:  `"width": "5"`, where the row says Int32
    Good: `"width": 5`

    How to fix: See what the service returns, then correct the value, or the type in the row.

    Silence: `<!-- docextract-disable-next-block wrong-type -->`.
    """
    encoded = is_encoded(violation.value)
    advice = "; take away the quotes around it and the backslashes in it" if encoded else ""
    if violation.name is None:
        wanted = called(violation.type) if violation.type else conformance.resolution.name
        what = "an item of the collection" if violation.pointer else "the body"
        return f"{what} is {shown(violation.value)}, expected an object {wanted}{advice}"
    kind = "the string " if isinstance(violation.value, str) and not encoded else ""
    return f"'{violation.name}' is {kind}{shown(violation.value)}, expected {violation.expected}{advice}"


@body_check(Severity.ERROR)
def wrong_format(violation: Violation, conformance: Conformance) -> str:
    """A string has not the form of its type: date, date and time, time, duration, GUID, base64.

    The forms are those of the OData ABNF (4.01): Date, DateTimeOffset with offset or Z, TimeOfDay,
    Duration (ISO 8601), Guid and Binary (base64 or base64url).

    Bad:  `"createdDateTime": "2024-01-31 08:30"`
    Good: `"createdDateTime": "2024-01-31T08:30:00Z"`

    How to fix: Write the value in the form of its type. If the service sends what is shown, the type in
    the row is wrong.

    Silence: `<!-- docextract-disable-next-block wrong-format -->`.
    """
    form = _FORMATS.get(violation.other, violation.other)
    return f"'{violation.name}' is {shown(violation.value)}, expected {violation.expected}: {form}"


@body_check(Severity.ERROR)
def out_of_range(violation: Violation, conformance: Conformance) -> str:
    """An integer lies outside the bounds of its type.

    Code written from the table overflows when it reads such a value.

    Bad:  `"height": 3000000000`, where the row says Int32
    Good: `"height": 300`

    How to fix: Show a value within the bounds. If the service returns such values, the row needs a
    larger type, such as Int64.

    Silence: `<!-- docextract-disable-next-block out-of-range -->`.
    """
    return f"'{violation.name}' is {shown(violation.value)}, expected {violation.expected} ({violation.other})"


@body_check(Severity.ERROR)
def enum_value(violation: Violation, conformance: Conformance) -> str:
    """A value is none of the members that the table lists.

    The members are those of the enum's page and of the lists in the row's description, together.

    Bad:  `"status": "done"`, where the possible values are `active` and `completed`
    Good: `"status": "completed"`

    How to fix: Take one of the listed values. If the service returns the one shown, add it to the list.

    Silence: `<!-- docextract-disable-next-block enum-value -->`.
    """
    advice = f"; did you mean '{violation.other}'?" if violation.other else ""
    return f"'{violation.name}' is {shown(violation.value)}, expected one of {violation.expected}{advice}"


@body_check(Severity.WARNING, correct=right_member)
def enum_case(violation: Violation, conformance: Conformance) -> str:
    """A value differs from a listed member in case only.

    Many services and clients compare such values exactly.

    Bad:  `"visibility": "Public"`, where the table lists `public`
    Good: `"visibility": "public"`

    How to fix: Write the value as the service does: the table is as often wrong as the example.

    Silence: `<!-- docextract-disable-next-block enum-case -->`.
    """
    return f"'{violation.name}' is {shown(violation.value)}, which differs in case from the listed '{violation.other}'"


@body_check(Severity.ERROR)
def not_nullable(violation: Violation, conformance: Conformance) -> str:
    """A value is null although its row says that it is not nullable.

    Code written from the table does not expect null, and fails when it comes.

    Bad:  `"id": null`, where the row says "Not nullable."
    Good: `"id": "1"`

    How to fix: Show a value. If the service returns null, correct the row.

    Silence: `<!-- docextract-disable-next-block not-nullable -->`.
    """
    return f"'{violation.name}' is null, but its row says that it is not nullable"


@body_check(Severity.INFO)
def null_collection(violation: Violation, conformance: Conformance) -> str:
    """A collection is null.

    OData forbids it (an empty collection is `[]`), some services do it nevertheless.

    Bad:  `"tags": null`
    Good: `"tags": []`

    How to fix: Show `[]`, or the items. If the service does return null, leave it.

    Silence: `ignore = ["null-collection"]`.
    """
    return f"'{violation.name}' is null, expected an array, if need be an empty one: {violation.expected}"


@group_check(Severity.WARNING, of_body)
def placeholder(violations: Sequence[Violation], conformance: Conformance) -> str:
    """A value of a response stands in the place of a real one, where its type accepts no such text.

    A placeholder is honest, but no fixture: a client cannot parse it. In String properties any text is
    fine. All placeholders of a body are one finding.

    Bad:  `"createdDateTime": "String (timestamp)"`
    Good: `"createdDateTime": "2024-01-31T08:30:00Z"`

    How to fix: Show a value as the service returns it; an invented one of the right form will do.

    Severity: info in requests, where the reader puts a value of his own, and for values that are only
    shortened.

    Silence: `ignore = ["placeholder"]`.
    """
    first = violations[0]
    text = f"'{first.name}' is {_held(first.value)}, expected {first.expected}"
    if len(violations) == 1:
        return text
    others = list(dict.fromkeys(f"'{violation.name}'" for violation in violations[1:] if violation.name != first.name))
    if not others:
        return f"{text}, here and in {len(violations) - 1} more places"
    named = ", ".join(others[:_NAMED]) + (f" and {len(others) - _NAMED} more" if len(others) > _NAMED else "")
    return f"{text}; {named} {'holds a placeholder' if len(others) == 1 else 'hold placeholders'} too"


def _held(value: JSONValue) -> str:
    if value == "":
        return "an empty string"
    if isinstance(value, dict | list):
        return f"an empty {'object' if isinstance(value, dict) else 'array'}" if not value else shown(value)
    return f"the placeholder {shown(value)}"
