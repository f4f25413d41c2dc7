"""Path templates of operations, and whether the URL of an example fits one."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

_HOST = re.compile(r"^https?://(?P<host>[^/?#]+)", re.IGNORECASE)
#: The name of a version: of a folder of pages, or at the begin of a URL's path.
VERSION = r"(?:v\d+(?:\.\d+)?|beta)"
_VERSION = re.compile(rf"^/?({VERSION})(?=/|$)", re.IGNORECASE)
_IS_VERSION = re.compile(VERSION, re.IGNORECASE)
#: `/{version}/users`: a placeholder where other URLs have the version.
_ANY_VERSION = re.compile(r"^/?[{<:](?:api[-_ ]?)?ver(?:sion)?[}>]?(?=/)", re.IGNORECASE)
#: The brace that closes one may be forgotten.
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|\{[^{}/?]*(?=/|$)|<[^<>]*>|(?<=/)\([\w -]+\)", re.IGNORECASE)
_ARGUMENTS = re.compile(r"\([^()]*\)$")
_CAST = re.compile(r"^(microsoft\.)?graph\.[\w.]+$", re.IGNORECASE)
_ROOT = re.compile(r"root:/?[^:]*(:/?|$)", re.IGNORECASE)
#: A template may show a sample's key where a placeholder should be.
_GUID = re.compile(r"(^|[/('=])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=$|[/)'?,])", re.IGNORECASE)
#: `items('1')`, `items({id})`: a key, which other URLs give as a segment of its own.
_KEY = re.compile(r"([^()]+)\(([^()=@]+)\)$")
#: What stands in quotes is a key, whatever it holds: `messages('AAM/...=')`.
_QUOTED_KEY = re.compile(r"\('[^']*(?:''[^']*)*'\)")
_ENCODED_SLASH = re.compile("%2F", re.IGNORECASE)
_QUOTED = re.compile(r"'[^']*'")
#: A segment that stands for any.
ANY = "\0"
_MORE = "..."


def host(url: str) -> str | None:
    """Return the host of an absolute URL in lower case."""
    match = _HOST.match(url)
    return match["host"].casefold() if match else None


def is_foreign(url: str, own: str | None) -> bool:
    """Whether a URL goes to another host than the doc set's own."""
    other = host(url)
    return other is not None and own is not None and other != own


def _after(pattern: re.Pattern[str], text: str) -> str:
    """Return a text without what a pattern finds at its begin."""
    match = pattern.match(text)
    return text[match.end() :] if match else text


def version(url: str) -> str | None:
    """Return the version that begins the path of a URL, as written."""
    match = _VERSION.match(_after(_HOST, url))
    return match[1] if match else None


def below(url: str, base: str) -> str:
    """Return an absolute URL without the path that all URLs of a service have before their version."""
    match = _HOST.match(url) if base else None
    path = url[match.end() :] if match else ""
    return url[: len(url) - len(path)] + path[len(base) + 1 :] if path.startswith(f"/{base}/") else url


def plain_path(url: str) -> str:
    """Return the path of a URL as written, without what stands in quotes."""
    path = _after(_HOST, url)
    return (_QUOTED.sub("", path) if "'" in path else path).partition("?")[0]


def holds_version(url: str) -> bool:
    """Whether any segment of a URL's path names a version, or stands for one."""
    path = plain_path(url)
    return bool(_ANY_VERSION.match(path)) or any(_IS_VERSION.fullmatch(part) for part in path.split("/"))


@lru_cache(maxsize=4096)
def fits(url: str, template: str) -> bool:
    """Whether the URL of an example fits a path template, in any of the spellings of both."""
    template = _GUID.sub(r"\g<1>{id}", template) if "-" in template else template
    # Most fit as they are written: the others have their aliases looked for.
    if any(_match(parts, expected) for parts in written_spellings(url) for expected in written_spellings(template)):
        return True
    templates = spellings(template)
    paths = spellings(url)
    if any(_match(parts, expected) for parts in paths for expected in templates):
        return True
    length = len(paths[0])
    rooted = version(url) is not None and template.startswith("/")
    return any(
        _is_end(parts, expected) and not (rooted and length - len(expected) == 1)
        for parts in paths
        for expected in templates
    )


def _same(left: str, right: str) -> bool:
    """Whether two segments are equal, or one stands for any."""
    return left == right or ANY in (left, right)


def _match(parts: tuple[str, ...], template: tuple[str, ...]) -> bool:
    if _MORE in template:
        at = template.index(_MORE)
        head, tail = template[:at], template[at + 1 :]
        long_enough = len(parts) >= len(head) + len(tail)
        return long_enough and all(map(_same, parts, head)) and all(map(_same, parts[::-1], tail[::-1]))
    return len(parts) == len(template) and all(map(_same, parts, template))


def _is_end(parts: tuple[str, ...], template: tuple[str, ...]) -> bool:
    """Whether a template gives the end of a path: some sections give only what all paths of the operation share.

    What stands before it leads to a place in the service. It is a slip where it names a version, or
    what the template begins with; and where it is one segment after the version, which leads nowhere.
    """
    if not len(parts) > len(template) > 1 or _MORE in template:
        return False
    head, end = parts[: -len(template)], parts[-len(template) :]
    if end[0] != template[0] or end[0] == ANY or not all(map(_same, end, template)):
        return False
    return template[0] not in head and not any(map(_IS_VERSION.fullmatch, head))


@lru_cache(maxsize=4096)
def spellings(url: str) -> tuple[tuple[str, ...], ...]:
    """Return the normalised segments of a URL as written, without casts, and those of its aliases, in that order."""
    written = written_spellings(url)
    return tuple(dict.fromkeys((*written, *(alias for spelling in written for alias in _aliases(spelling)))))


@lru_cache(maxsize=4096)
def written_spellings(url: str) -> tuple[tuple[str, ...], ...]:
    """Return the normalised segments of a URL as written, and those without casts if it has any."""
    parts = _segments(url)
    whole = tuple(map(_short, parts))
    if any(_CAST.match(part) for part in parts):
        return whole, tuple(part for part in parts if not _CAST.match(part))
    return (whole,)


def _segments(url: str) -> tuple[str, ...]:
    path = _after(_HOST, url.strip())
    if "('" in path:
        path = _QUOTED_KEY.sub(f"({ANY})", path)
    path = path.partition("#")[0].partition("?")[0]
    if path.endswith("]"):
        # What may be left out at the end: all behind the bracket before it.
        path = path[: path.find("[", path.rfind("]", 0, -1) + 1)] if "[" in path[path.rfind("]", 0, -1) + 1 :] else path
    path = _after(_ANY_VERSION, path)
    if "{" in path or "<" in path or "(" in path:
        path = _PLACEHOLDER.sub(ANY, path)
    # A slash that is encoded parts no segments (RFC 3986, 2.2).
    path = unquote(_ENCODED_SLASH.sub("_", path) if "%2" in path else path).lstrip("~")
    path = _after(_VERSION, path if path.startswith("/") else "/" + path)
    if ":" in path:
        path = _ROOT.sub("root/", path)
    # "/$count" asks for the number of what its path names.
    parts = (part.strip().casefold() for part in path.split("/") if part.strip() and part.strip() != "$count")
    return tuple(segment for part in parts for segment in _split(part))


def _split(part: str) -> tuple[str, ...]:
    """Give a segment without arguments; one with a key is two."""
    key = _KEY.match(part) if "(" in part else None
    if key and not _CAST.match(key[1]):
        return (*_split(key[1]), ANY)
    if ANY in part and "(" not in part:
        return (ANY,)
    bare = _ARGUMENTS.sub("", part)
    if bare.endswith(("-value", "_value")):
        return (ANY,)
    return (part if bare == part else _short(bare),)


def _short(part: str) -> str:
    """Give the name of a type or function without its namespace, which URLs may leave out."""
    return part.rpartition(".")[2] if _CAST.match(part) else part


def _aliases(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    aliases = []
    if "me" in parts:
        index = parts.index("me")
        aliases.append((*parts[:index], "users", ANY, *parts[index + 1 :]))
    for heads in (
        ("me", "drive"),
        ("users", ANY, "drive"),
        ("groups", ANY, "drive"),
        ("sites", ANY, "drive"),
        ("drive",),
    ):
        if len(parts) >= len(heads) and all(a == b or b == ANY for a, b in zip(parts, heads, strict=False)):
            aliases.append(("drives", ANY, *parts[len(heads) :]))
    for path in [parts, *aliases]:
        if "root" in path:
            index = path.index("root")
            aliases.append((*path[:index], "items", ANY, *path[index + 1 :]))
    return aliases
