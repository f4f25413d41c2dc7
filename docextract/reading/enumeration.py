"""Enums: the tables of their members, under `x values` or on the page of an enum."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from docextract.reading import vocabulary
from docextract.reading.columns import first_column, is_identifier, property_name
from docextract.reading.title import enum_heading, enum_title
from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docextract.markdown.page import Page, Table
    from docextract.text.source import Span

_NAMESPACE = re.compile(r"^Namespace:\s*`?([\w.]+)`?\s*$", re.MULTILINE)
_MEMBER_SECTIONS = ("members", "values", "member", "properties")


@dataclass(frozen=True)
class Enum:
    """An enumeration and the places of its members.

    `whole` is False in a translation, which may have put words in the place of members.
    """

    name: str
    span: Span
    members: Mapping[str, Span] = field(default_factory=dict)
    whole: bool = True


def read_enums(page: Page) -> tuple[Enum, ...]:
    """Read the enumerations of a page: member tables under `x values` or on the page of an enum."""
    return tuple(_enums(page))


def named_namespace(page: Page) -> str | None:
    """Return the namespace that a line at the top of a page names: "Namespace: microsoft.graph"."""
    found = (_NAMESPACE.search(p.source.text) for p in page.paragraphs[:4] if "Namespace" in p.source.text)
    return next((match[1] for match in found if match), None)


def _enums(page: Page) -> Iterator[Enum]:
    title = enum_title(page.title.text) if page.title else None
    if title is None and not any(enum_heading(heading.text) for heading in page.headings):
        return
    for table in page.tables:
        name = enum_heading(table.headings[-1].text) if table.headings else None
        name = name or (_in_full(title, page) if title and _lists_members(table) else None)
        column = _member_column(table)
        if name and column is not None:
            members = dict(_members(table, column))
            yield Enum(name, table.header.span, members, not page.translated)


def _lists_members(table: Table) -> bool:
    words = table.headings[-1].words if table.headings else ""
    return words in _MEMBER_SECTIONS or len(table.headings) == 1


def _in_full(name: str, page: Page) -> str:
    namespace = named_namespace(page)
    return f"{namespace}.{name}" if namespace and "." not in name else name


def _member_column(table: Table) -> int | None:
    return first_column(table.columns, vocabulary.MEMBERS)


def _members(table: Table, column: int) -> Iterator[tuple[str, Span]]:
    for row in table.rows:
        if column < len(row.cells):
            name = property_name(row.cells[column].text).strip("\"'")
            if is_identifier(name) or name.replace("-", "").isalnum():
                yield name, row.span
