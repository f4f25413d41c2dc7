"""Bad input: nothing raises, hangs or stops the rest of a run."""

from __future__ import annotations

import gc
import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docextract.project.load import load
from docextract.text.source import Source
from docextract.verdict.linter import Linter
from tests.helpers import doc_set, places, report, run, write
from tests.pages import DIRTY, examples, operation, resource

THING = '"@odata.type": "microsoft.graph.thing", "truncated": true'


def test_a_page_that_is_not_utf_8_is_reported_and_still_read(tmp_path):
    page = operation('{"id": 1}', keys=THING)
    write(tmp_path, {"resources/thing.md": resource("thing", ["|id|String|The id.|"])})
    (tmp_path / "page.md").write_bytes(page.replace("An operation", "Caf\u00e9").encode("latin-1"))
    found = report(tmp_path)
    assert ("page-unreadable", 1, 1) in places(found)
    assert "wrong-type" in [check for check, _, _ in places(found)]


def test_bytes_that_are_no_text(tmp_path):
    (tmp_path / "page.md").write_bytes(bytes(range(256)) * 40)
    assert ("page-unreadable", 1, 1) in places(report(tmp_path))


def test_a_page_over_the_limit_is_one_finding(tmp_path):
    write(tmp_path, {"docextract.toml": "max-page-size = 1000\n", "page.md": "# A\n" + "x" * 1000})
    assert places(report(tmp_path)) == [("page-too-large", 1, 1)]


def test_a_page_over_its_budget_is_one_finding_beside_those_of_other_pages(tmp_path):
    write(tmp_path, {"docextract.toml": "page-budget = 100\n", "page.md": "# A\n" + "\nTODO: x\n" * 50, **DIRTY})
    assert [check for check, _, _ in places(report(tmp_path))] == ["wrong-type", "page-too-complex"]
    assert places(report(tmp_path), page="page.md") == [("page-too-complex", 1, 1)]


@pytest.mark.parametrize(
    ("budget", "checks"), [(1_600, {"url-mismatch", "leftover"}), (1_599, {"page-too-complex", "leftover"})]
)
def test_examples_that_are_too_many_for_the_path_templates_are_left_out(tmp_path, budget, checks):
    page = examples("\n".join(f"GET /a{n}" for n in range(40)), *(f"GET /b{n}" for n in range(40)))
    write(tmp_path, {"docextract.toml": f"page-budget = {budget}\n", "page.md": page + "\nTODO: x\n"})
    assert {check for check, _, _ in places(report(tmp_path))} == checks


def test_a_hundred_thousand_rows(tmp_path):
    rows = [f"|p{number}|String|Text.|" for number in range(100_000)]
    write(tmp_path, {"thing.md": resource("thing", rows), "op.md": operation('{"p7": 7}', keys=THING)})
    checks = [check for check, _, _ in places(report(tmp_path, "--ignore", "representation-missing"))]
    assert checks == ["wrong-type"]


def test_json_nested_a_hundred_thousand_deep(tmp_path):
    write(tmp_path, {"op.md": operation('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}")})
    assert places(report(tmp_path), "json-syntax")


@pytest.mark.parametrize("nested", ["a: " + "[" * 25_000, "a:\n  " + "- " * 25_000], ids=["brackets", "hyphens"])
def test_front_matter_nested_too_deep_for_its_reader(tmp_path, nested):
    """In a process of its own, for the reader in C would end it without a word."""
    write(tmp_path, {"page.md": f"---\ntitle: A\n{nested}\n---\n# A\n"})
    command = [sys.executable, "-m", "docextract", "check", "--no-cache", "--output", "json", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert places(json.loads(done.stdout)) == [("front-matter", 2, 1)], done.stderr


def test_an_empty_page_and_a_page_of_blank_lines(tmp_path):
    write(tmp_path, {"a.md": "", "b.md": "\n\n\n", "c.md": "\ufeff# Title\n", "d.md": "---\n---\n"})
    assert report(tmp_path)["findings"] == []


FRAGMENTS = st.sampled_from(
    [
        "---\n",
        "title: x\n",
        "# Properties\n",
        "## HTTP request\n",
        "### x values\n",
        "|Property|Type|Description|\n",
        "|:---|:---|:---|\n",
        "|id|String|The `id`.|\n",
        "|id|\n",
        "```http\n",
        "```\n",
        "````markdown\n",
        '<!-- { "blockType": "request", "name": "a" } -->\n',
        '<!-- { "blockType": "response", "@odata.type": "microsoft.graph.t" } -->\n',
        '<!-- { "blockType": "resource", "@odata.type": "microsoft.graph.t", "baseType": "microsoft.graph.t" } -->\n',
        "<!-- { blockType: ",
        "-->\n",
        "<!-- docextract-disable-next-block wrong-type -->\n",
        "GET /a/{b}\n",
        "HTTP/1.1 200 OK\n",
        "HTTP 204\n",
        "Content-Type: application/json\n",
        '{"value": [{"id": 1,}]}\n',
        '{"id": ',
        "> ",
        "* ",
        "    ",
        "\n",
        "\t",
        "\u00a0",
        "\u2028",
        "\x00",
    ]
)
PAGES = st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=40).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES)
def test_no_text_makes_it_raise_and_every_place_lies_in_the_page(text):
    docset = doc_set({"p.md": text})
    findings = Linter(docset).check_page("p.md").findings
    lines = docset.page("p.md").source.lines
    for finding in findings:
        for span in (finding.span, *(related.span for related in finding.related)):
            assert 1 <= span.line <= len(lines)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert span.end_line <= len(lines)
            assert span.end_column <= len(lines[span.end_line - 1]) + 1


def test_a_judged_page_is_let_go_without_the_collector(tmp_path):
    """The command runs without the garbage collector: a cycle in a page would keep all pages in memory."""
    page = operation('{"id": "1"}', keys='"@odata.type": "microsoft.graph.thing"')
    folder = write(tmp_path, {f"api/page{number}.md": page for number in range(200)})
    [selection] = load([str(folder)])
    gc.collect()
    gc.disable()
    try:
        linter = Linter(selection.docset)
        for path in selection.docset.pages.paths:
            linter.check_page(path)
        held = {one.path for one in gc.get_objects() if isinstance(one, Source)}
    finally:
        gc.enable()
    # Small caches hold the last pages.
    assert len(held & set(selection.docset.pages.paths)) < 50


def checks(found, page):
    """Return (check, severity) of what is found on a page."""
    return sorted((f["check"], f["severity"]) for f in found["findings"] if f["path"].endswith(page))


def test_a_doc_set_of_one_page(tmp_path):
    """The page of an operation alone: its type is not defined here, which an information says."""
    write(tmp_path, {"op.md": operation('{"id": 1}', keys=THING)})
    found = report(tmp_path)
    assert checks(found, "op.md") == [("unknown-type", "info")]
    assert (found["summary"]["pages"], found["summary"]["checked"]) == (1, 0)
    assert report(tmp_path / "op.md")["findings"] == found["findings"]


def test_a_doc_set_of_one_page_that_defines_its_type(tmp_path):
    page = resource("thing", ["|id|String|The id.|"], representation='{"id": "string"}')
    write(tmp_path, {"op.md": page + "\n" + operation('{"id": 1}', keys=THING).partition("## HTTP request")[2]})
    assert ("wrong-type", "error") in checks(report(tmp_path), "op.md")


def test_versions_that_are_links_to_each_other(tmp_path):
    """A version is one folder however many names it has, and its pages are judged once."""
    pages = {"v1.0/thing.md": resource("thing", ["|id|String|I.|"]), "v1.0/op.md": operation('{"id": 1}', keys=THING)}
    folder = write(tmp_path / "docs", pages)
    (folder / "beta").symlink_to(folder / "v1.0", target_is_directory=True)
    (folder / "v1.0" / "again").symlink_to(folder, target_is_directory=True)
    found = report(folder)
    assert [f["path"].rpartition("docs/")[2] for f in found["findings"] if f["check"] == "wrong-type"] == ["v1.0/op.md"]
    assert found["summary"]["pages"] == 2
    assert report(folder, folder / "beta", folder / "v1.0")["findings"] == found["findings"]


def test_configured_versions_that_are_links_to_each_other(tmp_path):
    pages = {"v1.0/thing.md": resource("thing", ["|id|String|I.|"]), "v1.0/op.md": operation('{"id": 1}', keys=THING)}
    folder = write(tmp_path, {**pages, "docextract.toml": 'versions = ["v1.0", "beta"]\n'})
    (folder / "beta").symlink_to(folder / "v1.0", target_is_directory=True)
    code, out, err = run("check", folder)
    assert (code, out) == (2, "")
    assert "versions: there are no pages in 'beta'; the folders of the doc set are 'v1.0'" in err


def test_links_to_themselves_are_no_pages(tmp_path):
    write(tmp_path, {"op.md": operation('{"id": 1}', keys=THING)})
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    assert report(tmp_path)["summary"]["pages"] == 1
    for name in ("loop.md", "one"):
        code, out, err = run("check", tmp_path / name)
        assert (code, out, err) == (2, "", f"docextract: no such file or folder: {tmp_path / name}\n")


def test_two_doc_sets_whose_types_clash(tmp_path):
    """Each with a configuration of its own: what one defines is nothing to the other."""
    for name, kind in (("one", "String"), ("two", "Int32")):
        pages = {"thing.md": resource("thing", [f"|id|{kind}|The id.|"]), "op.md": operation('{"id": 1}', keys=THING)}
        write(tmp_path / name, {**pages, "docextract.toml": ""})
    found = report(tmp_path / "one", tmp_path / "two")
    clash = [f for f in found["findings"] if f["check"] == "wrong-type"]
    assert [f["path"].rpartition("/")[0].rpartition("/")[2] for f in clash] == ["one"]


def test_two_doc_sets_whose_types_clash_in_one(tmp_path):
    """Nothing tells them apart: the first page of a type in order is the contract, and it is the related place."""
    for name, kind in (("one", "String"), ("two", "Int32")):
        write(tmp_path / name, {"thing.md": resource("thing", [f"|id|{kind}|The id.|"], representation='{"id": 1}')})
    write(tmp_path / "api", {"op.md": operation('{"id": 1}', keys=THING)})
    found = report(tmp_path)
    [clash] = [f for f in found["findings"] if f["path"].endswith("op.md")]
    assert clash["check"] == "wrong-type"
    assert clash["related"][0]["path"].endswith("one/thing.md")


def test_a_title_that_names_two_types(tmp_path):
    rows = ["|id|String|The id.|"]
    for title in ("# thing and part resource types", "# thing, part", "# thing/part resource type"):
        page = resource("thing", rows, representation='{"id": "string"}').replace("# thing resource type", title)
        folder = write(tmp_path, {"thing.md": page, "op.md": operation('{"id": 1}', keys=THING)})
        found = report(folder)
        assert checks(found, "op.md") == [("wrong-type", "error")]
        part = operation('{"id": "1"}', keys=THING.replace("graph.thing", "graph.part"))
        found = report(write(folder, {"op.md": part}))
        assert checks(found, "op.md") == [("unknown-type", "error")]
