"""HTTP/1.1 messages as pages show them (RFC 9112), read leniently, with the place of each part."""

from __future__ import annotations

import re
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, NamedTuple

from docextract.findings import CheckId, Defect, Fix
from docextract.reading.header import Field, Line, is_late, read_header
from docextract.reading.start_line import MAY_BE_HEAD, is_head, is_request, request_line, status_line
from docextract.text.json_text import Places, Reading, locate, read
from docextract.text.source import Change
from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from docextract.reading.start_line import RequestLine, Slip, StatusLine
    from docextract.text.source import Slice, Span

_QUERY_LINE = re.compile(r"\s*[?&]\S")
#: The blank line above a body that surely is one.
_JSON_BODY = re.compile(r"\n[ \t]*\n(?=[{\[])")
#: A URL goes on over so many lines at most.
_LONGEST_URL = 8
_HOLDS_MESSAGES = re.compile(r"\s*(?:multipart|message)/|\s*application/http\b", re.IGNORECASE)


@dataclass(frozen=True)
class Body:
    """A message body; read as JSON on first use, positions only when they are asked for."""

    source: Slice

    @cached_property
    def reading(self) -> Reading:
        """The body read as JSON, strictly or recovered."""
        return read(self.source.text)

    @cached_property
    def places(self) -> Places:
        """The offsets of every member and item by JSON Pointer."""
        return locate(self.source.text)

    def span(self, pointer: str, *, of_key: bool = False) -> Span:
        """Give the place of a value, or of its key; of the nearest container if it has none."""
        place = self.places.nearest(pointer)
        if place is None:
            return self.source.span()
        start, end = place.key if of_key and place.key else place.value
        return self.source.span(start, end)


@dataclass(frozen=True)
class HTTPMessage:
    """What requests and responses share: start line, fields, body.

    `next` is the text of a further message that follows in the same block.
    """

    start_line: Slice
    fields: tuple[Field, ...] = ()
    body: Body | None = None
    defects: tuple[Defect, ...] = ()
    next: Slice | None = None

    def field(self, name: str) -> Field | None:
        """Return the first field that has this name, or is meant to have it; case does not matter (RFC 9110 5.1)."""
        return next((field for field in self.fields if field.meant == name.casefold()), None)

    @property
    def media_type(self) -> str | None:
        """The Content-Type in lower case without parameters; None without the field."""
        field = self.field("Content-Type")
        return field.value.partition(";")[0].strip().casefold() if field else None

    @cached_property
    def has_json(self) -> bool:
        """Whether the body is JSON: its media type says so, or there is none and it begins so."""
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
    """A response: status code and reason phrase; the status is None where none stands, or no code."""

    has_status_line: bool = True
    status: int | None = None
    reason: str = ""
    version: str = ""


def parse(text: Slice) -> Request | Response | None:
    """Read a message; None if its first non-blank line is neither request line nor status line."""
    lines = _lines(text)
    if not lines:
        return None
    first = lines[0].text.rstrip()
    if status := status_line(first):
        return _response(text, status, lines)
    if request := request_line(first):
        return _request(text, request, lines)
    return None


def template(text: Slice) -> Request | None:
    """Read one line as that of a request; None if it is none."""
    lead = len(text.text) - len(text.text.lstrip())
    line = text.part(lead) if lead else text
    read = request_line(line.text.rstrip())
    if read is None:
        return None
    defects, where = _slipped(line, read.slip), line.span(read.start, read.end)
    return Request(line, defects=defects, method=read.method, url=read.url, url_span=where)


def bare_body(text: Slice) -> Response:
    """Read a block that is said to be a response but has no status line: all of it is body."""
    lines = _lines(text)
    return Response(_part(text, lines[0]) if lines else text, body=_body(text, lines), has_status_line=False)


def _lines(source: Slice) -> list[Line]:
    """Return the lines from the first non-blank one to the last, the first without indentation.

    A body of JSON in which no further message begins is one line: nobody asks for its lines.
    """
    text = source.text.lstrip()
    body = _JSON_BODY.search(text)
    end = body.end() if body and not MAY_BE_HEAD.search(text, body.end()) else len(text)
    texts = text[:end].split("\n")
    texts[-1] += text[end:]
    while texts and not texts[-1].strip():
        texts.pop()
    starts = accumulate((len(line) + 1 for line in texts), initial=len(source.text) - len(text))
    return list(map(Line, starts, texts))


def _part(source: Slice, line: Line) -> Slice:
    return source.part(line.start, line.start + len(line.text))


def _slipped(first: Slice, slip: Slip | None) -> tuple[Defect, ...]:
    if slip is None:
        return ()
    return (Defect(slip.check, slip.message, first.span(slip.start, slip.end), fix=Fix.of(first, slip.changes)),)


def _response(source: Slice, line: StatusLine, lines: list[Line]) -> Response:
    first, rest = _part(source, lines[0]), _read_rest(source, lines[1:])
    return Response(
        first,
        rest.fields,
        rest.body,
        (*_slipped(first, line.slip), *rest.defects),
        rest.next,
        status=line.status,
        reason=line.reason,
        version=line.version,
    )


def _request(source: Slice, line: RequestLine, lines: list[Line]) -> Request:
    first = _part(source, lines[0])
    url, used, broken = _whole_url(line.url, lines)
    below = lines[used:]
    more = [other for other in takewhile(lambda other: not other.is_blank, below) if is_request(other.text)]
    taken = {other.start for other in more}
    rest = _read_rest(source, [other for other in below if other.start not in taken] if more else below)
    defects = [*_slipped(first, line.slip), *rest.defects]
    if more:
        message = f"{len(more) + 1} request lines in one example, expected one"
        defects.insert(0, Defect(CheckId.HTTP_FORM, message, more[0].span(source)))
    if broken:
        message = (
            f"the URL goes on over {used} lines: '{broken}' is not closed on the request line; write it on one line"
        )
        defects.append(Defect(CheckId.HTTP_FORM, message, first.span()))
    where = first.span(line.start, line.end)
    return Request(
        first, rest.fields, rest.body, tuple(defects), rest.next, method=line.method, url=url, url_span=where
    )


def _whole_url(url: str, lines: list[Line]) -> tuple[str, int, str]:
    """Return a URL with the lines that continue it, how many lines that is, and the bracket left open on the first.

    A URL is broken before its query options, or inside brackets that close on one of the next lines.
    """
    for used in range(2, min(_LONGEST_URL, len(lines)) + 1 if url.count("(") > url.count(")") else 0):
        whole = "".join((url, *(line.text.strip() for line in lines[1:used])))
        if lines[used - 1].is_blank:
            break
        if whole.count("(") == whole.count(")"):
            return whole, used, "("
    parts, used = [url], 1
    while used < len(lines) and _continues(parts[-1], lines[used].text):
        parts.append(lines[used].text.strip())
        used += 1
    return "".join(parts), used, ""


def _continues(url: str, line: str) -> bool:
    return bool(_QUERY_LINE.match(line)) or (url.endswith(("?", "&")) and bool(line.strip()))


class _Rest(NamedTuple):
    """What follows a start line; `next` is the text of a further message in the same block."""

    fields: tuple[Field, ...]
    body: Body | None
    defects: tuple[Defect, ...]
    next: Slice | None


def _read_rest(source: Slice, lines: list[Line]) -> _Rest:
    header = read_header(source, lines)
    fields, defects, index = header
    if index < len(lines) and not lines[index].is_blank and not is_head(lines[index].text):
        defects = (*defects, _unseparated(source, lines[index]))
    while index < len(lines) and lines[index].is_blank:
        index += 1
    if index < len(lines) and is_late(lines[index].text):
        message = "header field after a blank line, which ends the header (RFC 9112 2.1)"
        late = read_header(source, lines, index)
        defects = (*defects, Defect(CheckId.HEADER_AFTER_BLANK, message, lines[index].span(source)), *late.defects)
        fields, index = (*fields, *late.fields), late.end
    end = _next_head(source, fields, lines, index)
    following = source.part(lines[end].start) if end < len(lines) else None
    return _Rest(fields, _body(source, lines[index:end]), defects, following)


def _unseparated(source: Slice, line: Line) -> Defect:
    """Return the defect of a body that follows its header at once.

    A blank line mends it if it is surely a body; in a list or a quotation a line that is empty might end that.
    """
    sure = line.text.lstrip().startswith(("{", "[")) and source.position(line.start)[1] == 1
    fix = Fix.of(source, [Change(line.start, line.start, "\n")] if sure else ())
    return Defect(CheckId.HTTP_FORM, "body without a blank line before it", line.span(source), fix=fix)


def _next_head(source: Slice, fields: tuple[Field, ...], lines: list[Line], index: int) -> int:
    """Return the index of the line that begins a further message, else that after the last.

    Bodies of several parts may hold whole messages.
    """
    if index == len(lines) or not MAY_BE_HEAD.search(source.text, lines[index].start - 1):
        return len(lines)
    if any(field.meant == "content-type" and _HOLDS_MESSAGES.match(field.value) for field in fields):
        return len(lines)
    return next((at for at in range(index, len(lines)) if is_head(lines[at].text)), len(lines))


def _body(source: Slice, lines: list[Line]) -> Body | None:
    if not lines:
        return None
    start, end = lines[0].start, lines[-1].start + len(lines[-1].text)
    text = source.text[start:end]
    bare = text.strip()
    start += len(text) - len(text.lstrip())
    return Body(source.part(start, start + len(bare))) if bare else None
