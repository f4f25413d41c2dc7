"""What a scan of a page's text sees without parsing it: names, hosts, versions, links (DESIGN 5.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docextract.markdown.links import is_elsewhere, is_page_path

_RESOURCE = re.compile(r"""blockType['"]?\s*:\s*['"]resource""")
_TYPE = re.compile(r"""['"]@(?:odata\.)?type['"]\s*:\s*['"]#?([\w.]+)['"]""")
_REQUEST = re.compile(
    r"^[ \t]*(?:GET|POST|PUT|PATCH|DELETE)[ \t]+https?://([^/\s?#]+)(?:/(v\d+(?:\.\d+)?|beta)/)?", re.MULTILINE
)
_LINK = re.compile(r"\]\(([^()\s<>]+)\)")
_INCLUDE = re.compile(r"\[!INCLUDE\s*\[[^\]]*\]\([^()\s<>]*\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:", re.MULTILINE)
_BEYOND_PATH = re.compile(r"[#?%\\]")
_ENUM = re.compile(r"^#+[ \t]+[*`]*([A-Za-z_][\w.]*)[*`]*[ \t]+(?:values|members|enum(?:eration)?)\b", re.M | re.I)


@dataclass(frozen=True, slots=True)
class Outline:
    """The names that a page defines, the hosts and API versions of its requests, and its links to pages.

    `more_links` says that the page may have links that are more than the paths of `links`: anchors, definitions.
    `answers` counts the status lines of responses that have a body, `media_types` the Content-Type fields.
    """

    types: tuple[str, ...] = ()
    enums: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    more_links: bool = False
    answers: int = 0
    media_types: int = 0


def scan(text: str) -> Outline:
    """Scan a page's text; what it sees inside code or comments counts too, which does no harm."""
    requests = _REQUEST.findall(text) if "://" in text else []
    return Outline(
        tuple(_types(text)) if "resource" in text else (),
        tuple(_ENUM.findall(text)) if "alues" in text or "enum" in text or "embers" in text else (),
        tuple(host.casefold() for host, _ in requests),
        tuple(version for _, version in requests if version),
        *_links(text),
        text.count("HTTP/1.1 200") + text.count("HTTP/1.1 201"),
        text.count("Content-Type:") + text.count("Content-type:") + text.count("content-type:"),
    )


def _links(text: str) -> tuple[tuple[str, ...], bool]:
    """Give the paths to pages that links name, and whether there may be more to some link than such a path."""
    if "[!INCLUDE" in text:
        text = _INCLUDE.sub("", text)
    targets = _LINK.findall(text)
    more = len(targets) != text.count("](") or ("]:" in text and _DEFINITION.search(text) is not None)
    paths = []
    for target in dict.fromkeys(targets):
        if is_elsewhere(target):
            continue
        path = _BEYOND_PATH.split(target, maxsplit=1)[0]
        more = more or path != target
        if is_page_path(path):
            paths.append(path)
    return tuple(dict.fromkeys(paths)), more


def _types(text: str) -> list[str]:
    types = []
    for match in _RESOURCE.finditer(text):
        start = text.rfind("<!--", 0, match.start())
        end = text.find("-->", match.end())
        name = _TYPE.search(text, max(start, 0), end if end >= 0 else len(text))
        if name:
            types.append(name[1])
    return types
