"""What `docextract check` takes for pages of one thing many times over: seconds, growth for a doubling, memory.

Each page is checked in a process of its own, forked from one that has checked a page before, with sizes that double
until it takes too long. Printed are the largest size, its CPU seconds and how much more plain text of that size
takes, by how much they grow for a doubling, and the memory in bytes for each byte of the page.

    python -m tests.benchmarks.growth [WORD_OF_KIND] [SECONDS] [BYTES]
"""

from __future__ import annotations

import json
import math
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.helpers import run
from tests.nasty import KINDS

_LEAST = 4_000
_PLAIN = "plain text"
#: What a page may take before the benchmark goes on without it.
_MEMORY = 6 << 30


class Cost(NamedTuple):
    """The bytes of a page, and the CPU seconds and bytes of memory that checking it takes."""

    size: int
    seconds: float
    memory: float

    def less(self, other: Cost) -> Cost:
        """Return what is left without that of a small page."""
        return self._replace(seconds=max(self.seconds - other.seconds, 1e-4), memory=self.memory - other.memory)


def cost(path: Path, seconds: float) -> Cost:
    """Check a page in a process of its own. A page on which it dies takes forever."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        limit = int(time.process_time() + seconds * 4) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        start = time.process_time()
        code, _, _ = run("check", path, "--jobs", 1)
        if code in (0, 1):
            os.write(write, json.dumps(time.process_time() - start).encode())
        os._exit(0)
    os.close(write)
    with open(read, "rb") as pipe:
        took = pipe.read()
    _, _, used = os.wait4(child, 0)
    return Cost(path.stat().st_size, json.loads(took) if took else math.inf, used.ru_maxrss * 1024)


def grown(kind: str, page: Path, small: Cost, seconds: float, most: int) -> list[Cost]:
    """Return what pages of a kind take, of sizes that double."""
    costs, size = [], _LEAST
    while size <= most and (not costs or costs[-1].seconds < seconds):
        page.write_text(KINDS[kind](size), "utf-8")
        costs.append(cost(page, seconds).less(small))
        size *= 2
    return costs


def row(kind: str, costs: list[Cost], plain: Cost) -> str:
    """Return a row of the table."""
    before, last = costs[-2], costs[-1]
    power = math.log2(last.size / before.size)
    growth = (last.seconds / before.seconds) ** (1 / power)
    against = last.seconds / last.size / (plain.seconds / plain.size)
    figures = f"{last.size / 1000:,.0f} kB | {last.seconds:.2f} s | x{growth:.1f} | {against:.1f}"
    return f"| {kind} | {figures} | {last.memory / last.size:.0f} |"


def main(word: str = "", seconds: str = "4", most: str = "8000000") -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.md")
        page.with_name("docextract.toml").write_text("page-budget = 100000000\n", "utf-8")
        page.write_text("# A\n", "utf-8")
        run("check", page, "--jobs", 1)
        small = min((cost(page, 10) for _ in range(3)), key=lambda one: one.seconds)
        plain = grown(_PLAIN, page, small, 1, int(most))[-1]
        print("| page | size | CPU | for a doubling | of plain text | memory of its size |\n|:--|--:|--:|--:|--:|--:|")
        for kind in KINDS:
            if word in kind:
                print(row(kind, grown(kind, page, small, float(seconds), int(most)), plain), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
