"""Which names a server on loopback answers to: a page of another site may lead its own name there (DNS rebinding)."""

from __future__ import annotations

import ipaddress
import re

#: The host of a Host header field, without its port (RFC 9110, section 7.2).
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]/@\s]+)(?::\d*)?")


def is_loopback(host: str) -> bool:
    """Whether a name or an address stands for this machine only (RFC 6761, section 6.3)."""
    name = host.strip("[]").rstrip(".").casefold()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_meant(field: str, bound: str) -> bool:
    """Whether the value of Host names the server that is bound to a host, or this machine."""
    match = _HOST.fullmatch(field.strip())
    if match is None:
        return False
    return is_loopback(match["host"]) or match["host"].casefold() == bound.casefold()
