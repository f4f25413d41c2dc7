"""Real responses held against the documentation."""

from __future__ import annotations

import json

import pytest

import docextract
from tests.helpers import SEEDS, line_of, write

BOOK = {
    "@odata.type": "#example.library.book",
    "id": "b-2",
    "title": "Walden",
    "addedDateTime": "2023-05-04T09:30:00Z",
    "pages": 352,
}
RESOURCES = "seeds/library/resources"


class Answer:
    """What requests and httpx return, as far as anybody looks at it."""

    def __init__(self, status: int, body: object = None, media_type: str = "application/json; charset=utf-8") -> None:
        self.status_code = status
        self.headers = {"content-type": media_type}
        self.content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()


@pytest.fixture(scope="module")
def library():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(SEEDS.parent)
        yield docextract.Docs.load("seeds/library")


def refused(docs, response, documented, **options) -> str:
    with pytest.raises(AssertionError) as caught:
        docs.validate(response, documented, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("response", "documented"),
    [
        (Answer(200, BOOK), "GET /items/{id}"),
        (Answer(200, BOOK), "GET /items/{item-id}"),
        (Answer(200, BOOK), "GET https://api.example.org/v1.0/items/b-2"),
        (Answer(200, BOOK), "GET /items/b-2?$select=title"),
        (Answer(404, {"error": {"code": "itemNotFound", "message": "No."}}), "GET /items/{id}"),
        (Answer(200, {"value": [BOOK, BOOK]}), "GET /items"),
        (Answer(204), "DELETE /items/{id}"),
        (BOOK, "GET /items/{id}"),
        (BOOK, "item"),
        (BOOK, "example.library.item"),
        ({"value": [BOOK]}, "item[]"),
        ([BOOK], "Collection(example.library.item)"),
        ([], "item[]"),
    ],
)
def test_what_is_as_documented_passes(library, response, documented):
    library.validate(response, documented)


def test_a_value_is_shown_with_its_row(library):
    message = refused(library, Answer(200, {**BOOK, "pages": "352"}), "GET /items/{id}")
    line = line_of((SEEDS / "library/resources/book.md").read_text("utf-8"), "|pages|")
    row = "|pages|Int32|The number of pages.|"
    assert message.splitlines() == [
        "error[wrong-type]: 'pages' is the string \"352\", expected Int32",
        "  --> the response, at /pages",
        f"  ::: {RESOURCES}/book.md:{line}:1",
        f"{line} | {row}",
        f"   | {'-' * len(row)} the row of 'pages' says Int32",
    ]


def test_what_is_wrong_in_many_items_is_told_once(library):
    items = [BOOK, *({**BOOK, "pages": str(number)} for number in range(5))]
    message = refused(library, {"value": items}, "item[]")
    assert message.count("wrong-type") == 1
    assert "at /value/1/pages\n" in message
    assert message.endswith("= also at /value/2/pages, /value/3/pages, /value/4/pages and 1 more")


@pytest.mark.parametrize(
    ("response", "documented", "told"),
    [
        (Answer(418, {}), "GET /items/{id}", "error[status-prose]: status 418 is not documented, expected 200 or 404"),
        (Answer(200), "GET /items/{id}", "error[body-missing]: there is no body, expected item"),
        (Answer(200, b"<p>", "text/html"), "GET /items", "error[content-type]: the body is text/html, expected a collection of item"),
        (Answer(200, b'{"id": '), "GET /items/{id}", "error[json-syntax]: the body is not JSON: "),
        (Answer(204, {"id": "1"}), "DELETE /items/{id}", "error[body-unexpected]: there is a body, but the page shows none"),
        ({**BOOK, "colour": "red"}, "item", "error[undeclared-property]: 'colour' is not in the properties table of book"),
        ({**BOOK, "addedDateTime": ""}, "item", "error[placeholder]: 'addedDateTime' is an empty string"),
        ({"value": [BOOK]}, "item", "error[expected-object]: "),
        ({"value": BOOK}, "item", "error[wrapped-entity]: one item is wrapped in 'value'"),
        (BOOK, "item[]", "error[expected-collection]: the body is one object"),
        (BOOK, "POST /members", "error[type-mismatch]: the object calls itself #example.library.book"),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_with_a_place_on_a_page(library, response, documented, told):
    message = refused(library, response, documented)
    assert message.startswith(told)
    assert "::: seeds/library/" in message
    assert "the response:" not in message


@pytest.mark.parametrize(
    ("documented", "told"),
    [
        ("itme", "no page defines the type 'itme'; did you mean item?"),
        ("example.library.spaceship", "no page defines the type 'example.library.spaceship'"),
        ("GET /itmes/{id}", "no page shows a response to GET /itmes/{id}"),
        ("PUT /items/{id}", "no page shows a response to PUT /items/{id}"),
    ],
)
def test_what_is_not_documented_is_a_mistake_of_the_test(library, documented, told):
    with pytest.raises(LookupError) as caught:
        library.validate(BOOK, documented)
    assert caught.value.args == (told,)


def test_what_is_no_response_is_refused(library):
    with pytest.raises(TypeError, match="cannot validate str: expected a response with status_code"):
        library.validate("{}", "item")


def test_a_type_that_nothing_names_cannot_be_held_against(tmp_path):
    page = "# Get\n\n## HTTP request\n\n```http\nGET /a\n```\n\n## Example\n\n```http\nGET /a\n```\n\n```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{}\n```\n"
    docs = docextract.Docs.load(write(tmp_path, {"get.md": page, "docextract.toml": ""}))
    with pytest.raises(
        LookupError,
        match=rf"get\.md:{line_of(page, 'HTTP/1.1')}: no response can be held against this one, for its type is not known",
    ):
        docs.validate(Answer(200, {}), "GET /a")


def test_an_exchange_of_another_path_of_the_page_is_none_of_the_operation(tmp_path):
    page = "# Get\n\n## HTTP request\n\n```http\nGET /a/{id}\nGET /a/{id}/$value\n```\n\n## Example\n\n```http\nGET /a/1/$value\n```\n\n```http\nHTTP/1.1 200 OK\nContent-Type: text/plain\n\nx\n```\n"
    docs = docextract.Docs.load(write(tmp_path, {"get.md": page, "docextract.toml": ""}))
    docs.validate(Answer(200, b"y", "text/plain"), "GET /a/{id}/$value")
    with pytest.raises(LookupError, match="no page shows a response to GET /a/"):
        docs.validate(Answer(200, b"y", "text/plain"), "GET /a/{id}")


def test_versions_are_told_apart():
    docs = docextract.Docs.load(SEEDS / "versions")
    [(name, _), *_] = [(f.type, f.page) for f in docs.fixtures(status=200)]
    short = name.rpartition(".")[2]
    with pytest.raises(LookupError, match=r"is documented in .*beta and .*v1\.0; say in which, such as version='beta'"):
        docs.validate({}, short)
    docs.validate({}, short, version="beta")
    docs.validate({}, short, version="v1.0")


def test_the_configuration_says_what_fails(tmp_path):
    pages = {
        path.relative_to(SEEDS / "library").as_posix(): path.read_text("utf-8")
        for path in (SEEDS / "library").rglob("*.md")
    }
    wrong = {**BOOK, "colour": "red"}
    docs = docextract.Docs.load(write(tmp_path, {**pages, "docextract.toml": ""}))
    assert "undeclared-property" in refused(docs, wrong, "item")
    for setting in (
        'fail-on = "never"',
        '[severity]\nundeclared-property = "warning"',
        'allow = [{ type = "book", property = "colour" }]',
    ):
        docextract.Docs.load(write(tmp_path, {"docextract.toml": setting})).validate(wrong, "item")


def test_responses_of_http_libraries_are_taken(library):
    httpx, requests = pytest.importorskip("httpx"), pytest.importorskip("requests")
    text = json.dumps({**BOOK, "pages": "352"}).encode()
    fetched = requests.Response()
    fetched.status_code, fetched._content, fetched.headers["Content-Type"] = 200, text, "application/json"
    for response in (fetched, httpx.Response(200, content=text, headers={"Content-Type": "application/json"})):
        assert "'pages' is the string" in refused(library, response, "GET /items/{id}")


def test_responses_of_django_are_taken(library):
    settings = pytest.importorskip("django.conf").settings
    from django.http import JsonResponse

    if not settings.configured:
        settings.configure()
    library.validate(JsonResponse(BOOK), "GET /items/{id}")
    assert "'pages' is the string" in refused(library, JsonResponse({**BOOK, "pages": "352"}), "GET /items/{id}")


def test_responses_of_flask_are_taken(library):
    application = pytest.importorskip("flask").Flask(__name__)
    bodies = {"1": BOOK, "2": {**BOOK, "pages": "352"}}
    application.get("/items/<name>")(lambda name: bodies[name])
    client = application.test_client()
    library.validate(client.get("/items/1"), "GET /items/{id}")
    assert "'pages' is the string" in refused(library, client.get("/items/2"), "GET /items/{id}")


@pytest.mark.filterwarnings("ignore")
def test_responses_of_starlette_are_taken(library):
    """Its client is that of httpx, or of what follows it, and warns of one of them."""
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route
    from starlette.testclient import TestClient

    bodies = {"1": BOOK, "2": {**BOOK, "pages": "352"}}
    route = Route("/items/{id}", lambda request: JSONResponse(bodies[request.path_params["id"]]))
    client = TestClient(Starlette(routes=[route]))
    library.validate(client.get("/items/1"), "GET /items/{id}")
    assert "'pages' is the string" in refused(library, client.get("/items/2"), "GET /items/{id}")
