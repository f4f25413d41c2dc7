"""Code blocks whose fences do not fit: one is lost, too short, or indented so far that it is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docextract.text.source import Slice

if TYPE_CHECKING:
    from docextract.text.source import Source

#: In other languages a line may begin with `#` or hold a comment.
MESSAGE_INFO = frozenset(("", "http", "json", "msgraph-interactive"))
#: What only the page itself holds, so that a fence around it was not closed.
_SWALLOWED = re.compile(
    r"^[ \t]*<!--[^\n]*(?:\n(?!-->)[^\n]*)?blockType|^[ \t]*`{3,}[ \t]*[\w-]+[ \t]*$"
    r"|^(?P<marks>#{1,6}) (?:<a |(?P<letter>[^\W\d_]))",
    re.MULTILINE,
)
#: With what the text of an annotated code block begins: a start line of HTTP, or JSON.
_BEGINS_MESSAGE = re.compile(
    r"\s*(?:HTTP[/ ][\d. ]*\d|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+\S|[{\[]\s*(?:\n|$|\"))"
)
_FENCE = re.compile(r"[ \t]*```+[ \t]*(?P<info>[^`\n]*)$")
_FEW_MARKS = re.compile(r" {0,3}(?P<marks>`{1,2})(?P<info>[\w-]*)[ \t]*$")
_ODD_CLOSING = re.compile(r"^ {0,3}(?P<marks>`{1,2}|~{2,}|'{3})[ \t]*\n\s*\Z", re.MULTILINE)
_SHORT_FENCE = re.compile(r"^ {0,3}```+[ \t]*(?P<info>[^`\n]*)$", re.MULTILINE)
#: What ends the search for a closing fence.
_OUTSIDE = re.compile(r"#{1,6} |\s*<!--")
#: So many lines have the longest examples.
_LONGEST = 2000


class Rest(NamedTuple):
    """The text of a code block without an opening fence, and the line of its closing one.

    `marks` is the number of backticks of a line that was meant to open it; 0 if there is none.
    """

    info: str
    content: Slice
    closing: int
    marks: int = 0


def swallowed_line(content: Slice, info: list[str]) -> re.Match[str] | None:
    """Find the first line that a fence should not hold; the first word of the info string tells the language."""
    if info and info[0] not in MESSAGE_INFO:
        return None
    text = content.text
    if "```" not in text and "blockType" not in text and "\n#" not in text and not text.startswith("#"):
        return None
    return next((match for match in _SWALLOWED.finditer(text) if _belongs_outside(match, info)), None)


def _belongs_outside(match: re.Match[str], info: list[str]) -> bool:
    """Whether a line that looks as if a fence had swallowed it is no comment of a program: "# install".

    Headings begin with a capital. In scripts without capitals a line below one number sign may be either.
    """
    letter = match["letter"]
    if not letter or letter.isupper():
        return True
    return not letter.islower() and (bool(info) or len(match["marks"]) > 1)


def short_closing(content: Slice) -> re.Match[str] | None:
    """Find the fence that was meant to close a code block and is shorter than its opening one.

    In the content of a code block that shows Markdown the first fence opens one.
    """
    match = _SHORT_FENCE.search(content.text)
    return match if match and not match["info"].strip() and _BEGINS_MESSAGE.match(content.text) else None


def odd_closing(content: Slice) -> re.Match[str] | None:
    """Find the last line of an unclosed code block that was meant to close it: of too few marks, or of others."""
    last = content.text.rstrip().rfind("\n") + 1
    return _ODD_CLOSING.match(content.text, last)


def without_opening(source: Source, line: int) -> Rest | None:
    """Return the code block that begins at a line without an opening fence; None if none closes there.

    The line may be an opening fence with too few backticks.
    """
    lines = source.lines
    if (few := _FEW_MARKS.match(lines[line - 1])) and line < len(lines) and _BEGINS_MESSAGE.match(lines[line]):
        rest = _rest(source, few["info"], line + 1)
        return rest and rest._replace(marks=len(few["marks"]))
    if not _BEGINS_MESSAGE.match(source.lines[line - 1]):
        return None
    return _rest(source, "", line)


def indented_opening(source: Source, line: int) -> Rest | None:
    """Return the code block that an indented line of backticks was meant to open."""
    match = _FENCE.match(source.lines[line - 1])
    if match is None or line >= len(source.lines) or not _BEGINS_MESSAGE.match(source.lines[line]):
        return None
    return _rest(source, match["info"].strip(), line + 1)


def _rest(source: Source, info: str, first: int) -> Rest | None:
    for number, text in enumerate(source.lines[first - 1 : first - 1 + _LONGEST], first):
        fence = _FENCE.match(text)
        if fence is not None:
            return None if fence["info"].strip() else Rest(info, _content(source, first, number), number)
        if _OUTSIDE.match(text):
            return None
    return None


def _content(source: Source, first: int, closing: int) -> Slice:
    """Return the lines above a closing fence, without the indentation that all of them have."""
    lines = source.lines[first - 1 : closing - 1]
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    if not indent:
        return Slice(source.path, "\n".join(lines) + "\n", first)
    columns = tuple(min(indent, len(line)) + 1 for line in lines)
    return Slice(source.path, "".join(line[indent:] + "\n" for line in lines), first, columns)
