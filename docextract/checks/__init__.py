"""The checks: one module per close family; a check's docstring is its page in the manual."""

from __future__ import annotations

from docextract.checks import (
    annotation,
    control,
    enums,
    http,
    json_text,
    leftovers,
    links,
    members,
    pairing,
    reading,
    representation,
    status,
    suppressions,
    tables,
    types,
    unknown,
    unread,
    urls,
    values,
)
from docextract.checks.base import Check
from docextract.findings import CheckId

_MODULES = (
    annotation,
    control,
    enums,
    http,
    json_text,
    leftovers,
    links,
    members,
    pairing,
    reading,
    representation,
    status,
    suppressions,
    tables,
    types,
    unknown,
    unread,
    urls,
    values,
)
_ORDER = {id_: number for number, id_ in enumerate(CheckId)}
#: All checks, in the order of their ids, which is that of the manual.
CHECKS: tuple[Check, ...] = tuple(
    sorted(
        (value for module in _MODULES for value in vars(module).values() if isinstance(value, Check)),
        key=lambda check: _ORDER[check.id],
    )
)
BY_ID: dict[str, Check] = {check.id: check for check in CHECKS}
