"""Comments that suppress findings, and those that suppress none."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, places, report, write
from tests.pages import CLEAN, DIRTY, annotation

ABOVE_BLOCK = annotation("response", '"@odata.type": "microsoft.graph.thing"')
TITLE = "# An operation\n"
EXAMPLES = "## Examples\n"

#: A comment, and the text of a page with a wrong type before which it stands.
SILENT = {
    "the next block": ("disable-next-block wrong-type", ABOVE_BLOCK),
    "the next block, with another check": ("disable-next-block placeholder, wrong-type", ABOVE_BLOCK),
    "the next block, whatever is found": ("disable-next-block", ABOVE_BLOCK),
    "the page": ("disable-file", TITLE),
    "the page, from below": ("disable-file wrong-type", EXAMPLES),
    "from here on": ("disable wrong-type", EXAMPLES),
    "all from here on": ("disable", EXAMPLES),
}
#: What is suppressed elsewhere: each comment suppresses nothing, and the wrong type is found.
IDLE = {
    "another check": ("disable-file placeholder", TITLE, "placeholder"),
    "another block": ("disable-next-block wrong-type", EXAMPLES, "wrong-type"),
    "what is enabled again": (
        "disable wrong-type -->\n<!-- docextract-enable wrong-type",
        EXAMPLES,
        "wrong-type",
    ),
    "what is enabled with all": ("disable wrong-type -->\n<!-- docextract-enable", EXAMPLES, "wrong-type"),
    "a check that there is not": ("disable-file wrong-typ", TITLE, "wrong-typ"),
}


def page_with(pages, comment, where):
    return pages["api/get.md"].replace(where, f"<!-- docextract-{comment} -->\n\n{where}", 1)


@pytest.mark.parametrize(("comment", "where"), SILENT.values(), ids=SILENT)
def test_what_a_comment_suppresses(tmp_path, comment, where):
    found = report(write(tmp_path, {**DIRTY, "api/get.md": page_with(DIRTY, comment, where)}))
    assert found["findings"] == []
    assert found["summary"]["suppressed"] == 1


@pytest.mark.parametrize(("comment", "where", "named"), IDLE.values(), ids=IDLE)
def test_a_comment_that_suppresses_nothing_is_reported_beside_what_it_missed(tmp_path, comment, where, named):
    page = page_with(DIRTY, comment, where)
    found = report(write(tmp_path, {**DIRTY, "api/get.md": page}))
    assert places(found) == [
        ("unused-suppression", line_of(page, f"docextract-{comment.split()[0]}"), 1),
        ("wrong-type", line_of(page, '{"id": 1}'), 8),
    ]
    assert found["findings"][0]["message"].endswith(f"no finding of {named} here")
    assert found["summary"]["suppressed"] == 0


def test_another_check_stays_disabled_when_one_is_enabled(tmp_path):
    comment = "disable wrong-type placeholder -->\n<!-- docextract-enable placeholder"
    page = page_with(DIRTY, comment, EXAMPLES)
    found = report(write(tmp_path, {**DIRTY, "api/get.md": page}))
    assert [finding["check"] for finding in found["findings"]] == ["unused-suppression"]
    assert found["summary"]["suppressed"] == 1


def test_on_a_clean_page_it_is_reported_that_a_comment_suppresses_nothing(tmp_path):
    page = page_with(CLEAN, "disable-file wrong-type", EXAMPLES)
    found = report(write(tmp_path, {**CLEAN, "api/get.md": page}))
    assert places(found) == [("unused-suppression", line_of(page, "docextract-disable-file"), 1)]


def test_of_a_check_that_does_not_run_nothing_is_said(tmp_path):
    page = page_with(CLEAN, "disable-file wrong-type", EXAMPLES)
    folder = write(tmp_path, {**CLEAN, "api/get.md": page})
    assert report(folder, "--ignore", "wrong-type")["findings"] == []
