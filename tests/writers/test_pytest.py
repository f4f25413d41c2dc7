"""Modules of tests: real pytest runs them, a formatter would not change them, and they show what the page shows."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from tests.consumers import library, program
from tests.helpers import SEEDS, write
from tests.pages import exchange, message, request
from tests.writers.written import sent, written

library("respx")

AWKWARD = {
    "null": "null",
    "text": '"it\'s \\"so\\""',
    "empty": "{}",
    "nested": "[" * 60 + "]" * 60,
    "deep": '{"a": ' * 20 + "1" + "}" * 20,
    "huge": '{"a": 1e999}',
    "long": '{"a": ' + "9" * 5000 + "}",
    "half": '{"a": "\\ud800"}',
    "wide": '{"a": "' + "\U0001f600\u202e\\n" * 40 + '"}',
    "values": '{"a": [true, false, null, -0.0, 1e22, 1.5], "b": {"c\\"d": [], "e": {}}, "f": "' + "x" * 70 + '"}',
    "recovered": '{"a": 1,}',
    "damaged": "{'a': [}",
}


def run_pytest(folder, *options):
    """Run pytest as its user does; return how the tests ended, as it says."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "--rootdir", folder]
    done = subprocess.run([*command, *options, folder], capture_output=True, text=True, cwd=folder, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1].partition(" in ")[0]


def assert_formatted(folder):
    """Assert that the usual formatter and its checks leave the modules as they are."""
    ruff = program("ruff")
    for command in (["format", "--diff"], ["check", "--select", "E4,E7,E9,F,I"]):
        done = subprocess.run([ruff, *command, "--isolated", "--no-cache", folder], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_tests_of_the_seeds_pass_and_are_written_as_people_write_them(tmp_path):
    written(SEEDS, tmp_path, "pytest")
    assert run_pytest(tmp_path) == f"{len(list(sent(SEEDS)))} passed"
    assert_formatted(tmp_path)


def test_awkward_bodies(tmp_path):
    pages = {
        f"{name}.md": exchange(message("200 OK", body), request(f"POST https://api.example.org/{name}", body))
        for name, body in AWKWARD.items()
    }
    target = tmp_path / "out"
    written(write(tmp_path / "docs", pages), target, "pytest")
    assert run_pytest(target) == f"{len(AWKWARD)} passed"
    assert_formatted(target)
    for path in target.glob("test_*.py"):
        assert path.read_text("utf-8").isprintable() or all(
            char.isprintable() or char == "\n" for char in path.read_text("utf-8")
        )


def test_methods_headers_and_texts(tmp_path):
    pages = {
        "a.md": exchange(
            "HTTP/1.1 202 Accepted\nLocation: https://api.example.org/x\nRetry-After: 5",
            "MERGE https://api.example.org/items/{id|name}?$top=5\nAuthorization: Bearer {token}\nHost: api.example.org",
        ),
        "b.md": exchange(
            message("200 OK", "one\ntwo\n", "text/plain"), request("DELETE https://api.example.org/x", '{"a": 1}')
        ),
        "c.md": exchange(message("204 No Content", '{"a": 1}'), "HEAD https://api.example.org/x"),
    }
    target = tmp_path / "out"
    said = written(write(tmp_path / "docs", pages), target, "pytest")
    assert "1 written all the same, a body, which such an answer cannot have (RFC 9110, section 6.4.1): c/head" in said
    assert run_pytest(target) == "3 passed"
    assert_formatted(target)
    assert 'response = httpx.request("MERGE", url, headers=headers)' in (target / "test_a.py").read_text("utf-8")


@pytest.mark.parametrize("title", ['"""', "\\", "a\\", 'the "end"', "x\u202ey", "'''", "\\N{x}"])
def test_titles_stay_within_their_docstrings(tmp_path, title):
    page = exchange(message("200 OK"), "GET https://api.example.org/x").replace("# ", f"# {title} ", 1)
    written(write(tmp_path / "docs", {"a.md": page}), tmp_path / "out", "pytest")
    text = (tmp_path / "out" / "test_a.py").read_text("utf-8")
    [function] = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    assert function.name == "test_get"
    assert run_pytest(tmp_path / "out") == "1 passed"


def test_without_a_host_a_test_is_skipped_and_says_why(tmp_path):
    docs = write(tmp_path / "docs", {"a.md": exchange(message("200 OK"), "GET /x")})
    said = written(docs, tmp_path / "out", "pytest")
    assert "1 written all the same, a relative URL, which --base-url makes absolute: a/get" in said
    assert run_pytest(tmp_path / "out", "-rs") == "1 skipped"
    assert_formatted(tmp_path / "out")
    written(docs, tmp_path / "out", "pytest", "--base-url", "https://api.example.org")
    assert run_pytest(tmp_path / "out") == "1 passed"


def test_modules_have_names_of_their_own(tmp_path):
    page = exchange(message("200 OK"), "GET https://api.example.org/x")
    names = ["a/x.md", "b/x.md", "a-x.md", "v1.0/x.md", "2.md"]
    written(write(tmp_path / "docs", dict.fromkeys(names, page)), tmp_path / "out", "pytest")
    assert len(list((tmp_path / "out").glob("test_*.py"))) == len(names)
    assert run_pytest(tmp_path / "out") == f"{len(names)} passed"
