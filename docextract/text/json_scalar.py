"""Strings and other scalars of JSON text, read strictly or repaired; nothing here knows about containers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docextract.text.json_values import DefectKind, JSONDefect
from docextract.text.source import Change

if TYPE_CHECKING:
    from docextract.text.json_values import JSONValue

ODD = r"\x0b\x0c\x1c-\x1f\x85\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff"
_ODD_CHAR = re.compile(f"[{ODD}]")
#: Those of the odd characters that take no room, so that nothing is left of them.
_NO_WIDTH = re.compile(r"[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
BLANK = rf"[ \t{ODD}]*"
GAP = rf"[\s{ODD}]*"
CURLY = r"\u2018-\u201f\u2033"
_END = rf"{BLANK}(?:[,}}\]:\r\n]|\Z)"
_NEXT = rf'{BLANK}(?:[,}}\]\r\n\u2026"\'{{\[{CURLY}]|\.\.|/[/*]|\Z)'
_UNIT = r"(?!\s/[/*])[^,{}\[\]\r\n]|\{\{[^{}\r\n]*\}\}|\{[^{}\r\n]*\}|\[[^\[\]\r\n]*\]"
WORD = rf'[^\s":,{{}}\[\]{CURLY}{ODD}]+'
UNQUOTED = re.compile(rf'([{CURLY}\']?{WORD}["{CURLY}]?){GAP}:')
LINE = re.compile(r"[^\r\n]*")
ELLIPSIS = re.compile(r'(?:\.{2,}|\u2026)[^\r\n,"{}\[\]:/]*')
SCALAR = re.compile(rf"(?:(true|false|null)|(-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?+([eE][+-]?[0-9]++)?+))(?={_NEXT})")
_LEADING_ZERO = re.compile(r"-?0\d[\d.]*")
_BARE_ITEM = re.compile(rf"(?:{_UNIT})++")
# A comma belongs to unquoted text in an object unless a member, a comment or the end of the line follows.
BARE_MEMBER = re.compile(rf'(?:{_UNIT}|,(?!{BLANK}(?:["\'{CURLY}}}\]/.\u2026\r\n]|\Z|[\w@.$#-]+"?{BLANK}:)))++')
_LINE_STRING = re.compile(r'"([^"\\\r\n]*+(?:\\[^\r\n][^"\\\r\n]*+)*+)"')
_LONG_STRING = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.S)
_CURLY_END = re.compile(rf'"([^"\r\n]*?)[{CURLY}](?={_END})')
_CURLY_STRING = re.compile(rf"""[{CURLY}]((?:[^"'{CURLY}\r\n]|["'{CURLY}](?!{_END}))*+)["'{CURLY}]""")
_SINGLE_STRING = re.compile(rf"'((?:[^'\\\r\n]|\\[^\r\n]|'(?!{_END}))*+)'")
_UNESCAPED = re.compile(rf'"((?:[^"\\\r\n]|\\[^\r\n]|"(?!{_END}))*+)"(?!{BLANK}:)')
_INNER_KEY = re.compile(r'"\s*[\w@.$#-]+\s*:')
_AFTER_KEY = re.compile(rf"{GAP}[:/]")
_AFTER_VALUE = re.compile(_NEXT)
_AFTER_LONG = re.compile(rf"{GAP}(?:[,}}\]]|\Z)")
_UNCLOSED_NAME = re.compile(rf'"({WORD}){GAP}(?=:)')
_CONTROL = re.compile(r"[\x00-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.?))", re.S)
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LITERALS = {"true": True, "false": False, "null": None, "none": None}
QUOTES = "\"'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2033"


class Scalar(NamedTuple):
    """The value of a scalar, the offset at which it ends, and its defects."""

    value: JSONValue
    end: int
    defects: tuple[JSONDefect, ...] = ()


def cited(text: str) -> str:
    """Return a text of the page in quotes for a message, shortened if it has more than 40 characters."""
    text = " ".join(text.split())
    return f'"{text[:39]}\u2026"' if len(text) > 40 else f'"{text}"'


def flawed(
    value: JSONValue, kind: DefectKind, message: str, span: tuple[int, int], repair: tuple[Change, ...] = ()
) -> Scalar:
    """Return a scalar with one defect that spans all of it."""
    return Scalar(value, span[1], (JSONDefect(kind, message, *span, repair=repair),))


def plain_space(text: str) -> str:
    """Return white space as JSON allows it (RFC 8259, section 2): blanks, and nothing for what takes no room."""
    return _ODD_CHAR.sub(" ", _NO_WIDTH.sub("", text))


def _quotes_at(*places: int) -> tuple[Change, ...]:
    """Put double quotes in the place of other characters."""
    return tuple(Change(place, place + 1, '"') for place in places)


def read_string(text: str, start: int, is_key: bool) -> Scalar:
    """Read the string whose opening double quote is at `start`; a quote closes it only where a string may end."""
    match = _LINE_STRING.match(text, start)
    if match and (_AFTER_KEY if is_key else _AFTER_VALUE).match(text, match.end()):
        return _decoded(match)
    if curly := _CURLY_END.match(text, start):
        shown = f"string {cited(curly[1])} is closed by a typographic quote"
        return flawed(curly[1], DefectKind.SMART_QUOTES, shown, curly.span(), _quotes_at(curly.end() - 1))
    return (_repaired_key if is_key else _repaired_value)(text, start, match)


def _repaired_key(text: str, start: int, match: re.Match[str] | None) -> Scalar:
    if name := _UNCLOSED_NAME.match(text, start):
        shown = f"closing quote of the member name {cited(name[1])} is missing"
        return flawed(name[1], DefectKind.MISSING_QUOTE, shown, (start, name.end(1)))
    long = match or _LONG_STRING.match(text, start)
    closed = long and (match or _AFTER_KEY.match(text, long.end()))
    return _decoded(long) if long and closed else _line_end(text, start)


def _repaired_value(text: str, start: int, match: re.Match[str] | None) -> Scalar:
    if match is None:
        long = _LONG_STRING.match(text, start)
        return _decoded(long) if long and _AFTER_LONG.match(text, long.end()) else _line_end(text, start)
    content = match[1].rstrip()
    if content.endswith(","):
        return _missing_end(content[:-1], start)
    whole = _UNESCAPED.match(text, start)
    if whole and not _INNER_KEY.search(whole[1]):
        shown = f"quote inside {cited(whole[1])} is not escaped"
        return flawed(whole[1], DefectKind.UNESCAPED_QUOTE, shown, whole.span())
    return _decoded(match)


def _line_end(text: str, start: int) -> Scalar:
    line = LINE.match(text, start + 1)
    return _missing_end(line[0].rstrip(" \t,]}") if line else "", start)


def _missing_end(content: str, start: int) -> Scalar:
    span = (start, start + 1 + len(content))
    return flawed(content, DefectKind.MISSING_QUOTE, f"closing quote of {cited(content)} is missing", span)


def read_quoted(text: str, start: int) -> Scalar | None:
    """Read a string in single or typographic quotes; return None if none that starts here ends on the line."""
    if single := _SINGLE_STRING.match(text, start):
        shown = f"single quotes around {cited(single[1])}"
        return flawed(_unescape(single[1])[0], DefectKind.SINGLE_QUOTES, shown, single.span())
    if curly := _CURLY_STRING.match(text, start):
        shown = f"typographic quotes around {cited(curly[1])}"
        around = _quotes_at(curly.start(), curly.end() - 1)
        return flawed(curly[1], DefectKind.SMART_QUOTES, shown, curly.span(), around)
    return None


def _unescape(content: str) -> tuple[str, list[int]]:
    """Return a string with its escapes resolved, and the offsets of escapes that JSON does not define."""
    wrong: list[int] = []

    def resolve(match: re.Match[str]) -> str:
        high, low, single, char = match.groups()
        if high:
            return chr(0x10000 + (int(high, 16) - 0xD800) * 0x400 + int(low, 16) - 0xDC00)
        if single:
            return chr(int(single, 16))
        if char not in _ESCAPES and char not in ("\r", "\n"):
            wrong.append(match.start())
        return _ESCAPES.get(char, char)

    return _ESCAPE.sub(resolve, content), wrong


def _decoded(match: re.Match[str]) -> Scalar:
    content, first = match[1], match.start(1)
    if content.isprintable() and "\\" not in content:
        return Scalar(content, match.end())
    value, wrong = _unescape(content) if "\\" in content else (content, [])
    defects = []
    if control := _CONTROL.search(content):
        newline = control[0] in "\r\n"
        kind, noun = (
            (DefectKind.RAW_NEWLINE, "line break") if newline else (DefectKind.CONTROL_CHARACTER, "control character")
        )
        start = first + control.start()
        defects.append(JSONDefect(kind, f"{noun} inside the string {cited(content)}", start, start + 1))
    if wrong:
        start, end = first + wrong[0], min(first + wrong[0] + 2, match.end())
        shown = f"invalid escape {cited(match.string[start:end])}"
        defects.append(JSONDefect(DefectKind.INVALID_ESCAPE, shown, start, end))
    if _SURROGATE.search(value):
        # A lone surrogate cannot be encoded as UTF-8, so none may reach a writer or a renderer.
        value = _SURROGATE.sub("\ufffd", value)
        defects.append(JSONDefect(DefectKind.LONE_SURROGATE, "half of a surrogate pair in the string", *match.span()))
    return Scalar(value, match.end(), tuple(defects))


def read_name(text: str, start: int) -> Scalar | None:
    """Read the name of a member, in whatever quotes or without; return None if there is none."""
    if text[start : start + 1] == '"':
        return read_string(text, start, is_key=True)
    if quoted := read_quoted(text, start):
        return quoted
    match = UNQUOTED.match(text, start)
    if match is None:
        return None
    name = match[1].strip(QUOTES)
    if name != match[1]:
        shown = f"a quote of the member name {cited(name)} is missing"
        return flawed(name, DefectKind.MISSING_QUOTE, shown, match.span(1))
    return flawed(name, DefectKind.UNQUOTED_KEY, f"member name is not quoted: {cited(name)[1:-1]}", match.span(1))


def read_scalar(text: str, start: int, in_object: bool) -> Scalar:
    """Read the value at `start`, which is not a container."""
    if text[start] == '"':
        return read_string(text, start, is_key=False)
    if match := SCALAR.match(text, start):
        return _number(match) if match[2] else Scalar(_LITERALS[match[1]], match.end())
    return read_quoted(text, start) or _bare(text, start, in_object)


def _number(match: re.Match[str]) -> Scalar:
    try:
        return Scalar((float if match[3] or match[4] else int)(match[2]), match.end())
    except ValueError:  # Python limits the number of digits of an integer
        shown = f"number with {len(match[2])} digits is too long to read"
        return flawed(match[2], DefectKind.NUMBER_TOO_LONG, shown, match.span())


def _bare(text: str, start: int, in_object: bool) -> Scalar:
    if ellipsis := ELLIPSIS.match(text, start):
        bare = ellipsis[0].rstrip()
        return flawed(bare, DefectKind.ELLIPSIS, "ellipsis in place of a value", (start, start + len(bare)))
    match = (BARE_MEMBER if in_object else _BARE_ITEM).match(text, start)
    bare = match[0].rstrip() if match else text[start]
    span = (start, start + len(bare))
    if bare[-1] in QUOTES and len(bare) > 1 and not any(quote in bare[:-1] for quote in QUOTES):
        shown = f"opening quote of {cited(bare[:-1])} is missing"
        return flawed(bare[:-1], DefectKind.MISSING_QUOTE, shown, span)
    if _LEADING_ZERO.fullmatch(bare):
        shown = f"number with a leading zero, which JSON does not have: {bare}"
        return flawed(bare, DefectKind.BARE_VALUE, shown, span)
    if (word := bare.lower()) in _LITERALS:
        shown = f"the literal {bare} is written {'null' if word == 'none' else word} in JSON"
        return flawed(_LITERALS[word], DefectKind.BARE_VALUE, shown, span)
    return flawed(bare, DefectKind.BARE_VALUE, f"value is not quoted: {cited(bare)[1:-1]}", span)
