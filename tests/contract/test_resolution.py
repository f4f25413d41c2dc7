"""The type of a body, and how it is known: by name, by what the body says of itself, by a link in prose."""

from __future__ import annotations

import pytest

from tests.helpers import in_body, line_of, lines_above, of_check, places, report, write
from tests.pages import PAIRS, THING, THINGS, above_examples, definitions, operation, request, resource, table, typed

METADATA = "https://api.example.org/$metadata"
UNRESOLVED = ("unresolved-type", -4, 21)

#: A body without a typed annotation, and what is found in it: a wrong type says which type it was held against.
SELF = {
    "its own name": ('{\n  "@odata.type": "#microsoft.graph.bag",\n  "displayName": 5\n}', ("wrong-type", 3, 18)),
    "the name of the wrapped object": (
        '{\n  "value": {"@odata.type": "#microsoft.graph.bag", "displayName": 5}\n}',
        ("wrapped-entity", 2, 3),
        ("wrong-type", 2, 67),
    ),
    "a name that nothing defines": ('{\n  "@odata.type": "#microsoft.graph.alien"\n}', ("unknown-type", 2, 18)),
    "a type in its context": (
        f'{{\n  "@odata.context": "{METADATA}#microsoft.graph.bag",\n  "displayName": 5\n}}',
        ("wrong-type", 3, 18),
    ),
    "the entity of a type in its context": (
        f'{{\n  "@odata.context": "{METADATA}#microsoft.graph.bag/$entity",\n  "displayName": 5\n}}',
        ("wrong-type", 3, 18),
    ),
    "a collection in its context": (
        f'{{\n  "@odata.context": "{METADATA}#Collection(microsoft.graph.bag)",\n  "value": [{{"displayName": 5}}]\n}}',
        ("wrong-type", 3, 29),
    ),
    "an entity set in its context": (f'{{\n  "@odata.context": "{METADATA}#bags",\n  "displayName": 5\n}}', UNRESOLVED),
    "a type in its context that nothing defines": (
        f'{{\n  "@odata.context": "{METADATA}#microsoft.graph.alien",\n  "displayName": 5\n}}',
        UNRESOLVED,
    ),
    "the names of all items": (
        '{\n  "value": [{"@odata.type": "#microsoft.graph.bag", "displayName": 5}]\n}',
        ("wrong-type", 2, 68),
    ),
    "the names of some items": (
        '{\n  "value": [{"@odata.type": "#microsoft.graph.bag", "displayName": 5}, {"displayName": 5}]\n}',
        UNRESOLVED,
    ),
    "items of a type that nothing defines": (
        '{\n  "value": [{"@odata.type": "#microsoft.graph.alien", "displayName": 5}]\n}',
        UNRESOLVED,
    ),
    "nothing": ('{\n  "displayName": 5\n}', UNRESOLVED),
}


@pytest.mark.parametrize("case", SELF.values(), ids=SELF)
def test_what_a_body_says_of_itself(tmp_path, case):
    body, *expected = case
    page = operation(body, keys='"truncated": true')
    assert in_body(tmp_path, {**THINGS, "api/op.md": page}, body) == expected


TWO = definitions({"example.couple": ["|id|String|I.|"], "example.trio": ["|third|String|T.|"]})
#: What the Response section says, a body, and the places at which a wrong type or a surplus member is found.
LINKS = {
    "one": ("Returns a [person](../resources/person.md).", '{"age": "five"}', [("wrong-type", 1, 9)]),
    "one, twice": (
        "Returns a [person](../resources/person.md) or a [person](../resources/person.md).",
        '{"age": "five"}',
        [("wrong-type", 1, 9)],
    ),
    "two": (
        "Returns a [person](../resources/person.md) and/or a [valued](../resources/valued.md).",
        '{"value": 5, "id": "1"}',
        [("wrong-type", 1, 11)],
    ),
    "one of two types of a page": ("Returns a [trio](../resources/two.md).", '{"third": 3}', [("wrong-type", 1, 11)]),
    "none of two types of a page": ("Returns a [quartet](../resources/two.md).", '{"third": 3}', []),
    "an enum": ("Returns a [thingKind](../resources/enums.md).", '{"third": 3}', []),
    "one, and a scalar": ("Returns a [person](../resources/person.md).", '{"value": 5}', []),
    "one, wrapped": (
        "Returns a [person](../resources/person.md).",
        '{"value": {"age": "five"}}',
        [("wrong-type", 1, 19)],
    ),
}


@pytest.mark.parametrize(("prose", "body", "expected"), LINKS.values(), ids=LINKS)
def test_the_type_that_the_prose_links_to(tmp_path, prose, body, expected):
    page = above_examples(operation(body, keys='"truncated": true'), "Response", prose)
    pages = {**THINGS, "resources/two.md": TWO, "api/op.md": page}
    found = places(report(write(tmp_path, pages)), page="op.md", below=lines_above(page, body))
    assert [place for place in found if place[0] in ("wrong-type", "undeclared-property")] == expected


#: A Response section without a link, a body, and the places at which a wrong type is found.
NAMES = {
    "an object": ("Returns a **person** object.", [("wrong-type", 1, 9)]),
    "a collection": ("Returns a `person` collection.", [("wrong-type", 1, 9)]),
    "in another language": ("Gibt ein **person**-Objekt zurück.", [("wrong-type", 1, 9)]),
    "after a name that nothing defines": (
        "Returns a **stranger** object or a **person** object.",
        [("wrong-type", 1, 9)],
    ),
    "an update": ("Returns `200 OK` and an updated **person** object.", [("wrong-type", 1, 9)]),
    "a link goes first": ("Returns a **person** object in a [bag](../resources/bag.md).", []),
    "a property": ("Returns the **person** property.", []),
    "an object's id": ("Returns the **person** object ID.", []),
    "no emphasis": ("Returns a person object.", []),
    "a name that nothing defines": ("Returns a **stranger** object.", []),
}


@pytest.mark.parametrize(("prose", "expected"), NAMES.values(), ids=NAMES)
def test_the_type_that_the_prose_names(tmp_path, prose, expected):
    body = '{"age": "five"}'
    page = above_examples(operation(body, keys='"truncated": true'), "Response", prose)
    found = places(report(write(tmp_path, {**THINGS, "api/op.md": page})), page="op.md", below=lines_above(page, body))
    assert [place for place in found if place[0] == "wrong-type"] == expected


AMBIGUOUS = "is the name of several types: example.a.pair, example.b.pair; write it in full"


def test_a_name_of_several_types_is_not_guessed(tmp_path):
    pages = {**THINGS, "resources/pairs.md": PAIRS}
    page = operation('{"left": 5}', keys='"@odata.type": "pair"')
    [finding] = report(write(tmp_path, {**pages, "api/op.md": page}))["findings"][:1]
    assert (finding["check"], finding["severity"], finding["line"]) == (
        "ambiguous-type",
        "info",
        line_of(page, '"pair"'),
    )
    assert finding["message"] == f"pair {AMBIGUOUS}"


def test_a_name_of_several_types_inside_a_body(tmp_path):
    body = '{\n  "owner": {"@odata.type": "#pair", "age": "five", "more": 1}\n}'
    page = operation(body, keys=THING)
    found = report(write(tmp_path, {**THINGS, "resources/pairs.md": PAIRS, "api/op.md": page}))
    # What the declared type says of its own members still holds; surplus ones may be the other type's.
    assert places(found, page="op.md", below=lines_above(page, body)) == [
        ("ambiguous-type", 2, 28),
        ("wrong-type", 2, 44),
    ]
    assert of_check(found, "ambiguous-type")[0]["message"] == f"#pair {AMBIGUOUS}"


OWN_TABLE = table(["|name|String|Name.|", "|size|Int32|Size.|"])
#: The keys of a request's annotation, its body, and what is found: the page's own table lists `name` and `size`.
REQUESTS = {
    "no type": ("", '{"name": 5}', [("wrong-type", 1, 10)]),
    "a surplus member": ("", '{"name": "Ann", "colour": 1}', [("undeclared-property", 1, 17)]),
    "a type that names itself": ("", '{"@odata.type": "#microsoft.graph.thing", "name": 5}', [("wrong-type", 1, 51)]),
    "a type that nothing defines": (
        typed("alien", truncated=False),
        '{"@odata.type": "#microsoft.graph.person", "name": 5}',
        [("unknown-type", -4, 71), ("wrong-type", 1, 52)],
    ),
    "an ambiguous type": ('"@odata.type": "pair"', '{"name": 5}', [("ambiguous-type", -4, 71)]),
    "a primitive": ('"@odata.type": "Edm.String"', '{"name": 5}', []),
}


@pytest.mark.parametrize(("keys", "body", "expected"), REQUESTS.values(), ids=REQUESTS)
def test_a_request_of_a_page_with_a_table_of_its_own(tmp_path, keys, body, expected):
    page = operation('{"id": "1"}', keys=THING, request=request("POST /things", body))
    page = above_examples(page, "Request body", OWN_TABLE)
    page = page.replace('"name": "an_operation"', '"name": "an_operation"' + (f", {keys}" if keys else ""))
    assert in_body(tmp_path, {**THINGS, "resources/pairs.md": PAIRS, "api/op.md": page}, body) == expected


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
    page = above_examples(page, "Request body", OWN_TABLE)
    found = of_check(report(write(tmp_path, {**THINGS, "api/op.md": page})), "unknown-type")
    assert [(f["severity"], f["line"]) for f in found] == [(severity, line_of(page, name))]


def findings_of_service(folder, service, pages):
    """Return the findings on the operation among pages whose types are those of another service."""
    pages = {path: page.replace("microsoft.graph", service) for path, page in {**THINGS, **pages}.items()}
    return [f for f in report(write(folder, pages))["findings"] if f["path"].endswith("op.md")]


GROUP_NAMES = {
    "the annotation": ('"@odata.type": "group", "truncated": true', '{"id": "1"'),
    "the body": ('"truncated": true', '{"@odata.type": "#group", "id": "1"'),
}


@pytest.mark.parametrize("case", GROUP_NAMES.values(), ids=GROUP_NAMES)
@pytest.mark.parametrize("service", ["microsoft.graph", "contoso.api"])
def test_a_bare_name_is_of_the_usual_namespace(tmp_path, service, case):
    keys, body = case
    pages = {
        "resources/group.md": resource("group", ["|id|String|The id.|"]),
        "resources/terms.md": resource("termStore.group", ["|colour|Int32|The colour.|"]),
        "api/op.md": operation(f'{body}, "colour": 1}}', keys=keys),
    }
    findings = findings_of_service(tmp_path, service, pages)
    assert [(f["check"], f["type"]) for f in findings] == [("undeclared-property", f"{service}.group")]


@pytest.mark.parametrize("case", GROUP_NAMES.values(), ids=GROUP_NAMES)
@pytest.mark.parametrize("service", ["microsoft.graph", "contoso.api"])
def test_an_ambiguous_name_is_answered_with_the_full_names_as_they_are_written(tmp_path, service, case):
    keys, body = case
    pages = {
        "resources/terms.md": resource("termStore.group", ["|id|String|The id.|"]),
        "resources/tasks.md": resource("taskStore.group", ["|id|String|The id.|"]),
        "api/op.md": operation(f"{body}}}", keys=keys),
    }
    [finding] = findings_of_service(tmp_path, service, pages)
    assert finding["check"] == "ambiguous-type"
    names = f"{service}.taskStore.group, {service}.termStore.group"
    assert f"group is the name of several types: {names}; write it in full" in finding["message"]


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


LINKED = "Returns `200 OK` and a [thing](../resources/thing.md) object."
BATCHED = '{"requests": [{"id": "1", "method": "GET", "url": "/things"}]}'
#: A request line, its body and that of the response, and whether the response is held against the linked type.
RAW = {
    "an object": ("GET /things/1", "", '{"surplus": 1}', True),
    "a raw value": ("GET /things/1/$value", "", '{"surplus": 1}', False),
    "a raw value with a query": ("GET /things/1/photo/$value?x=1", "", '{"surplus": 1}', False),
    "a property value": ("GET /things/1/value", "", '{"surplus": 1}', True),
    "a batch": ("POST /$batch", BATCHED, '{"responses": [{"id": "1", "status": 200}]}', False),
    "a batch at another URL": ("POST /x/many", BATCHED, '{"responses": [{"id": "1", "status": 200}]}', False),
    "responses without a status": ("GET /things/1", "", '{"responses": [{"id": "1"}]}', True),
    "no responses": ("GET /things/1", "", '{"responses": []}', True),
    "one response": ("GET /things/1", "", '{"responses": {"status": 200}}', True),
}


@pytest.mark.parametrize(("line", "sent", "body", "held"), RAW.values(), ids=RAW)
def test_bodies_that_have_no_type_of_their_own(tmp_path, line, sent, body, held):
    page = operation(body, keys='"truncated": true', request=request(line, sent) if sent else line)
    page = above_examples(page, "Response", LINKED)
    page = above_examples(page, "Request body", OWN_TABLE) if sent else page
    checks = [check for check, *_ in in_body(tmp_path, {**THINGS, "api/op.md": page}, body)]
    assert ("undeclared-property" in checks) is held


def test_a_batch_is_not_asked_for_its_type(tmp_path):
    body = '{"responses": [{"id": "1", "status": 200}]}'
    page = operation(body, keys='"truncated": true', request=request("POST /$batch", BATCHED))
    assert in_body(tmp_path, {**THINGS, "api/op.md": page}, body) == []


#: The description of a row that declares a person, and whether it speaks of a thing.
DESCRIPTIONS = {
    "of one": ("The attached thing or person.", True),
    "of several": ("Persons, or Things.", True),
    "in German": ("Die angef\u00fcgte thing-Ressource.", True),
    "in Chinese": ("\u9644\u52a0\u7684 thing\u3002", True),
    "of none": ("The owner.", False),
    "of another word": ("Something, or anything.", False),
}


@pytest.mark.parametrize(("description", "allowed"), DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_a_row_may_allow_other_types(tmp_path, description, allowed):
    body = '{\n  "item": {"@odata.type": "#microsoft.graph.thing", "size": "5", "age": 1}\n}'
    row = f"|item|[person](person.md)|{description}|"
    pages = {**THINGS, "resources/box.md": resource("box", [row]), "api/op.md": operation(body, keys=typed("box"))}
    # In either case it is held against the type that it names itself.
    mismatch = [] if allowed else [("type-mismatch", 2, 27)]
    assert in_body(tmp_path, pages, body) == [*mismatch, ("wrong-type", 2, 61), ("undeclared-property", 2, 66)]


#: Namespaces of two types called `group`, those of other types, and the one that a bare name stands for.
USUAL = {
    "the more common": (["a.red", "a.blue", "b.green"], "a"),
    "neither of two that are equally common": (["a.red", "b.green"], None),
    "neither of two beside a third": (["c.red", "c.green", "c.blue"], None),
}


@pytest.mark.parametrize(("others", "namespace"), USUAL.values(), ids=USUAL)
def test_a_bare_name_where_two_namespaces_are_used(tmp_path, others, namespace):
    body = '{\n  "id": 1\n}'
    types = {name: ["|id|String|I.|"] for name in ("a.group", "b.group", *others)}
    pages = {"types.md": definitions(types), "api/op.md": operation(body, keys='"@odata.type": "group"')}
    found = in_body(tmp_path, pages, body)
    assert found == ([("wrong-type", 2, 9)] if namespace else [("ambiguous-type", -4, 48)])


PARTS = table(["|name|String|Name.|", "|owner|[person](../resources/person.md)|Owner.|"])
#: The URL of an update beside the page's `PATCH /things/{id}`, its body, and what is found in it.
ELSEWHERE = {
    "the page's own resource": ("/things/1", '{"nome": "Ann"}', [("undeclared-property", 1, 2)]),
    "a slip in the URL": ("/thing/1", '{"name": 5}', [("wrong-type", 1, 10)]),
    "a part that the table lacks": ("/things/1/colours", '{"red": 5}', []),
    "a part that the table declares": ("/things/1/owner", '{"age": "five"}', [("wrong-type", 1, 9)]),
    "a scalar that the table declares": ("/things/1/name", '{"value": 5}', []),
    "a part, shown in the whole": ("/things/1/owner", '{"owner": {"age": "five"}}', [("wrong-type", 1, 19)]),
}


@pytest.mark.parametrize(("url", "body", "expected"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_the_table_of_a_page_is_no_contract_of_another_resource(tmp_path, url, body, expected):
    own = request("PATCH /things/2", '{"name": "Bob"}')
    page = operation("{}", request=own).replace("PATCH /things/2\n```", "PATCH /things/{id}\n```", 1)
    page = (
        above_examples(page, "Request body", PARTS)
        + f"\n### Another\n\n```http\n{request(f'PATCH {url}', body)}\n```\n"
    )
    found = places(report(write(tmp_path, {**THINGS, "api/op.md": page})), page="op.md", below=lines_above(page, body))
    assert [place for place in found if place[0] in ("wrong-type", "undeclared-property")] == expected
