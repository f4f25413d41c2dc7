"""Checks of what frames a body: members with an `@` in their name, `error` (OData JSON Format 4.01, 4.6 and 21.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.checks.base import check, shown
from docextract.contract.conformance import Conformance
from docextract.contract.naming import Kind
from docextract.findings import Severity
from docextract.reading.placeholder import is_placeholder
from docextract.text.json_values import escape
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.text.json_values import JSONValue

_URL = re.compile(r"https?://\S|/|\$metadata|[\w~.-]+[/?$(#]|\{|<", re.IGNORECASE)


@check(Conformance, Severity.WARNING)
def control_information(conformance: Conformance, docset: DocSet) -> Iterator[Finding]:
    """`@odata.nextLink`, `deltaLink` or `context` is no URL, `@odata.count` no number, or `error` misspelt.

    Clients follow these links, read this number and look for this member of error responses;
    examples with something else mislead them.

    Bad:  `"@odata.count": "2"`, `"@odata.nextLink": true`, `{"eror": {"code": "x", "message": "y"}}`
    Good: `"@odata.count": 2`, `"@odata.nextLink": "https://api.example.org/users?$skip=2"`

    How to fix: Write the value as the service sends it: a whole URL, a number without quotes, `error`.

    Silence: `<!-- docextract-disable-next-block control-information -->`.
    """
    reading, body = conformance.message.http.json, conformance.message.http.body
    if reading is None or body is None or not isinstance(reading.value, dict):
        return
    for name, value in reading.value.items():
        # All names of control information have a dot: most others need no second look.
        wanted = _wanted(name, value) if "." in name else None
        pointer = "/" + escape(name) if wanted else ""
        if wanted and not reading.damaged(pointer):
            text = f"'{name}' is {shown(value)}, expected {wanted}"
            span, exchange = body.span(pointer), conformance.exchange.id
            yield control_information.finding(text, span, pointer=pointer, exchange=exchange)
    wrong = _misspelt_error(reading.value) if conformance.resolution.kind is Kind.ERROR else None
    if wrong is not None:
        pointer = "/" + escape(wrong)
        text = f"an error response has its error in '{wrong}'; did you mean 'error'?"
        span, exchange = body.span(pointer, of_key=True), conformance.exchange.id
        yield control_information.finding(text, span, pointer=pointer, exchange=exchange)


def _misspelt_error(value: dict[str, JSONValue]) -> str | None:
    """Return the only member of an error body if it is an error by its members, but not quite by its name."""
    names = [name for name in value if "@" not in name]
    inner = value[names[0]] if len(names) == 1 else None
    if not isinstance(inner, dict) or "message" not in inner or names[0].casefold() in ("error", "errors"):
        return None
    return names[0] if nearest(names[0], ["error"]) else None


def _wanted(name: str, value: JSONValue) -> str | None:
    kind = name.rpartition("@")[2].casefold()
    if kind in ("odata.nextlink", "odata.deltalink", "odata.context"):
        fine = isinstance(value, str) and (bool(_URL.match(value)) or is_placeholder(value))
        return None if fine else "a URL"
    if kind == "odata.count":
        return None if isinstance(value, int) and not isinstance(value, bool) else "a number"
    return None
