"""Ids that are safe as names of files on every system."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docextract.text.identifier import safe_part, safe_path


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("user-get", "user-get"),
        ("v1.0", "v1.0"),
        ("get user", "get-user-d77d8fbc"),
        ("CON", "CON_-a3dbc4b6"),
        ("nul.txt", "nul_.txt-7f3cbdd5"),
        ("aux.v1.x", "aux_.v1.x-1f5465b0"),
        ("con..con", "con_..con-a934dc9b"),
        ("lpt10", "lpt10"),
        ("console.v1", "console.v1"),
        ("index.json", "index.json_-7aebb122"),
        ("\u00e4", "33e6d73f"),
        ("", "_"),
    ],
)
def test_parts(text, part):
    assert safe_part(text) == part


def test_long_parts_are_cut_and_told_apart():
    assert safe_part("x" * 80) == "x" * 80
    assert safe_part("x" * 300) == "x" * 80 + "-0d4e2ca9"
    assert safe_part("x" * 300 + "y").startswith("x" * 80 + "-")
    assert safe_part("x" * 300 + "y") != safe_part("x" * 300)


@pytest.mark.parametrize(
    ("text", "path"), [("api/get", "api/get"), ("./api//get", "api/get"), ("a/con/b", "a/con_-1143da2b/b")]
)
def test_paths(text, path):
    assert safe_path(text) == path


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_parts_are_safe(text):
    part = safe_part(text)
    assert part.isascii()
    assert part not in (".", "..")
    assert "/" not in part
    assert "\\" not in part
    assert not part.endswith((".", " "))
    assert 0 < len(part) <= 100


#: What Windows takes for a device, whatever stands after the first dot and in any case.
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{one}{n}" for one in ("com", "lpt") for n in range(10))}
PIECES = st.sampled_from(
    [*sorted(DEVICES), "CON", ".", "..", ".json", "_", "-", " ", "a", "A", "\u00e9", "e\u0301", "x" * 79]
)
NAMES = st.lists(PIECES, min_size=1, max_size=5).map("".join)


@settings(max_examples=500, deadline=None)
@given(NAMES | st.text(), NAMES | st.text())
def test_parts_are_no_devices_and_as_distinct_as_the_texts(one, other):
    """Regardless of case and of Unicode's normal forms, in which file systems take names for the same."""
    parts = safe_part(one), safe_part(other)
    for part in parts:
        assert part.partition(".")[0].casefold() not in DEVICES
        assert not part.casefold().endswith(".json")
    if one.casefold() != other.casefold() and one.strip("-. ") and other.strip("-. "):
        assert parts[0].casefold() != parts[1].casefold()


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_paths_do_not_climb(text):
    assert ".." not in safe_path(text).split("/")
