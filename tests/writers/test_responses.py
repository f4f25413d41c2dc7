"""Registries: the library responses answers requests with what a page shows."""

from __future__ import annotations

import pytest

from tests.consumers import library
from tests.helpers import SEEDS, write
from tests.pages import exchange, message
from tests.writers.test_vcr import URLS, by_requests
from tests.writers.written import sent, written

responses = library("responses")
requests = library("requests")


def registry(target, identifier):
    mock = responses.RequestsMock()
    mock._add_from_file(target / "responses" / f"{identifier}.yaml")
    return mock


@pytest.mark.parametrize("docs", ["library", "paging", "open-type", "versions", "unannotated", "tabs"])
def test_the_exchanges_of_the_seeds_are_answered(tmp_path, docs):
    written(SEEDS / docs, tmp_path, "responses")
    exchanges = list(sent(SEEDS / docs))
    assert exchanges
    for one in exchanges:
        with registry(tmp_path, one.id):
            assert by_requests(one) == (one.status, one.answer)


@pytest.mark.parametrize("url", URLS)
def test_urls_match_as_requests_encodes_them(tmp_path, url):
    docs = write(tmp_path / "docs", {"a.md": exchange(message("200 OK", '{"id": "ä"}'), f"GET {url}")})
    written(docs, tmp_path / "out", "responses")
    [one] = sent(docs)
    with registry(tmp_path / "out", one.id):
        assert by_requests(one) == (200, '{"id": "ä"}'.encode())


def test_the_length_is_that_of_the_body_and_headers_are_sent_once(tmp_path):
    answer = (
        "HTTP/1.1 429 Too Many Requests\ncontent-type: application/json; charset=utf-8\nContent-Length: 7\n"
        'Retry-After: 5\nVary: Accept\nvary: Origin\n\n{"id": "ä"}'
    )
    docs = write(tmp_path / "docs", {"a.md": exchange(answer, "GET https://api.example.org/items")})
    written(docs, tmp_path / "out", "responses")
    with registry(tmp_path / "out", "a/get"):
        seen = requests.get("https://api.example.org/items")
    assert dict(seen.headers) == {
        "Content-Type": "application/json; charset=utf-8",
        "Retry-After": "5",
        "Vary": "Accept, Origin",
        "Content-Length": "12",
    }


def test_another_answer_to_a_request_is_another_registry(tmp_path):
    written(SEEDS / "library", tmp_path, "responses")
    url = "https://api.example.org/v1.0/items/b-1"
    for identifier, status in (("api/item-get/get_item", 200), ("api/item-get/get_item.404", 404)):
        with registry(tmp_path, identifier):
            assert [requests.get(url).status_code for _ in range(2)] == [status, status]


def test_a_body_where_http_allows_none_is_left_out(tmp_path):
    page = exchange(message("204 No Content", '{"id": "1"}'), "DELETE https://api.example.org/items/1")
    said = written(write(tmp_path / "docs", {"a.md": page}), tmp_path / "out", "responses")
    assert (
        "1 written all the same, a body, which such an answer cannot have (RFC 9110, section 6.4.1): a/delete" in said
    )
    with registry(tmp_path / "out", "a/delete"):
        assert requests.delete("https://api.example.org/items/1").content == b""
