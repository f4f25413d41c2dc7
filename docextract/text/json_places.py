"""The places of all values of a JSON text by JSON Pointer, kept as offsets; pointers are made when asked for."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from docextract.text.json_values import escape

if TYPE_CHECKING:
    from collections.abc import Iterator


class Place(NamedTuple):
    """The offsets of a value and of its member name, including quotes."""

    key: tuple[int, int] | None
    value: tuple[int, int]


class Places(Mapping[str, Place]):
    """The place of each value of a text by JSON Pointer (RFC 6901), in document order.

    A value takes 20 bytes: a pointer for each would take as much as all the names above it, which is the square of
    the text where a long name stands above many values.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts, self._ends = array("i"), array("i")
        self._keys, self._key_ends = array("i"), array("i")
        #: The index of the value that follows a value and all it holds.
        self._after = array("i")
        #: The names that are not those that the text has between quotes.
        self._names: dict[int, str] = {}
        self._tables: dict[int, dict[str, int]] = {}

    def begin(self, value: tuple[int, int], key: tuple[int, int] | None, name: str | None = None) -> int:
        """Add a value, of which only the start may be known yet, with the place of its name; return its number."""
        index = len(self._starts)
        self._starts.append(value[0])
        self._ends.append(value[1])
        key = key or (-1, -1)
        self._keys.append(key[0])
        self._key_ends.append(key[1])
        self._after.append(index + 1)
        if name is not None:
            self._names[index] = name
        return index

    def end(self, index: int, offset: int) -> None:
        """Say where a value ends; all values added since it began are in it."""
        self._ends[index], self._after[index] = offset, len(self._starts)

    def end_of(self, index: int) -> int:
        """Return where a value ends."""
        return self._ends[index]

    def __getitem__(self, pointer: str) -> Place:
        """Return the place of the value at a pointer. Raises KeyError if there is none."""
        if not self._starts or (pointer and not pointer.startswith("/")):
            raise KeyError(pointer)
        index = 0
        for token in pointer.split("/")[1:]:
            index = self._children(index)[token]
        return self._place(index)

    def nearest(self, pointer: str) -> Place | None:
        """Return the place of the value at a pointer, or of the innermost one that would hold it, if there is any."""
        if not self._starts:
            return None
        index = 0
        for token in pointer.split("/")[1:]:
            child = self._children(index).get(token)
            if child is None:
                break
            index = child
        return self._place(index)

    def __iter__(self) -> Iterator[str]:
        """Yield all pointers."""
        pending = [("", 0)] if self._starts else []
        while pending:
            pointer, index = pending.pop()
            yield pointer
            pending += [(f"{pointer}/{token}", child) for token, child in reversed(self._children(index).items())]

    def __len__(self) -> int:
        """Return the number of values."""
        return len(self._starts)

    def _place(self, index: int) -> Place:
        key = (self._keys[index], self._key_ends[index]) if self._keys[index] >= 0 else None
        return Place(key, (self._starts[index], self._ends[index]))

    def _children(self, index: int) -> dict[str, int]:
        """Return the members or items of a value by their tokens in a pointer."""
        table = self._tables.get(index)
        if table is None:
            self._tables[index] = table = {}
            child, number = index + 1, 0
            while child < self._after[index]:
                table[self._token(child, number)] = child
                child, number = self._after[child], number + 1
        return table

    def _token(self, index: int, number: int) -> str:
        if index in self._names:
            return escape(self._names[index])
        if self._keys[index] < 0:
            return str(number)
        name = self._text[self._keys[index] : self._key_ends[index]]
        return escape(json.loads(name) if "\\" in name else name[1:-1])
