"""A disk that is full or read-only: one line says so, and what was there stays as it was."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import sys

import pytest

from tests.faults.jobs import (
    BASELINE,
    CHECK,
    EXTRACT,
    FIX,
    JOBS,
    UNCACHED,
    assert_whole,
    docs,
    environment,
    temporary,
    tree,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and mounts")


ERRORS = ("ENOSPC", "EROFS", "EACCES")


def one_line(text):
    """Return the one line that a run says on stderr about what it could not do."""
    [line] = [
        line for line in text.splitlines() if "docextract: " in line and ("cannot" in line or "not fixed" in line)
    ]
    return line


@pytest.mark.parametrize("job", JOBS, ids=str)
def test_no_change_succeeds_from_some_moment_on(job, tmp_path, kills):
    """What had been written is whole, the rest is as it was, and the next run does the rest."""
    docs(tmp_path / "begin" / "docs")
    before = tree(tmp_path / "begin")
    shutil.copytree(tmp_path / "begin", tmp_path / "end")
    changes = job.changes(tmp_path / "end" / "docs")
    after = tree(tmp_path / "end")
    report = UNCACHED.run(tmp_path / "begin" / "docs").stdout
    for number in range(1, changes + 1, max(changes // kills, 1)):
        shutil.rmtree(tmp_path / "work", ignore_errors=True)
        folder = shutil.copytree(tmp_path / "begin", tmp_path / "work") / "docs"
        done = job.run(folder, ERRORS[number % len(ERRORS)], number)
        assert "Traceback" not in done.stderr, done.stderr
        assert_whole(tree(folder.parent), before, after)
        if job is CHECK:
            assert (done.stdout, done.returncode) == (report, 1)
        else:
            assert done.returncode in (1, 2)
            assert done.stderr
        job.run(folder)
        assert tree(folder.parent) == after
        assert temporary(folder.parent) == []


@contextlib.contextmanager
def mounted(folder, options):
    """Mount a file system in memory on a folder."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("nobody may mount a file system here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("blocks", [0, 2, 12])
def test_a_full_disk(tmp_path, blocks):
    """So many blocks of 4 kB are left on it."""
    with mounted(tmp_path / "small", "size=1m") as small:
        folder = docs(small / "docs")
        before = tree(folder)
        report = UNCACHED.run(folder).stdout
        with open(small / "filler", "ab", buffering=0) as file:
            while os.statvfs(small).f_bavail > blocks:
                file.write(b"x" * 4096)
        done = CHECK.run(folder)
        assert (done.stdout, done.returncode) == (report, 1)
        assert "Traceback" not in done.stderr
        shutil.rmtree(folder / ".docextract_cache", ignore_errors=True)
        for job in (EXTRACT, BASELINE, FIX):
            done = job.run(folder)
            assert "Traceback" not in done.stderr
            assert done.returncode == 2 or blocks
            assert temporary(small) == []
        (small / "filler").unlink()
        for job in (EXTRACT, BASELINE, FIX):
            assert job.run(folder).returncode in (0, 1)
        assert tree(folder).keys() == before.keys()


def test_a_read_only_tree(tmp_path):
    with mounted(tmp_path / "tree", "size=1m") as top:
        folder = docs(top / "docs")
        before = tree(top)
        report = UNCACHED.run(folder).stdout
        subprocess.run(["mount", "-o", "remount,ro", str(top)], check=True)
        done = CHECK.run(folder)
        assert (done.stdout, done.returncode, "Traceback" in done.stderr) == (report, 1, False)
        assert "Read-only" in one_line(EXTRACT.run(folder).stderr)
        assert "Read-only" in one_line(BASELINE.run(folder).stderr)
        fixed = FIX.run(folder)
        assert fixed.returncode == 2
        assert fixed.stderr.count("not fixed: ") == 5
        assert tree(top) == before


def test_a_file_that_may_not_grow(tmp_path):
    """Each file may have so many bytes, as a quota has it: the rest of what is written fails."""
    folder = docs(tmp_path / "docs")
    before = tree(tmp_path)

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))

    for job, code in ((CHECK, 1), (EXTRACT, 2), (BASELINE, 2), (FIX, 2)):
        done = subprocess.run(
            job.command(), cwd=folder, env=environment(), capture_output=True, text=True, preexec_fn=limited
        )
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
        assert before.items() <= tree(tmp_path).items()
        assert temporary(tmp_path) == []
