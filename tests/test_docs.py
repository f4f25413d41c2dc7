"""What the README shows is what the program does, and every check is documented."""

from __future__ import annotations

import contextlib
import io
import re

import pytest

from docextract.checks import BY_ID, CHECKS
from tests.helpers import ROOT, run

README = ROOT / "README.md"
OUTPUT = re.compile(r"<!-- output: docextract (?P<command>[^\n]*) -->\n```text\n(?P<text>.*?)```\n", re.DOTALL)
PYTHON = re.compile(r"```python\n(?P<code>.*?)```\n\n```text\n.*?```\n", re.DOTALL)
TABLE = re.compile(r"<!-- checks -->\n.*?<!-- /checks -->\n", re.DOTALL)


def with_output(match: re.Match[str]) -> str:
    _, out, _ = run(*match["command"].split())
    return f"<!-- output: docextract {match['command']} -->\n```text\n{out}```\n"


def with_printed(match: re.Match[str]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(match["code"], "README.md", "exec"), {"__name__": "__main__"})
    return f"```python\n{match['code']}```\n\n```text\n{printed.getvalue()}```\n"


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
    assert len(PYTHON.findall(text)) == text.count("```python\n") >= 3
    golden(README, PYTHON.sub(with_printed, text))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_has_a_manual_page(check):
    for part in ("\nBad:  ", "\nGood: ", "\nSilence: "):
        assert part in check.manual
    assert check.summary.endswith(".")
    assert "|" not in check.summary


def test_ids_are_unique_and_in_kebab_case():
    assert len(BY_ID) == len(CHECKS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in BY_ID)
