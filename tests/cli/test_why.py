"""How a block was read, in words."""

from __future__ import annotations

from tests.helpers import line_of, run, write
from tests.pages import DIRTY


def test_why(tmp_path):
    folder = write(tmp_path, {**DIRTY, "docextract.toml": ""})
    page = DIRTY["api/get.md"]
    _, out, _ = run("why", f"{folder}/api/get.md:{line_of(page, 'HTTP/1.1')}")
    assert "it is the response of the exchange api/get/an_operation" in out
    assert "its type is one microsoft.graph.thing: its annotation names it" in out
    assert "error[wrong-type]" in out
    _, out, _ = run("why", f"{folder}/api/get.md:{line_of(page, 'GET /things/{id}')}")
    assert "path templates" in out
    _, out, _ = run("why", f"{folder}/resources/thing.md:{line_of(DIRTY['resources/thing.md'], '|id|')}")
    assert "declares properties of microsoft.graph.thing" in out
    _, out, _ = run("why", f"{folder}/api/get.md:1")
    assert "neither in a code block nor in a table" in out


def test_why_without_a_project_sees_the_folder_that_a_check_names(tmp_path, monkeypatch):
    write(tmp_path / "docs", DIRTY)
    line = line_of(DIRTY["api/get.md"], "HTTP/1.1")
    monkeypatch.chdir(tmp_path)
    assert "its type is one microsoft.graph.thing" in run("why", f"docs/api/get.md:{line}")[1]
    assert "is defined by docs/resources/thing.md" in run("why", f"docs/api/get.md:{line}")[1]
    monkeypatch.chdir(tmp_path / "docs" / "api")
    assert "no page of this version defines it" in run("why", f"get.md:{line}")[1]
