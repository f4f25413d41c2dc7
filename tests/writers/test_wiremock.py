"""A real WireMock takes the mappings and answers as the pages say."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import pytest

import docextract
from docextract.extraction.url import split
from tests.consumers import program
from tests.helpers import write
from tests.writers.shop import SHOP, extracted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.extraction.fixture import Fixture

#: Every so many exchanges of the corpus are replayed.
STEP = 7


class Answer(NamedTuple):
    """What came back: `body` is JSON if it is that, else text."""

    status: int
    body: object
    headers: dict[str, str]


@contextlib.contextmanager
def wiremock(folder: Path) -> Iterator[str]:
    """Run WireMock on the mappings of a folder; yield its URL."""
    java = program("java", brought_by="apt install default-jre-headless")
    [jar] = Path(program("wiremock", brought_by="npm install -g wiremock")).resolve().parent.glob("build/*.jar")
    command = [java, "-jar", jar, "--port", "0", "--bind-address", "127.0.0.1", "--root-dir", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout
            said = []
            for line in server.stdout:
                said.append(line)
                if match := re.match(r"port:\s+(\d+)", line):
                    yield f"http://127.0.0.1:{match[1]}"
                    return
            pytest.fail("".join(said))
        finally:
            server.terminate()


def ask(url: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
    """Ask a server; give its answer, whatever the status, and follow no redirection."""
    host, slash, target = url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=60)
    with contextlib.closing(connection):
        connection.request(method, slash + target, body.encode() if body is not None else None, headers)
        got = connection.getresponse()
        status, text, found = got.status, got.read(), got.headers
    try:
        return Answer(status, json.loads(text), dict(found))
    except ValueError:
        return Answer(status, text.decode("utf-8"), dict(found))


def replay(server: str, fixture: Fixture, **headers: str) -> bool:
    """Send the request of a fixture as its page shows it; return whether the answer is that of the page."""
    request, response = fixture.request, fixture.response
    url = split(request.encoded_url)
    target = server + url.path + (f"?{url.query}" if url.query is not None else "")
    body = request.replayed_text if request.has_body else None
    headers = {**{name: value.encode().decode("latin-1") for name, value in request.replayed_headers}, **headers}
    got = ask(target, request.method, body, **headers)
    said = response.body if response.has_json else response.replayed_text
    return (got.status, got.body) == (response.status or 200, said) or (not response.has_json and str(got.body) == said)


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Iterator[str]:
    """Serve the mappings of a doc set."""
    folder = tmp_path_factory.mktemp("shop")
    extracted(write(folder / "docs", SHOP), folder / "out", "--format", "wiremock")
    with wiremock(folder / "out") as url:
        yield url


THING = {"id": "1", "name": "Pen", "price": 1.5}


def test_what_the_pages_show_is_answered(shop):
    assert ask(f"{shop}/things").body == {"value": [THING]}
    assert ask(f"{shop}/things?$top=2&$filter=name%20eq%20%27Pen%27").body == {"value": [THING], "some": 1}
    assert ask(f"{shop}/things/$count").body == 12
    assert ask(f"{shop}/things(name='x')?from=3").body == THING
    assert ask(f"{shop}/things/1").headers["Content-Type"] == "application/json"
    assert ask(f"{shop}/told", "POST").status == 202
    assert ask(f"{shop}/nothing").status == 404


def test_the_body_chooses_the_answer(shop):
    kind = {"Content-Type": "application/json"}
    assert ask(f"{shop}/things", "POST", '{"name": "Pen"}', **kind).status == 201
    assert ask(f"{shop}/things", "POST", '{"size": 1, "name": "Pen"}', **kind).status == 201
    assert ask(f"{shop}/things", "POST", '{"name": ""}', **kind).status == 400


def test_other_values_get_the_default_of_the_route(shop):
    assert ask(f"{shop}/things?$skip=9").body == {"value": [THING]}
    assert ask(f"{shop}/things", "POST", '{"name": "Cup"}').status == 201
    # The page shows this with a placeholder.
    assert ask(f"{shop}/things/77").status == 404


def test_the_answer_that_another_one_hides_can_be_preferred(shop):
    assert ask(f"{shop}/things/1").status == 200
    assert ask(f"{shop}/things/1", Prefer="example=api/get/same").status == 410


def test_ids_are_those_of_the_last_run_and_no_two_are_equal(tmp_path):
    extracted(write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "wiremock")
    files = sorted((tmp_path / "out" / "mappings").rglob("*.json"))
    mappings = [mapping for file in files for mapping in json.loads(file.read_text("utf-8"))["mappings"]]
    ids = [UUID(mapping["id"]) for mapping in mappings]
    assert len(set(ids)) == len(ids) > len(files) == 12
    assert {identifier.version for identifier in ids} == {5}
    assert str(ids[0]) == "ae3a32f3-e7c4-5593-9935-010db47d1e3d"


def test_what_no_stub_can_do_is_told(tmp_path):
    assert extracted(write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "wiremock") == [
        "1 left out, no request: api/alone/response",
        "1 left out, no response: api/get/unknown",
        "1 written all the same, a body, which such an answer cannot have (RFC 9110, section 6.4.1): api/make/note",
        "1 written all the same, the page shows a text in place of a binary body: api/make/photo",
        "1 written all the same, the same request as another exchange, which answers it: api/get/same",
    ]


def test_the_exchanges_of_the_corpus_replay(corpus, tmp_path, monkeypatch):
    """Of complete exchanges, as shown, or with `Prefer` where the summary says that another one answers."""
    monkeypatch.chdir(corpus / "graph-v1.0")
    extracted(".", tmp_path, "--format", "wiremock")
    whole = [fixture for fixture in docextract.fixtures(".") if fixture.url and fixture.response]
    with wiremock(tmp_path) as server:
        sample = whole[::STEP]
        plain = [fixture for fixture in sample if replay(server, fixture)]
        left = [fixture for fixture in sample if fixture not in plain]
        wrong = [fixture.id for fixture in left if not replay(server, fixture, Prefer=f"example={fixture.id}")]
    assert len(sample) > 300
    assert len(plain) >= 0.9 * len(sample)
    assert len(wrong) <= 0.03 * len(sample), wrong
