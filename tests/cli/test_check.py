"""The command line as scripts and people use it: exit codes, streams, stdin, messages."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from docextract.checks import CHECKS
from tests.helpers import ROOT, SEEDS, errors, line_of, report, run, write
from tests.pages import operation, resource

CLEAN = {
    "resources/thing.md": resource("thing", ["|id|String|The id.|"], representation='{"id": "string"}'),
    "api/get.md": operation('{"id": "1"}', keys='"@odata.type": "microsoft.graph.thing"'),
}
DIRTY = {**CLEAN, "api/get.md": CLEAN["api/get.md"].replace('{"id": "1"}', '{"id": 1}')}


def test_clean_is_0_and_findings_are_1(tmp_path):
    assert run("check", write(tmp_path / "clean", CLEAN))[0] == 0
    assert run("check", write(tmp_path / "dirty", DIRTY))[0] == 1


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on(tmp_path, level, code):
    page = CLEAN["api/get.md"].replace("HTTP/1.1 200 OK", "HTTP/1.1 200 Fine")
    assert run("check", write(tmp_path, {**CLEAN, "api/get.md": page}), "--fail-on", level)[0] == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "no/such/folder"], "no such file or folder: no/such/folder"),
        (["check", "--select", "wrong-typ"], "did you mean wrong-type?"),
        (["check", "--output", "yaml"], "unknown output format 'yaml'"),
        (["check", "--output", "json", "--output", "text"], "two outputs go to stdout"),
        (["check", "--nonsense"], "No such option"),
        (["explain", "nonsense"], "no such check: nonsense"),
        (["why", "page.md"], "expected PAGE:LINE"),
        (["nonsense"], "No such command"),
    ],
)
def test_misuse_is_2_with_one_sentence(arguments, said):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_folder_without_pages_is_2(tmp_path):
    code, _, err = run("check", tmp_path)
    assert code == 2
    assert "no page found" in err


def test_excluded_files_are_0_with_a_notice(tmp_path):
    pages = write(tmp_path, {"README.md": "# Read me\n", "docextract.toml": ""})
    code, _, err = run("check", pages / "README.md", pages / "docextract.toml")
    assert code == 0
    assert "nothing to check" in err


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
    code, out, _ = run("check", "-", "--stdin-filename", folder / "api/get.md", "--output", "concise")
    assert code == 1
    assert "api/get.md" in out
    assert "error[wrong-type]" in out
    assert out.count("\n") == 1


def test_stdin_without_a_name(monkeypatch):
    page = operation('{"id": "1",}')
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page.encode())))
    code, out, _ = run("check", "-", "--output", "concise", "--select", "json-syntax")
    assert code == 1
    assert out.startswith(f"<stdin>:{line_of(page, '1')}") or out.startswith("<stdin>:")


def test_a_file_is_seen_within_its_project(tmp_path):
    folder = write(tmp_path, {**DIRTY, "docextract.toml": ""})
    assert [f["check"] for f in report(folder / "api/get.md")["findings"]] == ["wrong-type"]


def test_a_changed_row_shows_the_examples_that_it_breaks(tmp_path):
    """A finding is reported when its related place is selected (DESIGN 5.9)."""
    folder = write(tmp_path, {**DIRTY, "docextract.toml": ""})
    [finding] = report(folder / "resources/thing.md")["findings"]
    assert finding["path"].endswith("api/get.md")


def test_outputs_to_files(tmp_path):
    folder = write(tmp_path / "docs", DIRTY)
    target = tmp_path / "report.json"
    code, out, _ = run("check", folder, "--output", f"json={target}", "--output", "concise")
    assert code == 1
    assert "error[wrong-type]" in out
    assert json.loads(target.read_text("utf-8"))["summary"]["errors"] == 1


def test_the_json_contract(tmp_path):
    found = report(write(tmp_path, DIRTY))
    assert list(found) == ["version", "summary", "findings"]
    assert list(found["summary"]) == [
        "pages",
        "exchanges",
        "requests",
        "responses",
        "annotated",
        "resources",
        "json_bodies",
        "resolved",
        "primitive",
        "unresolved",
        "checked",
        "errors",
        "warnings",
        "infos",
        "suppressed",
        "baselined",
    ]
    [finding] = found["findings"]
    assert list(finding) == [
        "check",
        "severity",
        "message",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "pointer",
        "type",
        "property",
        "exchange",
        "fixable",
        "fingerprint",
        "related",
    ]
    assert list(finding["related"][0]) == ["path", "line", "column", "end_line", "end_column", "message"]


def test_the_same_bytes_on_every_run(tmp_path):
    folder = write(tmp_path, DIRTY)
    runs = {run("check", folder, "--output", form)[1] for form in ["json"] for _ in range(3)}
    assert len(runs) == 1


def test_fingerprints_stay_when_lines_move(tmp_path):
    before = report(write(tmp_path, DIRTY))["findings"][0]
    write(tmp_path, {"api/get.md": DIRTY["api/get.md"].replace("# An operation", "\n\n\n# An operation")})
    after = report(tmp_path)["findings"][0]
    assert after["line"] == before["line"] + 3
    assert after["fingerprint"] == before["fingerprint"]


def test_suppressions(tmp_path):
    page = DIRTY["api/get.md"]
    comment = "<!-- docextract-disable-next-block wrong-type -->\n"
    silent = page.replace('<!-- { "blockType": "response"', comment + '<!-- { "blockType": "response"')
    found = report(write(tmp_path / "a", {**DIRTY, "api/get.md": silent}))
    assert found["findings"] == []
    assert found["summary"]["suppressed"] == 1
    whole = page.replace("# An operation", "# An operation\n\n<!-- docextract-disable-file -->")
    assert report(write(tmp_path / "b", {**DIRTY, "api/get.md": whole}))["findings"] == []
    around = page.replace("## Examples", "<!-- docextract-disable wrong-type -->\n\n## Examples")
    assert report(write(tmp_path / "c", {**DIRTY, "api/get.md": around}))["findings"] == []


def test_a_suppression_that_suppresses_nothing_is_reported(tmp_path):
    page = CLEAN["api/get.md"].replace("## Examples", "<!-- docextract-disable-file wrong-type -->\n\n## Examples")
    [finding] = report(write(tmp_path, {**CLEAN, "api/get.md": page}))["findings"]
    assert (finding["check"], finding["line"]) == ("unused-suppression", line_of(page, "docextract-disable-file"))


def test_checks_and_explain():
    code, out, _ = run("checks")
    assert code == 0
    assert len(out.splitlines()) == len(CHECKS)
    code, out, _ = run("explain", "wrong-type")
    assert code == 0
    assert "Bad:" in out


def test_why(tmp_path):
    folder = write(tmp_path, {**DIRTY, "docextract.toml": ""})
    page = DIRTY["api/get.md"]
    _, out, _ = run("why", f"{folder}/api/get.md:{line_of(page, 'HTTP/1.1')}")
    assert "it is the response of the exchange api/get/an_operation" in out
    assert "its type is one microsoft.graph.thing: its annotation names it" in out
    assert "error[wrong-type]" in out
    _, out, _ = run("why", f"{folder}/api/get.md:{line_of(page, 'GET /things/{id}')}")
    assert "path templates" in out
    _, out, _ = run("why", f"{folder}/resources/thing.md:{line_of(DIRTY['resources/thing.md'], '|id|')}")
    assert "declares properties of microsoft.graph.thing" in out
    _, out, _ = run("why", f"{folder}/api/get.md:1")
    assert "neither in a code block nor in a table" in out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_told_in_a_sentence():
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "docextract", "check", str(SEEDS)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (2, "docextract: cannot write to stdout: No space left on device\n")


def test_why_without_a_project_sees_the_folder_that_a_check_names(tmp_path, monkeypatch):
    write(tmp_path / "docs", DIRTY)
    line = line_of(DIRTY["api/get.md"], "HTTP/1.1")
    monkeypatch.chdir(tmp_path)
    assert "its type is one microsoft.graph.thing" in run("why", f"docs/api/get.md:{line}")[1]
    assert "is defined by docs/resources/thing.md" in run("why", f"docs/api/get.md:{line}")[1]
    monkeypatch.chdir(tmp_path / "docs" / "api")
    assert "no page of this version defines it" in run("why", f"get.md:{line}")[1]


def test_the_installed_command_exits_with_the_code():
    shown = subprocess.run(
        [sys.executable, "-m", "docextract", "check", str(SEEDS)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert shown.returncode == 0, shown.stderr
    assert "warning[leftover]" in shown.stdout
    version = subprocess.run(
        [sys.executable, "-m", "docextract", "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert version.stdout.startswith("docextract ")
