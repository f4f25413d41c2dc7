"""What the server answers: the documented exchange that a request comes nearest to, else what is wrong."""

from __future__ import annotations

import json

import pytest

from tests.helpers import SEEDS, line_of, of_check, report, write
from tests.pages import CLEAN, THINGS, block, exchange, message, operation, request
from tests.serving.served import ask, serving
from tests.writers.shop import SHOP

JSON = "application/json"


def body(answer):
    return json.loads(answer.body)


@pytest.fixture(scope="module")
def library():
    with serving(SEEDS, "library") as served:
        yield f"{served.url}/v1.0"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("shop"), SHOP)
    with serving(folder, ".") as served:
        yield served.url


def test_an_answer_is_that_of_the_page(library):
    answer = ask(f"{library}/items/b-1")
    assert (answer.status, answer.headers["Content-Type"]) == (200, JSON)
    page = (SEEDS / "library/api/item-get.md").read_text("utf-8")
    assert answer.body.decode() in page
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert ask(f"{library}/items/b-1", "DELETE").status == 204


def test_head_is_get_without_its_body(library):
    answer, got = ask(f"{library}/items", "HEAD"), ask(f"{library}/items")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.body))


def test_any_id_answers_on_the_route_of_the_page(library):
    assert ask(f"{library}/items/other").body == ask(f"{library}/items/b-1").body
    assert ask(f"{library}/items/b%2F1").status == 200
    assert ask(f"{library}/ITEMS/").body == ask(f"{library}/items").body


def test_another_answer_can_be_preferred(library):
    answer = ask(f"{library}/items/b-1", Prefer="status=404")
    assert (answer.status, answer.headers["Preference-Applied"]) == (404, 'status="404"')
    named = ask(f"{library}/items/b-1", Prefer='return=minimal, Example="api/item-get/GET_ITEM.404"')
    assert named.body == answer.body
    assert named.headers["Preference-Applied"] == 'example="api/item-get/get_item.404"'
    assert ask(f"{library}/items/b-1", Prefer="example=get_item.404").status == 404
    for unknown in ("status=418", "example=nothing", "respond-async", ";,=", '"', "status=404; wait=1, status=200"):
        first = unknown.startswith("status=404")
        assert (ask(f"{library}/items/b-1", Prefer=unknown).status == 200) is not first


def test_an_unknown_path_tells_the_nearest_routes(library):
    answer = ask(f"{library}/item")
    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert body(answer)["detail"] == "no page documents /v1.0/item; 'nearest' lists the routes that are most like it"
    assert body(answer)["nearest"][0] == "GET /v1.0/items"
    assert body(answer)["status"] == 404


def test_an_unknown_method_tells_the_known_ones(library):
    answer = ask(f"{library}/items/b-1", "PUT")
    assert answer.status == 405
    assert answer.headers["Allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH"
    assert body(answer)["allowed"] == ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH"]


def test_options_tells_the_methods(library):
    answer = ask(f"{library}/items", "OPTIONS")
    assert (answer.status, answer.body, answer.headers["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")
    assert ask(f"{library}/nothing", "OPTIONS").status == 404


def test_scripts_of_any_origin_may_read_the_answers(library):
    origin = "http://localhost:3000"
    asked = ask(
        f"{library}/items/b-1",
        "OPTIONS",
        Origin=origin,
        Access_Control_Request_Method="PATCH",
        Access_Control_Request_Headers="content-type,authorization",
    )
    assert asked.status == 204
    assert asked.headers["Access-Control-Allow-Origin"] == origin
    assert "PATCH" in asked.headers["Access-Control-Allow-Methods"].split(", ")
    assert asked.headers["Access-Control-Allow-Headers"] == "content-type,authorization"
    for answer in (ask(f"{library}/items/b-1", Origin=origin), ask(f"{library}/nothing", Origin=origin)):
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        assert "Content-Type" in answer.headers["Access-Control-Expose-Headers"]
        assert answer.headers["Vary"] == "Origin"
    assert ask(f"{library}/items/b-1").headers["Access-Control-Allow-Origin"] is None


def test_the_query_chooses_the_answer(shop):
    some = ask(f"{shop}/things?$filter=name%20eq%20%27Pen%27&$top=2")
    assert body(some)["some"] == 1
    for same in (
        "$top=2&$filter=name+eq+'Pen'",
        "TOP=2&filter=name%20eq%20'Pen'",
        "a=b&$top=2&$filter=name%20eq%20'Pen'",
    ):
        assert ask(f"{shop}/things?{same}").body == some.body, same
    for other in ("", "?$skip=9", "?$top=3"):
        assert "some" not in body(ask(f"{shop}/things{other}"))


def test_placeholders_stand_for_anything(shop):
    assert ask(f"{shop}/things(name='x')?from=3").status == 200
    assert ask(f"{shop}/things(name='x')").status == 200
    assert ask(f"{shop}/thing(name='x')").status == 404
    # Two examples are of this route; who asks for the one of the error gets it.
    assert ask(f"{shop}/things/77").status == 200
    assert ask(f"{shop}/things/%7Bthing%20id%20%7C%20name%7D").status == 404


def test_the_body_chooses_the_answer(shop):
    assert ask(f"{shop}/things", "POST", '{"name": "Pen"}', Content_Type=JSON).status == 201
    assert ask(f"{shop}/things", "POST", '{"size": 1, "name": "Pen"}', Content_Type=JSON).status == 201
    assert ask(f"{shop}/things", "POST", '{"name": ""}', Content_Type=JSON).status == 400
    assert ask(f"{shop}/things", "POST", '{"name": "Cup"}', Content_Type=JSON).status == 201
    assert ask(f"{shop}/things/1/note", "PUT", "To be sold", Content_Type="text/plain").status == 204


def test_a_request_without_an_answer_is_told_where_it_is_shown(tmp_path):
    page = f"# Wait\n\n## Example\n\n{block('request', 'POST /wait')}"
    with serving(write(tmp_path, {"api/wait.md": page}), ".") as served:
        answer = ask(f"{served.url}/wait", "POST")
    assert answer.status == 501
    line = line_of(page, "POST /wait")
    assert body(answer)["detail"] == f"the page shows no response to this request: line {line} of api/wait.md"


def test_a_relative_url_answers_in_any_version_and_the_host_does_not_matter(shop):
    things = ask(f"{shop}/things").body
    assert ask(f"{shop}/v1.0/things").body == ask(f"{shop}/beta/things").body == things
    assert ask(f"{shop}/told", "POST").status == 202
    assert ask(f"{shop}/v1.0/told", "POST").status == 404


def test_what_stands_in_a_header_chooses_among_equals(tmp_path):
    asked = ("PATCH /things/1", "PATCH /things/1\nPrefer: return=representation")
    parts = [
        block("request", line, f'"name": "way{number}"') + "\n" + block("response", answer, f'"name": "way{number}"')
        for number, (line, answer) in enumerate(
            zip(asked, (message("204 No Content"), message("200 OK", "{}")), strict=True)
        )
    ]
    write(tmp_path, {"patch.md": "# Patch\n\n## Examples\n\n" + "\n".join(parts)})
    with serving(tmp_path, ".") as served:
        url = f"{served.url}/things/1"
        assert ask(url, "PATCH").status == 204
        assert ask(url, "PATCH", Prefer="respond-async, return=representation").status == 200


def test_other_templates_of_a_page_are_answered(tmp_path):
    page = operation("{}", request="GET /me/things/1").replace(
        "GET /me/things/1\n```\n", "GET /me/things/{id}\nGET /users/{user-id}/things/{id}\nPOST /other\n```\n", 1
    )
    with serving(
        write(tmp_path, {"get.md": page.replace("GET /me/things/1", "GET https://api.example.org/v2.0/me/things/1")}),
        ".",
    ) as served:
        assert ask(f"{served.url}/v2.0/me/things/2").status == 200
        assert ask(f"{served.url}/v2.0/users/3/things/2").status == 200
        assert ask(f"{served.url}/v2.0/other", "POST").status == 404


def test_what_clients_put_before_paths_is_the_base_path(tmp_path):
    with serving(write(tmp_path, CLEAN), ".", "--base-path", "/api/mock/") as served:
        assert ask(f"{served.url}/api/mock/things/1").status == ask(f"{served.url}/things/1").status == 200
        assert ask(f"{served.url}/api/things/1").status == 404
        assert b"/api/mock/things" in ask(f"{served.url}/api/mock/").body


# Bodies held against the tables

CREATE = operation(
    '{"id": "1"}',
    keys='"@odata.type": "microsoft.graph.thing"',
    request=request("POST /things", '{"size": 3}'),
    status="201 Created",
).replace('"name": "an_operation"', '"name": "an_operation", "@odata.type": "microsoft.graph.thing"')
TABLE = THINGS["resources/thing.md"]


@pytest.fixture(scope="module")
def things(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("things"), {**THINGS, "api/create.md": CREATE, "docextract.toml": ""})
    with serving(folder, ".") as served:
        yield f"{served.url}/things"


def test_a_body_that_contradicts_its_table_is_refused_as_check_says(things, tmp_path):
    answer = ask(things, "POST", '{"size": "big", "name": null}', Content_Type=JSON)
    assert (answer.status, answer.headers["Content-Type"]) == (422, "application/problem+json")
    [found] = body(answer)["findings"]
    assert body(answer)["detail"] == f"the body contradicts the pages: {found['message']}"
    wrong = CREATE.replace('{"size": 3}', '{"size": "big", "name": null}')
    [told] = of_check(report(write(tmp_path, {**THINGS, "api/create.md": wrong})), "wrong-type")
    for member in ("check", "severity", "message", "pointer", "type", "property"):
        assert found[member] == told[member], member
    assert (found["check"], found["pointer"], found["property"]) == ("wrong-type", "/size", "size")
    assert (found["page"], found["line"]) == ("resources/thing.md", line_of(TABLE, "|size|"))


def test_bodies_that_keep_to_the_table_are_answered(things):
    for good in ("{}", '{"size": 4, "name": "x", "tags": ["a"]}', '{"owner": {"name": "Ada"}}'):
        assert ask(things, "POST", good, Content_Type=JSON).status == 201, good
        assert ask(things, "POST", good).status == 201, good
    assert ask(things, "POST").status == 201
    assert ask(things, "POST", "size=3", Content_Type="application/x-www-form-urlencoded").status == 201


def test_a_placeholder_is_no_excuse_in_a_real_request(things):
    assert body(ask(things, "POST", '{"size": "{size}"}'))["findings"][0]["check"] == "placeholder"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"size": 3', "the body is not JSON: "),
        ('{"size": 3,}', "the body is not JSON: trailing comma"),
        ('{"size": 3, "size": 4}', "the body is not JSON: "),
        ("[" * 5_000, "the body is not JSON: nested more than 200 levels deep, on line 1 at column 201"),
        ("\xff", "the body is not JSON"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_json_is_refused(things, text, told):
    answer = ask(things, "POST", text.encode("latin-1"), Content_Type=JSON)
    assert answer.status == 400
    assert body(answer)["detail"].startswith(told)


def test_what_a_page_shows_is_right_even_if_check_finds_something_there(tmp_path):
    wrong = CREATE.replace('{"size": 3}', '{"size": "big"}')
    assert report(write(tmp_path, {**THINGS, "api/create.md": wrong}))["summary"]["errors"] == 1
    with serving(tmp_path, ".") as served:
        assert ask(f"{served.url}/things", "POST", '{ "size":"big" }', Content_Type=JSON).status == 201
        assert ask(f"{served.url}/things", "POST", '{"size": "small"}', Content_Type=JSON).status == 422


def test_without_validation_every_body_is_answered(tmp_path):
    with serving(write(tmp_path, {**THINGS, "api/create.md": CREATE}), ".", "--no-validate") as served:
        for text in ('{"size": "big"}', "{,", "\x00"):
            assert ask(f"{served.url}/things", "POST", text, Content_Type=JSON).status == 201


def test_the_configuration_says_what_is_refused(tmp_path):
    write(tmp_path, {**THINGS, "api/create.md": CREATE, "docextract.toml": '[severity]\nwrong-type = "off"\n'})
    with serving(tmp_path, ".") as served:
        assert ask(f"{served.url}/things", "POST", '{"size": "big"}').status == 201
        assert ask(f"{served.url}/things", "POST", '{"made": "yesterday"}').status == 422


def test_the_page_of_a_call_back_is_served_as_well(tmp_path):
    page = exchange(message("202 Accepted"), "POST https://calls.example.net/told?x=1")
    with serving(write(tmp_path, {"tell.md": page}), ".") as served:
        assert ask(f"{served.url}/told?x=1", "POST", "{}").status == 202
