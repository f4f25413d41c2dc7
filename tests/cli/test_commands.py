"""The commands as a group: found by name, listed without being imported, their choices the dicts."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

import docextract.cli
from docextract.cli.main import COMMANDS, load_command
from docextract.cli.main import docextract as group
from docextract.renderers import RENDERERS
from docextract.writers import WRITERS
from tests.helpers import SEEDS, run, write
from tests.pages import operation


def choices(command: str, option: str) -> list[str]:
    [found] = [param for param in load_command(command).params if option in param.opts]
    assert isinstance(found.type, click.Choice)
    return list(found.type.choices)


def test_the_choices_are_the_dicts():
    assert choices("check", "--output-format") == list(RENDERERS)
    assert choices("extract", "--format") == list(WRITERS)


@pytest.mark.parametrize("name", RENDERERS)
def test_every_output_format_can_be_asked_for_in_both_ways(name):
    shown = run("check", SEEDS / "library", "--output", name)
    assert shown[0] == 0
    assert shown == run("check", SEEDS / "library", "--output-format", name)
    assert name in run("check", "--help")[1]


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_can_be_asked_for(tmp_path, name):
    assert run("extract", SEEDS / "library", "--output", tmp_path, "--format", name)[0] == 0
    assert any(tmp_path.iterdir())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_listed_as_its_own_help_begins(name):
    listed = group.commands[name]
    assert listed.get_short_help_str(1000) == load_command(name).get_short_help_str(1000)
    assert load_command(name).name == name


def test_every_command_is_listed():
    [folder] = docextract.cli.__path__
    modules = [import_module(f"docextract.cli.{path.stem}") for path in Path(folder).glob("[a-z]*.py")]
    found = {
        value.name
        for module in modules
        for value in vars(module).values()
        if isinstance(value, click.Command) and value is not group
    }
    assert found == set(COMMANDS)


@pytest.mark.parametrize("argument", ["--version", "--help", "help", "nonsense"])
def test_what_runs_no_command_imports_none(argument):
    code = (
        f"import sys; from docextract.cli.main import main; main([{argument!r}])\n"
        "print(sorted(name for name in sys.modules if name.startswith('docextract.')), file=sys.stderr)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    # What a user typed is made visible before it is told.
    more = ["docextract.renderers", "docextract.renderers.visible"] if argument == "nonsense" else []
    expected = ["docextract.cli", "docextract.cli.exit", "docextract.cli.main", *more]
    assert shown.stderr.splitlines()[-1] == str(expected)


@pytest.mark.parametrize("name", ["", "wrong-type,leftover", "wrong-typ"])
def test_explain_takes_no_other_names(name):
    code, out, err = run("explain", name)
    assert (code, out) == (2, "")
    assert err.startswith(f"docextract: no such check: {name}")


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals on this system")
def test_a_long_run_shows_on_a_terminal_how_far_it_is(tmp_path):
    import pty

    folder = write(tmp_path, {f"page{number}.md": operation('{"id": "1"}') for number in range(3000)})
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "docextract", "check", str(folder), "--no-cache", "--output", "concise"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    ) as run:
        os.close(theirs)
        shown = b""
        while piece := read(ours):
            shown += piece
    os.close(ours)
    assert run.returncode == 0
    assert b"checking" in shown


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        # The other end is closed.
        return b""


def test_each_option_of_check_stands_in_a_section_of_its_help():
    code, out, _ = run("help", "check")
    assert code == 0
    others = out.partition("Other options:\n")[2]
    assert [line.split()[:2] for line in others.splitlines()] == [["-h,", "--help"]]
    for param in load_command("check").params:
        if isinstance(param, click.Option):
            assert out.count(f"{param.opts[-1]} ") >= 1, param.name
