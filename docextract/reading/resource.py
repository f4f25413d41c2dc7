"""The types that a page defines, by annotated blocks or by its title, with the tables of their properties."""

from __future__ import annotations

import re
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING

from docextract.reading.base_types import base_names, kind_of
from docextract.reading.columns import in_properties_section
from docextract.reading.declaration import Declaration, Named, Place, annotated, members_of, titled
from docextract.reading.ownership import assign_tables
from docextract.reading.property import Property, Rows, Unnamed, read_rows
from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from docextract.findings import Defect
    from docextract.markdown.page import Annotation, Page, Table
    from docextract.markdown.zone import Zone
    from docextract.reading.columns import Columns
    from docextract.reading.http_message import Body
    from docextract.text.json_values import JSONValue
    from docextract.text.source import Span

#: "createdDateTime" is no word of any language.
_JOINED_WORDS = re.compile(r"[a-z][A-Z]")


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
        return members_of(self.representation) if self.representation else {}

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

    def named_types(self) -> Iterator[Named]:
        """Yield the types that its rows and its JSON representation name, with their places."""
        for declared in self.properties:
            if declared.type.name and not declared.type.primitive:
                yield Named(declared.type.name, partial(_row_of, declared))
        for member, value in self.represented.items():
            item = value[0] if isinstance(value, list) and value else value
            name = item.get("@odata.type") if isinstance(item, dict) else None
            if isinstance(name, str) and self.representation:
                yield Named(name.lstrip("#"), partial(self.representation.span, "/" + member))


def _row_of(declared: Property) -> Span:
    return declared.row


def read_resources(page: Page, aliases: Collection[str] = (), namespace: str = "") -> tuple[Resource, ...]:
    """Read the types that a page defines.

    `aliases` are further headings of properties tables, `namespace` is that of a type which only the
    title of its page names, where nothing on the page tells it.
    """
    sources = annotated(page) or titled(page, aliases, namespace)
    if not sources:
        return ()
    owned, unread = assign_tables(page, sources, aliases)
    bases = tuple(_base_names(page)) if len({source.named.name for source in sources}) == 1 else ()
    return tuple(_resource(page, source, owned[i], bases, unread if i == 0 else ()) for i, source in enumerate(sources))


def _resource(
    page: Page,
    source: Declaration,
    tables: list[tuple[Table, Columns]],
    bases: tuple[str, ...],
    unread: tuple[Table, ...],
) -> Resource:
    annotation, block = source.annotation, source.block
    rows = [(table, read_rows(table, where, page.references, translated=page.translated)) for table, where in tables]
    named = {declared.name.casefold() for _, found in rows for declared in found.properties}
    objects = any(name.casefold() not in named for name in source.objects)
    unnamed = [row for table, found in rows for row in _unnamed(page, table, found, source.shown, objects)]
    return Resource(
        source.named,
        page.path,
        tables[0][0].header.span if tables else block.fence if block else source.named.span,
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


def _base_names(page: Page) -> Iterator[str]:
    for paragraph in page.paragraphs:
        for word in base_names(paragraph.source.text):
            yield word.text
        kind = kind_of(paragraph.source.text) if len(paragraph.headings) == 1 else None
        if kind is not None:
            yield kind.text
