"""Tables as tables: rows that do not fit their header, and tables that are none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docextract.checks.tables import _uneven
from docextract.markdown.page import Row
from docextract.text.source import Slice
from tests.helpers import in_body, line_of, places, report, write
from tests.pages import above_examples, operation, resource, table, typed

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
    "a group heading": HEAD + "|a|String|A.|\n|**Group**|\n|b|String|B.|\n",
    "a group heading in italics and tags": HEAD + "|_Group_|\n|a|String|A.|\n|<b>Group</b>|\n|b|String|B.|\n",
    "a table of one column": "|Value|\n|:---|\n|a|\n|**b**|\n",
    "a last row that is not closed": HEAD + "|a|String|A.\n\nText.\n\n" + HEAD + "|b|String|B.|\n",
    "a list below a table": HEAD + "|a|String|A.|\n- An item\n",
    "two tables": HEAD + "|a|String|A.|\n\n" + HEAD + "|b|String|B.|\n",
}
WRONG = {
    "a pipe in the text": (HEAD + "|a|String|x | y|\n", "table-row", "|a|", "escape a pipe"),
    "a cell too few": (HEAD + "|a|String|\n", "table-row", "|a|", "row with 2 cells, expected 3: add the missing ones"),
    "two rows on one line": (HEAD + "|a|String|A.||b|Int32|B.|\n", "table-row", "|a|", "two rows stand on one line"),
    "two rows with a space": (HEAD + "|a|String|A.| |b|Int32|B.|\n", "table-row", "|a|", "two rows stand on one line"),
    "empty cells too many": (HEAD + "|a|String| | | |A.|\n", "table-row", "|a|", "remove the empty ones"),
    "a heading that is not in bold": (HEAD + "|a|String|A.|\n|Group|\n", "table-row", "|Group|", "in bold"),
    "a cell over two lines": (HEAD + "|a|String|A\nand b.|\n|b|Int32|B.|\n", "table-row", "and b.|", "row above"),
    "a cell over three lines": (HEAD + "|a|String|A\nand b\nand c.|\n", "table-row", "and b", "write <br>"),
    "a row over two lines": (HEAD + "|a|String|A.|\n|b\n|Int32|B.|\n", "table-row", "|b", "over two lines"),
    "a list in a cell": (
        HEAD + "|a|String|One of:\n- `x`\n- `y`|\n|b|Int32|B.|\n|c|Int32|C.|\n",
        "table-lost",
        "- `x`",
        "2 rows below it are lost",
    ),
    "a list in a cell of more lines": (
        HEAD + "|a|String|A.\nOne of:\n\n* `x`|\n|b|Int32|B.|\n",
        "table-lost",
        "* `x`",
        "the row below it is lost",
    ),
    "a blank line in a cell": (HEAD + "|a|String|A\n\nand b.|\n|b|Int32|B.|\n", "table-lost", "and b.|", "<br>"),
    "a parameter twice": (HEAD + "|a|String|A.|\n|**a**|String|B.|\n", "duplicate-property", "|**a**|", "second row"),
    "text below": (HEAD + "|a|String|A.|\nText.\n", "table-row", "Text.", "put a blank line"),
    "no delimiter row": (
        "|Name|Type|Text|\n|a|String|A.|\n",
        "table-lost",
        "|Name|",
        "no delimiter row below the header; add |:---|:---|:---|",
    ),
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
        "a comment ends the table above, so this row and those below it are lost; move it out",
    ),
    "a blank line in the middle": (
        HEAD + "|a|String|A.|\n\n|b|Int32|B.|\n|c|Int32|C.|\n",
        "table-lost",
        "|b|",
        "a blank line ends the table above, so this row and those below it are lost; remove it",
    ),
    "a row apart": (HEAD + "|a|String|A.|\n\n|b|Int32|B.|\n", "table-lost", "|b|", "a blank line ends the table above"),
    "a table of other columns without a delimiter row": (
        HEAD + "|a|String|A.|\n\n|Name|Text|\n|b|B.|\n",
        "table-lost",
        "|Name|Text|",
        "no delimiter row below the header; add |:---|:---|",
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


def test_the_same_header_again_begins_another_table(tmp_path):
    page = f"# A page\n\n{HEAD}|a|String|A.|\n\n|Name|Type|Description|\n|b|String|B.|\n"
    found = report(write(tmp_path, {"page.md": page}))
    assert places(found) == [("table-lost", 7, 1)]
    assert "no delimiter row below the header" in found["findings"][0]["message"]


def test_rows_parted_from_their_table_are_told_once(tmp_path):
    clean = resource("thing", ["|a|String|A.|", "|b|String|B.|"], representation='{"a": "string", "b": "string"}')
    assert report(write(tmp_path, {"resources/thing.md": clean}))["findings"] == []
    parted = clean.replace("|b|String", "\n|b|String")
    found = report(write(tmp_path, {"resources/thing.md": parted}))
    assert places(found) == [("table-lost", line_of(parted, "|b|"), 1)]


ROWS = st.text(alphabet="|\\a `", max_size=12).map(str.strip) | st.lists(st.text(max_size=3), max_size=4).map(
    lambda cells: "|".join(["", *cells, ""])
)


@given(ROWS, ROWS)
@example("|a|b|", "|a||")
@example("|a|b", "|a|b|")
@example("|", "|")
def test_rows_that_need_no_splitting_have_as_many_cells_as_the_header(row, header):
    if not _uneven([header, "", row]):
        assert len(Row(Slice("", row)).cells) == len(Row(Slice("", header)).cells)


def test_a_pipe_on_a_line_of_its_own_goes_on_with_the_row_above(tmp_path):
    page = f"# A page\n\n{HEAD}|a|String|A.\n|\n|b|Int32|B.|\n"
    found = report(write(tmp_path, {"page.md": page}))
    assert places(found) == [("table-row", 6, 1)]
    assert "continues the description of the row above" in found["findings"][0]["message"]


GROUPS = {
    "rows of two groups": (["|**One**|", "|a|String|A.|", "|**Two**|", "|a|String|A.|"], []),
    "rows of one group": (
        ["|**One**|", "|a|String|A.|", "|b|String|B.|", "|a|String|A.|"],
        [("duplicate-property", 8)],
    ),
    "no groups": (["|a|String|A.|", "|a|String|A.|"], [("duplicate-property", 6)]),
}


@pytest.mark.parametrize(("rows", "expected"), GROUPS.values(), ids=GROUPS)
def test_a_name_may_stand_once_in_each_group_of_a_table(tmp_path, rows, expected):
    found = report(write(tmp_path, {"page.md": f"# A page\n\n{HEAD}" + "\n".join(rows) + "\n"}))
    assert [(check, line) for check, line, _ in places(found)] == expected


ROW_DEFECTS = {
    "an empty type": ("|size||The size.|", "the Type cell of 'size' is empty; write its type"),
    "two names": ("|size, tone|Int32|Both.|", "2 names stand in one cell: size, tone; give each a row of its own"),
    "three names": ("|`a`, `b` and `c`|Int32|All.|", "3 names stand in one cell: a, b, c; give each a row of its own"),
}


@pytest.mark.parametrize(("row", "message"), ROW_DEFECTS.values(), ids=ROW_DEFECTS)
def test_what_the_rows_of_a_properties_table_leave_unclear(tmp_path, row, message):
    page = resource("thing", ["|id|String|The id.|", row], representation='{"id": "string"}')
    found = [f for f in report(write(tmp_path, {"thing.md": page}))["findings"] if f["check"] == "table-row"]
    assert [(f["line"], f["column"], f["message"]) for f in found] == [(line_of(page, row), 1, message)]


@pytest.mark.parametrize("row", ["|size||The size.|", "|size, tone|Int32|Both.|"])
def test_such_rows_declare_their_members_all_the_same(tmp_path, row):
    body = '{"size": 1}'
    pages = {"thing.md": resource("thing", [row]), "api/op.md": operation(body, keys=typed("thing"))}
    assert in_body(tmp_path, pages, body) == []


def test_the_rows_of_a_request_body_are_told_too(tmp_path):
    rows = table(["|id|String|The id.|", "|size||The size.|"])
    page = above_examples(operation("{}"), "Request body", rows)
    assert places(report(write(tmp_path, {"op.md": page})), "table-row") == [("table-row", line_of(page, "|size|"), 1)]
