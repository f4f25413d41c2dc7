"""What the environment says of colours, and how a run ends whose output nobody reads."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.helpers import run, write
from tests.pages import CLEAN, DIRTY

VARIABLES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "TERM")


@pytest.mark.parametrize(
    ("environment", "terminal", "options", "painted"),
    [
        ({}, True, (), True),
        ({}, False, (), False),
        ({"TERM": "dumb"}, True, (), False),
        ({"CLICOLOR": "0"}, True, (), False),
        ({"NO_COLOR": "1"}, True, (), False),
        ({"NO_COLOR": ""}, True, (), True),
        ({"FORCE_COLOR": "1"}, False, (), True),
        ({"FORCE_COLOR": "0"}, False, (), False),
        ({"CLICOLOR_FORCE": "1"}, False, (), True),
        ({"CLICOLOR_FORCE": "0"}, False, (), False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, False, (), True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, (), False),
        ({"NO_COLOR": "1"}, False, ("--color", "always"), True),
        ({"FORCE_COLOR": "1"}, True, ("--color", "never"), False),
    ],
)
@pytest.mark.parametrize("form", ["text", "concise", "grouped"])
def test_who_decides_on_colours(tmp_path, monkeypatch, environment, terminal, options, painted, form):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out = run("check", write(tmp_path, DIRTY), "--output", form, *options, terminal=terminal)[1]
    assert ("\x1b[" in out) is painted


def test_a_file_is_never_painted(tmp_path):
    folder = write(tmp_path / "docs", DIRTY)
    target = tmp_path / "report.txt"
    code, out, err = run("check", folder, "--output", f"text={target}", "--color", "always")
    assert (code, out) == (1, "")
    assert "\x1b" not in target.read_text("utf-8")
    # The log of a job that fails is not empty.
    assert "1 body checked against a table: 1 error\n" in err


@pytest.mark.skipif(os.name == "nt", reason="the pipes of this system are others")
@pytest.mark.parametrize("form", ["text", "concise", "json"])
@pytest.mark.parametrize("pages", [CLEAN, DIRTY], ids=["clean", "dirty"])
def test_output_that_nobody_reads_is_no_failure(tmp_path, form, pages):
    folder = write(tmp_path, pages)
    command = [sys.executable, "-m", "docextract", "check", str(folder), "--no-cache", "--output", form]
    ours, theirs = os.pipe()
    os.close(ours)
    shown = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    os.close(theirs)
    assert shown.returncode == 0
    assert "Traceback" not in shown.stderr
    assert "Broken pipe" not in shown.stderr


def test_quiet_leaves_findings_only(tmp_path):
    folder = write(tmp_path, {**DIRTY, "page.mdx": "# A page\n"})
    code, out, err = run("check", folder / "api/get.md", folder / "page.mdx", "-q")
    assert (code, err) == (1, "")
    assert out.startswith("error[wrong-type]")
    assert "checked against a table" not in out
    assert run("check", write(tmp_path / "clean", CLEAN), "-q") == (0, "", "")


@pytest.mark.parametrize(
    ("environment", "options", "linked"),
    [
        ({"VTE_VERSION": "7600"}, (), True),
        ({"TERM_PROGRAM": "WezTerm"}, (), True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, (), False),
        ({}, (), False),
        ({"VTE_VERSION": "7600", "TERM": "dumb"}, (), False),
        ({"VTE_VERSION": "7600"}, ("--no-cache",), False),
    ],
)
def test_names_of_checks_lead_to_their_manual_pages(tmp_path, monkeypatch, environment, options, linked):
    for name in ("VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "FORCE_HYPERLINK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM_PROGRAM", "")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.chdir(write(tmp_path, {**DIRTY, ".git/HEAD": ""}))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out = run("check", *options, cached=True, terminal=True)[1]
    page = tmp_path / ".docextract_cache" / "wrong-type.txt"
    assert (f"\x1b]8;;{page.as_uri()}\x1b\\" in out, page.exists()) == (linked, linked)
    if linked:
        assert page.read_text("utf-8") == run("explain", "wrong-type")[1]
        assert run("clean")[0] == 0
        assert not page.parent.exists()
    assert "\x1b]8" not in run("check", *options, cached=True)[1]


def test_notices_fit_a_terminal_and_are_one_line_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    folder = write(tmp_path, {**CLEAN, "page.mdx": "# A page\n"})
    said = run("check", folder / "api/get.md", folder / "page.mdx")[2].splitlines()
    shown = run("check", folder / "api/get.md", folder / "page.mdx", terminal=True)[2].splitlines()
    assert " ".join(shown) == " ".join(said)
    assert len(shown) > len(said)
    assert all(line.startswith("docextract: ") for line in said)
