"""On GitHub Actions, annotations and the job summary come by themselves beside the text; elsewhere nothing does."""

from __future__ import annotations

import io

import pytest

from tests.helpers import run, write
from tests.pages import CLEAN, DIRTY

ANNOTATION = "::error file=api/get.md,line=33,endLine=33,col=8,endColumn=9,title=wrong-type::"


@pytest.fixture
def summary(tmp_path, monkeypatch):
    """Check a doc set with one error on GitHub Actions; return the file of the job summary."""
    file = tmp_path / "summary.md"
    file.touch()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    monkeypatch.chdir(write(tmp_path / "work", DIRTY))
    return file


@pytest.mark.parametrize("options", [(), ("--output=concise",), ("--output=sarif=out.sarif",)])
def test_annotations_and_summary_come_by_themselves(summary, options):
    code, out, _ = run("check", *options)
    assert code == 1
    assert out.splitlines()[-1].startswith(ANNOTATION)
    assert summary.read_text("utf-8").startswith("### docextract\n")


def test_the_text_comes_first(summary, monkeypatch):
    _, told, _ = run("check")
    monkeypatch.delenv("GITHUB_ACTIONS")
    _, plain, _ = run("check")
    assert told.startswith(plain)
    assert "::error" not in plain


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "gitlab", "junit", "rdjson"])
def test_what_a_program_reads_is_left_alone(summary, monkeypatch, form):
    _, told, _ = run("check", "--output", form)
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert run("check", "--output", form)[1] == told
    assert summary.read_text("utf-8").startswith("### docextract\n")


def test_annotations_that_were_asked_for_come_once(summary):
    assert run("check", "--output=github")[1].count("::error") == 1
    assert "::error" not in run("check", "--output=text", "--output=github=out.txt")[1]


def test_a_summary_that_was_asked_for_takes_the_place(summary):
    code, out, _ = run("check", "--output=text", "--output=markdown=out.md")
    assert code == 1
    assert ANNOTATION in out
    assert summary.read_text("utf-8") == ""


def test_the_summaries_of_a_step_stand_one_after_the_other(summary):
    for _ in range(2):
        run("check")
    assert summary.read_text("utf-8").count("### docextract\n") == 2
    assert "</details>\n\n###" in summary.read_text("utf-8")


def test_what_people_are_not_shown_is_not_annotated(summary, tmp_path):
    write(tmp_path / "work", {"docextract.toml": '[severity]\nwrong-type = "info"\n'})
    code, out, _ = run("check")
    assert (code, "::notice" in out) == (0, False)
    shown = summary.read_text("utf-8")
    assert shown.startswith("### docextract\n")
    assert "<details>" not in shown


def test_a_clean_run_has_a_summary(summary, tmp_path):
    write(tmp_path / "work", CLEAN)
    code, out, _ = run("check")
    assert (code, "::" in out) == (0, False)
    assert summary.read_text("utf-8").startswith("### docextract\n")


def test_a_summary_that_cannot_be_written_is_told(summary, tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "nowhere" / "summary.md"))
    code, out, err = run("check")
    assert (code, ANNOTATION in out) == (1, True)
    assert err.startswith("docextract: cannot write the job summary ")


@pytest.mark.parametrize(("name", "value"), [("GITLAB_CI", "true"), ("CI", "true"), ("GITHUB_ACTIONS", "false")])
def test_elsewhere_nothing_comes_by_itself(summary, monkeypatch, name, value):
    monkeypatch.delenv("GITHUB_ACTIONS")
    _, plain, _ = run("check")
    monkeypatch.setenv(name, value)
    assert run("check")[1] == plain
    assert summary.read_text("utf-8") == ""


def test_a_fixed_page_on_stdout_is_left_alone(summary, tmp_path, monkeypatch):
    write(tmp_path / "work", {"docextract.toml": ""})
    page = DIRTY["api/get.md"].replace("200 OK", "200 Fine")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(page.encode()), "utf-8"))
    _, told, err = run("check", "-", "--fix", "--stdin-filename", "api/get.md")
    assert "\n" + ANNOTATION in err
    assert told == DIRTY["api/get.md"]
