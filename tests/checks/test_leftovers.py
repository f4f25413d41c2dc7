"""Text that was not meant to be published."""

from __future__ import annotations

import pytest

from tests.helpers import column_of, line_of, places, report, write

CLEAN = {
    "a task list as a name": "|Name|Type|\n|:---|:---|\n|**todo**|String|",
    "a method of a type": "## todo: delta",
    "a marker in code": "`TODO: x` and `TBD`",
    "a marker in a comment": "<!-- TODO: x -->",
    "a heading over a rule of equal signs": "Title\n========\n",
    "a quote in a quote": ">>>>>>>> deep\n",
}
WRONG = {
    "a word of the author": ("It is 5 GB. **TODO: check**", "leftover", "**TODO"),
    "a word of the author in a table": ("|A|B|\n|:---|:---|\n|x|TBD|", "leftover", "TBD"),
    "a word of a generator": ("|A|B|\n|:---|:---|\n|x|** Unknown Type edm.x **|", "leftover", "** Unknown"),
    "one side of a conflict": ("<<<<<<< HEAD\nText.", "merge-conflict", "<<<<<<<"),
}


def found(tmp_path, text):
    page = f"# A page\n\n{text}\n"
    return page, places(report(write(tmp_path, {"page.md": page})))


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_clean_text(tmp_path, text):
    assert found(tmp_path, text)[1] == []


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_place(tmp_path, case):
    text, check, words = case
    page, reported = found(tmp_path, text)
    assert reported == [(check, line_of(page, words), column_of(page, words))]
