"""Which blocks of a page are messages, and which response answers which request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.findings import CheckId, Defect, Related
from docextract.reading.exchange import Exchange, Message, PageExchanges
from docextract.reading.http_message import Request, Response, bare_body, is_request, parse
from docextract.reading.operation import About, Operation, about, read_operation
from docextract.reading.path_template import host
from docextract.text.identifier import safe_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.markdown.page import CodeBlock, Page
    from docextract.text.source import Slice


def read_exchanges(page: Page, page_id: str, own_host: str | None = None) -> PageExchanges:
    """Read and pair the messages of a page (DESIGN 4.1, 4.7); ids begin with the page's.

    `own_host` is that of the service; requests to others are foreign.
    """
    defects: list[Defect] = []
    messages = [message for block in page.blocks if (message := _message(page, block, defects))]
    templates = [message for message in messages if _is_template(message, messages)]
    rest = [message for message in messages if message not in templates]
    defects.extend(defect for message in rest if not message.ignored for defect in message.http.defects)
    operation = read_operation(page, (message.block for message in templates))
    pairs = list(_pairs(rest, defects))
    ids = _ids(pairs)
    exchanges = tuple(
        Exchange(f"{page_id}/{name}", page.path, request, response, operation, _foreign(request, operation, own_host))
        for name, (request, response) in zip(ids, pairs, strict=True)
    )
    return PageExchanges(exchanges, tuple(rest), operation, tuple(defects))


def _foreign(request: Message | None, operation: Operation, own_host: str | None) -> bool:
    other = host(request.url or "") if request else None
    if other is None or own_host is None or other == own_host:
        return False
    return all(host(template.url or "") != other for template in operation.templates)


def _message(page: Page, block: CodeBlock, defects: list[Defect]) -> Message | None:
    expected = block.block_type
    if expected not in (None, "ignored", "request", "response"):
        return None
    http = parse(block.content)
    if expected in ("request", "response") and not isinstance(http, Request if expected == "request" else Response):
        defects.append(_not_http(block, expected, http))
        http = _salvage(block, expected, http)
    if http is None:
        return None
    return Message(block, http, _notes(page, block))


def _not_http(block: CodeBlock, expected: str, message: Request | Response | None) -> Defect:
    assert block.annotation is not None
    where = message.start_line.span() if message else bare_body(block.content).start_line.span()
    related = (Related(block.annotation.span("blockType"), f"the annotation says {expected}"),)
    wanted = "'METHOD url'" if expected == "request" else "a status line such as 'HTTP/1.1 200 OK'"
    what = "a response" if isinstance(message, Response) else "a request" if message else "no HTTP message"
    return Defect(CheckId.HTTP_SYNTAX, f"block annotated as {expected} holds {what}, expected {wanted}", where, related)


def _salvage(block: CodeBlock, expected: str, message: Request | Response | None) -> Request | Response:
    """Keep the side that the annotation names, so that pairing still works."""
    first = (message or bare_body(block.content)).start_line
    if expected == "request":
        return Request(first)
    return Response(first) if message else replace(bare_body(block.content), start_line=first)


def _notes(page: Page, block: CodeBlock) -> tuple[Slice, ...]:
    heading = page.heading_before(block.fence.line)
    return page.texts_between(heading.span.line if heading else 0, block.fence.line)


def _is_template(message: Message, messages: list[Message]) -> bool:
    """Requests in the HTTP request section are templates unless annotated as requests (DESIGN 4.7)."""
    if message.is_response or message.annotated:
        return False
    section = about(message.block.headings)
    if section & (About.TEMPLATES | About.EXAMPLE):
        return About.EXAMPLE not in section
    # A page in another language has no heading that says so: request lines only, before the examples.
    lines = [line for line in message.block.content.text.split("\n") if line.strip()]
    return (
        len(message.block.headings) < 3
        and all(is_request(line) for line in lines)
        and not any(other.is_response and other.block.fence.line < message.block.fence.line for other in messages)
        and any(_is_later_request(other, message) for other in messages)
        and any(other.is_response for other in messages)
    )


def _is_later_request(other: Message, message: Message) -> bool:
    later = other.block.fence.line > message.block.fence.line
    return later and not other.is_response and other.block.headings != message.block.headings


def _pairs(messages: list[Message], defects: list[Defect]) -> Iterator[tuple[Message | None, Message | None]]:
    """Pair by array names, then by name, then with the nearest preceding request (DESIGN 4.7)."""
    by_name = {name: message for message in reversed(messages) if not message.is_response for name in message.names}
    answers: list[tuple[Message | None, Message | None]] = []
    preceding: Message | None = None
    for message in messages:
        if message.is_response:
            requests = _requests_of(message, by_name, preceding, defects)
            answers.extend((request, message) for request in requests)
        else:
            preceding = message
    answered = {id(request) for request, _ in answers}
    lonely = [(message, None) for message in messages if not message.is_response and id(message) not in answered]
    everything = [*answers, *lonely]
    everything.sort(key=lambda pair: min(m.span.line for m in pair if m))
    for request, response in everything:
        if not all(message.ignored for message in (request, response) if message):
            yield request, response


def _requests_of(
    response: Message, by_name: dict[str, Message], preceding: Message | None, defects: list[Defect]
) -> list[Message | None]:
    requests: list[Message | None] = [by_name[name] for name in response.names if name in by_name]
    if requests:
        return list({id(message): message for message in requests}.values())
    if response.names and response.annotation and by_name and not response.ignored:
        message = f"response names {response.names[0]!r}, but no request of this page has that name"
        known = ", ".join(repr(name) for name in list(by_name)[:5])
        defects.append(Defect(CheckId.UNKNOWN_NAME, f"{message}; it has {known}", response.annotation.span("name")))
    return [preceding]


def _ids(pairs: list[tuple[Message | None, Message | None]]) -> list[str]:
    """Name each exchange, unique in its page without regard to case: as annotated, else by method."""
    used: set[str] = set()
    ids = []
    for request, response in pairs:
        base = name = safe_part(_own_name(request, response))
        number = 1
        while name.casefold() in used:
            number += 1
            name = f"{base}-{number}"
        used.add(name.casefold())
        ids.append(name)
    return ids


def _own_name(request: Message | None, response: Message | None) -> str:
    for message in (request, response):
        if message and message.names:
            return message.names[0]
    if request is not None and isinstance(request.http, Request):
        return (request.http.method or "request").lower()
    return "response"
