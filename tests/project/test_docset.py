"""What a doc set reads to answer a question."""

from __future__ import annotations

from tests.helpers import doc_set
from tests.pages import resource

PAGES = {
    f"{root}/resources/{name}.md": resource(name, [f"|owner|{owner}|The owner.|"])
    for root in ("beta", "v1.0")
    for name, owner in (("thing", "microsoft.graph.person"), ("part", "microsoft.graph.thing"))
}


def test_who_mentions_a_type_is_asked_of_its_root_alone():
    docset = doc_set(PAGES)
    assert docset.catalogue.index.roots == ("beta", "v1.0")
    name, place = docset.mention("v1.0", "Person")
    assert (name, place.path) == ("person", "v1.0/resources/thing.md")
    assert docset.mention("v1.0", "nobody") is None
    assert not any(path in docset.definitions for path in PAGES if path.startswith("beta/"))
    assert docset.mention("beta", "person")[1].path == "beta/resources/thing.md"


def test_the_lines_of_a_page_that_is_forgotten_can_still_be_asked_for():
    docset = doc_set(PAGES)
    path = "v1.0/resources/thing.md"
    table, lines = docset.page(path).tables[0], list(docset.page(path).source.lines)
    docset.forget(path)
    assert "lines" not in vars(table.source)
    assert table.rows[0].cells[0].plain == "owner"
    assert table.source.lines == lines
