"""`docextract check` as scripts and people use it: exit codes, streams, stdin, options."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.helpers import errors, line_of, report, run, write
from tests.pages import CLEAN, DIRTY, operation


def test_clean_is_0_and_findings_are_1(tmp_path):
    assert run("check", write(tmp_path / "clean", CLEAN))[0] == 0
    assert run("check", write(tmp_path / "dirty", DIRTY))[0] == 1


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on(tmp_path, level, code):
    page = CLEAN["api/get.md"].replace("HTTP/1.1 200 OK", "HTTP/1.1 200 Fine")
    assert run("check", write(tmp_path, {**CLEAN, "api/get.md": page}), "--fail-on", level)[0] == code


def test_a_bad_configuration_is_2(tmp_path):
    write(tmp_path, {**CLEAN, "docextract.toml": "ingore = []\n"})
    code, _, err = run("check", tmp_path)
    assert code == 2
    assert "'ingore'" in err
    assert "did you mean 'ignore'" in err


def test_select_ignore_and_severity(tmp_path):
    folder = write(tmp_path, DIRTY)
    assert report(folder, "--ignore", "wrong-type")["findings"] == []
    assert [f["check"] for f in report(folder, "--select", "wrong-type,placeholder")["findings"]] == ["wrong-type"]
    write(folder, {"docextract.toml": '[severity]\nwrong-type = "info"\n'})
    assert run("check", folder)[0] == 0


def test_allow_and_overrides(tmp_path):
    page = CLEAN["api/get.md"].replace('{"id": "1"}', '{"id": "1", "more": 1}')
    folder = write(tmp_path, {**CLEAN, "api/get.md": page})
    assert [f["check"] for f in errors(report(folder))] == ["undeclared-property"]
    write(folder, {"docextract.toml": '[[overrides]]\npaths = ["api/"]\nseverity = {undeclared-property = "info"}\n'})
    assert errors(report(folder)) == []
    write(folder, {"docextract.toml": 'allow = [{type = "thing", property = "more"}]\n'})
    assert report(folder)["findings"] == []


def test_stdin_is_seen_within_its_project(tmp_path, monkeypatch):
    folder = write(tmp_path, {**CLEAN, "docextract.toml": ""})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DIRTY["api/get.md"].encode())))
    code, out, err = run("check", "-", "--stdin-filename", folder / "api/get.md", "--output", "concise")
    assert code == 1
    assert "api/get.md" in out
    assert "error[wrong-type]" in out
    assert out.count("\n") == 1
    assert "1 error\n" in err


def test_stdin_without_a_name(monkeypatch):
    page = operation('{"id": "1",}')
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page.encode())))
    code, out, _ = run("check", "-", "--output", "concise", "--select", "json-syntax")
    assert code == 1
    line = line_of(page, '"1",')
    assert out.startswith(f"<stdin>:{line}:11: ")


def test_stdin_is_seen_with_what_its_page_links_to(tmp_path, monkeypatch):
    """As an editor gives it: no configuration, no repository, the page not saved yet."""
    folder = write(tmp_path, CLEAN)
    page = DIRTY["api/get.md"].replace("## Examples", "Get a [thing](../resources/thing.md).\n\n## Examples")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page.encode())))
    write(folder, {"api/get.md": page.replace('"id": 1', '"id": "1"')})
    code, out, _ = run("check", "-", "--stdin-filename", folder / "api/get.md", "--output", "concise")
    assert code == 1
    line = line_of(page, '{"id": 1}')
    assert f"api/get.md:{line}:8: error[wrong-type]" in out


def test_outputs_to_files(tmp_path):
    folder = write(tmp_path / "docs", DIRTY)
    target = tmp_path / "report.json"
    code, out, _ = run("check", folder, "--output", f"json={target}", "--output", "concise")
    assert code == 1
    assert "error[wrong-type]" in out
    assert json.loads(target.read_text("utf-8"))["summary"]["errors"] == 1


def test_an_output_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    folder = write(tmp_path / "docs", DIRTY)
    code, out, err = run("check", folder, "--output", f"json={tmp_path / 'no' / 'report.json'}")
    assert (code, out) == (2, "")
    assert err == f"docextract: cannot write {tmp_path / 'no' / 'report.json'}: No such file or directory\n"


@pytest.mark.parametrize(("patience", "shown"), [(60, False), (0, True)])
def test_a_run_that_takes_longer_shows_on_a_terminal_how_far_it_is(tmp_path, monkeypatch, patience, shown):
    monkeypatch.setattr("docextract.cli.progress._PATIENCE", patience)
    folder = write(tmp_path, {f"page{number}.md": "# A page\n" for number in range(30)})
    code, out, err = run("check", folder, terminal=True)
    assert code == 0
    assert out.startswith("30 pages, 0 exchanges")
    assert ("reading" in err, "checking" in err) == (shown, shown)
    assert run("check", folder)[2] == ""


@pytest.mark.parametrize("argument", [".", "page.md", "../docs", "..", "../docs/page.md"])
def test_below_the_top_of_a_repository_paths_start_where_the_user_is(tmp_path, monkeypatch, argument):
    write(tmp_path, {"docs/page.md": "# A page\n\nSee [it](../docs/page.md).\n\nTODO: more.\n", ".git/HEAD": ""})
    monkeypatch.chdir(tmp_path / "docs")
    code, out, _ = run("check", argument, "--output", "concise")
    assert (code, out.count("\n")) == (0, 1)
    assert out.startswith("page.md:5:1: warning[leftover]")
    assert "5 | TODO: more." in run("check", argument)[1]
    assert "page.md:5 is neither" in run("why", "page.md:5:1")[1]
    assert "\n--- a/page.md" not in run("check", argument, "--diff")[1]
