"""The type of a body, and how it is known: by name, by what the body says of itself, by a link in prose."""

from __future__ import annotations

import pytest

from tests.helpers import in_body, line_of, of_check, report, write
from tests.pages import THING, THINGS, above_examples, operation, request, resource, table, typed


@pytest.mark.parametrize(("links", "severity"), [(0, "error"), (9, "info")], ids=["whole", "extract"])
@pytest.mark.parametrize(("name", "near"), [("alien", False), ("persn", True)])
def test_a_type_that_an_extract_may_lack_is_an_information(tmp_path, links, severity, name, near):
    body = f'{{"owner": {{"@odata.type": "#microsoft.graph.{name}"}}}}'
    missing = "\n".join(f"See [this](../resources/missing{number}.md)." for number in range(links))
    pages = {**THINGS, "api/op.md": operation(body, keys=THING), "api/links.md": f"# Links\n\n{missing}\n"}
    [finding] = of_check(report(write(tmp_path, pages)), "unknown-type")
    assert finding["severity"] == ("error" if near else severity)
    assert ("did you mean microsoft.graph.person?" in finding["message"]) is near


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ('"truncated": true', [("unresolved-type", -4, 21)]),
        (f'{THING}, "isCollection": true', [("type-mismatch", 2, 29)]),
    ],
    ids=["a link", "an annotation"],
)
def test_what_an_item_says_of_itself_beats_a_link_in_prose(tmp_path, keys, expected):
    body = '{\n  "value": [{"@odata.type": "#microsoft.graph.person", "age": 3}, {"id": "2"}]\n}'
    prose = "Returns `200 OK` and a collection of [thing](../resources/thing.md) objects."
    page = above_examples(operation(body, keys=keys), "Response", prose)
    assert in_body(tmp_path, {**THINGS, "api/op.md": page}, body) == expected


@pytest.mark.parametrize(("name", "severity"), [("thng", "error"), ("stranger", "error"), ("requestBodyOf.op", "info")])
def test_an_unknown_type_where_the_page_has_a_table_of_its_own(tmp_path, name, severity):
    typed = f'"@odata.type": "microsoft.graph.{name}"'
    page = operation('{"id": "1"}', keys=THING, request=request("POST /things", '{"name": "x"}'))
    if severity == "info":
        page = page.replace('"name": "an_operation"', f'"name": "an_operation", {typed}')
    else:
        page = page.replace(THING, f'{typed}, "truncated": true')
    page = above_examples(page, "Request body", table(["|name|String|Name.|", "|size|Int32|Size.|"]))
    found = of_check(report(write(tmp_path, {**THINGS, "api/op.md": page})), "unknown-type")
    assert [(f["severity"], f["line"]) for f in found] == [(severity, line_of(page, name))]


FOREIGN = """
## Response

Returns `201 Created` and a [thing](../resources/thing.md) in the response body.

## The call back

```http
POST https://hook.example.net/things
Content-Type: application/json

{ "requests": [] }
```

```http
HTTP/1.1 200 OK
Content-Type: application/json

{ "responses": [] }
```
"""


@pytest.mark.parametrize(("host", "checks"), [("hook.example.net", []), ("api.example.org", ["undeclared-property"])])
def test_a_call_back_is_not_judged_by_what_the_page_says_of_its_operation(tmp_path, host, checks):
    page = operation(
        '{"id": "1"}',
        request="POST https://api.example.org/things",
        status="201 Created",
        keys=typed("thing", truncated=False),
    )
    page += FOREIGN.replace("hook.example.net", host)
    pages = {
        "resources/thing.md": resource("thing", ["|id|String|The id.|"]),
        "api/op.md": page,
        "api/own.md": operation('{"id": "1"}', request="GET https://api.example.org/things/1"),
    }
    findings = [f for f in report(write(tmp_path, pages))["findings"] if f["path"].endswith("op.md")]
    assert sorted({f["check"] for f in findings} & {"undeclared-property", "status-prose"}) == sorted(
        [*checks, *(["status-prose"] if checks else [])]
    )
