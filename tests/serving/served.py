"""`docextract serve` in a process of its own, and what clients ask it."""

from __future__ import annotations

import contextlib
import http.client
import queue
import re
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, NamedTuple

import pytest

from docextract.extraction.url import split
from tests.consumers import library
from tests.helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docextract.writers.replay import Replay

library("uvicorn")
library("starlette")

#: Seconds that a run may take to say something, on a busy machine.
PATIENCE = 60
#: Fields that a server gives by itself.
RECOMPUTED = {"connection", "content-length", "date", "transfer-encoding"}


class Answer(NamedTuple):
    """What came back, its header in the order in which it came."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Served:
    """A serving process: its URL, and what it says line by line."""

    def __init__(self, folder: Path, *options: str) -> None:
        command = [sys.executable, "-u", "-m", "docextract", "serve", *options]
        if "--port" not in options:
            command += ["--port", "0"]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment()
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.said = self.until(" at http://")
        self.url = re.search(r" at (http://\S+);", self.said[-1])[1]

    def _read(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def until(self, part: str) -> list[str]:
        """Return the lines up to the first that holds a text."""
        said: list[str] = []
        while not said or part not in said[-1]:
            try:
                said.append(self._lines.get(timeout=PATIENCE))
            except queue.Empty:
                pytest.fail(f"no {part!r} in {said}")
        return said

    def end(self, kind: signal.Signals = signal.SIGINT) -> int:
        """Send a signal; return the exit code."""
        self.process.send_signal(kind)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stdout.close()


def environment() -> dict[str, str]:
    """Return the environment of a process that may run in any folder."""
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT)}


@contextlib.contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """Serve the pages of a folder."""
    served = Served(folder, *options)
    try:
        yield served
    finally:
        served.close()


def ask(url: str, method: str = "GET", body: bytes | str | None = None, **headers: str) -> Answer:
    """Ask a server once; `_` in the names of headers stands for `-`."""
    host, slash, target = url.removeprefix("http://").partition("/")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with contextlib.closing(http.client.HTTPConnection(host, timeout=PATIENCE)) as connection:
        return answered(connection, method, slash + target or "/", body, named)


def answered(
    connection: http.client.HTTPConnection, method: str, target: str, body: bytes | str | None, headers: dict[str, str]
) -> Answer:
    """Send a request on a connection; return what comes back."""
    connection.request(method, target, body.encode() if isinstance(body, str) else body, headers)
    got = connection.getresponse()
    return Answer(got.status, got.headers, got.read())


def replayed(connection: http.client.HTTPConnection, replay: Replay, prefer: str | None = None) -> Answer:
    """Send a documented request as its page shows it, to the server in the place of its host."""
    url = split(replay.url)
    target = url.path + (f"?{url.query}" if url.query is not None else "")
    fields = {name: value for name, value in replay.request.replayed_headers if name.casefold() != "host"}
    if prefer:
        fields = {name: value for name, value in fields.items() if name.casefold() != "prefer"} | {"Prefer": prefer}
    latin = {name: value.encode().decode("latin-1") for name, value in fields.items()}
    body = replay.request.replayed_text if replay.request.has_body else None
    return answered(connection, replay.method, target, body, latin)


def difference(got: Answer, replay: Replay) -> str:
    """Return in what an answer differs from the documented one; "" if in nothing."""
    if got.status != replay.status:
        return f"status {got.status} in the place of {replay.status}"
    if replay.method != "HEAD" and got.body != replay.body.encode():
        return "another body"
    for name, value in replay.response.replayed_headers:
        if name.casefold() not in RECOMPUTED and value not in got.headers.get_all(name, []):
            return f"another {name}"
    return ""
