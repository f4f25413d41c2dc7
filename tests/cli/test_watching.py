"""`check --watch`: a saved page is answered at once, then what it changes elsewhere."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.consumers import library
from tests.helpers import run, write
from tests.pages import CLEAN, DIRTY

library("watchfiles")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
#: Seconds that a run may take to say something, on a busy machine.
_PATIENCE = 60


class Watching:
    """A watching process, and what it says line by line."""

    def __init__(self, folder, *options):
        command = [sys.executable, "-u", "-m", "docextract", "check", ".", "--watch", "-o", "concise", *options]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, part):
        """Return the lines up to the first that holds a text."""
        said = []
        while not said or part not in said[-1]:
            said.append(self.lines.get(timeout=_PATIENCE))
        return said

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(_PATIENCE)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stdout.close()


def save(folder, pages):
    """Write pages as editors do, each at once: a page that is seen half written is answered twice."""
    for name, text in pages.items():
        path = folder / name
        draft = path.with_suffix(".draft")
        draft.write_text(text, "utf-8")
        os.replace(draft, path)


@pytest.fixture
def watching(tmp_path):
    """Return a process that watches a folder of clean pages, and the folder."""
    folder = write(tmp_path, {**CLEAN, "docextract.toml": ""})
    process = Watching(folder)
    try:
        process.until("watching")
        # The first event of a watcher that has just begun may be lost.
        time.sleep(0.5)
        yield process, folder
    finally:
        process.kill()


def test_a_saved_page_is_answered_and_so_is_its_mending(watching):
    process, folder = watching
    save(folder, {"api/get.md": DIRTY["api/get.md"]})
    finding, count, totals = process.until("all pages: 1 error")
    assert finding.startswith("api/get.md:33:8: error[wrong-type] 'id' is 1, expected String")
    assert count.startswith("docextract: api/get.md: 1 error (")
    assert totals == "docextract: all pages: 1 error (+1), 0 warnings"
    save(folder, {"api/get.md": CLEAN["api/get.md"]})
    count, totals = process.until("all pages: 0 errors")
    assert count.startswith("docextract: api/get.md: clean (")
    assert totals == "docextract: all pages: 0 errors (-1), 0 warnings"
    assert process.end() == 0


def test_what_a_changed_table_breaks_elsewhere_is_told(watching):
    process, folder = watching
    save(folder, {"resources/thing.md": CLEAN["resources/thing.md"].replace("|id|String|", "|id|Int32|")})
    said = process.until("all pages: 1 error")
    [finding] = [line for line in said if line.startswith("api/")]
    assert finding.startswith("api/get.md:33:8: error[wrong-type]")
    # The representation of the type contradicts its row as well.
    assert said[-1] == "docextract: all pages: 1 error (+1), 1 warning (+1)"


def test_pages_come_and_go_and_a_broken_configuration_is_told(watching):
    process, folder = watching
    save(folder, {"api/new.md": DIRTY["api/get.md"]})
    assert process.until("all pages: 1 error")[-1] == "docextract: all pages: 1 error (+1), 0 warnings"
    save(folder, {"docextract.toml": "ingore = []\n"})
    assert "unknown key 'ingore'" in process.until("docextract.toml")[-1]
    save(folder, {"docextract.toml": ""})
    process.until("all pages")
    (folder / "api/new.md").unlink()
    assert process.until("api/new.md")[-1].startswith("docextract: api/new.md: removed (")
    assert process.until("all pages: 0 errors")[-1] == "docextract: all pages: 0 errors (-1), 0 warnings"


def test_without_a_page_there_is_nothing_to_watch(tmp_path):
    code, out, err = run("check", write(tmp_path, {"page.txt": "text"}) / "page.txt", "--watch")
    assert (code, out) == (2, "")
    assert "found no page to watch" in err
