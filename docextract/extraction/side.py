"""The two sides of a fixture: what the page shows of a message, and what a replay of it sends."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from docextract.extraction.url import absolute, encoded, split

if TYPE_CHECKING:
    from docextract.extraction.url import URL
    from docextract.reading.http_message import HTTPMessage, Request, Response
    from docextract.text.json_values import JSONValue

_VERSION = re.compile(r"\sHTTP/(?P<version>\d+(?:\.\d+)?)\s*$")
#: The name of a field (RFC 9110, section 5.1), and a value that can be sent (section 5.5).
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SENDABLE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
#: Fields that belong to one transfer (RFC 9110, sections 7.6.1, 8.4 and 8.6; RFC 9112, section 6.1):
#: who sends the message anew, in plain text, computes them anew.
_OF_TRANSFER = frozenset(
    ("connection", "content-encoding", "content-length", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade")
)


@dataclass(frozen=True)
class Side:
    """What the page shows of one message.

    `line` is that of its first line. `ignored` says that its annotation keeps it from checks. `headers`
    stand as on the page. `http_version` ("1.1") and, where JSON stands alone, `start_line` are None if the
    page does not show them.
    """

    http: HTTPMessage
    ignored: bool = False

    @property
    def line(self) -> int:
        """The number of its first line on the page."""
        return self.http.start_line.span().line

    @property
    def start_line(self) -> str | None:
        """The start line as it stands on the page."""
        return self.http.start_line.text.rstrip()

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The names and values of the header fields as on the page, in order."""
        return tuple((header.name, header.value) for header in self.http.fields)

    @property
    def media_type(self) -> str | None:
        """The Content-Type in lower case without parameters; that of JSON if it has none and the body is JSON."""
        return self.http.media_type or ("application/json" if self.http.has_json else None)

    @property
    def has_body(self) -> bool:
        """Whether the page shows a body: `body` is None also where that is null or no JSON."""
        return self.http.body is not None

    @property
    def text(self) -> str | None:
        """The text of the body as on the page; None without a body."""
        return self.http.body.source.text if self.http.body else None

    @property
    def has_json(self) -> bool:
        """Whether the body is JSON, be it recovered."""
        return self.http.json is not None and self.http.json.readable

    @property
    def body(self) -> JSONValue:
        """The value of a JSON body; None without one."""
        return self.http.json.value if self.http.json is not None and self.http.json.readable else None

    @property
    def recovered(self) -> bool:
        """Whether the text of the body is not JSON, and `body` is what was meant."""
        return self.has_json and self.http.json is not None and bool(self.http.json.defects)

    @property
    def replayed_text(self) -> str:
        """The body to send: the text as on the page, or JSON of the body if that was recovered; "" without one."""
        return json.dumps(self.body, indent=2) if self.recovered else self.text or ""

    @property
    def replayed_headers(self) -> tuple[tuple[str, str], ...]:
        """The header fields to send, with the media type of a body.

        Fields of one transfer are left out, Content-Length first of all, and what cannot be sent.
        """
        kept = tuple(
            (name.strip(), value.strip())
            for name, value in self.headers
            if _TOKEN.fullmatch(name.strip()) and _SENDABLE.fullmatch(value.strip())
            if name.strip().casefold() not in _OF_TRANSFER
        )
        typed = any(name.casefold() == "content-type" for name, _ in kept)
        return kept if typed or not self.has_body or not self.media_type else (*kept, ("Content-Type", self.media_type))


@dataclass(frozen=True)
class RequestSide(Side):
    """The request of a fixture; `base_url` stands before a relative URL."""

    http: Request
    base_url: str | None = field(default=None, kw_only=True)

    @property
    def http_version(self) -> str | None:
        """The version of HTTP in the request line, "1.1"."""
        match = _VERSION.search(self.http.start_line.text)
        return match["version"] if match else None

    @property
    def method(self) -> str | None:
        """The method; None if the block holds no request line."""
        return self.http.method

    @property
    def url(self) -> str | None:
        """The URL as on the page, with spaces and placeholders; absolute if there is a base URL."""
        return absolute(self.http.url, self.base_url) if self.http.url is not None else None

    @cached_property
    def _parts(self) -> URL | None:
        return split(self.url) if self.url is not None else None

    @property
    def host(self) -> str | None:
        """The host of the URL, in lower case with its port; None if the URL is relative."""
        return self._parts.host if self._parts else None

    @property
    def path(self) -> str | None:
        """The path of the URL as written, from its first `/`."""
        return self._parts.path if self._parts else None

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The names and values of the query, decoded."""
        return self._parts.pairs if self._parts else ()

    @property
    def encoded_url(self) -> str | None:
        """The URL as clients send it, percent-encoded."""
        return encoded(self.url) if self.url is not None else None


@dataclass(frozen=True)
class ResponseSide(Side):
    """The response of a fixture."""

    http: Response

    @property
    def start_line(self) -> str | None:
        """The status line as it stands on the page; None where JSON stands alone."""
        return self.http.start_line.text.rstrip() if self.http.has_status_line else None

    @property
    def http_version(self) -> str | None:
        """The version of HTTP in the status line, "1.1"."""
        return self.http.version or None

    @property
    def status(self) -> int | None:
        """The status code."""
        return self.http.status

    @property
    def reason(self) -> str:
        """The reason phrase; "" without one."""
        return self.http.reason
