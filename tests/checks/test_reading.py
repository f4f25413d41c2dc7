"""Front matter that a configuration requires, and `doc_type` against what the page shows."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, of_check, report, write
from tests.pages import operation, resource

CONFIGURATION = """[required-front-matter]
title = []
doc_type = ["apiPageType", "resourcePageType"]
"""
OPERATION = operation('{"id": "1"}')
RESOURCE = resource("thing", ["|id|String|The id.|"], representation='{"id": "string"}')
BOTH = OPERATION + RESOURCE[RESOURCE.index("## Properties") :]


def found(tmp_path, page, configuration=CONFIGURATION):
    pages = {"page.md": page, "docextract.toml": configuration}
    return of_check(report(write(tmp_path, pages)), "front-matter-required")


CLEAN = {
    "an operation": OPERATION,
    "a type": RESOURCE,
    "a page of both": BOTH,
    "a page of both that calls itself a type": BOTH.replace("apiPageType", "resourcePageType"),
    "an empty title": OPERATION.replace('"An operation"', '""'),
    "prose that calls itself an operation": '---\ntitle: "A"\ndoc_type: apiPageType\n---\n\n# A\n',
}


@pytest.mark.parametrize("page", CLEAN.values(), ids=CLEAN)
def test_what_is_required_and_there(tmp_path, page):
    assert found(tmp_path, page) == []


WRONG = {
    "no title": (
        OPERATION.replace('title: "An operation"\n', ""),
        (1, 1, "front matter key 'title' is missing; the configuration requires it"),
    ),
    "another value": (
        OPERATION.replace("apiPageType", "tutorial"),
        (3, 1, "front matter key 'doc_type' is 'tutorial', expected one of apiPageType, resourcePageType"),
    ),
    "an operation that calls itself a type": (
        OPERATION.replace("apiPageType", "resourcePageType"),
        (3, 1, "doc_type is resourcePageType, but the page defines exchanges and no type, expected apiPageType"),
    ),
    "a type that calls itself an operation": (
        RESOURCE.replace("resourcePageType", "apiPageType"),
        (3, 1, "doc_type is apiPageType, but the page defines a type and no exchange, expected resourcePageType"),
    ),
}


@pytest.mark.parametrize(("page", "expected"), WRONG.values(), ids=WRONG)
def test_one_finding_at_its_key(tmp_path, page, expected):
    assert [(f["line"], f["column"], f["message"]) for f in found(tmp_path, page)] == [expected]


def test_without_a_configuration_no_key_is_required(tmp_path):
    assert found(tmp_path, "# A page\n", "") == []


@pytest.mark.parametrize("written", ["resourcePageType_", "apiPagetype", "enumPagesType", "apiPage"])
def test_a_slip_in_doc_type_is_answered_with_the_word(tmp_path, written):
    page = f'---\ntitle: "A"\ndoc_type: {written}\n---\n\n# A page\n'
    [finding] = found(tmp_path, page, "")
    assert (finding["line"], finding["column"]) == (line_of(page, "doc_type"), 1)
    assert finding["message"].startswith(f"doc_type is {written}, did you mean ")


@pytest.mark.parametrize(("written", "meant"), [("tittle", "title"), ("descripton", "description")])
def test_a_slip_in_a_key_is_answered_where_the_page_lacks_the_right_one(tmp_path, written, meant):
    page = f'---\n{written}: "A"\nauthors: "B"\n---\n\n# A page\n'
    [finding] = found(tmp_path, page, "")
    assert (finding["line"], finding["column"]) == (2, 1)
    assert finding["message"] == f"front matter key '{written}', did you mean '{meant}'? The page has no '{meant}'"
    assert found(tmp_path, page.replace("authors", meant), "") == []
    assert found(tmp_path, page.replace(written, meant), "") == []
