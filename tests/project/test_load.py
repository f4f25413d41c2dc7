"""Which doc set the arguments of a run select."""

from __future__ import annotations

from tests.helpers import report, run, write
from tests.pages import DIRTY


def test_a_folder_without_pages_is_2(tmp_path):
    code, _, err = run("check", tmp_path)
    assert code == 2
    assert "no page found" in err


def test_excluded_files_are_0_with_a_notice(tmp_path):
    pages = write(tmp_path, {"README.md": "# Read me\n", "docextract.toml": ""})
    code, _, err = run("check", pages / "README.md", pages / "docextract.toml")
    assert code == 0
    assert "nothing to check" in err


def test_a_file_is_seen_within_its_project(tmp_path):
    folder = write(tmp_path, {**DIRTY, "docextract.toml": ""})
    assert [f["check"] for f in report(folder / "api/get.md")["findings"]] == ["wrong-type"]


def test_a_changed_row_shows_the_examples_that_it_breaks(tmp_path):
    """A finding is reported when its related place is selected."""
    folder = write(tmp_path, {**DIRTY, "docextract.toml": ""})
    [finding] = report(folder / "resources/thing.md")["findings"]
    assert finding["path"].endswith("api/get.md")
