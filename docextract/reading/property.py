"""Properties tables: which tables they are, and the properties that their rows declare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.reading.primitive import primitive
from docextract.reading.terms import DescribedTerms
from docextract.reading.typeref import TypeRef, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from docextract.markdown.page import Row, Table
    from docextract.reading.terms import Terms
    from docextract.text.source import Span

_NAME_COLUMNS = (
    "property",
    "property name",
    "properties",
    "relationship",
    "relationship name",
    "navigation property",
    "name",
    "parameter",
    "parameter name",
    "attribute",
    "field",
)
_TYPE_COLUMNS = ("type", "data type", "property type", "value type")
_NOT_REQUIRED = ("no", "false", "n", "optional")
_REQUIRED_COLUMNS = ("required", "required?", "mandatory", "is required", "optional")
_DESCRIPTION_COLUMNS = ("description", "descriptions", "details", "notes")
#: First columns of tables that list something else than members of a body (census 5.1).
_OTHER_COLUMNS = frozenset(
    one + many
    for one in (
        *("action", "api", "code", "endpoint", "error", "event", "function", "header", "member", "method"),
        *("operation", "permission", "query", "scope", "status", "task", "value"),
    )
    for many in ("", "s")
)
#: Sections whose tables describe something else (census 8.1.5); the last part is "x values".
_OTHER_SECTIONS = re.compile(
    r"(request )?headers?$|.*\b(methods?|tasks?|permissions|query|path parameters|function parameters|error codes?)\b"
    r"|.* values$"
)
#: Sections that describe text within a property, in whatever part of theirs the table stands.
_DEFINITIONS = re.compile(r"properties (of|for) .*definition")
_RELATIONSHIPS = re.compile(r"relationships?|navigation( propert(y|ies))?|relations")
_IDENTIFIER = re.compile(r"[@#]?[A-Za-z_][\w.@#/-]*$")
#: The name of a member inside another: "address.city", "address/city", "links[].href".
_PATH = re.compile(r"(?P<head>[A-Za-z_][\w-]*)(?:\[\w*\])?(?:[./](?=[A-Za-z_])|(?<=\])$)[\w.\[\]/-]*$")
_DECORATION = re.compile(
    r"\*\*|`|\\(?=[_*\[\]])|\s*\(\s*(deprecated|preview|optional|required)\s*\)\s*$", re.IGNORECASE
)
_PAGE_LINK = re.compile(r"\[[^\[\]]+\]\([^()\s]+\.md[^()\s]*\)")
_LINK = re.compile(r"^\[([^\]]+)\](\([^)]*\)|\[[^\]]*\])?$")


@dataclass(frozen=True, eq=False)
class Property:
    """A member that a table row declares. `header` is the header row of its table."""

    name: str
    type: TypeRef
    row: Span
    header: Span
    terms: Terms
    description: str = ""
    navigation: bool = False

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


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a properties table has its names, types, descriptions, and what it says of being required."""

    name: int
    type: int
    description: int | None
    required: int | None = None


def columns(table: Table, *, structural: bool = False) -> Columns | None:
    """Find the columns of a properties table by name or, if `structural`, by content (DESIGN 5.1)."""
    if not table.columns or _lists_something_else(table.columns[0]):
        return None
    name, kind = table.column(*_NAME_COLUMNS), table.column(*_TYPE_COLUMNS)
    if name is None or kind is None:
        name, kind = _by_content(table) if structural else (None, None)
    if name is None or kind is None or name == kind:
        return None
    description = table.column(*_DESCRIPTION_COLUMNS)
    if description is None:
        rest = (
            i for i, column in enumerate(table.columns) if i not in (name, kind) and column not in _REQUIRED_COLUMNS
        )
        description = next(rest, None)
    return Columns(name, kind, description, table.column(*_REQUIRED_COLUMNS))


def _lists_something_else(column: str) -> bool:
    return column.split(" ")[0] in _OTHER_COLUMNS and column.rpartition(" ")[2] not in (
        "property",
        "attribute",
        "field",
    )


def _by_content(table: Table) -> tuple[int | None, int | None]:
    rows = [row for row in table.rows if len(row.cells) > 1]
    if not rows or table.columns[0] in _NAME_COLUMNS:
        return None, None
    names = next((i for i in range(len(table.columns)) if _share(rows, i, is_identifier) >= 0.8), None)
    # The first column of a table of methods links to their pages.
    if names is None or _share(rows, names, lambda text: "](" in text) >= 0.5:
        return None, None
    after = range(names + 1, len(table.columns))
    return names, next((i for i in after if _share(rows, i, _is_type) >= 0.8), None)


def _share(rows: list[Row], index: int, test: Callable[[str], bool]) -> float:
    cells = [row.cells[index].text for row in rows if index < len(row.cells)]
    return sum(bool(test(cell)) for cell in cells) / len(rows)


def _is_type(text: str) -> bool:
    """A type expression that no ordinary word is: a primitive, a collection or a link, with a word for many of it."""
    ref = parse(text, {})
    if ref.known:
        return bool(ref.primitive) or ref.collection or "](" in text or "][" in text
    rest, links = _PAGE_LINK.subn(" ", text)
    words = re.findall(r"\w+", rest)
    return len(words) <= 3 and (links == 1 or any(primitive(word) for word in words))


def is_identifier(text: str) -> bool:
    """Say whether a cell holds the name of a member and nothing else (census 5.4)."""
    return bool(_IDENTIFIER.match(property_name(text)))


def property_name(text: str) -> str:
    """Give the name in a cell without emphasis, code marks, link and a note such as "(deprecated)"."""
    name = _DECORATION.sub("", text.strip()).strip()
    link = _LINK.match(name)
    return _DECORATION.sub("", link[1]).strip() if link else name


def describes_members(table: Table, aliases: Collection[str] = ()) -> bool:
    """Say whether the section of a table may hold a properties table (DESIGN 5.1; census 8.1.5)."""
    if not table.headings:
        return True
    words = table.headings[-1].words
    if words in aliases:
        return True
    return not _OTHER_SECTIONS.match(words) and not any(_DEFINITIONS.match(heading.words) for heading in table.headings)


def read_properties(table: Table, where: Columns, references: Mapping[str, str]) -> Iterator[Property]:
    """Yield the properties of a table; group rows and broken rows declare none (DESIGN 5.3)."""
    heads: dict[str, Span] = {}
    names = set()
    navigation = _is_navigation(table, where)
    for row in table.rows:
        name = property_name(row.cells[where.name].text) if where.name < len(row.cells) else ""
        if path := _PATH.match(name):
            heads.setdefault(path["head"], row.span)
        elif _IDENTIFIER.match(name) and (kind := _text(row, where.type)):
            names.add(name)
            description = _text(row, where.description)
            absent = navigation or "@" in name or _may_be_absent(row, table, where)
            terms = DescribedTerms(description, absent)
            yield Property(name, parse(kind, references), row.span, table.header.span, terms, description, navigation)
    # Rows such as "address.city" and "links[].href" declare `address` and `links` too.
    for head, span in heads.items():
        if head not in names:
            yield Property(head, TypeRef(""), span, table.header.span, DescribedTerms("", may_be_absent=True))


def _text(row: Row, column: int | None) -> str:
    return row.cells[column].text if column is not None and column < len(row.cells) else ""


def _is_navigation(table: Table, where: Columns) -> bool:
    if table.columns[where.name].startswith(("relationship", "navigation")):
        return True
    if any(_RELATIONSHIPS.fullmatch(heading.words) for heading in table.headings):
        return True
    # A table of relationships in another language: no row has a primitive type.
    kinds = (_text(row, where.type) for row in table.rows)
    return table.columns[where.name] not in _NAME_COLUMNS and not any(parse(kind, {}).primitive for kind in kinds)


def _may_be_absent(row: Row, table: Table, where: Columns) -> bool:
    if where.required is None:
        return False
    word = _text(row, where.required).strip("*`_ ").casefold()
    return word in (("yes", "true", "y") if table.columns[where.required] == "optional" else _NOT_REQUIRED)
