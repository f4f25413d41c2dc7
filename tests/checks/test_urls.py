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
    "a quoted key that looks like an argument": ("GET /mails/{id}", f"GET {HOST}/mails('AAMk=')"),
    "a quoted key with all that a path has": (
        "GET /mails/{id}/parts/{id}",
        f"GET {HOST}/mails('a/b?c=(d')/parts('x#')",
    ),
    "a quoted key with a quote": ("GET /people/{id}", f"GET {HOST}/people('o''neil@x.org')"),
    "two slashes in a quoted key": ("GET /mails/{id}", f"GET {HOST}/mails('AA//k=')"),
    "HEAD where GET goes": ("GET /things/{id}", f"HEAD {HOST}/things/1"),
    "a placeholder for the version": ("GET /things", "GET https://api.example.org/{version}/things"),
    "a path to the place of the template": ("GET /things/near", f"GET {HOST}/shops/1/things/near"),
    "a site in a path": ("GET /shares/{id}/item", f"GET {HOST}/shares/u!https:%2F%2Fx.org/item"),
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
    "the host's own path before the version": (
        "GET /users/{id}/things",
        "GET https://api.example.org/api/v1.0/users/1/things",
        "warning",
    ),
    "its first segment twice": ("GET /shops/{id}/things", f"GET {HOST}/shops/1/shops/2/things", "warning"),
    "a first segment that the template lacks": (
        "GET /shops/{id}/things",
        f"GET {HOST}/trade/shops/2/things",
        "warning",
    ),
    "two slashes": ("GET /things/{id}", f"GET {HOST}/things//1", "warning"),
    "an option without a question mark": ("GET /things/{id}", f"GET {HOST}/things/$filter=size eq 1", "warning"),
    "HEAD where nothing goes": ("GET /things", f"HEAD {HOST}/parts", "warning"),
}


@pytest.mark.parametrize("case", APART.values(), ids=APART)
def test_a_url_that_fits_no_template(tmp_path, case):
    template, line, severity = case
    page = examples(template, line)
    column = line.index("https:") + 1
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
    assert finding["message"] == "the URL has 'businesFlows' where the nearest path template has 'businessFlows'"
    assert finding["related"][0]["line"] == line_of(page, "GET /businessFlows")


def test_another_method_is_one_finding(tmp_path):
    line = f"PUT {HOST}/connections/1/items/2"
    page = examples("POST /connections/{id}/items", line)
    assert found(tmp_path, page) == [("method-mismatch", "warning", line_of(page, line), 1)]


TOLD = {
    "lacks the last": (
        "/a/{id}/b/{id}/$ref",
        "/a/1/b/2",
        "the URL lacks '/$ref' at its end, which the nearest path template has",
    ),
    "lacks the first": (
        "/outer/a/{id}",
        "/a/17",
        "the URL lacks 'outer' before 'a', which the nearest path template has",
    ),
    "lacks a key": (
        "/a/{id}/close",
        "/a/close",
        "the URL lacks '{id}' before 'close', which the nearest path template has",
    ),
    "adds the last": (
        "/a/{id}",
        "/a/1/Parts",
        "the URL has '/Parts' at its end, which the nearest path template lacks",
    ),
    "adds two": (
        "/a/close",
        "/a/b/{key}/close",
        "the URL has 'b/{id}' before 'close', which the nearest path template lacks",
    ),
    "swaps some": (
        "/chats/{id}/mails",
        "/teams/1/rooms/{id}/mails",
        "the URL has 'teams/1/rooms' where the nearest path template has 'chats'",
    ),
    "swaps an alias": (
        "/a/classes/{id}/work",
        "/a/me/work",
        "the URL has 'me' where the nearest path template has 'classes/{id}'",
    ),
    "differs twice": (
        "/chats/{id}/mails/{id}/parts",
        "/chats/1/letters/2",
        "compared with the nearest path template, the URL has 'letters' for 'mails' and lacks '/parts' at its end",
    ),
    "differs everywhere": (
        "/a/b/c/{id}/d/e/f",
        "/g/b/h/{id}/i/e/j",
        "the URL fits no path template, such as GET /a/b/c/{id}/d/e/f",
    ),
    "lacks a slash": (
        "/approvals/{id}",
        "/approvals{approval-id}",
        "a '/' is missing before '{approval-id}' in the URL",
    ),
}


@pytest.mark.parametrize("case", TOLD.values(), ids=TOLD)
def test_what_differs_is_told_and_where_it_stands(tmp_path, case):
    template, path, text = case
    page = examples(f"GET {template}", f"GET {HOST}{path}")
    [finding] = report(write(tmp_path, {"v1.0/api/op.md": page}))["findings"]
    assert finding["message"] == text
    assert (finding["line"], finding["column"]) == (line_of(page, f"GET {HOST}{path}"), 5)
    assert [related["line"] for related in finding["related"]] == [line_of(page, f"GET {template}")]


def test_a_slash_that_the_template_lacks_is_told_there(tmp_path):
    page = examples("DELETE /agents/{id}/groups{id2}/$ref", f"DELETE {HOST}/agents/1/groups/2/$ref")
    [finding] = report(write(tmp_path, {"v1.0/api/op.md": page}))["findings"]
    assert finding["message"] == "a '/' is missing before '{id2}' in the path template"
    assert (finding["line"], finding["column"]) == (line_of(page, "DELETE /agents"), 8)
    assert finding["related"][0]["line"] == line_of(page, f"DELETE {HOST}")


def test_an_empty_segment_of_a_template_is_told(tmp_path):
    page = examples("GET /things//parts", f"GET {HOST}/things/parts")
    assert found(tmp_path, page) == [("url-mismatch", "warning", line_of(page, "GET /things//parts"), 5)]


@pytest.mark.parametrize("extra", ["", "\nGET /parts\nDELETE /things/{id}"], ids=["alone", "beside its own"])
def test_a_url_that_has_another_method_in_the_http_request_section(tmp_path, extra):
    """Also beside an example that fits; where the URL stands there with its own method nothing is said."""
    line = f"DELETE {HOST}/things/1"
    page = examples(f"GET /things/{{id}}\nDELETE /parts/{{id}}{extra}", line, f"GET {HOST}/things/1")
    expected = [] if extra else [("method-mismatch", "warning", line_of(page, line), 1)]
    assert found(tmp_path, page) == expected


@pytest.mark.parametrize(
    ("title", "heading"), [("HTTP request", "Examples"), ('<a name="http-request"></a>HTTP-Anforderung', "Beispiele")]
)
def test_what_differs_does_not_depend_on_the_language(tmp_path, title, heading):
    page = examples("GET /outer/things/{id}", f"GET {HOST}/things/1")
    page = page.replace("## HTTP request", f"## {title}").replace("## Examples", f"## {heading}")
    assert found(tmp_path, page) == [("url-mismatch", "warning", line_of(page, f"GET {HOST}"), 5)]


BASE = "https://example.org/api/v2.0"


def test_a_path_before_the_version_that_all_urls_have_is_the_service_s(tmp_path):
    usual = {f"api/op{i}.md": examples("GET /things/{id}", f"GET {BASE}/things/1") for i in range(4)}
    assert report(write(tmp_path, usual))["findings"] == []
    line = f"GET {BASE.replace('2', '1')}/parts/1"
    page = examples("GET /things/{id}", line)
    reported = report(write(tmp_path, {"api/odd.md": page}))["findings"]
    places = {(f["check"], f["line"], f["column"]) for f in reported if f["path"].endswith("odd.md")}
    assert places == {(check, line_of(page, line), 5) for check in ("url-mismatch", "version-mismatch")}


HOSTS = {
    "two letters swapped": ("api.exmaple.org", True),
    "a letter left out": ("api.exampl.org", True),
    "another domain": ("api.example.net", False),
    "another service": ("login.example.org", False),
    "another region": ("apj.example.org", False),
    "a number": ("api.example2.org", False),
    "a part more": ("eu.api.example.org", False),
}


@pytest.mark.parametrize("case", HOSTS.values(), ids=HOSTS)
def test_a_host_that_nearly_is_the_usual_one(tmp_path, case):
    host, slip = case
    usual = {f"api/op{i}.md": examples("GET /things", f"GET {HOST}/things") for i in range(3)}
    line = f"GET https://{host}/v1.0/things"
    page = examples("GET /things", line)
    reported = report(write(tmp_path, {**usual, "api/odd.md": page}))["findings"]
    assert [(f["check"], f["line"], f["column"]) for f in reported] == [("url-mismatch", line_of(page, line), 5)] * slip
    if slip:
        both = {"api/odd.md": page, "api/twice.md": page}
        assert report(write(tmp_path, both))["findings"] == [], "what stands twice is meant"


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


PAGE = "the page of version 'v1.0'"
LISTED = "the page's HTTP request section lists 'v1.0' and 'beta'"
VERSIONS = {
    "both that the section lists": (f"GET {BRIEF}/v1.0/things\nGET {BRIEF}/beta/things", "beta", None),
    "none of those that it lists": (f"GET {BRIEF}/v1.0/things\nGET {BRIEF}/beta/things", "v2.0", LISTED),
    "the folder's": ("GET /things", "v1.0", None),
    "another than the folder's": ("GET /things", "beta", PAGE),
    "in another spelling": ("GET /things", "V1.0", PAGE),
}


@pytest.mark.parametrize("case", VERSIONS.values(), ids=VERSIONS)
def test_the_versions_of_a_page(tmp_path, case):
    template, version, expected = case
    line = f"GET {BRIEF}/{version}/things"
    page = examples(template, line, f"GET {BRIEF}/v1.0/things")
    [*found] = of_check(report(write(tmp_path, {"v1.0/api/op.md": page})), "version-mismatch")
    text = f"the URL is of version '{version}', {expected}"
    places = [(line_of(page, f"http\n{line}".split("\n")[1], 2 if line in template else 1), 5)]
    assert [f["message"] for f in found] == ([text] if expected else [])
    assert [(f["line"], f["column"]) for f in found] == (places if expected else [])


@pytest.mark.parametrize(("others", "told"), [(2, True), (1, False)], ids=["the odd one", "no majority"])
def test_the_version_of_nearly_all_urls(tmp_path, others, told):
    """Of 24 URLs one or two of another version: only one that stands alone is odd."""
    pages = {f"api/op{i}.md": examples("GET /things", f"GET {HOST}/things") for i in range(22 + others - 1)}
    pages |= {f"api/odd{i}.md": examples("GET /things", f"GET {BRIEF}/beta/things") for i in range(3 - others)}
    assert len(of_check(report(write(tmp_path, pages)), "version-mismatch")) == int(told)


def test_a_leftover_in_a_url_is_one_finding(tmp_path):
    own = examples("GET /things", *[f"GET {HOST}/things"] * 4)
    line = f"GET {BRIEF}/v1.0** Entity URI for a.b not found"
    page = examples("GET /things", line)
    found = report(write(tmp_path, {"v1.0/api/own.md": own, "v1.0/api/op.md": page}))["findings"]
    assert [(f["check"], f["line"], f["column"]) for f in found] == [
        ("leftover", line_of(page, line), line.index("**") + 1)
    ]


def test_urls_without_versions_are_no_slip_where_they_are_the_habit(tmp_path):
    pages = {f"v1.0/api/op{i}.md": examples("GET /things", f"GET {BRIEF}/things") for i in range(4)}
    assert report(write(tmp_path, pages))["findings"] == []


ODD = {
    "a method": ("GET /things\nGET /me/things\nPUT /users/{id}/things", "method-mismatch", "PUT /users", 1),
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
            "'@odata.context' is of version 'beta', the page's HTTP request section lists 'v1.0'",
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
