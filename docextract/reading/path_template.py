"""Path templates of operations, and whether the URL of an example fits one (census 9)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from docextract.text.spelling import nearest

_HOST = re.compile(r"^https?://(?P<host>[^/?#]+)", re.IGNORECASE)
#: The name of a version: of a folder of pages, or at the begin of a URL's path.
VERSION = r"(?:v\d+(?:\.\d+)?|beta)"
_VERSION = re.compile(rf"^/?({VERSION})(?=/|$)", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|<[^<>]*>|(?<=/)\([\w -]+\)", re.IGNORECASE)
_ARGUMENTS = re.compile(r"\([^()]*\)$")
_OPTIONAL = re.compile(r"\[[^\]]*\]$")
_CAST = re.compile(r"^(microsoft\.)?graph\.[\w.]+$", re.IGNORECASE)
_ROOT = re.compile(r"root:/?[^:]*(:/?|$)", re.IGNORECASE)
#: A template may show a sample's key where a placeholder should be.
_GUID = re.compile(r"(^|[/('=])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=$|[/)'?,])", re.IGNORECASE)
#: `items('1')`, `items({id})`: a key, which other URLs give as a segment of its own.
_KEY = re.compile(r"([^()]+)\(([^()=@]+)\)$")
_ANY = "\0"
_MORE = "..."


def host(url: str) -> str | None:
    """Give the host of an absolute URL in lower case."""
    match = _HOST.match(url)
    return match["host"].casefold() if match else None


def is_foreign(url: str, own: str | None) -> bool:
    """Say whether a URL goes to another host than the doc set's own."""
    other = host(url)
    return other is not None and own is not None and other != own


def version(url: str) -> str | None:
    """Give the version that begins the path of a URL, as written."""
    path = _HOST.sub("", url)
    match = _VERSION.match(path)
    return match[1] if match else None


def fits(url: str, template: str) -> bool:
    """Say whether the URL of an example fits a path template, in any of the spellings of both."""
    templates = _spellings(_GUID.sub(r"\g<1>{id}", template))
    return any(_match(parts, expected) for parts in _spellings(url) for expected in templates)


def slip(url: str, template: str) -> tuple[str, str] | None:
    """Give the one segment in which a URL and a template differ by a slip of the keyboard, as both write it."""
    for parts in _spellings(url):
        for expected in _spellings(template):
            apart = [pair for pair in zip(parts, expected, strict=False) if not _same(*pair)]
            if len(parts) == len(expected) and len(apart) == 1 and nearest(apart[0][0], [apart[0][1]]):
                return _written(url, apart[0][0]), _written(template, apart[0][1])
    return None


def _written(url: str, part: str) -> str:
    at = url.casefold().find(part)
    return url[at : at + len(part)] if at >= 0 else part


def likeness(url: str, template: str) -> int:
    """Say how much of a URL a template shares: the more, the better it serves as what was expected."""
    return max(
        sum(map(_same, parts, expected)) - abs(len(parts) - len(expected))
        for parts in _spellings(url)
        for expected in _spellings(template)
    )


def _same(left: str, right: str) -> bool:
    return left == right or _ANY in (left, right)


def _match(parts: tuple[str, ...], template: tuple[str, ...]) -> bool:
    if _MORE in template:
        at = template.index(_MORE)
        head, tail = template[:at], template[at + 1 :]
        long_enough = len(parts) >= len(head) + len(tail)
        return long_enough and all(map(_same, parts, head)) and all(map(_same, parts[::-1], tail[::-1]))
    if len(parts) > len(template) > 1:
        # Some sections give only the end that all paths of the operation share.
        parts = parts[len(parts) - len(template) :]
        return parts[0] == template[0] != _ANY and all(map(_same, parts, template))
    return len(parts) == len(template) and all(map(_same, parts, template))


@lru_cache(maxsize=4096)
def _spellings(url: str) -> tuple[tuple[str, ...], ...]:
    """Give the normalised segments of a URL, with those of its aliases and without casts."""
    parts = _segments(url)
    spellings = [tuple(map(_short, parts))]
    if any(_CAST.match(part) for part in parts):
        spellings.append(tuple(part for part in parts if not _CAST.match(part)))
    for spelling in list(spellings):
        spellings.extend(_aliases(spelling))
    return tuple(dict.fromkeys(spellings))


def _segments(url: str) -> tuple[str, ...]:
    path = _HOST.sub("", url.strip()).split("#")[0]
    path = _query_free(path)
    path = _OPTIONAL.sub("", path)
    path = _PLACEHOLDER.sub(_ANY, path)
    path = unquote(path).lstrip("~")
    path = _VERSION.sub("", path if path.startswith("/") else "/" + path)
    path = _ROOT.sub("root/", path)
    # "/$count" asks for the number of what its path names.
    parts = (part.strip().casefold() for part in path.split("/") if part.strip() and part.strip() != "$count")
    return tuple(segment for part in parts for segment in _split(part))


def _query_free(path: str) -> str:
    return path.partition("?")[0]


def _split(part: str) -> tuple[str, ...]:
    """Give a segment without arguments; one with a key is two."""
    key = _KEY.match(part)
    if key and not _CAST.match(key[1]):
        return (*_split(key[1]), _ANY)
    if _ANY in part and "(" not in part:
        return (_ANY,)
    bare = _ARGUMENTS.sub("", part)
    if bare.endswith(("-value", "_value")):
        return (_ANY,)
    return (part if bare == part else _short(bare),)


def _short(part: str) -> str:
    """Give the name of a type or function without its namespace, which URLs may leave out."""
    return part.rpartition(".")[2] if _CAST.match(part) else part


def _aliases(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    aliases = []
    if "me" in parts:
        index = parts.index("me")
        aliases.append((*parts[:index], "users", _ANY, *parts[index + 1 :]))
    for heads in (
        ("me", "drive"),
        ("users", _ANY, "drive"),
        ("groups", _ANY, "drive"),
        ("sites", _ANY, "drive"),
        ("drive",),
    ):
        if len(parts) >= len(heads) and all(a == b or b == _ANY for a, b in zip(parts, heads, strict=False)):
            aliases.append(("drives", _ANY, *parts[len(heads) :]))
    for path in [parts, *aliases]:
        if "root" in path:
            index = path.index("root")
            aliases.append((*path[:index], "items", _ANY, *path[index + 1 :]))
    return aliases
