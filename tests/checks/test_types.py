"""The types of pages and their bases: titles, names that nothing defines, names that several types have."""

from __future__ import annotations

import pytest

from tests.helpers import column_of, line_of, of_check, report, write
from tests.pages import THINGS, resource

TITLES = {
    "its own": ("thing", "thing", None),
    "with a prefix that the title lacks": ("thing", "workbookThing", None),
    "a slip": ("thingList", "thingLst", "the page is titled 'thingList resource type', but declares thingLst"),
    "copied": ("parcel", "person", "the page is titled 'parcel resource type', but declares person"),
    "of another type": ("student", "person", None),
}


@pytest.mark.parametrize("case", TITLES.values(), ids=TITLES)
def test_the_title_of_a_page_against_its_type(tmp_path, case):
    title, declared, message = case
    page = resource(declared, ["|id|String|The id.|"], representation='{"id": "String"}')
    page = page.replace(f"# {declared} resource", f"# {title} resource")
    people = {name: THINGS[name] for name in ("resources/person.md", "resources/student.md")}
    pages = {**people, f"v/{title.lower()}.md": page}
    found = of_check(report(write(tmp_path, pages)), "page-type-mismatch")
    assert [f["message"] for f in found] == ([message] if message else [])
    place = (line_of(page, "blockType"), column_of(page, '"microsoft'))
    assert [(f["line"], f["column"]) for f in found] == ([place] if message else [])
