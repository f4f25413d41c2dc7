"""Requests and responses of a page, paired to exchanges, and what the page says of the operation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docextract.findings import Defect, Related
from docextract.http_message import Request, Response, bare_body, is_request, is_response, parse, request_line
from docextract.identifier import safe_part
from docextract.links import resource_links
from docextract.path_template import host
from docextract.property import Property, columns, read_properties
from docextract.prose import says_truncated, statuses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docextract.page import Annotation, CodeBlock, Heading, Page, Table
    from docextract.source import Slice, Span

_EXAMPLE = re.compile(r"\bexamples?\b")
_TEMPLATES = re.compile(r"http requests?\b|^requests? urls?$|^syntax$")
_RESPONSE = re.compile(r"^(http )?(responses?|returns?|return values?)$")
_REQUEST_BODY = re.compile(r"^(request body|body|parameters|request parameters|properties|request)$")


@dataclass(frozen=True)
class Message:
    """A request or response of a page, with its block and the notes between it and the heading above."""

    block: CodeBlock
    http: Request | Response
    notes: tuple[Slice, ...] = ()

    @property
    def annotation(self) -> Annotation | None:
        """The annotation above it."""
        return self.block.annotation

    @property
    def is_response(self) -> bool:
        """Which side it is: what the annotation says, else the content."""
        return isinstance(self.http, Response)

    @property
    def annotated(self) -> bool:
        """Whether its annotation says which side it is."""
        return self.block.block_type in ("request", "response")

    @property
    def ignored(self) -> bool:
        """Whether its annotation keeps it from checks and export; it may still be a partner."""
        return self.block.block_type == "ignored"

    @property
    def names(self) -> tuple[str, ...]:
        """The names that its annotation gives."""
        return self.annotation.names if self.annotation else ()

    @property
    def span(self) -> Span:
        """The place of its first line."""
        return self.http.start_line.span()

    @cached_property
    def truncated(self) -> bool:
        """Whether it may show less than everything (DESIGN 6): unannotated ones are never held complete."""
        if not self.annotated or (self.annotation and self.annotation.flag("truncated")):
            return True
        return any(says_truncated(note.text) for note in self.notes)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a resource page in prose: its text and target."""

    text: str
    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class Status:
    """A status code that the prose promises."""

    code: int
    span: Span


@dataclass(frozen=True)
class Operation:
    """What a page says of its operation, outside the examples; read from its passages on first use."""

    templates: tuple[Request, ...] = ()
    response_prose: tuple[Slice, ...] = ()
    request_prose: tuple[Slice, ...] = ()
    tables: tuple[Table, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def statuses(self) -> tuple[Status, ...]:
        """The status codes that the Response section promises."""
        return tuple(
            Status(int(word.text), passage.span(word.start, word.end))
            for passage in self.response_prose
            for word in statuses(passage.text)
        )

    @cached_property
    def response_links(self) -> tuple[Link, ...]:
        """The links to resources in the Response section: the first of each passage, and those joined to it."""
        return tuple(_links(self.response_prose, self.references))

    @cached_property
    def request_links(self) -> tuple[Link, ...]:
        """The links to resources in the Request body section."""
        return tuple(_links(self.request_prose, self.references))

    @cached_property
    def parameters(self) -> tuple[Property, ...]:
        """The members that the page's own table declares (DESIGN 5.10)."""
        return tuple(item for table in self.tables for item in table_properties(table, self.references))


@dataclass(frozen=True)
class Exchange:
    """A request with one of its responses; either may be absent (RFC 9110 3.3).

    `foreign` says that the request goes to another host than the operation: a call back, a login.
    """

    id: str
    path: str
    request: Message | None
    response: Message | None
    operation: Operation = field(default_factory=Operation)
    foreign: bool = False

    @property
    def annotated(self) -> bool:
        """Whether one of its sides is annotated."""
        return any(message.annotated for message in (self.request, self.response) if message)

    @property
    def ignored(self) -> bool:
        """Whether nothing of it is to be checked or exported."""
        return all(message.ignored for message in (self.request, self.response) if message)


@dataclass(frozen=True)
class PageExchanges:
    """All messages of a page, the exchanges they make, and the defects met on the way."""

    exchanges: tuple[Exchange, ...] = ()
    messages: tuple[Message, ...] = ()
    operation: Operation = field(default_factory=Operation)
    defects: tuple[Defect, ...] = ()


def read_exchanges(page: Page, page_id: str, own_host: str | None = None) -> PageExchanges:
    """Read and pair the messages of a page (DESIGN 4.1, 4.7); ids begin with the page's.

    `own_host` is that of the service; requests to others are foreign.
    """
    defects: list[Defect] = []
    messages = [message for block in page.blocks if (message := _message(page, block, defects))]
    templates = [message for message in messages if _is_template(message, messages)]
    rest = [message for message in messages if message not in templates]
    defects.extend(defect for message in rest if not message.ignored for defect in message.http.defects)
    operation = _operation(page, templates)
    pairs = list(_pairs(rest, defects))
    ids = _ids(pairs)
    exchanges = tuple(
        Exchange(f"{page_id}/{name}", page.path, request, response, operation, _foreign(request, operation, own_host))
        for name, (request, response) in zip(ids, pairs, strict=True)
    )
    return PageExchanges(exchanges, tuple(rest), operation, tuple(defects))


def _foreign(request: Message | None, operation: Operation, own_host: str | None) -> bool:
    found = host(getattr(request.http, "url", None) or "") if request else None
    if found is None or own_host is None or found == own_host:
        return False
    return all(host(template.url or "") != found for template in operation.templates)


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


def _not_http(block: CodeBlock, expected: str, found: Request | Response | None) -> Defect:
    assert block.annotation is not None
    where = found.start_line.span() if found else bare_body(block.content).start_line.span()
    related = (Related(block.annotation.span("blockType"), f"the annotation says {expected}"),)
    wanted = "'METHOD url'" if expected == "request" else "a status line such as 'HTTP/1.1 200 OK'"
    what = "a response" if isinstance(found, Response) else "a request" if found else "no HTTP message"
    return Defect("http-syntax", f"block annotated as {expected} holds {what}, expected {wanted}", where, related)


def _salvage(block: CodeBlock, expected: str, found: Request | Response | None) -> Request | Response:
    """Keep the side that the annotation names, so that pairing still works."""
    first = (found or bare_body(block.content)).start_line
    if expected == "request":
        return Request(first)
    return Response(first) if found else replace(bare_body(block.content), start_line=first)


def _notes(page: Page, block: CodeBlock) -> tuple[Slice, ...]:
    heading = page.heading_before(block.fence.line)
    return page.texts_between(heading.span.line if heading else 0, block.fence.line)


def _is_template(message: Message, messages: list[Message]) -> bool:
    """Requests in the HTTP request section are templates unless annotated as requests (DESIGN 4.7)."""
    if message.is_response or message.annotated:
        return False
    section = _section(message.block.headings)
    if section.templates or section.example:
        return not section.example
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
    found: list[Message | None] = [by_name[name] for name in response.names if name in by_name]
    if found:
        return list({id(message): message for message in found}.values())
    if response.names and response.annotation and by_name and not response.ignored:
        message = f"response names {response.names[0]!r}, but no request of this page has that name"
        known = ", ".join(repr(name) for name in list(by_name)[:5])
        defects.append(Defect("unknown-name", f"{message}; it has {known}", response.annotation.span("name")))
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


class _Section(NamedTuple):
    """What the headings above a block say that it is about."""

    example: bool = False
    templates: bool = False
    response: bool = False
    request_body: bool = False


@lru_cache(maxsize=4096)
def _about(words: str) -> _Section:
    return _Section(*(bool(pattern.search(words)) for pattern in (_EXAMPLE, _TEMPLATES, _RESPONSE, _REQUEST_BODY)))


@lru_cache(maxsize=32)
def _section(headings: tuple[Heading, ...]) -> _Section:
    return _Section(*map(any, zip(*(_about(heading.words) for heading in headings), strict=True)))


def _operation(page: Page, templates: list[Message]) -> Operation:
    outside = [p for p in page.paragraphs if not _section(p.headings).example]
    return Operation(
        tuple(_template_requests(templates)),
        tuple(p.source for p in outside if _section(p.headings).response),
        tuple(p.source for p in outside if _section(p.headings).request_body),
        tuple(t for t in page.tables if _section(t.headings).request_body and not _section(t.headings).example),
        page.references,
    )


def _template_requests(templates: list[Message]) -> Iterator[Request]:
    for message in templates:
        content = message.block.content
        offset = 0
        for line in content.text.split("\n"):
            if is_request(line) and not is_response(line):
                request = request_line(content.part(offset, offset + len(line)))
                if request is not None:
                    yield request
            offset += len(line) + 1


def _links(passages: tuple[Slice, ...], references: Mapping[str, str]) -> Iterator[Link]:
    for passage in passages:
        for word, target in resource_links(passage.text, references):
            yield Link(word.text, target, passage.span(word.start, word.end))


def table_properties(table: Table, references: Mapping[str, str]) -> Iterator[Property]:
    """Yield what the rows of a table of parameters declare; nothing if it is none."""
    found = columns(table, structural=True)
    if found:
        yield from read_properties(table, found, references)
