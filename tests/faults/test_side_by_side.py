"""Pages that change under a run, and runs that write to the same place at once."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import threading
import time

import pytest

from tests.faults.jobs import (
    BASELINE,
    CHECK,
    EXTRACT,
    FIX,
    FIXABLE,
    SHARED,
    UNCACHED,
    docs,
    environment,
    temporary,
    tree,
)
from tests.helpers import write


def at_once(job, folder, count=3):
    """Start a command several times; return what each says, with its exit code."""
    started = [
        subprocess.Popen(
            job.command(), cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(count)
    ]
    return [(*one.communicate(timeout=300), one.returncode) for one in started]


@pytest.mark.parametrize("job", [CHECK, EXTRACT, BASELINE, FIX], ids=str)
def test_runs_at_once_come_to_what_one_run_comes_to(job, tmp_path):
    folder = docs(tmp_path / "many" / "docs")
    alone = docs(tmp_path / "one" / "docs")
    first = job.run(alone)
    for out, err, code in at_once(job, folder):
        assert "Traceback" not in err
        if job is FIX:
            # A run whose pages another run has fixed meanwhile leaves them alone, and says so.
            refused = [line for line in err.splitlines() if "not fixed:" in line]
            assert all(line.endswith("changed while it was checked; run again") for line in refused)
            assert code in ((2,) if refused else (0, 1)), err
        else:
            assert (out, code) == (first.stdout, first.returncode), err
    job.run(alone)
    job.run(folder)
    assert tree(tmp_path / "many") == tree(tmp_path / "one")
    assert temporary(tmp_path) == []


class Restless(threading.Thread):
    """Changes to pages until it is stopped: they vanish, become folders, links to nothing, other pages, or come back."""

    def __init__(self, folder, seed):
        super().__init__()
        self.pages = sorted(folder.rglob("*.md"))
        self.chance = random.Random(seed)
        self.stopped = threading.Event()

    def run(self):
        while not self.stopped.is_set():
            page = self.chance.choice(self.pages)
            if page.is_dir() and not page.is_symlink():
                page.rmdir()
            else:
                page.unlink(missing_ok=True)
            self.chance.choice((self._nothing, self._folder, self._link, self._part, self._whole))(page)
            time.sleep(0.001)

    def _nothing(self, page):
        pass

    def _folder(self, page):
        page.mkdir()

    def _link(self, page):
        page.symlink_to("nowhere")

    def _part(self, page):
        page.write_text(FIXABLE[: self.chance.randrange(len(FIXABLE))], "utf-8")

    def _whole(self, page):
        page.write_text(FIXABLE, "utf-8")

    def stop(self):
        self.stopped.set()
        self.join()


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_pages_that_change_vanish_or_become_folders_during_a_run(tmp_path, kills):
    """The run ends as usual; the pages that nobody touches are checked as ever; the next run is right."""
    folder = docs(tmp_path / "docs")
    # With few kills, so few that one process checks them all.
    pages = 80 if kills < 10 else 450
    write(folder, {f"restless/p{number}.md": FIXABLE for number in range(pages)})
    calm = calm_findings(UNCACHED.run(folder).stdout)
    restless = Restless(folder / "restless", pages)
    restless.start()
    try:
        for job in (SHARED, UNCACHED, EXTRACT) * (kills // 10 or 1):
            done = job.run(folder)
            assert "Traceback" not in done.stderr
            assert done.returncode in (0, 1), done.stderr
            assert job is EXTRACT or calm_findings(done.stdout) == calm
    finally:
        restless.stop()
    assert CHECK.run(folder).stdout == UNCACHED.run(folder).stdout
    shutil.rmtree(folder / "restless")
    EXTRACT.run(folder)
    index = json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))
    assert all("restless" not in entry["page"] for entry in index["exchanges"])
    assert temporary(tmp_path) == []


def calm_findings(out):
    return [line for line in out.splitlines() if not line.startswith("restless/")]
