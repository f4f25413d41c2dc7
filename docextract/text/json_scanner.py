"""A scanner that recovers from defects in JSON text: values, defects and places, iteratively and in linear time.

The number of damaging defects is limited, so a search for a way to go on can run over the rest of the
text only a fixed number of times.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NoReturn

from docextract.text.json_frame import Frame, Node, State
from docextract.text.json_layout import outdent, surplus
from docextract.text.json_places import Place
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
    UNQUOTED,
    WORD,
    cited,
    plain_space,
    read_name,
    read_scalar,
)
from docextract.text.json_values import DefectKind, JSONDefect, JSONValue, Reading, pointer
from docextract.text.source import Change

MAX_DEPTH = 200
MAX_DEFECTS = 20
_CLOSERS = {"{": "}", "[": "]"}
_SPACE = re.compile(r"[ \t\r\n]*")
_ODD_SPACE = re.compile(rf"[{ODD}](?:{BLANK}[{ODD}])?")
_PLACEHOLDER = re.compile(r"\{\{[ \t]*[A-Za-z_][\w .-]*\}\}|\{[ \t]*[A-Za-z_][\w .-]*\}")
_PROSE = re.compile(r'\[[ \t]*[A-Za-z]+[ \t]+[A-Za-z][^"\[\]{}]*(?:\]|\Z)')
_MEMBER_NAME = re.compile(rf'"[^"\\\r\n]*+(?:\\[^\r\n][^"\\\r\n]*+)*+"{GAP}:')
#: An object that holds two strings or more and no names.
_NAMELESS = re.compile(rf'\{{{GAP}+"[^"\\\r\n]*+"(?:{GAP}+,{GAP}+"[^"\\\r\n]*+")++{GAP}+(?:,{GAP}+)?\}}')
_TOKEN = re.compile(rf'["{CURLY}]([^"{CURLY}\r\n]+)|({WORD})')


class _TooBrokenError(Exception):
    """The text has more damage than is worth reporting."""


class _UnreadableError(Exception):
    """Nothing in the text can be checked; carries the only defect to report."""

    def __init__(self, defect: JSONDefect) -> None:
        self.defect = defect


class Scanner:
    """The state of scanning one text, with an explicit stack; defects are collected, and `run` raises nothing."""

    def __init__(self, text: str) -> None:
        self.text, self.pos = text, 0
        self.stack: list[Frame] = []
        self.value: JSONValue = None
        self.node: Node | None = None
        self.defects: list[JSONDefect] = []
        self.counts = {True: 0, False: 0}
        self.unreadable = self.too_broken = self.headless = self.elided = False
        self.value_end = 0
        # The opener of the first container that ends at a bracket further out, and where its own one is missing.
        self.askew: tuple[int, int] | None = None
        # How many closing brackets the text lacks; None until that is asked.
        self.missing: int | None = None
        self.block_comments = "*/" in text

    def run(self) -> Scanner:
        """Scan the whole text and return the scanner itself."""
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
        """Return the value and at most `MAX_DEFECTS` defects in order; unreported damage puts all of it in doubt."""
        if self.unreadable:
            return Reading(None, tuple(self.defects), readable=False)
        ordered = sorted(self.defects, key=lambda defect: defect.start)
        kept, cut = ordered[:MAX_DEFECTS], ordered[MAX_DEFECTS:]
        if self.too_broken or any(defect.pointer is not None for defect in cut):
            kept[-1] = replace(kept[-1], pointer="")
        return Reading(self.value, tuple(kept), elided=self.elided)

    def report(self, defect: JSONDefect) -> None:
        damages = defect.pointer is not None
        if damages and self.counts[damages] == MAX_DEFECTS:
            raise _TooBrokenError
        if self.counts[damages] < MAX_DEFECTS:
            self.counts[damages] += 1
            self.defects.append(defect)

    def pointer_to(self, *token: str | int) -> str:
        """Return the pointer of the innermost container or a child of it, cut at a container that is left out."""
        tokens = [frame.token for frame in self.stack[1:]] + list(token)
        kept = tokens.index(None) if None in tokens else len(tokens)
        return pointer(*(token for token in tokens[:kept] if token is not None))

    def char(self) -> str:
        return self.text[self.pos : self.pos + 1]

    def skip(self) -> None:
        """Skip white space, and report and skip comments and white space that JSON does not allow."""
        while True:
            space = _SPACE.match(self.text, self.pos)
            self.pos = space.end() if space else self.pos
            start = self.pos
            if "/" < self.char() < "\x7f":
                return
            if self.text.startswith(("//", "/*"), start):
                self.pos = self.comment_end(start)
                defect = JSONDefect(DefectKind.COMMENT, "comment, which JSON does not have", start, self.pos)
            elif odd := _ODD_SPACE.match(self.text, start):
                self.pos = odd.end()
                shown = f"white space that JSON does not allow: U+{ord(odd[0][0]):04X}"
                plain = (Change(start, self.pos, plain_space(odd[0])),)
                defect = JSONDefect(DefectKind.NBSP, shown, start, self.pos, repair=plain)
            else:
                return
            self.report(defect)

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
            self.report(JSONDefect(DefectKind.MISSING_OPENER, shown, self.pos, self.pos + 1, ""))
            self.stack.append(Frame(self.pos, "", None, {}, {}))
        else:
            self.read_value("", None)

    def not_json(self) -> NoReturn:
        blank = not self.text[self.pos :].strip()
        start, end = (0, len(self.text)) if blank else (self.pos, self.line_end(self.pos))
        shown = "no JSON here" if blank else f"not JSON: {cited(self.text[start:end])}"
        end = max(end, min(start + 1, len(self.text)))
        raise _UnreadableError(JSONDefect(DefectKind.NOT_JSON, shown, start, end, ""))

    def rest(self) -> None:
        self.skip()
        if self.pos < len(self.text):
            if self.char() == ":" and self.node and isinstance(self.value, str):
                self.pos = self.node[0].value[0]
                self.not_json()
            end = max(self.line_end(self.pos), self.pos + 1)
            shown = f"text after the JSON: {cited(self.text[self.pos : end])}"
            if self.char() in "{[":
                shown += "; show one value in a block"
            self.report(JSONDefect(DefectKind.TEXT_AFTER, shown, self.pos, end))

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
        elif self.lacks_bracket(frame):
            self.close_early(frame)
        elif frame.state == State.DONE:
            self.missing_comma(frame, char)
        elif frame.is_object:
            self.member(frame)
        else:
            self.read_value(len(frame.value), None)

    def unclosed(self) -> None:
        opener, end = self.askew or (self.stack[0].opener, len(self.text.rstrip()))
        if not self.headless or len(self.stack) > 1:
            here = f": a '{_CLOSERS[self.text[opener]]}' is missing here" if self.askew else ""
            shown = f"'{self.stack[0].bracket if self.headless else self.text[opener]}' is never closed{here}"
            self.report(JSONDefect(DefectKind.UNCLOSED, shown, end - 1, end, "", (opener, opener + 1)))
        self.close_all()

    def lacks_bracket(self, frame: Frame) -> bool:
        """Whether the next member is one of an outer object, and the text has too few closing brackets.

        A member cannot stand in an array; in an object it is indented no further than the line that opened this.
        """
        if len(self.stack) < 2 or not _MEMBER_NAME.match(self.text, self.pos):
            return False
        if frame.is_object:
            outside = outdent(self.text, self.pos, frame.opener) if frame.state == State.DONE else None
            if outside is None or outside < 0:
                return False
        if self.missing is None:
            self.missing = -surplus(self.text, 0)
        return self.missing > 0

    def close_early(self, frame: Frame) -> None:
        """Close a container whose closing bracket is missing: behind its last value, or its opening bracket."""
        end, opener = max(self.value_end, frame.opener + 1), (frame.opener, frame.opener + 1)
        shown = f"'{frame.bracket}' is never closed: a '{_CLOSERS[frame.bracket]}' is missing here"
        self.report(JSONDefect(DefectKind.UNCLOSED, shown, end - 1, end, self.pointer_to(), opener))
        self.pop()
        self.stack[-1].state, self.missing = State.FREE, (self.missing or 0) - 1

    def close_all(self) -> None:
        while self.stack:
            self.pop()

    def pop(self) -> None:
        frame = self.stack.pop()
        self.attach(frame.token, (Place(frame.key, (frame.opener, self.pos)), frame.nodes), frame.value)

    def attach(self, token: str | int | None, node: Node, value: JSONValue) -> None:
        """Add a finished value to its container, or make it the root."""
        self.value_end = node[0].value[1]
        if not self.stack:
            self.value, self.node = value, node
            return
        self.stack[-1].put(token, node, value)

    def closing(self, frame: Frame, char: str) -> None:
        if char != "]}"[frame.is_object]:
            self.mismatch(frame, char)
            return
        if self.askew is None and len(self.stack) > 1 and (outdent(self.text, self.pos, frame.opener) or 0) > 0:
            self.askew = (frame.opener, max(self.value_end, frame.opener + 1))
        if frame.state == State.NEXT_DUE:
            self.surplus_comma(DefectKind.TRAILING_COMMA, f"trailing comma before '{char}'", frame.comma)
        self.pos += 1
        self.pop()

    def mismatch(self, frame: Frame, char: str) -> None:
        """Decide by the balance of the remaining brackets whether one is wrong, superfluous or missing."""
        shown = f"'{char}' does not close '{frame.bracket}'"
        defect = JSONDefect(DefectKind.MISMATCHED_BRACKET, shown, self.pos, self.pos + 1)
        defect = replace(defect, related=(frame.opener, frame.opener + 1))
        balance = surplus(self.text, self.pos)
        outer = [index for index, other in enumerate(self.stack) if other.is_object == (char == "}")]
        if balance >= len(self.stack) or not outer:
            self.report(replace(defect, pointer=self.pointer_to()))
            self.pos += 1
            if balance <= len(self.stack):
                self.pop()
            return
        while len(self.stack) > outer[-1] + 2:
            self.pop()
        self.report(replace(defect, pointer=self.pointer_to()))
        self.pop()

    def comma(self, frame: Frame) -> None:
        if frame.state in (State.DONE, State.FREE):
            frame.state, frame.comma = State.NEXT_DUE, self.pos
        else:
            self.surplus_comma(DefectKind.EXTRA_COMMA, "comma without a value before it", self.pos)
        self.pos += 1

    def surplus_comma(self, kind: DefectKind, shown: str, at: int) -> None:
        self.report(JSONDefect(kind, shown, at, at + 1, repair=(Change(at, at + 1, ""),)))

    def ellipsis(self, frame: Frame, length: int) -> None:
        noun = "members" if frame.is_object else "items"
        shown = f"ellipsis in place of {noun}"
        self.report(JSONDefect(DefectKind.ELLIPSIS, shown, self.pos, self.pos + length))
        self.elided = True
        self.pos += length
        self.skip()
        self.pos += self.char() == ","
        frame.state = State.FIRST

    def missing_comma(self, frame: Frame, char: str) -> None:
        text, pos = self.text, self.pos
        named = char in QUOTES or UNQUOTED.match(text, pos)
        if named if frame.is_object else char in QUOTES + "{[<" or SCALAR.match(text, pos):
            match = _TOKEN.match(text, pos)
            shown = f"missing comma before {cited(match[1] or match[2]) if match else repr(char)}"
            end = self.value_end
            # Before a whole member name only the comma is missing, and nothing is in doubt.
            doubtful = None if frame.is_object and _MEMBER_NAME.match(text, pos) else self.pointer_to()
            sure = doubtful is None or (not frame.is_object and (char in "{[" or "\n" in text[end:pos]))
            comma = (Change(end, end, ","),) if sure else ()
            self.report(JSONDefect(DefectKind.MISSING_COMMA, shown, end - 1, end, doubtful, repair=comma))
            frame.state = State.FREE
        else:
            self.unexpected(frame, char)

    def unexpected(self, frame: Frame, char: str) -> None:
        """Skip text that is neither a member nor an item: to the end of the line, or a whole container."""
        start = self.pos
        match = BARE_MEMBER.match(self.text, start)
        end = start + max(1, len(match[0].rstrip())) if match and char not in "{[" else start + 1
        shown = f"unexpected text {cited(self.text[start:end])}"
        self.report(JSONDefect(DefectKind.UNEXPECTED_TEXT, shown, start, end, self.pointer_to()))
        if char in "{[":
            self.push(None, None)
        else:
            self.pos = end
        frame.state = State.FREE

    def member(self, frame: Frame) -> None:
        name = read_name(self.text, self.pos)
        if name is None:
            self.unexpected(frame, self.char())
            return
        key, token = (self.pos, name.end), str(name.value)
        for defect in name.defects:
            self.report(replace(defect, pointer=self.pointer_to(token)))
        if token in frame.names:
            shown = f"member {cited(token)} is given twice"
            self.report(JSONDefect(DefectKind.DUPLICATE_MEMBER, shown, *key, related=frame.names[token]))
        frame.names.setdefault(token, key)
        self.pos = name.end
        self.after_name(frame, token, key, bool(name.defects))

    def after_name(self, frame: Frame, token: str, key: tuple[int, int], reported: bool) -> None:
        """Read the colon and the value; a name that lacks both a quote and the colon counts as one defect."""
        self.skip()
        colon = self.char() == ":"
        self.pos += colon
        self.skip()
        char = self.char()
        if not char:
            return
        empty = char in ",}]" or _MEMBER_NAME.match(self.text, self.pos)
        if empty and not colon and self.is_nameless(frame, key):
            self.attach(token, (Place(key, (key[1] - 1, key[1])), ()), None)
            frame.state = State.DONE
            return
        if (empty or not colon) and (colon or not reported):
            kind, what = (DefectKind.MISSING_VALUE, "no value") if empty else (DefectKind.MISSING_COLON, "no colon")
            self.report(JSONDefect(kind, f"member {cited(token)} has {what}", *key, self.pointer_to(token)))
        if not empty:
            self.read_value(token, key)
            return
        self.attach(token, (Place(key, (key[1] - 1, key[1])), ()), None)
        frame.state = State.DONE if char in ",}]" else State.FREE

    def is_nameless(self, frame: Frame, key: tuple[int, int]) -> bool:
        """Whether an object holds strings without names, as an array does; that is told once, at its first one."""
        if len(frame.names) == 1 and _NAMELESS.match(self.text, frame.opener):
            frame.nameless = True
            shown = f"'{{' holds items without names: {cited(self.text[key[0] + 1 : key[1] - 1])}; expected '['"
            self.report(JSONDefect(DefectKind.MISSING_VALUE, shown, frame.opener, frame.opener + 1, self.pointer_to()))
        return frame.nameless

    def read_value(self, token: str | int, key: tuple[int, int] | None) -> None:
        """Read a scalar, or open a container, at the current position."""
        start = self.pos
        if self.text[start] in "{[" and not _PLACEHOLDER.match(self.text, start):
            self.push(token, key)
            return
        scalar = read_scalar(self.text, start, bool(self.stack) and self.stack[-1].is_object)
        damaged = self.pointer_to(token) if scalar.defects and self.stack else ""
        self.pos = scalar.end
        self.attach(token, (Place(key, (start, scalar.end)), ()), scalar.value)
        for defect in scalar.defects:
            self.report(replace(defect, pointer=damaged))
            if defect.kind == DefectKind.MISSING_QUOTE and self.stack:
                self.stack[-1].state = State.FREE

    def push(self, token: str | int | None, key: tuple[int, int] | None) -> None:
        start = self.pos
        if len(self.stack) == MAX_DEPTH:
            shown = f"nested more than {MAX_DEPTH} levels deep"
            raise _UnreadableError(JSONDefect(DefectKind.TOO_DEEP, shown, start, start + 1, ""))
        is_object = self.text[start] == "{"
        self.stack.append(Frame(start, token, key, {} if is_object else [], {} if is_object else []))
        self.pos = start + 1
