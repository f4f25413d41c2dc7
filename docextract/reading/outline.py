"""What is known of a page without parsing it: names, hosts, versions, links."""

from __future__ import annotations

from docextract.value import dataclass


@dataclass(frozen=True, slots=True)
class Outline:
    """The names that a page defines, the hosts and API versions of its requests, and its links to pages.

    Before a version stands what is between the host and it: "v1.0", "api/v1.0". `more_links` says
    that the page may have links that are more than the paths of `links`: anchors, definitions.
    `answers` counts the status lines of responses that have a body, `media_types` the Content-Type fields,
    `values` the members called `value`. `open_types` are the types that its prose calls open, `titled` those
    of which only its title gives the name, without a namespace, `heirs` those that it says derive from its own.
    `front_matter` says that it begins as front matter does, `doc_type` is the page type given there.
    """

    types: tuple[str, ...] = ()
    enums: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    more_links: bool = False
    answers: int = 0
    media_types: int = 0
    open_types: tuple[str, ...] = ()
    values: int = 0
    front_matter: bool = False
    doc_type: str = ""
    titled: tuple[str, ...] = ()
    heirs: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """What it says of types: those that it defines, its enums, the types it calls open, those that derive."""
        return self.types, self.enums, self.open_types, self.titled, self.heirs

    @property
    def defines_types(self) -> bool:
        """Whether the page defines a type."""
        return bool(self.types or self.titled)
