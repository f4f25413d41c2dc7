"""A scanner of JSON text that recovers: values, named defects and places, iteratively and in linear time.

Damaging defects are capped, so a search that follows a defect can run over the rest of the text only a
fixed number of times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from docextract.text.json_scalar import (
    BARE_MEMBER,
    BLANK,
    CURLY,
    ELLIPSIS,
    GAP,
    LINE,
    ODD,
    QUOTES,
    SCALAR,
    WORD,
    Problem,
    Scalar,
    cited,
    flawed,
    read_quoted,
    read_scalar,
    read_string,
)
from docextract.text.json_values import JSONDefect, JSONValue, Place, Reading, pointer

MAX_DEPTH = 200
MAX_DEFECTS = 20
_SPACE = re.compile(r"[ \t\r\n]*")
_ODD_SPACE = re.compile(rf"[{ODD}](?:{BLANK}[{ODD}])?")
BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|([\[{])|([\]}])', re.S)
_PLACEHOLDER = re.compile(r"\{\{[ \t]*[A-Za-z_][\w .-]*\}\}|\{[ \t]*[A-Za-z_][\w .-]*\}")
_PROSE = re.compile(r'\[[ \t]*[A-Za-z]+[ \t]+[A-Za-z][^"\[\]{}]*(?:\]|\Z)')
_MEMBER_NAME = re.compile(rf'"[^"\\\r\n]*+(?:\\[^\r\n][^"\\\r\n]*+)*+"{GAP}:')
_TOKEN = re.compile(rf'["{CURLY}]([^"{CURLY}\r\n]+)|({WORD})')
_UNQUOTED = re.compile(rf'([{CURLY}\']?{WORD}["{CURLY}]?){GAP}:')
_FIRST, _NEXT_DUE, _DONE, _FREE = range(4)
_Node = tuple[Place, Any]


@dataclass(slots=True)
class _Frame:
    """An open container; a token of None keeps it, and all it holds, out of the value."""

    opener: int
    token: str | int | None
    key: tuple[int, int] | None
    value: Any
    nodes: Any
    names: dict[str, tuple[int, int]] = field(default_factory=dict)
    state: int = _FIRST
    comma: int = 0

    @property
    def is_object(self) -> bool:
        return isinstance(self.value, dict)

    @property
    def bracket(self) -> str:
        """The opening bracket; the outermost may be missing in the text."""
        return "{" if self.is_object else "["

    def next_token(self) -> str | int:
        return len(self.value)


class _TooBrokenError(Exception):
    """More damage than is worth telling."""


class _UnreadableError(Exception):
    """Nothing in the text can be checked; carries the one defect to report."""

    def __init__(self, defect: JSONDefect) -> None:
        self.defect = defect


class Scanner:
    """Reads one text with an explicit stack; every defect is reported, nothing is raised to the outside."""

    def __init__(self, text: str) -> None:
        self.text, self.pos = text, 0
        self.stack: list[_Frame] = []
        self.value: JSONValue = None
        self.node: _Node | None = None
        self.defects: list[JSONDefect] = []
        self.elided: set[str] = set()
        self.counts = {True: 0, False: 0}
        self.unreadable = self.too_broken = self.headless = False
        self.value_end = 0
        self.block_comments = "*/" in text

    def run(self) -> Scanner:
        """Scan the whole text."""
        try:
            self.root()
            while self.stack:
                self.step()
            self.rest()
        except _TooBrokenError:
            self.too_broken = True
            self.close_all()
        except _UnreadableError as error:
            self.unreadable, self.node, self.defects = True, None, [error.defect]
        return self

    def reading(self) -> Reading:
        """Sum up: at most `MAX_DEFECTS`, in text order; damage that is not told damages everything."""
        if self.unreadable:
            return Reading(None, tuple(self.defects), readable=False)
        ordered = sorted(self.defects, key=lambda defect: defect.start)
        kept, cut = ordered[:MAX_DEFECTS], ordered[MAX_DEFECTS:]
        if self.too_broken or any(defect.pointer is not None for defect in cut):
            kept[-1] = replace(kept[-1], pointer="")
        return Reading(self.value, tuple(kept), elided=frozenset(self.elided))

    def report(self, problem: Problem, pointer: str | None, related: tuple[int, int] | None = None) -> None:
        damages = pointer is not None
        if damages and self.counts[damages] == MAX_DEFECTS:
            raise _TooBrokenError
        if self.counts[damages] < MAX_DEFECTS:
            self.counts[damages] += 1
            self.defects.append(JSONDefect(*problem, pointer, related))

    def pointer_to(self, *token: str | int) -> str:
        """Give the pointer of the innermost container or a child; it stops at a container left out."""
        tokens = [frame.token for frame in self.stack[1:]] + list(token)
        kept = tokens.index(None) if None in tokens else len(tokens)
        return pointer(*(token for token in tokens[:kept] if token is not None))

    def char(self) -> str:
        return self.text[self.pos : self.pos + 1]

    def skip(self) -> None:
        """Pass white space, comments and the white space that JSON does not know."""
        while True:
            space = _SPACE.match(self.text, self.pos)
            self.pos = space.end() if space else self.pos
            start = self.pos
            if "/" < self.char() < "\x7f":
                return
            if self.text.startswith(("//", "/*"), start):
                self.pos = self.comment_end(start)
                problem = Problem("comment", "comment, which JSON does not have", start, self.pos)
            elif odd := _ODD_SPACE.match(self.text, start):
                self.pos = odd.end()
                shown = f"white space that JSON does not allow: U+{ord(odd[0][0]):04X}"
                problem = Problem("nbsp", shown, start, self.pos)
            else:
                return
            self.report(problem, None)

    def comment_end(self, start: int) -> int:
        if self.text[start + 1] == "*" and self.block_comments:
            end = self.text.find("*/", start + 2)
            if end >= 0:
                return end + 2
            self.block_comments = False
        return self.line_end(start)

    def line_end(self, start: int) -> int:
        line = LINE.match(self.text, start)
        return start + len(line[0].rstrip()) if line else start

    def root(self) -> None:
        self.skip()
        text, char = self.text, self.char()
        strange = _PROSE.match(text, self.pos) or _PLACEHOLDER.match(text, self.pos)
        if not char or strange or not (char in '{["' or SCALAR.match(text, self.pos)):
            self.not_json()
        if name := _MEMBER_NAME.match(text, self.pos):
            self.headless = True
            shown = f"'{{' is missing before {cited(name[0][:-1].rstrip()[1:-1])}"
            self.report(Problem("missing-opener", shown, self.pos, self.pos + 1), "")
            self.stack.append(_Frame(self.pos, "", None, {}, {}))
        else:
            self.read_value("", None)

    def not_json(self) -> NoReturn:
        blank = not self.text[self.pos :].strip()
        start, end = (0, len(self.text)) if blank else (self.pos, self.line_end(self.pos))
        shown = "no JSON here" if blank else f"not JSON: {cited(self.text[start:end])}"
        end = max(end, min(start + 1, len(self.text)))
        raise _UnreadableError(JSONDefect("not-json", shown, start, end, ""))

    def rest(self) -> None:
        self.skip()
        if self.pos < len(self.text):
            if self.char() == ":" and self.node and isinstance(self.value, str):
                self.pos = self.node[0].value[0]
                self.not_json()
            end = max(self.line_end(self.pos), self.pos + 1)
            shown = f"text after the JSON: {cited(self.text[self.pos : end])}"
            self.report(Problem("text-after", shown, self.pos, end), None)

    def step(self) -> None:
        """Read one member, item, comma or closing bracket of the innermost container."""
        self.skip()
        frame, char = self.stack[-1], self.char()
        if not char:
            self.unclosed()
        elif char in "}]":
            self.closing(frame, char)
        elif char == ",":
            self.comma(frame)
        elif char in ".\u2026" and (ellipsis := ELLIPSIS.match(self.text, self.pos)):
            self.ellipsis(frame, len(ellipsis[0].rstrip()))
        elif frame.state == _DONE:
            self.missing_comma(frame, char)
        elif frame.is_object:
            self.member(frame)
        else:
            self.read_value(frame.next_token(), None)

    def unclosed(self) -> None:
        last = len(self.text.rstrip())
        opener = self.stack[0].opener
        if not self.headless or len(self.stack) > 1:
            shown = f"'{self.stack[0].bracket}' is never closed"
            self.report(Problem("unclosed", shown, last - 1, last), "", (opener, opener + 1))
        self.close_all()

    def close_all(self) -> None:
        while self.stack:
            self.pop()

    def pop(self) -> None:
        frame = self.stack.pop()
        self.attach(frame.token, (Place(frame.key, (frame.opener, self.pos)), frame.nodes), frame.value)

    def attach(self, token: str | int | None, node: _Node, value: JSONValue) -> None:
        """Put a finished value into its container; the last of equal member names wins."""
        self.value_end = node[0].value[1]
        if not self.stack:
            self.value, self.node = value, node
            return
        frame = self.stack[-1]
        frame.state = _DONE
        if isinstance(token, int):
            frame.value.append(value)
            frame.nodes.append(node)
        elif token is not None:
            frame.value[token], frame.nodes[token] = value, node

    def closing(self, frame: _Frame, char: str) -> None:
        if char != "]}"[frame.is_object]:
            self.mismatch(frame, char)
            return
        if frame.state == _NEXT_DUE:
            shown = f"trailing comma before '{char}'"
            self.report(Problem("trailing-comma", shown, frame.comma, frame.comma + 1), None)
        self.pos += 1
        self.pop()

    def mismatch(self, frame: _Frame, char: str) -> None:
        """Let the balance of the rest decide: a bracket too many, a wrong one, or one too few."""
        shown = f"'{char}' does not close '{frame.bracket}'"
        problem = Problem("mismatched-bracket", shown, self.pos, self.pos + 1)
        related = (frame.opener, frame.opener + 1)
        rest = BRACKET.finditer(self.text, self.pos)
        balance = sum((match[2] is not None) - (match[1] is not None) for match in rest)
        outer = [index for index, other in enumerate(self.stack) if other.is_object == (char == "}")]
        if balance >= len(self.stack) or not outer:
            self.report(problem, self.pointer_to(), related)
            self.pos += 1
            if balance <= len(self.stack):
                self.pop()
            return
        while len(self.stack) > outer[-1] + 2:
            self.pop()
        self.report(problem, self.pointer_to(), related)
        self.pop()

    def comma(self, frame: _Frame) -> None:
        if frame.state in (_DONE, _FREE):
            frame.state, frame.comma = _NEXT_DUE, self.pos
        else:
            shown = "comma without a value before it"
            self.report(Problem("extra-comma", shown, self.pos, self.pos + 1), None)
            frame.state = _FIRST
        self.pos += 1

    def ellipsis(self, frame: _Frame, length: int) -> None:
        noun = "members" if frame.is_object else "items"
        shown = f"ellipsis in place of {noun}"
        self.report(Problem("ellipsis", shown, self.pos, self.pos + length), None)
        self.elided.add(self.pointer_to())
        self.pos += length
        self.skip()
        self.pos += self.char() == ","
        frame.state = _FIRST

    def missing_comma(self, frame: _Frame, char: str) -> None:
        text, pos = self.text, self.pos
        named = char in QUOTES or _UNQUOTED.match(text, pos)
        if named if frame.is_object else char in QUOTES + "{[<" or SCALAR.match(text, pos):
            match = _TOKEN.match(text, pos)
            shown = f"missing comma before {cited(match[1] or match[2]) if match else repr(char)}"
            problem = Problem("missing-comma", shown, self.value_end - 1, self.value_end)
            self.report(problem, self.pointer_to())
            frame.state = _FREE
        else:
            self.unexpected(frame, char)

    def unexpected(self, frame: _Frame, char: str) -> None:
        """Pass text that is neither a member nor an item: to the end of the line, or a whole container."""
        start = self.pos
        match = BARE_MEMBER.match(self.text, start)
        end = start + max(1, len(match[0].rstrip())) if match and char not in "{[" else start + 1
        shown = f"unexpected text {cited(self.text[start:end])}"
        self.report(Problem("unexpected-text", shown, start, end), self.pointer_to())
        if char in "{[":
            self.push(None, None)
        else:
            self.pos = end
        frame.state = _FREE

    def member(self, frame: _Frame) -> None:
        name = self.member_name()
        if name is None:
            self.unexpected(frame, self.char())
            return
        key, token = (self.pos, name.end), name.value
        for problem in name.problems:
            self.report(problem, self.pointer_to(token))
        if token in frame.names:
            shown = f"member {cited(token)} is given twice"
            self.report(Problem("duplicate-member", shown, *key), None, frame.names[token])
        frame.names.setdefault(token, key)
        self.pos = name.end
        self.after_name(frame, token, key, bool(name.problems))

    def member_name(self) -> Scalar | None:
        if self.char() == '"':
            return read_string(self.text, self.pos, is_key=True)
        if quoted := read_quoted(self.text, self.pos):
            return quoted
        match = _UNQUOTED.match(self.text, self.pos)
        if match is None:
            return None
        name = match[1].strip(QUOTES)
        if name != match[1]:
            shown = f"a quote of the member name {cited(name)} is missing"
            return flawed(name, "missing-quote", shown, match.span(1))
        return flawed(name, "unquoted-key", f"member name is not quoted: {cited(name)[1:-1]}", match.span(1))

    def after_name(self, frame: _Frame, token: str, key: tuple[int, int], reported: bool) -> None:
        """Read the colon and the value; a name that lost its quote and its colon is one broken spot."""
        self.skip()
        colon = self.char() == ":"
        self.pos += colon
        self.skip()
        char = self.char()
        if not char:
            return
        empty = char in ",}]" or _MEMBER_NAME.match(self.text, self.pos)
        if (empty or not colon) and (colon or not reported):
            kind, what = ("missing-value", "no value") if empty else ("missing-colon", "no colon")
            self.report(Problem(kind, f"member {cited(token)} has {what}", *key), self.pointer_to(token))
        if not empty:
            self.read_value(token, key)
            return
        self.attach(token, (Place(key, (key[1] - 1, key[1])), ()), None)
        frame.state = _DONE if char in ",}]" else _FREE

    def read_value(self, token: str | int, key: tuple[int, int] | None) -> None:
        """Read a value, or open a container, at the current position."""
        start = self.pos
        if self.text[start] in "{[" and not _PLACEHOLDER.match(self.text, start):
            self.push(token, key)
            return
        scalar = read_scalar(self.text, start, bool(self.stack) and self.stack[-1].is_object)
        damaged = self.pointer_to(token) if scalar.problems and self.stack else ""
        self.pos = scalar.end
        self.attach(token, (Place(key, (start, scalar.end)), ()), scalar.value)
        for problem in scalar.problems:
            self.report(problem, damaged)
            if problem.kind == "missing-quote" and self.stack:
                self.stack[-1].state = _FREE

    def push(self, token: str | int | None, key: tuple[int, int] | None) -> None:
        start = self.pos
        if len(self.stack) == MAX_DEPTH:
            shown = f"nested more than {MAX_DEPTH} levels deep"
            raise _UnreadableError(JSONDefect("too-deep", shown, start, start + 1, ""))
        is_object = self.text[start] == "{"
        self.stack.append(_Frame(start, token, key, {} if is_object else [], {} if is_object else []))
        self.pos = start + 1
