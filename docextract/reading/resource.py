"""Resource blocks and the tables of their page: types with their properties; enums with their members."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docextract.reading.base_types import base_names, kind_of
from docextract.reading.http_message import Body
from docextract.reading.property import (
    Property,
    columns,
    describes_members,
    is_identifier,
    property_name,
    read_properties,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from docextract.markdown.page import Annotation, CodeBlock, Page, Table
    from docextract.text.source import Span

_ENUM_HEADING = re.compile(r"^[*`]*(?P<name>[A-Za-z_][\w.]*)[*`]*\s+(values|members|enum(eration)?)\b", re.IGNORECASE)
_ENUM_TITLE = re.compile(r"^(?P<name>[A-Za-z_][\w.]*)\s+enum(eration)?\b", re.IGNORECASE)
_NAMESPACE = re.compile(r"^Namespace:\s*`?([\w.]+)`?\s*$", re.MULTILINE)
_MEMBER_COLUMNS = (
    "member",
    "members",
    "member name",
    "value",
    "values",
    "name",
    "enum value",
    "possible values",
    "mode",
)


@dataclass(frozen=True)
class Resource:
    """One definition of a type: a resource block and the properties tables that belong to it."""

    name: str
    path: str
    block: CodeBlock
    annotation: Annotation
    tables: tuple[Table, ...] = ()
    properties: tuple[Property, ...] = ()
    bases: tuple[str, ...] = ()

    @property
    def base_type(self) -> str | None:
        """The base type that the annotation names."""
        value = self.annotation.values.get("baseType")
        return value.lstrip("#") if isinstance(value, str) and value else None

    @property
    def open(self) -> bool:
        """Whether members beyond the declared ones are allowed (`openType`)."""
        return self.annotation.flag("openType")

    @cached_property
    def representation(self) -> Body:
        """The JSON representation: type names and samples by design (census 6)."""
        return Body(self.block.content)

    @cached_property
    def represented(self) -> Mapping[str, Any]:
        """The members of the JSON representation; empty if it cannot be read as an object."""
        value = self.representation.reading.value
        return value if isinstance(value, dict) else {}

    @cached_property
    def optional(self) -> frozenset[str]:
        """The properties that the annotation calls optional."""
        names = self.annotation.values.get("optionalProperties")
        return frozenset(str(name) for name in names) if isinstance(names, list) else frozenset()

    def named_types(self) -> Iterator[tuple[str, Span]]:
        """Yield the types that its rows and its JSON representation name, with their places."""
        for declared in self.properties:
            if declared.type.name and not declared.type.primitive:
                yield declared.type.name, declared.row
        for member, value in self.represented.items():
            item = value[0] if isinstance(value, list) and value else value
            name = item.get("@odata.type") if isinstance(item, dict) else None
            if isinstance(name, str):
                yield name.lstrip("#"), self.representation.span("/" + member)

    @property
    def header(self) -> Span:
        """The header row of its first table; without a table, the resource block."""
        return self.tables[0].header.span if self.tables else self.block.fence


@dataclass(frozen=True)
class Enum:
    """An enumeration and the places of its members."""

    name: str
    span: Span
    members: Mapping[str, Span] = field(default_factory=dict)


def read_resources(page: Page, aliases: Collection[str] = ()) -> tuple[Resource, ...]:
    """Read the types that a page defines; `aliases` are further headings of properties tables."""
    blocks = [block for block in page.blocks if block.block_type == "resource" and block.annotation]
    named = [block for block in blocks if block.annotation and block.annotation.type_name]
    if not named:
        return ()
    owned = _assign_tables(page, named, aliases)
    bases = tuple(_base_names(page)) if len(named) == 1 else ()
    return tuple(_resource(page, block, owned[i], bases) for i, block in enumerate(named))


def _resource(page: Page, block: CodeBlock, tables: list[Table], bases: tuple[str, ...]) -> Resource:
    assert block.annotation is not None
    name = (block.annotation.type_name or "").lstrip("#")
    properties: list[Property] = []
    for table in tables:
        found = columns(table, structural=True)
        if found:
            properties.extend(read_properties(table, found, page.references))
    return Resource(name, page.path, block, block.annotation, tuple(tables), tuple(properties), bases)


def _assign_tables(page: Page, blocks: list[CodeBlock], aliases: Collection[str]) -> list[list[Table]]:
    owned: list[list[Table]] = [[] for _ in blocks]
    operates = any(block.block_type == "request" for block in page.blocks)
    for table in page.tables:
        if operates and table.headings and table.headings[-1].words == "parameters":
            continue
        if describes_members(table, aliases) and columns(table, structural=True):
            owned[_owner(table, blocks)].append(table)
    return owned


def _owner(table: Table, blocks: list[CodeBlock]) -> int:
    """Give the resource of the table's section, else the nearest one above (DESIGN 5.1)."""
    if len(blocks) == 1:
        return 0
    for depth in range(len(table.headings), 0, -1):
        inside = [i for i, block in enumerate(blocks) if block.headings[:depth] == table.headings[:depth]]
        if len(inside) == 1:
            return inside[0]
        if inside:
            break
    above = [i for i, block in enumerate(blocks) if block.fence.line < table.line]
    return above[-1] if above else 0


def _base_names(page: Page) -> Iterator[str]:
    for paragraph in page.paragraphs:
        for word in base_names(paragraph.source.text):
            yield word.text
        kind = kind_of(paragraph.source.text) if len(paragraph.headings) == 1 else None
        if kind is not None:
            yield kind.text


def read_enums(page: Page) -> tuple[Enum, ...]:
    """Read the enumerations of a page: member tables under `x values` or on the page of an enum."""
    return tuple(_enums(page))


def _enums(page: Page) -> Iterator[Enum]:
    title = _ENUM_TITLE.match(page.title.text) if page.title else None
    if title is None and not any(_ENUM_HEADING.match(heading.text) for heading in page.headings):
        return
    for table in page.tables:
        name = _enum_name(table) or (_titled(page, table) if title else None)
        column = _member_column(table)
        if name and column is not None:
            yield Enum(name, table.header.span, dict(_members(table, column)))


def _enum_name(table: Table) -> str | None:
    match = _ENUM_HEADING.match(table.headings[-1].text) if table.headings else None
    return match["name"] if match else None


def _titled(page: Page, table: Table) -> str | None:
    """The name in the title of an enum's own page, with the namespace that the page names."""
    match = _ENUM_TITLE.match(page.title.text) if page.title else None
    words = table.headings[-1].words if table.headings else ""
    if not match or not (words in ("members", "values", "member", "properties") or len(table.headings) == 1):
        return None
    namespace = next(
        (_NAMESPACE.search(p.source.text) for p in page.paragraphs[:4] if "Namespace" in p.source.text), None
    )
    name = match["name"]
    return f"{namespace[1]}.{name}" if namespace and "." not in name else name


def _member_column(table: Table) -> int | None:
    return next((i for i, name in enumerate(table.columns) if name in _MEMBER_COLUMNS), None)


def _members(table: Table, column: int) -> Iterator[tuple[str, Span]]:
    for row in table.rows:
        if column < len(row.cells):
            name = property_name(row.cells[column].text).strip("\"'")
            if is_identifier(name) or name.replace("-", "").isalnum():
                yield name, row.span
