"""The header fields of HTTP messages (RFC 9110, section 6.3), line by line, also those with a slip in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from docextract.findings import CheckId, Defect, Fix
from docextract.reading.start_line import BLANK, NO_BLANK, odd_blank
from docextract.text.spelling import nearest
from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.text.source import Slice, Span

_FIELD = re.compile(
    rf"(?P<name>[A-Za-z][A-Za-z0-9_-]*+){BLANK}*+:(?!//){BLANK}*+(?P<value>(?:[^\n]*{NO_BLANK})?){BLANK}*+$"
)
#: Field names that may stand after a blank line and still be meant as header.
_LATE = """
    accept authorization client-request-id consistencylevel content-length content-range content-type etag if-match
    if-none-match location prefer preference-applied retry-after workbook-session-id
"""
_OTHERS = """
    accept-charset accept-encoding accept-language accept-ranges cache-control content-disposition content-encoding
    content-language content-location content-md5 if-modified-since if-unmodified-since if-range last-modified
    odata-entityid odata-maxversion odata-version operation-location request-id transfer-encoding user-agent
    www-authenticate
"""
_LATE_NAMES = frozenset(_LATE.split())
_KNOWN = _LATE_NAMES.union(_OTHERS.split())
#: So short a name that is near a known one may be another name.
_SHORT = 8
#: A known field without its colon; a name without a dash may be a word of a body unless one word follows.
_NO_COLON = re.compile(
    rf"(?P<name>[A-Za-z]+(?:-[A-Za-z0-9]+)+|[A-Z][A-Za-z]{{3,}}(?={BLANK}++(?:\S++$|Bearer{BLANK}|Basic{BLANK})))"
    rf"{BLANK}++(?P<value>(?=\S)[^\n]*{NO_BLANK}){BLANK}*+$"
)


class Line(NamedTuple):
    """A line of a block: where it begins in the block's text, and its text."""

    start: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text.strip()

    def span(self, source: Slice) -> Span:
        """Return its place; `source` is the block's text."""
        return source.span(self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class Field:
    """A header field; `meant` is the name that a misspelt one stands for, in lower case."""

    name: str
    value: str
    span: Span
    meant: str


class Header(NamedTuple):
    """The fields of a header, what is wrong with them, and the index of the first line after them."""

    fields: tuple[Field, ...]
    defects: tuple[Defect, ...]
    end: int


def read_header(source: Slice, lines: Sequence[Line], first: int = 0) -> Header:
    """Read the fields from a line on; `source` is the text that the lines are parts of."""
    fields: list[Field] = []
    defects: list[Defect] = []
    index = first
    while index < len(lines) and (field := _field(source, lines[index], defects)):
        fields.append(field)
        index += 1
    return Header(tuple(fields), tuple(defects), index)


def is_late(text: str) -> bool:
    """Whether a line after a blank one is meant as a field of the header."""
    match = _FIELD.match(text)
    return bool(match and match["name"].casefold() in _LATE_NAMES)


def _field(source: Slice, line: Line, defects: list[Defect]) -> Field | None:
    text = line.text.strip()
    match = _FIELD.match(text)
    if match is None:
        return _without_colon(source, line, defects) if text else None
    name = match["name"].casefold()
    meant = _meant(name)
    if meant is not None:
        message = f"unknown header field '{match['name']}', did you mean '{_titled(meant)}'?"
        defects.append(Defect(CheckId.HTTP_FORM, message, line.span(source)))
    elif (odd := odd_blank(line.text, "header")) and not any("U+" in defect.message for defect in defects):
        part = source.part(line.start)
        defects.append(Defect(odd.check, odd.message, part.span(odd.start, odd.end), fix=Fix.of(part, odd.changes)))
    return Field(match["name"], match["value"], line.span(source), meant or name)


def _without_colon(source: Slice, line: Line, defects: list[Defect]) -> Field | None:
    match = _NO_COLON.match(line.text.strip())
    if match is None or match["name"].casefold() not in _KNOWN:
        return None
    message = f"header field without a colon, expected '{match['name']}: {match['value']}'"
    defects.append(Defect(CheckId.HTTP_FORM, message, line.span(source)))
    return Field(match["name"], match["value"], line.span(source), match["name"].casefold())


def _meant(name: str) -> str | None:
    """Return the known name that an unknown one is a slip of."""
    if len(name) < _SHORT or name in _KNOWN or name.startswith("x-"):
        return None
    return nearest(name, _KNOWN)


def _titled(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))
