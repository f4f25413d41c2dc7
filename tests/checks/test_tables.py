"""Tables as tables: rows that do not fit their header, and tables that are none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docextract.checks.tables import _even
from docextract.markdown.page import Row
from docextract.text.source import Slice
from tests.helpers import line_of, places, report, write

HEAD = "|Name|Type|Description|\n|:---|:---|:---|\n"

CLEAN = {
    "rows that fit": HEAD + "|a|String|A.|\n|b|Int32|B.|\n",
    "no outer pipes": "Name | Type\n--- | ---\na | String\n",
    "an escaped pipe": HEAD + "|a|String|`x \\| y`|\n",
    "an empty cell": HEAD + "|a|String||\n",
    "words with a pipe": "Use `a | b` or a | b.\n",
    "a line of code with pipes": "```\n|a|b|c|\n```\n",
    "a header field twice": "## Request headers\n\n" + HEAD + "|Prefer|String|A.|\n|Prefer|String|B.|\n",
    "a name in two tables": HEAD + "|a|String|A.|\n\nOr:\n\n" + HEAD + "|a|String|A.|\n",
    "two tables": HEAD + "|a|String|A.|\n\n" + HEAD + "|b|String|B.|\n",
}
WRONG = {
    "a pipe in the text": (HEAD + "|a|String|x | y|\n", "table-row", "|a|", "escape a pipe"),
    "a cell too few": (HEAD + "|a|String|\n", "table-row", "|a|", "row with 2 cells, expected 3"),
    "two rows on one line": (HEAD + "|a|String|A.||b|Int32|B.|\n", "table-row", "|a|", "two rows stand on one line"),
    "two rows with a space": (HEAD + "|a|String|A.| |b|Int32|B.|\n", "table-row", "|a|", "two rows stand on one line"),
    "empty cells too many": (HEAD + "|a|String| | | |A.|\n", "table-row", "|a|", "remove the empty ones"),
    "a group heading": (HEAD + "|**Group**|\n", "table-row", "|**Group**|", "single cell"),
    "a parameter twice": (HEAD + "|a|String|A.|\n|**a**|String|B.|\n", "duplicate-property", "|**a**|", "second row"),
    "text below": (HEAD + "|a|String|A.|\nText.\n", "table-row", "Text.", "put a blank line"),
    "no delimiter row": ("|Name|Type|Text|\n|a|String|A.|\n", "table-lost", "|Name|", "no delimiter row"),
    "a delimiter row that does not fit": (
        "|Name|Type|Text|\n|---|---|\n|a|String|A.|\n",
        "table-lost",
        "|Name|",
        "the header has 3 cells, the delimiter row below it 2",
    ),
    "a comment in the middle": (
        HEAD + "|a|String|A.|\n<!-- a note -->\n|b|Int32|B.|\n|c|Int32|C.|\n",
        "table-lost",
        "|b|",
        "a comment ended the table",
    ),
    "empty lines between rows": (
        "|Name|Type|Text|\n\n|:---|:---|:---|\n\n|a|String|A.|\n\n|b|String|B.|\n",
        "table-lost",
        "|Name|",
        "stands alone",
    ),
}


@pytest.mark.parametrize("table", CLEAN.values(), ids=CLEAN)
def test_clean_tables(tmp_path, table):
    assert report(write(tmp_path, {"page.md": f"# A page\n\n{table}"}))["findings"] == []


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_line(tmp_path, case):
    table, check, row, words = case
    page = f"# A page\n\n{table}"
    found = report(write(tmp_path, {"page.md": page}))
    assert places(found) == [(check, line_of(page, row), 1)]
    assert words in found["findings"][0]["message"]
    [finding] = report(write(tmp_path, {"page.md": page}))["findings"]
    assert (finding["check"], finding["line"], finding["column"]) == (check, line_of(page, row), 1)
    assert words in finding["message"]


ROWS = st.text(alphabet="|\\a `", max_size=12).map(str.strip) | st.lists(st.text(max_size=3), max_size=4).map(
    lambda cells: "|".join(["", *cells, ""])
)


@given(ROWS, ROWS)
@example("|a|b|", "|a||")
@example("|a|b", "|a|b|")
@example("|", "|")
def test_rows_that_need_no_splitting_have_as_many_cells_as_the_header(row, header):
    if _even(row, header):
        assert len(Row(Slice("", row)).cells) == len(Row(Slice("", header)).cells)
