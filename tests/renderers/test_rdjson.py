"""The `rdjson` format: columns in bytes of UTF-8, and one suggestion that makes a whole fix."""

from __future__ import annotations

import json

import pytest

from docextract.findings import Edit, Fix
from docextract.text.source import Span
from tests.helpers import run, write
from tests.pages import DIRTY
from tests.renderers.readers import validate
from tests.renderers.reports import finding, rendered, report


def diagnostic(found, text="", **look):
    """Return the diagnostic of a finding on a page with a text."""
    shown = rendered("rdjson", report([found]), text=text, **look)
    validate("rdjson", shown)
    [one] = json.loads(shown)["diagnostics"]
    return one


def test_a_diagnostic_with_both_sides(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, DIRTY))
    [one] = json.loads(run("check", "--output-format", "rdjson")[1])["diagnostics"]
    assert one == {
        "message": "'id' is 1, expected String",
        "location": {
            "path": "api/get.md",
            "range": {"start": {"line": 33, "column": 8}, "end": {"line": 33, "column": 9}},
        },
        "severity": "ERROR",
        "code": {"value": "wrong-type"},
        "related_locations": [
            {
                "message": "the row of 'id' says String",
                "location": {
                    "path": "resources/thing.md",
                    "range": {"start": {"line": 12, "column": 1}, "end": {"line": 12, "column": 20}},
                },
            }
        ],
    }


def test_columns_count_bytes(tmp_path):
    folder = write(tmp_path, {"page.md": "# A page\n\né😀 TODO: more.\n"})
    [one] = json.loads(run("check", folder, "--output-format", "rdjson")[1])["diagnostics"]
    assert one["location"]["range"]["start"] == {"line": 3, "column": 8}


def test_a_page_that_is_gone_has_lines_alone():
    assert diagnostic(finding(7))["location"]["range"] == {"start": {"line": 7}, "end": {"line": 7}}
    assert "suggestions" not in diagnostic(finding(7, fix=Fix((Edit(Span("page.md", 7, 1, 7, 2), "x"),))))


TEXT = '{\n  "é": 1\n  "b": 2,,\n}\n'


@pytest.mark.parametrize(
    ("edits", "place", "text"),
    [
        ([(2, 9, 2, 9, ",")], (2, 10, 2, 10), ","),
        ([(3, 9, 3, 10, "")], (3, 9, 3, 10), ""),
        ([(3, 9, 3, 10, ""), (2, 9, 2, 9, ",")], (2, 10, 3, 10), ',\n  "b": 2'),
        ([(2, 1, 3, 1, ""), (3, 3, 3, 6, '"c"')], (2, 1, 3, 6), '  "c"'),
    ],
    ids=["inserted", "deleted", "two places", "a line and a name"],
)
def test_one_suggestion_makes_all_edits(edits, place, text):
    fix = Fix(tuple(Edit(Span("page.md", *span), new) for *span, new in edits))
    [suggestion] = diagnostic(finding(2, fix=fix), TEXT)["suggestions"]
    line, column, end_line, end_column = place
    assert suggestion == {
        "range": {"start": {"line": line, "column": column}, "end": {"line": end_line, "column": end_column}},
        "text": text,
    }
