"""The test language: write pages, run the real command, look at findings."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from docextract.cli.main import main
from docextract.project.catalogue import Catalogue
from docextract.project.docset import DocSet
from docextract.project.pages import Pages

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


def run(*arguments: object, cached: bool = False) -> tuple[int, str, str]:
    """Run the command line in this process; give exit code, stdout and stderr.

    Verdicts of earlier runs are the matter of tests/verdict/test_cache.py alone.
    """
    if arguments[0] == "check" and not cached:
        arguments = ("check", "--no-cache", *arguments[1:])
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
        out.flush()
    return code, out.buffer.getvalue().decode("utf-8"), err.getvalue()


def report(*paths: object) -> dict[str, Any]:
    """Check paths and give the JSON report."""
    code, out, err = run("check", *paths, "--output-format", "json")
    assert code in (0, 1), err
    return json.loads(out)


def doc_set(pages: dict[str, str]) -> DocSet:
    """Make a doc set of pages that are in no file."""
    return DocSet(Catalogue(Pages({}, texts=pages)))


def write(folder: Path, pages: dict[str, str]) -> Path:
    """Write pages into a folder and give the folder."""
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def places(found: dict[str, Any], check: str | None = None) -> list[tuple[str, int, int]]:
    """Give (check, line, column) of the findings of a report."""
    return [(f["check"], f["line"], f["column"]) for f in found["findings"] if check in (None, f["check"])]


def errors(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the findings of severity error."""
    return [finding for finding in found["findings"] if finding["severity"] == "error"]


def line_of(text: str, part: str, nth: int = 1) -> int:
    """Give the number of the nth line that holds a text."""
    return [number for number, line in enumerate(text.split("\n"), 1) if part in line][nth - 1]


def resource(name: str, rows: list[str], *, extra: str = "", representation: str = "{}") -> str:
    """Make a resource page: annotation keys in `extra`, table rows as they stand."""
    table = "\n".join(rows)
    return f"""---
title: "{name} resource type"
doc_type: resourcePageType
---

# {name} resource type

## Properties

|Property|Type|Description|
|:---|:---|:---|
{table}

## JSON representation

<!-- {{ "blockType": "resource", "@odata.type": "microsoft.graph.{name}"{extra} }} -->
```json
{representation}
```
"""


def operation(
    body: str,
    *,
    annotation: str = "",
    request: str = "GET /things/{id}",
    status: str = "200 OK",
    notes: str = "",
) -> str:
    """Make the page of an operation with one exchange; `annotation` holds further keys of the response's."""
    keys = f", {annotation}" if annotation else ""
    return f"""---
title: "An operation"
doc_type: apiPageType
---

# An operation

## HTTP request

<!-- {{ "blockType": "ignored" }} -->
```http
{request.split(chr(10))[0]}
```

## Examples

### Request

<!-- {{ "blockType": "request", "name": "an_operation" }} -->
```http
{request}
```

### Response

{notes}

<!-- {{ "blockType": "response"{keys} }} -->
```http
HTTP/1.1 {status}
Content-Type: application/json

{body}
```
"""
