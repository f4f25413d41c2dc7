"""The hooks under the real pre-commit: installed as it installs them, in a scratch repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from docextract import __version__
from tests.consumers import install, program
from tests.helpers import ROOT, SEEDS, column_of, git, line_of, run, write
from tests.pages import operation, resource, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HOOKS = ROOT / ".pre-commit-hooks.yaml"
NAMES = ("id", "name", "state", "note", "kind")
PAGES = {
    "docs/resources/thing.md": resource(
        "thing",
        [f"|{name}|String|The {name}.|" for name in NAMES],
        representation=json.dumps(dict.fromkeys(NAMES, "string"), indent=2),
    ),
    "docs/api/get.md": operation(
        '{\n  "id": "1",\n  "name": "a"\n}', keys=typed("thing"), notes="See [thing](../resources/thing.md)."
    ),
    "docs/api/old.md": operation('{\n  "id": 1,\n  "name": "a"\n}', keys=typed("thing"), notes="An old defect."),
}
GET, OLD, THING = "docs/api/get.md", "docs/api/old.md", "docs/resources/thing.md"


@pytest.fixture(scope="session")
def environment(tmp_path_factory) -> Mapping[str, str]:
    """Return an environment in which the hooks are what pre-commit installs, by itself and once for all tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "GITHUB_"))}
    return {**kept, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")), "GIT_CONFIG_GLOBAL": os.devnull}


@pytest.fixture
def commit(tmp_path, monkeypatch, published, environment) -> Callable[..., tuple[int, str]]:
    """Return a function that stages everything and runs a hook on it, in a repository with PAGES."""
    pre_commit = program("pre-commit")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(write(tmp_path / "work", PAGES))
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "x")

    def run_hook(hook: str, *args: str, at: tuple[str, ...] = ()) -> tuple[int, str]:
        used = {"id": hook, **({"args": list(args)} if args else {})}
        repo = {"repo": str(published), "rev": f"v{__version__}", "hooks": [used]}
        Path(".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [repo]}), "utf-8")
        git("add", "-A")
        install(pre_commit, "install-hooks", env=environment)
        done = subprocess.run([pre_commit, "run", *at], env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout

    return run_hook


def edit(page: str, old: str, new: str) -> str:
    """Edit a page; give its text."""
    text = Path(page).read_text("utf-8")
    assert old in text
    Path(page).write_text(text.replace(old, new), "utf-8")
    return text.replace(old, new)


def place(page: str, text: str, part: str) -> str:
    return f"{page}:{line_of(text, part)}:{column_of(text, part)}"


def examples(part: str, out: str) -> bool:
    """Whether an output shows the examples of both pages at a line, be they folded into one finding."""
    lines = [f"{page}:{line_of(PAGES[page], part)}" for page in (GET, OLD)]
    return all(line in out for line in lines)


def test_the_manifest_is_one_of_pre_commit():
    subprocess.run([program("pre-commit"), "validate-manifest", HOOKS], check=True, capture_output=True)


def test_a_page_without_a_defect_passes(commit):
    edit(GET, "# An operation", "# Get a thing")
    code, out = commit("docextract")
    assert code == 0, out
    assert out.rstrip().endswith("Passed")


def test_what_passes_is_not_shown_so_the_warnings_of_the_seeds_fail(commit):
    shutil.copytree(SEEDS, "seeds")
    code, out = commit("docextract")
    assert (code, out.count("warning[")) == (1, 3)
    assert out.count("error[") == 0
    code, out = commit("docextract", "--fail-on", "error")
    assert code == 0, out


def test_a_renamed_row_fails_with_the_examples_that_it_breaks(commit):
    text = edit(THING, "|name|String|", "|naem|String|")
    code, out = commit("docextract", "--changed-lines")
    assert code == 1
    assert place(THING, text, '"name": "string"') in out
    assert examples('"name": "a"', out)
    assert f"{line_of(text, '|naem|')} | |naem|String|The name.|" in out


def test_a_changed_type_fails_with_the_examples_that_it_breaks(commit):
    edit(THING, "|name|String|", "|name|Int32|")
    code, out = commit("docextract")
    assert code == 1
    assert examples('"name": "a"', out)


def test_an_old_defect_in_a_touched_page_fails_unless_it_is_known(commit):
    old = f"--> {place(OLD, PAGES[OLD], '1,')}"
    run("check", "docs", "--baseline", "baseline.json", "--baseline-update", "--no-cache")
    edit(OLD, "An old defect.", "An old defect")
    code, out = commit("docextract")
    assert (code, old in out) == (1, True)
    for args in (["--baseline", "baseline.json"], ["--changed-lines"]):
        code, out = commit("docextract", *args)
        assert code == 0, out


@pytest.mark.parametrize("args", [["--baseline", "baseline.json"], ["--changed-lines"]])
def test_a_new_defect_beside_an_old_one_fails_alone(commit, args):
    run("check", "docs", "--baseline", "baseline.json", "--baseline-update", "--no-cache")
    text = edit(OLD, '"name": "a"', '"name": 5')
    code, out = commit("docextract", *args)
    assert code == 1
    assert re.findall(r"--> (\S+)", out) == [place(OLD, text, "5")]


def test_a_renamed_row_fails_with_a_baseline_too(commit):
    run("check", "docs", "--baseline", "baseline.json", "--baseline-update", "--no-cache")
    edit(THING, "|name|String|", "|naem|String|")
    code, out = commit("docextract", "--baseline", "baseline.json")
    assert code == 1
    assert examples('"name": "a"', out)
    assert place(OLD, PAGES[OLD], "1,") not in out


def test_changed_lines_are_those_of_the_commits_that_pre_commit_looks_at(commit):
    edit(OLD, '"name": "a"', '"name": 5')
    git("commit", "-q", "-a", "-m", "y")
    assert commit("docextract", "--changed-lines", at=("--all-files",))[0] == 0
    code, out = commit("docextract", "--changed-lines", at=("--from-ref", "HEAD~1", "--to-ref", "HEAD"))
    assert code == 1
    assert place(OLD, Path(OLD).read_text("utf-8"), "5") in out


def test_what_can_be_fixed_is_fixed_and_the_rest_reported(commit):
    text = edit(GET, '"id": "1",', '"id": "1"')
    code, out = commit("docextract-fix")
    assert code == 1
    assert "files were modified by this hook" in out
    assert Path(GET).read_text("utf-8") == text.replace('"id": "1"', '"id": "1",')
    edit(GET, '"name": "a"', '"name": 5')
    code, out = commit("docextract-fix")
    assert code == 1
    assert "files were modified by this hook" not in out
    assert place(GET, Path(GET).read_text("utf-8"), "5") in out


def test_all_pages_are_checked_though_none_has_changed(commit):
    code, out = commit("docextract-all")
    assert code == 1
    assert f"--> {place(OLD, PAGES[OLD], '1,')}" in out
    run("check", "--baseline", "baseline.json", "--baseline-update", "--no-cache")
    assert commit("docextract-all", "--baseline", "baseline.json")[0] == 0
    Path(THING).unlink()
    write(Path(), {"docextract.toml": '[severity]\nbroken-link = "error"\n'})
    code, out = commit("docextract-all", "--baseline", "baseline.json")
    assert (code, place(GET, PAGES[GET], "../resources") in out) == (1, True), out


def test_a_hook_that_cannot_run_fails_and_says_why(commit):
    edit(GET, "# An operation", "# Get a thing")
    code, out = commit("docextract", "--baseline", "nowhere.json")
    assert code == 1
    assert "exit code: 2" in out
    assert "nowhere.json" in out


def test_pages_that_are_excluded_pass(commit):
    write(Path(), {"docextract.toml": 'exclude = ["docs/api/"]\n'})
    edit(OLD, "An old defect.", "An old defect")
    code, out = commit("docextract")
    assert code == 0, out
