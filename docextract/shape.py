"""What a definition looks like from afar: names without places, enough to answer questions about all types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docextract.resource import Resource


@dataclass(frozen=True, slots=True)
class Shape:
    """The names of a definition: its type, the bases it names, its members, the types it mentions.

    `bases` holds those of the annotation, of the prose and of the rows (DESIGN 5.6).
    """

    name: str
    bases: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    members: tuple[str, ...]
    mentions: tuple[str, ...]


def shape_of(resource: Resource) -> Shape:
    """Take the shape of a definition."""
    rows = dict.fromkeys(name for declared in resource.properties for name in declared.inherited_from)
    mentions = dict.fromkeys(name.rpartition(".")[2].casefold() for name, _ in resource.named_types())
    return Shape(
        resource.name,
        ((resource.base_type,) if resource.base_type else (), resource.bases, tuple(rows)),
        tuple(dict.fromkeys(declared.name for declared in resource.properties)),
        tuple(mentions),
    )
