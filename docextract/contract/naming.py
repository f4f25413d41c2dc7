"""How the type of a body is named, and what the name comes to."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Self

from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from docextract.contract.registry import Type
    from docextract.text.source import Span


class _Worded(StrEnum):
    """Members that have words beside their value."""

    words: str

    def __new__(cls, value: str, words: str) -> Self:
        """Make a member of its value and its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member


class Kind(_Worded):
    """What a resolution comes to; `words` complete the sentence "its type is ..."."""

    TYPE = "type", "described by a properties table"
    OWN_TABLE = "own-table", "described by this page"
    PRIMITIVE = "primitive", "a primitive: no table describes it, so only its JSON is checked"
    NOTHING = "none", "no body (None)"
    ERROR = "error", "an error body: it is not held against a table"
    UNKNOWN = "unknown", "unknown: no page of this version defines it"
    AMBIGUOUS = "ambiguous", "ambiguous: several types have this name"
    UNRESOLVED = "unresolved", "not known: no annotation, '@odata.type', context, link or prose names it"


class Source(_Worded):
    """What a type is known by; `words` say it as a sentence."""

    ANNOTATION = "annotation", "its annotation names it"
    BODY = "body", "the body's '@odata.type' names it"
    CONTEXT = "context", "the body's '@odata.context' names it"
    LINK = "link", "it is the first resource link of the page's Response (or Request body) section"
    PROSE = "prose", "the page's Response (or Request body) section names it"
    SHAPE = "shape", "the body is a scalar or an array of scalars"
    OWN_TABLE = "own table", "the page's own table declares the body"


@dataclass(frozen=True, slots=True)
class Naming:
    """A type's name as a page gives it: by what, where, and whether for a collection (None: it does not say).

    `place` finds the span on demand, because few bodies need it.
    """

    name: str
    source: Source
    place: Callable[[], Span]
    collection: bool | None = None


@dataclass(frozen=True)
class Resolution:
    """The type that a body should have. `collection` is None where the source does not say.

    `source` is None where nothing said anything; `candidates` are the full names that an ambiguous
    name may stand for; `place` finds the span on demand, because few bodies need it.
    """

    kind: Kind
    types: tuple[Type, ...] = ()
    collection: bool | None = None
    source: Source | None = None
    name: str = ""
    place: Callable[[], Span] | None = None
    candidates: tuple[str, ...] = ()

    @property
    def span(self) -> Span | None:
        """Where the type is named."""
        return self.place() if self.place else None

    @property
    def annotated(self) -> bool:
        """Whether an annotation names the type."""
        return self.source is Source.ANNOTATION
