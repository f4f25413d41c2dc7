"""Pages that may show types: what is checked anew without a cache is all that a whole run would report."""

from __future__ import annotations

import random
import re

import pytest

from docextract.project.docset import Selection
from docextract.project.load import load
from docextract.project.showing import showing
from docextract.verdict.run import lint
from tests.helpers import SEEDS, doc_set
from tests.pages import operation, resource


def shown_by(name, body):
    return operation(body, keys=f'"@odata.type": "microsoft.graph.{name}"')


PAGES = {
    "inner.md": resource("inner", ["|count|Int32|A number.|"]),
    "outer.md": resource("outer", ["|inner|[inner](inner.md)|What is inside.|"]),
    "heir.md": resource("heir", ["|more|String|More.|"], keys='"baseType": "microsoft.graph.outer"'),
    "other.md": resource("other", ["|count|String|A text about an inner thing, an outer one, and an heir.|"]),
    "get-inner.md": shown_by("inner", '{"count": "one"}'),
    "get-outer.md": shown_by("outer", '{"inner": {"count": "one"}}'),
    "get-heir.md": shown_by("heir", '{"more": "x", "inner": {"count": "one"}}'),
    "get-other.md": shown_by("other", '{"count": 1}'),
}


@pytest.mark.parametrize(
    ("defining", "expected"),
    [
        ("inner.md", {"outer.md", "heir.md", "get-inner.md", "get-outer.md", "get-heir.md"}),
        ("outer.md", {"heir.md", "get-outer.md", "get-heir.md"}),
        ("heir.md", {"get-heir.md"}),
        ("other.md", {"get-other.md"}),
    ],
)
def test_a_page_shows_a_type_that_it_names_or_that_is_part_of_one(defining, expected):
    docset = doc_set(PAGES)
    assert showing(docset, {defining}, set(PAGES) - {defining}) == expected


def test_a_page_named_after_what_a_row_names_is_found():
    pages = {
        "statusinfo.md": resource("status", ["|id|String|The id.|"]),
        "thing.md": resource("thing", ["|info|statusInfo|Its state.|"]),
        "get-thing.md": shown_by("thing", "{}"),
    }
    docset = doc_set(pages)
    assert showing(docset, {"thing.md"}, {"statusinfo.md", "get-thing.md"}) == {"statusinfo.md", "get-thing.md"}


def agrees(docset, selected):
    """Assert that a run over some pages reports what a run over all reports of them."""
    everything = [f for f in whole(docset) if f.span.path in selected or {r.span.path for r in f.related} & selected]
    return lint([Selection(docset, frozenset(selected))]).findings == tuple(everything)


def whole(docset):
    return lint([Selection(docset, frozenset(docset.paths))]).findings


@pytest.mark.parametrize("page", PAGES)
def test_a_run_over_a_page_reports_what_a_whole_run_does(page):
    assert whole(doc_set(PAGES))
    assert agrees(doc_set(PAGES), {page})


@pytest.mark.parametrize("folder", sorted({path.parent for path in SEEDS.glob("*/*")}), ids=lambda path: path.name)
def test_a_run_over_spoiled_pages_of_a_seed_reports_what_a_whole_run_does(folder):
    pages = {
        path.relative_to(folder).as_posix(): re.sub(r"\|String\|", "|Int32|", path.read_text("utf-8"))
        for path in folder.rglob("*.md")
    }
    for page in pages:
        assert agrees(doc_set(pages), {page})


def test_a_run_over_ten_pages_reports_what_a_whole_run_does(corpus, monkeypatch):
    monkeypatch.chdir(corpus)
    docset = load(["."])[0].docset
    findings = whole(docset)
    for seed in range(5):
        selected = frozenset(random.Random(seed).sample(docset.paths, 10))
        expected = [f for f in findings if f.span.path in selected or any(r.span.path in selected for r in f.related)]
        assert lint([Selection(docset, selected)]).findings == tuple(expected)
