"""Front matter: what keeps it from being read, and what its page says against it."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from docextract.markdown.front_matter import _simple
from docextract.text.source import Source
from tests.helpers import doc_set, report, write
from tests.pages import operation, resource

KEYS = 'title: "A page"\ndescription: "What it is."\n'
BODY = "\n# A page\n\nText.\n"
PAGE = f"---\n{KEYS}---\n{BODY}"

CLEAN = {
    "keys with quotes": PAGE,
    "none": BODY,
    "empty": f"---\n---\n{BODY}",
    "a byte order mark": "\ufeff" + PAGE,
    "a comment": PAGE.replace("title", "# Shown in lists\ntitle"),
    "a list and a block": PAGE.replace("title", "tags:\n  - a\n  - b\nsummary: >\n  Long\n  text\ntitle"),
    "a colon in quotes": PAGE.replace("What it is", "What: this"),
    "a rule further down": PAGE + "\n---\n\nMore.\n",
    "a heading above a rule": "Two words: a title\n---\n\nText.\n",
    "a list of words": "Name: x\n\n---\n",
    "another publisher's doc_type": PAGE.replace("title", "doc_type: tutorial\ntitle"),
    "a page of a resource": resource("thing", ["|id|String|The id.|"], representation='{"id": "String"}'),
}
WRONG = {
    "an open quote": (PAGE.replace('is."', "is."), 3, "a quote is opened and not closed"),
    "a colon without quotes": (PAGE.replace('"What it is."', "What: this"), 3, "front matter is not YAML"),
    "a value with a colon": (PAGE.replace('"A page"', "Get: a page"), 2, "a colon in the value; quote the value"),
    "a tab": (PAGE.replace("title: ", "title:\n\t- "), 3, "a tab, where only blanks may stand; write blanks"),
    "a value that begins with an at sign": (PAGE.replace('"A page"', "@home"), 2, "may not begin with '@'; quote"),
    "a line of prose": (PAGE.replace("description", "Stray words\ndescription"), 3, "a line without a colon"),
    "a backslash in a key": (PAGE.replace("title:", "ms\\\\.title:"), 2, "did you mean 'ms.title'?"),
    "a key twice": (PAGE.replace("description", "title"), 3, "'title' stands twice"),
    "a space before it": (" " + PAGE, 1, "blank space before"),
    "text before it": ("**\n" + PAGE, 1, "text before the front matter"),
    "text on its line": ("\\" + PAGE, 1, "stands before the '---'"),
    "no end": (PAGE.replace("---\n\n#", "\n#"), 1, "front matter is not closed"),
    "no end and a rule further down": (PAGE.replace("---\n\n#", "\n#") + "\n---\n\nMore.\n", 1, "is not closed"),
    "a text": (
        f'---\n"A page\ntitle: more"\n---\n{BODY}',
        2,
        "front matter holds no keys, expected 'key: value' lines",
    ),
    "no begin": (PAGE[4:], 1, "front matter is not opened"),
}


def found(tmp_path, page):
    findings = report(write(tmp_path, {"page.md": page}))["findings"]
    return [(f["line"], f["column"], f["message"]) for f in findings if f["check"].startswith("front-matter")]


@pytest.mark.parametrize("page", CLEAN.values(), ids=CLEAN)
def test_clean_front_matter(tmp_path, page):
    assert found(tmp_path, page) == []


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_line(tmp_path, case):
    page, line, words = case
    [(at, column, message)] = found(tmp_path, page)
    # Where the line begins with white space, what is on it is shown.
    assert (at, column) == (line, 2 if page.split("\n")[line - 1][:1] in (" ", "\t") else 1)
    assert words in message


@pytest.mark.parametrize("written", ["resourcePageType_", "apiPagetype", "enumPagesType"])
def test_a_slip_in_doc_type_is_answered_with_the_word(tmp_path, written):
    [(line, column, message)] = found(tmp_path, PAGE.replace("title", f"doc_type: {written}\ntitle"))
    assert (line, column) == (2, 1)
    assert f"doc_type is {written}, did you mean " in message


def test_doc_type_against_what_the_page_shows(tmp_path):
    page = operation('{"id": "1"}').replace("apiPageType", "resourcePageType")
    [(line, column, message)] = found(tmp_path, page)
    assert (line, column) == (3, 1)
    assert "expected apiPageType" in message


LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["title", "ms.date", "a-b", "_x", "y", "null", "1", "- a", " b"]),
    st.sampled_from([": ", ":", ":  ", ":\t", " "]),
    st.text(alphabet="ab1 \t`'\"{}[],-&*!|>%@?=~.:#\\é\x85\u2028\ufeff\x7f\x0b\U0001f600", max_size=8)
    | st.text(max_size=5),
)


@given(st.lists(LINES, max_size=4).map("\n".join))
@example("title: a\tb")
@example("title: a \t`b`")
@example('title: "a # b"\ny: 2024-01-31')
def test_lines_that_need_no_yaml_are_read_as_yaml_has_them(text):
    simple = _simple(f"---\n{text}\n---")
    if simple is not None:
        # YAML 1.2 allows tabs at the end of a line, PyYAML does not.
        node = yaml.compose(re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE), Loader=yaml.SafeLoader)
        assert simple.end_line == text.count("\n") + 3
        assert list(simple.values.items()) == [(key.value, value.value) for key, value in (node.value if node else [])]


@pytest.mark.parametrize("text", ["title: A page", 'title: "A: page"\nms.date: 2024-01-31', "author:\nname: no"])
def test_ordinary_front_matter_needs_no_yaml(text):
    simple = _simple(f"\ufeff---\n{text}\n--- \n# A")
    assert simple is not None
    assert list(simple.lines.values()) == list(range(2, text.count("\n") + 3))


#: Each ends a line for YAML 1.1 and for nobody else.
@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_what_ends_lines_in_yaml_alone_moves_no_place(tmp_path, end):
    for page in (f"---\nme:{end}s.de:{end}s.de: x\n---", f"---\ntitle: 'a{end}b'\nms.date: x\nms.date: y\n---\n"):
        places = [(line, column) for line, column, _ in found(tmp_path, page)]
        assert places == ([(4, 1)] if "date" in page else [])


@pytest.mark.parametrize(("key", "shape"), [("[a]", "a list"), ("{a: b}", "a mapping")])
def test_a_key_that_is_no_word_is_told_in_words(tmp_path, key, shape):
    page = PAGE.replace("---\n\n#", f"? {key}\n: 1\n? {key}\n: 2\n---\n\n#")
    message = f"front matter key is {shape}, expected a word: 'key: value'"
    assert found(tmp_path, page) == [(4, 1, message), (6, 1, message)]


def test_front_matter_of_any_size_takes_no_time(tmp_path):
    """More than anybody writes is not read; the checks of its page go on."""
    rows = "".join(f"- [a, {{b: {number}}}]\n" for number in range(30_000))
    [(line, column, message)] = found(tmp_path, f"---\ntitle: A\ntags:\n{rows}---\n{BODY}")
    assert (line, column) == (1, 1)
    assert message.startswith("front matter has 5")
    assert message.endswith(" characters; more than 100,000 are not read")


ODD_LINES = st.lists(
    st.sampled_from(["a: b", "? [a]", ": 1", "- x", "\x85", "\u2028", "\t", "[", "{", "'", ": ", "a", "---"])
)


@given(st.lists(ODD_LINES.map("".join), max_size=8).map("\n".join))
def test_places_of_odd_front_matter_lie_in_it(text):
    page = f"---\nt: x\n{text}\n---\n# A\n"
    source = Source.of("p.md", page)
    for defect in doc_set({"p.md": page}).page("p.md").defects:
        assert 1 <= defect.span.line <= len(source.lines)
        assert 1 <= defect.span.column <= defect.span.end_column <= len(source.lines[defect.span.line - 1]) + 1
        assert "Node(" not in defect.message
