"""Tokens to the parts of a page, in one pass; inline text stays raw, tables are kept as lines."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from docextract.findings import CheckId, Defect, Related
from docextract.markdown.annotation import is_braced, page_annotation_defects, read_annotation
from docextract.markdown.comment import comments, masked
from docextract.markdown.damaged_comment import bare_annotation, swallowed_fence
from docextract.markdown.heading import Heading, without_anchor
from docextract.markdown.lost_fence import (
    MESSAGE_INFO,
    indented_opening,
    odd_closing,
    short_closing,
    swallowed_line,
    without_opening,
)
from docextract.markdown.page import (
    Annotation,
    CodeBlock,
    Comment,
    Paragraph,
    Table,
    is_delimiter_row,
)
from docextract.markdown.zone import is_zone_mark, read_zones, zones_at
from docextract.text.source import Slice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markdown_it.token import Token

    from docextract.markdown.blocks import Block
    from docextract.markdown.lost_fence import Rest
    from docextract.markdown.zone import Zone
    from docextract.text.source import Source, Span

_TAB = re.compile(r"\[[^\]]*\]\(#tabs?/[^)]*\)\s*$", re.IGNORECASE)
_COMMENT_MARKS = "<>!-\u2013\u2014 \t\n"
_EXAMPLE_OF_MARKDOWN = ("md", "markdown")
#: The levels of headings by their tags.
_LEVELS = {f"h{level}": level for level in range(1, 7)}


class _Pending:
    """A comment that waits for its code block, and what stood between."""

    __slots__ = ("annotation", "between", "comment")

    def __init__(self, comment: Comment, annotation: Annotation | None) -> None:
        self.comment = comment
        self.annotation = annotation
        self.between = ""


class Builder:
    """Collects the parts of a page in one pass over its tokens: `take_all`, again where that says so, then `finish`."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.headings: list[Heading] = []
        self.blocks: list[CodeBlock] = []
        self.tables: list[Table] = []
        self.paragraphs: list[Paragraph] = []
        self.comments: list[Comment] = []
        self.annotations: list[Annotation] = []
        self.defects: list[Defect] = []
        self.html_tables: list[Slice] = []
        self.code: list[tuple[int, int]] = []
        self._marked = ":::" in source.text
        self.zones = read_zones(source) if self._marked else ()
        self._path: tuple[Heading, ...] = ()
        self._containers: list[list[_Pending]] = [[]]
        self._heading_level = 0
        self._marker = ""
        self._resume: int | None = None

    def take_all(self, tokens: list[Token | Block]) -> int | None:
        """Take tokens; give the line (0-based) to read on from where an unclosed fence swallowed the rest."""
        takers = self._takers
        for token in tokens:
            # Tokens that only group others say nothing.
            if take := takers.get(token.type):
                take(self, token)
            if self._resume is not None:
                resume, self._resume = self._resume, None
                # An annotation whose comment swallowed its code block still waits for it.
                self._containers = [self._containers[-1]]
                return resume
        return None

    def _take_heading(self, token: Token | Block) -> None:
        self._head(token, _LEVELS[token.tag])

    def _open_heading(self, token: Token | Block) -> None:
        self._heading_level = _LEVELS[token.tag]

    def _take_html(self, token: Token | Block) -> None:
        html = self.source.slice_lines(*_lines(token))
        if html.text.lstrip()[:6].casefold() == "<table":
            self.html_tables.append(html)
        self._take_comments(html, masked(html.text))

    def _take_comment(self, token: Token | Block) -> None:
        self._take_comments(Slice(self.source.path, token.content, _lines(token)[0]), token.content)

    def _open_container(self, token: Token | Block) -> None:
        self._containers.append([])
        self._marker = token.info + token.markup

    def _close_container(self, _: Token | Block) -> None:
        self._unbound(self._containers.pop())
        self._marker = ""

    def _take_table(self, token: Token | Block) -> None:
        assert token.meta is not None
        texts: list[str] = token.meta["rows"]
        first = _lines(token)[0]
        for line, part in _between_marks(first, texts) if self._marked else ((first, texts),):
            self.tables.append(Table(self.source, line, tuple(part), self._path, self._zones_at(line)))
        self._interrupt("a table")

    def _zones_at(self, line: int) -> tuple[Zone, ...]:
        return zones_at(line, self.zones) if self.zones else ()

    def _take_inline(self, token: Token | Block) -> None:
        first, last = _lines(token)
        if self._heading_level:
            self._head(token, self._heading_level)
            self._heading_level = 0
        else:
            self._take_text(self.source.slice_lines(first, last), last)

    def _take_prose(self, token: Token | Block) -> None:
        first, last = _lines(token)
        self._take_text(Slice(self.source.path, token.content, first), last)

    def _take_text(self, text: Slice, last: int) -> None:
        if self._awaits_block() and (rest := without_opening(self.source, text.line)):
            message = "code block is not opened: readers see its text as prose; write a line of three backticks above"
            if rest.marks:
                message = f"code block is opened by {rest.marks} backticks, expected three"
            self._take_rest(text.line, rest, message)
            return
        self.paragraphs.append(Paragraph(text, last, self._path, self._marker))
        if "<!--" in text.text:
            self._take_comments(text, masked(text.text))
        elif '"blockType"' in text.text and self._take_bare_annotation(text):
            return
        self._interrupt("a paragraph")

    def _head(self, token: Token | Block, level: int) -> None:
        # Docfx tabs are written as headings.
        if "](#tab" in token.content and _TAB.match(without_anchor(token.content)):
            return
        heading = Heading(level, token.content, self.source, _lines(token)[0])
        self.headings.append(heading)
        path = self._path
        while path and path[-1].level >= level:
            path = path[:-1]
        self._path = (*path, heading)
        self._interrupt("a heading")

    def _take_comments(self, text: Slice, masked: str) -> None:
        """Take the comments of a text, given also with blanks in place of its code."""
        for start, end, closed in comments(masked):
            inside = start + len("<!--")
            swallowed = swallowed_fence(masked[inside:end]) if masked.find("```", inside, end) >= 0 else None
            if swallowed:
                end, closed = inside + swallowed[0], False
            comment = Comment(text.part(inside, end), text.span(start, end + 3 if closed else end), closed)
            self.comments.append(comment)
            self.defects.extend(page_annotation_defects(comment))
            self._pend(comment)
            if swallowed:
                self._report_unclosed_comment(text.span(end - 1, end))
                self._resume = text.line + text.text.count("\n", 0, inside + swallowed[1]) - 1
                return

    def _take_bare_annotation(self, text: Slice) -> bool:
        """Take a paragraph that is an annotation whose comment marks are damaged."""
        bare = bare_annotation(text.text)
        if bare is None:
            return False
        start, end = bare
        before, after = text.text[:start], text.text[end:]
        if (before.rpartition("\n")[2] + after).strip(_COMMENT_MARKS):
            return False
        message = "annotation stands outside a comment, so readers see it; put it between '<!--' and '-->'"
        comment = Comment(text.part(start, end), text.span(start, end))
        self.defects.append(Defect(CheckId.ANNOTATION_SYNTAX, message, comment.span))
        self.comments.append(comment)
        self._pend(comment)
        return True

    def _report_unclosed_comment(self, end: Span) -> None:
        message = "the comment of the annotation is not closed and swallows its code block; add '-->' here"
        self.defects.append(Defect(CheckId.ANNOTATION_SYNTAX, message, end))

    def _pend(self, comment: Comment) -> None:
        pending = self._containers[-1]
        annotation = read_annotation(comment, before_block=False)
        if annotation is not None:
            self._unbound(pending)
            pending.clear()
            pending.append(_Pending(comment, annotation))
        elif is_braced(comment.text.text) and not pending:
            # It may turn out to be an annotation without a block type.
            pending.append(_Pending(comment, None))

    def _interrupt(self, what: str) -> None:
        for pending in self._containers[-1]:
            pending.between = pending.between or what

    def _unbound(self, pending: list[_Pending]) -> None:
        for item in pending:
            if item.annotation is None:
                continue
            self.annotations.append(item.annotation)
            # One that says that its block is to be ignored loses nothing by binding none.
            if item.annotation.block_type != "ignored":
                message = "annotation binds no code block: none follows it in its section of the page"
                self.defects.append(Defect(CheckId.ANNOTATION_UNBOUND, message, item.comment.span))

    def _awaits_block(self) -> bool:
        """Whether an annotation stands directly above, outside of all containers."""
        pending = self._containers[-1]
        return bool(pending) and len(self._containers) == 1 and not pending[-1].between

    def _take_indented_code(self, token: Token | Block) -> None:
        first, last = _lines(token)
        self.code.append((first, last))
        rest = indented_opening(self.source, first) if len(self._containers) == 1 else None
        if rest is not None and (self._awaits_block() or rest.closing > last):
            message = (
                "the line that opens a code block is indented by four blanks or more, so it opens none; outdent it"
            )
            self._take_rest(first, rest, message)

    def _take_rest(self, first: int, rest: Rest, message: str) -> None:
        """Take a code block from its first line on though no fence opens it."""
        where = self.source.line_span(first)
        annotation = self._bind(where)
        self.code.append((first, rest.closing))
        self.defects.append(Defect(CheckId.UNCLOSED_FENCE, message, where))
        block = CodeBlock(rest.info, rest.content, where, rest.closing, True, self._path, annotation)
        self.blocks.append(replace(block, zones=self._zones_at(first)))
        self._resume = rest.closing

    def _take_fence(self, token: Token | Block) -> None:
        first, last = _lines(token)
        fence = self.source.line_span(first)
        annotation = self._bind(fence)
        self.code.append((first, last))
        info = token.info.strip()
        words = info.casefold().split()
        if words and words[0] in _EXAMPLE_OF_MARKDOWN:
            return
        closing = self.source.lines[last - 1].strip(" >\t") if last > first else ""
        closed = last > first and len(closing) >= len(token.markup) and not closing.strip(token.markup[0])
        content = _fence_content(self.source, token, first)
        if len(token.markup) > 3:
            short = None if closed or (words and words[0] not in MESSAGE_INFO) else short_closing(content)
            if short is not None:
                self._take_short(token, content.part(0, short.start()), fence, annotation)
            return
        if swallowed := swallowed_line(content, words):
            self._resume = content.line + content.text.count("\n", 0, swallowed.start()) - 1
            content, last, closed = content.part(0, swallowed.start()), self._resume, False
            self.code[-1] = (first, last)
            if odd := odd_closing(content):
                self._report_odd_closing(content.part(odd.start("marks"), odd.end("marks")), fence, token.markup)
                content = content.part(0, odd.start())
            else:
                self._report_unclosed(fence, closes_nothing=not info and not content.text.strip())
            if not content.text.strip():
                return
        zones = self._zones_at(first)
        self.blocks.append(CodeBlock(info, content, fence, last, closed, self._path, annotation, zones))

    def _take_short(self, token: Token | Block, content: Slice, fence: Span, annotation: Annotation | None) -> None:
        """Take a code block that a fence with fewer backticks than its opening one was meant to close."""
        self._resume = last = content.line + content.text.count("\n")
        self.code[-1] = (fence.line, last)
        number = len(token.markup)
        message = f"code block is opened by {number} backticks and the line that should close it has fewer"
        related = (Related(self.source.line_span(last), "this line does not close it"),)
        self.defects.append(Defect(CheckId.UNCLOSED_FENCE, message, fence, related))
        block = CodeBlock(token.info.strip(), content, fence, last, False, self._path, annotation)
        self.blocks.append(replace(block, zones=self._zones_at(fence.line)))

    def _report_odd_closing(self, marks: Slice, fence: Span, markup: str) -> None:
        message = f"code block is opened by {markup} and not closed by {marks.text}; write {markup} in its place"
        related = (Related(marks.span(), "this line does not close it"),)
        self.defects.append(Defect(CheckId.UNCLOSED_FENCE, message, fence, related))

    def _report_unclosed(self, fence: Span, *, closes_nothing: bool) -> None:
        assert self._resume is not None
        related = (Related(self.source.line_span(self._resume + 1), "what it swallows begins here"),)
        message = "code block is not closed and swallows what follows; close it before the next heading or annotation"
        if closes_nothing:
            message = "this line closes no code block: the line that should open one is missing or misspelt above it"
        self.defects.append(Defect(CheckId.UNCLOSED_FENCE, message, fence, related))

    def _bind(self, fence: Span) -> Annotation | None:
        pending = self._containers[-1]
        if not pending:
            return None
        item = pending.pop()
        annotation = item.annotation
        if annotation is None and not item.between:
            annotation = read_annotation(item.comment, before_block=True)
        if annotation is None:
            return None
        self.annotations.append(annotation)
        if item.between and annotation.block_type != "ignored":
            message = f"{item.between} stands between the annotation and its code block"
            related = (Related(fence, "the code block that it binds"),)
            self.defects.append(Defect(CheckId.ANNOTATION_UNBOUND, message, item.comment.span, related))
        return annotation

    def finish(self) -> None:
        """Take the annotations that still wait for a code block as bound to none."""
        for pending in self._containers:
            self._unbound(pending)

    #: What takes the tokens of each type.
    _takers: ClassVar[Mapping[str, Callable[[Builder, Token | Block], None]]] = {
        "inline": _take_inline,
        "prose": _take_prose,
        "heading": _take_heading,
        "heading_open": _open_heading,
        "html_block": _take_html,
        "comment": _take_comment,
        "fence": _take_fence,
        "code_block": _take_indented_code,
        "pipe_table": _take_table,
        "list_item_open": _open_container,
        "blockquote_open": _open_container,
        "list_item_close": _close_container,
        "blockquote_close": _close_container,
    }


def _between_marks(line: int, texts: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the tables in what GFM takes for one: the mark of a zone directly below a table is no row of it."""
    start = 0
    ends = [i for i, text in enumerate(texts) if is_zone_mark(text)]
    for end in (*ends, len(texts)):
        part = texts[start:end]
        if start == 0 or (len(part) > 1 and is_delimiter_row(part[1])):
            yield line + start, part
        start = end + 1


def _lines(token: Token | Block) -> tuple[int, int]:
    """Give the first and last line of a block, 1-based."""
    assert token.map is not None
    return token.map[0] + 1, token.map[1]


def _fence_content(source: Source, token: Token | Block, first: int) -> Slice:
    """Give the content of a fence; markdown-it has taken away the indentation of its lines.

    Where it has taken away a part of a tab, and put blanks in place of the rest, these are left out: no
    character of the page is there for them.
    """
    if first >= len(source.lines):
        # The fence ends the page, so no line is there for its content.
        return Slice(source.path, "", first, (len(source.lines[first - 1]) + 1,))
    if token.level == 0 and source.lines[first - 1][:1] in "`~":
        return Slice(source.path, token.content, first + 1)
    lines, columns, number = [], [], token.content.count("\n") + 1
    for line, raw in zip(token.content.split("\n"), source.lines[first : first + number], strict=False):
        found = line if raw.endswith(line) else line.lstrip(" ")
        lines.append(found)
        columns.append(len(raw) - len(found) + 1 if raw.endswith(found) else 1)
    return Slice(source.path, "\n".join(lines), first + 1, tuple(columns))
