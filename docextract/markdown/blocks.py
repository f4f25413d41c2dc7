"""The block structure of a text (CommonMark 0.31, GFM tables); the only importer of markdown_it.

Nearly all blocks of a page are plain: they stand outside of containers, unindented, and nothing in
them may be anything else. One expression finds these. At the first line of any other block the
block rules of markdown-it are asked. A test holds the two together against all of CommonMark.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, Any, cast

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

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
_DELIMITERS = r"(?!-(?:[ \t]|$))\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$"
_DELIMITER_ROW = re.compile(_DELIMITERS, re.MULTILINE)
#: The types of the tokens of plain blocks.
_KINDS = {
    "heading": "heading",
    "fence": "fence",
    "comment": "comment",
    "table": "pipe_table",
    "rule": "hr",
    "prose": "prose",
    "quote": "prose",
    "list": "prose",
}
#: The tags of headings by their number signs.
_TAGS = {"#" * level: f"h{level}" for level in range(1, 7)}
#: What follows prose, or the lines of a table: a blank line, or a line that surely begins another block.
_BELOW = r"(?=\n(?:[ \t]*$|<!--|>|`{3,}[^`\n]*$|\#{1,6}(?:[ \t]|$))|\Z)"
#: A line of prose that begins no other block, below another or not.
_PROSE = r"(?![*_ \t]+$|[*][ \t]|\d+[.)](?:[ \t]|$))[^\s|\#`~<>=:+-][^\n]*+"
#: An item of a list that is one line of prose.
_ITEM = rf"[ ]{{1,4}}{_PROSE}"
#: What follows the items of a list: blank lines, and one that neither belongs to the last item nor is a further item.
_BELOW_ITEMS = r"(?=(?:\n[ \t]*)*+\Z|(?:\n[ \t]*){2,}+(?<=\n)[^\s*+-])"
#: A line of prose below another, which may end in no delimiter row.
_MORE = rf"\n[ \t]*[^ \t\n{re.escape(''.join(sorted(_INTERRUPTING)))}][^\n]*+"
#: A plain block below blank lines: a table whose rows begin with pipes, a heading without number signs at its end, a
#: fence of backticks, a comment, prose, a quotation of prose, a list of such lines. Any line above a delimiter row may
#: be a table's. What is taken of a line is never given back: what fits nowhere would be tried with each character less.
_PLAIN = re.compile(
    rf"""(?:[ \t]*\n)*+(?:
    (?P<table>
        (?P<head>[^\s\d\#`~<>*+_=:\[-][^\n]*+)\n(?P<delimiters>(?!\s){_DELIMITERS})(?:\n\|[^\n]*+)*+
    ){_BELOW}
    | (?!(?=[^\n]*+\n[ \t]*[|:-])[^\n|]*+\|)(?:
        (?P<heading>(?P<level>\#{{1,6}})(?:[ \t]++(?=\S)(?P<title>[^\n]*[^\s\#]))?[ \t]*$)
        | (?P<fence>(?P<ticks>`{{3,}}+)(?P<info>[^`\n]*+)\n(?P<code>(?:[^\n]*+\n)*?)[ ]{{0,3}}(?P=ticks)`*[ \t]*$)
        | (?P<comment>(?=<!--)(?s:.*?)-->[^\n]*+)
        | (?P<rule>-{{3,}}[ \t]*$)
        | (?P<quote>>[ ]?{_PROSE}(?:\n>[ ]?{_PROSE})*+)(?!\n>){_BELOW}
        | (?P<list>(?P<bullet>[*+-]){_ITEM}(?:\n(?P=bullet){_ITEM})*+){_BELOW_ITEMS}
        | (?P<prose>{_PROSE}(?:{_MORE})*+){_BELOW}
    ))""",
    re.MULTILINE | re.VERBOSE,
)


class Block:
    """A block as a token of markdown-it: `map` holds its first line and the one after its last, 0-based."""

    content = info = markup = tag = ""
    level = 0
    meta: Mapping[str, Any] | None = None

    def __init__(self, kind: str, first: int, end: int) -> None:
        self.type = kind
        self.map = [first, end]


class Blocks:
    """The blocks of a text whose line ends and NULs are normalised; they may be read from any line on, again and again.

    A heading is one `heading` token, or as markdown-it has it. Of a paragraph there may be the `inline`
    token alone, or a `prose` token whose `content` is all that its lines hold; so may a comment be a
    `comment` token. A table is one `pipe_table` token, whose `meta` holds its `rows`: the texts of its
    lines without what belongs to containers.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._references: dict[str, dict[str, str]] = {}

    @property
    def references(self) -> dict[str, str]:
        """The targets of the reference definitions that were read, by normalised label."""
        return {label: reference["href"] for label, reference in self._references.items()}

    def read(self, start: int) -> list[Token | Block]:
        """Return the tokens from a line (0-based) on, as if the lines above were empty."""
        text, line, at = self._text, start, _offset(self._text, start)
        end = len(text.rstrip(" \t\n"))
        blocks: list[Token | Block] = []
        below_definition = False
        while at < end:
            # Definitions follow each other in what looks like prose, all of which would be gone over for each.
            found = None if below_definition else _PLAIN.match(text, at)
            if found and (line_below := _take(found, line, blocks)):
                line, at = line_below, found.end() + 1
            else:
                known = len(blocks)
                line = self._read_other(blocks, line)
                at, below_definition = self._state.bMarks[line], len(blocks) == known
        return blocks

    def _read_other(self, blocks: list[Token | Block], line: int) -> int:
        """Have the library read the next block from a line on; give the line below it."""
        state = self._state
        while line < state.lineMax and state.isEmpty(line):
            line += 1
        if line == state.lineMax:
            return line
        state.tokens, state.line = cast("list[Token]", blocks), line
        _rules()(state, line, state.lineMax, False)
        return state.line

    @cached_property
    def _state(self) -> StateBlock:
        # The library would look at each line in turn, which takes longer than all its rules.
        state = StateBlock("", _parser(), {"references": self._references}, [])
        _lay_out(state, self._text)
        return state


def _offset(text: str, line: int) -> int:
    """Give the offset at which a line (0-based) begins."""
    at = 0
    for _ in range(line):
        at = text.find("\n", at) + 1 or len(text)
    return at


def _take(found: re.Match[str], line: int, blocks: list[Token | Block]) -> int:
    """Take a block that stands below blank lines from a line (0-based) on; give the line below it.

    0 if the block may be more than what was found.
    """
    kind = found.lastgroup or ""
    text, end = found[kind], line + found[0].count("\n") + 1
    block = Block(_KINDS[kind], end - text.count("\n") - 1, end)
    if kind == "heading":
        block.content, block.tag = found["title"] or "", _TAGS[found["level"]]
    elif kind == "fence":
        block.content, block.info, block.markup = found["code"], found["info"], found["ticks"]
    elif kind == "table":
        if not _fit(found["head"], found["delimiters"]):
            return 0
        block.meta = {"rows": [row.rstrip() for row in text.split("\n")]}
    else:
        if "]:" in text and kind != "comment":
            # It may define a reference.
            return 0
        block.content = text
    if kind == "quote":
        blocks.extend(_contained(block, "blockquote", "blockquote"))
    elif kind == "list":
        blocks.append(Block("bullet_list_open", *block.map))
        for at, item in enumerate(text.split("\n"), block.map[0]):
            block = Block("prose", at, at + 1)
            block.content = item
            blocks.extend(_contained(block, "list_item", "li", 1))
    else:
        blocks.append(block)
    return end


def _contained(prose: Block, kind: str, tag: str, level: int = 0) -> tuple[Block, Block, Block]:
    """Give a quotation or an item of a list whose first character marks it and that holds one paragraph."""
    opening, closing = (Block(f"{kind}_{end}", *prose.map) for end in ("open", "close"))
    opening.tag = closing.tag = tag
    opening.markup, prose.level = prose.content[0], level + 1
    opening.level = closing.level = level
    return opening, prose, closing


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
def _parser() -> MarkdownIt:
    """Give the parser; its rules are asked for blocks that are not plain, and for those in containers."""
    parser = MarkdownIt("commonmark").enable("table")
    ruler = parser.block.ruler
    ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    ruler.before("lheading", "plain_paragraph", _paragraph)
    dispatched = {chain: [_dispatched(_by_first(ruler, chain))] for chain in _CHAINS}
    ruler.getRules = lambda name="": dispatched[name]  # type: ignore[method-assign, assignment]
    return parser


def _rules() -> Rule:
    """Give all rules as one."""
    return _parser().block.ruler.getRules("")[0]


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
    """Find a paragraph of a single line."""
    if silent or state.is_code_block(start) or not (start + 1 >= state.lineMax or state.isEmpty(start + 1)):
        return False
    state.line = start + 1
    _push(state, Block("inline", start, state.line))
    return True


def _push(state: StateBlock, block: Block) -> None:
    block.level = state.level
    state.tokens.append(cast("Token", block))


def _at(state: StateBlock, line: int) -> int:
    """Give the offset of the first character of a line."""
    return state.bMarks[line] + state.tShift[line]


def _is_table(state: StateBlock, start: int) -> bool:
    """Whether a line and the one below are a header and a delimiter row with as many cells."""
    below = _DELIMITER_ROW.match(state.src, _at(state, start + 1))
    if not below or state.sCount[start + 1] < state.blkIndent or state.is_code_block(start + 1):
        return False
    header = state.src[_at(state, start) : state.eMarks[start]]
    return not state.is_code_block(start) and _fit(header, below[0])


def _fit(header: str, delimiters: str) -> bool:
    """Whether a header and a delimiter row have as many cells."""
    return "|" in header and _cells(header.strip()) == _cells(delimiters.rstrip(" \t"))


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
    block = Block("pipe_table", start, line)
    # Without the indentation and the marks of its containers.
    block.meta = {"rows": [state.src[_at(state, row) : state.eMarks[row]].rstrip() for row in range(start, line)]}
    _push(state, block)
    state.parentType = old_parent
    state.line = line
    return True
