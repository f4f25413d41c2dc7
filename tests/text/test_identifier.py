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
        ("CON", "CON_"),
        ("nul.txt", "nul.txt_"),
        ("lpt10", "lpt10"),
        ("index.json", "index.json_"),
        ("\u00e4", "33e6d73f"),
        ("", "_"),
    ],
)
def test_parts(text, part):
    assert safe_part(text) == part


def test_long_parts_are_cut_and_told_apart():
    assert safe_part("x" * 300) == "x" * 80
    assert safe_part("x" * 300 + " ").startswith("x" * 80 + "-")


@pytest.mark.parametrize(("text", "path"), [("api/get", "api/get"), ("./api//get", "api/get"), ("a/con/b", "a/con_/b")])
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


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_paths_do_not_climb(text):
    assert ".." not in safe_path(text).split("/")
