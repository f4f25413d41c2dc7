"""The commands that write something, what they work on, and what must hold of it whatever happened."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.helpers import ROOT, write
from tests.pages import CLEAN, DIRTY, THINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The page of an operation with what can be fixed in it.
FIXABLE = DIRTY["api/get.md"].replace("HTTP/1.1 200 OK", "http/1.1 200 Fine").replace('{"id": 1}', '{"ID": "1",}')
_OPERATIONS = 5


def docs(folder: Path, text: str = FIXABLE) -> Path:
    """Write a doc set in which pages have a text; return its folder."""
    pages = {f"api/get{number}.md": text.replace("An op", f"{number} op") for number in range(_OPERATIONS)}
    return write(folder, {**THINGS, **CLEAN, "docextract.toml": "", **pages})


@dataclass(frozen=True)
class Job:
    """A command that changes files: its arguments, in the folder of a doc set."""

    name: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return self.name

    def command(self, fault: str = "", number: int = 0) -> list[str]:
        """Return the command line, with a fault at a change if one is named."""
        how = ["tests.faults.saboteur", fault, str(number)] if fault else ["docextract"]
        return [sys.executable, "-m", *how, *self.arguments]

    def run(self, folder: Path, fault: str = "", number: int = 0) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        command = self.command(fault, number)
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment(), check=False)

    def changes(self, folder: Path) -> int:
        """Run it; return the number of its changes to the file system."""
        return int(self.run(folder, "none").stderr.splitlines()[-1])


CHECK = Job("check", ("check", ".", "-o", "concise", "--jobs", "1"))
SHARED = Job("shared", ("check", ".", "-o", "concise", "--jobs", "2"))
UNCACHED = Job("uncached", (*CHECK.arguments, "--no-cache"))
EXTRACT = Job("extract", ("extract", ".", "--output", "../out", "--format", "json", "--format", "http"))
FIX = Job("fix", ("check", ".", "--fix", "--unsafe-fixes", "--no-cache", "-o", "concise"))
BASELINE = Job(
    "baseline", ("check", ".", "--baseline", "../baseline.json", "--baseline-update", "--no-cache", "-o", "concise")
)
COMMENT = Job(
    "comment",
    ("check", ".", "--add-suppressions", "--reason", "later", "--no-cache", "-o", "concise"),
)
JOBS = (CHECK, EXTRACT, FIX, BASELINE, COMMENT)


def environment() -> dict[str, str]:
    """Return the environment of a run: as from a shell, and with this checkout to import from."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def tree(top: Path) -> dict[str, bytes]:
    """Return the files below a folder, the cache left out."""
    files = (path for path in sorted(top.rglob("*")) if path.is_file() and ".docextract_cache" not in path.parts)
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in files}


def temporary(top: Path) -> list[str]:
    """Return what is below a folder and of no use: temporary files, and strange ones in the cache."""
    known = ("verdicts", "CACHEDIR.TAG", ".gitignore")
    cached = (path for path in top.rglob(".docextract_cache/*") if path.name not in known)
    return [str(path) for path in (*cached, *top.rglob(".docextract-*")) if path.suffix != ".manifest"]


def assert_whole(found: Mapping[str, bytes], before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Assert that each file is as it was before the run or as a whole run leaves it, and none is new to both.

    Manifests change twice in a run: they are JSON at any time.
    """
    for name, data in found.items():
        if name.endswith(".manifest"):
            json.loads(data)
        elif not Path(name).name.startswith(".docextract-"):
            assert data in (before.get(name), after.get(name)), name
    for name in before.keys() & after.keys():
        assert name in found, name
