"""Numbers of things, in words."""

from __future__ import annotations


def plural(number: int, name: str, many: str = "") -> str:
    """Return a number and a noun, in the plural (regular, or `many`) if it is not one."""
    return f"{number:,} {name}" if number == 1 else f"{number:,} {many or name + 's'}"
