"""Messages as text: what is read in spite of a slip, and that the slip is told once, at its place and by its cause."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, report, write

JSON = '\nContent-Type: application/json\n\n{ "id": "1" }'
OK, GET = "HTTP/1.1 200 OK" + JSON, "GET https://api.example.org/things/1"


def page(request: str, response: str, *, annotated: bool = True) -> str:
    """Make a page of one exchange, in English without or in German with the anchors of a translation."""
    asked = f'<!-- {{ "blockType": "request", "name": "get_thing" }} -->\n```http\n{request}\n```\n'
    answered = f'<!-- {{ "blockType": "response" }} -->\n```http\n{response}\n```\n'
    if annotated:
        return f"# A page\n\n## Example\n\n### Request\n\n{asked}\n### Response\n\n{answered}"
    bare = f"```http\n{request}\n```\n\n```http\n{response}\n```\n"
    return f'# <a name="a-page"></a>Eine Seite\n\n## <a name="example"></a>Beispiel\n\n{bare}'


CLEAN = {
    "plain": (GET, OK),
    "a version on the request line": (GET + " HTTP/1.1", OK),
    "HTTP/2": (GET, OK.replace("HTTP/1.1", "HTTP/2")),
    "no reason phrase": (GET, OK.replace(" OK", "")),
    "a target relative to the page": ("GET ../things/1", OK),
    "a target with blanks": ("GET /things?$filter=name eq 'a b'", OK),
    "a query on the next line": ("GET /things\n?$filter=name&$top=5", OK),
    "a field of somebody's own": (GET + "\nX-Content-Typ: a\nDepth: 1", OK),
    "a body of prose": ("POST /things\nContent-Type: text/plain\n\nContent-Type is a word here.", OK),
    "a body of several messages": (
        "POST /$batch\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/http\n\nGET /a\n--b--",
        OK,
    ),
    "JSON that quotes a status line": (GET, OK.replace('"1"', '"HTTP/1.1 404 Not Found"')),
}
#: The page's sides, the check, the words on the line of the finding, its column, and words of the message.
WRONG = {
    "no version": ((GET, "HTTP 200 OK" + JSON), "http-form", "HTTP 200", 1, "without an HTTP version"),
    "small letters": ((GET, "http/1.1 200 OK" + JSON), "http-form", "http/1.1", 1, "'http/1.1', expected 'HTTP/1.1'"),
    "a blank for the slash": ((GET, "HTTP 1.1 200 OK" + JSON), "http-form", "HTTP 1.1", 1, "'HTTP 1.1', expected"),
    "a word before the code": (
        (GET, "HTTP code: 200 OK" + JSON),
        "http-form",
        "HTTP code",
        1,
        "'HTTP code:', expected",
    ),
    "code and phrase alone": ((GET, "200 OK" + JSON), "http-form", "200 OK", 1, "without an HTTP version"),
    "code marks": ((GET, "`HTTP/1.1 204 No Content`"), "http-form", "204", 1, "code marks around"),
    "four digits": ((GET, "HTTP/1.1 2000" + JSON), "http-syntax", "2000", 10, "'2000' is no status code"),
    "swapped letters": ((GET.replace("GET", "GTE"), OK), "http-syntax", "GTE", 1, "did you mean 'GET'?"),
    "a letter too many": (("POSTT /things", OK), "http-syntax", "POSTT", 1, "did you mean 'POST'?"),
    "a method in small letters": (("get /things/1", OK), "http-syntax", "get /", 1, "did you mean 'GET'?"),
    "a narrow space": (
        (GET, OK.replace("1.1 200", "1.1\u202f200")),
        "http-form",
        "HTTP/1.1\u202f200",
        9,
        "U+202F (narrow no-break space) in the start line",
    ),
    "a wide space": ((GET.replace(" ", "\u3000"), OK), "http-form", "GET", 4, "U+3000 (ideographic space)"),
    "a no-break space in the header": (
        (GET, OK.replace(": ", ":\u00a0", 1)),
        "http-form",
        "Content-Type",
        14,
        "U+00A0 (no-break space) in the header",
    ),
    "no colon": (
        (GET, OK.replace("Type:", "Type")),
        "http-form",
        "Content-Type",
        1,
        "without a colon, expected 'Content-Type: application/json'",
    ),
    "a field with a slip": (
        (GET, OK.replace("Type:", "Typ:")),
        "http-form",
        "Content-Typ:",
        1,
        "'Content-Typ', did you mean 'Content-Type'?",
    ),
    "a target over lines": (
        ("GET /things/find(ids=[\n  1\n])\nAccept: */*", OK),
        "http-form",
        "GET",
        1,
        "over 3 lines: '(' is not closed on the request line",
    ),
    "a second answer in the block": (
        (GET, OK + "\n\nHTTP/1.1 404 Not Found"),
        "http-form",
        "404",
        1,
        "a response stands in the code block of a response",
    ),
    "the answer in the block of the request": (
        ("POST /things\nContent-Type: application/json\n\n{}\n\nHTTP/1.1 204 No Content", OK),
        "http-form",
        "204",
        1,
        "a response stands in the code block of a request",
    ),
    "two requests in a block": (
        ("GET /things/1\n\nGET /things/2", OK),
        "http-form",
        "/things/2",
        1,
        "a request stands in the code block of a request",
    ),
}


def found(tmp_path, text):
    findings = report(write(tmp_path, {"page.md": text}))["findings"]
    return [f for f in findings if f["severity"] != "info"]


@pytest.mark.parametrize("annotated", [True, False], ids=["annotated", "German, not annotated"])
@pytest.mark.parametrize("sides", CLEAN.values(), ids=CLEAN)
def test_clean_messages(tmp_path, sides, annotated):
    assert found(tmp_path, page(*sides, annotated=annotated)) == []


@pytest.mark.parametrize("annotated", [True, False], ids=["annotated", "German, not annotated"])
@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_that_names_the_cause(tmp_path, case, annotated):
    sides, check, words, column, message = case
    text = page(*sides, annotated=annotated)
    [finding] = found(tmp_path, text)
    assert (finding["check"], finding["line"], finding["column"]) == (check, line_of(text, words), column)
    assert message in finding["message"]


@pytest.mark.parametrize("line", ["READ /things", "SET /things", "curl https://api.example.org", "1 OK", "200 apples"])
def test_other_text_is_no_message(tmp_path, line):
    summary = report(write(tmp_path, {"page.md": f"# A page\n\n```\n{line}\n```\n"}))["summary"]
    assert (summary["requests"], summary["responses"]) == (0, 0)
