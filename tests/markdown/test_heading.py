"""What headings say: by their explicit anchors, in any language; and what is no heading."""

from __future__ import annotations

import pytest

from docextract.markdown.parser import parse
from docextract.text.source import Source
from tests.helpers import doc_set, places, report, write

WORDS = {
    "text": ("## Response", "response"),
    "emphasis": ("## **Response:**", "response"),
    "a name": ('## <a name="response"></a>响应', "response"),
    "an id": ("## <a id='response-body'></a>Antworttext", "response body"),
    "an id without quotes": ("## <a id=response></a>Antwort", "response"),
    "other attributes": ('## <a class="x" name="response" target="y"></a>Antwort', "response"),
    "an anchor behind the text": ('## Antwort <a name="response"></a>', "response"),
    "an attribute": ("## Antwort {#response}", "response"),
    "the second of its words": ('## <a name="response-1"></a>Antwort', "response"),
    "a number of its own": ('## <a name="response-1"></a>Antwort 1', "response 1"),
    "a link": ("## [Response](x.md)", "[response](x.md)"),
    "another tag": ("## Response<br/>", "response"),
    "braces": ("## {id} and {#}", "{id} and {#}"),
}


def headings(text):
    return parse(Source.of("", text)).headings


@pytest.mark.parametrize(("line", "expected"), WORDS.values(), ids=WORDS)
def test_words(line, expected):
    assert [heading.words for heading in headings(line)] == [expected]


@pytest.mark.parametrize(
    "line", ["# [HTTP](#tab/http)", '# <a name="http"></a>[HTTP](#tab/http)', '# <a id="c"></a>[C#](#tab/csharp) ']
)
def test_tabs_are_no_headings(line):
    assert headings(f"## Request\n\n{line}\n\nText.\n")[0].words == "request"
    assert len(headings(f"## Request\n\n{line}\n\nText.\n")) == 1


@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ('# <a name="user-resource-type"></a>Benutzer\n\n## <a name="properties"></a>Eigenschaften', True),
        ('# <a name="a-page"></a>A page\n\n## <a name="properties"></a>Properties', False),
        ('# Users\n\n## Methods\n\n## <a name="props"></a>Properties', False),
        ("# Users", False),
    ],
    ids=["German", "anchors of the same words", "one anchor", "no anchors"],
)
def test_translated_pages(text, translated):
    assert doc_set({"page.md": text}).page("page.md").translated is translated


@pytest.mark.parametrize(
    ("heading", "info", "found"),
    [
        ("## Properties", "json", True),
        ("## Überblick", "json", True),
        ("## Свойства", "http", True),
        ("## 属性", "", True),
        ("# 属性", "json", True),
        ('## <a name="properties"></a>eigenschaften', "", True),
        ("# install it", "", False),
        ("# 安装", "", False),
        ("## 属性", "python", False),
        ("#1 is first", "", False),
    ],
)
def test_a_heading_that_a_fence_swallows(tmp_path, heading, info, found):
    page = f'# A page\n\n```{info}\n{{"a": 1}}\n\n{heading}\n\nText.\n'
    lines = [line for _, line, _ in places(report(write(tmp_path, {"page.md": page})), "unclosed-fence")]
    assert lines == ([3] if found else [])
