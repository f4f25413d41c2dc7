"""Properties: the members that the rows of a table declare, and what its rows leave unclear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.findings import CheckId, Defect, Related
from docextract.reading import vocabulary
from docextract.reading.columns import is_name, property_name
from docextract.reading.terms import DescribedTerms
from docextract.reading.typeref import TypeRef, parse
from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docextract.markdown.page import Cell, Row, Table
    from docextract.markdown.zone import Zone
    from docextract.reading.columns import Columns
    from docextract.reading.terms import Terms
    from docextract.text.source import Span

#: The name of a member inside another: "address.city", "address/city", "links[].href".
_PATH = re.compile(r"(?P<head>[A-Za-z_][\w-]{0,199})(?:\[\w*\])?(?:[./](?=[A-Za-z_])|(?<=\])$)[\w.\[\]/-]*$")
_LINK_ALONE = re.compile(r"\[[A-Za-z]\w+\]\([^()]*\)$")
#: What joins two names in one cell.
_JOINT = re.compile(
    r"(?:(?<!\s)\s++)?(?:[,;、，]|<br\s*+/?>)\s*+|(?<!\s)\s++(?:and|or|und|oder|et|ou|y|e|и|или|和|及|と)\s++",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False, slots=True)
class Property:
    """A member that a table row declares.

    `header` is the header row of its table, `group` the heading of its rows in the table, `zones` are
    the parts of the page in which it stands; `cell` is the one of its type, if that is in a known language.
    """

    name: str
    type: TypeRef
    row: Span
    header: Span
    terms: Terms
    description: str = ""
    navigation: bool = False
    group: str = ""
    zones: tuple[Zone, ...] = ()
    cell: Cell | None = None

    @property
    def required(self) -> bool:
        """Whether a complete example has to show it."""
        return self.terms.required

    @property
    def null_allowed(self) -> bool | None:
        """Whether it may be null; None if nothing is said."""
        return self.terms.null_allowed

    @property
    def members(self) -> tuple[str, ...]:
        """The only values that it may have; none if they are not listed."""
        return self.terms.members

    @property
    def inherited_from(self) -> tuple[str, ...]:
        """The types that it is inherited from, nearest first."""
        return self.terms.inherited_from


@dataclass(frozen=True, eq=False)
class Unnamed:
    """A row of a properties table whose first cell is no name of a member, such as a translated word.

    `after` is the name of the row above, "" if there is none.
    """

    text: str
    row: Span
    after: str = ""
    zones: tuple[Zone, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows of a properties table say."""

    properties: tuple[Property, ...] = ()
    unnamed: tuple[Unnamed, ...] = ()
    defects: tuple[Defect, ...] = ()


def read_rows(table: Table, where: Columns, references: Mapping[str, str], *, translated: bool = False) -> Rows:
    """Read the rows of a properties table; group headings and broken rows declare nothing.

    The descriptions of a page that is `translated` do not tell what may be absent.
    """
    reader = _Reader(table, where, references, translated)
    for row in table.rows:
        reader.take(row)
    reader.declare_heads()
    return Rows(tuple(reader.properties), tuple(reader.unnamed), tuple(reader.defects))


def may_tell(table: Table) -> bool:
    """Whether the rows of a table may have a defect, seen from their texts: an empty cell, two names in one."""
    return any("||" in text or "| |" in text or _may_join(text) for text in table.texts[2:])


def _may_join(text: str) -> bool:
    cell = text.removeprefix("|").partition("|")[0].strip()
    # Nearly all hold one name, which is quickly seen.
    return not cell.isidentifier() and _JOINT.search(cell) is not None


class _Reader:
    """Takes the rows of one table."""

    def __init__(self, table: Table, where: Columns, references: Mapping[str, str], translated: bool) -> None:
        self.properties: list[Property] = []
        self.unnamed: list[Unnamed] = []
        self.defects: list[Defect] = []
        self._table = table
        self._where = where
        self._references = references
        self._translated = translated or where.shown
        self._navigation = _is_navigation(table, where)
        self._group = ""
        self._heads: dict[str, Span] = {}
        self._header = table.header.span

    def take(self, row: Row) -> None:
        """Take a row."""
        if row.group:
            self._group = row.group
            return
        text, kind = property_name(_text(row, self._where.name)), _text(row, self._where.type)
        if path := _PATH.match(text):
            self._heads.setdefault(path["head"], row.span)
        elif is_name(text):
            if kind or _text(row, self._where.description):
                self._declare(text, row, kind)
                if not kind:
                    self._tell(f"the Type cell of '{text}' is empty; write its type", row)
                elif _is_swapped(kind, described := _text(row, self._where.description)):
                    message = f"the Type cell of '{text}' describes it, and the next one says {described}: swap the two"
                    self._tell(message, row)
        elif kind and len(names := _JOINT.split(text)) > 1 and all(map(is_name, names)):
            kinds = _JOINT.split(kind)
            for name, own in zip(names, kinds if len(kinds) == len(names) else [kind] * len(names), strict=True):
                self._declare(name, row, own)
            self._tell(f"{len(names)} names stand in one cell: {', '.join(names)}; give each a row of its own", row)
        elif kind:
            self.unnamed.append(Unnamed(text, row.span, self._last, self._table.zones))

    @property
    def _last(self) -> str:
        return self.properties[-1].name if self.properties else ""

    def _declare(self, name: str, row: Row, kind: str) -> None:
        where, table = self._where, self._table
        description = _text(row, where.description)
        absent = self._navigation or self._translated or "@" in name or _may_be_absent(row, table, where)
        self.properties.append(
            Property(
                name,
                parse(kind, self._references),
                row.span,
                self._header,
                DescribedTerms(description, absent),
                description,
                self._navigation,
                self._group,
                table.zones,
                # In a language that is not known the cell may hold any word.
                row.cells[where.type] if where.type < len(row.cells) and not where.shown else None,
            )
        )

    def declare_heads(self) -> None:
        """Declare what rows such as "address.city" and "links[].href" name beside: `address` and `links`."""
        names = {declared.name for declared in self.properties}
        for head, span in self._heads.items():
            if head not in names:
                terms = DescribedTerms("", may_be_absent=True)
                self.properties.append(Property(head, TypeRef(""), span, self._header, terms, zones=self._table.zones))

    def _tell(self, message: str, row: Row) -> None:
        related = (Related(self._header, "the header of the table"),)
        self.defects.append(Defect(CheckId.TABLE_ROW, message, row.span, related))


def _is_swapped(kind: str, description: str) -> bool:
    """Whether the type stands in the cell of the description, and several words in its own."""
    if " " not in kind or " " in description.strip() or parse(kind).known:
        return False
    return parse(description).primitive is not None or _LINK_ALONE.match(description) is not None


def _text(row: Row, column: int | None) -> str:
    return row.cells[column].text if column is not None and column < len(row.cells) else ""


def _is_navigation(table: Table, where: Columns) -> bool:
    head = table.columns[where.name]
    if head in vocabulary.RELATIONSHIPS or head.startswith(("relationship", "navigation")):
        return True
    if any(heading.words in vocabulary.RELATIONSHIPS for heading in table.headings):
        return True
    # A table of relationships in a language that is not known: no row has a primitive type.
    kinds = (_text(row, where.type) for row in table.rows)
    return head not in vocabulary.NAMES and not where.shown and not any(parse(kind, {}).primitive for kind in kinds)


def _may_be_absent(row: Row, table: Table, where: Columns) -> bool:
    if where.required is None:
        return False
    word = _text(row, where.required).strip("*`_ ").casefold()
    return word in (("yes", "true", "y") if table.columns[where.required] == "optional" else vocabulary.NOT_REQUIRED)
