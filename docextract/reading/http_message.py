"""HTTP/1.1 messages as pages show them (RFC 9112), read leniently, with the place of each part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from docextract.findings import CheckId, Defect
from docextract.text.json_text import Place, Reading, locate, read

if TYPE_CHECKING:
    from docextract.text.source import Slice, Span

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "MERGE")
_STATUS_LINE = re.compile(
    r"HTTP(?P<version>/\d+(?:\.\d+)?)?[ \t]+(?P<status>\d{3})(?!\d)[ \t]*(?P<reason>[^\n]*?)[ \t]*$"
)
_REQUEST_LINE = re.compile(
    rf"(?P<method>{'|'.join(METHODS)})[ \t]+(?P<url>\S[^\n]*?)(?:[ \t]+(?P<version>HTTP/\d+(?:\.\d+)?))?[ \t]*$"
)
_URL_STARTS = re.compile(r"https?:|/|\{|<|\$|~|[\w-]+[/?({:]|[\w.-]+$", re.IGNORECASE)
_QUERY_LINE = re.compile(r"\s*[?&]\S")
_FIELD = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]*)[ \t]*:(?!//)[ \t]*(?P<value>[^\n]*?)[ \t]*$")
#: Field names that may stand after a blank line and still be meant as header (census 3).
_LATE_FIELDS = frozenset(
    [
        "accept",
        "authorization",
        "client-request-id",
        "consistencylevel",
        "content-length",
        "content-range",
        "content-type",
        "etag",
        "if-match",
        "if-none-match",
        "location",
        "prefer",
        "preference-applied",
        "retry-after",
        "workbook-session-id",
    ]
)


@dataclass(frozen=True, slots=True)
class Field:
    """A header field."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True)
class Body:
    """A message body; read as JSON on first use, positions only when they are asked for."""

    source: Slice

    @cached_property
    def reading(self) -> Reading:
        """The body read as JSON, strictly or recovered."""
        return read(self.source.text)

    @cached_property
    def places(self) -> dict[str, Place]:
        """The offsets of every member and item by JSON Pointer."""
        return locate(self.source.text)

    def span(self, pointer: str, *, of_key: bool = False) -> Span:
        """Give the place of a value, or of its key; of the nearest container if it has none."""
        while pointer and pointer not in self.places:
            pointer = pointer.rpartition("/")[0]
        place = self.places.get(pointer)
        if place is None:
            return self.source.span()
        start, end = place.key if of_key and place.key else place.value
        return self.source.span(start, end)


@dataclass(frozen=True)
class HTTPMessage:
    """What requests and responses share: start line, fields, body."""

    start_line: Slice
    fields: tuple[Field, ...] = ()
    body: Body | None = None
    defects: tuple[Defect, ...] = ()

    def field(self, name: str) -> Field | None:
        """Give the first field of that name, whatever its case (RFC 9110 5.1)."""
        return next((field for field in self.fields if field.name.casefold() == name.casefold()), None)

    @property
    def media_type(self) -> str | None:
        """The Content-Type in lower case without parameters; None without the field."""
        field = self.field("Content-Type")
        return field.value.partition(";")[0].strip().casefold() if field else None

    @cached_property
    def has_json(self) -> bool:
        """Whether the body is JSON: its media type says so, or there is none and it begins so (DESIGN 4.6)."""
        if self.body is None:
            return False
        media_type = self.media_type
        if media_type:
            return media_type == "application/json" or media_type.endswith("+json")
        return self.body.source.text.startswith(("{", "["))

    @property
    def json(self) -> Reading | None:
        """The body read as JSON, if it is JSON."""
        return self.body.reading if self.body is not None and self.has_json else None


@dataclass(frozen=True)
class Request(HTTPMessage):
    """A request: its method and target as written; the target may hold spaces and placeholders."""

    method: str | None = None
    url: str | None = None
    url_span: Span | None = None


@dataclass(frozen=True)
class Response(HTTPMessage):
    """A response: status code and reason phrase; the status is None where no status line stands."""

    status: int | None = None
    reason: str = ""
    version: str = ""


def is_request(text: str) -> bool:
    """Say whether a line is a request line: a method, then something like a URL."""
    match = _REQUEST_LINE.match(text.strip())
    return bool(match and _URL_STARTS.match(match["url"]))


def is_response(text: str) -> bool:
    """Say whether a line is a status line, with or without the HTTP version (census 4)."""
    return bool(_STATUS_LINE.match(text.strip()))


def parse(text: Slice) -> Request | Response | None:
    """Read a message; None if its first non-blank line is neither request line nor status line."""
    lines = _lines(text)
    if not lines:
        return None
    first = lines[0].text
    if status := _STATUS_LINE.match(first.rstrip()):
        return _response(text, status, lines)
    if (request := _REQUEST_LINE.match(first.rstrip())) and _URL_STARTS.match(request["url"]):
        return _request(text, request, lines)
    return None


def request_line(text: Slice) -> Request | None:
    """Read one line as that of a request; None if it is none."""
    lead = len(text.text) - len(text.text.lstrip())
    line = text.part(lead) if lead else text
    match = _REQUEST_LINE.match(line.text.rstrip())
    if not match or not _URL_STARTS.match(match["url"]):
        return None
    return Request(line, method=match["method"], url=match["url"], url_span=line.span(*match.span("url")))


def bare_body(text: Slice) -> Response:
    """Read a block that is said to be a response but has no status line: all of it is body."""
    lines = _lines(text)
    return Response(_part(text, lines[0]) if lines else text, body=_body(text, lines))


class _Line(NamedTuple):
    """A line of a block: where it begins in the block's text, and its text."""

    start: int
    text: str


def _lines(source: Slice) -> list[_Line]:
    """Give the lines from the first non-blank one to the last, the first without indentation."""
    lines: list[_Line] = []
    offset = 0
    for raw in source.text.split("\n"):
        if lines:
            lines.append(_Line(offset, raw))
        elif raw.strip():
            lead = len(raw) - len(raw.lstrip())
            lines.append(_Line(offset + lead, raw[lead:]))
        offset += len(raw) + 1
    while lines and not lines[-1].text.strip():
        lines.pop()
    return lines


def _part(source: Slice, line: _Line) -> Slice:
    return source.part(line.start, line.start + len(line.text))


def _span(source: Slice, line: _Line) -> Span:
    return source.span(line.start, line.start + len(line.text))


def _response(source: Slice, match: re.Match[str], lines: list[_Line]) -> Response:
    fields, body, defects = _fields_and_body(source, lines[1:])
    first = _part(source, lines[0])
    if not match["version"]:
        defects.insert(
            0, Defect(CheckId.HTTP_FORM, "status line without an HTTP version, expected 'HTTP/1.1'", first.span())
        )
    return Response(
        first,
        tuple(fields),
        body,
        tuple(defects),
        status=int(match["status"]),
        reason=match["reason"],
        version=(match["version"] or "").lstrip("/"),
    )


def _request(source: Slice, match: re.Match[str], lines: list[_Line]) -> Request:
    url, used = match["url"], 1
    # URLs broken over lines go on with their query (census 3).
    while used < len(lines) and _continues(url, lines[used].text):
        url += lines[used].text.strip()
        used += 1
    rest = lines[used:]
    more = [line for line in _until_blank(rest) if is_request(line.text)]
    fields, body, defects = _fields_and_body(source, [line for line in rest if line not in more])
    if more:
        message = f"{len(more) + 1} request lines in one example, expected one"
        defects.insert(0, Defect(CheckId.HTTP_FORM, message, _span(source, more[0])))
    first = _part(source, lines[0])
    url_span = first.span(match.start("url"), match.end("url"))
    return Request(first, tuple(fields), body, tuple(defects), method=match["method"], url=url, url_span=url_span)


def _continues(url: str, line: str) -> bool:
    return bool(_QUERY_LINE.match(line)) or (url.endswith(("?", "&")) and bool(line.strip()))


def _until_blank(lines: list[_Line]) -> list[_Line]:
    end = next((i for i, line in enumerate(lines) if not line.text.strip()), len(lines))
    return lines[:end]


def _fields_and_body(source: Slice, lines: list[_Line]) -> tuple[list[Field], Body | None, list[Defect]]:
    fields: list[Field] = []
    defects: list[Defect] = []
    index = _read_fields(source, lines, 0, fields)
    if index < len(lines) and lines[index].text.strip():
        where = _span(source, lines[index])
        defects.append(Defect(CheckId.HTTP_FORM, "body without a blank line before it", where))
    while index < len(lines) and not lines[index].text.strip():
        index += 1
    if index < len(lines) and _late_field(lines[index].text):
        message = "header field after a blank line, which ends the header (RFC 9112 2.1)"
        defects.append(Defect(CheckId.HEADER_AFTER_BLANK, message, _span(source, lines[index])))
        index = _read_fields(source, lines, index, fields)
    return fields, _body(source, lines[index:]), defects


def _late_field(text: str) -> bool:
    match = _FIELD.match(text)
    return bool(match and match["name"].casefold() in _LATE_FIELDS)


def _read_fields(source: Slice, lines: list[_Line], index: int, fields: list[Field]) -> int:
    while index < len(lines) and (match := _FIELD.match(lines[index].text.strip())):
        fields.append(Field(match["name"], match["value"], _span(source, lines[index])))
        index += 1
    return index


def _body(source: Slice, lines: list[_Line]) -> Body | None:
    filled = [line for line in lines if line.text.strip()]
    if not filled:
        return None
    first, last = filled[0], filled[-1]
    lead = len(first.text) - len(first.text.lstrip())
    return Body(source.part(first.start + lead, last.start + len(last.text.rstrip())))
