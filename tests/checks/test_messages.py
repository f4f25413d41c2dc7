"""HTTP messages: start lines, header fields and bodies against each other and against the prose."""

from __future__ import annotations

import json

import pytest

from tests.helpers import run, write

JSON = "Content-Type: application/json\n\n"


def page(response: str, request: str = "POST /things", *, prose: str = "", keys: str = "") -> str:
    return (
        f"# A page\n\n## Response\n\n{prose}\n\n## Example\n\n"
        f'<!-- {{ "blockType": "request" }} -->\n```http\n{request}\n```\n\n'
        f'<!-- {{ "blockType": "response"{keys} }} -->\n```http\n{response}\n```\n'
    )


TYPED = ', "@odata.type": "microsoft.graph.None"'
CLEAN = {
    "no content": page("HTTP/1.1 204 No Content"),
    "no content that is typed None": page("HTTP/1.1 204 No Content", keys=TYPED),
    "a JSON body": page(f"HTTP/1.1 200 OK\n{JSON}[]"),
    "a phrase in other case": page("HTTP/1.1 204 no content"),
    "an older phrase": page("HTTP/1.1 302 Moved Temporarily\nLocation: /x"),
    "no phrase": page("HTTP/2 204"),
    "a code of the service's own": page("HTTP/1.1 299 Fine"),
    "JSON of a media type": page("HTTP/1.1 200 OK\nContent-Type: application/scim+json\n\n[]"),
    "text": page("HTTP/1.1 200 OK\nContent-Type: text/csv\n\na,b\n1,2"),
    "a multipart body": page("HTTP/1.1 200 OK\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n{}\n--x--"),
    "the promised code": page("HTTP/1.1 202 Accepted", prose="If successful, returns `202 Accepted`."),
    "one of two promised codes": page("HTTP/1.1 204 No Content", prose="Returns `202 Accepted` or `204 No Content`."),
    "an error beside the promise": page(
        f'HTTP/1.1 404 Not Found\n{JSON}{{"error": {{"code": "x"}}}}', prose="Returns `200 OK`."
    ),
    "a body of which the length is right": page("HTTP/1.1 200 OK\nContent-Length: 2\n" + JSON + "[]"),
    "the length with a final newline": page("HTTP/1.1 200 OK\nContent-Length: 3\n" + JSON + "[]"),
}
STATUS = page("@").split("\n").index("@") + 1
FIELD = STATUS + 1
WRONG = {
    "a phrase of another code": (page("HTTP/1.1 204 OK"), "reason-phrase", STATUS),
    "another code than promised": (
        page("HTTP/1.1 202 Accepted", prose="Returns `204 No Content`."),
        "status-prose",
        STATUS,
    ),
    "a body where there is none": (page(f"HTTP/1.1 204 No Content\n{JSON}[]"), "body-unexpected", STATUS),
    "no body where one is typed": (
        page("HTTP/1.1 200 OK", keys=', "@odata.type": "Edm.String"'),
        "body-missing",
        STATUS,
    ),
    "JSON without a media type": (page("HTTP/1.1 200 OK\n\n[{}]"), "content-type", STATUS),
    "JSON as text": (page("HTTP/1.1 200 OK\nContent-Type: text/plain\n\n[{}]"), "content-type", FIELD),
    "no version": (page("HTTP 204 No Content"), "http-form", STATUS),
    "a field after a blank line": (page(f"HTTP/1.1 200 OK\n\n{JSON}[]"), "header-after-blank", STATUS + 2),
    "a length that is wrong": (page(f"HTTP/1.1 200 OK\nContent-Length: 7\n{JSON}[]"), "content-length", FIELD),
    "a media type of nothing": (
        page("HTTP/1.1 204 No Content\nContent-Type: text/plain"),
        "content-type-empty",
        FIELD,
    ),
    "no blank line before the body": (
        page("HTTP/1.1 200 OK\nContent-Type: application/json\n[]"),
        "http-form",
        STATUS + 2,
    ),
}


def found(tmp_path, text):
    folder = write(tmp_path, {"page.md": text})
    # Of all checks, also those that are off; no page here defines a type.
    ids = [line.split()[0] for line in run("checks")[1].splitlines()]
    wanted = ",".join(one for one in ids if one not in ("unresolved-type", "unknown-type"))
    code, out, err = run("check", folder, "--select", wanted, "--output-format", "json")
    assert code in (0, 1), err
    return [(f["check"], f["line"], f["column"]) for f in json.loads(out)["findings"]]


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_clean_messages(tmp_path, text):
    assert found(tmp_path, text) == []


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_line(tmp_path, case):
    text, check, line = case
    assert found(tmp_path, text) == [(check, line, 1)]
