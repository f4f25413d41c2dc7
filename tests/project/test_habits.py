"""What is said of a page that does not do as nearly all pages of its doc set do."""

from __future__ import annotations

import pytest

from docextract.markdown.front_matter import read_front_matter
from docextract.reading.scan import scan
from docextract.text.source import Source
from tests.helpers import report, write
from tests.pages import operation, resource

PAGES = {f"resources/thing{n}.md": resource(f"thing{n}", ["|id|String|The id.|"]) for n in range(20)}
PAGES |= {f"api/get{n}.md": operation('{"id": "1"}', keys='"truncated": true') for n in range(20)}
#: A page that both defines a type and shows an exchange.
BOTH = resource("both", ["|id|String|The id.|"]) + operation("{}").partition("# An operation\n")[2]


def bare(page: str) -> str:
    return page.split("---\n", 2)[2].lstrip()


def found(tmp_path, pages):
    findings = report(write(tmp_path, pages))["findings"]
    return [
        (f["path"].rpartition("/")[2], f["line"], f["column"])
        for f in findings
        if f["check"] == "front-matter-required"
    ]


@pytest.mark.parametrize("page", [PAGES["resources/thing0.md"], PAGES["api/get0.md"]], ids=["a type", "an exchange"])
def test_a_page_without_front_matter_where_nearly_all_have_it(tmp_path, page):
    assert found(tmp_path, {**PAGES, "other/page.md": bare(page)}) == [("page.md", 1, 1)]


def test_a_german_page_without_front_matter(tmp_path):
    page = bare(PAGES["api/get0.md"]).replace("# An operation", '# <a name="an-operation"></a>Ein Vorgang')
    assert found(tmp_path, {**PAGES, "other/page.md": page}) == [("page.md", 1, 1)]


CLEAN = {
    "prose": {**PAGES, "other/page.md": "# A page\n\nText.\n"},
    "half of the pages": {**PAGES, **{f"other/page{n}.md": bare(page) for n, page in enumerate(PAGES.values())}},
    "a few pages": {name: PAGES[name] for name in list(PAGES)[:4]} | {"other/page.md": bare(PAGES["api/get0.md"])},
    "front matter that is damaged": {**PAGES, "other/page.md": PAGES["api/get0.md"].replace("---\n\n#", "\n#", 1)},
    "a page of a type and an exchange, as its folder": {**PAGES, "resources/both.md": BOTH},
    "one in a folder of its own": {**PAGES, "other/both.md": BOTH.replace("resourcePageType", "apiPageType")},
    "another page type": {**PAGES, "resources/both.md": BOTH.replace("resourcePageType", "conceptualPageType")},
}


@pytest.mark.parametrize("pages", CLEAN.values(), ids=CLEAN)
def test_pages_with_a_reason(tmp_path, pages):
    assert found(tmp_path, pages) == []


def test_a_page_type_against_the_folder(tmp_path):
    page = BOTH.replace("resourcePageType", "apiPageType")
    assert found(tmp_path, {**PAGES, "resources/both.md": page}) == [("both.md", 3, 1)]


@pytest.mark.parametrize(
    "text",
    [
        PAGES["api/get0.md"],
        "\ufeff" + PAGES["api/get0.md"],
        "\n\n" + PAGES["api/get0.md"],
        "---\ntitle: x\ndoc_type:   'apiPageType'\n---\n",
        "# A page\n\n---\n\ndoc_type: apiPageType\n\n---\n",
        "",
        "Text.\n",
    ],
)
def test_the_outline_sees_the_front_matter_that_the_page_has(text):
    read, _ = read_front_matter(Source.of("page.md", text))
    outline = scan(text)
    assert outline.front_matter == bool(read.end_line)
    assert outline.doc_type == read.values.get("doc_type", "")
