"""Which response answers which request, and what is said where one of them is missing."""

from __future__ import annotations

import json

import pytest

from tests.helpers import doc_set, line_of, report, run, write
from tests.pages import block, fence

GET, POST = "GET /things/1", "POST /things"
DONE, MADE = "HTTP/1.1 204 No Content", "HTTP/1.1 202 Accepted"
NAMED_GET, NAMED_POST = (f'"name": "{name}_thing"' for name in ("get", "make"))

CLEAN = {
    "a pair": block("request", GET) + block("response", DONE),
    "two pairs": block("request", GET) + block("response", DONE) + block("request", POST) + block("response", MADE),
    "two answers to one request": block("request", GET) + block("response", DONE) + block("response", MADE),
    "answers by name, in another order": block("request", GET, NAMED_GET)
    + block("request", POST, NAMED_POST)
    + block("response", MADE, NAMED_POST)
    + block("response", DONE, NAMED_GET),
    "one response to two names": block("request", GET, NAMED_GET)
    + block("request", POST, NAMED_POST)
    + block("response", DONE, '"name": ["get_thing", "make_thing"]'),
    "neither side annotated": fence(GET) + fence(DONE),
    "a request alone, without annotation": fence(GET),
    "a request that is ignored": block("ignored", GET) + "Text.\n",
    "a name that is repeated by the response": block("request", GET, NAMED_GET) + block("response", DONE, NAMED_GET),
    "an alternative that is ignored": block("request", GET)
    + block("ignored", "GET /me/thing")
    + block("response", DONE),
    "alternatives without annotation": block("request", GET)
    + fence("GET /me/thing")
    + fence("GET /my/thing")
    + block("response", DONE),
    "an alternative, by name": block("request", GET, NAMED_GET)
    + fence("GET /me/thing")
    + block("response", DONE, NAMED_GET),
    "an alternative above a bare answer": fence(GET) + fence("GET /me/thing") + fence(DONE),
    "an alternative in a German section": '## <a name="example"></a>Beispiel\n\n'
    + block("request", GET)
    + block("ignored", "GET /me/thing")
    + '## <a name="response"></a>Antwort\n\n'
    + block("response", DONE),
    "a further answer without annotation": block("request", GET)
    + block("response", DONE)
    + "## Conflicts\n\n"
    + fence("HTTP/1.1 409 Conflict"),
    "several answers of one name": block("request", GET, NAMED_GET)
    + block("response", DONE, NAMED_GET)
    + block("response", MADE, NAMED_GET),
    "zones that show one request each": ':::zone pivot="a"\n'
    + block("request", GET, NAMED_GET)
    + ':::zone-end\n\n:::zone pivot="b"\n'
    + block("request", "GET /v2/things/1", NAMED_GET)
    + ":::zone-end\n\n"
    + block("response", DONE),
    "zones that show an exchange each": ':::zone pivot="a"\n'
    + block("request", GET, NAMED_GET)
    + ':::zone-end\n\n:::zone pivot="b"\n'
    + block("request", "GET /v2/things/1", NAMED_GET)
    + ':::zone-end\n\n:::zone pivot="a"\n'
    + block("response", DONE, NAMED_GET)
    + ':::zone-end\n\n:::zone pivot="b"\n'
    + block("response", MADE, NAMED_GET)
    + ":::zone-end\n",
}
WRONG = {
    "no response": (block("request", GET), "missing-response", GET, 1),
    "no response before the next request": (
        block("request", GET) + block("request", POST) + block("response", MADE),
        "missing-response",
        GET,
        1,
    ),
    "no request": (block("response", DONE), "missing-request", DONE, 1),
    "a bare response": (block("request", GET) + fence(DONE), "half-annotated-exchange", DONE, 1),
    "a second response in the same section, bare": (
        block("request", GET) + block("response", DONE) + fence(MADE),
        "half-annotated-exchange",
        MADE,
        1,
    ),
    "a bare request": (fence(GET) + block("response", DONE), "half-annotated-exchange", GET, 1),
    "a name twice": (
        (block("request", GET, NAMED_GET) + block("response", DONE))
        + (block("request", POST, NAMED_GET.replace('"name"', '"name" ')) + block("response", MADE)),
        "duplicate-name",
        '"name" :',
        41,
    ),
    "a name that no request has": (
        block("request", GET, NAMED_GET) + block("response", DONE, '"name": "got_thing"'),
        "unknown-name",
        "got_thing",
        41,
    ),
    "an alternative in another section": (
        "## One\n\n" + block("request", GET) + "## Two\n\n" + fence("GET /things/2") + fence(DONE),
        "missing-response",
        GET,
        1,
    ),
    "two annotated requests, which are no alternatives": (
        block("request", GET) + block("request", "GET /me/thing") + block("response", DONE),
        "missing-response",
        GET,
        1,
    ),
    "the name of an earlier answer below a request of another name": (
        block("request", GET, NAMED_GET)
        + block("response", DONE, NAMED_GET)
        + block("request", POST, NAMED_POST)
        + block("response", MADE, NAMED_GET.replace('"name":', '"name" :')),
        "duplicate-name",
        '"name" :',
        42,
    ),
    "a request that is said to be a response": (
        block("response", POST) + block("response", MADE),
        "http-syntax",
        POST,
        1,
    ),
    "a response that is said to be a request": (block("request", GET) + block("request", DONE), "http-syntax", DONE, 1),
    "a request that is said to be an example": (
        block("example", GET) + block("response", DONE),
        "annotation-block-type",
        '"example"',
        21,
    ),
    "a response without a status line": (
        block("request", GET) + block("response", '{ "id": "1" }'),
        "http-syntax",
        '{ "id',
        1,
    ),
    "a request without a method": (
        block("request", "/things/1") + block("response", DONE),
        "http-syntax",
        "/things",
        1,
    ),
}


def found(tmp_path, page):
    findings = report(write(tmp_path, {"page.md": f"# A page\n\n{page}"}))["findings"]
    return [(f["check"], f["line"], f["column"]) for f in findings if f["severity"] != "info"]


@pytest.mark.parametrize("page", CLEAN.values(), ids=CLEAN)
def test_clean_pages(tmp_path, page):
    assert found(tmp_path, page) == []


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_place(tmp_path, case):
    page, check, words, column = case
    assert found(tmp_path, page) == [(check, line_of(f"# A page\n\n{page}", words), column)]


def partners(tmp_path, page):
    """Return the lines of both sides of each exchange, and whether a side is ignored."""
    code, _, _ = run("extract", write(tmp_path / "docs", {"page.md": page}), "--output", tmp_path / "out")
    assert code == 0
    entries = json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))["exchanges"]
    return [(entry["request_line"], entry["response_line"], entry["ignored"]) for entry in entries]


def test_alternatives_share_the_response_and_ignored_ones_are_not_shown_beside_their_partner(tmp_path):
    # Blocks with an annotation have four lines, the third is their first of content; bare ones have three.
    first, answer = block("request", GET), block("response", DONE)
    assert partners(tmp_path, first + fence("GET /me/thing") + answer) == [
        (3, 10, False),
        (6, 10, False),
    ]
    assert partners(tmp_path, first + block("ignored", "GET /me/thing") + answer) == [(3, 11, False)]
    assert partners(tmp_path, first + answer + block("ignored", MADE)) == [(3, 7, False)]
    assert partners(tmp_path, block("ignored", GET) + answer) == [(3, 7, True)]
    assert partners(tmp_path, first + block("ignored", MADE)) == [(3, 7, True)]
    assert partners(tmp_path, block("ignored", GET) + block("ignored", MADE)) == []


def test_content_decides_the_side_and_the_next_answer_stays_where_it_is(tmp_path):
    page = block("request", GET) + block("response", DONE) + block("response", POST) + block("response", MADE)
    assert partners(tmp_path, page) == [(3, 7, False), (11, 15, False)]


def test_both_requests_of_a_block_are_answered(tmp_path):
    assert partners(tmp_path, block("request", f"{GET}\n\nGET /things/2") + block("response", DONE)) == [
        (3, 9, False),
        (5, 9, False),
    ]
    assert partners(tmp_path, fence(f"{GET}\n\n{DONE}")) == [(2, 4, False)]


def test_a_repeated_name_is_no_partner(tmp_path):
    page = (
        block("request", GET, NAMED_GET)
        + block("response", DONE, NAMED_GET)
        + block("request", POST, NAMED_POST)
        + block("response", MADE, NAMED_GET)
    )
    assert partners(tmp_path, page) == [(3, 7, False), (11, 15, False)]


TEMPLATES = "## HTTP request\n\n" + block("ignored", "GET /things")
SHOWN = "## Examples\n\n" + block("request", "GET https://api.example.org/things") + block("response", DONE)


@pytest.mark.parametrize(
    ("page", "templates"),
    {
        "of the section": (TEMPLATES + SHOWN, 1),
        "of a German section": (
            TEMPLATES.replace("HTTP request", '<a name="http-request"></a>HTTP-Anforderung') + SHOWN,
            1,
        ),
        "of sections with other names": ("## All things\n\n" + fence("GET /things") + SHOWN, 1),
        "called samples": ("## Aufruf\n\n" + block("samples", "GET /things\nGET /my/things") + SHOWN, 2),
        "with placeholders in the query": (
            "## Suchen\n\n" + fence("GET /things?name={name}[&top={top}]") + SHOWN,
            1,
        ),
        "below query parameters": (
            TEMPLATES + "## Optional query parameters\n\n" + fence("GET /other") + SHOWN,
            1,
        ),
        "with a query": ("## Suchen\n\n" + fence("GET /things?$top=5") + SHOWN, 0),
    }.values(),
)
def test_path_templates(page, templates):
    docset = doc_set({"page.md": f"# A page\n\n{page}"})
    assert len(docset.exchanges("page.md").operation.templates) == templates
