"""Checks of how requests and responses belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.checks.base import check, defect_check
from docextract.findings import Related, Severity
from docextract.markdown.page import Page
from docextract.markdown.zone import apart
from docextract.reading.exchange import Exchange, Message
from docextract.reading.http_message import Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.text.source import Span


@check(Exchange, Severity.WARNING)
def missing_response(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """An annotated request has no response on its page.

    The example shows half of the exchange; no fixture can be made from it.

    Bad:  a request block and no response block after it
    Good: the request, then its response, at least `HTTP/1.1 204 No Content`

    How to fix: Add the response below the request, at least its status line. If the block is no
    example, set its block type to `ignored`.

    Silence: `<!-- docextract-disable-next-block missing-response -->`.
    """
    request = exchange.request
    if request and exchange.response is None and request.annotated and not exchange.foreign:
        message = "request without a response: no response block follows it or names it"
        yield missing_response.finding(message, request.span, exchange=exchange.id)


@check(Exchange, Severity.WARNING)
def missing_request(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """An annotated response has no request on its page.

    Nobody can tell what it answers.

    Bad:  a page that shows only a response
    Good: the request block before it

    How to fix: Add the request above the response. If the block is no example, set its block type to
    `ignored`.

    Silence: `<!-- docextract-disable-next-block missing-request -->`.
    """
    response = exchange.response
    if response and exchange.request is None and response.annotated:
        message = "response without a request: no request block stands before it"
        yield missing_request.finding(message, response.span, exchange=exchange.id)


@check(Exchange, Severity.WARNING)
def half_annotated_exchange(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """One side of an exchange is annotated, the other is only recognised by its content.

    Tools that go by annotations see half of the exchange. A second response in a section of its own,
    and another way to ask the same, may do without a comment.

    Bad:  an annotated request, then a response without a comment above it
    Good: both with a comment: `<!-- { "blockType": "response" } -->`

    How to fix: Put a comment with the block type above the block that has none.

    Silence: `<!-- docextract-disable-next-block half-annotated-exchange -->`.
    """
    request, response = exchange.request, exchange.response
    if not request or not response or request.annotated == response.annotated:
        return
    if exchange.secondary:
        return
    bare, other = (response, request) if request.annotated else (request, response)
    # An unknown block type, and a message in the block of another one, are reported by themselves.
    if bare.ignored or bare.annotation is not None or not bare.first:
        return
    side = "response" if bare.is_response else "request"
    other_side = "request" if side == "response" else "response"
    message = f"{side} without an annotation, while its {other_side} has one"
    if isinstance(bare.http, Response) and not bare.http.has_status_line:
        message = "JSON without an annotation and a status line below an annotated request"
    text = f'{message}; add <!-- {{ "blockType": "{side}" }} --> above it'
    related = (Related(_annotation_span(other), "the annotated side"),)
    yield half_annotated_exchange.finding(text, bare.span, related=related, exchange=exchange.id)


def _annotation_span(message: Message) -> Span:
    return message.annotation.comment.span if message.annotation else message.span


@check(Page, Severity.WARNING)
def duplicate_name(page: Page, docset: DocSet) -> Iterator[Finding]:
    """Two requests of a page have the same name in their annotations.

    A response that names its request, and every fixture, then means either. A response with the name
    of an earlier response is reported where the request directly above it has another name and no
    response: several responses of one request are normal.

    Bad:  `"name": "get_user"` above two requests
    Good: `"name": "get_user"` and `"name": "get_user_select"`

    How to fix: Give each request a name of its own, and its response the same.

    Silence: `<!-- docextract-disable-next-block duplicate-name -->`.
    """
    seen: dict[str, list[Message]] = {}
    for message in docset.exchanges(page.path).messages:
        if message.is_response or not message.annotated or message.annotation is None:
            continue
        for name in message.names:
            others = seen.setdefault(name, [])
            first = next((other for other in others if not apart(other.block.zones, message.block.zones)), None)
            others.append(message)
            if first is not None and first.annotation:
                related = (Related(first.annotation.span("name"), "the first one"),)
                text = f"request name '{name}' occurs twice on this page; give each request a name of its own"
                yield duplicate_name.finding(text, message.annotation.span("name"), related=related)
    for defect in docset.exchanges(page.path).defects:
        if defect.check is duplicate_name.id:
            yield duplicate_name.finding(defect.message, defect.span, related=defect.related)


@defect_check(Severity.ERROR)
def unknown_name() -> None:
    """A response names a request that the page does not have.

    The response is then taken to answer the nearest request above it, which may be another.

    Bad:  request `"name": "create_user"`, response `"name": "create_usr"`
    Good: the same name on both

    How to fix: Give the response the name of the request that it answers, as the annotation of the
    request spells it.

    Silence: `<!-- docextract-disable-next-block unknown-name -->`.
    """
