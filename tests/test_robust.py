"""Bad input: nothing raises, hangs or stops the rest of a run."""

from __future__ import annotations

import gc

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docextract.project.load import load
from docextract.text.source import Source
from docextract.verdict.linter import Linter
from tests.helpers import doc_set, places, report, write
from tests.pages import operation, resource

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


def test_a_hundred_thousand_rows(tmp_path):
    rows = [f"|p{number}|String|Text.|" for number in range(100_000)]
    write(tmp_path, {"thing.md": resource("thing", rows), "op.md": operation('{"p7": 7}', keys=THING)})
    checks = [check for check, _, _ in places(report(tmp_path, "--ignore", "representation-missing"))]
    assert checks == ["wrong-type"]


def test_json_nested_a_hundred_thousand_deep(tmp_path):
    write(tmp_path, {"op.md": operation('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}")})
    assert places(report(tmp_path), "json-syntax")


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
