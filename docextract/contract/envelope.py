"""Objects around what a body is of: other envelopes than `value`, and parameters that wrap a type's members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docextract.contract.resolution import members

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.contract.registry import Type


def items_key(value: dict[str, Any], types: Sequence[Type]) -> str | None:
    """Name the member that holds the items of a collection in another envelope than `{"value": [...]}`.

    It is the only array, all its items are objects, and no member is one of the types' own.
    """
    lists = [name for name, item in members(value).items() if isinstance(item, list)]
    if len(lists) != 1 or not all(isinstance(item, dict) for item in value[lists[0]]):
        return None
    return None if any(name in one.properties for one in types for name in members(value)) else lists[0]


def parameter(value: dict[str, Any], types: Sequence[Type]) -> str | None:
    """Name the parameter of an action that wraps what its page's table lists (DESIGN 5.10)."""
    inside = members(value)
    if len(inside) != 1:
        return None
    [(name, inner)] = inside.items()
    if not isinstance(inner, dict) or not members(inner) or any(name in one.properties for one in types):
        return None
    return name if any(all(member in one.properties for member in members(inner)) for one in types) else None
