"""The user's own seed page: clean as it is, and one error each when one thing in it is wrong."""

from __future__ import annotations

import pytest

from tests.helpers import SEEDS, errors, line_of, report, run, write

PAGE = (SEEDS / "add-photos.md").read_text("utf-8")
RESPONSE = PAGE.index("HTTP/1.1 201")
RESPONSE_LINE = PAGE[:RESPONSE].count("\n")


def changed(old: str, new: str) -> str:
    """Change one place of the response."""
    assert PAGE.count(old, RESPONSE) == 1
    return PAGE[:RESPONSE] + PAGE[RESPONSE:].replace(old, new)


def test_the_page_is_clean_and_both_sides_are_checked(tmp_path):
    found = report(write(tmp_path, {"add-photos.md": PAGE}))
    summary = found["summary"]
    assert summary["exchanges"] == summary["requests"] == summary["responses"] == summary["annotated"] == 1
    assert summary["json_bodies"] == summary["resolved"] == 1
    assert summary["checked"] == 2
    assert summary["errors"] == 0
    assert {f["check"] for f in found["findings"] if f["severity"] == "warning"} <= {
        "leftover",
        "url-mismatch",
        "version-mismatch",
    }


def test_its_content_length_counts_crlf(tmp_path):
    page = write(tmp_path, {"add-photos.md": PAGE})
    code, out, _ = run("check", page, "--select", "content-length", "--output-format", "concise")
    assert (code, out) == (0, "")


ROW = {name: line_of(PAGE, f"|{name}|") for name in ("id", "height", "width")}
HEADER = line_of(PAGE, "|Property|Type|Description|")
CASES = {
    "a string for Int32": ('"width": 5', '"width": "5"', "wrong-type", '"width"', 12, ROW["width"]),
    "an undeclared member": (
        '"width": 5',
        '"width": 5,\n  "depth": 3',
        "undeclared-property",
        '"depth"',
        3,
        HEADER,
    ),
    "out of Int32": ('"height": 6', '"height": 3000000000', "out-of-range", '"height"', 13, ROW["height"]),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_wrong_member_is_one_error_with_its_row(tmp_path, case):
    old, new, check, marker, column, related = case
    page = changed(old, new)
    [error] = errors(report(write(tmp_path, {"add-photos.md": page})))
    line = RESPONSE_LINE + line_of(page[RESPONSE:], marker)
    assert (error["check"], error["line"], error["column"]) == (check, line, column)
    assert [place["line"] for place in error["related"]] == [related]


def test_a_missing_brace_is_one_error_at_the_last_member(tmp_path):
    page = changed('"width": 5\n}', '"width": 5')
    [error] = errors(report(write(tmp_path, {"add-photos.md": page})))
    assert error["check"] == "json-syntax"
    assert error["line"] == RESPONSE_LINE + line_of(page[RESPONSE:], '"width": 5')
    assert error["related"][0]["line"] == RESPONSE_LINE + line_of(page[RESPONSE:], "{")


def test_a_misspelt_block_type_is_one_error_and_the_body_is_still_checked(tmp_path):
    page = PAGE.replace('"blockType": "response"', '"blockType": "respnse"')
    found = report(write(tmp_path, {"add-photos.md": page}))
    [error] = errors(found)
    assert (error["check"], error["line"], error["column"]) == (
        "annotation-block-type",
        line_of(page, "respnse"),
        16,
    )
    assert "did you mean 'response'?" in error["message"]
    assert found["summary"]["checked"] == 2


def test_an_array_for_the_object_is_one_error_at_the_body(tmp_path):
    body = PAGE[PAGE.index("{", RESPONSE) : PAGE.rindex("}") + 1]
    page = changed(body, f"[{body}]")
    [error] = errors(report(write(tmp_path, {"add-photos.md": page})))
    assert (error["check"], error["column"]) == ("expected-object", 1)
    assert error["line"] == RESPONSE_LINE + line_of(page[RESPONSE:], "[{")
    assert [place["line"] for place in error["related"]] == [
        HEADER,
        line_of(page, '"@odata.type": "microsoft.graph.profilephoto"'),
    ]
