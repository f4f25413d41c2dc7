"""Which requests of a page are path templates: they show the form of the URLs and no exchange."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.reading.operation import About, about
from docextract.reading.start_line import is_request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.markdown.page import Page
    from docextract.reading.exchange import Message

#: Sections after which request lines are examples of what the section says.
_DETAILS = re.compile(r"\b(?:parameters?|examples?|headers?|request body)\b")
_OPTIONAL = re.compile(r"\[[?&][^\[\]]*\]")
_OPTION = re.compile(r"[^=&]*=\{[^{}]*\}|\{[^{}]*\}")


def is_template(page: Page, message: Message, messages: Sequence[Message]) -> bool:
    """Whether a message is a path template; `messages` are all of the page.

    Requests in the HTTP request section are, unless their annotation says that they are requests.
    """
    if message.is_response or message.annotated:
        return False
    section = about(message.block.headings)
    if section & (About.TEMPLATES | About.EXAMPLE):
        return About.EXAMPLE not in section
    return message.block.block_type == "samples" or _looks_like_one(page, message, messages)


def _looks_like_one(page: Page, message: Message, messages: Sequence[Message]) -> bool:
    """Whether a block holds nothing but request lines, before all that is said of them and before the examples."""
    lines = [line for line in message.block.content.text.split("\n") if line.strip()]
    if len(message.block.headings) > 2 or not all(is_request(line) and not _asks(line) for line in lines):
        return False
    at = message.block.fence.line
    above = [heading for heading in page.headings if heading.line < at]
    return (
        not any(_DETAILS.search(heading.words) for heading in above)
        and not any(other.is_response and other.block.fence.line < at for other in messages)
        and any(_is_later_request(other, message) for other in messages)
        and any(other.is_response for other in messages)
    )


def _asks(line: str) -> bool:
    """Whether a URL has a query option with a value, as examples have; square brackets mark what may be left out."""
    query = _OPTIONAL.sub("", line).partition("?")[2].strip()
    return bool(query) and not all(_OPTION.fullmatch(option) for option in query.split("&"))


def _is_later_request(other: Message, message: Message) -> bool:
    later = other.block.fence.line > message.block.fence.line
    return later and not other.is_response and other.block.headings != message.block.headings
