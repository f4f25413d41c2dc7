"""Which requests of a page are path templates: they show the form of the URLs and no exchange."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from docextract.reading.operation import about
from docextract.reading.start_line import is_request
from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.markdown.page import Page
    from docextract.reading.exchange import Message

#: Sections after which request lines are examples of what the section says.
_DETAILS = re.compile(r"\b(?:parameters?|examples?|headers?|request body)\b")
_OPTIONAL = re.compile(r"\[[?&][^\[\]]*\]")
_OPTION = re.compile(r"[^=&]*=\{[^{}]*\}|\{[^{}]*\}")


def path_templates(page: Page, messages: Sequence[Message]) -> list[Message]:
    """Return the path templates among the messages of a page.

    Requests in the HTTP request section are, unless their annotation says that they are requests.
    """
    before = _Before(page, messages)
    return [message for message in messages if not message.is_response and _is_template(message, before)]


def _is_template(request: Message, before: _Before) -> bool:
    if request.annotated:
        return False
    section = about(request.block.headings)
    if section.templates or section.example:
        return not section.example
    return request.block.block_type == "samples" or (_looks_like_one(request) and before.holds(request))


def _looks_like_one(request: Message) -> bool:
    """Whether a block holds nothing but request lines without query options, below no more than two headings."""
    lines = [line for line in request.block.content.text.split("\n") if line.strip()]
    return len(request.block.headings) < 3 and all(is_request(line) and not _asks(line) for line in lines)


def _asks(line: str) -> bool:
    """Whether a URL has a query option with a value, as examples have; square brackets mark what may be left out."""
    query = _OPTIONAL.sub("", line).partition("?")[2].strip()
    return bool(query) and not all(_OPTION.fullmatch(option) for option in query.split("&"))


@dataclass(frozen=True)
class _Before:
    """The part of a page where request lines are templates though no heading says so.

    It ends at the line of the first response, or of the first section on parameters or examples, and
    a request under other headings follows: the last one, or the last whose headings are not those. It is
    sought when a request may stand in it, which few do.
    """

    page: Page
    messages: Sequence[Message]

    @cached_property
    def _end(self) -> int:
        """The line at which it ends; 0 on a page without responses, which has none."""
        responses = (message.block.fence.line for message in self.messages if message.is_response)
        details = (heading.line for heading in self.page.headings if _DETAILS.search(heading.words))
        first = next(responses, 0)
        return min(first, next(details, first)) if first else 0

    @cached_property
    def _later(self) -> tuple[Message, ...]:
        requests = [message for message in reversed(self.messages) if not message.is_response]
        apart = (other for other in requests if other.block.headings != requests[0].block.headings)
        return (*requests[:1], *islice(apart, 1))

    def holds(self, request: Message) -> bool:
        """Whether a request stands in that part."""
        line, headings = request.block.fence.line, request.block.headings
        return line < self._end and any(m.block.fence.line > line and m.block.headings != headings for m in self._later)
