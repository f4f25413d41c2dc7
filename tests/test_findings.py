"""Findings: what makes two of them the same."""

from __future__ import annotations

from tests.helpers import report, write
from tests.pages import DIRTY


def test_fingerprints_stay_when_lines_move(tmp_path):
    before = report(write(tmp_path, DIRTY))["findings"][0]
    write(tmp_path, {"api/get.md": DIRTY["api/get.md"].replace("# An operation", "\n\n\n# An operation")})
    after = report(tmp_path)["findings"][0]
    assert after["line"] == before["line"] + 3
    assert after["fingerprint"] == before["fingerprint"]
