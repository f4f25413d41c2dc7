"""The process: misuse, streams that cannot be written, exit codes."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import ROOT, SEEDS, run, write


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "no/such/folder"], "no such file or folder: no/such/folder"),
        (["check", "--select", "wrong-typ"], "did you mean wrong-type?"),
        (["check", "--output", "yaml"], "unknown output format 'yaml'"),
        (["check", "--output", "json", "--output", "text"], "only one output can go to stdout"),
        (["check", "--nonsense"], "no such option: --nonsense; see 'docextract check --help'"),
        (["check", "--selct", "leftover"], "no such option: --selct; did you mean --select?"),
        (["check", "--sarif"], "no such option: --sarif; see 'docextract check --help'"),
        (["check", "--fail-on", "x"], "'info', 'never'; see 'docextract check --help'"),
        (["check", "--baseline"], "option '--baseline' requires an argument; see 'docextract help COMMAND'"),
        (["extract"], "missing option '--output'; see 'docextract extract --help'"),
        (["explain"], "name a check, such as 'docextract explain wrong-type'; 'docextract checks' lists all checks"),
        (["explain", "json"], "no such check: json; did you mean json-syntax or json-duplicate-member?"),
        (["explain", "enum"], "no such check: enum; did you mean enum-disagree, enum-value or enum-case?"),
        (["help", "chekc"], "no such command: chekc; did you mean check?"),
        (["explain", "nonsense"], "no such check: nonsense"),
        (["why", "page.md"], "no such file or folder: page.md"),
        (["nonsense"], "no such command: nonsense; see 'docextract --help'"),
        (["chekc"], "no such command: chekc; did you mean check?"),
    ],
)
def test_misuse_is_2_with_one_sentence(arguments, said):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_told_in_a_sentence():
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "docextract", "check", str(SEEDS)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (2, "docextract: cannot write to stdout: No space left on device\n")


def test_the_installed_command_exits_with_the_code():
    shown = subprocess.run(
        [sys.executable, "-m", "docextract", "check", str(SEEDS)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert shown.returncode == 0, shown.stderr
    assert "warning[leftover]" in shown.stdout
    version = subprocess.run(
        [sys.executable, "-m", "docextract", "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert version.stdout.startswith("docextract ")


class Interrupting(io.RawIOBase):
    """A stdin at which the user presses Ctrl-C."""

    def readable(self) -> bool:
        return True

    def readinto(self, _: object) -> int:
        signal.raise_signal(signal.SIGINT)
        return 0


@pytest.fixture
def heeding_interrupts():
    """Heed SIGINT, which a shell that starts a job in the background has ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_interrupts")
def test_an_interrupted_run_is_130(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Interrupting())))
    assert run("check", "-") == (130, "", "\ndocextract: interrupted\n")


class Broken(io.RawIOBase):
    """A stdin that fails as nothing that the command expects does."""

    def readable(self) -> bool:
        return True

    def readinto(self, _: object) -> int:
        raise RuntimeError("out of order")


def test_an_internal_error_is_3_with_a_traceback_and_where_to_tell(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Broken())))
    code, out, err = run("check", "-")
    assert (code, out) == (3, "")
    assert err.startswith("Traceback (most recent call last):\n")
    *_, error, told = err.splitlines()
    assert error == "RuntimeError: out of order"
    assert told.startswith("docextract: internal error; ")


def test_of_a_reader_that_goes_away_nothing_is_said(tmp_path):
    """As in `docextract check | head -1`."""
    page = "# A page\n" + "\nTODO: more.\n" * 5000
    folder = write(tmp_path, {"page.md": page})
    command = [sys.executable, "-m", "docextract", "check", str(folder), "--no-cache"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert (
        process.stdout.readline()
        == "warning[leftover]: leftover 'TODO: more.': write what it stands for, or remove it\n"
    )
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() in (0, 1)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["check", "--help"], ["extract", "-h"]])
def test_help_names_the_command_and_its_options(arguments):
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: docextract")
    assert "-h, --help" in out
