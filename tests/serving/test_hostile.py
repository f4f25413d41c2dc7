"""Requests that nobody sends who means well: each is answered or refused, and the next one is served."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.helpers import SEEDS
from tests.serving.served import PATIENCE, ask, serving

WELL = b"GET /v1.0/items HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def library():
    with serving(SEEDS, "library") as served:
        yield served.url
        assert served.process.poll() is None


@pytest.fixture(autouse=True)
def goes_on(library):
    """Whatever a test does to the server, it goes on."""
    yield
    assert ask(f"{library}/v1.0/items").status == 200


def connected(url):
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE)


def sent(url: str, data: bytes) -> bytes:
    """Send bytes as they are, and no more; return all that comes back."""
    got = b""
    with connected(url) as connection, contextlib.suppress(OSError):
        with contextlib.suppress(OSError):
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
        while more := connection.recv(65_536):
            got += more
    return got


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/v1.0/../v1.0/items", 400),
        ("/v1.0/%2e%2e/items", 400),
        ("/v1.0/..%2fitems", 400),
        ("/../../etc/passwd", 400),
        ("/v1.0/items/%00", 400),
        ("/v1.0/items/%0d%0aSet-Cookie:x", 400),
        ("/v1.0/items/%zz", 400),
        ("/v1.0/items/%", 400),
        ("/v1.0/items/%ff", 400),
        ("/" + "a" * 9_000, 414),
        ("/v1.0/items/" + "a" * 2_000, 200),
        ("/" + "a/" * 4_000, 404),
        ("//v1.0//items//", 200),
        ("/v1.0/items?" + "&".join(f"{i}=%zz" for i in range(500)), 200),
        ("http://localhost/v1.0/items", 200),
        ("*", 404),
    ],
)
def test_odd_targets(library, target, expected):
    answer = sent(library, f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert status(answer) == expected
    if expected >= 400:
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == expected


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "192.0.2.1", "[::2]", "a b"]
)
def test_a_host_that_leads_here_by_a_trick_gets_nothing(library, host):
    for path in ("/v1.0/items", "/", "/_docextract/"):
        answer = ask(library + path, Host=host)
        assert answer.status == 421
        assert b"Walden" not in answer.body


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]:9", "mock.localhost"])
def test_the_names_of_this_machine_are_answered(library, host):
    assert ask(f"{library}/v1.0/items", Host=host).status == 200


def test_a_long_body_is_refused(library):
    answer = ask(f"{library}/v1.0/items/b-1", "PATCH", b"x" * 100_000_000)
    assert answer.status == 413
    assert json.loads(answer.body)["detail"] == "the body is longer than 10,000,000 bytes"
    expecting = b"PATCH /v1.0/items/b-1 HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 100000000\r\n\r\n"
    assert status(sent(library, expecting)) == 413


def test_a_long_body_of_unknown_length_is_refused(library):
    chunks = (b"x" * 1_000_000 for _ in range(20))
    assert ask(f"{library}/v1.0/items/b-1", "PATCH", chunks).status == 413


def test_a_body_of_many_values_is_not_judged_for_long(library):
    body = json.dumps({"title": [1] * 200_000, "state": "lost"})
    answer = ask(f"{library}/v1.0/items/b-1", "PATCH", body, Content_Type="application/json")
    assert (answer.status, len(json.loads(answer.body)["findings"])) == (422, 1)
    wide = json.dumps({f"x{i}": i for i in range(300_000)})
    assert ask(f"{library}/v1.0/items/b-1", "PATCH", wide, Content_Type="application/json").status == 200


def test_a_flood_of_header_fields_is_refused(library):
    many = b"".join(b"X-%d: y\r\n" % i for i in range(20_000))
    assert status(sent(library, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + many + b"\r\n")) == 400
    assert status(sent(library, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 1_000_000)) == 400


def test_slow_clients_hold_up_nobody(library):
    with contextlib.ExitStack() as stack:
        for _ in range(100):
            connection = stack.enter_context(connected(library))
            connection.sendall(b"POST /v1.0/members HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
        began = time.monotonic()
        assert ask(f"{library}/v1.0/items").status == 200
        assert time.monotonic() - began < 5


def test_clients_that_never_finish_are_let_go(library):
    """More of them than the server takes: when it has waited for long enough, others get their turn."""
    with contextlib.ExitStack() as stack:
        for _ in range(520):
            stack.enter_context(connected(library)).sendall(b"GET / HTTP/1.1\r\nX: ")
        assert ask(f"{library}/v1.0/items").status == 503
        ends = time.monotonic() + 2 * PATIENCE
        while ask(f"{library}/v1.0/items").status != 200:
            assert time.monotonic() < ends
            time.sleep(0.5)


def test_a_thousand_malformed_requests(library):
    chance = random.Random(1)
    for _ in range(1_000):
        data = bytearray(WELL if chance.random() < 0.7 else WELL.replace(b"GET", b"POST") + b'{"a": 1}')
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 4))
        answer = sent(library, bytes(data))
        assert not answer or status(answer) < 500, bytes(data)
