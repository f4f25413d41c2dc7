"""The types of pages and their bases: titles, names that nothing defines, names that several types have."""

from __future__ import annotations

import pytest

from tests.helpers import column_of, line_of, of_check, report, write
from tests.pages import PAIRS, THINGS, resource

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


def test_a_page_with_the_name_of_a_type_that_nothing_defines(tmp_path):
    page = resource("status", ["|id|String|The id.|"], representation='{"id": "string"}')
    row = "|state|statusInfo|The state.|"
    user = resource("user", [row], representation='{"state": {"@odata.type": "microsoft.graph.statusInfo"}}')
    [finding] = report(write(tmp_path, {"resources/statusinfo.md": page, "resources/user.md": user}))["findings"]
    assert (finding["check"], finding["severity"]) == ("page-type-mismatch", "warning")
    assert (finding["line"], finding["column"]) == (line_of(page, "blockType"), column_of(page, '"microsoft'))
    assert finding["message"] == "the page has the name of statusInfo, which nothing defines, but declares status"
    assert [(place["path"][-7:], place["line"]) for place in finding["related"]] == [("user.md", line_of(user, row))]


@pytest.mark.parametrize(
    ("base", "check", "severity", "message"),
    [
        (
            "microsoft.graph.persn",
            "unknown-base-type",
            "warning",
            "no page defines the base type {}; did you mean person?",
        ),
        ("microsoft.graph.alien", "unknown-base-type", "warning", "no page defines the base type {}"),
        (
            "pair",
            "unknown-base-type",
            "info",
            "base type {} is the name of several types: example.a.pair, example.b.pair",
        ),
    ],
)
def test_a_base_type_that_is_not_known(tmp_path, base, check, severity, message):
    page = resource("thing", ["|id|String|The id.|"], keys=f'"baseType": "{base}"', representation='{"id": "string"}')
    pages = {"person.md": THINGS["resources/person.md"], "pairs.md": PAIRS, "thing.md": page}
    [finding] = [f for f in report(write(tmp_path, pages))["findings"] if f["path"].endswith("thing.md")]
    assert (finding["check"], finding["severity"]) == (check, severity)
    assert (finding["line"], finding["column"]) == (line_of(page, "baseType"), column_of(page, f'"{base}"'))
    assert finding["message"] == message.format(base)
