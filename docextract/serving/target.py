"""The target of a request as a server compares it: segments and query options, decoded."""

from __future__ import annotations

import re
from typing import NamedTuple, Self
from urllib.parse import unquote

from docextract.extraction.url import split

#: Longer targets are refused; servers should take 8,000 octets (RFC 9110, section 4.1).
LONGEST = 8_192
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DOTS = frozenset((".", ".."))


class BadTargetError(ValueError):
    """A target that no client sends who means well: the message says what is wrong with it, `status` how to answer."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Target(NamedTuple):
    """The segments of a path, without empty ones, and the names and values of a query, in order."""

    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, url: str) -> Self:
        """Take a percent-encoded URL apart, absolute or not; an encoded slash parts no segments (RFC 3986, 2.2).

        Dot segments are left out: pages begin URLs with `../` to say that something stands before.
        """
        parts = split(url)
        segments = (unquote(segment) for segment in parts.path.split("/") if segment)
        return cls(tuple(segment for segment in segments if segment not in _DOTS), parts.pairs)

    @classmethod
    def received(cls, target: str) -> Self:
        """Take the target of a request apart. Raises BadTargetError."""
        if len(target) > LONGEST:
            raise BadTargetError(f"the target is longer than {LONGEST:,} characters", 414)
        path = split(target).path
        if _STRAY.search(path):
            raise BadTargetError("a % in the path begins no escape of two hexadecimal digits (RFC 3986, section 2.1)")
        segments = unquote(path).split("/")
        if any(_CONTROL.search(segment) or "\ufffd" in segment for segment in segments):
            raise BadTargetError("the path holds a control character, or bytes that are not UTF-8")
        if not _DOTS.isdisjoint(segments):
            raise BadTargetError("the path holds a dot segment, which clients remove (RFC 3986, section 5.2.4)")
        return cls.of(target)

    @property
    def path(self) -> str:
        """The path with its segments decoded."""
        return "/" + "/".join(self.segments)
