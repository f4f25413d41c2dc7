"""TOML: on which lines keys are, and values as text."""

from __future__ import annotations

import tomllib

import pytest

from docextract.text.toml import key_lines, toml, toml_key


def test_each_value_has_the_line_on_which_it_is_given():
    text = '''\
# [tool.docextract]
a = 1

[project]
readme = """
[tool.docextract]
docs = []
"""

[tool.docextract]  # a = 2
docs = [
  "x", # ]
  "y",
]
severity = { "*" = "info", b.c = "error" }
table.dotted."q.r" = [{ n = 1 }]

[[tool.docextract.overrides]]
paths = []
[tool.docextract.overrides.severity]
leftover = "off"
[[tool.docextract.overrides]]
types = ["t"]
severity.leftover = "info"
'''
    own = ("tool", "docextract")
    assert key_lines(text) == {
        ("a",): 2,
        ("project",): 4,
        ("project", "readme"): 5,
        own: 10,
        (*own, "docs"): 11,
        (*own, "docs", 0): 11,
        (*own, "docs", 1): 11,
        (*own, "severity"): 15,
        (*own, "severity", "*"): 15,
        (*own, "severity", "b"): 15,
        (*own, "severity", "b", "c"): 15,
        (*own, "table"): 16,
        (*own, "table", "dotted"): 16,
        (*own, "table", "dotted", "q.r"): 16,
        (*own, "table", "dotted", "q.r", 0): 16,
        (*own, "table", "dotted", "q.r", 0, "n"): 16,
        (*own, "overrides", 0): 18,
        (*own, "overrides", 0, "paths"): 19,
        (*own, "overrides", 0, "severity"): 20,
        (*own, "overrides", 0, "severity", "leftover"): 21,
        (*own, "overrides", 1): 22,
        (*own, "overrides", 1, "types"): 23,
        (*own, "overrides", 1, "types", 0): 23,
        (*own, "overrides", 1, "severity"): 24,
        (*own, "overrides", 1, "severity", "leftover"): 24,
    }


def test_lines_end_as_they_like_and_a_document_may_be_empty():
    assert key_lines("\r\na = [\r\n1]\r\nb = '''\r\n'''\r\n") == {("a",): 2, ("a", 0): 2, ("b",): 4}
    assert key_lines("") == {}


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        'quotes " and \\ and \n',
        "ü 日本 🎉",
        "\x1b[31m \x7f \x9b \u202e \u2028 \ue000 \U000e0001",
        "##[error] ##vso[x]",
        ["a", 1, True],
        {"a-b_1": 1, "q.r": ["x"], "": {"*": "info"}, "é": {}},
        [],
        {},
        10_000_000,
    ],
)
def test_a_value_reads_back_and_controls_nothing(value):
    text = toml(value)
    assert tomllib.loads(f"key = {text}") == {"key": value}
    assert text.isprintable()
    assert "##" not in text


def test_a_key_reads_back():
    for name in ("wrong-type", "*", "", "a.b", "\n", "ä"):
        assert tomllib.loads(f"{toml_key(name)} = 1") == {name: 1}
