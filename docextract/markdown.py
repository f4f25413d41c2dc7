"""Source to Page: the only importer of markdown_it and frontmatter.

Only block rules run (CommonMark 0.31 and GFM tables); inline text stays raw, and tables are kept
as lines, whose rows are split on first use.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import table as gfm_table

from docextract.annotation import read_annotation
from docextract.findings import Defect, Related
from docextract.front_matter import read_front_matter
from docextract.page import Annotation, CodeBlock, Comment, Heading, Page, Paragraph, Table
from docextract.source import Slice

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from docextract.source import Source, Span

_COMMENT = re.compile(r"<!--(.*?)(-->|\Z)", re.DOTALL)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_TAB = re.compile(r"\[[^\]]*\]\(#tabs?/[^)]*\)\s*$", re.IGNORECASE)
#: What only the page itself holds, so that a fence around it was not closed (census 2.5).
_SWALLOWED = re.compile(
    r"^[ \t]*<!--[^\n]*(?:\n(?!-->)[^\n]*)?blockType|^[ \t]*`{3,}[ \t]*[\w-]+[ \t]*$|^#{1,6} [A-Z]", re.MULTILINE
)
_INNER_ANNOTATION = re.compile(r"<!--(?:(?!-->).)*?blockType(?:(?!-->).)*?-->", re.DOTALL)
#: In other languages a line may begin with `#` or hold a comment.
_MESSAGE_INFO = frozenset(("", "http", "json", "msgraph-interactive"))
_RESTARTS = 20
_EXAMPLE_OF_MARKDOWN = ("md", "markdown")


def parse(source: Source) -> Page:
    """Read a page. It never raises: what cannot be read is a defect of the page (DESIGN 4)."""
    front_matter, defects = read_front_matter(source)
    env: dict[str, Any] = {}
    builder = _Builder(source)
    start: int | None = front_matter.end_line
    for _ in range(_RESTARTS):
        if start is not None:
            start = builder.take_all(_parser().parse("\n" * start + "\n".join(source.lines[start:]), env))
    builder.finish()
    references = {label: ref["href"] for label, ref in env.get("references", {}).items()}
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
        references=references,
        defects=(*defects, *builder.defects),
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    return parser


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find a table as GFM 4.10 does, but leave its rows unsplit: one token, whose map has its lines."""
    if not gfm_table(state, start, end, True):
        return False
    if silent:
        return True
    terminators = state.md.block.ruler.getRules("blockquote")
    old_parent, state.parentType = state.parentType, "table"
    line = start + 2
    while line < end and state.sCount[line] >= state.blkIndent and not state.isEmpty(line):
        # No block that could end a table begins with a pipe.
        if state.is_code_block(line) or (
            not state.src.startswith("|", state.bMarks[line] + state.tShift[line])
            and any(rule(state, line, end, True) for rule in terminators)
        ):
            break
        line += 1
    token = state.push("pipe_table", "table", 0)
    token.map = [start, line]
    token.meta = {
        "columns": [state.bMarks[n] + state.tShift[n] for n in range(start, line)],
        "ends": state.eMarks[start:line],
    }
    token.content = state.src
    state.parentType = old_parent
    state.line = line
    return True


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
        self.code: list[tuple[int, int]] = []
        self._path: tuple[Heading, ...] = ()
        self._containers: list[list[_Pending]] = [[]]
        self._heading_level = 0
        self._marker = ""
        self._resume: int | None = None

    def take_all(self, tokens: list[Token]) -> int | None:
        """Take tokens; give the line (0-based) to read on from where an unclosed fence swallowed the rest."""
        for token in tokens:
            self.take(token)
            if self._resume is not None:
                resume, self._resume = self._resume, None
                self._containers = [[]]
                return resume
        return None

    def take(self, token: Token) -> None:
        if token.type in ("list_item_open", "blockquote_open"):
            self._containers.append([])
            self._marker = token.info + token.markup
        elif token.type in ("list_item_close", "blockquote_close"):
            self._unbound(self._containers.pop())
            self._marker = ""
        elif token.type == "heading_open":
            self._heading_level = int(token.tag[1:])
        elif token.map is not None:
            self._take_block(token, token.map[0] + 1, token.map[1])

    def _take_block(self, token: Token, first: int, last: int) -> None:
        if token.type == "inline":
            self._take_text(token, first, last)
        elif token.type == "html_block":
            self._take_comments(self.source.slice_lines(first, last))
        elif token.type == "fence":
            self._take_fence(token, first, last)
        elif token.type == "code_block":
            self.code.append((first, last))
        elif token.type == "pipe_table":
            self.tables.append(Table(tuple(_table_lines(self.source, token)), self._path))
            self._interrupt("a table")

    def _take_text(self, token: Token, first: int, last: int) -> None:
        text = self.source.slice_lines(first, last)
        if self._heading_level:
            self._take_heading(token, self._heading_level)
            self._heading_level = 0
            return
        self.paragraphs.append(Paragraph(text, self._path, self._marker))
        if "<!--" in text.text:
            self._take_comments(text)
        self._interrupt("a paragraph")

    def _take_heading(self, token: Token, level: int) -> None:
        # Docfx tabs are written as headings (DESIGN 4.4).
        if _TAB.match(token.content):
            return
        assert token.map is not None
        heading = Heading(level, token.content, self.source.line_span(token.map[0] + 1))
        self.headings.append(heading)
        self._path = (*(above for above in self._path if above.level < level), heading)
        self._interrupt("a heading")

    def _take_comments(self, text: Slice) -> None:
        raw = _CODE_SPAN.sub(lambda match: " " * len(match[0]), text.text) if "`" in text.text else text.text
        masked = raw if not text.text.lstrip().startswith("<") else text.text
        for match in _COMMENT.finditer(masked):
            comment = Comment(
                text.part(match.start(1), match.end(1)), text.span(match.start(), match.end()), bool(match[2])
            )
            self.comments.append(comment)
            self._pend(comment)

    def _pend(self, comment: Comment) -> None:
        pending = self._containers[-1]
        annotation = read_annotation(comment, before_block=False)
        if annotation is not None:
            self._unbound(pending)
            pending.clear()
            pending.append(_Pending(comment, annotation))
        elif comment.text.text.lstrip().startswith("{") and not pending:
            # It may turn out to be an annotation without a block type.
            pending.append(_Pending(comment, None))

    def _interrupt(self, what: str) -> None:
        for pending in self._containers[-1]:
            pending.between = pending.between or what

    def _unbound(self, pending: list[_Pending]) -> None:
        for item in pending:
            if item.annotation is not None:
                self.annotations.append(item.annotation)
                message = "annotation binds no code block: none follows it in its section of the page"
                self.defects.append(Defect("annotation-unbound", message, item.comment.span))

    def _take_fence(self, token: Token, first: int, last: int) -> None:
        annotation = self._bind(self.source.line_span(first))
        self.code.append((first, last))
        info = token.info.strip()
        words = info.casefold().split()
        if len(token.markup) > 3 or (words and words[0] in _EXAMPLE_OF_MARKDOWN):
            return
        closing = self.source.lines[last - 1].strip(" >\t") if last > first else ""
        closed = last > first and len(closing) >= len(token.markup) and not closing.strip(token.markup[0])
        content = _fence_content(self.source, token, first)
        fence = self.source.line_span(first)
        if swallowed := _swallowed(content, words):
            self._resume = content.line + content.text.count("\n", 0, swallowed.start()) - 1
            self._report_swallowed(content, swallowed.start(), fence)
            content, last, closed = content.part(0, swallowed.start()), self._resume, False
            self.code[-1] = (first, last)
            self._report_unclosed(fence)
        self.blocks.append(CodeBlock(info, content, fence, last, closed, self._path, annotation))

    def _report_unclosed(self, fence: Span) -> None:
        assert self._resume is not None
        related = (Related(self.source.line_span(self._resume + 1), "what it swallows begins here"),)
        message = "code block is not closed and swallows what follows; close it before the next heading or annotation"
        self.defects.append(Defect("unclosed-fence", message, fence, related))

    def _report_swallowed(self, content: Slice, start: int, fence: Span) -> None:
        """Report the first annotation in an unclosed code block: readers that do not recover lose it."""
        inner = _INNER_ANNOTATION.search(content.text, start)
        if inner:
            related = (Related(fence, "the code block that is not closed"),)
            message = "annotation stands inside a code block that is not closed, so it binds nothing"
            self.defects.append(Defect("annotation-unbound", message, content.span(*inner.span()), related))

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
            self.defects.append(Defect("annotation-unbound", message, item.comment.span, related))
        return annotation

    def finish(self) -> None:
        for pending in self._containers:
            self._unbound(pending)


class _Pending:
    """A comment that waits for its code block, and what stood between."""

    __slots__ = ("annotation", "between", "comment")

    def __init__(self, comment: Comment, annotation: Annotation | None) -> None:
        self.comment = comment
        self.annotation = annotation
        self.between = ""


def _swallowed(content: Slice, info: list[str]) -> re.Match[str] | None:
    """Find the first line that a fence should not hold; the first word of the info string tells the language."""
    if info and info[0] not in _MESSAGE_INFO:
        return None
    return _SWALLOWED.search(content.text)


def _table_lines(source: Source, token: Token) -> list[Slice]:
    """Give the lines of a table without the indentation and marks of their containers."""
    assert token.map is not None
    lines = []
    for number, start, end in zip(range(*token.map), token.meta["columns"], token.meta["ends"], strict=True):
        text = token.content[start:end].rstrip()
        raw = source.lines[number].rstrip()
        column = len(raw) - len(text) + 1 if raw.endswith(text) else 1
        lines.append(Slice(source.path, raw[column - 1 : column - 1 + len(text)], number + 1, (column,)))
    return lines


def _fence_content(source: Source, token: Token, first: int) -> Slice:
    """Give the content of a fence; markdown-it has taken away the indentation of its lines."""
    if token.level == 0 and source.lines[first - 1][:1] in "`~":
        return Slice(source.path, token.content, first + 1)
    columns = []
    for line, raw in zip(token.content.split("\n"), source.lines[first:], strict=False):
        columns.append(len(raw) - len(line) + 1 if raw.endswith(line) else 1)
    return Slice(source.path, token.content, first + 1, tuple(columns))
