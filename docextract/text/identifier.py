"""Ids that are safe as file names on every system and never lead outside their folder."""

from __future__ import annotations

import hashlib
import re

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
#: Windows takes these for devices whatever follows the first dot (Win32, "Naming Files, Paths, and Namespaces").
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?=\.|$)", re.IGNORECASE)
_LONGEST = 80


def safe_part(text: str) -> str:
    """Return a text as one part of an id: ASCII letters, digits, `.`, `_` and `-`.

    A hash keeps apart texts that differ only in what is replaced, added or cut off here. Windows reserves
    some names and drops trailing dots; most systems refuse names of more than 255 bytes.
    """
    part = _UNSAFE.sub("-", text).strip("-. ")
    if len(part) > _LONGEST:
        part = part[:_LONGEST].rstrip("-.")
    part = _RESERVED.sub(r"\1_", part, count=1) if _RESERVED.match(part) else part
    if part.casefold().endswith(".json"):
        part += "_"
    if not text:
        return "_"
    return part if part == text else told_apart(part, text)


def told_apart(part: str, text: str) -> str:
    """Return a part of an id with a hash of a text that tells it from its like."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{part}-{digest}" if part else digest


def safe_path(text: str) -> str:
    """Return a path as an id of several parts, without empty ones and `.`; `..` becomes a harmless name."""
    return "/".join(safe_part(part) for part in text.split("/") if part not in ("", "."))
