"""A `.http` file says what to send as REST clients understand it; httpYac sends it."""

from __future__ import annotations

import subprocess

import pytest

from tests.consumers import program
from tests.helpers import write
from tests.pages import exchange, message
from tests.writers.server import serving
from tests.writers.shop import SHOP, extracted


def http_yac(file, *options):
    """Send all requests of a file with httpYac; return its exit code and what it says."""
    command = program("httpyac", brought_by="npm install -g httpyac")
    words = [command, "send", file.name, "--all", *options]
    done = subprocess.run(words, cwd=file.parent, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def test_a_request_with_its_answers(tmp_path):
    extracted(
        write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "http", "--base-url", "https://h.example/v1"
    )
    text = (tmp_path / "out" / "api" / "get.http").read_text("utf-8")
    one, none, part, unknown = text.split("\n\n")
    title, place, *rest = one.splitlines()
    assert (title, place.rpartition("/")[2]) == ("### one: Example: one", "get.md:15")
    assert rest == ["# 200 OK: api/get/one", "# 410 Gone: api/get/same", "GET https://h.example/v1/things/1"]
    assert none.endswith("GET https://h.example/v1/things/{{thing_id_name}}")
    assert part.endswith("GET https://h.example/v1/things(name='{{n}}')?from={{n_2}}")
    assert unknown.endswith("GET https://h.example/v1/things/2\n")


def test_headers_and_a_body(tmp_path):
    extracted(write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "http")
    text = (tmp_path / "out" / "api" / "make.http").read_text("utf-8")
    sent = 'POST {{baseUrl}}/things\nPrefer: return=representation\nContent-Type: application/json\n\n{\n  "name": "Pen"\n}\n'
    assert sent in text
    assert "Content-Length" not in text


def test_what_clients_cannot_send_is_told(tmp_path):
    said = extracted(write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "http")
    assert said == [
        "1 left out, no request: api/alone/response",
        "12 written all the same, a relative URL, which --base-url makes absolute: such as api/get/one",
        "2 written all the same, a body that is neither JSON nor XML, which REST clients send and Hurl cannot read: "
        "such as api/make/photo",
        "1 written all the same, the page shows a text in place of a binary body: api/make/photo",
    ]
    assert not (tmp_path / "out" / "api" / "alone.http").exists()


def test_http_yac_sends_what_the_pages_show(tmp_path):
    docs, out = write(tmp_path / "docs", SHOP), tmp_path / "out"
    with serving() as server:
        extracted(docs, out, "--format", "http", "--base-url", f"{server.url}/v1")
        for name, *options in (("list",), ("make",), ("get", "--var", "thing_id_name=5", "n=a", "n_2=b")):
            code, said = http_yac(out / "api" / f"{name}.http", *options)
            assert code == 0, said
    assert [(one.method, one.target) for one in server.asked] == [
        ("GET", "/v1/things"),
        ("GET", "/v1/things?$filter=name%20eq%20%27Pen%27&$top=2"),
        ("GET", "/v1/things/$count"),
        ("POST", "/v1/things"),
        ("POST", "/v1/things"),
        ("PUT", "/v1/things/1/photo"),
        ("PUT", "/v1/things/1/note"),
        ("GET", "/v1/things/1"),
        ("GET", "/v1/things/5"),
        ("GET", "/v1/things(name='a')?from=b"),
        ("GET", "/v1/things/2"),
    ]
    made = server.asked[3]
    assert (made.body, made.headers["prefer"]) == ('{\n  "name": "Pen"\n}', "return=representation")
    assert server.asked[6].body == "To be sold"


@pytest.mark.parametrize("line", ["###", "  ### Next"])
def test_a_body_that_would_begin_another_request_is_left_out_and_told(tmp_path, line):
    text = f"PUT /things/1/note\nContent-Type: text/plain\n\nOne\n{line}\nTwo"
    docs = write(tmp_path / "docs", {"a.md": exchange(message("204 No Content"), text), "b.md": SHOP["api/get.md"]})
    told = "1 left out, a body with a line of '###', with which another request begins in such a file: a/put"
    assert told in extracted(docs, tmp_path / "out", "--format", "http")
    assert [path.name for path in (tmp_path / "out").glob("*.http")] == ["b.http"]
