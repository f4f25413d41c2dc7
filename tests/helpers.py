"""The test language: write pages, run the real command, look at findings."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from docextract.cli.main import main
from docextract.project.catalogue import Catalogue
from docextract.project.docset import DocSet
from docextract.project.pages import Pages

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
README = ROOT / "README.md"


class Terminal(io.TextIOWrapper):
    """A stream that is somebody's screen."""

    def isatty(self) -> bool:
        return True


def run(*arguments: object, cached: bool = False, terminal: bool = False) -> tuple[int, str, str]:
    """Run the command line in this process; return exit code, stdout and stderr.

    Verdicts of earlier runs are the matter of tests/verdict/test_cache.py alone.
    """
    if arguments[:1] == ("check",) and not cached:
        arguments = ("check", "--no-cache", *arguments[1:])
    stream = Terminal if terminal else io.TextIOWrapper
    out, err = stream(io.BytesIO(), "utf-8"), stream(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
        out.flush()
        err.flush()
    return code, *(one.buffer.getvalue().decode("utf-8") for one in (out, err))


def report(*paths: object) -> dict[str, Any]:
    """Check paths and give the JSON report."""
    code, out, err = run("check", *paths, "--output-format", "json")
    assert code in (0, 1), err
    return json.loads(out)


def extract(docs: Path, target: Path) -> tuple[list[dict[str, Any]], str]:
    """Extract fixtures into a folder; return the entries of its index, and what is said on stderr."""
    code, out, err = run("extract", docs, "--output", target)
    assert (code, out) == (0, ""), err
    index = json.loads((target / "index.json").read_text("utf-8"))
    assert index["version"] == 1
    return index["exchanges"], err


def doc_set(pages: dict[str, str]) -> DocSet:
    """Return a doc set of pages that are in no file."""
    return DocSet(Catalogue(Pages({}, texts=pages)))


def write(folder: Path, pages: dict[str, str]) -> Path:
    """Write pages into a folder and give the folder."""
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def places(found: dict[str, Any], check: str = "", *, page: str = "", below: int = 0) -> list[tuple[str, int, int]]:
    """Return (check, line, column) of the findings of a report: of a check, on a page, lines counted below a line."""
    return [
        (f["check"], f["line"] - below, f["column"])
        for f in found["findings"]
        if f["check"].startswith(check) and f["path"].endswith(page)
    ]


def of_check(found: dict[str, Any], check: str) -> list[dict[str, Any]]:
    """Return the findings of one check."""
    return [finding for finding in found["findings"] if finding["check"] == check]


def errors(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the findings of severity error."""
    return [finding for finding in found["findings"] if finding["severity"] == "error"]


def line_of(text: str, part: str, nth: int = 1) -> int:
    """Return the number of the nth line that holds a text."""
    return [number for number, line in enumerate(text.split("\n"), 1) if part in line][nth - 1]


def lines_above(text: str, part: str) -> int:
    """Return the number of lines above the first place of a text."""
    return text.count("\n", 0, text.index(part))


def column_of(text: str, part: str) -> int:
    """Return the column at which a text stands in the first line that holds it."""
    return next(line for line in text.split("\n") if part in line).index(part) + 1


def in_body(folder: Path, pages: dict[str, str], body: str) -> list[tuple[str, int, int]]:
    """Check pages; return (check, line in the body, column) of what is found on `api/op.md`, which shows the body."""
    return places(report(write(folder, pages)), page="api/op.md", below=lines_above(pages["api/op.md"], body))


def git(*arguments: str) -> str:
    """Run git in the working directory; give what it prints."""
    names = ("-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *names, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def blocks(language: str) -> list[str]:
    """Return the code blocks of the README in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```\n", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
