"""JSON in code blocks of its own: the body of the message above it, or the answer to the request above it."""

from __future__ import annotations

import json

import pytest

from tests.helpers import line_of, report, run, write
from tests.pages import resource

JSON = '```json\n{ "id": "1" }\n```\n'
HEAD = "Content-Type: application/json"


def block(text: str, keys: str = "", info: str = "http") -> str:
    comment = f"<!-- {{ {keys} }} -->\n" if keys else ""
    return f"{comment}```{info}\n{text}\n```\n\n"


REQUEST, RESPONSE = '"blockType": "request"', '"blockType": "response"'
DONE = block("HTTP/1.1 204 No Content", RESPONSE)
GET = block("GET https://api.example.org/things", REQUEST)

#: Pages whose JSON belongs to no message.
APART = {
    "below an answer with a body": GET + block(f'HTTP/1.1 200 OK\n{HEAD}\n\n{{ "id": "2" }}', RESPONSE) + JSON,
    "below an answer that has none": GET + DONE + JSON,
    "below another heading": GET + block(f"HTTP/1.1 200 OK\n{HEAD}", RESPONSE) + "## Notes\n\n" + JSON,
    "below an answer in another form": GET + block("HTTP/1.1 200 OK\nContent-Type: text/csv", RESPONSE) + JSON,
    "below a request that sends nothing": GET
    + JSON.replace("```json", '<!-- { "blockType": "ignored" } -->\n```json')
    + DONE,
    "of a template": "## HTTP request\n\n" + block("POST /things", '"blockType": "ignored"') + JSON + GET + DONE,
    "of a resource": GET + '<!-- { "blockType": "resource", "@odata.type": "a.b" } -->\n' + JSON + DONE,
    "in another language": GET + JSON.replace("json", "javascript") + DONE,
    "that is none": GET + "```\n{not JSON at all\n```\n\n" + DONE,
    "in another zone": ':::zone pivot="a"\n'
    + block("GET https://api.example.org/things")
    + ':::zone-end\n\n:::zone pivot="b"\n'
    + JSON
    + ":::zone-end\n",
}
#: Pages with a body in a block of its own: the page, the line of its message by words.
BODIES = {
    "of a request": (block(f"POST /things\n{HEAD}", REQUEST) + JSON + "\n" + DONE, "POST"),
    "of a request whose header does not say so": (block("PATCH /things/1", REQUEST) + JSON + "\n" + DONE, "PATCH"),
    "of a request, in the next section": (
        "### Request\n\n"
        + block("POST /things", REQUEST)
        + "### Request body\n\n"
        + JSON
        + "\n### Response\n\n"
        + DONE,
        "POST",
    ),
    "of a call back": (block(f"POST https://bot.example.com/calls\n{HEAD}") + JSON, "POST"),
    "of a response": (GET + block(f"HTTP/1.1 200 OK\n{HEAD}", RESPONSE) + JSON, "200"),
    "of a response whose annotation says so": (
        GET + block("HTTP/1.1 200 OK", RESPONSE + ', "@odata.type": "microsoft.graph.thing"') + "Text.\n\n" + JSON,
        "200",
    ),
    "of a response with a length": (GET + block("HTTP/1.1 201 Created\nContent-Length: 14", RESPONSE) + JSON, "201"),
    "in a German page": (
        '## <a name="request"></a>Anforderung\n\n' + block(f"POST /things\n{HEAD}", REQUEST) + JSON + "\n" + DONE,
        "POST",
    ),
    "annotated as an example": (
        block(f"POST /things\n{HEAD}", REQUEST) + '<!-- { "blockType": "example" } -->\n' + JSON + "\n" + DONE,
        "POST",
    ),
}
#: Pages on which JSON alone is the answer.
ANSWERS = {
    "in the section of the request": block("GET /things/1") + JSON,
    "in a section of its own": "### Request\n\n" + block("DELETE /things/1") + "### Response\n\n" + JSON,
    "in a German section": '### <a name="request"></a>Anforderung\n\n'
    + block("POST /things/1/copy")
    + '### <a name="response"></a>Antwort\n\n'
    + JSON,
    "announced as a response": block(f'POST /things/search\n{HEAD}\n\n{{ "q": 1 }}') + "**Response**\n\n" + JSON,
    "announced in Chinese": block(f'POST /things/search\n{HEAD}\n\n{{ "q": 1 }}') + "响应如下。\n\n" + JSON,
    "as an array": block("GET /things/1") + JSON.replace('{ "id": "1" }', '[{ "id": "1" }]'),
}


def fixtures(tmp_path, page):
    pages = {"page.md": f"# A page\n\n{page}", "thing.md": resource("thing", ["|id|String|The id.|"])}
    code, _, _ = run("extract", write(tmp_path / "docs", pages), "--output", tmp_path / "out")
    assert code == 0
    entries = json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))["exchanges"]
    return [json.loads((tmp_path / "out" / entry["file"]).read_text("utf-8")) for entry in entries]


def found(tmp_path, page):
    findings = report(write(tmp_path / "docs", {"page.md": f"# A page\n\n{page}"}))["findings"]
    kinds = ("http-form", "half-annotated-exchange", "missing-response", "body-missing", "content-type")
    return [(f["check"], f["line"], f["column"]) for f in findings if f["check"] in kinds]


def texts(fixture):
    return [side["text"] for side in (fixture["request"], fixture["response"]) if side]


@pytest.mark.parametrize("page", APART.values(), ids=APART)
def test_json_that_belongs_to_no_message(tmp_path, page):
    assert all('{ "id": "1" }' not in (text or "") for one in fixtures(tmp_path, page) for text in texts(one))
    assert [check for check, _, _ in found(tmp_path, page) if check == "http-form"] == []


@pytest.mark.parametrize("case", BODIES.values(), ids=BODIES)
def test_a_body_in_a_block_of_its_own_is_one_finding(tmp_path, case):
    page, words = case
    assert found(tmp_path, page) == [("http-form", line_of(f"# A page\n\n{page}", words), 1)]
    assert ['{ "id": "1" }' in texts(one) for one in fixtures(tmp_path, page)] == [True]


@pytest.mark.parametrize("page", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_of_json_alone(tmp_path, page):
    [fixture] = fixtures(tmp_path, page)
    response = fixture["response"]
    assert (response["start_line"], response["status"], response["headers"]) == (None, None, [])
    assert response["body"] in ({"id": "1"}, [{"id": "1"}])
    assert found(tmp_path, page) == []


def test_an_answer_of_json_alone_to_an_annotated_request_is_half_annotated(tmp_path):
    page = GET + JSON
    assert found(tmp_path, page) == [("half-annotated-exchange", line_of(f"# A page\n\n{page}", '{ "id'), 1)]


@pytest.mark.parametrize("kind", ["example", "response"])
def test_the_annotation_of_a_body_names_its_type(tmp_path, kind):
    head = block(f"HTTP/1.1 200 OK\n{HEAD}", RESPONSE if kind == "response" else "")
    body = '<!-- { "blockType": "example", "@odata.type": "microsoft.graph.thing" } -->\n```json\n{ "id": 1 }\n```\n'
    page = "# A page\n\n" + (GET if kind == "response" else block("GET /things")) + head + body
    folder = write(tmp_path, {"page.md": page, "thing.md": resource("thing", ["|id|String|The id.|"])})
    wrong = [(f["line"], f["column"]) for f in report(folder)["findings"] if f["check"] == "wrong-type"]
    assert wrong == [(line_of(page, '"id": 1'), 9)]
