"""Checks of control information: members with an `@` in their name (OData JSON Format 4.01, 4.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.checks.base import check, shown
from docextract.contract.conformance import Conformance
from docextract.findings import Severity
from docextract.reading.placeholder import is_placeholder
from docextract.text.json_values import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.text.json_values import JSONValue

_URL = re.compile(r"https?://\S|/|\$metadata|[\w~.-]+[/?$(#]|\{|<", re.IGNORECASE)


@check(Conformance, Severity.WARNING)
def control_information(conformance: Conformance, docset: DocSet) -> Iterator[Finding]:
    """`@odata.nextLink`, `deltaLink` or `context` is no URL, or `@odata.count` no number.

    Clients follow these links and read this number; examples with something else mislead them.

    Bad:  `"@odata.count": "2"`, `"@odata.nextLink": true`
    Good: `"@odata.count": 2`, `"@odata.nextLink": "https://api.example.org/users?$skip=2"`

    Silence: `<!-- docextract-disable-next-block control-information -->`.
    """
    reading, body = conformance.message.http.json, conformance.message.http.body
    if reading is None or body is None or not isinstance(reading.value, dict):
        return
    for name, value in reading.value.items():
        wanted = _wanted(name, value)
        pointer = "/" + escape(name)
        if wanted and not reading.damaged(pointer):
            text = f"'{name}' is {shown(value)}, expected {wanted}"
            span, exchange = body.span(pointer), conformance.exchange.id
            yield control_information.finding(text, span, pointer=pointer, exchange=exchange)


def _wanted(name: str, value: JSONValue) -> str | None:
    kind = name.rpartition("@")[2].casefold()
    if kind in ("odata.nextlink", "odata.deltalink", "odata.context"):
        fine = isinstance(value, str) and (bool(_URL.match(value)) or is_placeholder(value))
        return None if fine else "a URL"
    if kind == "odata.count":
        return None if isinstance(value, int) and not isinstance(value, bool) else "a number"
    return None
