"""The comments that `check --add-suppressions` writes: where they stand, what they hold, what is left alone."""

from __future__ import annotations

import os

import pytest

from tests.helpers import line_of, report, run, write
from tests.pages import CLEAN, DIRTY, annotation

PAGE = "api/get.md"
WRONG = "<!-- docextract-disable-next-block wrong-type -->\n"
ABOVE = annotation("response", '"@odata.type": "microsoft.graph.thing"')


def add(folder, *options):
    """Write comments for the pages of a folder; return the exit code and what is told."""
    code, _, err = run("check", folder, "--add-suppressions", "--output", "json", *options)
    return code, err


def added(tmp_path, text, *options):
    """Write comments on a page among clean ones; return its new text."""
    folder = write(tmp_path, {**CLEAN, "page.md": text})
    assert add(folder, *options)[0] == 0
    found = report(folder)
    assert [one for one in found["findings"] if one["severity"] != "info"] == []
    assert found["summary"]["suppressed"] > 0
    after = (folder / "page.md").read_text("utf-8")
    assert add(folder, *options) == (0, "docextract: nothing to suppress\n")
    assert (folder / "page.md").read_text("utf-8") == after
    return after


def above(text, part, comment):
    """Return a text with a comment above the line that holds a part of it."""
    lines = text.split("\n")
    lines.insert(line_of(text, part) - 1, f"<!-- docextract-{comment} -->")
    return "\n".join(lines)


def test_the_comment_for_a_code_block_stands_above_its_annotation(tmp_path):
    folder = write(tmp_path, DIRTY)
    before = (folder / PAGE).read_text("utf-8")
    code, err = add(folder)
    assert (code, err) == (0, "docextract: suppressed 1 finding on 1 page by comments\n")
    assert (folder / PAGE).read_text("utf-8") == before.replace(ABOVE, WRONG + ABOVE, 1)
    found = report(folder)
    assert found["findings"] == []
    assert found["summary"]["suppressed"] == 1
    assert add(folder) == (0, "docextract: nothing to suppress\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("final", [True, False])
def test_every_other_byte_stays(tmp_path, end, mark, final):
    text = DIRTY[PAGE].rstrip("\n") + ("\n" if final else "")
    folder = write(tmp_path, DIRTY)
    (folder / PAGE).write_bytes((mark + text).replace("\n", end).encode())
    assert add(folder)[0] == 0
    expected = mark + text.replace(ABOVE, WRONG + ABOVE, 1)
    assert (folder / PAGE).read_bytes().decode() == expected.replace("\n", end)


def test_one_comment_names_several_checks_and_the_reason(tmp_path):
    text = DIRTY[PAGE].replace('{"id": 1}', '{"id": 1, "other": 2, "sise": 3, "sise": 4}')
    folder = write(tmp_path, {**DIRTY, PAGE: text})
    checks = sorted({one["check"] for one in report(folder)["findings"]})
    assert len(checks) > 2
    assert add(folder, "--reason", " what the service sends ")[0] == 0
    comment = f"<!-- docextract-disable-next-block {', '.join(checks)} -- what the service sends -->\n"
    assert (folder / PAGE).read_text("utf-8") == text.replace(ABOVE, comment + ABOVE, 1)


def test_only_the_selected_checks_are_suppressed(tmp_path):
    text = DIRTY[PAGE].replace("## Examples", "It is **TODO: Determine scopes **\n\n## Examples")
    folder = write(tmp_path, {**DIRTY, PAGE: text})
    assert add(folder, "--select", "leftover")[0] == 0
    assert (folder / PAGE).read_text("utf-8") == above(text, "TODO", "disable-next-line leftover")
    assert [one["check"] for one in report(folder)["findings"]] == ["wrong-type"]


TODO = "it is **TODO: Determine scopes **"
PLACES = {
    "a line": (f"# Page\n\n{TODO}\n", TODO, "disable-next-line leftover"),
    "the first line of a paragraph": (f"# Page\n\n{TODO}\nand more\n", TODO, "disable-next-line leftover"),
    "a heading": (f"# Page\n\n## {TODO}\nText.\n", TODO, "disable-next-line leftover"),
    "the first item of a list": (f"# Page\n\n- {TODO}\n- more\n", TODO, "disable-next-line leftover"),
    "a table": (
        "# user resource type\n\n## Properties\n\nText:\n\n|Property|Type|\n|:---|:---|\n|a|String|\n|a|String|\n",
        "|Property|",
        "disable-next-block duplicate-property",
    ),
    "a cell of a table": (f"# Page\n\n|A|B|\n|:---|:---|\n|a|{TODO}|\n", "|A|B|", "disable-next-block leftover"),
}


@pytest.mark.parametrize(("text", "part", "comment"), PLACES.values(), ids=PLACES)
def test_where_one_comment_is_enough(tmp_path, text, part, comment):
    assert added(tmp_path, text) == above(text, part, comment)


AROUND = {
    "the middle of a paragraph": (f"some text\n{TODO}\nand more", "\n"),
    "a later item of a list": (f"- one\n\n- {TODO}\n\n  more\n- three", "\n\ntext\n"),
    "a quotation": (f"> some text\n> {TODO}", "\n\ntext\n"),
    "the end of the page": (f"- one\n- {TODO}", ""),
    "what a heading follows": (f"some text\n{TODO}", "\n## More\n"),
}


@pytest.mark.parametrize(("text", "rest"), AROUND.values(), ids=AROUND)
def test_where_a_comment_would_break_something_two_stand_around_it(tmp_path, text, rest):
    head = "# Page\n\nText.\n\n"
    start, end = "<!-- docextract-disable leftover -->\n", "\n<!-- docextract-enable leftover -->"
    assert added(tmp_path, head + text + rest) == head + start + text + end + rest


def test_in_a_list_the_comment_is_indented_as_the_block_is(tmp_path):
    block = f"{ABOVE}```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{{'id': 1}}\n```\n"
    inner = "".join(f"   {line}\n" if line else "\n" for line in block.rstrip("\n").split("\n"))
    text = f"# Page\n\n1. First:\n\n{inner}\n2. Second.\n"
    after = added(tmp_path, text)
    [comment] = [line for line in after.split("\n") if "docextract-" in line]
    assert comment.startswith("   <!-- docextract-disable-next-block ")
    assert after.replace(f"{comment}\n", "") == text
    assert line_of(after, "docextract-") + 1 == line_of(after, "blockType")


def test_what_concerns_the_front_matter_is_suppressed_below_it(tmp_path):
    text = '---\ntitle: "A page\n---\n\n# Page\n'
    assert added(tmp_path, text) == text.replace("---\n\n", "---\n<!-- docextract-disable-file front-matter -->\n\n")


def test_infos_are_left_as_they_are_unless_they_are_shown(tmp_path):
    text = "# Page\n\n[a page](gone.md)\n"
    folder = write(tmp_path, {**CLEAN, "page.md": text})
    assert [(one["check"], one["severity"]) for one in report(folder)["findings"]] == [("broken-link", "info")]
    assert "nothing to suppress\n" in add(folder)[1]
    assert (folder / "page.md").read_text("utf-8") == text
    assert "suppressed 1 finding on 1 page by comments\n" in add(folder, "--min-severity", "info")[1]
    assert (folder / "page.md").read_text("utf-8") == above(text, "gone.md", "disable-next-line broken-link")
    assert report(folder)["findings"] == []


def test_only_selected_pages_are_changed(tmp_path):
    other = DIRTY[PAGE].replace("get", "other")
    folder = write(tmp_path, {**DIRTY, "api/other.md": other, "docextract.toml": ""})
    assert add(folder / PAGE)[0] == 0
    assert WRONG in (folder / PAGE).read_text("utf-8")
    assert (folder / "api/other.md").read_text("utf-8") == other
    # The table that the examples contradict is selected, the examples are not.
    assert "nothing to suppress" in add(folder / "resources")[1]
    assert (folder / "api/other.md").read_text("utf-8") == other


def test_what_no_comment_suppresses_is_told(tmp_path):
    folder = write(tmp_path, {**CLEAN, "page.md": "# Page\n\n<!-- docextract-disable-file leftover -->\n"})
    (folder / "old.md").write_bytes(f"# Page\n\n{TODO} für\n".encode("latin-1"))
    before = {path: path.read_bytes() for path in folder.rglob("*.md")}
    code, err = add(folder)
    assert code == 1
    root = os.path.relpath(folder).replace(os.sep, "/")
    assert sorted(err.splitlines()) == [
        f"docextract: not suppressed: {root}/old.md:1 page-unreadable: a page that cannot be read holds no comment",
        f"docextract: not suppressed: {root}/old.md:3 leftover: the page is not UTF-8",
        f"docextract: not suppressed: {root}/page.md:3 unused-suppression: mend or remove the comment",
        "docextract: nothing to suppress",
    ]
    assert {path: path.read_bytes() for path in folder.rglob("*.md")} == before


def test_a_comment_that_would_change_another_finding_is_not_written_but_others_are(tmp_path):
    # Comments around the list would end what the comment in it disables further down.
    text = f"# Page\n\n{TODO}\n\n- one\n- {TODO}\n- two\n\n  <!-- docextract-disable leftover -->\n\n{TODO}\n"
    folder = write(tmp_path, {**CLEAN, "page.md": text})
    _, err = add(folder)
    assert "page.md:6 leftover: no comment suppresses it and nothing else\n" in err
    assert err.endswith("suppressed 1 finding on 1 page by comments\n")
    after = (folder / "page.md").read_text("utf-8")
    assert after == above(text, TODO, "disable-next-line leftover")
    found = report(folder)
    assert [(one["check"], one["line"]) for one in found["findings"]] == [("leftover", 7)]


def test_a_page_that_cannot_be_written_is_told_and_the_others_are(tmp_path):
    folder = write(tmp_path, {**DIRTY, "api/other.md": DIRTY[PAGE]})
    (folder / "api/other.md").chmod(0o444)
    code, err = add(folder)
    assert code == 2
    assert "api/other.md is read-only\n" in err
    assert WRONG in (folder / PAGE).read_text("utf-8")
    assert (folder / "api/other.md").read_text("utf-8") == DIRTY[PAGE]


def test_a_link_stays_and_what_it_leads_to_is_changed_once(tmp_path):
    folder = write(tmp_path, DIRTY)
    (folder / "api/link.md").symlink_to(folder / PAGE)
    assert add(folder)[0] == 0
    assert (folder / "api/link.md").is_symlink()
    assert (folder / PAGE).read_text("utf-8").count(WRONG) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--reason", "x"], "--reason needs --add-suppressions"),
        (["--add-suppressions", "--reason", ""], "--reason must be one line"),
        (["--add-suppressions", "--reason", "a --> b"], "--reason must be one line"),
        (["--add-suppressions", "--reason", "a\nb"], "--reason must be one line"),
        (["--add-suppressions", "--diff"], "leave out --add-suppressions"),
        (["--add-suppressions", "-"], "it cannot change a page from stdin"),
    ],
)
def test_options_that_cannot_be_followed(options, said):
    code, out, err = run("check", *options)
    assert (code, out) == (2, "")
    assert said in err
