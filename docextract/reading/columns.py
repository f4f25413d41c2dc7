"""Where a properties table has its names and types: by the heads of its columns, or by what stands in them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docextract.reading import vocabulary
from docextract.reading.primitive import primitive
from docextract.reading.typeref import parse
from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from docextract.markdown.page import Row, Table

#: First columns of tables that list something else than members of a body.
_OTHER_COLUMNS = frozenset(
    one + many
    for one in (
        *("action", "api", "code", "endpoint", "error", "event", "function", "header", "member", "method"),
        *("operation", "permission", "query", "scope", "status", "task", "value"),
    )
    for many in ("", "s")
)
#: Sections whose tables describe something else; the last part is "x values".
_OTHER_SECTIONS = re.compile(
    r"(request )?headers?$|.*\b(methods?|tasks?|permissions|query|path parameters|function parameters|error codes?)\b"
    r"|.* values$"
)
#: Sections that describe text within a property, in whatever part of theirs the table stands.
_DEFINITIONS = re.compile(r"properties (of|for) .*definition")
#: What is longer is no name, and would stand in the pointer of each value below it.
_IDENTIFIER = re.compile(r"[@#]?[A-Za-z_][\w.@#/-]{0,199}$", re.ASCII)
_DECORATION = re.compile(
    r"\*\*|`|\\(?=[_*\[\]])|(?:(?<!\s)\s++)?\(\s*+(deprecated|preview|optional|required)\s*+\)\s*$", re.IGNORECASE
)
_PAGE_LINK = re.compile(r"\[[^\[\]]+\]\([^()\s]+\.md[^()\s]*\)")
_LINK = re.compile(r"^\[([^\]]+)\](\([^)]*\)|\[[^\]]*\])?$")
_LINK_TARGET = re.compile(r"\]\([^()]*\)|\]\[[^\[\]]*\]")
#: Heads of columns that stand beside names, but hold no types.
_BESIDE_NAMES = vocabulary.DESCRIPTIONS | vocabulary.REQUIRED
#: What the sections of members are called.
_SECTIONS = vocabulary.PROPERTY_SECTIONS | vocabulary.RELATIONSHIPS
#: No type is written in more characters; a description mostly is.
_LONGEST_TYPE = 48
_SENTENCE_END = re.compile(r"[.。]\s*\S|。")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a properties table has its names, types, descriptions, and what it says of being required.

    `shown` says that its names are those of a JSON representation.
    """

    name: int
    type: int
    description: int | None
    required: int | None = None
    shown: bool = False


def named_columns(table: Table) -> Columns | None:
    """Find the columns of a properties table by their heads, in the languages of the vocabulary."""
    return _named_columns(table.columns)


# Most tables of a doc set have the heads of others.
@lru_cache(maxsize=1024)
def _named_columns(heads: tuple[str, ...]) -> Columns | None:
    if not heads or _lists_something_else(heads[0]):
        return None
    name, kind = first_column(heads, vocabulary.NAMES), first_column(heads, vocabulary.TYPES)
    return None if name is None or kind is None or name == kind else _columns(heads, name, kind)


def first_column(heads: Sequence[str], names: Collection[str]) -> int | None:
    """Return the index of the first column whose head is one of some names."""
    return next((i for i, head in enumerate(heads) if head in names), None)


def shown_columns(table: Table, shown: Collection[str]) -> Columns | None:
    """Find them by the names: at least half of the first column's are among those that a representation shows.

    The types then stand in the next column, unless that describes.
    """
    if not shown or len(table.columns) < 2 or table.columns[1] in _BESIDE_NAMES:
        return None
    rows = [row for row in table.rows if len(row.cells) > 1 and not row.group]
    # Beside the names alone a description is more likely.
    is_type = _is_type if len(table.columns) == 2 else _may_be_type
    if _share(rows, 0, lambda text: property_name(text) in shown) < 0.5 or _share(rows, 1, is_type) < 0.5:
        return None
    return _columns(table.columns, 0, 1, shown=True)


def typed_columns(table: Table) -> Columns | None:
    """Find them by content: a column of identifiers before one of types. Only the section can tell what they are."""
    if not table.columns or _lists_something_else(table.columns[0]):
        return None
    rows = [row for row in table.rows if len(row.cells) > 1]
    names = next((i for i in range(len(table.columns)) if _share(rows, i, is_identifier) >= 0.8), None)
    # The first column of a table of methods links to their pages.
    if names is None or _share(rows, names, lambda text: "](" in text) >= 0.5:
        return None
    after = range(names + 1, len(table.columns))
    kind = next((i for i in after if _share(rows, i, _is_type) >= 0.8), None)
    return None if kind is None else _columns(table.columns, names, kind)


def _columns(heads: tuple[str, ...], name: int, kind: int, *, shown: bool = False) -> Columns:
    required = first_column(heads, vocabulary.REQUIRED)
    description = first_column(heads, vocabulary.DESCRIPTIONS)
    if description is None:
        rest = (i for i in range(len(heads)) if i not in (name, kind, required))
        description = next(rest, None)
    return Columns(name, kind, description, required, shown)


def _lists_something_else(column: str) -> bool:
    return column.split(" ")[0] in _OTHER_COLUMNS and column.rpartition(" ")[2] not in (
        "property",
        "attribute",
        "field",
    )


def _share(rows: Sequence[Row], index: int, test: Callable[[str], bool]) -> float:
    cells = [row.cells[index].text for row in rows if index < len(row.cells)]
    return sum(bool(test(cell)) for cell in cells) / len(rows) if rows else 0.0


def _may_be_type(text: str) -> bool:
    """Whether a cell may hold a type in any language: some words and no sentence."""
    bare = _LINK_TARGET.sub("]", text)
    return 0 < len(bare) <= _LONGEST_TYPE and not _SENTENCE_END.search(bare)


def _is_type(text: str) -> bool:
    """A type expression that no ordinary word is: a primitive, a collection or a link, with a word for many of it."""
    ref = parse(text, {})
    if ref.known:
        return bool(ref.primitive) or ref.collection or "](" in text or "][" in text
    rest, links = _PAGE_LINK.subn(" ", text)
    words = re.findall(r"\w+", rest)
    return len(words) <= 3 and (links == 1 or any(primitive(word) for word in words))


def is_identifier(text: str) -> bool:
    """Whether a cell holds the name of a member and nothing else."""
    return is_name(property_name(text))


def is_name(text: str) -> bool:
    """Whether a text is the name of a member."""
    return _IDENTIFIER.match(text) is not None


def property_name(text: str) -> str:
    """Return the name in a cell without emphasis, code marks, link and a note such as "(deprecated)"."""
    name = text.strip()
    if name.isidentifier():
        # Most are bare.
        return name
    name = _DECORATION.sub("", name).strip()
    link = _LINK.match(name)
    return _DECORATION.sub("", link[1]).strip() if link else name


def describes_members(table: Table, aliases: Collection[str] = ()) -> bool:
    """Whether the section of a table may hold a properties table."""
    if not table.headings:
        return True
    words = table.headings[-1].words
    if words in aliases:
        return True
    return not _OTHER_SECTIONS.match(words) and not any(_DEFINITIONS.match(heading.words) for heading in table.headings)


def heads_properties(table: Table, aliases: Collection[str] = ()) -> bool:
    """Whether a table stands directly below a heading of properties or relationships, as if it listed them."""
    words = table.headings[-1].words if table.headings else ""
    if words not in _SECTIONS and words not in aliases:
        return False
    return not _lists_something_else(table.columns[0])


def may_list_names(table: Table) -> bool:
    """Whether the first column of a table holds names, and no links to what they are of, beside another column."""
    if len(table.columns) < 2 or _lists_something_else(table.columns[0]):
        return False
    rows = [row for row in table.rows if len(row.cells) > 1]
    return _share(rows, 0, lambda text: is_identifier(text) and "](" not in text) >= 0.5


def in_properties_section(table: Table, aliases: Collection[str] = ()) -> bool:
    """Whether a table stands in a section that is called by the properties or relationships it lists."""
    sections = {heading.words for heading in table.headings}
    return not (sections.isdisjoint(_SECTIONS) and sections.isdisjoint(aliases))
