"""Request lines against the page's own HTTP request section, and requests to other hosts."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, of_check, report, write
from tests.pages import examples, operation

HOST = "https://api.example.org/v1.0"
GUID = "acdefc6b-2dc6-4e71-b1e9-6d9810ab1793"


def found(tmp_path, page):
    findings = report(write(tmp_path, {"v1.0/api/op.md": page}))["findings"]
    return [(f["check"], f["severity"], f["line"], f["column"]) for f in findings]


FITTING = {
    "placeholders": ("GET /things/{id}", f"GET {HOST}/things/1"),
    "a placeholder in the example": ("GET /things/{id}", f"GET {HOST}/things/{{thing-id}}"),
    "a key in the template": (f"GET /things/{GUID}/parts", f"GET {HOST}/things/17/parts"),
    "the query": ("GET /things", f"GET {HOST}/things?$top=5"),
    "me for a user": ("GET /users/{id}/things", f"GET {HOST}/me/things"),
    "me below a segment": ("GET /school/users/{id}/things", f"GET {HOST}/school/me/things"),
    "a function": ("GET /things/near(city='{city}')", f"GET {HOST}/things/near(city='Bern')"),
    "a function in its namespace": ("GET /things/microsoft.graph.near()", f"GET {HOST}/things/near()"),
    "a cast that the template lacks": ("GET /things/{id}/owners", f"GET {HOST}/things/1/owners/microsoft.graph.user"),
    "a cast without the namespace": ("GET /owners/graph.user", f"GET {HOST}/owners/microsoft.graph.user"),
    "a key in parentheses": ("GET /cases/{id}/sets/{id}", f"GET {HOST}/cases('1')/sets('2')"),
    "a key in the template's parentheses": ("GET /profiles(kind)/agents/{id}", f"GET {HOST}/profiles('a')/agents/1"),
    "a placeholder in parentheses": ("GET /things/(thing-id)/parts", f"GET {HOST}/things/1/parts"),
    "a template that begins in the middle": ("POST /workbook/close", f"POST {HOST}/me/drive/items/1/workbook/close"),
    "a template with a part left out": (
        "GET /folders/{id}/folders/{id}/.../contacts/{id}",
        f"GET {HOST}/folders/1/folders/2/folders/3/contacts/4",
    ),
    "percent-encoding": ("GET /things/near(city='{city}')", f"GET {HOST}/things/near(city%3D'Bern')"),
    "aliases of a drive": ("GET /drives/{id}/items/{id}", f"GET {HOST}/me/drive/items/1"),
    "a path in a drive": ("GET /me/drive/items/{id}/content", f"GET {HOST}/me/drive/root:/a/b.txt:/content"),
    "a query on the next line": ("GET /things", f"GET {HOST}/things?\n$top=5&\n$skip=5"),
    "several templates": ("GET /things/{id}\nGET /me/things/{id}", f"GET {HOST}/me/things/1"),
    "another host": ("GET /things", f"GET {HOST}/things", "POST https://hook.example.net/notify"),
}


@pytest.mark.parametrize("case", FITTING.values(), ids=FITTING)
def test_a_request_that_fits(tmp_path, case):
    template, *lines = case
    # Two more requests make the doc set's own host known.
    own = examples("GET /things", f"GET {HOST}/things")
    assert found(write(tmp_path, {"v1.0/api/own.md": own}), examples(template, *lines)) == []


APART = {
    "a slip": ("GET /businessTemplates", f"GET {HOST}/businesTemplates", "warning"),
    "another last segment": ("POST /things/{id}/replies", f"POST {HOST}/things/1/messages", "warning"),
    "a segment less": ("DELETE /classes/{id}/members/{id}/$ref", f"DELETE {HOST}/classes/1/members/2", "warning"),
    "a middle that is another": ("POST /workbook/close", f"POST {HOST}/me/drive/items/1/worksheet/close", "warning"),
    "another function": ("GET /things/near(city='{city}')", f"GET {HOST}/things/far(city='Bern')", "warning"),
    "a segment more": ("GET /things", f"GET {HOST}/things/1", "warning"),
}


@pytest.mark.parametrize("case", APART.values(), ids=APART)
def test_a_url_that_fits_no_template(tmp_path, case):
    template, line, severity = case
    page = examples(template, line)
    column = line.index("h") + 1
    assert found(tmp_path, page) == [("url-mismatch", severity, line_of(page, line), column)]


def test_beside_an_example_that_fits_a_related_operation_is_info_and_a_slip_is_not(tmp_path):
    related, slip = f"GET {HOST}/things/1/parts", f"GET {HOST}/thing/1"
    page = examples("GET /things/{id}", f"GET {HOST}/things/1", related, slip)
    assert found(tmp_path, page) == [
        ("url-mismatch", "info", line_of(page, related), 5),
        ("url-mismatch", "warning", line_of(page, slip), 5),
    ]


def test_a_slip_is_answered_with_the_segment_and_its_template(tmp_path):
    page = examples("GET /users\nGET /businessFlows/{id}", f"GET {HOST}/businesFlows/1")
    [finding] = report(write(tmp_path, {"v1.0/api/op.md": page}))["findings"]
    assert "'businesFlows'" in finding["message"]
    assert "did you mean 'businessFlows'?" in finding["message"]
    assert finding["related"][0]["line"] == line_of(page, "GET /businessFlows")


def test_another_method_is_one_finding(tmp_path):
    line = f"PUT {HOST}/connections/1/items/2"
    page = examples("POST /connections/{id}/items", line)
    assert found(tmp_path, page) == [("method-mismatch", "warning", line_of(page, line), 1)]


BRIEF = "https://api.example.org"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"GET {BRIEF}/things", "the URL has no version, expected 'v1.0' after the host"),
        (f"GET {BRIEF}/{{version}}/things", None),
        ("GET /things", None),
        ("GET https://login.example.net/things", None),
        (f"GET {BRIEF}/v2/things", "the URL is of version 'v2'"),
    ],
    ids=["none", "a placeholder", "a path", "another host", "another"],
)
def test_the_version_of_a_url_among_others_with_one(tmp_path, line, expected):
    own = examples("GET /things", *[f"GET {HOST}/things"] * 4)
    page = examples("GET /things", line)
    found = of_check(report(write(tmp_path, {"v1.0/api/own.md": own, "v1.0/api/op.md": page})), "version-mismatch")
    assert [(f["line"], f["column"]) for f in found] == ([(line_of(page, line), 5)] if expected else [])
    assert all(expected in f["message"] for f in found)


def test_urls_without_versions_are_no_slip_where_they_are_the_habit(tmp_path):
    pages = {f"v1.0/api/op{i}.md": examples("GET /things", f"GET {BRIEF}/things") for i in range(4)}
    assert report(write(tmp_path, pages))["findings"] == []


ODD = {
    "a method": ("GET /things\nGET /me/things\nPUT /users/{id}/things", "method-mismatch", "PUT /users", 1),
    "a segment": ("GET /users/{id}/thing\nGET /me/things", "url-mismatch", "GET /users", 5),
}
EVEN = {
    "two methods twice": "GET /things\nGET /me/things\nPUT /things\nPUT /me/things",
    "two methods once": "GET /things\nPUT /things",
    "two operations": "GET /me/photo\nGET /me/photos\nGET /users/{id}/photo\nGET /users/{id}/photos",
    "an alias": "GET /drive/things\nGET /me/drive/things\nGET /users/{id}/drive/things",
}


@pytest.mark.parametrize("case", ODD.values(), ids=ODD)
def test_one_path_template_that_is_unlike_the_others(tmp_path, case):
    templates, check, line, column = case
    page = examples(templates, f"GET {HOST}/me/things")
    assert found(tmp_path, page) == [(check, "warning", line_of(page, line), column)]


@pytest.mark.parametrize("templates", EVEN.values(), ids=EVEN)
def test_path_templates_that_differ_on_purpose(tmp_path, templates):
    first = templates.split("\n")[0].replace("GET ", f"GET {HOST}")
    assert found(tmp_path, examples(templates, first)) == []


def test_path_templates_are_no_examples(tmp_path):
    """Several templates in one block are how the HTTP request section is written."""
    templates = "GET /me/calendar\nGET /users/{id}/calendar\nAuthorization: Bearer {token}"
    assert found(tmp_path, examples(templates, f"GET {HOST}/me/calendar")) == []


def test_two_requests_in_one_example(tmp_path):
    line = f"GET {HOST}/me/things\nGET {HOST}/users/1/things"
    page = examples("GET /me/things", line)
    assert found(tmp_path, page) == [("http-form", "warning", line_of(page, "users/1"), 1)]


def test_an_overview_has_examples_and_no_templates(tmp_path):
    page = (
        "# Overview\n\n## Lists\n\n```http\nGET /lists\n```\n\n## Tasks\n\n```http\nGET /lists/{id}/tasks\n```\n\n"
        "## Links\n\n```http\nGET /links/{id}\n```\n"
    )
    assert found(tmp_path, page) == []


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (
            "https://api.example.org/beta/$metadata#things",
            "'@odata.context' is of version 'beta', the page of version 'v1.0'",
        ),
        ("https://api.example.org/v1.0/$metadata#things", None),
        ("https://login.example.net/beta/$metadata#things", None),
        ("$metadata#things", None),
    ],
    ids=["another", "its own", "another host", "none"],
)
def test_the_version_of_a_context(tmp_path, context, expected):
    body = f'{{\n  "@odata.context": "{context}",\n  "id": "1"\n}}'
    page = operation(body, request=f"GET {HOST}/things/1")
    found = of_check(report(write(tmp_path, {"v1.0/api/op.md": page})), "version-mismatch")
    place = (line_of(page, "@odata.context"), 21)
    assert [(f["message"], (f["line"], f["column"])) for f in found] == ([(expected, place)] if expected else [])
