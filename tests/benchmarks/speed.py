"""What runs cost in units of the yardstick Y, and how much memory they take; a table for each.

Y is the CPU time of markdown-it's block rules with tables, without inline rules, over all pages of a
doc set in one process. Yardstick and subjects take turns; of each the cheapest round counts.

    DOCEXTRACT_CORPUS=FOLDER python -m tests.benchmarks.speed [ROUNDS] [--scale]

ROUNDS are 5 if none are given. `--scale` measures copies of the doc set, each as a root of its own, and
100,000 tiny pages, too.
"""

from __future__ import annotations

import contextlib
import os
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
#: Runs a command in a process of its own, for only so the peak is that of the command.
_MEASURE = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
use = resource.getrusage(resource.RUSAGE_CHILDREN)
print(use.ru_utime + use.ru_stime, time.perf_counter() - start, use.ru_maxrss / 1024)
"""
_CLICK = "import click"
#: So many pages of a doc set are changed, and so many are checked one by one.
_PAGES = 10
_TINY = 100_000


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
    command = [sys.executable, "-c", _MEASURE, sys.executable, *arguments]
    taken = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=True)
    return Cost(*map(float, taken.stdout.split()))


def yardstick(folder: Path) -> float:
    """Return Y in CPU seconds."""
    command = [sys.executable, "-c", _YARDSTICK, str(folder)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def check(folder: Path, *arguments: str) -> Cost:
    """Take what a check costs."""
    return measure(folder, "-m", "docextract", "check", *arguments)


def extract(folder: Path) -> Cost:
    """Take what writing all fixtures costs."""
    with tempfile.TemporaryDirectory() as target:
        return measure(folder, "-m", "docextract", "extract", ".", "--output", target)


@contextlib.contextmanager
def edited(pages: list[Path], old: str, new: str) -> Iterator[None]:
    """Have pages say something else for a while."""
    texts = {page: page.read_text("utf-8") for page in pages}
    for page, text in texts.items():
        assert old in text, f"{page} does not hold {old!r}"
        page.write_text(text.replace(old, new, 1), "utf-8")
    try:
        yield
    finally:
        for page, text in texts.items():
            page.write_text(text, "utf-8")


def changed(folder: Path, page: str, old: str, new: str) -> Cost:
    """Take what a check costs after a page changed, all else known; the cache is as before afterwards."""
    settle(folder)
    cache = folder / ".docextract_cache" / "verdicts"
    known = cache.read_bytes()
    with edited([next(folder.rglob(page))], old, new):
        cost = check(folder, ".", "--jobs", "1")
    cache.write_bytes(known)
    return cost


def unchanged(folder: Path) -> Cost:
    """Take what a check costs after which all is as it was."""
    settle(folder)
    return check(folder, ".", "--jobs", "1")


def spread(folder: Path, pattern: str, number: int = _PAGES) -> list[Path]:
    """Return some pages from all over a doc set."""
    pages = sorted(folder.rglob(pattern))
    return pages[number // 2 :: max(1, len(pages) // number)][:number]


def since(folder: Path, pages: list[Path]) -> Cost:
    """Take what a check of changed pages costs without a cache."""
    with edited(pages, "# ", "# The "):
        return check(folder, ".", "--jobs", "1", "--no-cache", "--changed-since", "HEAD")


def settle(folder: Path) -> None:
    """Have a run see all pages when none has changed in the last two seconds, for such time stamps are not trusted."""
    time.sleep(3)
    check(folder, ".", "--jobs", "1")


def single(folder: Path, *arguments: str) -> Cost:
    """Take the median cost of checking one page, over ten pages of the doc set."""
    settle(folder)
    costs = [check(folder, str(page.relative_to(folder)), *arguments) for page in spread(folder, "api/*.md")]
    return sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]


def subjects(folder: Path) -> dict[str, Callable[[], Cost]]:
    """Return what is measured, by name."""
    operations, types = spread(folder, "api/*.md"), spread(folder, "resources/*.md", 3)
    return {
        "cold, one worker": lambda: check(folder, ".", "--jobs", "1", "--no-cache"),
        "cold, two workers": lambda: check(folder, ".", "--jobs", "2", "--no-cache"),
        "ten changed operations, without cache": lambda: since(folder, operations),
        "ten changed pages, three of types, without cache": lambda: since(folder, [*operations[3:], *types]),
        "warm, nothing changed": lambda: unchanged(folder),
        "warm, one leaf page changed": lambda: changed(folder, "user-get.md", "# Get", "# Fetch"),
        "warm, a row of identityset.md changed": lambda: changed(folder, "identityset.md", "| Optional. The", "| The"),
        "one page, warm": lambda: single(folder),
        "one page, without cache": lambda: single(folder, "--no-cache"),
        "docextract --version": lambda: measure(folder, "-m", "docextract", "--version"),
        _CLICK: lambda: measure(folder, "-c", _CLICK),
    }


def compare(folder: Path, rounds: int) -> None:
    """Print the table of ratios."""
    costs: defaultdict[str, list[Cost]] = defaultdict(list)
    yards = []
    for number in range(rounds):
        yards.append(yardstick(folder))
        for name, subject in subjects(folder).items():
            costs[name].append(subject())
        print(f"round {number + 1} of {rounds}: Y = {yards[-1]:.2f} s", file=sys.stderr)
    y, start = min(yards), min(cost.cpu for cost in costs[_CLICK])
    print(f"Y = {y:.2f} s CPU, median {statistics.median(yards):.2f} s\n")
    print(f"| subject | CPU s | in Y | times `{_CLICK}` | wall s | peak MiB |\n|:---|---:|---:|---:|---:|---:|")
    for name, taken in costs.items():
        cpu, wall, memory = (min(getattr(cost, what) for cost in taken) for what in ("cpu", "wall", "memory"))
        print(f"| {name} | {cpu:.2f} | {cpu / y:.2f} | {cpu / start:.1f} | {wall:.2f} | {memory:.0f} |")


def scale(corpus: Path) -> None:
    """Print time and memory for copies of a doc set, and for many tiny pages."""
    print("\n| pages | check: CPU s | peak MiB | extract: CPU s | peak MiB |\n|:---|---:|---:|---:|---:|")
    for count in (1, 2, 4, 8):
        with tempfile.TemporaryDirectory() as name:
            for number in range(count):
                shutil.copytree(corpus, Path(name) / f"v{number + 1}.0")
            _row(f"{count} copies", Path(name))
    with tempfile.TemporaryDirectory() as name:
        for number in range(_TINY):
            page = Path(name) / f"{number // 1000}" / f"{number}.md"
            page.parent.mkdir(exist_ok=True)
            page.write_text(f"# Page {number}\n\nA few words.\n", "utf-8")
        _row(f"{_TINY:,} tiny ones", Path(name))


def _row(name: str, folder: Path) -> None:
    checked, extracted = check(folder, ".", "--jobs", "1", "--no-cache"), extract(folder)
    print(f"| {name} | {checked.cpu:.1f} | {checked.memory:.0f} | {extracted.cpu:.1f} | {extracted.memory:.0f} |")


def main() -> None:
    """Measure the doc set that DOCEXTRACT_CORPUS names."""
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    corpus = Path(os.environ["DOCEXTRACT_CORPUS"])
    with tempfile.TemporaryDirectory() as name:
        folder = shutil.copytree(corpus, Path(name) / "docs")
        (folder / "docextract.toml").write_text("", "utf-8")
        for command in (
            ["init", "-q"],
            ["add", "."],
            ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"],
        ):
            subprocess.run(["git", *command], cwd=folder, check=True)
        compare(folder, numbers[0] if numbers else 5)
    if "--scale" in sys.argv:
        scale(corpus)


if __name__ == "__main__":
    main()
