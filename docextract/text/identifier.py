"""Ids that are safe as file names on every system and never leave their folder (DESIGN 7)."""

from __future__ import annotations

import hashlib
import re

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?$", re.IGNORECASE)
_LONGEST = 80


def safe_part(text: str) -> str:
    """Give one part of an id: letters, digits, `.`, `_`, `-`; what is lost is kept apart by a hash.

    Windows reserves some names, drops trailing dots, and most systems refuse over 255 bytes.
    """
    part = _UNSAFE.sub("-", text).strip("-. ")
    lost = part != text
    if len(part) > _LONGEST:
        part = part[:_LONGEST].rstrip("-.")
    if _RESERVED.match(part) or part.casefold().endswith(".json"):
        part += "_"
    if lost:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        part = f"{part}-{digest}" if part else digest
    return part or "_"


def safe_path(text: str) -> str:
    """Give an id of several parts; `.` and `..` become harmless."""
    return "/".join(safe_part(part) for part in text.split("/") if part not in ("", "."))
