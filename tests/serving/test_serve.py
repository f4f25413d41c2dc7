"""The command: how it begins, what it says, how it ends, and what it does when pages change."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests.consumers import library
from tests.helpers import SEEDS, run, write
from tests.pages import CLEAN, operation
from tests.serving.served import PATIENCE, ask, environment, serving

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")


def test_it_says_what_it_serves_and_where():
    with serving(SEEDS, "library") as served:
        assert served.said == [f"docextract: 5 routes, 6 examples at {served.url}; Ctrl-C ends"]
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", served.url)


@posix
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it(kind):
    with serving(SEEDS, "library") as served:
        assert ask(f"{served.url}/v1.0/items").status == 200
        assert served.end(kind) == 0
        assert served.until(" 200") == ["GET /v1.0/items api/item-list/list_items 200"]


def test_a_port_in_use_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run("serve", SEEDS / "library", "--port", port) == (
            2, "", f"docextract: port {port} of 127.0.0.1 is in use; choose another one with --port\n",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--base-path", "v1.0"], "--base-path: 'v1.0' is no path, such as /v1.0"),
        (["--base-path", "/v1.0?x"], "--base-path: '/v1.0?x' is no path, such as /v1.0"),
        (["--host", "no such host"], "--host: no address is known for 'no such host'"),
        (["--port", "70000"], "invalid value for '--port': 70000 is not in the range 0<=x<=65535"),
        (["nowhere"], "no such file or folder: nowhere"),
    ],
)
def test_what_cannot_be_served_is_told(monkeypatch, arguments, told):
    monkeypatch.chdir(SEEDS / "library")
    code, out, err = run("serve", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"docextract: {told}")
    assert err.count("\n") == 1


def test_pages_without_a_request_are_nothing_to_serve(tmp_path):
    code, _, err = run("serve", write(tmp_path, {"page.md": "# A page\n"}))
    assert (code, err) == (2, "docextract: no page shows a request, so there is nothing to serve\n")


@pytest.mark.parametrize("name", ["uvicorn", "starlette"])
def test_without_its_extra_it_tells_how_to_get_it(name):
    code = f"import sys; sys.modules[{name!r}] = None; from docextract.cli.main import main; sys.exit(main(['serve']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=SEEDS, capture_output=True, text=True, env=environment())
    told = "docextract: serve needs starlette and uvicorn: python -m pip install 'docextract[serve]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_the_log_holds_nothing_that_a_client_may_want_to_hide():
    with serving(SEEDS, "library") as served:
        ask(f"{served.url}/v1.0/items/s3cret?token=s3cret", "PATCH", '{"title": "s3cret"}', Authorization="s3cret")
        ask(f"{served.url}/s3cret?s3cret", Cookie="s3cret")
        ask(f"{served.url}/v1.0/items/s3cret", "s3cretMETHOD" * 9)
        ask(f"{served.url}/v1.0/items", "LAST")
        said = served.until("LAST")
    assert said[0] == "PATCH /v1.0/items/{id} api/item-update/update_item 200"
    assert said[1] == "GET - 404"
    assert "s3cret" not in "".join(said[:2])
    assert len(said[2]) < 60
    assert said[3] == "LAST /v1.0/items 405"


def test_what_a_page_says_cannot_control_the_terminal_that_shows_the_log(tmp_path):
    page = operation("{}", request="GET /\x1b[31mthings\u202e/1")
    with serving(write(tmp_path, {"get.md": page}), ".") as served:
        assert ask(f"{served.url}/%1b[31mthings%E2%80%AE/1").status == 400
        assert ask(f"{served.url}/nothing").status == 404
        assert "\x1b" not in "".join(served.until("404"))


def save(folder, pages):
    """Write pages as editors do, each at once."""
    for name, text in pages.items():
        draft = (folder / name).with_suffix(".draft")
        draft.write_text(text, "utf-8")
        os.replace(draft, folder / name)


def test_pages_are_read_again_when_they_are_saved(tmp_path):
    library("watchfiles")
    with serving(write(tmp_path, {**CLEAN, "docextract.toml": ""}), ".", "--reload") as served:
        url = f"{served.url}/things/1"
        assert b'"id": "1"' in ask(url).body
        # The first event of a watcher that has just begun may be lost.
        time.sleep(0.5)
        save(tmp_path, {"api/get.md": CLEAN["api/get.md"].replace('"id": "1"', '"id": "b"')})
        assert served.until("api/get.md: ")[-1].startswith("docextract: api/get.md: ")
        assert b'"id": "b"' in ask(url).body
        save(tmp_path, {"docextract.toml": "ingore = []\n"})
        assert "docextract.toml:1: unknown key 'ingore'" in served.until("the routes stay as they were")[-1]
        assert b'"id": "b"' in ask(url).body
        save(tmp_path, {"docextract.toml": ""})
        served.until("docextract.toml: ")
        (tmp_path / "api/bad.md").write_bytes(b"# A page\n\xff\xfe")
        served.until("api/bad.md: ")
        assert b'"id": "b"' in ask(url).body


def test_without_watchfiles_pages_cannot_be_read_again():
    code = "import sys; sys.modules['watchfiles'] = None; from docextract.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "serve", "--reload"]
    done = subprocess.run(command, cwd=SEEDS, capture_output=True, text=True, timeout=PATIENCE, env=environment())
    assert (done.returncode, done.stderr) == (
        2, "docextract: --reload needs watchfiles: python -m pip install 'docextract[watch]'\n",
    )  # fmt: skip


def test_it_serves_on_another_address():
    with serving(SEEDS, "library", "--host", "0.0.0.0") as served:
        assert ask(f"{served.url}/v1.0/items", Host="any.example").status == 200
    if socket.has_ipv6:
        try:
            socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        except OSError:
            return
        with serving(SEEDS, "library", "--host", "::1") as served:
            assert re.fullmatch(r"http://\[::1\]:\d+", served.url)
            assert ask(f"{served.url}/v1.0/items").status == 200
