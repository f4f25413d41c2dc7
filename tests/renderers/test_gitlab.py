"""The `gitlab` format: entries that GitLab tells apart and follows from commit to commit."""

from __future__ import annotations

import json

from tests.helpers import run, write
from tests.pages import CLEAN, DIRTY
from tests.renderers.readers import validate
from tests.renderers.reports import finding, rendered, report


def entries(folder):
    return json.loads(run("check", folder, "--output-format", "gitlab")[1])


def test_an_entry(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, DIRTY))
    [found] = json.loads(run("check", "--output-format", "json")[1])["findings"]
    assert entries(".") == [
        {
            "description": "wrong-type: 'id' is 1, expected String",
            "check_name": "wrong-type",
            "fingerprint": found["fingerprint"],
            "severity": "major",
            "location": {"path": "api/get.md", "lines": {"begin": 33, "end": 33}},
        }
    ]


def test_a_clean_run_is_an_empty_report(tmp_path):
    assert entries(write(tmp_path, CLEAN)) == []


def test_the_fingerprint_stays_when_lines_move(tmp_path):
    [before] = entries(write(tmp_path, DIRTY))
    moved = DIRTY["api/get.md"].replace("# An operation", "# An operation\n" + "\nMore text.\n" * 10)
    [after] = entries(write(tmp_path, {"api/get.md": moved}))
    assert after["fingerprint"] == before["fingerprint"]
    assert after["location"]["lines"]["begin"] == before["location"]["lines"]["begin"] + 21


def test_findings_of_two_doc_sets_are_told_apart(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name, {**DIRTY, "docextract.toml": ""})
    found = entries(tmp_path)
    assert len(found) == 2
    assert len({one["fingerprint"] for one in found}) == 2
    assert {one["fingerprint"][:32] for one in found} == {found[0]["fingerprint"]}


def test_the_description_shows_what_would_steer():
    out = rendered("gitlab", report([finding(message="\u202egnp.exe")]))
    validate("gitlab", out)
    assert json.loads(out)[0]["description"] == "wrong-type: \\u202egnp.exe"
