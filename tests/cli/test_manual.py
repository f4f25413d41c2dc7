"""The list of checks, and the manual page of each."""

from __future__ import annotations

import pytest

from docextract.checks import CHECKS
from docextract.cli.main import COMMANDS
from tests.helpers import run


def test_checks_and_explain():
    code, out, _ = run("checks")
    assert code == 0
    assert len(out.splitlines()) == len(CHECKS)
    code, out, _ = run("explain", "wrong-type")
    assert code == 0
    assert "Bad:" in out


PRINTED = ("wrong-type", "warning[wrong-type]", "error[wrong-type]:", "Wrong_Type", "WRONG-TYPE", " wrong-type ")


@pytest.mark.parametrize("name", PRINTED)
def test_explain_takes_a_check_as_it_is_printed_and_as_it_is_typed(name):
    shown = run("explain", name)
    assert shown == run("explain", "wrong-type")
    assert shown[1].startswith("wrong-type (error)\n\nA value has another JSON type")


def test_explain_takes_several_checks_and_shows_each_once():
    one, other = (run("explain", name)[1] for name in ("wrong-type", "leftover"))
    assert run("explain", "wrong-type", "leftover", "error[wrong-type]")[1] == f"{one}\n{other}"


def test_a_check_that_is_off_by_default_says_so():
    assert run("explain", "content-length")[1].startswith("content-length (info, off by default)\n")


def test_whether_a_check_is_mended_is_told():
    heads = {check.id: run("explain", check.id)[1].partition("\n")[0] for check in CHECKS}
    assert heads["json-syntax"] == "json-syntax (error, 'docextract check --fix' mends it where it can)"
    assert heads["enum-case"].endswith("'docextract check --fix --unsafe-fixes' mends it where it can)")
    assert {id_ for id_, head in heads.items() if "mends" in head} == {check.id for check in CHECKS if check.fixes}


def test_without_a_command_the_help_is_shown_as_for_misuse():
    code, out, err = run("help")
    assert (code, err) == (0, "")
    assert run("--help") == run("-h") == (code, out, err)
    assert run() == (2, out, "")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(name):
    shown = run("help", name)
    assert shown == run(name, "--help")
    assert shown[0] == 0
    assert shown[1].startswith(f"Usage: docextract {name} ")


def test_the_list_of_commands_is_not_cut():
    out = " ".join(run("--help")[1].split())
    assert "..." not in out.partition("Commands:")[2]
    assert all(f"{name} {summary}" in out for name, (_, summary) in COMMANDS.items())


def test_the_version():
    assert run("-V") == run("--version")
