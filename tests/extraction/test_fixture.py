"""Fixtures: what the page shows, and what a replay of it sends."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import docextract
from docextract.extraction.route import route
from docextract.extraction.url import absolute, encoded, split
from tests.helpers import extract, run, write
from tests.pages import block, fence, message, operation, request, typed

URL = "https://api.example.org/v1.0/things/{id}?$filter=name eq 'a&b'&$top=5#top"


def only(tmp_path, page):
    """Return the one fixture of a page."""
    [fixture] = docextract.fixtures(write(tmp_path, {"docextract.toml": "", "page.md": page}))
    return fixture


def shown(line, response="HTTP/1.1 200 OK"):
    return f"# A page\n\n## Example\n\n{block('request', line)}\n{block('response', response)}"


def test_a_url_in_parts(tmp_path):
    fixture = only(tmp_path, shown(f"GET {URL} HTTP/1.1", "HTTP/2 200 OK"))
    assert (fixture.method, fixture.url) == ("GET", URL)
    assert (fixture.request.host, fixture.request.path) == ("api.example.org", "/v1.0/things/{id}")
    assert fixture.request.query == (("$filter", "name eq 'a"), ("b'", ""), ("$top", "5"))
    assert (fixture.request.http_version, fixture.response.http_version) == ("1.1", "2")
    assert fixture.request.encoded_url == (
        "https://api.example.org/v1.0/things/%7Bid%7D?$filter=name%20eq%20'a&b'&$top=5"
    )


@pytest.mark.parametrize(
    ("url", "base", "whole"),
    [
        ("/things", "https://a.org/v1", "https://a.org/v1/things"),
        ("/v1/things", "https://a.org/v1", "https://a.org/v1/things"),
        ("/v10/things", "https://a.org/v1/", "https://a.org/v1/v10/things"),
        ("/v1?x=/", "https://a.org/v1", "https://a.org/v1?x=/"),
        ("things/1", "https://a.org", "https://a.org/things/1"),
        ("https://b.org/v2/things", "https://a.org/v1", "https://b.org/v2/things"),
        ("/things", None, "/things"),
    ],
)
def test_a_base_url_stands_before_relative_ones(url, base, whole):
    assert absolute(url, base) == whole


@pytest.mark.parametrize(
    ("path", "templates", "found"),
    [
        (
            "/v1.0/users/ada/messages/7",
            ["/me/messages/{id}", "/users/{id}/messages/{id}"],
            "/v1.0/users/{id}/messages/{id2}",
        ),
        ("/v1.0/me/messages/7", ["/me/messages/{id}", "/users/{id}/messages/{id}"], "/v1.0/me/messages/{id}"),
        ("/v1.0/things/7", ["/things/{thing id | name}?$top={n}"], "/v1.0/things/{thing_id_name}"),
        ("/v1.0/things('7')/size", ["https://a.org/v1.0/things('<id>')/size"], "/v1.0/things('{id}')/size"),
        ("/v1.0/Things/7", ["/things/{id}[?x]"], "/v1.0/things/{id}"),
        ("/v1.0/boxes/{box-id}", ["/things/{id}"], "/v1.0/boxes/{box_id}"),
        ("/v1.0/boxes/7", [], "/v1.0/boxes/7"),
        ("/", ["/things"], "/"),
    ],
)
def test_the_route_has_the_variables_of_the_path_template(path, templates, found):
    assert route(path, templates) == found


PATHS = st.text(st.sampled_from("abz019-._~{}' <>%/é"), max_size=12)


@given(PATHS, st.lists(st.tuples(PATHS.map(lambda text: f"k{text}"), PATHS), max_size=3))
def test_a_server_reads_of_an_encoded_url_what_the_parts_say(path, query):
    url = f"https://a.org/{path}?" + "&".join(f"{name}={value}" for name, value in query)
    sent = urlsplit(encoded(url))
    assert encoded(url).isascii()
    assert encoded(encoded(url)) == encoded(url)
    assert tuple(parse_qsl(sent.query, keep_blank_values=True)) == split(url).pairs


@pytest.mark.parametrize(
    "url", ["api.example.org", "/v1", "https://", "https://a.org?x=1", "https://a.org/#x", "ftp://a"]
)
def test_what_is_no_base_url_is_refused(tmp_path, url):
    code, out, err = run("extract", tmp_path, "--output", tmp_path / "out", "--base-url", url)
    assert (code, out) == (2, "")
    assert err.startswith(f"docextract: --base-url: '{url}' is no URL")


def test_the_base_url_is_in_the_index_and_the_fixture(tmp_path):
    docs = write(tmp_path / "docs", {"a.md": shown("GET /things?x=1")})
    code, _, err = run("extract", docs, "--output", tmp_path / "out", "--base-url", "http://localhost:8000/v1")
    assert code == 0, err
    [entry] = json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))["exchanges"]
    assert (entry["url"], entry["path"], entry["query"]) == (
        "http://localhost:8000/v1/things?x=1",
        "/v1/things",
        [["x", "1"]],
    )
    fixture = json.loads((tmp_path / "out" / entry["file"]).read_text("utf-8"))
    assert (fixture["request"]["url"], fixture["request"]["host"]) == (entry["url"], "localhost:8000")


HEADER = 'HTTP/1.1 200 OK\nContent-length: 3\nTransfer-Encoding: chunked\nX-Name: ünï€\nETag: "1"\n\n'


def test_a_replay_leaves_out_what_belongs_to_one_transfer(tmp_path):
    response = only(tmp_path, shown("GET /things", HEADER + '{"id": "1"}')).response
    assert ("Content-length", "3") in response.headers
    assert response.replayed_headers == (("ETag", '"1"'), ("Content-Type", "application/json"))
    assert response.replayed_text == response.text == '{"id": "1"}'


def test_a_replay_sends_json_where_the_page_has_none(tmp_path):
    fixture = only(tmp_path, operation('{"id": "1",}'))
    assert (fixture.recovered, fixture.request.recovered, fixture.response.recovered) == (True, False, True)
    assert (fixture.response.text, fixture.response.body) == ('{"id": "1",}', {"id": "1"})
    assert json.loads(fixture.response.replayed_text) == {"id": "1"}


@pytest.mark.parametrize(
    ("body", "media_type", "has_body", "has_json", "value"),
    [
        ("null", "application/json", True, True, None),
        ("", None, False, False, None),
        ("a,b", "text/csv", True, False, None),
        ('{"id": 1}', "application/json", True, True, {"id": 1}),
    ],
)
def test_null_is_a_body_and_none_is_none(tmp_path, body, media_type, has_body, has_json, value):
    response = only(tmp_path, shown("GET /things", message("200 OK", body, media_type or ""))).response
    assert (response.has_body, response.has_json, response.body) == (has_body, has_json, value)
    assert response.media_type == media_type
    assert (response.text or "") == body


def test_no_content_has_no_type(tmp_path):
    page = shown("DELETE /things/1").replace("HTTP/1.1 200 OK", message("204 No Content"))
    page = page.replace('"blockType": "response"', '"blockType": "response", "@odata.type": "microsoft.graph.None"')
    fixture = only(tmp_path, page)
    assert (fixture.type, fixture.collection, fixture.schema, fixture.truncated) == (None, None, None, False)


def test_a_page_without_an_example_of_a_request_has_its_path_template(tmp_path):
    page = f"# Publish\n\n## HTTP request\n\n{block('ignored', 'POST /things/{id}/publish')}\n"
    fixture = only(tmp_path, page + f"## Response\n\n{block('response', message('204 No Content'))}")
    assert (fixture.method, fixture.url, fixture.request.line) == ("POST", "/things/{id}/publish", 7)
    assert (fixture.templates, fixture.title) == (("/things/{id}/publish",), "Publish")


def test_of_two_path_templates_neither_is_the_request(tmp_path):
    templates = block("ignored", "GET /me/things\nGET /users/{id}/things")
    fixture = only(
        tmp_path, f"# List\n\n## HTTP request\n\n{templates}\n## Response\n\n{block('response', message('200 OK'))}"
    )
    assert fixture.request is None
    assert fixture.templates == ("/me/things", "/users/{id}/things")


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        ("## Examples\n\n### Example 1: Get **one**\n\n#### Request", "Example 1: Get one"),
        ("## Example\n\n##### Request", "Example"),
        ("## Get a `thing` of [ours](a.md)", "Get a thing of ours"),
        ("", "A page"),
        ('## Beispiel <a name="example"></a>', "Beispiel"),
    ],
)
def test_the_title_is_the_heading_of_the_example(tmp_path, headings, title):
    assert only(tmp_path, f"# A page\n\n{headings}\n\n{block('request', 'GET /things')}").title == title


def defaults(entries):
    return [entry["id"] for entry in entries if entry["default"]]


def of_status(status, line="GET /things/{id}", kind="response"):
    return block("request", line) + block(kind, message(status))


def test_the_default_is_the_first_documented_success(tmp_path):
    pages = {
        "a.md": "# A\n\n" + of_status("404 Not Found") + of_status("200 OK", "GET /things/{thing-id}"),
        "b.md": "# B\n\n" + of_status("200 OK") + of_status("201 Created", "POST /things") + fence("GET /lonely"),
        "c.md": "# C\n\n" + of_status("404 Not Found", "GET /gone") + of_status("200 OK", "GET /things/{id}?x=1"),
    }
    entries, _ = extract(write(tmp_path / "docs", pages), tmp_path / "out")
    assert defaults(entries) == ["a/get.200", "b/post", "c/get", "c/get.200"]


def test_the_default_is_one_of_all_pages_also_after_a_part(tmp_path):
    pages = {
        "a.md": "# A\n\n" + of_status("404 Not Found"),
        "b.md": "# B\n\n" + of_status("200 OK"),
        "docextract.toml": "",
    }
    docs = write(tmp_path / "docs", pages)
    assert defaults(extract(docs, tmp_path / "out")[0]) == ["b/get"]
    assert defaults(extract(docs / "a.md", tmp_path / "out")[0]) == ["b/get"]
    write(docs, {"a.md": "# A\n\n" + of_status("200 OK")})
    assert defaults(extract(docs / "a.md", tmp_path / "out")[0]) == ["a/get"]


def test_statuses_are_selected_by_code_and_by_class(tmp_path):
    page = "# A\n\n" + "".join(
        of_status(status) for status in ("200 OK", "201 Created", "404 Not Found", "409 Conflict")
    )
    docs, out = write(tmp_path / "docs", {"a.md": page}), tmp_path / "out"
    for options, found in [(("2xx",), [200, 201]), (("404,201",), [201, 404]), (("200", "4XX"), [200, 404, 409])]:
        given = [part for option in options for part in ("--select-status", option)]
        assert run("extract", docs, "--output", out, *given)[0] == 0
        entries = json.loads((out / "index.json").read_text("utf-8"))["exchanges"]
        assert [entry["status"] for entry in entries] == found
    assert entries[0]["id"] == "a/get"


@pytest.mark.parametrize("status", ["20", "6xx", "ok", "2x", "xxx"])
def test_what_is_no_status_is_refused(tmp_path, status):
    code, _, err = run("extract", tmp_path, "--output", tmp_path / "out", "--select-status", f"200,{status}")
    assert (code, err.startswith(f"docextract: --select-status: '{status}' is no status")) == (2, True)


def test_the_closing_line_counts_what_needs_care(tmp_path):
    page = "# A\n\n" + of_status("200 OK") + block("request", "GET /alone") + "\n## B\n\n"
    page += block("request", request("PUT /a", "{'id': 1}")) + block("response", message("200 OK", "a,b", "text/csv"))
    _, said = extract(write(tmp_path / "docs", {"a.md": page}), tmp_path / "out")
    assert said.endswith(f" in {tmp_path / 'out'} as json\n3 exchanges, 1 one-sided, 1 not JSON, 1 recovered\n")


def test_what_the_index_and_a_fixture_hold(tmp_path):
    page = operation('{"id": "1"}', keys=typed("thing"), request=f"GET {URL}")
    [entry], _ = extract(write(tmp_path / "docs", {"a.md": page}), tmp_path / "out")
    assert list(entry) == [
        *("id", "file", "page", "title", "annotated", "request_line", "response_line", "method", "url", "path"),
        *("query", "templates", "status", "type", "collection", "default", "ignored", "foreign", "truncated"),
        "recovered",
    ]
    fixture = json.loads((tmp_path / "out" / entry["file"]).read_text("utf-8"))
    assert list(fixture) == ["version", "id", "page", "title", "annotated", "request", "response", "schema"]
    shared = ["headers", "media_type", "has_body", "recovered", "body", "text"]
    head = ["ignored", "start_line", "http_version"]
    assert list(fixture["request"]) == [*head, "method", "url", "host", "path", "query", *shared]
    assert list(fixture["response"]) == [*head, "status", "reason", *shared]
