"""The run: the same report however many processes share the pages."""

from __future__ import annotations

import json

from tests.helpers import run, write
from tests.pages import THING, THINGS, operation


def test_the_same_report_of_any_number_of_processes(tmp_path):
    """So many pages that a second process is worth its start."""
    pages = {f"api/op{number}.md": operation(f'{{"size": "{number}"}}', keys=THING) for number in range(400)}
    folder = write(tmp_path, {**THINGS, **pages})
    alone, shared = (run("check", folder, "--output-format", "json", "--jobs", jobs) for jobs in (1, 2))
    assert shared == alone
    code, out, err = alone
    assert (code, err) == (1, "")
    summary = json.loads(out)["summary"]
    assert (summary["pages"], summary["errors"]) == (407, 400)
