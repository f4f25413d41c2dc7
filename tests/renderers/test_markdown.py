"""The `markdown` format: figures, a table of checks, and the worst findings, with text of pages in code spans alone."""

from __future__ import annotations

from docextract.findings import Severity
from tests.helpers import run, write
from tests.pages import CLEAN, DIRTY
from tests.renderers.reports import finding, rendered, report

FIGURES = "2 pages, 1 exchange, 1 response (1 annotated), 1 body checked against a table"


def test_a_summary(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, DIRTY))
    assert run("check", "--output-format", "markdown")[1] == (
        "### docextract\n"
        "\n"
        f"{FIGURES}: 1 error\n"
        "\n"
        "| findings | severity | check | first |\n"
        "|---:|:---|:---|:---|\n"
        "| 1 | error | `wrong-type` | `api/get.md:33` |\n"
        "\n"
        "<details>\n"
        "<summary>1 finding</summary>\n"
        "\n"
        "- `api/get.md:33` error `wrong-type` `'id' is 1, expected String`\n"
        "  - `resources/thing.md:12` `the row of 'id' says String`\n"
        "\n"
        "</details>\n"
    )


def test_a_summary_of_a_clean_run(tmp_path):
    out = run("check", write(tmp_path, CLEAN), "--output-format", "markdown")[1]
    assert out == f"### docextract\n\n{FIGURES}: clean\n"


def test_places_are_links_where_the_forge_shows_them():
    shown = report([finding(7, path="docs/a b.md")])
    out = rendered("markdown", shown, blob="https://github.com/a/b/blob/c0ffee/")
    assert "[`docs/a b.md:7`](https://github.com/a/b/blob/c0ffee/docs/a%20b.md?plain=1#L7)" in out
    outside = rendered("markdown", report([finding(path="/tmp/page.md")]), blob="https://github.com/a/b/blob/c0ffee/")
    assert "https" not in outside


def test_the_worst_and_the_most_frequent_come_first():
    findings = [finding(1, Severity.INFO), finding(2, Severity.WARNING), finding(3), finding(4)]
    rows = [line for line in rendered("markdown", report(findings)).splitlines() if line.startswith("| ")][1:]
    assert [row.split(" | ")[:2] for row in rows] == [["| 2", "error"], ["| 1", "warning"], ["| 1", "info"]]


def test_no_larger_than_a_forge_takes():
    many = rendered("markdown", report([finding(number) for number in range(1, 2001)]))
    assert many.count("\n- ") == 500
    assert "\nand 1,500 more\n\n</details>\n" in many
    huge = rendered("markdown", report([finding(number, message="é" * 50_000) for number in range(1, 100)]))
    assert len(huge.encode()) < 500_000
    assert "\nand 96 more\n" in huge
