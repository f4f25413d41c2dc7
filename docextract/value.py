"""What the values of a page are made with: a dataclass and a cached property that cost little to make and to ask.

A page is thousands of small values, and making them was a twelfth of a run. A frozen dataclass sets each of its
fields by a call, and before Python 3.12 a cached property takes a lock. Those here do neither. That nobody
assigns to a field is held by the type checker, which takes them for those of the standard library.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property as cached_property
else:

    class cached_property:  # noqa: N801 (the name of the original)
        """The result of a method, computed when it is first asked for."""

        def __init__(self, compute: Any) -> None:
            self.compute = compute
            self.__doc__ = compute.__doc__

        def __set_name__(self, _: type, name: str) -> None:
            self.name = name

        def __get__(self, instance: Any, _: type) -> Any:
            # It stands in the instance from now on, where it is found before this is asked.
            value = instance.__dict__[self.name] = self.compute(instance)
            return value


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(*, frozen, eq=True, slots=False):
        """Make a dataclass with the equality and the hash of a frozen one."""
        assert frozen
        return dataclasses.dataclass(eq=eq, unsafe_hash=eq, slots=slots)
