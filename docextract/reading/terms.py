"""The terms on which a type has a member, beyond its type: presence, null, values, shape, origin."""

from __future__ import annotations

from typing import Protocol

from docextract.reading import allowance, base_types, prose
from docextract.value import cached_property, dataclass


class Terms(Protocol):
    """What a declaration says of a member; a reader may find out each when it is first asked for."""

    @property
    def required(self) -> bool:
        """Whether a complete example has to show it."""

    @property
    def null_allowed(self) -> bool | None:
        """Whether it may be null; None if nothing is said."""

    @property
    def empty_allowed(self) -> bool:
        """Whether an empty text is a value of it, whatever its type."""

    @property
    def nested(self) -> bool:
        """Whether the items of the collection that it is are collections again."""

    @property
    def members(self) -> tuple[str, ...]:
        """The only values that it may have; none if they are not listed."""

    @property
    def inherited_from(self) -> tuple[str, ...]:
        """The types that it is inherited from, nearest first."""

    @property
    def deprecated(self) -> bool:
        """Whether it should no longer be used."""


@dataclass(frozen=True)
class DescribedTerms:
    """The terms that an English description states, read sentence by sentence when they are asked for.

    `may_be_absent` says that other signs than the description make the member optional.
    """

    description: str
    may_be_absent: bool = False

    @cached_property
    def required(self) -> bool:
        """Whether a complete example has to show it."""
        return not (self.may_be_absent or prose.optional(self.description))

    @cached_property
    def null_allowed(self) -> bool | None:
        """Whether it may be null; None if the description says nothing of null."""
        if prose.not_nullable(self.description):
            return False
        return True if prose.nullable(self.description) else None

    @cached_property
    def empty_allowed(self) -> bool:
        """Whether the description speaks of an empty text as a value."""
        return allowance.may_be_empty(self.description)

    @cached_property
    def nested(self) -> bool:
        """Whether the description calls it a collection of collections."""
        return allowance.nested(self.description)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The values that the description lists as the possible ones."""
        return tuple(word.text for word in prose.enum_members(self.description))

    @cached_property
    def inherited_from(self) -> tuple[str, ...]:
        """The types that the description says it is inherited from, nearest first."""
        return base_types.inherited_from(self.description)

    @cached_property
    def deprecated(self) -> bool:
        """Whether the description calls the member deprecated."""
        return allowance.deprecated(self.description)
