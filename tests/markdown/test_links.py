"""Relative links: what counts as one, and what none of them may lead to."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docextract.markdown.links import linked_pages, read_links
from docextract.markdown.parser import parse
from docextract.text.source import Source
from tests.helpers import column_of, line_of, places, report, write

USER = "# User type\n\n## Properties\n\n## Properties\n\n## What's new in 2.0?\n\n<a id='here'></a>\n"
OTHERS = {"docs/resources/user.md": USER, **{f"docs/resources/n{i}.md": f"# N{i}\n" for i in range(20)}}
KNOWN = " ".join(f"[n](../resources/n{i}.md)" for i in range(20))

CLEAN = {
    "a page": "See [user](../resources/user.md).",
    "a heading": "See [user](../resources/user.md#properties).",
    "the second of two equal headings": "See [user](../resources/user.md#properties-1).",
    "a heading with marks": "See [user](../resources/user.md#whats-new-in-20).",
    "an anchor by id": "See [user](../resources/user.md#here).",
    "a heading of its own": "See [above](#a-page).",
    "a title": 'See [user](../resources/user.md "User").',
    "angle brackets": "See [user](<../resources/user.md>).",
    "a definition": "See [user][u].\n\n[u]: ../resources/user.md",
    "a query": "See [user](../resources/user.md?view=x#properties).",
    "another site": "See [user](https://example.org/user.md).",
    "an absolute path": "See [user](/graph/user.md).",
    "what lies outside": "See [user](../../concepts/user.md).",
    "code": "Write `[user](usr.md)`.\n\n```\n[user](usr.md)\n```",
    "a comment": "<!-- [user](usr.md) -->",
}
WRONG = {
    "a page that does not exist": ("See [user](../resources/usr.md).", "broken-link", "../resources/usr.md"),
    "a backslash": (r"See [user](..\resources\usr.md).", "broken-link", r"..\resources\usr.md"),
    "a definition of none": ("See [user][u].\n\n[u]: ../resources/usr.md", "broken-link", "../resources/usr.md"),
    "another case": ("See [user](../resources/User.md).", "link-case", "../resources/User.md"),
    "a heading that does not exist": (
        "See [user](../resources/user.md#propertys).",
        "broken-anchor",
        "../resources/user.md#propertys",
    ),
    "none of its own": ("See [above](#an-page).", "broken-anchor", "#an-page"),
    "a third of two equal headings": (
        "See [user](../resources/user.md#properties-2).",
        "broken-anchor",
        "../resources/user.md#properties-2",
    ),
}


def found(tmp_path, text):
    page = f"# A page\n\n{KNOWN}\n\n{text}\n"
    return page, places(report(write(tmp_path, {**OTHERS, "docs/api/page.md": page}) / "docs"))


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_clean_text(tmp_path, text):
    assert found(tmp_path, text)[1] == []


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_place(tmp_path, case):
    text, check, words = case
    page, reported = found(tmp_path, text)
    assert reported == [(check, line_of(page, words), column_of(page, words))]


def test_an_extract_of_a_doc_set_lacks_pages(tmp_path):
    page = "# A page\n\n" + " ".join(f"[n](n{i}.md)" for i in range(5)) + " [user](../resources/usr.md).\n"
    findings = report(write(tmp_path, {"api/page.md": page}))["findings"]
    assert {(f["check"], f["severity"]) for f in findings} == {("broken-link", "info")}


PIECES = st.sampled_from(
    [
        "[a](b.md)",
        "[a](c.md#d)",
        "[a](",
        "b.md",
        ")",
        "[a]: b.md",
        "[a][b]",
        "`",
        "``",
        "<",
        ">",
        ' "x"',
        "[!INCLUDE [a](b.md)]",
        "!",
        "[",
        "](x(1).md)",
        "](%20.md)",
        "https://x",
        "\n",
        "\n```\n",
        "<!--",
        "-->",
        " ",
        "](\\b.md)",
        "](b.md?c)",
        "](#e)",
    ]
)


@given(st.lists(PIECES, max_size=10).map("".join))
@example("[a](b.md)\n[a]: c.md")
@example("[!INCLUDE [a](b.md)] [a](c.md)")
def test_where_a_scan_sees_all_links_the_page_has_no_others(text):
    paths, more = linked_pages(text)
    links = list(read_links(parse(Source.of("", text))))
    assert more or {link.path for link in links} <= set(paths)
    assert more or not any(link.anchor for link in links)
