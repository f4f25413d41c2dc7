"""The block structure of a text (CommonMark 0.31, GFM tables); the only importer of markdown_it.

Only block rules run. They are markdown-it's own; what is ours saves time and is held against all
of CommonMark by a test: a line is offered only to the rules that can begin with its first
character, a paragraph of one line needs no rule at all, and the rows of a table stay unsplit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import fence as any_fence
from markdown_it.rules_block import table as gfm_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock
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
_OPENING = re.compile(r"(`{3,})([^`\n]*)$|(~{3,})([^\n]*)$", re.MULTILINE)


def read_blocks(text: str, env: dict[str, Any]) -> list[Token]:
    """Give the tokens of a text whose line ends and NULs are normalised; `env` gets its reference definitions.

    Of a paragraph there may be the `inline` token alone; a table is one `pipe_table` token, whose
    `meta` holds the offsets at which its lines begin and end in its content, the whole text.
    """
    parser = _parser()
    tokens: list[Token] = []
    parser.block.parse(text, parser, env, tokens)
    return tokens


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    ruler = parser.block.ruler
    ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    ruler.at("fence", _fence, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.before("lheading", "line", _line)
    names = {rule: name for name in ruler.get_active_rules() for rule in [_rule(ruler, name)]}
    chains = {chain: _dispatched([(names[rule], rule) for rule in ruler.getRules(chain)]) for chain in _CHAINS}
    ruler.getRules = lambda name="": [chains[name]]  # type: ignore[method-assign, assignment]
    return parser


def _rule(ruler: Any, name: str) -> Rule:
    rule: Rule = ruler.__rules__[ruler.__find__(name)].fn
    return rule


def _dispatched(rules: list[tuple[str, Rule]]) -> Rule:
    """Make one rule of many, which asks only those that fit the first character of the line."""
    anywhere = [rule for name, rule in rules if name not in _FIRST]
    by_first = {
        first: [rule for name, rule in rules if first in _FIRST.get(name, first)]
        for name, _ in rules
        for first in _FIRST.get(name, "")
    }

    def one(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        return any(rule(state, start, end, silent) for rule in by_first.get(state.src[at : at + 1], anywhere))

    return one


def _line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find a paragraph of a single line: an empty line or the end follows."""
    if silent or state.is_code_block(start):
        return False
    if start + 1 < state.lineMax and not state.isEmpty(start + 1):
        return False
    state.line = start + 1
    token = state.push("inline", "", 0)
    token.map = [start, start + 1]
    return True


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
    token = state.push("fence", "code", 0)
    token.info = opening[2] if opening[1] else opening[4]
    token.content = state.src[first : closing.start() if closing else state.eMarks[end - 1] + 1]
    token.markup = markup
    state.line = last + 1 if closing else last
    token.map = [start, state.line]
    return True


@cache
def _closing(markup: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}{markup[0]}{{{len(markup)},}}[ \t]*$", re.MULTILINE)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Find a table as GFM 4.10 does, but leave its rows unsplit."""
    if start + 2 > end:
        return False
    below = state.bMarks[start + 1] + state.tShift[start + 1]
    if below >= state.eMarks[start + 1] or state.src[below] not in "|-:" or not gfm_table(state, start, end, True):
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
