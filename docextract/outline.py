"""What a scan of a page's text sees without parsing it: names, hosts, versions, links (DESIGN 5.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RESOURCE = re.compile(r"""blockType['"]?\s*:\s*['"]resource""")
_TYPE = re.compile(r"""['"]@(?:odata\.)?type['"]\s*:\s*['"]#?([\w.]+)['"]""")
_REQUEST = re.compile(
    r"^[ \t]*(?:GET|POST|PUT|PATCH|DELETE)[ \t]+https?://([^/\s?#]+)(?:/(v\d+(?:\.\d+)?|beta)/)?", re.MULTILINE
)
_LINK = re.compile(r"\]\(([^():\s]+\.md)\b")
_ENUM = re.compile(r"^#+[ \t]+[*`]*([A-Za-z_][\w.]*)[*`]*[ \t]+(?:values|members|enum(?:eration)?)\b", re.M | re.I)


@dataclass(frozen=True, slots=True)
class Outline:
    """The names that a page defines, the hosts and API versions of its requests, and its links to pages."""

    types: tuple[str, ...] = ()
    enums: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def scan(text: str) -> Outline:
    """Scan a page's text; what it sees inside code or comments counts too, which does no harm."""
    requests = _REQUEST.findall(text) if "://" in text else []
    return Outline(
        tuple(_types(text)) if "resource" in text else (),
        tuple(_ENUM.findall(text)) if "alues" in text or "enum" in text or "embers" in text else (),
        tuple(host.casefold() for host, _ in requests),
        tuple(version for _, version in requests if version),
        tuple(dict.fromkeys(link for link in _LINK.findall(text) if "includes/" not in link)),
    )


def _types(text: str) -> list[str]:
    types = []
    for match in _RESOURCE.finditer(text):
        start = text.rfind("<!--", 0, match.start())
        end = text.find("-->", match.end())
        name = _TYPE.search(text, max(start, 0), end if end >= 0 else len(text))
        if name:
            types.append(name[1])
    return types
