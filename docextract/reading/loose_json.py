"""JSON in a code block of its own: the body of the message above it, or the answer to the request above it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from docextract.findings import CheckId, Defect, Related
from docextract.markdown.zone import apart
from docextract.reading.exchange import Message
from docextract.reading.http_message import Response, bare_body
from docextract.reading.operation import about

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docextract.markdown.page import CodeBlock, Page

_INFO = ("", "http", "json", "jsonc", "json5", "msgraph-interactive")
_LOOSE_TYPES = (None, "example", "ignored")
_SAFE = ("GET", "HEAD", "DELETE", "OPTIONS", "TRACE")
_SENDING = ("POST", "PUT", "PATCH", "MERGE")
_NO_CONTENT = (204, 205, 304)
#: Words for a response in the languages that reference pages are written in.
_ANSWER = re.compile(
    r"\brespon|\breturn|\bresult|antwort|zurückgegeben|réponse|renvo|respuesta|resposta|risposta|ответ"
    r"|响应|返回|響應|回應|応答|レスポンス|返さ|응답|반환",
    re.IGNORECASE,
)


def with_loose_json(
    page: Page, messages: Sequence[Message], templates: Sequence[Message], defects: list[Defect]
) -> Iterator[Message]:
    """Yield the messages of a page with their bodies, and the answers that JSON alone gives.

    Bodies that stand in a code block of their own go to `defects`.
    """
    owned = {id(message.block) for message in (*messages, *templates)}
    below = _next_blocks(page, owned)
    for message, next_message in zip_longest(messages, messages[1:]):
        block = below.get(id(message.block))
        if next_message is not None and next_message.block is message.block:
            block = None
        answered = next_message is not None and next_message.is_response
        if block is not None and _is_body(page, message, block, answered):
            message, block = _with_body(message, block, defects), below.get(id(block))
        yield message
        if block is not None and not answered and _is_answer(page, message, block):
            yield Message(block, bare_body(block.content), message.notes)


def _next_blocks(page: Page, owned: set[int]) -> Mapping[int, CodeBlock]:
    """Return by the id of each block the one below it, if that is JSON; code in other languages is passed over."""
    blocks = [block for block in page.blocks if id(block) in owned or _language(block) in _INFO]
    return {
        id(above): block
        for above, block in pairwise(blocks)
        if id(block) not in owned and not apart(above.zones, block.zones) and _is_loose(block)
    }


def _language(block: CodeBlock) -> str:
    return next(iter(block.info.casefold().split()), "")


def _is_loose(block: CodeBlock) -> bool:
    """Whether a block that is no message holds JSON: an object or an array."""
    if block.block_type not in _LOOSE_TYPES or not block.content.text.lstrip().startswith(("{", "[")):
        return False
    body = bare_body(block.content).body
    return body is not None and body.reading.readable and isinstance(body.reading.value, dict | list)


def _is_body(page: Page, message: Message, block: CodeBlock, answered: bool) -> bool:
    """Whether JSON below a message without a body is its body."""
    http = message.http
    if http.body is not None or (block.block_type == "ignored") > message.ignored or _is_other(message):
        return False
    same, promised = block.headings == message.block.headings, _promises_body(message)
    if isinstance(http, Response):
        if http.status is None or http.status < 200 or http.status in _NO_CONTENT:
            return False
        return same and (promised or not _between(page, message, block))
    if http.method in _SAFE or about(block.headings[-1:]).response:
        return False
    if same and promised:
        return answered or not _announces_answer(page, message, block)
    return answered and http.method in _SENDING and _are_near(message, block)


def _is_other(message: Message) -> bool:
    """Whether a message says that its body is something else than JSON."""
    media_type = message.http.media_type
    return bool(media_type) and "json" not in str(media_type)


def _promises_body(message: Message) -> bool:
    """Whether the header or the annotation of a message says that it has a body."""
    http, annotation = message.http, message.annotation
    length = http.field("Content-Length")
    if length is not None and length.value.isdecimal():
        return int(length.value) > 0
    name = annotation.type_name if annotation and message.annotated else None
    return http.media_type is not None or (name is not None and name.rpartition(".")[2].casefold() != "none")


def _with_body(message: Message, block: CodeBlock, defects: list[Defect]) -> Message:
    body = bare_body(block.content).body
    # A code block that is not closed is reported by itself.
    if body is not None and not message.ignored and message.block.closed:
        side = "response" if message.is_response else "request"
        text = f"the body of the {side} stands in a code block of its own; put it below the header, after a blank line"
        related = (Related(body.source.span(), "the body"),)
        defects.append(Defect(CheckId.HTTP_FORM, text, message.span, related))
    return replace(message, http=replace(message.http, body=body), body_block=block)


def _is_answer(page: Page, message: Message, block: CodeBlock) -> bool:
    """Whether JSON below a request, after which no response follows, is its response."""
    if message.is_response or message.ignored or block.block_type == "ignored" or message.url is None:
        return False
    if about(block.headings[-1:]).response:
        return _are_near(message, block)
    if block.headings != message.block.headings:
        return False
    return getattr(message.http, "method", None) in ("GET", "HEAD") or _announces_answer(page, message, block)


def _are_near(message: Message, block: CodeBlock) -> bool:
    """Whether a message and a block stand in one section, or in two neighbouring ones of the same example."""
    return message.block.headings[:-1] == block.headings[:-1]


def _between(page: Page, message: Message, block: CodeBlock) -> bool:
    return bool(page.texts_between(message.block.fence.line, block.fence.line))


def _announces_answer(page: Page, message: Message, block: CodeBlock) -> bool:
    """Whether the text between a request and a block calls the block a response."""
    texts = page.texts_between(message.block.fence.line, block.fence.line)
    return any(_ANSWER.search(text.text) for text in texts)
