"""Checks of status lines and header fields against the body and the prose."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from docextract.checks.base import check
from docextract.findings import Edit, Fix, Related, Safety, Severity
from docextract.reading.exchange import Exchange, Message
from docextract.reading.http_message import HTTPMessage, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.project.docset import DocSet

_PHRASES = {status.value: status.phrase for status in HTTPStatus}
#: Phrases of RFC 9110 that Python's table names otherwise, and older names still in use.
_ALSO = {
    302: ("Found", "Moved Temporarily"),
    413: ("Content Too Large", "Payload Too Large", "Request Entity Too Large"),
    422: ("Unprocessable Content", "Unprocessable Entity"),
    207: ("Multi-Status", "Multi Status"),
    203: ("Non-Authoritative Information",),
}


def _response(exchange: Exchange) -> tuple[Message, Response] | tuple[None, None]:
    """Return the response of an exchange, unless it is ignored, with its status line, fields and body."""
    message = exchange.response
    if message is None or message.ignored or not isinstance(message.http, Response):
        return None, None
    return message, message.http


@check(Exchange, Severity.WARNING, fixes=Safety.SAFE)
def reason_phrase(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """The reason phrase of a status line is not that of its code (RFC 9110 15); case does not matter.

    A reader cannot tell which of the two was meant, and copies the wrong one.

    Bad:  `HTTP/1.1 204 OK`
    Good: `HTTP/1.1 204 No Content`

    How to fix: Write the phrase that the message gives. If the phrase is what was meant, it is the code
    that is wrong.

    Silence: `<!-- docextract-disable-next-block reason-phrase -->`.
    """
    message, http = _response(exchange)
    if message is None or http is None or not http.reason or http.status not in _PHRASES:
        return
    right = _PHRASES[http.status]
    accepted = {phrase.casefold() for phrase in (right, *_ALSO.get(http.status, ()))}
    if " ".join(http.reason.casefold().split()).rstrip(".") not in accepted:
        text = f"reason phrase '{http.reason}' is not that of {http.status}, expected '{right}'"
        yield reason_phrase.finding(text, message.span, exchange=exchange.id, fix=_right_phrase(exchange, http, right))


def _right_phrase(exchange: Exchange, http: Response, right: str) -> Fix | None:
    """Return the fix of a reason phrase; where it is that of another code, the code may be what is wrong."""
    line = http.start_line
    end = len(line.text.rstrip())
    start = end - len(http.reason)
    if line.text[start:end] != http.reason:
        return None
    edit = Edit(line.span(start, end), right)
    others = {code for code, phrase in _PHRASES.items() if phrase.casefold() == http.reason.casefold()}
    promised = {status.code for status in exchange.operation.statuses}
    return Fix((edit,), safe=not others or (http.status in promised and not others & promised))


@check(Exchange, Severity.WARNING)
def status_prose(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """The status code of a response is not among those that the page's Response section promises.

    Compared with the codes of sentences such as "If successful, this method returns `200 OK`";
    error responses and requests to other hosts are left alone. Where the only success named is 207,
    which tells of errors among several operations, any success may stand beside it.

    Bad:  "returns a `201 Created` response code" and `HTTP/1.1 200 OK`
    Good: the same code in both

    How to fix: See what the service answers, then change the example or the sentence.

    Silence: `<!-- docextract-disable-next-block status-prose -->`.
    """
    message, http = _response(exchange)
    if message is None or http is None or http.status is None or http.status >= 300 or exchange.foreign:
        return
    # Most pages name the one code that they show: to see that, no sentence need be read.
    if exchange.operation.promises_at_most(http.status):
        return
    statuses = exchange.operation.statuses
    promised = {status.code for status in statuses}
    if http.status in promised or not any(code < 300 and code != HTTPStatus.MULTI_STATUS for code in promised):
        return
    listed = " or ".join(str(code) for code in sorted(promised))
    related = (Related(statuses[0].span, f"the Response section promises {listed}"),)
    text = f"status {http.status} contradicts the page's Response section, which promises {listed}"
    yield status_prose.finding(text, message.span, related=related, exchange=exchange.id)


@check(Exchange, Severity.WARNING)
def body_unexpected(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """A 204 response has a body; it cannot have one (RFC 9110 15.3.5).

    Clients stop reading after the header; the body shown never arrives.

    Bad:  `HTTP/1.1 204 No Content`, a blank line, `{}`
    Good: `HTTP/1.1 204 No Content` alone, or `HTTP/1.1 200 OK` with the body

    How to fix: Remove the body if the service sends none; otherwise write the code that it sends, such
    as 200.

    Silence: `<!-- docextract-disable-next-block body-unexpected -->`.
    """
    message, http = _response(exchange)
    if message and http and http.status in (204, 304) and http.body is not None:
        text = f"a {http.status} response has no body, but one is shown"
        related = (Related(http.body.source.span(), "the body"),)
        yield body_unexpected.finding(text, message.span, related=related, exchange=exchange.id)


@check(Exchange, Severity.WARNING)
def body_missing(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """A response whose annotation names a type shows no body.

    The annotation promises an object that the example then does not show.

    Bad:  `"@odata.type": "microsoft.graph.user"` above `HTTP/1.1 200 OK` without a body
    Good: the body, or an annotation without a type

    How to fix: Add the body that the service sends. If it sends none, remove the type from the
    annotation.

    Silence: `<!-- docextract-disable-next-block body-missing -->`.
    """
    message, http = _response(exchange)
    if message is None or http is None or http.body is not None or http.status not in (200, 201):
        return
    annotation = message.annotation
    name = annotation.type_name if annotation and message.annotated else None
    if name and annotation and name.rpartition(".")[2].casefold() not in ("none", "stream"):
        related = (Related(annotation.span(annotation.type_key), "the annotation promises a body"),)
        text = f"the annotation promises a body of type {name}, but none is shown"
        yield body_missing.finding(text, message.span, related=related, exchange=exchange.id)


@check(Exchange, Severity.WARNING)
def content_type(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """A JSON body has no Content-Type, or one that is not JSON.

    Clients and mock servers choose the parser by it.

    Bad:  `HTTP/1.1 200 OK`, a blank line, `{"id": "1"}`
    Good: `HTTP/1.1 200 OK`, `Content-Type: application/json`, a blank line, `{"id": "1"}`

    How to fix: Add `Content-Type: application/json` to the header, or correct it.

    Severity: info where it is the habit of the doc set to leave the field out.

    Silence: `<!-- docextract-disable-next-block content-type -->`.
    """
    for message in (exchange.request, exchange.response):
        if message is None or message.ignored or message.http.body is None:
            continue
        # A body in a code block of its own is http-form, one of a 204 response body-unexpected, and one without a
        # start line http-syntax; what stands below GET is the body of a response that has no block of its own.
        if message.body_block is not None:
            continue
        start = message.http.status if isinstance(message.http, Response) else message.http.method
        if start in (204, 304, None, "GET", "HEAD"):
            continue
        http, field = message.http, message.http.field("Content-Type")
        looks = http.body is not None and http.body.source.text.startswith(("{", "[{", '["'))
        if field is None and looks:
            side = "response" if message.is_response else "request"
            text = f"JSON body without a Content-Type; add 'Content-Type: application/json' to the {side}"
            severity = Severity.INFO if docset.habits.omits_media_types else None
            yield content_type.finding(text, message.span, severity=severity, exchange=exchange.id)
        elif field is not None and looks and not http.has_json and _is_text(http.media_type) and _is_json(http):
            text = f"the body is JSON, but Content-Type says '{field.value}'"
            yield content_type.finding(text, field.span, exchange=exchange.id)


def _is_json(http: HTTPMessage) -> bool:
    """Whether a body that something else than its look calls text is JSON all the same: as it stands, or nearly."""
    return http.body is not None and http.body.reading.readable


def _is_text(media_type: str | None) -> bool:
    return media_type is not None and not media_type.startswith("multipart/")


@check(Exchange, Severity.INFO, on=False)
def content_length(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """The Content-Length does not fit the body, with LF or CRLF, with or without a final newline.

    Off by default: hand-written examples are hardly ever counted, and nobody is misled.

    Bad:  `Content-Length: 10` with a body of 134 bytes
    Good: no Content-Length, or the right one

    How to fix: Remove the field, or write the number of bytes that the message names.

    Silence: it is off unless selected.
    """
    for message in (exchange.request, exchange.response):
        field = message.http.field("Content-Length") if message and not message.ignored else None
        if message is None or field is None:
            continue
        body = message.http.body.source.text if message.http.body else ""
        sizes = {
            len(form.encode("utf-8", "replace"))
            for text in (body, body + "\n")
            for form in (text, text.replace("\n", "\r\n"))
        }
        if not field.value.isdecimal() or int(field.value) not in sizes:
            listed = ", ".join(str(size) for size in sorted(sizes))
            text = f"Content-Length is {field.value}, expected one of {listed}"
            yield content_length.finding(text, field.span, exchange=exchange.id)


@check(Exchange, Severity.INFO, on=False)
def content_type_empty(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """A 204 response without a body has a Content-Type.

    Off by default: it is harmless.

    Bad:  `HTTP/1.1 204 No Content`, `Content-Type: text/plain`
    Good: `HTTP/1.1 204 No Content`

    How to fix: Remove the field.

    Silence: it is off unless selected.
    """
    _, http = _response(exchange)
    if http and http.status == 204 and http.body is None and (field := http.field("Content-Type")):
        text = "a 204 response has no content, so no Content-Type"
        yield content_type_empty.finding(text, field.span, exchange=exchange.id)
