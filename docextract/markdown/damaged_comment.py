"""Annotations whose comment marks are damaged: the end is missing, or both are."""

from __future__ import annotations

import re

from docextract.markdown.annotation import is_braced

_FENCE_LINE = re.compile(r"\n[ \t]*(?=```)")
_DAMAGED_END = "-\u2013\u2014>"
_BLOCK_TYPE = re.compile(r'"blockType"\s*+:')
_END_OF_OBJECT = re.compile(r"[}`]")


def swallowed_fence(text: str) -> tuple[int, int] | None:
    """Find a fence in an annotation whose comment is not closed, and so goes on over its code block.

    Out: where the text of the annotation ends, of which a damaged `-->` is no part, and where the fence begins.
    """
    fence = _FENCE_LINE.search(text)
    if fence is None or not is_braced(text) or text.find('"blockType":', 0, fence.start()) < 0:
        return None
    end = fence.start()
    while text[end - 1] in _DAMAGED_END or text[end - 1].isspace():
        end -= 1
    return end, fence.end()


def bare_annotation(text: str) -> tuple[int, int] | None:
    """Find an object with a block type that stands in no comment: where it begins and ends, braces or not."""
    at = 0
    while key := _BLOCK_TYPE.search(text, at):
        closing = _END_OF_OBJECT.search(text, key.end())
        if closing is None or closing[0] == "}":
            brace, closed, tick = (text.rfind(mark, 0, key.start()) for mark in "{}`")
            start = max(brace, closed + 1, tick + 1, 0)
            return start, closing.end() if closing else len(text)
        at = closing.end()
    return None
