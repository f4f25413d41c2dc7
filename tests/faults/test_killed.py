"""A run that is killed leaves each file as it was or as it should be; the next run ends what it began and cleans up.

A few of all moments are tried; `pytest tests/faults --kills 100` tries more.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time

import pytest

from tests.faults.jobs import CHECK, FIX, FIXABLE, JOBS, UNCACHED, assert_whole, docs, environment, temporary, tree

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")


@pytest.fixture(params=JOBS, ids=str)
def job(request):
    return request.param


class Scene:
    """A folder in which a command has run, then pages were edited: as it is, and as another run leaves it."""

    def __init__(self, job, top):
        self.job = job
        self.top = top
        self.folder = docs(top / "begin" / "docs", FIXABLE.replace("ID", "id").replace("200 Fine", "200 OK"))
        job.run(self.folder)
        docs(self.folder)
        (self.folder / "api" / "get0.md").unlink()
        self.before = tree(top / "begin")
        shutil.copytree(top / "begin", top / "end")
        self.changes = job.changes(top / "end" / "docs")
        self.after = tree(top / "end")

    def anew(self):
        """Return the folder, again as it was before the run."""
        shutil.rmtree(self.top / "work", ignore_errors=True)
        shutil.copytree(self.top / "begin", self.top / "work", symlinks=True)
        return self.top / "work" / "docs"

    def assert_outcome(self, folder):
        """Assert that nothing is torn, and that the next run comes to what one that was not killed comes to."""
        assert_whole(tree(folder.parent), self.before, self.after)
        done = self.job.run(folder)
        assert (done.returncode in (0, 1), done.stderr.count("Traceback")) == (True, 0), done.stderr
        assert tree(folder.parent) == self.after
        assert temporary(folder.parent) == []


@pytest.fixture
def scene(job, tmp_path):
    return Scene(job, tmp_path)


def killed_at_a_change(scene, number, kills):
    """Kill the run before one of its changes to the file system: each of them in turn."""
    folder = scene.anew()
    change = 1 + number * max(scene.changes // kills, 1) % scene.changes
    assert scene.job.run(folder, "kill", change).returncode == -signal.SIGKILL
    return folder


def killed_at_a_moment(scene, number, seconds):
    """Kill the run somewhere in the time that it takes."""
    folder = scene.anew()
    process = subprocess.Popen(scene.job.command(), cwd=folder, env=environment(), **SILENT)
    time.sleep(random.Random(number).uniform(0.3, 1.05) * seconds)
    process.kill()
    process.wait()
    return folder


SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def test_a_killed_run_is_ended_by_the_next(scene, kills):
    assert scene.changes > 2
    assert scene.after != scene.before or scene.job is CHECK
    began = time.monotonic()
    scene.job.run(scene.anew())
    seconds = time.monotonic() - began
    for number in range(kills):
        scene.assert_outcome(killed_at_a_change(scene, number, kills))
        scene.assert_outcome(killed_at_a_moment(scene, number, seconds))


def test_a_report_after_a_kill_is_that_without_a_cache(tmp_path, kills):
    folder = docs(tmp_path / "docs")
    changes = CHECK.changes(folder)
    for number in range(1, changes + 1, max(changes // kills, 1)):
        docs(folder, FIXABLE + f"\nEdited {number} times.\n")
        CHECK.run(folder, "kill", number)
        docs(folder, FIXABLE + f"\nEdited {number} times again.\n")
        done, fresh = CHECK.run(folder), UNCACHED.run(folder)
        assert (done.stdout, done.returncode) == (fresh.stdout, fresh.returncode)
        assert CHECK.run(folder).stdout == fresh.stdout


def test_watching_killed_while_pages_are_saved(tmp_path, kills):
    """The next check is right, and nothing is left."""
    pytest.importorskip("watchfiles")
    folder = docs(tmp_path / "docs")
    moments = random.Random(1)
    command = [*CHECK.command(), "--watch"]
    for number in range(kills):
        process = subprocess.Popen(
            command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        end = time.monotonic() + moments.uniform(0.3, 2.5)
        while time.monotonic() < end:
            docs(folder, FIXABLE + f"\nSaved at {time.monotonic()} in round {number}.\n")
            time.sleep(0.05)
        process.kill()
        process.communicate()
        assert CHECK.run(folder).stdout == UNCACHED.run(folder).stdout
        assert temporary(tmp_path) == []


def test_a_kill_leaves_work_for_the_next_run(tmp_path):
    """What was tested above: after a kill half way, some pages are fixed and others are not."""
    folder = docs(tmp_path / "docs")
    changes = FIX.changes(shutil.copytree(folder, tmp_path / "copy"))
    FIX.run(folder, "kill", changes // 2)
    fixed = ["http/1.1" not in path.read_text("utf-8") for path in folder.glob("api/get[0-4].md")]
    assert 0 < sum(fixed) < len(fixed)
