"""How long `docextract check` takes in units of the yardstick Y, and how much memory.

Y is the CPU time of markdown-it's block rules with tables, without inline rules, over all pages of a
doc set in one process. Yardstick and subjects take turns; of each the fastest round counts.

    DOCEXTRACT_CORPUS=FOLDER python -m tests.benchmarks.speed [ROUNDS] [--copies]
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_YARDSTICK = """
import pathlib, sys, time
from markdown_it import MarkdownIt
texts = [path.read_text("utf-8", "replace") for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.md"))]
parser = MarkdownIt("commonmark").enable("table").disable("inline")
start = time.process_time()
for text in texts:
    parser.parse(text)
print(time.process_time() - start)
"""
_START_UP = ["-c", "import markdown_it, jsonschema"]
_PAGES = 10


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds of a process with its children, and the peak memory of the largest in MiB."""

    cpu: float
    wall: float
    memory: float


def environment() -> dict[str, str]:
    """Return the environment of this checkout as an installed package has it: its modules are compiled."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(Path(__file__).parents[2])}


def measure(folder: Path, *arguments: str) -> Cost:
    """Run Python in a folder and take what it costs."""
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    process.wait()
    wall, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(cpu, wall, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def yardstick(folder: Path) -> float:
    """Return Y in CPU seconds."""
    command = [sys.executable, "-c", _YARDSTICK, str(folder)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def check(folder: Path, *arguments: str) -> Cost:
    """Take what a check costs."""
    return measure(folder, "-m", "docextract", "check", *arguments)


@contextlib.contextmanager
def edited(page: Path, old: str, new: str) -> Iterator[None]:
    """Have a page say something else for a while."""
    text = page.read_text("utf-8")
    assert old in text, f"{page} does not hold {old!r}"
    page.write_text(text.replace(old, new, 1), "utf-8")
    try:
        yield
    finally:
        page.write_text(text, "utf-8")


def changed(folder: Path, page: str, old: str, new: str) -> Cost:
    """Take what a check costs after a page changed, all else known; the cache is as before afterwards."""
    cache = folder / ".docextract_cache" / "verdicts"
    known = cache.read_bytes()
    with edited(next(folder.rglob(page)), old, new):
        cost = check(folder, ".", "--jobs", "1")
    cache.write_bytes(known)
    return cost


def single(folder: Path, *arguments: str) -> Cost:
    """Take the median cost of checking one page, over ten pages of the doc set."""
    pages = sorted(folder.rglob("api/*.md"))
    chosen = pages[:: max(1, len(pages) // _PAGES)][:_PAGES]
    costs = [check(folder, str(page.relative_to(folder)), *arguments) for page in chosen]
    return sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]


def subjects(folder: Path) -> dict[str, Callable[[], Cost]]:
    """Return what is measured, by name."""
    return {
        "cold, one worker": lambda: check(folder, ".", "--jobs", "1", "--no-cache"),
        "cold, two workers": lambda: check(folder, ".", "--jobs", "2", "--no-cache"),
        "warm, nothing changed": lambda: check(folder, ".", "--jobs", "1"),
        "warm, one leaf page changed": lambda: changed(folder, "user-get.md", "# Get", "# Fetch"),
        "warm, a row of identityset.md changed": lambda: changed(folder, "identityset.md", "| Optional. The", "| The"),
        "one page, warm": lambda: single(folder),
        "one page, without cache": lambda: single(folder, "--no-cache"),
        "import markdown_it, jsonschema": lambda: measure(folder, *_START_UP),
    }


def compare(folder: Path, rounds: int) -> None:
    """Print the table of ratios."""
    check(folder, ".", "--jobs", "1")
    time.sleep(3)  # time stamps of the last two seconds are not trusted
    check(folder, ".", "--jobs", "1")
    costs: defaultdict[str, list[Cost]] = defaultdict(list)
    yards = []
    for number in range(rounds):
        yards.append(yardstick(folder))
        for name, subject in subjects(folder).items():
            costs[name].append(subject())
        print(f"round {number + 1} of {rounds}: Y = {yards[-1]:.2f} s", file=sys.stderr)
    y = min(yards)
    start = min(cost.cpu for cost in costs["import markdown_it, jsonschema"])
    print(f"Y = {y:.2f} s CPU, median {statistics.median(yards):.2f} s\n")
    print("| subject | CPU s | in Y | in start-ups | wall s |\n|:---|---:|---:|---:|---:|")
    for name, taken in costs.items():
        cpu, wall = min(cost.cpu for cost in taken), min(cost.wall for cost in taken)
        print(f"| {name} | {cpu:.2f} | {cpu / y:.2f} | {cpu / start:.1f} | {wall:.2f} |")


def copies(corpus: Path) -> None:
    """Print time and memory for 1, 2, 4 and 8 copies of a doc set, each as a root of its own."""
    print("\n| copies | CPU s | for each | peak MiB |\n|---:|---:|---:|---:|")
    for count in (1, 2, 4, 8):
        with tempfile.TemporaryDirectory() as name:
            for number in range(count):
                shutil.copytree(corpus, Path(name) / f"v{number + 1}.0")
            script = (
                "import resource, subprocess, sys;"
                "subprocess.run([sys.executable, '-m', 'docextract', 'check', '.', '--jobs', '1', '--no-cache'],"
                " stdout=subprocess.DEVNULL);"
                "use = resource.getrusage(resource.RUSAGE_CHILDREN);"
                "print(use.ru_utime + use.ru_stime, use.ru_maxrss / 1024)"
            )
            out = subprocess.run(
                [sys.executable, "-c", script],
                cwd=name,
                env=environment(),
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()
            print(f"| {count} | {float(out[0]):.1f} | {float(out[0]) / count:.1f} | {float(out[1]):.0f} |")


def main() -> None:
    """Measure the doc set that DOCEXTRACT_CORPUS names."""
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    corpus = Path(os.environ["DOCEXTRACT_CORPUS"])
    with tempfile.TemporaryDirectory() as name:
        folder = shutil.copytree(corpus, Path(name) / "docs")
        (folder / "docextract.toml").write_text("", "utf-8")
        compare(folder, numbers[0] if numbers else 5)
    if "--copies" in sys.argv:
        copies(corpus)


if __name__ == "__main__":
    main()
