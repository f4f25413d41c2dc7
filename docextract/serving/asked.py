"""A request as it arrived."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from docextract.reading.header import Field
from docextract.reading.http_message import Body, Request
from docextract.testing.request import REQUEST, START
from docextract.text.source import Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docextract.serving.target import Target
    from docextract.text.json_values import JSONValue


#: The fields on whose values an answer may depend, beside the body (RFC 9110, sections 12.5, 13.1 and 14; RFC 7240).
_CONDITIONS = frozenset(
    (
        "accept-language",
        "content-range",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-unmodified-since",
        "prefer",
        "range",
    )
)


def conditions(fields: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return the names and values of the fields that an answer may depend on, in lower case, each value alone."""
    return frozenset(
        (name.casefold(), part.strip().casefold())
        for name, value in fields
        if name.casefold() in _CONDITIONS
        for part in value.split(",")
    )


@dataclass(frozen=True)
class Asked:
    """A request: its method, its target, its header fields by their names in lower case, and its body."""

    method: str
    target: Target
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def text(self) -> str:
        """The body as text; bytes that are not UTF-8 are replaced."""
        return self.body.decode("utf-8-sig", "replace")

    @cached_property
    def http(self) -> Request:
        """The request as a page would show it."""
        kind = self.headers.get("content-type")
        fields = (Field("Content-Type", kind, START, "content-type"),) if kind else ()
        body = Body(Slice(REQUEST, self.text.strip())) if self.text.strip() else None
        return Request(Slice(REQUEST, ""), fields, body, method=self.method)

    @cached_property
    def conditions(self) -> frozenset[tuple[str, str]]:
        """What an answer may depend on in the header."""
        return conditions(self.headers.items())

    @property
    def has_json(self) -> bool:
        """Whether the body is JSON, be it recovered."""
        return self.http.json is not None and self.http.json.readable

    @property
    def json(self) -> JSONValue:
        """The value of a JSON body; None without one."""
        return self.http.json.value if self.http.json is not None and self.http.json.readable else None

    @cached_property
    def malformed(self) -> str:
        """What is wrong with a body that should be JSON; "" if nothing is."""
        reading = self.http.json
        if reading is None or self.http.body is None or not (reading.defects or not reading.readable):
            return ""
        if not reading.defects:
            return "the body is not JSON"
        first = reading.defects[0]
        line, column = self.http.body.source.position(first.start)
        return f"the body is not JSON: {first.message}, on line {line} at column {column}"
