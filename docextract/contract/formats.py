"""The forms of strings that OData's primitives have in JSON (OData JSON Format 4.01, section 7.1)."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date, time

_DATE_TIME = re.compile(r"(-?\d{4,}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))$", re.IGNORECASE)
_TIME = re.compile(r"(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?$")
_DURATION = re.compile(r"[+-]?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$")
_GUID = re.compile(r"\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$", re.IGNORECASE)
_DATE = re.compile(r"-?\d{4,}-\d\d-\d\d$")


def _is_date_time(value: object) -> bool:
    match = _DATE_TIME.match(value) if isinstance(value, str) else None
    return not isinstance(value, str) or bool(match and _is_date(match[1]) and _is_clock(match[2]))


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not _DATE.match(value):
        return False
    # Year 0 and years beyond 9999 are valid in OData but not in Python.
    month_and_day = value[-5:]
    try:
        year = int(value[:-6])
        date(year if 1 <= year <= 9999 else 2000, int(month_and_day[:2]), int(month_and_day[3:]))
    except ValueError:
        return False
    return True


def _is_time(value: object) -> bool:
    match = _TIME.match(value) if isinstance(value, str) else None
    return not isinstance(value, str) or bool(match and _is_clock(match[1]))


def _is_clock(text: str) -> bool:
    try:
        time.fromisoformat(text.removesuffix(":60") + (":59" if text.endswith(":60") and len(text) == 8 else ""))
    except ValueError:
        return False
    return True


def _is_duration(value: object) -> bool:
    return not isinstance(value, str) or bool(_DURATION.match(value))


def _is_guid(value: object) -> bool:
    return not isinstance(value, str) or bool(_GUID.match(value))


def _is_base64(value: object) -> bool:
    """Accept base64 and base64url, with or without padding (OData JSON Format 4.01, 7.1)."""
    if not isinstance(value, str):
        return True
    text = value.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


#: Whether a value has a form, by the name that JSON Schema gives it; of values that are no strings nothing is said.
FORMATS = {
    "date-time": _is_date_time,
    "date": _is_date,
    "time": _is_time,
    "duration": _is_duration,
    "uuid": _is_guid,
    "base64": _is_base64,
}
