"""The action of GitHub: its steps run as shell, as the runner runs them; its problem matcher reads `concise`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from docextract import __version__
from tests.consumers import install, program
from tests.helpers import ROOT, column_of, line_of, run, write
from tests.pages import CLEAN, DIRTY
from tests.renderers.readers import Entry, read_concise, read_sarif, validate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"]}
EXPRESSION = re.compile(r"\$\{\{ (?P<name>[\w.-]+) \}\}")
#: As the runner calls a script of `shell: bash`.
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
PAGE = "docs/api/get.md"
DEFECT = (line_of(DIRTY["api/get.md"], '"id": 1'), column_of(DIRTY["api/get.md"], "1}"))


class Runner:
    """A runner of GitHub, with a folder for temporary files."""

    def __init__(self, folder: Path, action: Path) -> None:
        self.folder, self.action = folder, action
        self.known = {"steps.python.outputs.python-path": sys.executable}

    def environment(self, step: str, inputs: Mapping[str, str]) -> dict[str, str]:
        """Return the variables of a step."""
        defaults = {name: value["default"] for name, value in ACTION["inputs"].items()}
        known = self.known | {f"inputs.{name}": value for name, value in (defaults | inputs).items()}
        given = {
            name: EXPRESSION.sub(lambda match: known[match["name"]], text) for name, text in STEPS[step]["env"].items()
        }
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_OUTPUT": str(self.outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(self.folder),
            **given,
        }

    @property
    def outputs(self) -> Path:
        return self.folder / "outputs"

    @property
    def summary(self) -> Path:
        return self.folder / "summary"

    def script(self, step: str) -> Path:
        """Return the file with the script of a step; its outputs are forgotten."""
        self.outputs.unlink(missing_ok=True)
        self.summary.unlink(missing_ok=True)
        script = self.folder / f"{step}.sh"
        script.write_text(STEPS[step]["run"], "utf-8")
        return script

    def written(self) -> dict[str, str]:
        """Return the outputs of the last step."""
        return dict(line.split("=", 1) for line in self.outputs.read_text("utf-8").splitlines())

    def install(self, **inputs: str) -> None:
        install(*BASH, self.script("install"), env=self.environment("install", inputs), cwd=self.folder)
        self.known |= {f"steps.install.outputs.{name}": value for name, value in self.written().items()}

    def check(self, **inputs: str) -> tuple[int, str, dict[str, str]]:
        """Run the step `check` in the working directory; give its exit code, its log and its outputs."""
        inputs = {name.replace("_", "-"): value for name, value in inputs.items()}
        command = [*BASH, self.script("check")]
        done = subprocess.run(command, env=self.environment("check", inputs), capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr, self.written()


@pytest.fixture(scope="session")
def runner(tmp_path_factory, published) -> Runner:
    """Return a runner on which the action has installed docextract."""
    runner = Runner(tmp_path_factory.mktemp("runner"), published)
    runner.install()
    return runner


@pytest.fixture
def workspace(tmp_path, monkeypatch) -> Path:
    """Return the checkout of a repository with one defect, as the working directory."""
    write(tmp_path / "docs", DIRTY)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_action_is_one_of_github():
    command = [program("check-jsonschema"), "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"]
    subprocess.run(command, check=True, capture_output=True)


def test_no_expression_is_part_of_a_script():
    scripts = [step["run"] for step in STEPS.values() if "run" in step]
    assert len(scripts) == 2
    assert [script for script in scripts if "${{" in script] == []


def test_every_input_is_used_and_every_output_is_set(runner, workspace):
    used = [
        name for step in STEPS.values() for text in step.get("env", {}).values() for name in EXPRESSION.findall(text)
    ]
    assert sorted(name for name in used if name.startswith("inputs.")) == sorted(
        f"inputs.{i}" for i in ACTION["inputs"]
    )
    *_, outputs = runner.check(sarif="report.sarif")
    names = {EXPRESSION.fullmatch(one["value"])["name"] for one in ACTION["outputs"].values()}
    assert names == {f"steps.check.outputs.{name}" for name in outputs}


def test_findings_fail_the_step_with_1(runner, workspace):
    code, log, outputs = runner.check()
    assert (code, outputs) == (1, {"exit-code": "1", "errors": "1", "warnings": "0", "infos": "0"})
    assert f"--> {PAGE}:{DEFECT[0]}:{DEFECT[1]}" in log
    # Annotations and the summary of the job come by themselves.
    assert re.search(rf"^::error file={PAGE},line={DEFECT[0]},", log, re.MULTILINE)
    assert "1 error" in runner.summary.read_text("utf-8")


def test_a_clean_doc_set_passes(runner, workspace):
    write(workspace / "docs", CLEAN)
    code, log, outputs = runner.check()
    assert (code, outputs["exit-code"], outputs["errors"]) == (0, "0", "0"), log


def test_what_cannot_run_fails_with_2_even_if_findings_do_not(runner, workspace):
    for inputs in ({"paths": "nowhere"}, {"args": "--no-such-option"}, {"baseline": "nowhere.json"}, {"paths": "it's"}):
        code, log, outputs = runner.check(**inputs, sarif="report.sarif", fail_on_findings="false")
        assert (code, outputs) == (2, {"exit-code": "2"}), log
        assert "::error title=docextract::docextract could not run (exit code 2)" in log


def test_findings_need_not_fail_the_step(runner, workspace):
    code, log, outputs = runner.check(fail_on_findings="false")
    assert (code, outputs["exit-code"], outputs["errors"]) == (0, "1", "1"), log


def test_the_report_for_code_scanning(runner, workspace):
    code, _, outputs = runner.check(sarif="code scanning.sarif")
    assert (code, outputs["sarif"]) == (1, "code scanning.sarif")
    text = (workspace / outputs["sarif"]).read_text("utf-8")
    validate("sarif", text)
    assert read_sarif(text) == [Entry("wrong-type", "error", PAGE, *DEFECT)]


def test_a_baseline_leaves_new_findings(runner, workspace):
    run("check", "docs", "--baseline", "known.json", "--baseline-update")
    assert runner.check(baseline="known.json")[0] == 0
    write(workspace / "docs", {"api/new.md": DIRTY["api/get.md"]})
    code, log, outputs = runner.check(baseline="known.json")
    assert (code, outputs["errors"]) == (1, "1")
    assert f"docs/api/new.md:{DEFECT[0]}:{DEFECT[1]}" in log


def test_paths_and_options_are_read_as_on_a_command_line(runner, workspace):
    write(workspace / "more docs", DIRTY)
    code, log, outputs = runner.check(paths="docs/api\n'more docs'", args="--ignore 'leftover,front-matter'")
    assert (code, outputs["errors"]) == (1, "2"), log
    assert runner.check(args="--fail-on never")[0] == 0
    assert runner.check(args="--select leftover")[2]["errors"] == "0"


@pytest.mark.parametrize("name", ["paths", "args", "baseline", "sarif", "format"])
@pytest.mark.parametrize("text", ["$(touch hurt)", "`touch hurt`", "; touch hurt #", '"; touch hurt; "', "*"])
def test_no_input_is_run(runner, workspace, name, text):
    runner.check(**{name: text})
    assert not (workspace / "hurt").exists()


def test_modules_of_the_doc_set_are_not_run(runner, workspace):
    for name in ("json", "shlex", "click", "docextract"):
        write(workspace, {f"{name}.py": "raise SystemExit(7)\n"})
    assert runner.check()[0] == 1


def test_a_release_is_installed_by_its_number(tmp_path, published):
    runner = Runner(tmp_path, published)
    # Instead of an index, what pip is asked for.
    write(tmp_path, {"docextract/bin/python": '#!/bin/sh\necho "$@" >> "$RUNNER_TEMP/asked"\n', "venv": "#!/bin/sh\n"})
    for path in ("docextract/bin/python", "venv"):
        (tmp_path / path).chmod(0o755)
    runner.known["steps.python.outputs.python-path"] = str(tmp_path / "venv")
    runner.install(version=__version__)
    runner.install()
    asked = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert [line.split()[-1] for line in asked] == [f"docextract=={__version__}", str(published)]


def matched(log: str) -> list[Entry]:
    """Return what the problem matcher sees in a log."""
    matchers = json.loads((ROOT / "problem-matcher.json").read_text("utf-8"))["problemMatcher"]
    seen = []
    for line in log.splitlines():
        for matcher in matchers:
            [pattern] = matcher["pattern"]
            if match := re.search(pattern["regexp"], line):
                of = {key: match[group] for key, group in pattern.items() if key != "regexp"}
                severity = of.get("severity", matcher.get("severity")).replace("notice", "info")
                assert of["message"]
                seen.append(Entry(of["code"], severity, of["file"], int(of["line"]), int(of["column"])))
    return seen


def test_the_problem_matcher_reads_every_line(monkeypatch):
    monkeypatch.chdir(ROOT / "tests" / "data" / "defects")
    arguments = ("check", "--output", "concise", "--min-severity", "info")
    log = run(*arguments)[1]
    assert matched(log) == read_concise(log)
    assert {entry.severity for entry in matched(log)} == {"error", "warning", "info"}


def test_the_problem_matcher_sees_nothing_in_other_lines():
    assert matched("docextract: 3 pages, 2 exchanges: clean\nerror[wrong-type]: 'id' is 1\n  --> a.md:3:4\n") == []
