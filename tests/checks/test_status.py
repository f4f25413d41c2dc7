"""Status lines, header fields and bodies against each other and against the prose."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, places, report, run, write
from tests.pages import exchange, operation

JSON = "Content-Type: application/json\n\n"
TYPED = '"@odata.type": "microsoft.graph.None"'
CLEAN = {
    "no content": exchange("HTTP/1.1 204 No Content"),
    "no content that is typed None": exchange("HTTP/1.1 204 No Content", keys=TYPED),
    "a JSON body": exchange(f"HTTP/1.1 200 OK\n{JSON}[]"),
    "a phrase in other case": exchange("HTTP/1.1 204 no content"),
    "an older phrase": exchange("HTTP/1.1 302 Moved Temporarily\nLocation: /x"),
    "no phrase": exchange("HTTP/2 204"),
    "a code of the service's own": exchange("HTTP/1.1 299 Fine"),
    "JSON of a media type": exchange("HTTP/1.1 200 OK\nContent-Type: application/scim+json\n\n[]"),
    "text": exchange("HTTP/1.1 200 OK\nContent-Type: text/csv\n\na,b\n1,2"),
    "a multipart body": exchange("HTTP/1.1 200 OK\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n{}\n--x--"),
    "the promised code": exchange("HTTP/1.1 202 Accepted", prose="If successful, returns `202 Accepted`."),
    "one of two promised codes": exchange(
        "HTTP/1.1 204 No Content", prose="Returns `202 Accepted` or `204 No Content`."
    ),
    "an error beside the promise": exchange(
        f'HTTP/1.1 404 Not Found\n{JSON}{{"error": {{"code": "x"}}}}', prose="Returns `200 OK`."
    ),
    "a success beside 207 for errors": exchange(
        f"HTTP/1.1 200 OK\n{JSON}[]", prose="If an error occurs in one of them, returns `207 Multi-Status`."
    ),
    "a body below GET": exchange("HTTP/1.1 204 No Content", request='GET /things\n\n{"id": "1"}'),
    "a placeholder in braces": exchange("HTTP/1.1 200 OK\nContent-Type: text/plain\n\n{randomString}"),
    "an error": exchange(f'HTTP/1.1 404 Not Found\n{JSON}{{"error": {{"message": "x"}}}}'),
    "several errors": exchange(f'HTTP/1.1 404 Not Found\n{JSON}{{"errors": {{"message": "x"}}}}'),
    "an error of another shape": exchange(
        f'HTTP/1.1 404 Not Found\n{JSON}{{"title": "x", "eror": {{"message": "y"}}}}'
    ),
    "a body that is no error": exchange(f'HTTP/1.1 200 OK\n{JSON}{{"eror": {{"message": "y"}}}}'),
    "a body of which the length is right": exchange("HTTP/1.1 200 OK\nContent-Length: 2\n" + JSON + "[]"),
    "the length with a final newline": exchange("HTTP/1.1 200 OK\nContent-Length: 3\n" + JSON + "[]"),
}
CLEAN |= {
    "the promised code in German": exchange("HTTP/1.1 202 Accepted", prose="Gibt `202 Accepted` zur\u00fcck.").replace(
        "## Response", '## <a name="response"></a>Antwort'
    ),
    "the promised code in Chinese": exchange(
        "HTTP/1.1 202 Accepted", prose="\u5982\u679c\u6210\u529f\uff0c\u8fd4\u56de `202 Accepted`\u3002"
    ).replace("## Response", '## <a name="response"></a>\u54cd\u5e94'),
}
STATUS = exchange("@").split("\n").index("@") + 1
FIELD = STATUS + 1
WRONG = {
    "a phrase of another code": (exchange("HTTP/1.1 204 OK"), "reason-phrase", STATUS),
    "another code than promised": (
        exchange("HTTP/1.1 202 Accepted", prose="Returns `204 No Content`."),
        "status-prose",
        STATUS,
    ),
    "another code than promised in German": (
        CLEAN["the promised code in German"].replace("HTTP/1.1 202 Accepted", "HTTP/1.1 200 OK"),
        "status-prose",
        STATUS,
    ),
    "another code than promised in Chinese": (
        CLEAN["the promised code in Chinese"].replace("HTTP/1.1 202 Accepted", "HTTP/1.1 200 OK"),
        "status-prose",
        STATUS,
    ),
    "a success beside another and 207": (
        exchange("HTTP/1.1 202 Accepted", prose="Returns `204 No Content`, or `207 Multi-Status` if one fails."),
        "status-prose",
        STATUS,
    ),
    "a body where there is none": (exchange(f"HTTP/1.1 204 No Content\n{JSON}[]"), "body-unexpected", STATUS),
    "no body where one is typed": (
        exchange("HTTP/1.1 200 OK", keys='"@odata.type": "Edm.String"'),
        "body-missing",
        STATUS,
    ),
    "JSON without a media type": (exchange("HTTP/1.1 200 OK\n\n[{}]"), "content-type", STATUS),
    "JSON as text": (exchange("HTTP/1.1 200 OK\nContent-Type: text/plain\n\n[{}]"), "content-type", FIELD),
    "no version": (exchange("HTTP 204 No Content"), "http-form", STATUS),
    "a field after a blank line": (exchange(f"HTTP/1.1 200 OK\n\n{JSON}[]"), "header-after-blank", STATUS + 2),
    "a length that is wrong": (exchange(f"HTTP/1.1 200 OK\nContent-Length: 7\n{JSON}[]"), "content-length", FIELD),
    "a media type of nothing": (
        exchange("HTTP/1.1 204 No Content\nContent-Type: text/plain"),
        "content-type-empty",
        FIELD,
    ),
    "no blank line before the body": (
        exchange("HTTP/1.1 200 OK\nContent-Type: application/json\n[]"),
        "http-form",
        STATUS + 2,
    ),
}


def found(tmp_path, text):
    folder = write(tmp_path, {"page.md": text})
    # Of all checks, also those that are off; no page here defines a type.
    ids = [line.split()[0] for line in run("checks")[1].splitlines()]
    wanted = ",".join(one for one in ids if one not in ("unresolved-type", "unknown-type"))
    return places(report(folder, "--select", wanted))


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_clean_messages(tmp_path, text):
    assert found(tmp_path, text) == []


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_line(tmp_path, case):
    text, check, line = case
    assert found(tmp_path, text) == [(check, line, 1)]


@pytest.mark.parametrize("promise", ["", '"expectError": true'], ids=["by status", "by annotation"])
def test_a_misspelt_error(tmp_path, promise):
    status = "200 OK" if promise else "404 Not Found"
    page = exchange(f'HTTP/1.1 {status}\n{JSON}{{\n  "eror": {{"code": "x", "message": "y"}}\n}}', keys=promise)
    [finding] = report(write(tmp_path, {"page.md": page}))["findings"]
    assert (finding["check"], finding["severity"]) == ("control-information", "warning")
    assert (finding["line"], finding["column"]) == (line_of(page, "eror"), 3)
    assert finding["message"] == "an error response has its error in 'eror'; did you mean 'error'?"


@pytest.mark.parametrize(("habit", "severity"), [("", "info"), ("Content-Type: application/json\n", "warning")])
def test_a_habit_of_a_doc_set_is_no_slip_of_a_page(tmp_path, habit, severity):
    """A message without Content-Type is a warning among messages that have one, an information among others."""
    plain = operation('{"id": "1"}').replace("Content-Type: application/json\n", "")
    usual = operation('{"id": "1"}').replace("Content-Type: application/json\n", habit)
    pages = {f"api/op{number}.md": usual for number in range(8)}
    found = report(write(tmp_path, {**pages, "api/plain.md": plain}))["findings"]
    severities = {f["severity"] for f in found if f["check"] == "content-type" and f["path"].endswith("plain.md")}
    assert severities == {severity}
