"""Source to Page: one pass over the blocks of a text; inline text stays raw, tables are kept as lines."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from docextract.findings import CheckId, Defect, Related
from docextract.markdown.annotation import is_braced, page_annotation_defects, read_annotation
from docextract.markdown.blocks import Blocks
from docextract.markdown.code_span import without_code
from docextract.markdown.damaged_comment import bare_annotation, swallowed_fence
from docextract.markdown.front_matter import read_front_matter
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
    Page,
    Paragraph,
    Table,
    is_delimiter_row,
)
from docextract.markdown.zone import is_zone_mark, read_zones, zones_at
from docextract.text.source import Slice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from docextract.markdown.blocks import Block
    from docextract.markdown.lost_fence import Rest
    from docextract.markdown.zone import Zone
    from docextract.text.source import Source, Span

_COMMENT = re.compile(r"<!--(.*?)(-->|\Z)", re.DOTALL)
_TAB = re.compile(r"\[[^\]]*\]\(#tabs?/[^)]*\)\s*$", re.IGNORECASE)
_COMMENT_MARKS = "<>!-\u2013\u2014 \t\n"
_RESTARTS = 20
#: A page of fewer lines shows no habit.
_FEW_LINES = 5
_EXAMPLE_OF_MARKDOWN = ("md", "markdown")


def parse(source: Source) -> Page:
    """Read a page. It never raises: what cannot be read is a defect of the page."""
    front_matter, defects = read_front_matter(source)
    blocks, builder = Blocks(source.text), _Builder(source)
    start: int | None = front_matter.end_line
    for _ in range(_RESTARTS):
        if start is not None:
            start = builder.take_all(blocks.read(start))
    builder.finish()
    return Page(
        source,
        front_matter,
        headings=tuple(builder.headings),
        blocks=tuple(builder.blocks),
        tables=tuple(builder.tables),
        paragraphs=tuple(builder.paragraphs),
        comments=tuple(builder.comments),
        code=tuple(builder.code),
        annotations=tuple(builder.annotations),
        references=blocks.references,
        defects=(*defects, *_doubled(source), *builder.defects),
        html_tables=tuple(builder.html_tables),
    )


class _Pending:
    """A comment that waits for its code block, and what stood between."""

    __slots__ = ("annotation", "between", "comment")

    def __init__(self, comment: Comment, annotation: Annotation | None) -> None:
        self.comment = comment
        self.annotation = annotation
        self.between = ""


class _Builder:
    """Collects the blocks of a page in one pass over its tokens."""

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
        self.zones = read_zones(source)
        self._marked = ":::" in source.text
        self._path: tuple[Heading, ...] = ()
        self._containers: list[list[_Pending]] = [[]]
        self._heading_level = 0
        self._marker = ""
        self._resume: int | None = None

    def take_all(self, tokens: list[Token | Block]) -> int | None:
        """Take tokens; give the line (0-based) to read on from where an unclosed fence swallowed the rest."""
        for token in tokens:
            self.take(token)
            if self._resume is not None:
                resume, self._resume = self._resume, None
                # An annotation whose comment swallowed its code block still waits for it.
                self._containers = [self._containers[-1]]
                return resume
        return None

    def take(self, token: Token | Block) -> None:
        """Take one token; those that only group others say nothing."""
        match token.type:
            case "inline":
                self._take_text(token)
            case "heading":
                self._head(token, int(token.tag[1:]))
            case "heading_open":
                self._heading_level = int(token.tag[1:])
            case "html_block":
                html = self.source.slice_lines(*_lines(token))
                if html.text.lstrip()[:6].casefold() == "<table":
                    self.html_tables.append(html)
                self._take_comments(html)
            case "fence":
                self._take_fence(token)
            case "code_block":
                self._take_indented_code(token)
            case "pipe_table":
                self._take_table(token)
            case "list_item_open" | "blockquote_open":
                self._containers.append([])
                self._marker = token.info + token.markup
            case "list_item_close" | "blockquote_close":
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

    def _take_text(self, token: Token | Block) -> None:
        if self._heading_level:
            self._head(token, self._heading_level)
            self._heading_level = 0
            return
        if self._awaits_block() and (rest := without_opening(self.source, _lines(token)[0])):
            message = "code block is not opened: readers see its text as prose; write a line of three backticks above"
            if rest.marks:
                message = f"code block is opened by {rest.marks} backticks, expected three"
            self._take_rest(_lines(token)[0], rest, message)
            return
        first, last = _lines(token)
        text = self.source.slice_lines(first, last)
        self.paragraphs.append(Paragraph(text, last, self._path, self._marker))
        if "<!--" in text.text:
            self._take_comments(text)
        elif '"blockType"' in text.text and self._take_bare_annotation(text):
            return
        self._interrupt("a paragraph")

    def _head(self, token: Token | Block, level: int) -> None:
        # Docfx tabs are written as headings.
        if "](#tab" in token.content and _TAB.match(without_anchor(token.content)):
            return
        heading = Heading(level, token.content, self.source, _lines(token)[0])
        self.headings.append(heading)
        self._path = (*(above for above in self._path if above.level < level), heading)
        self._interrupt("a heading")

    def _take_comments(self, text: Slice) -> None:
        masked = text.text if text.text.lstrip().startswith("<") else without_code(text.text)
        for match in _COMMENT.finditer(masked):
            swallowed = swallowed_fence(match[1]) if "```" in match[1] else None
            end = match.start(1) + swallowed[0] if swallowed else match.end(1)
            span = text.span(match.start(), end if swallowed else match.end())
            comment = Comment(text.part(match.start(1), end), span, bool(match[2]) and not swallowed)
            self.comments.append(comment)
            self.defects.extend(page_annotation_defects(comment))
            self._pend(comment)
            if swallowed:
                self._report_unclosed_comment(text.span(end - 1, end))
                self._resume = text.line + text.text.count("\n", 0, match.start(1) + swallowed[1]) - 1
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
        return len(self._containers) == 1 and bool(pending) and not pending[-1].between

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
        for pending in self._containers:
            self._unbound(pending)


def _between_marks(line: int, texts: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the tables in what GFM takes for one: the mark of a zone directly below a table is no row of it."""
    start = 0
    ends = [i for i, text in enumerate(texts) if is_zone_mark(text)]
    for end in (*ends, len(texts)):
        part = texts[start:end]
        if start == 0 or (len(part) > 1 and is_delimiter_row(part[1])):
            yield line + start, part
        start = end + 1


def _doubled(source: Source) -> Iterator[Defect]:
    """Report line ends that were written twice: no line follows on another, not even in front matter or code."""
    if any(one.strip() and two.strip() for one, two in pairwise(source.lines)):
        return
    filled = [line for line in source.lines if line.strip()]
    if len(filled) >= _FEW_LINES and (filled[0].rstrip() == "---" or any(line.startswith("```") for line in filled)):
        text = (
            "each line end was written twice, so tables and headers are torn; save the page with one kind of line end"
        )
        yield Defect(CheckId.PAGE_UNREADABLE, text, source.line_span(1))


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
