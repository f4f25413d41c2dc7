"""The types that a page defines, by annotated blocks or by its title, with the tables of their properties."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from docextract.markdown.zone import apart
from docextract.reading.base_types import base_names, kind_of
from docextract.reading.columns import (
    describes_members,
    heads_properties,
    in_properties_section,
    may_list_names,
    named_columns,
    shown_columns,
    typed_columns,
)
from docextract.reading.enumeration import named_namespace
from docextract.reading.http_message import Body
from docextract.reading.property import Property, Rows, Unnamed, read_rows
from docextract.reading.title import type_title
from docextract.reading.vocabulary import REPRESENTATION_SECTIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from docextract.findings import Defect
    from docextract.markdown.page import Annotation, CodeBlock, Page, Table
    from docextract.markdown.zone import Zone
    from docextract.reading.columns import Columns
    from docextract.text.json_values import JSONValue
    from docextract.text.source import Span

#: "createdDateTime" is no word of any language.
_JOINED_WORDS = re.compile(r"[a-z][A-Z]")
_SECTION_OF_MEMBER = re.compile(r"(?P<name>\w+) properties")


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
    declared ones are allowed. `representation` shows type names and samples, in the block that begins at `shown_at`;
    readers of other `zones` than these do not see it. `annotated` is False where only the title of the page says
    what it defines. `unnamed` are rows that name no member, `unread` the tables that could not be read.
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
    annotated: bool = True
    zones: tuple[Zone, ...] = ()
    translated: bool = False
    unnamed: tuple[Unnamed, ...] = ()
    unread: tuple[Table, ...] = ()
    defects: tuple[Defect, ...] = ()

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
        return _object(self.representation) if self.representation else {}

    def unlisted(self, inherited: Collection[str] = ()) -> list[str]:
        """Return the members that the JSON representation shows and no row names, nor what is inherited."""
        names = {name.casefold() for name in (*inherited, *(declared.name for declared in self.properties))}
        key = self.key.name if self.key else None
        return [name for name in self.represented if name.casefold() not in names and name != key and "@" not in name]

    @cached_property
    def may_be_renamed(self) -> bool:
        """Whether a relationship of a translation, which need not be shown, may stand for a member of another name."""
        known = {*self.represented, *self.optional}
        return self.translated and any(row.navigation and row.name not in known for row in self.properties)

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


def read_resources(page: Page, aliases: Collection[str] = (), namespace: str = "") -> tuple[Resource, ...]:
    """Read the types that a page defines.

    `aliases` are further headings of properties tables, `namespace` is that of a type which only the
    title of its page names, where nothing on the page tells it.
    """
    sources = _annotated(page) or _titled(page, aliases, namespace)
    if not sources:
        return ()
    owned, unread = _assign_tables(page, sources, aliases)
    bases = tuple(_base_names(page)) if len({source.declaration.name for source in sources}) == 1 else ()
    return tuple(_resource(page, source, owned[i], bases, unread if i == 0 else ()) for i, source in enumerate(sources))


@dataclass(frozen=True)
class _Source:
    """What declares a type: the annotation of a block, or the title of the page, with or without a block."""

    declaration: Named
    block: CodeBlock | None = None
    annotation: Annotation | None = None

    @property
    def zones(self) -> tuple[Zone, ...]:
        """The zones in which it stands."""
        return self.block.zones if self.block else ()

    @cached_property
    def body(self) -> Body | None:
        """What the block holds."""
        return Body(self.block.content) if self.block else None

    @property
    def shown(self) -> frozenset[str]:
        """The members of its JSON representation."""
        return frozenset(_object(self.body)) if self.body else frozenset()

    @property
    def objects(self) -> list[str]:
        """The members that its JSON representation shows as objects or arrays, as relationships are."""
        members = _object(self.body) if self.body else {}
        return [name for name, value in members.items() if isinstance(value, dict | list) and "@" not in name]


def _annotated(page: Page) -> list[_Source]:
    sources = []
    for block in page.blocks:
        annotation = block.annotation if block.block_type == "resource" else None
        if annotation is not None and (name := (annotation.type_name or "").lstrip("#")):
            place = partial(annotation.span, annotation.type_key)
            sources.append(_Source(Named(name, place), block, annotation))
    return sources


def _titled(page: Page, aliases: Collection[str], namespace: str) -> list[_Source]:
    """Take the title for the declaration of a type that the page describes by a table or a representation."""
    title = page.title
    name = type_title(title.text) if title else None
    if title is None or name is None:
        return []
    blocks = [block for block in page.blocks if _represents(block)]
    if not blocks and not any(in_properties_section(table, aliases) and named_columns(table) for table in page.tables):
        return []
    declaration = Named(_in_full(name, page, blocks, namespace), lambda: title.span)
    # Of several in one zone the first shows the type.
    shown = [block for i, block in enumerate(blocks) if all(apart(block.zones, other.zones) for other in blocks[:i])]
    return [_Source(declaration, block) for block in shown] or [_Source(declaration)]


def _represents(block: CodeBlock) -> bool:
    """Whether a block shows a type that no annotation of it names."""
    if block.block_type == "resource":
        return True
    words = block.headings[-1].words if block.headings else ""
    if block.annotation is not None or words not in REPRESENTATION_SECTIONS:
        return False
    return block.content.text.lstrip()[:1] == "{" and bool(_object(Body(block.content)))


def _in_full(name: str, page: Page, blocks: list[CodeBlock], namespace: str) -> str:
    """Return the name of a type with its namespace: as its representation has it, the page's, or the usual one."""
    if "." in name:
        return name
    for block in blocks:
        own = _object(Body(block.content)).get("@odata.type")
        if isinstance(own, str) and own.rpartition(".")[2].casefold() == name.casefold():
            return own.lstrip("#")
    return f"{named_namespace(page) or namespace}.{name}".lstrip(".")


def _object(body: Body) -> Mapping[str, JSONValue]:
    value = body.reading.value
    return value if isinstance(value, dict) else {}


def _resource(
    page: Page, source: _Source, tables: list[tuple[Table, Columns]], bases: tuple[str, ...], unread: tuple[Table, ...]
) -> Resource:
    annotation, block = source.annotation, source.block
    rows = [(table, read_rows(table, where, page.references, translated=page.translated)) for table, where in tables]
    named = {declared.name.casefold() for _, found in rows for declared in found.properties}
    objects = any(name.casefold() not in named for name in source.objects)
    unnamed = [row for table, found in rows for row in _unnamed(page, table, found, source.shown, objects)]
    return Resource(
        source.declaration,
        page.path,
        tables[0][0].header.span if tables else block.fence if block else source.declaration.span,
        tuple(table for table, _ in tables),
        tuple(declared for _, found in rows for declared in found.properties),
        _named(annotation, "baseType", marks="#"),
        bases,
        _optional(annotation),
        _named(annotation, "keyProperty"),
        annotation is not None and annotation.flag("openType"),
        source.body,
        block.fence if block else None,
        annotated=annotation is not None,
        zones=source.zones,
        translated=page.translated,
        unnamed=tuple(unnamed),
        unread=unread,
        defects=tuple(defect for _, found in rows for defect in found.defects),
    )


def _unnamed(page: Page, table: Table, rows: Rows, shown: Collection[str], objects: bool) -> Iterator[Unnamed]:
    """Yield the rows that name no member, of a table that surely lists members.

    In a translated page that may be an identifier, too: "Typ" for `type`, which the representation shows. A
    relationship need not be shown, so it is told from a name by its capital, where `objects` are shown that no
    row names: "Kalender" for `calendar`.
    """
    names = {declared.name for declared in rows.properties}
    if not in_properties_section(table) and names.isdisjoint(shown):
        return
    yield from rows.unnamed
    folded = {name.casefold() for name in shown}
    if not page.translated or folded <= {name.casefold() for name in names}:
        return
    nouns = objects and not any(name[:1].isupper() for name in shown)
    above = ""
    for declared in rows.properties:
        if declared.type.text and declared.name.casefold() not in folded and _may_be_word(declared, nouns):
            yield Unnamed(declared.name, declared.row, above, declared.zones)
        above = declared.name


def _may_be_word(declared: Property, nouns: bool) -> bool:
    """Whether the name of a row in a translation may be a word; that of a relationship only if it may be a noun."""
    if _JOINED_WORDS.search(declared.name):
        return False
    return not declared.navigation or (nouns and declared.name[:1].isupper())


def _named(annotation: Annotation | None, key: str, *, marks: str = "") -> Named | None:
    """Return the name that is the value of a key, without leading `marks`; None if there is none."""
    value = annotation.values.get(key) if annotation else None
    name = value.lstrip(marks) if isinstance(value, str) else ""
    return Named(name, partial(annotation.span, key)) if annotation and name else None


def _optional(annotation: Annotation | None) -> Mapping[str, Place]:
    names = annotation.values.get("optionalProperties") if annotation else None
    if annotation is None or not isinstance(names, list):
        return {}
    return {str(name): partial(annotation.span, "optionalProperties", item=str(name)) for name in names}


def _assign_tables(
    page: Page, sources: list[_Source], aliases: Collection[str]
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
    table: Table, page: Page, shown: Collection[str], sources: list[_Source], aliases: Collection[str]
) -> bool:
    """Whether a table may list members of the page's types, as far as its section tells."""
    words = table.headings[-1].words if table.headings else ""
    if words == "parameters" and any(block.block_type == "request" for block in page.blocks):
        return False
    inner = _SECTION_OF_MEMBER.fullmatch(words)
    if inner and inner["name"] in {name.casefold() for name in shown} - {_short(source) for source in sources}:
        return False
    return describes_members(table, aliases)


def _short(source: _Source) -> str:
    return source.declaration.name.rpartition(".")[2].casefold()


def _owners(table: Table, sources: list[_Source]) -> list[int]:
    """Return the types of the table's section, else the nearest above; one shown in several zones has it in each."""
    near = [i for i, source in enumerate(sources) if not apart(source.zones, table.zones)] or list(range(len(sources)))
    owner = _owner(table, sources, near)
    return [
        i
        for i in near
        if sources[i].declaration.name == sources[owner].declaration.name and _shows_apart(i, owner, sources)
    ]


def _shows_apart(i: int, owner: int, sources: list[_Source]) -> bool:
    return i == owner or apart(sources[i].zones, sources[owner].zones)


def _owner(table: Table, sources: list[_Source], near: list[int]) -> int:
    blocks = [(i, block) for i in near if (block := sources[i].block)]
    if len(near) == 1 or not blocks:
        return near[0]
    for depth in range(len(table.headings), 0, -1):
        inside = [i for i, block in blocks if block.headings[:depth] == table.headings[:depth]]
        if len(inside) == 1:
            return inside[0]
        if inside:
            break
    above = [i for i, block in blocks if block.fence.line < table.line]
    return above[-1] if above else blocks[0][0]


def _base_names(page: Page) -> Iterator[str]:
    for paragraph in page.paragraphs:
        for word in base_names(paragraph.source.text):
            yield word.text
        kind = kind_of(paragraph.source.text) if len(paragraph.headings) == 1 else None
        if kind is not None:
            yield kind.text
