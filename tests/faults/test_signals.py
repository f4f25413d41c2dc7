"""SIGINT and SIGTERM: the right exit code, one line, no process left, nothing torn."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.jobs import FIXABLE, JOBS, SHARED, assert_whole, docs, environment, temporary, tree
from tests.helpers import write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
WORDS = {signal.SIGINT: "docextract: interrupted", signal.SIGTERM: "docextract: terminated"}
#: So many pages that several processes share them.
_MANY = 420


def of_session(session):
    """Return the processes of a session that have not ended."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] not in "ZX":
            found.append(name)
    return found


def start(command, folder):
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def assert_ended(process, number):
    """Assert that a process that got a signal has ended as it should, and that no other is left."""
    _, err = process.communicate(timeout=60)
    # A process that is told to end while Python starts has begun nothing, and ends as any other.
    assert process.returncode in (CODES[number], -number, 0, 1), err
    # What Python itself tells of an exception that got lost on its way is beyond us.
    assert "Traceback" not in err or "Exception ignored in" in err
    if process.returncode == CODES[number]:
        assert err.splitlines()[-1] == WORDS[number]
        assert err.count(WORDS[number]) == 1
    assert_none_left(process)


def assert_none_left(process):
    """Assert that no process of a session is there any more."""
    process.communicate(timeout=60)
    until = time.monotonic() + 10
    while (left := of_session(process.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    assert left == []


def warm(process):
    """Wait until docextract itself runs: before that, the interpreter answers signals in its own way."""
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        status = Path(f"/proc/{process.pid}/status").read_text()
        caught = status.partition("SigCgt:")[2].split()[0]
        if int(caught, 16) >> (signal.SIGINT - 1) & 1:
            return
        time.sleep(0.002)


@pytest.mark.parametrize("job", JOBS, ids=str)
def test_a_run_that_is_told_to_end(job, tmp_path, kills):
    docs(tmp_path / "begin" / "docs")
    before = tree(tmp_path / "begin")
    shutil.copytree(tmp_path / "begin", tmp_path / "end")
    began = time.monotonic()
    job.run(tmp_path / "end" / "docs")
    whole = time.monotonic() - began
    after = tree(tmp_path / "end")
    moments = random.Random(job.name)
    for number in sorted(CODES) * kills:
        shutil.rmtree(tmp_path / "work", ignore_errors=True)
        folder = shutil.copytree(tmp_path / "begin", tmp_path / "work") / "docs"
        process = start(job.command(), folder)
        warm(process)
        time.sleep(moments.uniform(0.1, 0.8) * whole)
        process.send_signal(number)
        assert_ended(process, number)
        assert_whole(tree(folder.parent), before, after)
        assert temporary(folder.parent) == []


def test_a_run_of_several_processes_that_is_told_to_end(tmp_path, kills):
    """The terminal tells all of them, a supervisor only the first."""
    folder = write(tmp_path, {f"p{page}.md": FIXABLE for page in range(_MANY)})
    moments = random.Random(0)
    told = [(number, send) for number in sorted(CODES) for send in (os.kill, os.killpg)]
    for number, send in told * (kills // 4 or 1):
        process = start(SHARED.command(), folder)
        warm(process)
        time.sleep(moments.uniform(0.1, 2.0))
        send(process.pid, number)
        assert_ended(process, number)
    assert temporary(tmp_path) == []


def test_no_process_outlives_a_killed_one(tmp_path, kills):
    folder = write(tmp_path, {f"p{page}.md": FIXABLE for page in range(_MANY)})
    moments = random.Random(0)
    for _ in range(kills):
        process = start([*SHARED.command(), "--no-cache"], folder)
        time.sleep(moments.uniform(0.5, 2.0))
        process.kill()
        assert_none_left(process)
