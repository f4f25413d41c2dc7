"""Resource blocks and the tables of their page: types with their properties; enums with their members."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

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
    from docextract.text.json_values import JSONValue
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


#: Finds a place on demand: few are ever shown, and finding one reads the JSON around it.
Place = Callable[[], "Span"]


@dataclass(frozen=True)
class Named:
    """A name and its place."""

    name: str
    place: Place = field(repr=False)

    @property
    def span(self) -> Span:
        """The place of the name."""
        return self.place()


@dataclass(frozen=True)
class Resource:
    """One definition of a type, with the properties tables that belong to it.

    `declaration` is the name with its place, `header` the place of what tells its properties, `base` the
    base type that it declares; `bases` are those that prose names. `optional` holds the properties that need
    not be shown, by name; `key` is the one that identifies an object. `open` says whether members beyond the
    declared ones are allowed. `representation` shows type names and samples, in the block that begins at `shown_at`.
    """

    declaration: Named
    path: str
    header: Span
    tables: tuple[Table, ...] = ()
    properties: tuple[Property, ...] = ()
    base: Named | None = None
    bases: tuple[str, ...] = ()
    optional: Mapping[str, Place] = field(default_factory=dict)
    key: Named | None = None
    open: bool = False
    representation: Body | None = None
    shown_at: Span | None = None

    @property
    def name(self) -> str:
        """The full name of the type."""
        return self.declaration.name

    @property
    def declared_at(self) -> Span:
        """The place of the name."""
        return self.declaration.span

    @property
    def base_type(self) -> str | None:
        """The name of the base type that it declares."""
        return self.base.name if self.base else None

    @cached_property
    def represented(self) -> Mapping[str, JSONValue]:
        """The members of the JSON representation; empty if there is none, or no object."""
        value = self.representation.reading.value if self.representation else None
        return value if isinstance(value, dict) else {}

    def named_types(self) -> Iterator[tuple[str, Span]]:
        """Yield the types that its rows and its JSON representation name, with their places."""
        for declared in self.properties:
            if declared.type.name and not declared.type.primitive:
                yield declared.type.name, declared.row
        for member, value in self.represented.items():
            item = value[0] if isinstance(value, list) and value else value
            name = item.get("@odata.type") if isinstance(item, dict) else None
            if isinstance(name, str) and self.representation:
                yield name.lstrip("#"), self.representation.span("/" + member)


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
    annotation = block.annotation
    assert annotation is not None
    name = (annotation.type_name or "").lstrip("#")
    properties: list[Property] = []
    for table in tables:
        where = columns(table, structural=True)
        if where:
            properties.extend(read_properties(table, where, page.references))
    return Resource(
        Named(name, partial(annotation.span, annotation.type_key)),
        page.path,
        tables[0].header.span if tables else block.fence,
        tuple(tables),
        tuple(properties),
        _named(annotation, "baseType", marks="#"),
        bases,
        _optional(annotation),
        _named(annotation, "keyProperty"),
        annotation.flag("openType"),
        Body(block.content),
        block.fence,
    )


def _named(annotation: Annotation, key: str, *, marks: str = "") -> Named | None:
    """Return the name that is the value of a key, without leading `marks`; None if there is none."""
    value = annotation.values.get(key)
    name = value.lstrip(marks) if isinstance(value, str) else ""
    return Named(name, partial(annotation.span, key)) if name else None


def _optional(annotation: Annotation) -> Mapping[str, Place]:
    names = annotation.values.get("optionalProperties")
    if not isinstance(names, list):
        return {}
    return {str(name): partial(annotation.span, "optionalProperties", item=str(name)) for name in names}


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
