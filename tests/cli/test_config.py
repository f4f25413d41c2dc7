"""`docextract config`: what is in force, where it comes from, and the schema."""

from __future__ import annotations

import json
import tomllib

import pytest
from jsonschema import Draft202012Validator

from docextract.project.config_file import load
from docextract.project.keys import KEYS
from tests.helpers import run, write
from tests.pages import CLEAN

TOML = """\
docs = ["docs"]
exclude = [
  "drafts/",
]
fail-on = "warning"

[severity]
leftover = "error"
"*" = "warning"

[[overrides]]
paths = ["docs/beta/"]
severity.content-length = "info"

[[overrides]]
types = ["thing"]
ignore = ["leftover"]
"""


def below(folder, pages):
    return {f"{folder}/{name}": text for name, text in pages.items()}


def shown(*arguments):
    """Run the command; return what it shows as a table, and its lines."""
    code, out, err = run("config", *arguments)
    assert (code, err) == (0, "")
    return tomllib.loads(out), out.splitlines()


def comments(lines):
    """Return where each setting comes from."""
    return {line.partition(" = ")[0].strip(): line.partition("  # ")[2] for line in lines if "  # " in line}


def test_each_setting_is_told_with_its_file_and_line(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {**below("docs", CLEAN), "docextract.toml": TOML}))
    table, lines = shown()
    told = tomllib.loads(TOML)
    assert {key: table[key] for key in told} == told
    assert set(table) == set(KEYS) - {"baseline"}
    assert (table["max-page-size"], table["output"], table["min-severity"]) == (10_000_000, ["text"], "warning")
    assert lines[0] == "# 2 pages"
    assert comments(lines) == {
        **dict.fromkeys(set(KEYS) - {*told, "baseline"}, "default"),
        "docs": "docextract.toml:1",
        "exclude": "docextract.toml:2",
        "fail-on": "docextract.toml:5",
        "severity.leftover": "docextract.toml:8",
        'severity."*"': "docextract.toml:9",
        "{ paths": "docextract.toml:11",
        "{ types": "docextract.toml:15",
    }


def test_pyproject_is_as_good(tmp_path, monkeypatch):
    text = TOML.replace("[severity]", "[tool.docextract.severity]").replace("[[o", "[[tool.docextract.o")
    text = f"[project]\nname = 'x'\n\n[tool.docextract]\n{text}"
    monkeypatch.chdir(write(tmp_path, {**below("docs", CLEAN), "pyproject.toml": text}))
    table, lines = shown()
    told = tomllib.loads(TOML)
    assert {key: table[key] for key in told} == told
    where = comments(lines)
    assert (where["docs"], where["severity.leftover"]) == ("pyproject.toml:5", "pyproject.toml:12")
    assert where["{ types"] == "pyproject.toml:19"


def test_what_is_shown_is_a_configuration_that_says_the_same(tmp_path, monkeypatch):
    folder = write(tmp_path, {**below("docs", CLEAN), "docextract.toml": TOML})
    monkeypatch.chdir(folder)
    before, table = load(folder), shown()[0]
    write(folder, {"docextract.toml": run("config")[1]})
    after = load(folder)
    assert shown()[0] == table
    assert (after.severity, after.overrides, after.exclude) == (before.severity, before.overrides, before.exclude)


def test_options_prevail_or_add(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {**CLEAN, "docextract.toml": 'ignore = ["leftover"]\nfail-on = "error"\n'}))
    options = ("--ignore", "link-case", "--fail-on", "info", "--exclude", "x/", "--baseline", "b.json", "-o", "json=j")
    table, lines = shown(*options)
    assert (table["ignore"], table["fail-on"], table["exclude"]) == (["leftover", "link-case"], "info", ["x/"])
    assert (table["baseline"], table["output"]) == ("b.json", ["json=j"])
    # What makes the run fail is not hidden.
    assert table["min-severity"] == "info"
    where = comments(lines)
    assert [line for line in lines if line.startswith("  ")] == [
        '  "leftover",  # docextract.toml:1',
        '  "link-case",  # --ignore',
    ]
    assert {where[key] for key in ("fail-on", "exclude", "baseline", "output")} == {
        "--fail-on",
        "--exclude",
        "--baseline",
        "--output",
    }
    table, lines = shown("--select", "wrong-type,leftover")
    assert (table["select"], table["ignore"]) == (["wrong-type", "leftover"], [])
    assert "checks, these run: leftover, wrong-type" in lines[1]
    assert (comments(lines)["select"], comments(lines)["ignore"]) == ("--select", "--select")


def test_several_doc_sets_have_a_table_each_and_what_holds_for_the_run(tmp_path, monkeypatch):
    pages = {**below("a", CLEAN), **below("b", CLEAN), **CLEAN}
    files = {"docextract.toml": 'output = ["concise"]\n', "b/docextract.toml": 'fail-on = "info"\n'}
    monkeypatch.chdir(write(tmp_path, {**pages, **files}))
    table, lines = shown()
    assert table == {
        "min-severity": "info",
        "output": ["concise"],
        "doc-set": [{"folder": "."}, {"folder": "b", "fail-on": "info"}],
    }
    assert 'output = ["concise"]  # docextract.toml:1' in lines
    assert 'fail-on = "info"  # b/docextract.toml:1' in lines
    assert shown("b")[0]["output"] == ["text"]


def test_where_there_are_no_pages_the_settings_tell_why(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {"page.md": "# A page\n", "docextract.toml": 'exclude = ["*.md"]\n'}))
    code, out, err = run("config")
    assert (code, tomllib.loads(out)["exclude"]) == (0, ["*.md"])
    assert err.startswith("docextract: no pages found in .")
    code, out, err = run("config", "nowhere")
    assert (code, out, err) == (2, "", "docextract: no such file or folder: nowhere\n")


def test_another_file_and_one_that_cannot_be_used(tmp_path, monkeypatch):
    files = {"ci.toml": 'fail-on = "never"\n', "bad.toml": '\nfail-on = "fatal"\n'}
    monkeypatch.chdir(write(tmp_path, {**CLEAN, **files}))
    assert comments(shown("--config", "ci.toml")[1])["fail-on"] == "ci.toml:1"
    code, out, err = run("config", "--config", "bad.toml")
    assert (code, out) == (2, "")
    assert err == "docextract: bad.toml:2: fail-on: expected one of error, warning, info, never, found 'fatal'\n"
    assert run("config", "--ignore", "wrong-typ")[0] == 2
    assert run("config", "-o", "jsn")[0] == 2


def test_nothing_in_a_configuration_controls_the_terminal(tmp_path, monkeypatch):
    name = "\\u001b[31m##[error]\\u202e"
    pages = {**CLEAN, "docextract.toml": f'table-headings = ["{name}"]\n[required-front-matter]\n"{name}" = ["{name}"]'}
    monkeypatch.chdir(write(tmp_path, pages))
    table, lines = shown()
    assert table["table-headings"] == ["\x1b[31m##[error]\u202e"]
    assert all(line.isprintable() and "##" not in line for line in lines)


def test_the_schema_accepts_what_is_shown(tmp_path, monkeypatch):
    code, out, err = run("config", "--schema")
    assert (code, err) == (0, "")
    validator = Draft202012Validator(json.loads(out))
    monkeypatch.chdir(write(tmp_path, {**below("docs", CLEAN), "docextract.toml": TOML}))
    assert validator.is_valid(shown()[0])
    assert not validator.is_valid({"dcos": []})


@pytest.mark.parametrize("arguments", [("--schema", "."), ("--schema", "--import"), ("--import",)])
def test_misuse_is_2(arguments):
    code, out, err = run("config", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
