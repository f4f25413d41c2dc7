"""The package from Python: what it names, what it gives, what it refuses, and that importing it costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import docextract
from tests.helpers import ROOT, SEEDS, run, write
from tests.pages import operation, resource

PAGES = {
    "docextract.toml": "",
    "thing.md": resource("thing", ["|id|String|The id.|"], representation='{"id": "string"}'),
    "get.md": operation('{"id": 1}', keys='"@odata.type": "microsoft.graph.thing"'),
    "post.md": operation("{}", request="POST /things", status="201 Created").replace('"an_operation"', '"create"'),
}


@pytest.fixture
def docs(tmp_path):
    return write(tmp_path, PAGES)


def test_the_public_names():
    assert docextract.__all__ == sorted(docextract.__all__)
    assert set(docextract.__all__) == {
        *("__version__", "load", "check", "fixtures", "parametrize"),
        *("DocSet", "Docs", "Exchange", "Message", "Type", "Property", "Finding", "Report", "Fixture"),
        *("NoPagesError", "ConfigError"),
    }
    for name in docextract.__all__:
        assert getattr(docextract, name).__name__ == name if name != "__version__" else docextract.__version__
    assert set(docextract.__all__) <= set(dir(docextract))


def test_an_unknown_name_is_an_error_that_names_the_public_ones():
    with pytest.raises(AttributeError, match=r"no attribute 'Fixtures'; public are .*\bFixture\b.*\bload\b"):
        _ = docextract.Fixtures
    assert not hasattr(docextract, "fixture")


def test_importing_it_imports_nothing_else():
    code = "import sys, docextract; print([name for name in sys.modules if name.startswith('docextract')])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "['docextract']"


def test_type_checkers_see_the_types(tmp_path):
    text = """
import docextract
report: docextract.Report = docextract.check("docs", select=["leftover"])
findings: tuple[docextract.Finding, ...] = report.findings
for fixture in docextract.fixtures("docs", method="GET"):
    message: docextract.Message | None = fixture.exchange.request
    exchange: docextract.Exchange = fixture.exchange
    reveal_type(fixture.status)
docsets: list[docextract.DocSet] = docextract.load("docs")
docextract.nonsense
"""
    write(tmp_path, {"user.py": text})
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path / "cache", tmp_path / "user.py"]
    said = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path).stdout
    assert 'Revealed type is "int | None"' in said
    assert 'Module has no attribute "nonsense"' in said
    assert "Found 1 error" in said


@pytest.mark.parametrize("form", [str, Path])
def test_check_finds_what_the_command_finds(docs, form):
    report = docextract.check(form(docs))
    shown = json.loads(run("check", docs, "--output-format", "json")[1])
    assert isinstance(report, docextract.Report)
    assert all(isinstance(finding, docextract.Finding) for finding in report.findings)
    assert [(f.check, f.span.path, f.span.line) for f in report.findings] == [
        (f["check"], f["path"], f["line"]) for f in shown["findings"]
    ]
    assert report.summary._asdict() == shown["summary"]
    assert not (docs / ".docextract_cache").exists()


def test_check_selects_and_ignores(docs):
    assert {finding.check for finding in docextract.check(docs, select=["wrong-type"]).findings} == {"wrong-type"}
    assert "wrong-type" not in {finding.check for finding in docextract.check(docs, ignore={"wrong-type"}).findings}


def test_load_gives_doc_sets_with_their_exchanges_and_types(docs):
    [docset] = docextract.load(docs)
    assert isinstance(docset, docextract.DocSet)
    [path] = [path for path in docset.paths if path.endswith("get.md")]
    [exchange] = docset.exchanges(path).exchanges
    assert isinstance(exchange, docextract.Exchange)
    assert isinstance(exchange.response, docextract.Message)
    thing = docset.registry.type(docset.root(path), "thing")
    assert isinstance(thing, docextract.Type)
    assert isinstance(thing.properties["id"], docextract.Property)
    assert len(docextract.load(SEEDS)) > 5


def test_fixtures_are_chosen_by_method_and_status(docs):
    found = list(docextract.fixtures(docs))
    assert [(fixture.method, fixture.status) for fixture in found] == [("GET", 200), ("POST", 201)]
    assert all(isinstance(fixture, docextract.Fixture) for fixture in found)
    assert [fixture.id for fixture in docextract.fixtures(docs, method="post", status=201)] == ["post/create"]
    assert list(docextract.fixtures(docs, method="POST", status=200)) == []
    first = found[0]
    assert (first.type, first.collection, first.schema) == ("microsoft.graph.thing", False, "microsoft.graph.thing")
    assert first.page.endswith("get.md")
    assert (first.id, first.url) == ("get/an_operation", "/things/{id}")


def test_a_fixture_shows_an_ignored_side_and_says_so(tmp_path):
    ignored = PAGES["get.md"].replace('"blockType": "response"', '"blockType": "ignored"')
    [fixture] = docextract.fixtures(write(tmp_path, {"get.md": ignored}))
    assert fixture.request is not None
    assert fixture.response is not None
    assert (fixture.ignored, fixture.request.ignored, fixture.response.ignored) == (True, False, True)
    assert (fixture.method, fixture.status) == ("GET", 200)


def test_without_paths_it_is_the_configured_docs(docs, monkeypatch):
    monkeypatch.chdir(docs)
    assert [docset.paths for docset in docextract.load()] == [("get.md", "post.md", "thing.md")]


@pytest.mark.parametrize("function", [docextract.load, docextract.check, docextract.fixtures])
def test_misuse_raises(tmp_path, function):
    with pytest.raises(docextract.NoPagesError, match="no such file or folder: nowhere"):
        function("nowhere")
    write(tmp_path, {**PAGES, "docextract.toml": "ingore = []"})
    with pytest.raises(docextract.ConfigError, match="did you mean 'ignore'"):
        function(tmp_path)


@pytest.mark.parametrize("options", [{"select": ["wrong-typ"]}, {"ignore": "leftover"}])
def test_an_unknown_check_raises(options):
    with pytest.raises(ValueError, match="is not a valid CheckId"):
        docextract.check(ROOT / "seeds", **options)
