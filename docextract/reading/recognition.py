"""Which code blocks of a page are HTTP messages: by their content first, then by their annotation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.findings import CheckId, Defect, Related
from docextract.reading.exchange import Message
from docextract.reading.http_message import Request, Response, bare_body, parse
from docextract.reading.start_line import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.markdown.page import CodeBlock, Page
    from docextract.text.source import Slice

_INTERIM = range(100, 200)
_GLUED = re.compile(rf"(?:{'|'.join(METHODS)})(?=https?://|/)")
_URL = re.compile(r"https?://\S+$|/[\w{/]\S*$")
#: So many messages of one block are read at most: each is sought in all that is left of it.
_MOST = 20
#: A section may be as long as its page, and have many blocks: the texts further above are no notes on one.
_NOTES = 50
#: Block types that say of a block that it is something else than a message, whatever it holds.
_OTHERS = ("resource", "simulatedResponse", "testParams", "permissions")


def read_message(page: Page, block: CodeBlock, defects: list[Defect]) -> Message | None:
    """Read the message that a block begins with; what its annotation says wrongly of it goes to `defects`."""
    expected = block.block_type
    if expected in _OTHERS:
        return None
    http = parse(block.content)
    if expected in ("request", "response") and not isinstance(http, Request if expected == "request" else Response):
        defects.append(_not_http(block, expected, http))
        http = http or _salvage(block, expected)
    if http is None:
        return None
    return Message(block, http, _notes(page, block))


def mislabelled(message: Message) -> Defect | None:
    """Return what is wrong with an annotation that says that the block of a message is an example."""
    if message.block.block_type not in ("example", "samples") or message.annotation is None:
        return None
    side = "response" if message.is_response else "request"
    text = f"the block holds a {side}: its block type is '{message.block.block_type}', expected '{side}'"
    related = (Related(message.span, f"the {side}"),)
    return Defect(CheckId.ANNOTATION_BLOCK_TYPE, text, message.annotation.span("blockType"), related)


def whole(message: Message, defects: list[Defect]) -> Iterator[Message]:
    """Yield a message and those that follow in its block, each of which goes to `defects`."""
    final, rest = _final(message, defects)
    yield final
    first = message
    for _ in range(_MOST):
        http = parse(rest) if rest is not None else None
        if http is None:
            return
        following = Message(message.block, http, message.notes, first=False)
        if not message.ignored:
            defects.append(_second(first, following))
        yield following
        rest = http.next


def _final(message: Message, defects: list[Defect]) -> tuple[Message, Slice | None]:
    """Return the message that a block shows, and the text after it.

    An interim response is no answer: clients hand on the final one that follows (RFC 9110, section 15.2).
    """
    rest = message.http.next
    if rest is None or message.status not in _INTERIM or not isinstance(final := parse(rest), Response):
        return message, rest
    if not message.ignored:
        text = (
            f"the interim response {message.status} stands before the response; leave it out (RFC 9110, section 15.2)"
        )
        defects.append(
            Defect(CheckId.HTTP_FORM, text, message.span, (Related(final.start_line.span(), "the response"),))
        )
    return replace(message, http=final), final.next


def _second(first: Message, second: Message) -> Defect:
    what = "response" if second.is_response else "request"
    inside = "response" if first.is_response else "request"
    text = f"a {what} stands in the code block of a {inside}; give it a code block of its own"
    related = (Related(first.span, f"the {inside}"),)
    return Defect(CheckId.HTTP_FORM, text, second.span, related)


def _not_http(block: CodeBlock, expected: str, message: Request | Response | None) -> Defect:
    assert block.annotation is not None
    where = message.start_line.span() if message else bare_body(block.content).start_line.span()
    related = (Related(block.annotation.span("blockType"), f"the annotation says {expected}"),)
    wanted = "'METHOD url'" if expected == "request" else "a status line such as 'HTTP/1.1 200 OK'"
    what = "a response" if isinstance(message, Response) else "a request" if message else "no HTTP message"
    if message is None and expected == "request":
        what = _instead(bare_body(block.content).start_line.text) or what
    return Defect(CheckId.HTTP_SYNTAX, f"block annotated as {expected} holds {what}, expected {wanted}", where, related)


def _instead(line: str) -> str:
    """Return what a block begins with in the place of a request line, if that is known."""
    if line.startswith("curl "):
        return "a command of curl"
    if match := _GLUED.match(line):
        return f"a URL without a blank between it and {match[0]}"
    return "a URL without a method" if _URL.match(line) else ""


def _salvage(block: CodeBlock, expected: str) -> Request | Response:
    """Take a block without a start line for the side that its annotation names, so that pairing still works."""
    bare = bare_body(block.content)
    return Request(bare.start_line) if expected == "request" else bare


def _notes(page: Page, block: CodeBlock) -> tuple[Slice, ...]:
    heading = page.heading_before(block.fence.line)
    return page.texts_between(heading.line if heading else 0, block.fence.line, _NOTES)
