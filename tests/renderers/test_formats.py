"""Each format shows the doc set of all defects as it always did, and all show the same."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from docextract.renderers import RENDERERS
from tests.consumers import program
from tests.helpers import ROOT, run, write
from tests.pages import CLEAN, DIRTY
from tests.renderers.readers import WHOLE, read, validate

if TYPE_CHECKING:
    from pathlib import Path

DATA = ROOT / "tests" / "data"
VALIDATED = ("github", "gitlab", "junit", "rdjson", "sarif", "jsonl")
#: The formats whose paths count from the root of the repository.
ROOTED = ("github", "gitlab", "junit", "rdjson", "sarif")


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Path:
    """Return the root of a repository with all defects in `docs`, the working directory."""
    (tmp_path / ".git").mkdir()
    shutil.copytree(DATA / "defects", tmp_path / "docs")
    monkeypatch.chdir(tmp_path / "docs")
    return tmp_path


def output(form: str, *arguments: object) -> str:
    """Return what `check` prints in a format."""
    code, out, err = run("check", *arguments, "--output-format", form, "--min-severity", "info")
    assert code in (0, 1), err
    return out


@pytest.mark.parametrize("form", RENDERERS)
def test_the_whole_output(golden, repository, form):
    out = output(form)
    if form == "sarif":
        # The rules are the pages of the manual, which a release changes.
        out = re.sub(r'^"tool": .*\n', "", out, flags=re.MULTILINE)
    golden(DATA / "golden" / f"defects.{form}", out)


@pytest.mark.parametrize("form", VALIDATED)
@pytest.mark.parametrize("pages", [CLEAN, DIRTY], ids=["clean", "dirty"])
def test_small_doc_sets_are_valid(tmp_path, form, pages):
    validate(form, output(form, write(tmp_path, pages)))


@pytest.mark.parametrize("form", VALIDATED)
def test_all_defects_are_valid(repository, form):
    validate(form, output(form))


@pytest.mark.parametrize("form", VALIDATED)
def test_the_seeds_are_valid(monkeypatch, form):
    monkeypatch.chdir(ROOT)
    validate(form, output(form, "seeds"))


@pytest.mark.parametrize("form", WHOLE)
def test_every_format_holds_the_same_findings(repository, form):
    expected = read("json", output("json"))
    if form in ROOTED:
        expected = [entry._replace(path=f"docs/{entry.path}") for entry in expected]
    if form == "gitlab":
        expected = [entry._replace(column=0) for entry in expected]
    found = read(form, output(form))
    assert len(found) == len(expected) > 60
    assert sorted(found) == sorted(expected)


def test_annotations_are_the_worst_of_these_findings(repository):
    everything = read("json", output("json"))
    shown = read("github", output("github"))
    places = {(entry.check, f"docs/{entry.path}", entry.line) for entry in everything}
    assert {(entry.check, entry.path, entry.line) for entry in shown} <= places
    assert [entry.severity for entry in shown] == ["error"] * 10 + ["warning"] * 10 + ["info"] * 9


def test_several_formats_at_once(repository):
    files = {form: repository / f"report.{form}" for form in RENDERERS}
    code, out, _ = run("check", *(f"--output={form}={file}" for form, file in files.items()), "--min-severity=info")
    assert (code, out) == (1, "")
    for form, file in files.items():
        assert file.read_text("utf-8") == output(form)


def test_the_validator_of_microsoft_finds_no_error(repository):
    tool = program("sarif-multitool", brought_by="npm install -g @microsoft/sarif-multitool")
    (repository / "report.sarif").write_text(output("sarif"), "utf-8")
    said = repository / "said.sarif"
    # The command of npm hands its arguments to a shell.
    command = [tool, "validate", "report.sarif", "--rule-kind", "'Sarif;Gh'", "--output", said.name]
    subprocess.run(command, check=True, capture_output=True, cwd=repository)
    [judged] = json.loads(said.read_text("utf-8-sig"))["runs"]
    told = {result["ruleId"] for result in judged.get("results", []) if result.get("level", "warning") != "note"}
    # The program has no home page whose URL `informationUri` could hold.
    assert told <= {"SARIF2005"}


@pytest.mark.parametrize("name", ["graph-v1.0", "graph-2020-beta", "graph-de", "onedrive"])
def test_the_corpus_is_valid_in_every_format(corpus, tmp_path, name):
    if not (corpus / name).is_dir():
        pytest.skip(f"no {name} in DOCEXTRACT_CORPUS")
    files = {form: tmp_path / f"report.{form}" for form in ("json", *VALIDATED)}
    code, _, err = run("check", corpus / name, *(f"--output={form}={file}" for form, file in files.items()))
    assert code in (0, 1), err
    texts = {form: file.read_text("utf-8") for form, file in files.items()}
    for form in VALIDATED:
        validate(form, texts[form])
        found, expected = read(form, texts[form]), read("json", texts["json"])
        if form in WHOLE:
            assert len(found) == min(len(expected), 25_000 if form == "sarif" else len(expected))
