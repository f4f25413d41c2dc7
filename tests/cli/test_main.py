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


PAGE = str(SEEDS / "library" / "api" / "item-list.md")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", str(SEEDS)],
        ["checks"],
        ["explain", "wrong-type"],
        ["--version"],
        ["--help"],
        ["config"],
        ["schema", PAGE],
        ["why", PAGE],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_full_disk_is_told_in_a_sentence(arguments):
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "docextract", *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "docextract: cannot write to stdout: No space left on device",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_changes_no_code(tmp_path, closed):
    write(tmp_path, {"clean.md": "# A page\n", "found.md": "# A page\n\nTODO: more\n"})
    for page, code in (("clean.md", 0), ("found.md", 1)):
        command = f"{sys.executable} -m docextract check --no-cache {tmp_path / page} --fail-on info {closed}"
        done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == code
        assert "Traceback" not in done.stdout + done.stderr


LONG = "a" * 300


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", LONG], "docextract: no such file or folder: aaa"),
        (["why", f"{LONG}.md"], "docextract: no such file or folder: aaa"),
        (["extract", LONG, "--output", "out"], "docextract: no such file or folder: aaa"),
        (["check", "page.md", "--config", LONG], "File name too long"),
        (["check", "page.md", "--baseline", LONG], "File name too long"),
        (["check", "page.md", "--output", f"json={LONG}"], "File name too long"),
        (["extract", "page.md", "--output", LONG], "File name too long"),
        (["extract", "page.md", "--output", "d/" * 1000], "it lies in too many folders"),
        (["extract", "page.md", "--output", "d/" * 3000], "File name too long"),
    ],
)
def test_what_no_file_system_takes_is_2_with_one_sentence(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(write(tmp_path, {"page.md": "# A page\n"}))
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_configuration_that_is_nested_too_deep_is_2_with_one_sentence(tmp_path):
    write(tmp_path, {"docextract.toml": f"a = {'[' * 2000}{']' * 2000}\n", "page.md": "# A page\n"})
    code, out, err = run("check", tmp_path)
    assert (code, out) == (2, "")
    assert err == f"docextract: {tmp_path}/docextract.toml: cannot be read as TOML: its values are nested too deep\n"


@pytest.mark.parametrize("name", ["-rf.md", "--output=x.md", "-o.markdown"])
@pytest.mark.parametrize("command", ["check", "why", "schema"])
def test_a_page_whose_name_looks_like_an_option_is_a_page(tmp_path, monkeypatch, name, command):
    """pre-commit passes names as they are, after all options."""
    monkeypatch.chdir(write(tmp_path, {name: "# A page\n\nTODO: more\n"}))
    code, out, err = run(command, name)
    assert (code, "TODO: more" in out) == (0, command != "schema"), err


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
