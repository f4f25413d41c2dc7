"""The messages of a page and the exchanges that they make; either side of an exchange may be absent."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, TypeAlias

from docextract.reading.http_message import Request, Response
from docextract.reading.operation import Operation
from docextract.reading.prose import says_truncated
from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from docextract.findings import Defect
    from docextract.markdown.page import Annotation, CodeBlock
    from docextract.text.source import Slice, Span

#: A heading that names a side of an exchange, by its English words.
_SIDE = re.compile(r"(?:http )?(?:requests?|responses?)(?: body| headers?| \d+)?$")


@dataclass(frozen=True)
class Message:
    """A request or response of a page, with its block and the notes between it and the heading above.

    `first` says that it begins its block, whose annotation is then its own; `body_block` is the block
    of its body where that is another.
    """

    block: CodeBlock
    http: Request | Response
    notes: tuple[Slice, ...] = ()
    first: bool = True
    body_block: CodeBlock | None = None

    @property
    def annotation(self) -> Annotation | None:
        """The annotation above it."""
        return self.block.annotation if self.first else None

    @property
    def typing(self) -> Annotation | None:
        """The annotation that may name the type of its body: its own, else that of its body's block."""
        own, other = self.annotation, self.body_block.annotation if self.body_block else None
        return own if other is None or (own and own.type_name) else other

    @property
    def is_response(self) -> bool:
        """Whether it is a response, by its content."""
        return isinstance(self.http, Response)

    @property
    def annotated(self) -> bool:
        """Whether its annotation says that it is a message."""
        return self.first and self.block.block_type in ("request", "response")

    @cached_property
    def ignored(self) -> bool:
        """Whether its annotation keeps it from checks; it is exported beside a partner that is not ignored."""
        return self.block.block_type == "ignored"

    @property
    def names(self) -> tuple[str, ...]:
        """The names that its annotation gives."""
        return self.annotation.names if self.annotation else ()

    @property
    def url(self) -> str | None:
        """The target of a request as written; None of a response."""
        return self.http.url if isinstance(self.http, Request) else None

    @property
    def status(self) -> int | None:
        """The status code of a response, if it has a status line; None of a request."""
        return self.http.status if isinstance(self.http, Response) else None

    @property
    def span(self) -> Span:
        """The place of its first line."""
        return self.http.start_line.span()

    @cached_property
    def truncated(self) -> bool:
        """Whether it may show less than everything: unannotated ones are never held complete."""
        if not self.annotated or (self.annotation and self.annotation.flag("truncated")):
            return True
        return any(says_truncated(note.text) for note in self.notes)


#: The two sides of an exchange; one may be absent.
Pair: TypeAlias = "tuple[Message | None, Message | None]"


def title_of(request: Message | None, response: Message | None) -> str:
    """Return the heading that says what an exchange is an example of, by its sides; "" if there is none."""
    message = request or response
    headings = message.block.headings if message else ()
    telling = (heading for heading in reversed(headings) if not _SIDE.match(heading.words))
    return next((heading.plain for heading in telling), "")


@dataclass(frozen=True)
class Exchange:
    """A request with one of its responses; either may be absent (RFC 9110 3.3).

    `foreign` says that the request goes to another host than the operation: a call back, a login;
    `secondary` that its annotated side makes an exchange with another annotated message, and its bare
    one is another way to ask the same, or an answer in a section of its own.
    """

    id: str
    path: str
    request: Message | None
    response: Message | None
    operation: Operation = field(default_factory=Operation)
    foreign: bool = False
    secondary: bool = False

    @property
    def annotated(self) -> bool:
        """Whether one of its sides is annotated."""
        return any(message.annotated for message in (self.request, self.response) if message)

    @property
    def title(self) -> str:
        """The heading that says what it is an example of: the innermost one that does not only name a side."""
        return title_of(self.request, self.response)

    @cached_property
    def ignored(self) -> bool:
        """Whether its annotations keep all of it from checks and export."""
        return all(message.ignored for message in (self.request, self.response) if message)


@dataclass(frozen=True)
class PageExchanges:
    """All messages of a page, the exchanges they make, and the defects met on the way."""

    exchanges: tuple[Exchange, ...] = ()
    messages: tuple[Message, ...] = ()
    operation: Operation = field(default_factory=Operation)
    defects: tuple[Defect, ...] = ()
