"""Which tables of a page list the members of which of its types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.markdown.zone import apart
from docextract.reading.columns import (
    describes_members,
    heads_properties,
    in_properties_section,
    may_list_names,
    named_columns,
    shown_columns,
    typed_columns,
)
from docextract.reading.title import type_title

if TYPE_CHECKING:
    from collections.abc import Collection

    from docextract.markdown.heading import Heading
    from docextract.markdown.page import Page, Table
    from docextract.reading.columns import Columns
    from docextract.reading.declaration import Declaration

_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_SECTION_OF_MEMBER = re.compile(r"(?P<name>\w+) properties")


def assign_tables(
    page: Page, sources: list[Declaration], aliases: Collection[str]
) -> tuple[list[list[tuple[Table, Columns]]], tuple[Table, ...]]:
    """Give each type its tables; the second part holds the tables that look like some and could not be read."""
    owned: list[list[tuple[Table, Columns]]] = [[] for _ in sources]
    shown = frozenset().union(*(source.shown for source in sources))
    unread: list[Table] = []
    for table in page.tables:
        if not _may_describe(table, page, shown, sources, aliases):
            continue
        in_section = in_properties_section(table, aliases)
        where = named_columns(table) or shown_columns(table, shown) or (typed_columns(table) if in_section else None)
        if where is not None:
            for owner in _owners(table, sources):
                owned[owner].append((table, where))
        elif heads_properties(table, aliases) or may_list_names(table):
            unread.append(table)
    if not any(owned):
        return owned, tuple(unread)
    unread = [table for table in unread if heads_properties(table, aliases)]
    # Beside a properties table, others in its section tell more of its rows.
    read = {table.headings for tables in owned for table, _ in tables}
    return owned, tuple(table for table in unread if table.headings not in read)


def _may_describe(
    table: Table, page: Page, shown: Collection[str], sources: list[Declaration], aliases: Collection[str]
) -> bool:
    """Whether a table may list members of the page's types, as far as its section tells."""
    words = table.headings[-1].words if table.headings else ""
    if words == "parameters" and any(block.block_type == "request" for block in page.blocks):
        return False
    inner = _SECTION_OF_MEMBER.fullmatch(words)
    if inner and inner["name"] in {name.casefold() for name in shown} - {_short(source) for source in sources}:
        return False
    return describes_members(table, aliases)


def _short(source: Declaration) -> str:
    return source.named.name.rpartition(".")[2].casefold()


def _owners(table: Table, sources: list[Declaration]) -> list[int]:
    """Return the types of the table's section, else the nearest above; one shown in several zones has it in each."""
    near = [i for i, source in enumerate(sources) if not apart(source.zones, table.zones)] or list(range(len(sources)))
    owner = _owner(table, sources, near)
    return [i for i in near if sources[i].named.name == sources[owner].named.name and _shows_apart(i, owner, sources)]


def _shows_apart(i: int, owner: int, sources: list[Declaration]) -> bool:
    return i == owner or apart(sources[i].zones, sources[owner].zones)


def _owner(table: Table, sources: list[Declaration], near: list[int]) -> int:
    blocks = [(i, block) for i in near if (block := sources[i].block)]
    if len(near) == 1 or not blocks:
        return near[0]
    called = [i for i, _ in blocks if any(_calls(heading, sources[i]) for heading in table.headings[1:])]
    if len(called) == 1:
        return called[0]
    for depth in range(len(table.headings), 0, -1):
        inside = [i for i, block in blocks if block.headings[:depth] == table.headings[:depth]]
        if len(inside) == 1:
            return inside[0]
        if inside:
            break
    above = [i for i, block in blocks if block.fence.line < table.line]
    return above[-1] if above else blocks[0][0]


def _calls(heading: Heading, source: Declaration) -> bool:
    """Whether a section is about a type: "The address complex type"."""
    name = type_title(_ARTICLE.sub("", heading.words))
    return name is not None and name.rpartition(".")[2].casefold() == _short(source)
