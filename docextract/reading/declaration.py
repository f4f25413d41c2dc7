"""What declares the types of a page: the annotations of blocks, or the title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING

from docextract.markdown.zone import apart
from docextract.reading.columns import in_properties_section, named_columns
from docextract.reading.enumeration import named_namespace
from docextract.reading.http_message import Body
from docextract.reading.title import type_title
from docextract.reading.vocabulary import REPRESENTATION_SECTIONS
from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from collections.abc import Collection

    from docextract.markdown.page import Annotation, CodeBlock, Page
    from docextract.markdown.zone import Zone
    from docextract.text.json_values import JSONValue
    from docextract.text.source import Span

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
class Declaration:
    """What declares a type: the annotation of a block, or the title of the page, with or without a block."""

    named: Named
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
        return frozenset(members_of(self.body)) if self.body else frozenset()

    @property
    def objects(self) -> list[str]:
        """The members that its JSON representation shows as objects or arrays, as relationships are."""
        members = members_of(self.body) if self.body else {}
        return [name for name, value in members.items() if isinstance(value, dict | list) and "@" not in name]


def annotated(page: Page) -> list[Declaration]:
    """Return what the annotations of a page's blocks declare, in their order."""
    sources = []
    for block in page.blocks:
        annotation = block.annotation if block.block_type == "resource" else None
        if annotation is not None and (name := (annotation.type_name or "").lstrip("#")):
            place = partial(annotation.span, annotation.type_key)
            sources.append(Declaration(Named(name, place), block, annotation))
    return sources


def titled(page: Page, aliases: Collection[str], namespace: str) -> list[Declaration]:
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
    return [Declaration(declaration, block) for block in shown] or [Declaration(declaration)]


def _represents(block: CodeBlock) -> bool:
    """Whether a block shows a type that no annotation of it names."""
    if block.block_type == "resource":
        return True
    words = block.headings[-1].words if block.headings else ""
    if block.annotation is not None or words not in REPRESENTATION_SECTIONS:
        return False
    return block.content.text.lstrip()[:1] == "{" and bool(members_of(Body(block.content)))


def _in_full(name: str, page: Page, blocks: list[CodeBlock], namespace: str) -> str:
    """Return the name of a type with its namespace: as its representation has it, the page's, or the usual one."""
    if "." in name:
        return name
    for block in blocks:
        own = members_of(Body(block.content)).get("@odata.type")
        if isinstance(own, str) and own.rpartition(".")[2].casefold() == name.casefold():
            return own.lstrip("#")
    return f"{named_namespace(page) or namespace}.{name}".lstrip(".")


def members_of(body: Body) -> Mapping[str, JSONValue]:
    """Return the members of a body; none if it is no object."""
    value = body.reading.value
    return value if isinstance(value, dict) else {}
