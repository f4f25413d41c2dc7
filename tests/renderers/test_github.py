"""The `github` format: the worst findings within the limits of a step, and how many are not shown."""

from __future__ import annotations

from dataclasses import replace

from docextract.findings import Related, Severity
from docextract.text.source import Span
from tests.helpers import run, write
from tests.pages import CLEAN, DIRTY, exchange
from tests.renderers.readers import command, read
from tests.renderers.reports import finding, rendered, report


def levels(shown):
    """Return the number of annotations of each level, and the data of the last one."""
    commands = [command(line) for line in rendered("github", shown).splitlines()]
    counts = [sum(one.name == name for one in commands) for name in ("error", "warning", "notice")]
    return counts, commands[-1].data


def of(severity, count):
    return [finding(number, severity) for number in range(1, count + 1)]


def test_an_annotation_with_both_sides(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    write(tmp_path / "docs, old: 100%", DIRTY)
    monkeypatch.chdir(tmp_path / "docs, old: 100%")
    assert run("check", "--output-format", "github")[1] == (
        "::error file=docs%2C old%3A 100%25/api/get.md,line=33,endLine=33,col=8,endColumn=9,title=wrong-type"
        "::'id' is 1, expected String%0A"
        "docs, old: 100%25/resources/thing.md:12: the row of 'id' says String\n"
    )


def test_nothing_of_a_clean_run(tmp_path):
    assert run("check", write(tmp_path, CLEAN), "--output-format", "github") == (0, "", "")


def test_several_lines_have_no_columns():
    wide = Span("page.md", 3, 5, 7, 2)
    [shown] = rendered("github", report([replace(finding(), span=wide)])).splitlines()
    assert command(shown).properties == {"file": "page.md", "line": "3", "endLine": "7", "title": "wrong-type"}


def test_ten_of_each_level_are_all_shown():
    shown = report([*of(Severity.ERROR, 10), *of(Severity.WARNING, 10), *of(Severity.INFO, 10)])
    assert levels(shown) == ([10, 10, 10], "'id' is 1, expected String")


def test_what_is_not_shown_is_counted():
    shown = report([*of(Severity.INFO, 10), *of(Severity.WARNING, 10), *of(Severity.ERROR, 11)])
    told = "GitHub shows 10 annotations of a level in a step; not shown are 1 error, 1 info"
    assert levels(shown) == ([10, 10, 10], told)
    shown = report(of(Severity.WARNING, 1234))
    told = "GitHub shows 10 annotations of a level in a step; not shown are 1,224 warnings"
    assert levels(shown) == ([0, 10, 1], told)


def test_the_worst_come_first():
    shown = report([*of(Severity.INFO, 2), *of(Severity.ERROR, 2), *of(Severity.WARNING, 2)])
    found = [(entry.severity, entry.line) for entry in read("github", rendered("github", shown))]
    assert found == [("error", 1), ("error", 2), ("warning", 1), ("warning", 2), ("info", 1), ("info", 2)]


def test_each_cause_comes_before_its_repeats():
    findings = [*of(Severity.ERROR, 12), *(finding(number, message=f"cause {number}") for number in range(20, 25))]
    found = [entry.line for entry in read("github", rendered("github", report(findings)))]
    assert found == [1, 20, 21, 22, 23, 24, 2, 3, 4, 5]


def test_a_message_cannot_begin_a_command(tmp_path):
    folder = write(tmp_path, {"page.md": exchange("HTTP/1.1 200 ##[error]x\x85::error::y")})
    for form in ("github", "text", "concise", "json", "junit", "markdown", "sarif"):
        _, out, _ = run("check", folder, "--output-format", form)
        found = [one for one in map(command, out.splitlines()) if one]
        assert [one.name for one in found] == (["warning"] if form == "github" else []), form


def test_the_name_of_a_page_cannot_begin_a_command(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {"::error::x.md": "# A page\n\nTODO: more.\n"}))
    _, out, _ = run("check", "--output-format", "concise")
    assert out.startswith("./::error::x.md:3:1: warning[leftover]")
    for form in ("text", "github", "junit", "markdown"):
        found = [one for one in map(command, run("check", "--output-format", form)[1].splitlines()) if one]
        assert [one.properties["file"] for one in found] == (["::error::x.md"] if form == "github" else []), form


def test_related_places_are_lines_of_the_data():
    related = (Related(Span("other.md", 9, 1, 9, 2), "the row\nsays 5%"),)
    [shown] = rendered("github", report([finding(related=related)])).splitlines()
    assert shown.endswith("::'id' is 1, expected String%0Aother.md:9: the row\\x0asays 5%25")
