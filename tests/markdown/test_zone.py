"""Zones: what only readers of one version see neither repeats nor contradicts what others see."""

from __future__ import annotations

import pytest

from docextract.markdown.parser import parse
from docextract.text.source import Source
from tests.helpers import line_of, places, report, write
from tests.pages import block, operation, table, typed

MARKS = {
    "zones": (':::zone pivot="v1"', ':::zone pivot="preview"', ":::zone-end"),
    "zones with blanks": ('::: zone pivot="v1"', '::: zone pivot="preview"', "::: zone-end"),
    "monikers": ('::: moniker range="v1"', '::: moniker range="preview"', "::: moniker-end"),
}


def page(marks, v1, preview):
    """Return the page of a type with a table and a representation in each of two zones."""
    one, other, end = marks
    sections = ""
    for title, part in (("Properties", 0), ("JSON representation", 1)):
        contents = [zone[part] for zone in (v1, preview)]
        sections += f"## {title}\n\n{one}\n{contents[0]}{end}\n{other}\n\n{contents[1]}\n{end}\n\n"
    return f"# thing resource type\n\n{sections}"


def parts(rows, representation):
    return table(rows), block("resource", representation, typed("thing", truncated=False), info="json")


ID = "|id|String|The id.|"
V1 = parts([ID, "|size|Int32|Its size.|"], '{"id": "string", "size": 1024}')
PREVIEW = parts([ID, "|size|String|Its size.|", "|tone|String|Its tone.|"], '{"id": "a", "size": "b", "tone": "c"}')


@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
def test_zones_that_contradict_each_other_on_purpose(tmp_path, marks):
    pages = {
        "resources/thing.md": page(marks, V1, PREVIEW),
        "api/v1.md": operation('{"id": "1", "size": 1}', keys=typed("thing")),
        "api/preview.md": operation('{"id": "1", "size": "big", "tone": "red"}', keys=typed("thing")),
    }
    assert report(write(tmp_path, pages))["findings"] == []


@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
def test_what_is_wrong_within_a_zone(tmp_path, marks):
    rows = [ID, ID, "|size|Int32|Its size.|", "|tone|String|Its tone.|"]
    text = page(marks, parts(rows, '{"id": "string", "size": "string"}'), PREVIEW)
    found = report(write(tmp_path, {"resources/thing.md": text}))
    assert places(found) == [
        ("duplicate-property", line_of(text, ID, 2), 1),
        ("representation-type", line_of(text, "|size|Int32"), 1),
        ("representation-missing", line_of(text, "|tone|"), 1),
    ]


def test_what_both_zones_lack(tmp_path):
    pages = {
        "resources/thing.md": page(MARKS["zones"], V1, PREVIEW),
        "api/op.md": operation('{"id": "1", "shade": "red"}', keys=typed("thing")),
    }
    assert places(report(write(tmp_path, pages)), page="op.md")[0][0] == "undeclared-property"


def test_without_zones_the_same_is_a_contradiction(tmp_path):
    text = page(("", "", ""), V1, PREVIEW)
    checks = {check for check, *_ in places(report(write(tmp_path, {"resources/thing.md": text})))}
    assert "duplicate-property" in checks


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("|A|B|\n|---|---|\n|1|2|\n:::zone-end\n", [(1, 3)]),
        (
            ':::zone pivot="a"\n|A|B|\n|---|---|\n|1|2|\n:::zone-end\n:::zone pivot="b"\n|A|B|\n|---|---|\n',
            [(2, 4), (7, 8)],
        ),
        ("|A|B|\n|---|---|\n|1|2|\n::: text\n", [(1, 4)]),
    ],
    ids=["a mark below a table", "marks between tables", "no mark"],
)
def test_marks_are_no_rows(text, tables):
    read = parse(Source.of("", text)).tables
    assert [(one.line, one.end_line) for one in read] == tables


def test_zones_that_are_not_closed_end_at_the_next():
    read = parse(Source.of("", ':::zone pivot="a"\n```\nx\n```\n:::zone pivot="b"\n```\ny\n```\n')).blocks
    assert [[zone.name for zone in one.zones] for one in read] == [['pivot="a"'], ['pivot="b"']]
