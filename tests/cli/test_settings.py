"""`--exclude` and `--config`: settings of one run."""

from __future__ import annotations

import pytest

from tests.helpers import report, run, write
from tests.pages import CLEAN, DIRTY


def paths(found):
    return [finding["path"] for finding in found["findings"]]


def test_pages_are_left_out_as_by_the_configuration(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {**CLEAN, **{f"drafts/{name}": text for name, text in DIRTY.items()}}))
    assert report("--exclude", "nothing/")["summary"]["pages"] == 4
    found = report("--exclude", "drafts/")
    assert (found["summary"]["pages"], found["findings"]) == (2, [])
    write(tmp_path, {"docextract.toml": 'exclude = ["drafts/resources"]\n'})
    assert report("--exclude", "drafts/api")["summary"]["pages"] == 2


def test_a_pattern_that_is_none_is_refused(tmp_path):
    code, _, err = run("check", write(tmp_path, CLEAN), "--exclude", "!")
    assert (code, err) == (2, "docextract: --exclude: expected gitignore-style patterns, found '!'\n")


@pytest.mark.parametrize("name", ["strict.toml", "docextract.toml", "pyproject.toml"])
def test_another_configuration_prevails_in_all_folders(tmp_path, monkeypatch, name):
    folder = write(tmp_path / "docs", {**DIRTY, "docextract.toml": ""})
    text = '[severity]\nwrong-type = "info"\n'
    text = text.replace("[severity]", "[tool.docextract.severity]") if name == "pyproject.toml" else text
    write(tmp_path / "ci", {name: text})
    monkeypatch.chdir(tmp_path)
    assert run("check", folder)[0] == 1
    assert run("check", folder, "--config", f"ci/{name}")[0] == 0
    assert run("check", "--config", f"ci/{name}")[0] == 0


def test_its_folders_are_those_of_the_working_directory(tmp_path, monkeypatch):
    write(tmp_path, {**{f"docs/{name}": text for name, text in CLEAN.items()}, "other/page.md": "# A page\n"})
    write(tmp_path / "ci", {"docs.toml": 'docs = ["docs"]\n'})
    monkeypatch.chdir(tmp_path)
    assert report("--config", "ci/docs.toml")["summary"]["pages"] == 2


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("ci.toml", None, ": cannot be read: No such file or directory"),
        ("ci.toml", "ingore = []", ":1: unknown key 'ingore', did you mean 'ignore'"),
        ("ci.toml", "[", ": cannot be read as TOML"),
        ("pyproject.toml", "", ": there is no table [tool.docextract]"),
    ],
)
def test_one_that_cannot_be_used_is_2(tmp_path, name, text, said):
    folder = write(tmp_path, CLEAN if text is None else {**CLEAN, name: text})
    code, out, err = run("check", folder, "--config", folder / name)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"{folder / name}{said}" in err
