"""Our reading of blocks against all of CommonMark: the same blocks on the same lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from docextract.markdown.blocks import Blocks
from docextract.text.source import Source
from tests.helpers import SEEDS, doc_set, of_check, places, report, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

#: What may stand in a line, so that lines meet in all orders.
PARTS = [
    *(
        "# ",
        " #",
        "## A",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "> ",
        "```",
        "````",
        "```json",
        "~~~",
        "    ",
        "  ",
        "\t",
        "---",
        "***",
        "===",
    ),
    *("|a|b|", "|---|---|", "a | b", "--- | ---", "|", ":-", "text", "<!-- x", "-->", "<div>", "<!-- {} -->", "[a]: b"),
    *("[a](b)", "`", "\\", "é", "10) x", "[", "]: "),
]
LINES = st.lists(st.lists(st.sampled_from(PARTS), max_size=3).map("".join), max_size=12).map("\n".join)


#: Our types of tokens that hold all of their lines, and the types of the library's.
ALIKE = {"prose": "inline", "comment": "html_block"}


def blocks(tokens: list[Token]) -> Iterator[tuple[object, ...]]:
    """Return the blocks that a page is made of; what is inside a table is the table's own."""
    inside, heading = 0, False
    for token in tokens:
        kind = ALIKE.get(token.type, token.type)
        if token.type in ("table_open", "table_close"):
            inside += token.nesting
        if token.type in ("table_open", "pipe_table"):
            yield ("table", token.map)
        elif token.type in ("fence", "code_block"):
            yield (token.type, token.map, token.info, token.content, token.markup)
        elif kind in ("html_block", "hr") or (kind == "inline" and not inside):
            yield (kind, token.map, token.content if heading else "")
        elif token.type in ("heading", "heading_open"):
            yield ("heading", token.tag)
        elif token.type in ("list_item_open", "list_item_close", "blockquote_open", "blockquote_close"):
            yield (token.type, token.tag)
        heading = token.type == "heading_open"
        if token.type == "heading":
            yield ("inline", token.map, token.content)


def reference(text: str) -> tuple[list[tuple[object, ...]], set[str]]:
    """Read a text with all of CommonMark."""
    env: dict[str, dict[str, object]] = {}
    tokens = MarkdownIt("commonmark").enable("table").disable("inline").parse(text, env)
    return list(blocks(tokens)), set(env.get("references", {}))


def ours(text: str) -> tuple[list[tuple[object, ...]], set[str]]:
    """Read a text as docextract does."""
    reader = Blocks(Source.of("page.md", text).text)
    tokens = reader.read(0)
    return list(blocks(tokens)), set(reader.references)


@given(LINES, st.integers(0, 12))
def test_what_stands_above_the_first_line_says_nothing(text, start):
    lines = Source.of("page.md", text).text.split("\n")
    reader = Blocks("\n".join(lines))
    reader.read(0)
    below = "\n" * start + "\n".join(lines[start:])
    assert list(blocks(reader.read(start))) == ours(below)[0]


@given(LINES)
@example("```\na\n   ```\nb")
@example("```\na\n    ```\nb")
@example("```\n```x\n````")
@example("~~~ `a`\n~~~")
@example("``` `a`\n```")
@example("- ```\n  a\nb\n```")
@example("> ```\na")
@example("a\n\n    b\n")
@example("a | b\n--- | ---\n# c")
@example("|a|\n|-|\n- b")
@example("```")
@example("```\n\n")
@example("# a #\n# b # \n# c#\n#\n# #\n####### d\n#\te \n   # f\n    # g")
@example("# a\n---\n# b | c\n--- | ---\n# d\n|-|\n# e\n===")
@example("<!--> a\n\n-->\n<!-- b\n\n--> c\nd\n   <!-- e --> f\ng\n- <!-- h\n\n  i -->\n<!-- j")
def test_the_same_blocks_as_all_of_commonmark(text):
    assert ours(text) == reference(text)


#: Lines that meet in lists.
LINES_OF_LISTS = [
    "- a",
    "- *b*",
    "* a",
    "+ a",
    "-   a",
    "-    a",
    "-     a",
    "-\ta",
    "  - a",
    "- a | b",
    "- x]: y",
    "- [a]: b",
    "-",
    "- ",
    "- - a",
    "- 1. a",
    "- # a",
    "- > a",
    "- ```",
    "- <!-- a",
    "- * *",
    "- --|--",
    "- ===",
    "- <b>",
    "",
    " ",
    "a",
    "  a",
    "    a",
    "# a",
    "> a",
    "```",
    "<!-- a -->",
    "---",
    "* * *",
    "===",
    "|a|",
    "1. a",
]
ITEMS = st.lists(st.sampled_from(LINES_OF_LISTS), max_size=6).map("\n".join)


@given(ITEMS)
@example("- a\nb")
@example("- a\n\n  b")
@example("- a\n- b\n\n\n- c\nd")
@example("* a\n* b\n \n# c")
def test_the_same_items_as_all_of_commonmark(text):
    assert ours(text) == reference(text)


@given(st.text(alphabet="`~>-*_#|[]():<!a1 \t\n\r\\", max_size=60))
def test_the_same_blocks_of_any_marks(text):
    assert ours(text) == reference(text)


@pytest.mark.parametrize("path", sorted(SEEDS.rglob("*.md")), ids=lambda path: path.name)
def test_the_same_blocks_of_a_seed(path):
    text = path.read_text("utf-8")
    assert ours(text) == reference(text)


def test_the_same_blocks_on_the_corpus(corpus):
    pages = 0
    for path in sorted(corpus.rglob("*.md")):
        text = path.read_text("utf-8", errors="replace")
        assert ours(text) == reference(text), path
        pages += 1
    assert pages > 100


INDENTS = st.sampled_from(["", " ", "  ", "   ", "    ", "\t", " \t", "  \t", "\t\t", "\t "])
FENCED = st.builds(
    lambda start, fence, lines, close: f"{start}\n\n{fence}```\n" + "".join(f"{line}\n" for line in lines) + close,
    st.sampled_from(["text", "- a", "1. a", "> a", "- a\n  - b"]),
    INDENTS,
    st.lists(st.builds("{}{}".format, INDENTS, st.sampled_from(["x", '{"a":\t1}', "a b ", ""])), max_size=4),
    st.sampled_from(["", "```", "   ```\n", "\t```\n", "    ```\n\nMore."]),
)


@given(FENCED)
def test_what_is_in_a_fence_is_at_its_place(text):
    """Whatever blanks and tabs its lines are indented by: a tab may stand for blanks inside and outside of it."""
    page = doc_set({"p.md": text}).page("p.md")
    lines = page.source.lines
    for block in page.blocks:
        for offset, char in enumerate(block.content.text):
            line, column = block.content.position(offset)
            assert char == "\n" or lines[line - 1][column - 1] == char
        line, column = block.content.position(len(block.content.text))
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


def test_a_finding_in_a_list_item_with_tabs_is_at_its_column(tmp_path):
    page = (
        '# A\n\n- <!-- {"blockType": "request"} -->\n\n\t```http\n\tGET /a\n\t```\n\n'
        '\t<!-- {"blockType": "response"} -->\n \t```http\n\tHTTP/1.1 200 OK\n \tContent-type: application/json\n\n'
        '\t{"a": 1,}\n\t```\n'
    )
    [found] = of_check(report(write(tmp_path, {"page.md": page})), "json-syntax")
    assert (found["line"], found["column"], found["end_column"]) == (14, 9, 10)


def test_a_fence_that_ends_the_page_is_the_place_of_what_it_lacks(tmp_path):
    write(tmp_path, {"page.md": '<!-- {"blockType": "response"} -->\n```'})
    found = places(report(tmp_path))
    assert ("http-syntax", 2, 4) in found
    assert {line for _, line, _ in found} <= {1, 2}
