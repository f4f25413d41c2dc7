"""Messages as pages show them: start lines, fields and bodies, and what is odd in them."""

from __future__ import annotations

import json

import pytest

from tests.helpers import extract, places, report, write
from tests.pages import annotation, exchange, fence

#: A request as it is shown, and what a fixture holds of it: method, URL, fields, body.
REQUESTS = {
    "a line": ("GET /things/1", ("GET", "/things/1", [], None)),
    "a version": ("GET https://api.example.org/things HTTP/1.1", ("GET", "https://api.example.org/things", [], None)),
    "a URL with spaces": ("GET /things?$filter=size eq 5", ("GET", "/things?$filter=size eq 5", [], None)),
    "a placeholder": ("PATCH {url}/things", ("PATCH", "{url}/things", [], None)),
    "a query on the next lines": (
        "GET /things\n  ?$top=5\n  &$skip=5\nPrefer: x",
        ("GET", "/things?$top=5&$skip=5", [["Prefer", "x"]], None),
    ),
    "a query that goes on": ("GET /things?\n$top=5", ("GET", "/things?$top=5", [], None)),
    "fields": (
        "GET /things\nAccept:a\nx-some_thing :  b c  ",
        ("GET", "/things", [["Accept", "a"], ["x-some_thing", "b c"]], None),
    ),
    "a body": (
        'POST /things\nContent-type: application/json\n\n\n{\n  "a": 1\n}\n\n',
        ("POST", "/things", [["Content-type", "application/json"]], '{\n  "a": 1\n}'),
    ),
    "a body that looks like fields": (
        "PUT /things\n\nName: Ann",
        ("PUT", "/things", [], "Name: Ann"),
    ),
    "a field after a blank line": (
        "PUT /things\n\nContent-Type: text/plain\n\nAnn",
        ("PUT", "/things", [["Content-Type", "text/plain"]], "Ann"),
    ),
    "blanks around it": ("\n  GET /things  \n", ("GET", "/things", [], None)),
}


@pytest.mark.parametrize(("text", "expected"), REQUESTS.values(), ids=REQUESTS)
def test_what_is_read_of_a_request(tmp_path, text, expected):
    page = exchange("HTTP/1.1 204 No Content", text)
    [entry], _ = extract(write(tmp_path / "docs", {"page.md": page}), tmp_path / "out")
    request = json.loads((tmp_path / "out" / entry["file"]).read_text("utf-8"))["request"]
    assert (request["method"], request["url"], request["headers"], request["text"]) == expected


#: A response as it is shown, and what a fixture holds of it: status, reason, fields, body as JSON.
RESPONSES = {
    "a status": ("HTTP/1.1 200 OK", (200, "OK", [], None)),
    "no version": ("HTTP 200 OK", (200, "OK", [], None)),
    "no reason": ("HTTP/2 204", (204, "", [], None)),
    "JSON by its media type": (
        "HTTP/1.1 200 OK\nContent-Type: application/scim+json; charset=utf-8\n\n5",
        (200, "OK", [["Content-Type", "application/scim+json; charset=utf-8"]], 5),
    ),
    "JSON by its first character": ("HTTP/1.1 200 OK\n\n[5]", (200, "OK", [], [5])),
    "text": ("HTTP/1.1 200 OK\n\n5", (200, "OK", [], None)),
    "text by its media type": (
        "HTTP/1.1 200 OK\nContent-Type: text/plain\n\n[5]",
        (200, "OK", [["Content-Type", "text/plain"]], None),
    ),
    "damaged JSON": ("HTTP/1.1 200 OK\n\n[5,]", (200, "OK", [], [5])),
    "no blank line before the body": ("HTTP/1.1 200 OK\n[5]", (200, "OK", [], [5])),
    "no status line": ("[5]", (None, "", [], [5])),
}


@pytest.mark.parametrize(("text", "expected"), RESPONSES.values(), ids=RESPONSES)
def test_what_is_read_of_a_response(tmp_path, text, expected):
    [entry], _ = extract(write(tmp_path / "docs", {"page.md": exchange(text)}), tmp_path / "out")
    response = json.loads((tmp_path / "out" / entry["file"]).read_text("utf-8"))["response"]
    assert (response["status"], response["reason"], response["headers"], response["body"]) == expected


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("GETS /things", False),
        ("get /things", False),
        ("GET things that matter", False),
        ("GET things/1", True),
        ("HTTP/1.1 2000 OK", False),
        ("HTTP/1.1 200", True),
        ("https://api.example.org/things", False),
    ],
)
def test_what_is_a_message_without_an_annotation(tmp_path, text, kept):
    summary = report(write(tmp_path, {"page.md": f"# A page\n\n## Example\n\n{fence(text)}"}))["summary"]
    assert summary["requests"] + summary["responses"] == kept


def test_a_message_in_a_list_has_its_columns(tmp_path):
    text = f"1. First:\n\n   {annotation('response')}\n   ```http\n   HTTP/1.1 200 OK\n   X: y\n   [1,]\n   ```\n"
    found = report(write(tmp_path, {"page.md": f"# A page\n\n{text}"}))
    assert places(found, "http-form") == [("http-form", 9, 4)]
    assert places(found, "json-syntax") == [("json-syntax", 9, 6)]
