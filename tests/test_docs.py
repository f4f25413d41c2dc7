"""What the README shows is what the program does, and every check is documented."""

from __future__ import annotations

import contextlib
import io
import re
import shutil

import pytest

from docextract.checks import BY_ID, CHECKS
from docextract.cli.main import COMMANDS
from docextract.renderers import RENDERERS
from docextract.writers import WRITERS
from tests.consumers import library
from tests.helpers import (
    README,
    ROOT,
    SEEDS,
    blocks,
    column_of,
    errors,
    git,
    line_of,
    of_check,
    places,
    report,
    run,
    write,
)
from tests.serving.served import ask, serving

OUTPUT = re.compile(r"<!-- output: docextract (?P<command>[^\n]*) -->\n```text\n(?P<text>.*?)```\n", re.DOTALL)
PYTHON = re.compile(r"```python\n(?P<code>(?:(?!```).)*)```\n\n```text\n.*?```\n", re.DOTALL)
#: What is typed: after a prompt or, by itself, in a code span.
COMMAND = re.compile(r"^\$ docextract (?P<typed>.*)$|`docextract (?P<spanned>[^`]*)`", re.MULTILINE)
#: What the placeholders of commands may stand for.
MEANT = {
    "PAGE:LINE": "seeds/add-photos.md:67",
    "FILE...": "links.json",
    "CHECK...": "wrong-type leftover",
    "CHECK": "wrong-type",
    "FOLDER": "fresh",
    "PATHS": "seeds",
    "DIR": "out",
}
#: A manual page: what the check finds, why that matters, bad and good, what to do, and how to silence it.
MANUAL = re.compile(
    r"[^\n|]+\.\n\n[`A-Z].*?\.\n\nBad:  [^\n]+\nGood: [^\n]+\n\n"
    r"How to fix: [A-Z].*?\.\n\n(Severity: (info|warning) .*?\.\n\n)?Silence: [^\n].*\.",
    re.DOTALL,
)
TABLE = re.compile(r"<!-- checks -->\n.*?<!-- /checks -->\n", re.DOTALL)


def with_output(match: re.Match[str]) -> str:
    _, out, _ = run(*match["command"].split())
    return f"<!-- output: docextract {match['command']} -->\n```text\n{out}```\n"


def with_printed(match: re.Match[str]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(match["code"], "README.md", "exec"), {"__name__": "__main__"})
    return f"```python\n{match['code']}```\n\n```text\n{printed.getvalue()}```\n"


def commands() -> list[str]:
    """Return the command lines that the README shows, with something for each placeholder."""
    shown = [match["typed"] or match["spanned"] for match in COMMAND.finditer(README.read_text("utf-8"))]
    return sorted(
        {
            re.sub("|".join(map(re.escape, MEANT)), lambda word: MEANT[word[0]], re.sub(r"[\[\]]", "", one))
            for one in shown
        }
    )


def table() -> str:
    rows = [f"| `{one.id}` | {one.severity if one.on else 'off'} | {one.summary} |" for one in CHECKS]
    head = "| check | severity | what it finds |\n|:---|:---|:---|\n"
    return f"<!-- checks -->\n{head}" + "\n".join(rows) + "\n<!-- /checks -->\n"


def test_the_readme_shows_real_output(golden, monkeypatch):
    monkeypatch.chdir(ROOT)
    text = README.read_text("utf-8")
    assert OUTPUT.search(text)
    assert TABLE.search(text)
    shown = TABLE.sub(lambda _: table(), OUTPUT.sub(with_output, text))
    golden(README, shown)


def test_the_readme_shows_what_its_python_prints(golden, monkeypatch):
    monkeypatch.chdir(ROOT)
    text = README.read_text("utf-8")
    assert len(PYTHON.findall(text)) == text.count("```python\n") - text.count("<!-- test -->\n") >= 3
    golden(README, PYTHON.sub(with_printed, text))


def test_the_tests_of_the_readme_pass(tmp_path, monkeypatch):
    for name in ("vcr", "requests", "responses"):
        library(name)
    shutil.copytree(SEEDS, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    for form in ("vcr", "responses", "pytest"):
        run("extract", "seeds/library", "--output", "tests/docs", "--format", form)
    shown = README.read_text("utf-8")
    tests = re.findall(r"<!-- test -->\n```python\n(.*?)```\n", shown, re.DOTALL)
    assert len(tests) == 2
    for code in tests:
        exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    [module] = re.findall(r"```text\n(def test_.*?)```\n", shown, re.DOTALL)
    assert module in (tmp_path / "tests/docs/test_api_item_delete.py").read_text("utf-8")


@pytest.mark.parametrize("command", commands())
def test_the_commands_of_the_readme_run(tmp_path, monkeypatch, command):
    shutil.copytree(SEEDS, tmp_path / "seeds")
    write(tmp_path, {"fresh/page.md": "# A page\n", "links.json": '{"pathsToIgnore": ["/graph"]}'})
    monkeypatch.chdir(tmp_path)
    if "--changed-since" in command:
        git("init", "-q")
        git("add", "seeds")
        git("commit", "-q", "-m", "x")
    if "--baseline" in command:
        run("check", "seeds", "--baseline", "baseline.json", "--baseline-update")
    if command.startswith("serve"):
        with serving(tmp_path, *command.split()[1:]) as served:
            assert ask(served.url).status == 200
        return
    code, _, err = run(*command.split())
    assert code == 0, err


def test_the_readme_names_every_command_and_no_option_that_is_none():
    text = README.read_text("utf-8")
    assert {command.split()[0] for command in commands()} == set(COMMANDS)
    helps = "".join(run(name, "--help")[1] for name in COMMANDS)
    text = re.sub(r"(pytest|pre-commit run) --\S+", "", OUTPUT.sub("", text))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
    assert named
    assert {option for option in named if option not in helps} == set()


def test_the_readme_tells_of_every_format():
    shown = README.read_text("utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", shown[shown.index("| format |") : shown.index("Exit codes")], re.MULTILINE)
    assert listed == list(RENDERERS)


def test_the_readme_tells_of_every_format_of_fixtures():
    shown = README.read_text("utf-8")
    for form in WRITERS:
        assert f"--format {form}`" in shown or f"fixtures are `{form}`" in shown, form


def test_the_readme_shows_requests_as_they_are_written(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    run("extract", "seeds", "--output", tmp_path, "--format", "http")
    [shown] = [block for block in blocks("http") if block.startswith("###")]
    assert (tmp_path / "api" / "item-get.http").read_text("utf-8") == shown


def test_the_configuration_of_the_readme_can_be_used(tmp_path):
    [shown] = blocks("toml")
    page = "# User\n"
    names = ("docs/api/v1.0/user.md", "docs/api/beta/user.md")
    code, _, err = run("check", write(tmp_path, {**dict.fromkeys(names, page), "docextract.toml": shown}))
    assert code in (0, 1), err


def test_the_comments_of_the_readme_silence(tmp_path):
    [shown] = blocks("markdown")
    comments = shown.splitlines()
    assert len(comments) == 4
    silenced = re.findall(r"docextract-disable\S* ([\w-]+)", shown)
    assert set(silenced) <= set(BY_ID)
    found = run("check", write(tmp_path, {"page.md": f"# A page\n\n{shown}"}), "--output", "concise")[1]
    # Nothing is there to be silenced, so each comment is read and reported.
    assert found.count("[unused-suppression]") == len(comments)


def test_the_page_of_the_readme_has_the_defect_that_it_shows(tmp_path):
    [shown] = re.findall(r"^````markdown\n(.*?)^````\n", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    found = report(write(tmp_path, {"photo.md": f"# Photo\n\n{shown}"}))
    assert places(found, "wrong-type") == [("wrong-type", 2 + line_of(shown, '"wide"'), column_of(shown, '"wide"'))]
    assert errors(found) == of_check(found, "wrong-type")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_has_a_manual_page(check):
    assert MANUAL.fullmatch(check.manual)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_what_a_manual_page_says_to_silence_its_check_can_be_read(tmp_path, check):
    silence = check.manual.rpartition("Silence: ")[2]
    for comment in re.findall(r"<!-- docextract-.*?-->", silence):
        found = report(
            write(tmp_path, {"page.md": f"# A page\n\n{comment}\n"}), "--select", f"unused-suppression,{check.id}"
        )
        assert f"`{check.id}`" in f"`{comment.split()[2]}`"
        # Nothing is there to be silenced: it is read, and reported as such.
        assert all(
            "suppresses nothing: no finding of" in one["message"] or "enables" in one["message"]
            for one in found["findings"]
        )
        assert len(found["findings"]) == 1
    for setting in re.findall(r"`((?:ignore|allow) = .*?)`", silence):
        code, _, err = run("check", write(tmp_path, {"page.md": "# A page\n", "docextract.toml": setting}))
        assert (code, err) == (0, "")


def test_ids_are_unique_and_in_kebab_case():
    assert len(BY_ID) == len(CHECKS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in BY_ID)
