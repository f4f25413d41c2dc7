"""Which response answers which request, and what is said where one of them is missing."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, report, write
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
