"""Cassettes: vcrpy plays what a page shows to requests and to httpx, as they really send it."""

from __future__ import annotations

import pytest
import yaml

from tests.consumers import library
from tests.helpers import SEEDS, write
from tests.pages import exchange, message, request
from tests.writers.written import sent, written

vcr = library("vcr")
requests = library("requests")
httpx = library("httpx")

USUAL = ("method", "scheme", "host", "port", "path", "query")


def by_requests(one):
    answer = requests.request(one.method, one.url, data=one.content, headers=one.headers, allow_redirects=False)
    return answer.status_code, answer.content


def by_httpx(one):
    answer = httpx.request(one.method, one.url, content=one.content, headers=one.headers)
    return answer.status_code, answer.content


def cassette(target, identifier, *matchers):
    path = str(target / "cassettes" / f"{identifier}.yaml")
    return vcr.use_cassette(path, record_mode="none", match_on=(*USUAL, *matchers))


@pytest.mark.parametrize("client", [by_requests, by_httpx])
@pytest.mark.parametrize("docs", ["library", "paging", "open-type", "versions", "unannotated", "tabs"])
def test_the_exchanges_of_the_seeds_are_played(tmp_path, docs, client):
    written(SEEDS / docs, tmp_path, "vcr")
    exchanges = list(sent(SEEDS / docs))
    assert exchanges
    for one in exchanges:
        # vcrpy tells no body, as requests sends it, from an empty one, as httpx does.
        with cassette(tmp_path, one.id, *(["body"] if one.content else [])) as played:
            assert client(one) == (one.status, one.answer)
            assert played.all_played


URLS = [
    "https://api.example.org/items/{id}",
    "https://api.example.org/items/{id|name}/parts",
    "https://API.example.org/items('a b')/parts(size=5)",
    'https://api.example.org/items/of(names=["x"])',
    "https://api.example.org/items?$filter=name eq 'x'&$search=\"y\"&$top=5",
    "https://api.example.org/items/50%25?at=%7Bhere%7D",
    "https://api.example.org/items/ä?q=ä",
    "https://api.example.org/items?next={token}#part",
    "https://api.example.org:8443/items",
    "https://api.example.org",
]


@pytest.mark.parametrize("client", [by_requests, by_httpx])
@pytest.mark.parametrize("url", URLS)
def test_clients_encode_urls_in_their_own_ways(tmp_path, url, client):
    docs = write(tmp_path / "docs", {"a.md": exchange(message("200 OK", '{"id": "ä"}'), f"GET {url}")})
    written(docs, tmp_path / "out", "vcr")
    [one] = sent(docs)
    with cassette(tmp_path / "out", one.id):
        assert client(one) == (200, '{"id": "ä"}'.encode())


def test_headers_are_as_clients_see_them_and_lengths_are_not_those_of_the_page(tmp_path):
    answer = (
        "HTTP/1.1 200 Très bien\ncontent-TYPE: application/json\nContent-Length: 7\nContent-Encoding: gzip\n"
        'Set-Cookie: a=1\nset-cookie: b=2\nX-Name: caf\xe9\n\n{"id": "1"}'
    )
    docs = write(tmp_path / "docs", {"a.md": exchange(answer, "GET https://api.example.org/items")})
    written(docs, tmp_path / "out", "vcr")
    [one] = sent(docs)
    with cassette(tmp_path / "out", one.id):
        seen = requests.get(one.url)
    assert (seen.json(), seen.headers["Content-Type"], seen.reason) == ({"id": "1"}, "application/json", "OK")
    assert seen.cookies.get_dict() == {"a": "1", "b": "2"}
    with cassette(tmp_path / "out", one.id):
        seen = httpx.get(one.url)
    assert (seen.json(), seen.headers["content-type"], seen.reason_phrase) == ({"id": "1"}, "application/json", "OK")
    assert dict(seen.cookies) == {"a": "1", "b": "2"}
    assert "x-name" not in seen.headers


def test_a_body_is_matched(tmp_path):
    asks = request("POST https://api.example.org/items", '{"name": "x"}')
    docs = write(tmp_path / "docs", {"a.md": exchange(message("201 Created", '{"id": "1"}'), asks)})
    written(docs, tmp_path / "out", "vcr")
    with cassette(tmp_path / "out", "a/post", "body"):
        assert requests.post("https://api.example.org/items", json={"name": "x"}).json() == {"id": "1"}
    errors = library("vcr.errors")
    with cassette(tmp_path / "out", "a/post", "body"), pytest.raises(errors.CannotOverwriteExistingCassetteException):
        requests.post("https://api.example.org/items", json={"name": "y"})


def test_what_cannot_be_replayed_is_told(tmp_path):
    pages = {
        "a.md": exchange(message("204 No Content", '{"id": "1"}'), "DELETE https://api.example.org/items/1"),
        "b.md": exchange(message("200 OK", '{"id": "1"}'), "GET /items/1"),
        "c.md": exchange(message("200 OK", "(the image)", "image/png"), "GET https://api.example.org/image"),
        "d.md": "# A page\n\n```http\nGET https://api.example.org/items\n```\n",
        "e.md": "# A page\n\n```http\nHTTP/1.1 200 OK\n```\n",
    }
    docs = write(tmp_path / "docs", pages)
    said = written(docs, tmp_path / "out", "vcr")
    assert "1 left out, no response: d/get" in said
    assert "1 left out, no request: e/response" in said
    assert (
        "1 written all the same, a body, which such an answer cannot have (RFC 9110, section 6.4.1): a/delete" in said
    )
    assert "1 written all the same, a relative URL, which --base-url makes absolute: b/get" in said
    assert "1 written all the same, the page shows a text in place of a binary body: c/get" in said
    told = written(docs, tmp_path / "out", "vcr", "--base-url", "https://api.example.org/v1")
    assert "relative" not in told
    with cassette(tmp_path / "out", "b/get"):
        assert requests.get("https://api.example.org/v1/items/1").json() == {"id": "1"}


def test_files_are_read_in_any_encoding_and_stay_as_they_are(tmp_path):
    body = '{"a": "\U0001f600 ä", "b": "\u2028"}'
    docs = write(tmp_path / "docs", {"a.md": exchange(message("200 OK", body), "GET https://api.example.org/items")})
    written(docs, tmp_path / "out", "vcr")
    [path] = (tmp_path / "out" / "cassettes").rglob("*.yaml")
    before = path.read_bytes()
    assert before.isascii()
    [interaction] = yaml.safe_load(before)["interactions"]
    assert interaction["response"]["body"]["string"] == body
    assert written(docs, tmp_path / "out", "vcr").startswith("0 files written, 1 unchanged")
