"""What descriptions let a value be beside what its type says."""

from __future__ import annotations

import pytest

from docextract.reading import allowance

EMPTY = {
    "This property is an empty string if there are no suggestions.": True,
    "The reason. Can be empty.": True,
    "Blank for guests.": True,
    "An **empty** `string` removes it.": True,
    "Leere Werte werden als `public` behandelt.": True,
    "Une chaîne vide le supprime.": True,
    "Una cadena vacía lo quita.": True,
    "\u7a7a\u5b57\u7b26\u4e32\u8868\u793a\u65e0\u3002": True,
    "The reason. Cannot be empty.": False,
    "It can't be blank.": False,
    "A non-empty string.": False,
    "Darf nicht leer sein.": False,
    "An empty collection if there is none.": False,
    "The reason.": False,
}


@pytest.mark.parametrize(("text", "expected"), EMPTY.items())
def test_empty_texts(text: str, expected: bool) -> None:
    assert allowance.may_be_empty(text) is expected


NESTED = {
    "A 2-dimensional array of values.": True,
    "A two dimensional array.": True,
    "The cells, a 2D array.": True,
    "An array of arrays.": True,
    "Ein zweidimensionales Array.": True,
    "Un tableau bidimensionnel.": True,
    "\u503c\u7684\u4e8c\u7ef4\u6570\u7ec4\u3002": True,
    "The dimensions of the image.": False,
    "An array of values.": False,
}


@pytest.mark.parametrize(("text", "expected"), NESTED.items())
def test_nested_collections(text: str, expected: bool) -> None:
    assert allowance.nested(text) is expected
