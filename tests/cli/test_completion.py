"""Completion in real shells: commands, options, choices, check ids, formats and files."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from docextract.cli.main import COMMANDS, load_command
from docextract.findings import CheckId
from docextract.renderers import RENDERERS
from tests.consumers import program

if TYPE_CHECKING:
    from collections.abc import Callable

#: How each shell loads the completion, and is asked for what it offers after a line; where the shell itself lists
#: files, it says so.
ASK = {
    "bash": """
eval "$(_DOCEXTRACT_COMPLETE=bash_source docextract)"
compopt() { echo "<files>"; }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_docextract_completion docextract
printf '%s\\n' "${COMPREPLY[@]}"
""",
    "zsh": """
compdef() { }
_describe() { local name=$argv[-2]; print -l -- ${(P)name} }
compadd() { [[ $argv[1] == -U ]] && { local name=$argv[-1]; print -l -- ${(P)name} } }
_path_files() { print "<files>" }
eval "$(_DOCEXTRACT_COMPLETE=zsh_source docextract)"
words=("$@") CURRENT=$#
_docextract_completion
""",
    "fish": """
_DOCEXTRACT_COMPLETE=fish_source docextract | source
complete -C "$argv"
""",
}


#: What no shell can know the values of.
FREE = ("ADDRESS", "N", "PATTERN", "PREFIX", "REV", "STATUS", "TEXT", "TYPE", "URL")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_and_option_that_has_known_values_offers_them(name):
    command = load_command(name)
    with click.Context(command) as context:
        asked = [one for one in command.params if one.metavar not in FREE and not getattr(one, "is_flag", False)]
        assert [one.name for one in asked if not one.shell_complete(context, "")] == []


@pytest.fixture(params=ASK)
def complete(request, tmp_path, monkeypatch) -> Callable[..., set[str]]:
    """Return a function that gives what a shell offers for the last word of a command line, as a set: fish sorts it."""
    shell = program(request.param, brought_by=f"apt install {request.param}")
    command = tmp_path / "bin" / "docextract"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m docextract "$@"\n', "utf-8")
    command.chmod(0o755)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "known.json").touch()
    (tmp_path / "ask").write_text(ASK[request.param], "utf-8")
    path = os.pathsep.join((str(command.parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "HOME": str(tmp_path)}

    def offered(*words: str) -> set[str]:
        asked = [shell, str(tmp_path / "ask"), "docextract", *words]
        done = subprocess.run(asked, cwd=tmp_path / "pages", env=environment, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        return {line.partition("\t")[0].partition(":")[0] for line in done.stdout.splitlines() if line}

    return offered


def test_commands(complete):
    assert complete("") == {*COMMANDS}
    assert complete("chec") == {"check", "checks"}
    assert complete("help", "ex") == {"explain", "extract"}


def test_options_of_a_command_that_is_loaded_late(complete):
    assert complete("check", "--ba") == {"--baseline", "--baseline-update", "--baseline-prune"}
    assert complete("extract", "--fo") == {"--format"}


def test_values(complete):
    assert complete("check", "--fail-on", "") == {"error", "warning", "info", "never"}
    assert complete("check", "--output", "j") == {name for name in RENDERERS if name.startswith("j")}


@pytest.mark.parametrize(
    "words", [("explain",), ("check", "--select"), ("check", "docs", "--ignore"), ("check", "--fix-only")]
)
def test_check_ids(complete, words):
    assert complete(*words, "wrong-") == {one for one in CheckId if one.startswith("wrong-")}
    # The script of click for fish takes a value only up to a comma.
    assert complete(*words, "link-case,wrong-t") in ({"link-case,wrong-type"}, set())


def test_a_check_id_after_a_comma():
    asked = {"COMP_WORDS": "docextract check --select link-case,wrong-t", "COMP_CWORD": "3"}
    environment = {**os.environ, **asked, "_DOCEXTRACT_COMPLETE": "bash_complete"}
    command = [sys.executable, "-m", "docextract"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "plain,link-case,wrong-type\n"


@pytest.mark.parametrize("words", [("check",), ("check", "--baseline"), ("why",), ("extract",)])
def test_files(complete, words):
    assert complete(*words, "k") in ({"<files>"}, {"known.json"})


def test_a_slip_in_the_line_is_no_error(complete):
    assert complete("check", "--no-such-option", "docs", "--sel") == {"--select"}
    complete("nope", "")
