"""The block structure of a text (CommonMark 0.31, GFM tables); the only importer of markdown_it.

Only block rules run. They are markdown-it's own; what is ours saves time and is held against all
of CommonMark by a test: a line is offered only to the rules that can begin with its first
character; headings, comments, fences and paragraphs have shorter rules where no container is
around them; and the rows of a table stay unsplit.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, Any, cast

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import code as indented_code
from markdown_it.rules_block import fence as any_fence
from markdown_it.rules_block import heading as any_heading
from markdown_it.rules_block import html_block as any_html_block

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown_it.ruler import Ruler
    from markdown_it.token import Token

    Rule = Callable[[StateBlock, int, int, bool], bool]

#: The characters with which the blocks of a rule begin; rules that are not here may begin with any.
_FIRST = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
_CHAINS = ("", "paragraph", "reference", "blockquote", "list")
#: Stands for a first character with which none of those begins.
_OTHER = ""
#: The characters with which a table's delimiter row begins.
_DELIMITER = frozenset("|-:")
#: The characters with which a line begins that may end a paragraph, or make a heading of it.
_INTERRUPTING = _DELIMITER.union("=", *(first for rule, first in _FIRST.items() if rule != "reference"))
#: One of a hyphen alone would be an item of a list.
_DELIMITER_ROW = re.compile(
    r"(?!-(?:[ \t]|$))\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$", re.MULTILINE
)
_OPENING = re.compile(r"(`{3,})([^`\n]*)$|(~{3,})([^\n]*)$", re.MULTILINE)
#: A heading that ends in no number sign, and in no white space but that of CommonMark.
_HEADING = re.compile(r"(#{1,6})(?:[ \t]++(?=\S)([^\n]*[^\s#]))?[ \t]*$", re.MULTILINE)


class Block:
    """A block as a token of markdown-it: `map` holds its first line and the one after its last, 0-based."""

    __slots__ = ("content", "info", "level", "map", "markup", "meta", "tag", "type")

    def __init__(self, kind: str, first: int, end: int, content: str = "", tag: str = "") -> None:
        self.type = kind
        self.map = [first, end]
        self.content = content
        self.tag = tag
        self.info = self.markup = ""
        self.level = 0
        self.meta: dict[str, Any] = {}


class Blocks:
    """The blocks of a text whose line ends and NULs are normalised; they may be read from any line on, again and again.

    A heading is one `heading` token, or as markdown-it has it. Of a paragraph there may be the
    `inline` token alone; a table is one `pipe_table` token, whose `meta` holds the offsets at which
    its lines begin and end in its content, the whole text.
    """

    def __init__(self, text: str) -> None:
        parser, self._rules = _parser()
        # The library would look at each line in turn, which takes longer than all its rules.
        self._state = StateBlock("", parser, {}, [])
        _lay_out(self._state, text)

    @property
    def references(self) -> dict[str, str]:
        """The targets of the reference definitions that were read, by normalised label."""
        return {label: reference["href"] for label, reference in self._state.env.get("references", {}).items()}

    def read(self, start: int) -> list[Token | Block]:
        """Return the tokens from a line (0-based) on, as if the lines above were empty."""
        state, rules = self._state, self._rules
        tokens: list[Token] = []
        state.tokens = tokens
        text, begins, shifts, ends, indents = state.src, state.bMarks, state.tShift, state.eMarks, state.sCount
        line, last, others = start, state.lineMax, rules[_OTHER]
        while line < last:
            at = begins[line] + shifts[line]
            if at >= ends[line]:
                line += 1
                continue
            state.line = line
            below = begins[line + 1] + shifts[line + 1]
            if text[below : below + 1] in _DELIMITER and _table(state, line, last, False):
                pass
            elif indents[line] > 3:
                indented_code(state, line, last, False)
            else:
                for rule in rules.get(text[at], others):
                    if rule(state, line, last, False):
                        break
            line = state.line
        return [*tokens]


def _lay_out(state: StateBlock, text: str) -> None:
    """Give a state its text, and where the lines of this begin, end and are indented to (CommonMark 2.2)."""
    lines = text.split("\n")
    if not lines[-1].strip(" \t"):
        lines.pop()
    shifts = [len(line) - len(line.lstrip(" \t")) for line in lines]
    lengths = list(map(len, lines))
    begins = [*map(add, accumulate(lengths, initial=0), range(len(lines)))]
    state.src, state.lineMax = text, len(lines)
    state.bMarks = [*begins, len(text)]
    state.eMarks = [*map(add, begins, lengths), len(text)]
    state.tShift = [*shifts, 0]
    tabbed = "\t" in text
    state.sCount = [*(_width(line, n) for line, n in zip(lines, shifts, strict=True)), 0] if tabbed else [*shifts, 0]
    state.bsCount = [0] * len(state.bMarks)


def _width(line: str, indent: int) -> int:
    """Return how wide the first characters of a line are with tabs expanded."""
    return len(line[:indent].expandtabs(4))


@cache
def _parser() -> tuple[MarkdownIt, Mapping[str, list[Rule]]]:
    """Give the parser, and the rules for what `Blocks` meets itself: neither tables nor indented code."""
    parser = MarkdownIt("commonmark").enable("table")
    ruler = parser.block.ruler
    ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    ruler.at("fence", _fence, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("lheading", "plain_paragraph", _paragraph)
    chains = {chain: _by_first(ruler, chain) for chain in _CHAINS}
    dispatched = {chain: [_dispatched(rules)] for chain, rules in chains.items()}
    ruler.getRules = lambda name="": dispatched[name]  # type: ignore[method-assign, assignment]
    others = {
        first: [rule for rule in rules if rule not in (_table, indented_code)] for first, rules in chains[""].items()
    }
    return parser, others


def _by_first(ruler: Ruler[Rule], chain: str) -> dict[str, list[Rule]]:
    """Give the rules of a chain by the first character of a line."""
    names = {rule.fn: rule.name for rule in ruler.__rules__}
    rules = [(rule, _FIRST.get(names[rule])) for rule in ruler.getRules(chain)]
    firsts = {_OTHER, *(first for _, own in rules for first in own or ())}
    return {first: [rule for rule, own in rules if own is None or (first and first in own)] for first in firsts}


def _dispatched(rules: Mapping[str, list[Rule]]) -> Rule:
    """Make one rule of many, which asks only those that fit the first character of the line."""
    anywhere = rules[_OTHER]

    def dispatch(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        for rule in rules.get(state.src[at : at + 1], anywhere):  # noqa: SIM110 (runs for every line)
            if rule(state, start, end, silent):
                return True
        return False

    return dispatch


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find a paragraph of a single line; outside of containers, also of more if none may begin another block."""
    if silent or state.is_code_block(start):
        return False
    line = start + 1
    while line < state.lineMax and not state.isEmpty(line):
        if state.level or state.src[_at(state, line)] in _INTERRUPTING:
            return False
        line += 1
    state.line = line
    _push(state, Block("inline", start, line))
    return True


def _push(state: StateBlock, block: Block) -> None:
    block.level = state.level
    state.tokens.append(cast("Token", block))


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find a heading in one search; those with a closing sequence or in containers are left to the library."""
    opening = None if silent or state.level or state.sCount[start] > 3 else _HEADING.match(state.src, _at(state, start))
    if opening is None:
        return any_heading(state, start, end, silent)
    state.line = start + 1
    _push(state, Block("heading", start, state.line, opening[2] or "", "h" + str(len(opening[1]))))
    return True


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find the end of a comment in one search; other HTML, and all in containers, is left to the library."""
    at = _at(state, start)
    if silent or state.level or state.sCount[start] > 3 or not state.src.startswith("<!--", at):
        return any_html_block(state, start, end, silent)
    closing = state.src.find("-->", at)
    state.line = bisect_right(state.bMarks, closing, 0, end) if closing >= 0 else end
    _push(state, Block("html_block", start, state.line))
    return True


def _at(state: StateBlock, line: int) -> int:
    """Give the offset of the first character of a line."""
    return state.bMarks[line] + state.tShift[line]


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find the end of an unindented fence in one search; fences in containers are left to the library."""
    if silent or state.level or state.sCount[start]:
        return any_fence(state, start, end, silent)
    opening = _OPENING.match(state.src, state.bMarks[start])
    if opening is None:
        return False
    markup = opening[1] or opening[3]
    first = state.eMarks[start] + 1
    closing = _closing(markup).search(state.src, first)
    last = bisect_left(state.bMarks, closing.start()) if closing else end
    state.line = last + 1 if closing else last
    content = state.src[first : closing.start() if closing else state.eMarks[end - 1] + 1]
    block = Block("fence", start, state.line, content)
    block.info, block.markup = opening[2] if opening[1] else opening[4], markup
    _push(state, block)
    return True


@cache
def _closing(markup: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}{markup[0]}{{{len(markup)},}}[ \t]*$", re.MULTILINE)


def _is_table(state: StateBlock, start: int) -> bool:
    """Whether a line and the one below are a header and a delimiter row with as many cells."""
    below = _DELIMITER_ROW.match(state.src, _at(state, start + 1))
    if not below or state.sCount[start + 1] < state.blkIndent or state.is_code_block(start + 1):
        return False
    header = state.src[_at(state, start) : state.eMarks[start]].strip()
    if "|" not in header or state.is_code_block(start):
        return False
    return _cells(header) == _cells(below[0].rstrip(" \t"))


def _cells(row: str) -> int:
    """Count the cells of a row: those outside the outer pipes, with nothing between, are none."""
    parting = row.count("|") - row.count("\\|")
    return parting + 1 - row.startswith("|") - (row.endswith("|") and not row.endswith("\\|"))


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find a table as GFM 4.10 does, but leave its rows unsplit."""
    if start + 2 > end or not _is_table(state, start):
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
    block = Block("pipe_table", start, line, state.src)
    block.meta = {
        "columns": [state.bMarks[n] + state.tShift[n] for n in range(start, line)],
        "ends": state.eMarks[start:line],
    }
    _push(state, block)
    state.parentType = old_parent
    state.line = line
    return True
