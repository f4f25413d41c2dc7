"""The names of the types that a page's text defines: as its readers find them, mostly without reading the page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docextract.markdown.annotation import BLOCK_TYPES, read_annotation
from docextract.markdown.page import Comment, type_key
from docextract.markdown.parser import parse
from docextract.reading.resource import read_resources
from docextract.reading.title import may_title_type
from docextract.text.json_text import read
from docextract.text.source import Slice, Source, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What follows the comment of a resource where the block below it surely is a code block.
_CODE_BELOW = re.compile(r"[ \t]*+\n(?:[ \t]*+\n)*+ {0,3}```[ \t]*+(?:json|http)?[ \t]*+\n", re.IGNORECASE)
_FENCE = re.compile(r"```[ \t]*(\S?)")
#: What may hide the lines after it: fences of another length, HTML that only its own end tag ends.
_COVER = re.compile(r"````|~~~|<(?:pre|script|style|textarea|\?|![A-Z\[])", re.IGNORECASE)
#: The annotation of a message, which need not be read to see that it names no type of the page.
_MESSAGE = re.compile(r'\s*\{\s*"blockType"\s*:\s*"(?:request|response|ignored)"\s*[,}]')
#: Names have no places here.
_NOWHERE = Span("", 1, 1, 1, 1)


def type_names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    r"""Return the names of the types that a page defines, in their order.

    The second part are those that the title gives without a namespace. The page is read only where a look
    at its comments and its title is not sure to find the same. Line ends are `\n`.
    """
    names = _plain_names(text)
    if names or (names is not None and not may_title_type(text)):
        return names, ()
    resources = read_resources(parse(Source.of("", text)))
    titled = tuple(one.name for one in resources if not one.annotated and "." not in one.name)
    return tuple(one.name for one in resources if one.annotated or "." in one.name), tuple(dict.fromkeys(titled))


def _plain_names(text: str) -> tuple[str, ...] | None:
    """Return the names that annotations of resources give; None if marks or places leave a doubt.

    There is none where every block type stands in a comment, and the comment of each resource stands
    directly above a code block, and both in no other block.
    """
    names: list[str] = []
    kinds = 0
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        comment = text[start + 4 : end if end >= 0 else None]
        if end < 0 or "`" in comment:
            if _may_annotate(comment):
                return None
        elif _MESSAGE.match(comment) and comment.count("blockType") == 1:
            kinds += 1
        elif _may_annotate(comment):
            kinds += comment.count('"blockType"')
            kind, values = _read(comment)
            if kind == "resource" and (name := values.get(type_key(values) or "")):
                if not _is_above_code(text, start, end + 3):
                    return None
                names.append(str(name).lstrip("#"))
        start = text.find("<!--", end) if end >= 0 else -1
    return tuple(names) if text.count('"blockType"') == kinds else None


def _may_annotate(comment: str) -> bool:
    """Whether a comment may be an annotation with a block type, however damaged it is."""
    if "blockType" in comment:
        return True
    return (
        comment.lstrip().startswith("{")
        and '"#page.annotation"' not in comment
        and ("\\" in comment or "blocktype" in comment.casefold())
    )


@lru_cache(maxsize=1024)
def _read(comment: str) -> tuple[str | None, Mapping[str, object]]:
    """Return the block type and the members of an annotation; nothing of other comments."""
    reading = read(comment)
    if not reading.defects and isinstance(reading.value, dict) and reading.value.get("blockType") in BLOCK_TYPES:
        return str(reading.value["blockType"]), reading.value
    annotation = read_annotation(Comment(Slice("", comment), _NOWHERE), before_block=True)
    return (annotation.block_type, annotation.values) if annotation else (None, {})


def _is_above_code(text: str, start: int, end: int) -> bool:
    """Whether the comment `text[start:end]` surely stands outside of other blocks and binds a code block."""
    above = text[text.rfind("\n\n", 0, start) + 1 : start]
    if above[-1:] not in ("", "\n") or not _CODE_BELOW.match(text, end):
        return False
    if "<" in above and any(line.lstrip().startswith("<") for line in above.split("\n")):
        return False
    marks = _FENCE.findall(text, 0, start)
    # A fence with an info string opens a block.
    return len(marks) % 2 == 0 and not any(marks[1::2]) and not _COVER.search(text, 0, start)


def stem_of(path: str) -> str:
    """Return the name that a page's file gives its type, case-folded: the last part of "intune-apps-mobileapp.md"."""
    return path.rpartition("/")[2].rpartition(".")[0].rpartition("-")[2].casefold()
