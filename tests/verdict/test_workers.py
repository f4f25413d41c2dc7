"""Several processes: none outlives the run, and neither a failure nor a death takes more than one page with it."""

from __future__ import annotations

import contextlib
import errno
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docextract.markdown import parser
from docextract.reading import pairing, resource, scan
from tests.helpers import ROOT, of_check, places, report, run, write
from tests.pages import operation
from tests.pages import resource as resource_page

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
THING = '"@odata.type": "microsoft.graph.thing"'
TYPE7 = '"@odata.type": "microsoft.graph.type7", "truncated": true'
#: Enough for the work to be shared.
MANY = {f"op{number}.md": operation('{"id": 1}', keys=THING) for number in range(450)}
PAGES = {"thing.md": resource_page("thing", ["|id|String|The id.|"]), **MANY}
ODD = "odd page"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a large doc set with an error on each page but two: that of the type, and one that is odd."""
    return write(tmp_path_factory.mktemp("docs"), {**PAGES, "op100.md": f"# An {ODD}\n"})


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """Return a large doc set that takes a few seconds."""
    rows = [f"|p{number}|Int32|The `p` of number {number}.|" for number in range(120)]
    pages = {f"type{number}.md": resource_page(f"type{number}", rows) for number in range(900)}
    return write(tmp_path_factory.mktemp("long"), {**pages, "op.md": operation('{"p7": "7"}', keys=TYPE7)})


def failing(function, error):
    """Return a reader that raises an error on a page that is odd."""

    def fail(source, *rest, **more):
        text = source if isinstance(source, str) else getattr(source, "source", source).text
        if ODD in text:
            raise error
        return function(source, *rest, **more)

    return fail


READERS = {
    "the parser": (parser, "parse"),
    "the scan": (scan, "scan"),
    "the exchanges": (pairing, "read_exchanges"),
    "the types": (resource, "read_resources"),
}


#: Runs the command line with a reader that fails on a page, or makes its process die.
SPOILT = """
import sys
from tests.verdict import test_workers as tests
name, how = sys.argv[1:3]
reader = tests.READERS[name]
make = tests.dying if how == "dies" else lambda function: tests.failing(function, getattr(__builtins__, how)("a\\x1b"))
setattr(*reader, make(getattr(*reader)))
from docextract.__main__ import main
sys.argv[1:] = ["check", "--no-cache", *sys.argv[3:]]
main()
"""


def spoilt(reader: str, how: str, *arguments: object, before: str = "") -> tuple[int, str, str]:
    """Run the command line in a process of its own, which has but one thread, with a reader that is spoilt."""
    command = [sys.executable, "-c", before + SPOILT, reader, how, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("reader", "error", "jobs"),
    [
        *((reader, "ValueError", "1") for reader in READERS),
        *(("the parser", error, "1") for error in ("RecursionError", "MemoryError")),
        *((reader, "ValueError", "2") for reader in READERS),
    ],
)
def test_a_failure_on_a_page_is_a_finding_and_the_others_are_checked(folder, reader, error, jobs):
    code, out, err = spoilt(reader, error, folder, "--jobs", jobs, "--output", "json")
    assert (code, err) == (3, "")
    found = json.loads(out)
    [internal] = of_check(found, "internal-error")
    assert internal["path"].endswith("/op100.md")
    assert (internal["severity"], internal["line"], internal["column"]) == ("error", 1, 1)
    assert f"docextract failed on this page: {error} at docextract/" in internal["message"]
    assert internal["message"].endswith("Please report it, with the page if you can")
    assert len(of_check(found, "wrong-type")) == 449
    assert found["summary"]["pages"] == 451


def test_what_a_failure_says_is_visible(folder):
    code, out, _ = spoilt("the parser", "ValueError", folder)
    assert code == 3
    assert "error[internal-error]: docextract failed on this page" in out
    assert "\x1b" not in out


def test_what_a_check_fails_of_names_its_place(folder, monkeypatch):
    monkeypatch.setattr("docextract.verdict.linter._figures", lambda *_: 1 / 0)
    code, out, _ = run("check", folder / "op1.md", "--output", "json")
    assert code == 3
    [found] = json.loads(out)["findings"]
    assert found["message"].startswith(
        "docextract failed on this page: ZeroDivisionError at docextract/verdict/linter.py:"
    )


def test_a_failure_is_not_kept_for_the_next_run(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {"docextract.toml": "", "a.md": f"# An {ODD}\n\nTODO: more.\n"}))
    with monkeypatch.context() as patched:
        patched.setattr(*READERS["the scan"], failing(scan.scan, ValueError()))
        assert run("check", cached=True)[0] == 3
    code, out, _ = run("check", "--output", "json", cached=True)
    assert (code, places(json.loads(out))) == (0, [("leftover", 3, 1)])


def test_extract_says_on_which_page_it_failed_and_keeps_its_fixtures(tmp_path, monkeypatch):
    docs = write(tmp_path / "docs", {"a.md": operation('{"id": 1}'), "b.md": operation('{"id": 2}') + ODD})
    assert run("extract", docs, "--output", tmp_path / "out")[0] == 0
    before = (tmp_path / "out" / "b" / "an_operation.json").read_bytes()
    monkeypatch.setattr(*READERS["the exchanges"], failing(pairing.read_exchanges, ValueError("no")))
    code, _, err = run("extract", docs, "--output", tmp_path / "out")
    assert code == 3
    assert "b.md: docextract failed on this page: ValueError" in err
    assert (tmp_path / "out" / "b" / "an_operation.json").read_bytes() == before


def dying(function):
    """Return a reader that ends a worker that reads a page that is odd, as the system does when memory is short."""

    def die(source, *rest):
        if ODD in source.text and multiprocessing.parent_process():
            os.kill(os.getpid(), signal.SIGKILL)
        return function(source, *rest)

    return die


def test_a_page_that_makes_its_process_die_is_a_finding_and_the_others_are_checked(folder):
    code, out, err = spoilt("the parser", "dies", folder, "--jobs", "2", "--output", "json")
    assert code == 3
    assert err.startswith("docextract: a process died; ")
    assert err.count("\n") == 1
    found = json.loads(out)
    [internal] = of_check(found, "internal-error")
    assert internal["path"].endswith("/op100.md")
    assert "the process that checked it died" in internal["message"]
    assert len(of_check(found, "wrong-type")) == 449


#: Two processes can be started, and no more.
FEW = """
import multiprocessing
start, started = multiprocessing.process.BaseProcess.start, []

def refuse(process):
    if len(started) == 2:
        raise BlockingIOError(11, "Resource temporarily unavailable")
    started.append(process)
    return start(process)

multiprocessing.process.BaseProcess.start = refuse
"""


def test_where_no_other_can_be_started_this_process_checks_what_one_that_died_left(folder):
    code, out, err = spoilt("the parser", "dies", folder, "--jobs", "2", "--output", "json", before=FEW)
    first, second = err.splitlines()
    assert first.startswith("docextract: a process died; ")
    assert second == (
        "docextract: no other could be started (Resource temporarily unavailable), so it was this one that checked them"
    )
    # It is the process that makes the page fail, not the page.
    assert code == 1
    assert places(json.loads(out)) == places(report(folder))


def start(folder: Path, *arguments: str, code: str = "") -> subprocess.Popen:
    """Start a run in two processes, and wait until they work."""
    what = ["-c", code, str(folder)] if code else ["-m", "docextract", "check", str(folder), "--no-cache"]
    process = subprocess.Popen(
        [sys.executable, *what, "--jobs", "2", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # After so many seconds of work, a process is beyond its start.
    working = 0.3 if code else 0.05
    wait_for(lambda: sum(seconds(child) > working for child in children(process.pid)) >= 2)
    return process


def seconds(pid: int) -> float:
    """Return the time that a process has worked; 0 if it is gone."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11]) / os.sysconf("SC_CLK_TCK")
    return 0


def wait_for(happened, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.01)


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that are alive."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                found.append(int(path.parent.name))
    return found


def is_alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


#: Ends as the command line does, in a process with a second thread, so that its workers are no copies of it.
SPAWNING = """
import sys, threading
from docextract.__main__ import main
if __name__ == "__main__":
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    sys.argv[1:1] = ["check", "--no-cache"]
    main()
"""


@pytest.mark.parametrize("code", ["", SPAWNING], ids=["fork", "spawn"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_is_left_when_the_run_is_ended(long, tmp_path, number, code):
    if code:
        (tmp_path / "spawning.py").write_text(code)
        code = f"import runpy, sys; runpy.run_path({str(tmp_path / 'spawning.py')!r}, run_name='__main__')"
    process = start(long, code=code)
    workers = children(process.pid)
    process.send_signal(number)
    # Whoever reads what the run says would wait for processes that keep the pipe.
    out, err = process.communicate(timeout=60)
    wait_for(lambda: not any(map(is_alive, workers)), 30)
    if number == signal.SIGKILL:
        assert process.returncode == -signal.SIGKILL
    elif number == signal.SIGTERM:
        assert (process.returncode, out, err) == (143, "", "docextract: terminated\n")
    else:
        assert (process.returncode, out, err.strip()) == (130, "", "docextract: interrupted")


def test_a_process_that_is_killed_takes_no_page_with_it(long):
    expected = report(long)
    process = start(long, "--output", "json")
    os.kill(children(process.pid)[0], signal.SIGKILL)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, json.loads(out)) == (1, expected)
    assert err.startswith("docextract: a process died; ")
    assert err.count("\n") == 1


def test_workers_that_are_no_copies_leave_nothing_either(folder, tmp_path):
    """As outside Linux, where they are started afresh and are sent what they need."""
    (tmp_path / "spawning.py").write_text(SPAWNING)
    command = [sys.executable, str(tmp_path / "spawning.py"), str(folder), "--jobs", "2", "--output", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (1, report(folder), "")


def test_without_a_further_process_this_one_checks_all_pages(folder, monkeypatch):
    alone = run("check", folder, "--output-format", "json", "--jobs", "1")

    def refused(_):
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.process.BaseProcess, "start", refused)
    code, out, said = run("check", folder, "--output-format", "json", "--jobs", "2")
    assert (code, out) == alone[:2]
    assert "no further process can be started (Resource temporarily unavailable), so this one checks all pages" in said
