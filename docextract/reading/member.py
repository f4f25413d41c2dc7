"""Members of objects by their names: which are control information, which belong to extensions."""

from __future__ import annotations

import re

_EXTENSION = re.compile(r"ext(ension)?_?[0-9a-f]{8,32}_\w+$|ext\w{8}_\w+$", re.IGNORECASE)
#: The names of members that no table has to list, as a pattern of JSON Schema (ECMA-262).
UNLISTED = "@|^#|^[eE][xX][tT]([eE][nN][sS][iI][oO][nN])?_?[0-9a-fA-F]{8,32}_\\w+$|^[eE][xX][tT]\\w{8}_\\w+$"


def is_control(name: str) -> bool:
    """Whether a member is control information: any `@`, or a leading `#` (OData JSON Format 4.01, section 4.6)."""
    return "@" in name or name.startswith("#")


def is_extension(name: str) -> bool:
    """Whether a member is a directory or schema extension, which no table lists."""
    return bool(_EXTENSION.match(name))
