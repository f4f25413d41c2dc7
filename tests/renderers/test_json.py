"""The `json` format: its keys are a contract, its bytes are the same on every run."""

from __future__ import annotations

from tests.helpers import report, run, write
from tests.pages import DIRTY


def test_the_json_contract(tmp_path):
    found = report(write(tmp_path, DIRTY))
    assert list(found) == ["version", "summary", "findings"]
    assert list(found["summary"]) == [
        "pages",
        "exchanges",
        "requests",
        "responses",
        "annotated",
        "resources",
        "json_bodies",
        "resolved",
        "primitive",
        "unresolved",
        "checked",
        "errors",
        "warnings",
        "infos",
        "suppressed",
        "baselined",
    ]
    [finding] = found["findings"]
    assert list(finding) == [
        "check",
        "severity",
        "message",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "pointer",
        "type",
        "property",
        "exchange",
        "fixable",
        "fix",
        "fingerprint",
        "related",
    ]
    assert list(finding["related"][0]) == ["path", "line", "column", "end_line", "end_column", "message"]


def test_the_same_bytes_on_every_run(tmp_path):
    folder = write(tmp_path, DIRTY)
    runs = {run("check", folder, "--output", form)[1] for form in ["json"] for _ in range(3)}
    assert len(runs) == 1
