"""The URL of a documented request: its parts as a server sees them, made absolute, and as clients send it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, unquote_plus

_ABSOLUTE = re.compile(r"(?P<origin>https?://(?P<host>[^/?#\s]*))(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
#: What a URL may hold beside letters and digits (RFC 3986, section 2): clients leave it as it is.
_KEPT = "!#$%&'()*+,/:;=?@~"
#: What browsers leave as it is in a path, too (URL Standard, section 1.3, the path percent-encode set).
_KEPT_BY_BROWSERS = f"{_KEPT}[]|^\\"
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")


class URL(NamedTuple):
    """The parts of a URL as written: `origin` is scheme and host, "" of a relative URL; the fragment is left out.

    `path` begins with `/`; `query` is what follows the question mark, None without one.
    """

    origin: str
    host: str | None
    path: str
    query: str | None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The names and values of the query as servers decode them, in order."""
        options = (option.partition("=") for option in (self.query or "").split("&") if option)
        return tuple((unquote_plus(name), unquote_plus(value)) for name, _, value in options)


def split(url: str) -> URL:
    """Return the parts of a URL as pages show it: absolute or not, with spaces and placeholders."""
    match = _ABSOLUTE.fullmatch(url.strip())
    origin, host, rest = (
        (match["origin"], match["host"].casefold(), match["rest"]) if match else ("", None, url.strip())
    )
    path, mark, query = rest.partition("#")[0].partition("?")
    return URL(origin, host or None, path if path.startswith("/") else f"/{path}", query if mark else None)


def is_base(url: str) -> bool:
    """Whether a URL can stand before others: scheme and host, perhaps a path, no query and no fragment."""
    return bool(_SCHEME.match(url)) and not re.search(r"[?#\s]", url)


def absolute(url: str, base: str | None) -> str:
    """Return a URL below a base URL; an absolute one stays, and a path that the base ends in is not repeated."""
    if base is None or _ABSOLUTE.fullmatch(url.strip()):
        return url
    stem, prefix = base.rstrip("/"), split(base).path.rstrip("/")
    path = url.strip() if url.strip().startswith("/") else f"/{url.strip()}"
    return stem + (path[len(prefix) :] if prefix and f"{split(path).path}/".startswith(f"{prefix}/") else path)


def encoded(url: str) -> str:
    """Return a URL as clients send it: without its fragment, and what may not stand in a URL percent-encoded."""
    origin, rest = _parted(url)
    return quote(origin, safe=f"{_KEPT}[]") + _quoted(rest, _KEPT)


def spellings(url: str) -> tuple[str, ...]:
    """Return a URL as clients send it, each once: some keep to RFC 3986, some do as browsers do.

    How they spell the query is no difference, for servers take it apart.
    """
    origin, rest = _parted(url)
    first, (_, mark, query) = encoded(url), encoded(url).partition("?")
    return tuple(dict.fromkeys((first, origin + _quoted(rest.partition("?")[0], _KEPT_BY_BROWSERS) + mark + query)))


def _parted(url: str) -> tuple[str, str]:
    """Return scheme and host, in which alone brackets stand as they are, and the rest up to the fragment."""
    text = url.strip().partition("#")[0]
    match = _SCHEME.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)


def _quoted(text: str, kept: str) -> str:
    return quote(_STRAY.sub("%25", text), safe=kept)
