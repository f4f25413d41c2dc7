"""The `grouped` format: page by page, the worst first."""

from __future__ import annotations

import pytest

from tests.helpers import run, write
from tests.pages import CLEAN, DIRTY, operation, resource, typed

THING = {"thing.md": resource("thing", ["|id|String|The id.|", "|size|Int32|The size.|"])}


def test_the_worst_page_comes_first_with_its_findings_in_columns(tmp_path, monkeypatch):
    monkeypatch.chdir(
        write(
            tmp_path,
            {
                **THING,
                "a.md": "# A page\n\nTODO: more.\n",
                "b.md": operation('{"size": "5"}', keys=typed("thing")),
                "c.md": operation('{"size": "5"}', keys=typed("thing")) + "\nTODO: more.\n",
            },
        )
    )
    code, out, _ = run("check", "--output", "grouped")
    assert code == 1
    assert out.split("\n") == [
        "c.md",
        "  33:10  error[wrong-type]  'size' is the string \"5\", expected Int32",
        "   36:1  warning[leftover]  leftover 'TODO: more.': write what it stands for, or remove it",
        "",
        "b.md",
        "  33:10  error[wrong-type]  'size' is the string \"5\", expected Int32",
        "",
        "a.md",
        "  3:1  warning[leftover]  leftover 'TODO: more.': write what it stands for, or remove it",
        "",
        "4 pages, 2 exchanges, 2 responses (2 annotated), 2 bodies checked against a table: 2 errors, 2 warnings",
        "'docextract explain CHECK' says what a check means",
        "",
    ]


def test_a_clean_run_has_figures_only_and_a_quiet_one_nothing(tmp_path):
    folder = write(tmp_path, CLEAN)
    assert run("check", folder, "--output", "grouped")[1].count("\n") == 1
    assert run("check", folder, "--output", "grouped", "-q")[:2] == (0, "")


@pytest.mark.parametrize("columns", [40, 80])
def test_messages_are_wrapped_on_a_terminal(tmp_path, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(write(tmp_path, {"op.md": operation("{}", keys=typed("a" * 12))}))
    out = run("check", "--output", "grouped", "--min-severity", "info", terminal=True)[1]
    assert "info[unknown-type]" in out
    assert max(map(len, out.split("\n"))) <= columns


def test_what_is_dirty_is_dirty_here(tmp_path):
    assert run("check", write(tmp_path, DIRTY), "--output", "grouped")[0] == 1
