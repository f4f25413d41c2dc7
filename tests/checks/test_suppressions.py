"""Comments that suppress findings, those that suppress none, and those with a slip in them."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, places, report, write
from tests.pages import CLEAN, DIRTY, annotation

ABOVE_BLOCK = annotation("response", '"@odata.type": "microsoft.graph.thing"')
TITLE = "# An operation\n"
EXAMPLES = "## Examples\n"
WRONG = '{"id": 1}'

#: A comment, and the text of a page with a wrong type before which it stands.
SILENT = {
    "the next block": ("disable-next-block wrong-type", ABOVE_BLOCK),
    "the next block, whatever is found": ("disable-next-block", ABOVE_BLOCK),
    "the page": ("disable-file", TITLE),
    "the page, from below": ("disable-file wrong-type", EXAMPLES),
    "from here on": ("disable wrong-type", EXAMPLES),
    "all from here on": ("disable", EXAMPLES),
    "with a reason": ("disable-next-block wrong-type -- the service really does that, reason-phrase", ABOVE_BLOCK),
    "whatever is found, with a reason": ("disable-file -- legacy", TITLE),
    "a reason without a blank": ("disable-file wrong-type --legacy", TITLE),
    "a reason of two lines": ("disable-file wrong-type -- what the service\n  really does", TITLE),
    "more dashes": ("disable-file wrong-type -", TITLE),
    "what another check enables": ("disable -->\n<!-- docextract-enable leftover", EXAMPLES),
}
#: What is suppressed elsewhere: each comment suppresses nothing, and the wrong type is found.
IDLE = {
    "another check": ("disable-file placeholder", TITLE, "no finding of placeholder on this page"),
    "another block": (
        "disable-next-block wrong-type",
        EXAMPLES,
        f"no finding of wrong-type from here to line {2 + line_of(DIRTY['api/get.md'], '```', 4)}, the end of the next code block or table",
    ),
    "what is enabled again": (
        "disable wrong-type -->\n<!-- docextract-enable wrong-type",
        EXAMPLES,
        "no finding of wrong-type from here on",
    ),
    "what is enabled with all": (
        "disable wrong-type -->\n<!-- docextract-enable",
        EXAMPLES,
        "no finding of wrong-type from here on",
    ),
    "one of all": (
        "disable -->\n<!-- docextract-enable wrong-type",
        EXAMPLES,
        "no finding of any check from here on",
    ),
    "the next line": (
        "disable-next-line wrong-type",
        EXAMPLES,
        f"no finding of wrong-type on line {1 + line_of(DIRTY['api/get.md'], EXAMPLES.strip()) + 1}",
    ),
    "the next line, which begins a block": (
        "disable-next-line wrong-type",
        ABOVE_BLOCK,
        "; 'docextract-disable-next-block' is for all lines of a code block or a table",
    ),
}
#: Comments with a slip, which suppress nothing: the text, the part that is marked, and what is said.
SLIPS = {
    "an unknown check": (
        "docextract-disable-file wrong-typ",
        "wrong-typ",
        "there is no check 'wrong-typ'; did you mean 'wrong-type'?",
    ),
    "another case": ("docextract-disable-file Wrong_Type", "Wrong_Type", "did you mean 'wrong-type'?"),
    "all": ("docextract-disable-file all", "all", "a comment that names no check means all of them"),
    "a reason after a colon": ("docextract-disable-file wrong-type: legacy", "wrong-type:", "mean 'wrong-type'?"),
    "an unknown word": ("docextract-disabel-file", None, "did you mean 'docextract-disable-file'?"),
    "a word of another linter": ("docextract-ignore wrong-type", None, "did you mean 'docextract-disable'?"),
    "its line": ("docextract-disable-line wrong-type", None, "did you mean 'docextract-disable-next-line'?"),
    "a strange word": ("docextract-frobnicate", None, "expected docextract- and disable, enable, disable-next-block,"),
    "a colon": ("docextract: disable wrong-type", None, "did you mean 'docextract-disable'?"),
    "a blank": ("docextract disable-file", None, "did you mean 'docextract-disable-file'?"),
    "the check of the comments": (
        "docextract-disable-file unused-suppression",
        "unused-suppression",
        "no comment suppresses 'unused-suppression'; switch it off in the configuration",
    ),
    "nothing to enable": ("docextract-enable wrong-type", None, "enables wrong-type, which no comment above it"),
    "nothing at all to enable": ("docextract-enable", None, "enables any check, which no comment above it"),
}
#: Comments that are about something else, or an example in code.
OTHERS = (
    "<!-- docextract is run on this page -->",
    "<!-- docextract: see the manual -->",
    "Write `<!-- docextract-disable-file wrong-typ -->` to silence it.",
    "````markdown\n<!-- docextract-disable-file wrong-typ -->\n````",
    "    <!-- docextract-disable-file -->",
)


def page_with(pages, comment, where):
    return pages["api/get.md"].replace(where, f"<!-- {comment} -->\n\n{where}", 1)


def check(tmp_path, pages, page, *options):
    return report(write(tmp_path, {**pages, "api/get.md": page}), *options)


@pytest.mark.parametrize(("comment", "where"), SILENT.values(), ids=SILENT)
def test_what_a_comment_suppresses(tmp_path, comment, where):
    found = check(tmp_path, DIRTY, page_with(DIRTY, f"docextract-{comment}", where))
    assert [one for one in found["findings"] if "which no comment" not in one["message"]] == []
    assert found["summary"]["suppressed"] == 1


@pytest.mark.parametrize(("comment", "where", "said"), IDLE.values(), ids=IDLE)
def test_a_comment_that_suppresses_nothing_is_reported_beside_what_it_missed(tmp_path, comment, where, said):
    page = page_with(DIRTY, f"docextract-{comment}", where)
    found = check(tmp_path, DIRTY, page)
    assert places(found) == [
        ("unused-suppression", line_of(page, f"docextract-{comment.split()[0]}"), 1),
        ("wrong-type", line_of(page, WRONG), 8),
    ]
    assert found["findings"][0]["message"].startswith("this comment suppresses nothing: ")
    assert found["findings"][0]["message"].endswith(said)
    assert found["summary"]["suppressed"] == 0


@pytest.mark.parametrize(("comment", "marked", "said"), SLIPS.values(), ids=SLIPS)
def test_a_comment_with_a_slip_suppresses_nothing_and_is_reported(tmp_path, comment, marked, said):
    page = page_with(DIRTY, comment, EXAMPLES)
    found = check(tmp_path, DIRTY, page)
    line = line_of(page, comment)
    column = page.split("\n")[line - 1].index(marked) + 1 if marked else 1
    assert places(found)[0] == ("unused-suppression", line, column)
    assert places(found)[-1] == ("wrong-type", line_of(page, WRONG), 8)
    assert said in found["findings"][0]["message"]
    assert found["summary"]["suppressed"] == 0


@pytest.mark.parametrize("text", OTHERS)
def test_other_comments_and_examples_of_comments_are_not_looked_at(tmp_path, text):
    page = CLEAN["api/get.md"].replace(EXAMPLES, f"{text}\n\n{EXAMPLES}", 1)
    assert check(tmp_path, CLEAN, page)["findings"] == []


def test_an_unknown_check_beside_a_known_one_leaves_that_one_suppressed(tmp_path):
    page = page_with(DIRTY, "docextract-disable-next-block wrong-type, palceholder", ABOVE_BLOCK)
    found = check(tmp_path, DIRTY, page)
    line = line_of(page, "palceholder")
    assert places(found) == [("unused-suppression", line, page.split("\n")[line - 1].index("palceholder") + 1)]
    assert found["summary"]["suppressed"] == 1


def test_a_reason_without_its_dashes_is_one_slip(tmp_path):
    page = page_with(DIRTY, "docextract-disable-file wrong-type since the service does that", TITLE)
    found = check(tmp_path, DIRTY, page)
    assert places(found) == [("unused-suppression", line_of(page, "docextract-"), 41)]
    assert found["findings"][0]["message"].endswith("and a reason goes after ' -- '")


def test_no_comment_hides_a_slip(tmp_path):
    page = page_with(DIRTY, "docextract-disable-file -->\n<!-- docextract-disable-file wrong-typ", TITLE)
    found = check(tmp_path, DIRTY, page)
    assert places(found) == [("unused-suppression", line_of(page, "wrong-typ"), 30)]


def test_a_check_that_a_comment_need_not_name_is_reported_at_its_name(tmp_path):
    page = page_with(DIRTY, "docextract-disable-next-block placeholder, wrong-type", ABOVE_BLOCK)
    found = check(tmp_path, DIRTY, page)
    assert places(found) == [("unused-suppression", line_of(page, "docextract-"), 36)]
    assert found["findings"][0]["message"].startswith("this comment need not name placeholder: no finding of it from")
    assert found["summary"]["suppressed"] == 1


def test_another_check_stays_disabled_when_one_is_enabled(tmp_path):
    comment = "docextract-disable wrong-type placeholder -->\n<!-- docextract-enable placeholder"
    found = check(tmp_path, DIRTY, page_with(DIRTY, comment, EXAMPLES))
    assert [finding["check"] for finding in found["findings"]] == ["unused-suppression"]
    assert found["summary"]["suppressed"] == 1


def test_on_a_clean_page_it_is_reported_that_a_comment_suppresses_nothing(tmp_path):
    page = page_with(CLEAN, "docextract-disable-file wrong-type", EXAMPLES)
    assert places(check(tmp_path, CLEAN, page)) == [("unused-suppression", line_of(page, "docextract-disable-file"), 1)]


@pytest.mark.parametrize("names", ["wrong-type", "wrong-type, placeholder", ""])
def test_of_a_check_that_does_not_run_nothing_is_said(tmp_path, names):
    page = page_with(CLEAN, f"docextract-disable-file {names}", EXAMPLES)
    assert check(tmp_path, CLEAN, page, "--ignore", "wrong-type,placeholder")["findings"] == []


LINKS = "[one](gone.md)\n\nSome text with [two](lost.md)\nand a line below with [three](none.md).\n\n"


def linked(comments):
    text = LINKS
    for where, comment in comments.items():
        text = text.replace(where, f"<!-- docextract-{comment} -->\n{where}")
    return DIRTY["api/get.md"].replace(WRONG, '{"id": "1"}').replace(EXAMPLES, f"{text}{EXAMPLES}", 1)


def test_the_next_line_is_that_below_and_no_other(tmp_path):
    page = linked({"Some text": "disable-next-line broken-link"})
    found = check(tmp_path, DIRTY, page)
    assert [(line, column) for _, line, column in places(found)] == [
        (line_of(page, "gone.md"), page.split("\n")[line_of(page, "gone.md") - 1].index("gone.md") + 1),
        (line_of(page, "none.md"), page.split("\n")[line_of(page, "none.md") - 1].index("none.md") + 1),
    ]
    assert found["summary"]["suppressed"] == 1


def test_comments_for_the_next_line_may_stand_above_each_other_and_a_blank_line(tmp_path):
    page = linked({"[one]": "disable-next-line broken-link -->\n<!-- docextract-disable-next-line leftover"})
    page = page.replace("leftover -->\n", "leftover -->\n\n").replace("[one]", "TODO: [one]")
    found = check(tmp_path, DIRTY, page)
    assert len(found["findings"]) == 2
    assert found["summary"]["suppressed"] == 2


TABLE = "|Property|Type|\n|:---|:---|\n|id|String|\n|twice|String|\n|twice|String|\n"


def thing(table):
    return {**CLEAN, "resources/extra.md": f"# extra resource type\n\n## Properties\n\n{table}\n"}


def extra(tmp_path, table):
    pages = thing(table)
    return pages["resources/extra.md"], report(write(tmp_path, pages))


def test_the_next_block_may_be_a_table(tmp_path):
    _, found = extra(tmp_path, TABLE)
    assert len(places(found, "duplicate-property")) == 1
    comment = "<!-- docextract-disable-next-block duplicate-property, resource-unannotated -->"
    page, found = extra(tmp_path / "silent", f"{comment}\n{TABLE}")
    assert places(found, "duplicate-property") == []
    assert places(found, "unused-suppression")[0][1:] == (line_of(page, "docextract-"), comment.index("resource-") + 1)


def test_a_comment_in_a_table_ends_it(tmp_path):
    comment = "<!-- docextract-disable-next-line duplicate-property -->"
    page, found = extra(tmp_path, TABLE.replace("|twice|String|\n|", f"|twice|String|\n{comment}\n|"))
    assert places(found, "unused-suppression") == [("unused-suppression", line_of(page, "docextract-"), 1)]
    [message] = [one["message"] for one in found["findings"] if one["check"] == "unused-suppression"]
    assert message.endswith("; it stands in a table and ends it, so put it above the table")


def test_a_comment_in_a_cell_or_a_heading_is_not_read(tmp_path):
    comment = "<!-- docextract-disable-file duplicate-property -->"
    table = TABLE.replace("|id|String|", f"|id|String {comment}|")
    page, found = extra(tmp_path, f"{table}\n## More {comment}\n")
    assert len(places(found, "duplicate-property")) == 1
    assert places(found, "unused-suppression") == [
        ("unused-suppression", line_of(page, "|id|"), 12),
        ("unused-suppression", line_of(page, "## More"), 9),
    ]


def test_a_comment_that_is_not_closed_suppresses_nothing(tmp_path):
    page = "# A page\n\n[one](gone.md)\n\n<!-- docextract-disable-file broken-link\n"
    found = report(write(tmp_path, {**CLEAN, "page.md": page}))
    assert places(found) == [("broken-link", 3, 7), ("unused-suppression", 5, 1)]


def test_a_page_with_thousands_of_comments_is_read_in_time(tmp_path):
    lines = "".join(
        f"<!-- docextract-disable x{n} -->\n<!-- docextract-disable-next-line leftover -->\n" for n in range(3000)
    )
    pairs = "<!-- docextract-disable -->\n<!-- docextract-enable leftover -->\n" * 3000
    heading = "# A page" + " <!-- docextract-x" * 3000
    found = report(write(tmp_path, {"page.md": f"{heading}\n\n{lines}\n{pairs}"}))
    assert places(found)[0] == ("unused-suppression", 1, 10)
    assert len(found["findings"]) == 1 + 3000 * 3
