"""Comments that suppress findings, and those that suppress none."""

from __future__ import annotations

from tests.helpers import line_of, report, write
from tests.pages import CLEAN, DIRTY


def test_suppressions(tmp_path):
    page = DIRTY["api/get.md"]
    comment = "<!-- docextract-disable-next-block wrong-type -->\n"
    silent = page.replace('<!-- { "blockType": "response"', comment + '<!-- { "blockType": "response"')
    found = report(write(tmp_path / "a", {**DIRTY, "api/get.md": silent}))
    assert found["findings"] == []
    assert found["summary"]["suppressed"] == 1
    whole = page.replace("# An operation", "# An operation\n\n<!-- docextract-disable-file -->")
    assert report(write(tmp_path / "b", {**DIRTY, "api/get.md": whole}))["findings"] == []
    around = page.replace("## Examples", "<!-- docextract-disable wrong-type -->\n\n## Examples")
    assert report(write(tmp_path / "c", {**DIRTY, "api/get.md": around}))["findings"] == []


def test_a_suppression_that_suppresses_nothing_is_reported(tmp_path):
    page = CLEAN["api/get.md"].replace("## Examples", "<!-- docextract-disable-file wrong-type -->\n\n## Examples")
    [finding] = report(write(tmp_path, {**CLEAN, "api/get.md": page}))["findings"]
    assert (finding["check"], finding["line"]) == ("unused-suppression", line_of(page, "docextract-disable-file"))
