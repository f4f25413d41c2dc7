"""Streams that nobody reads, or that are closed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.faults.jobs import docs, environment
from tests.helpers import write
from tests.pages import CLEAN

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")

COMMANDS = (
    "check .",
    "check . -o json",
    "check . --diff",
    "checks",
    "explain wrong-type",
    "--version",
    "--help",
    "config .",
)


def shell(folder, command):
    """Run a line of shell, with the exit code of docextract at its end."""
    line = f'set -o pipefail 2>/dev/null; docextract() {{ {sys.executable} -m docextract "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment(), capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_leaves_early_is_told_nothing(tmp_path, command):
    done = shell(docs(tmp_path / "docs"), f"docextract {command} | head -1")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert done.returncode in (0, 1)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_stream(tmp_path, command):
    """What cannot be said is not said; the exit code tells what was found, or that nothing could be said."""
    done = shell(docs(tmp_path / "docs"), f"docextract {command} >&-")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert done.returncode in (0, 1, 2)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_clean_page_is_clean_even_if_nobody_can_be_told(tmp_path, closed):
    done = shell(write(tmp_path, CLEAN), f"docextract check . {closed}")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", ".", "-o", "text"),
        ("check", ".", "-o", "json"),
        ("check", ".", "--diff"),
        ("checks",),
        ("--version",),
        ("config", "."),
        ("schema", "."),
        ("why", "api/get.md"),
        ("check", ".", "-o", "json=/dev/full"),
    ],
    ids=" ".join,
)
def test_a_full_stdout_is_told_in_one_line(tmp_path, arguments):
    folder = docs(tmp_path / "docs")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "docextract", *arguments],
            cwd=folder,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2, done.stderr
    assert [line for line in done.stderr.splitlines() if "No space left" in line] == done.stderr.splitlines()[-1:]
