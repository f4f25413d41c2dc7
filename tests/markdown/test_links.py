"""Relative links: what counts as one, and what none of them may lead to."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docextract.markdown.links import linked_pages, read_links
from docextract.markdown.parser import parse
from docextract.text.source import Source
from tests.helpers import column_of, line_of, places, report, run, write

USER = "# User type\n\n## Properties\n\n## Properties\n\n## What's new in 2.0?\n\n<a id='here'></a>\n\n## Beziehungen {#relations}\n"
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
    "an explicit anchor of a heading": "See [user](../resources/user.md#relations).",
    "an image without words": "![](../resources/user.md)",
    "a link without words to another site": "[](https://example.org/x)",
    "brackets in code": "Write `(user)[../resources/user.md]` and `[](../resources/user.md)`.",
    "a note before a link": "See (again) [user](../resources/user.md).",
    "a note right before a link": "See (again)[user.md](../resources/user.md).",
    "a reference after a link": "See [user](../resources/user.md)[user.md].\n\n[user.md]: ../resources/user.md",
    "a footnote": "See it (again)[1].",
    "code": "Write `[user](usr.md)`.\n\n```\n[user](usr.md)\n```",
    "a comment": "<!-- [user](usr.md) -->",
}
WRONG = {
    "a page that does not exist": ("See [user](../resources/usr.md).", "broken-link", "../resources/usr.md"),
    "a backslash": (r"See [user](..\resources\usr.md).", "broken-link", r"..\resources\usr.md"),
    "a page that a backslash leads to": (r"See [user](..\resources\user.md).", "link-case", r"..\resources\user.md"),
    "a link without words": (
        "Eine Liste von [](../resources/user.md)-Objekten.",
        "broken-link",
        "../resources/user.md)-",
    ),
    "a blank for words": ("Eine Liste von [ ](../resources/user.md).", "broken-link", "../resources/user.md"),
    "brackets the wrong way round": ("See (user)[../resources/user.md].", "broken-link", "../resources/user.md"),
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


TOLD = {
    "a near name": ("[u](../resources/usr.md)", "did you mean '../resources/user.md'?"),
    "another folder": ("[u](user.md)", "link to 'user.md', which does not exist; did you mean '../resources/user.md'?"),
    "another name": ("[u](../resources/group.md)", "link to '../resources/group.md', which does not exist"),
    "a backslash": (r"[u](..\resources\User.md)", "link uses backslashes: write '../resources/user.md'"),
    "no words": ("[](../resources/user.md)", "the link to '../resources/user.md' has no text: nobody sees it"),
    "turned brackets": (
        "(user)[../resources/user.md#here]",
        "brackets the wrong way round: write '[user](../resources/user.md#here)'",
    ),
}


@pytest.mark.parametrize("case", TOLD.values(), ids=TOLD)
def test_what_to_write_is_told(tmp_path, case):
    text, words = case
    pages = {**OTHERS, "docs/api/page.md": f"# A page\n\n{KNOWN}\n\n{text}\n"}
    [finding] = report(write(tmp_path, pages) / "docs")["findings"]
    assert finding["message"].endswith(words)


EXTRACTS = {
    "nearly all of a few": (0, 5, True),
    "half of a few": (5, 5, False),
    "one of a few": (5, 1, False),
    "one in five of many": (100, 25, True),
    "one in twenty of many": (500, 25, False),
    "19 of many": (100, 19, False),
}


@pytest.mark.parametrize("case", EXTRACTS.values(), ids=EXTRACTS)
def test_an_extract_of_a_doc_set_lacks_pages_and_says_so(tmp_path, case):
    there, missing, extract = case
    links = " ".join(f"[n](n{i}.md)" for i in range(there)) + " " + " ".join(f"[m](m{i}.md)" for i in range(missing))
    pages = {f"api/n{i}.md": "# N\n" for i in range(there)}
    folder = write(tmp_path, {**pages, "api/page.md": f"# A page\n\n{links}\n"})
    severities = [f["severity"] for f in report(folder)["findings"]]
    assert severities == ["info" if extract else "warning"] * missing
    told = f"looks like an extract of a larger set: {missing:,} findings lowered to info"
    assert (told in run("check", folder)[2]) is extract


def test_a_configured_severity_is_not_lowered(tmp_path):
    page = "# A page\n\n" + " ".join(f"[n](n{i}.md)" for i in range(5)) + "\n"
    folder = write(tmp_path, {"api/page.md": page, "docextract.toml": '[severity]\nbroken-link = "error"\n'})
    code, _, told = run("check", folder)
    assert code == 1
    assert "lowered" not in told


def test_a_report_from_the_cache_says_so_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pages = {f"api/n{i}.md": f"# N\n\n[m](m{i}.md)\n" for i in range(120)}
    write(tmp_path, pages)
    first, second = (run("check", "api", cached=True) for _ in range(2))
    assert "120 findings lowered to info" in first[2]
    assert first == second


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


def test_what_is_said_of_an_anchor_is_the_same_from_every_folder(tmp_path, monkeypatch):
    """It is part of the fingerprint."""
    write(tmp_path / "docs", {"docextract.toml": "", "api/a.md": "[b](../b.md#c)\n", "b.md": "# B\n\n[d](#e)\n"})
    told = []
    for folder in (tmp_path, tmp_path / "docs", tmp_path / "docs" / "api"):
        monkeypatch.chdir(folder)
        told.append(sorted((one["message"], one["fingerprint"]) for one in report(tmp_path / "docs")["findings"]))
    assert [message for message, _ in told[0]] == [
        "no heading of ../b.md has the anchor '#c'",
        "no heading of b.md has the anchor '#e'",
    ]
    assert told[0] == told[1] == told[2]
