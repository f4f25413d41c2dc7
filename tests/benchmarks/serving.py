"""How soon `docextract serve` begins, and how soon one process answers 200 requests a second.

The requests are the documented ones of a doc set, sent at their times over connections that stay open, however late
the answers are: what a client waits is counted from the time at which it wanted to ask.

    python -m tests.benchmarks.serving FOLDER [REQUESTS PER SECOND] [SECONDS]
"""

from __future__ import annotations

import asyncio
import gc
import re
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from docextract.extraction.fixtures import fixtures
from docextract.extraction.url import split
from docextract.project.load import load
from docextract.writers.replay import Replay, replays

_CONNECTIONS = 32


def messages(folder: str) -> list[bytes]:
    """Return the documented requests of a folder as they are sent."""
    return [_message(one) for one in replays(fixtures(load([folder]))) if isinstance(one, Replay) and one.status >= 200]


def _message(replay: Replay) -> bytes:
    url, body = split(replay.url), replay.request.replayed_text.encode()
    target = url.path + (f"?{url.query}" if url.query is not None else "")
    fields = [(name, value) for name, value in replay.request.replayed_headers if name.casefold() != "host"]
    fields += [("Host", "localhost"), ("Content-Length", str(len(body)))]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return f"{replay.method} {target} HTTP/1.1\r\n{head}\r\n".encode() + body


async def _answer(reader: asyncio.StreamReader, method: bytes) -> int:
    """Read an answer to its end; return its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    if length and method != b"HEAD":
        await reader.readexactly(int(length[1]))
    return int(head.split(b" ", 2)[1])


async def load_of(port: int, sent: list[bytes], rate: int, seconds: int) -> tuple[list[float], dict[int, int]]:
    """Send requests at a rate; return the seconds until each answer was there, and the number of each status."""
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(_CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    waits: list[float] = []
    statuses: dict[int, int] = {}

    async def ask(message: bytes, wanted: float) -> None:
        await asyncio.sleep(max(0.0, wanted - time.perf_counter()))
        reader, writer = await free.get()
        writer.write(message)
        status = await _answer(reader, message.partition(b" ")[0])
        waits.append(time.perf_counter() - wanted)
        statuses[status // 100] = statuses.get(status // 100, 0) + 1
        free.put_nowait((reader, writer))

    start = time.perf_counter() + 0.5
    asked = islice(cycle(sent), rate * seconds)
    await asyncio.gather(*(ask(message, start + number / rate) for number, message in enumerate(asked)))
    return sorted(waits), statuses


def main(folder: str, rate: str = "200", seconds: str = "20") -> None:
    """Print the figures."""
    command = [sys.executable, "-m", "docextract", "serve", folder, "--port", "0"]
    began = time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = next(line for line in server.stderr if " at http" in line)
        print(f"{Path(folder).name}: {said.partition(': ')[2].partition(' at ')[0]}")
        print(f"begins after {time.perf_counter() - began:.1f} s")
        port = int(re.search(r":(\d+);", said)[1])  # type: ignore[index]
        # What it logs must not hold it up.
        drain = subprocess.Popen(["cat"], stdin=server.stderr, stdout=subprocess.DEVNULL)
        sent = messages(folder)
        # The pages that this process has read must not hold it up either.
        gc.freeze()
        waits, statuses = asyncio.run(load_of(port, sent, int(rate), int(seconds)))
        server.terminate()
        drain.wait()
    median, late = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    print(f"{len(waits):,} requests at {rate} a second; answers by class of status: {dict(sorted(statuses.items()))}")
    print(f"median {median * 1000:.1f} ms, 99 of 100 within {late * 1000:.1f} ms, longest {waits[-1] * 1000:.1f} ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
