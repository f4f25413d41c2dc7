"""How a block was read, in words."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from tests.helpers import ROOT, SEEDS, line_of, report, run, write
from tests.pages import (
    CLEAN,
    DIRTY,
    PAIRS,
    THING,
    THINGS,
    above_examples,
    annotation,
    block,
    exchange,
    fence,
    message,
    operation,
    request,
    table,
    typed,
)

DEFECTS = ROOT / "tests" / "data" / "defects"
FINDING = re.compile(r"  (?P<line>\d+):(?P<column>\d+) (?P<severity>\w+)\[(?P<check>[\w-]+)\] (?P<message>.*)")


def why(page, line):
    """Return the lines of the answer above its findings, and (check, line, column, message) of these."""
    code, out, err = run("why", f"{page}:{line}")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    at = next(i for i, text in enumerate(lines) if text.startswith("findings here: "))
    found = [FINDING.fullmatch(text) for text in lines[at + 1 :]]
    assert all(found)
    assert lines[at] == f"findings here: {len(found)}"
    return lines[:at], [(m["check"], int(m["line"]), int(m["column"]), m["message"]) for m in found]


def listed(found):
    return [(f["check"], f["line"], f["column"], f["message"]) for f in found]


@pytest.mark.parametrize("page", sorted(SEEDS.rglob("*.md")), ids=lambda page: page.relative_to(SEEDS).as_posix())
def test_every_line_of_a_seed_is_answered_with_the_findings_of_its_block(page):
    name = page.relative_to(SEEDS).as_posix()
    found = [f for f in report(page)["findings"] if f["path"].endswith(name)]
    answers = defaultdict(list)
    for line in range(1, len(page.read_text("utf-8").split("\n")) + 1):
        head, findings = why(page, line)
        assert head[0]
        answers["\n".join(head)].append((line, findings))
    for answer in answers.values():
        lines = [line for line, _ in answer]
        # All lines of a block have one answer; they follow each other.
        assert lines == list(range(lines[0], lines[-1] + 1))
        expected = listed(f for f in found if lines[0] <= f["line"] <= lines[-1])
        assert all(findings == expected for _, findings in answer)


def test_every_finding_is_listed_at_its_line():
    found = report(DEFECTS)["findings"]
    assert len(found) > 50
    for finding in found:
        path = DEFECTS / finding["path"].split("/defects/")[-1]
        assert listed([finding])[0] in why(path, finding["line"])[1]


ONE = "its type is one microsoft.graph.{}: {}".format
DEFINED = "  microsoft.graph.{0} is defined by resources/{0}.md with {1} properties".format
BY_ANNOTATION = "its annotation names it"
SURPLUS_ALLOWED = "  it is an open type: undeclared members are allowed"
TRUNCATED = "it may be truncated, so nothing is missed in it"
PROSE = "Returns `200 OK` and a [thing](../resources/thing.md) in the response body."
CONTEXT = "https://api.example.org/$metadata#microsoft.graph.person"

#: The response of a page, and what is said of its body.
BODIES = {
    "a type": (operation("{}", keys=THING), [ONE("thing", BY_ANNOTATION), DEFINED("thing", 18), TRUNCATED]),
    "a complete example": (
        operation("{}", keys=typed("person", truncated=False)),
        [ONE("person", BY_ANNOTATION), DEFINED("person", 2)],
    ),
    "a collection": (
        operation('{"value": []}', keys=typed("person", collection=True)),
        [f"its type is a collection of microsoft.graph.person: {BY_ANNOTATION}", DEFINED("person", 2), TRUNCATED],
    ),
    "a type and its base": (
        operation("{}", keys=typed("student")),
        [ONE("student", BY_ANNOTATION), DEFINED("student", 1), DEFINED("person", 2), TRUNCATED],
    ),
    "an open type": (
        operation("{}", keys=typed("bag")),
        [ONE("bag", BY_ANNOTATION), DEFINED("bag", 1), SURPLUS_ALLOWED, TRUNCATED],
    ),
    "a type without its base": (
        operation("{}", keys=typed("orphan")),
        [
            ONE("orphan", BY_ANNOTATION),
            DEFINED("orphan", 1),
            "  a base type is not found, so undeclared members are not reported",
            TRUNCATED,
        ],
    ),
    "a type without a table": (
        operation("{}", keys=typed("shapeless")),
        [
            ONE("shapeless", BY_ANNOTATION),
            DEFINED("shapeless", 0),
            "  it has no properties table, so undeclared members are not reported",
            TRUNCATED,
        ],
    ),
    "a name in the body": (
        operation('{"@odata.type": "#microsoft.graph.person"}'),
        ["its type is microsoft.graph.person: the body's '@odata.type' names it", DEFINED("person", 2)],
    ),
    "a name in the context": (
        operation(f'{{"@odata.context": "{CONTEXT}"}}'),
        ["its type is microsoft.graph.person: the body's '@odata.context' names it", DEFINED("person", 2)],
    ),
    "a link in the prose": (
        above_examples(operation("{}"), "Response", PROSE),
        [
            "its type is microsoft.graph.thing: "
            "it is the first resource link of the page's Response (or Request body) section",
            DEFINED("thing", 18),
        ],
    ),
    "two links in the prose": (
        above_examples(
            operation("{}"), "Response", "A [person](../resources/person.md) or a [bag](../resources/bag.md)."
        ),
        [
            "its type is microsoft.graph.person or microsoft.graph.bag: "
            "it is the first resource link of the page's Response (or Request body) section",
            DEFINED("person", 2),
            DEFINED("bag", 1),
            SURPLUS_ALLOWED,
        ],
    ),
    "a scalar": (
        operation('{"value": 5}'),
        ["its type is a primitive: no table describes it, so only its JSON is checked"],
    ),
    "a primitive": (
        operation('{"value": 5}', keys='"@odata.type": "Edm.Int32"'),
        ["Edm.Int32 is a primitive: no table describes it, so only its JSON is checked"],
    ),
    "nothing": (operation("{}", keys='"@odata.type": "Edm.None"'), ["Edm.None is no body (None)"]),
    "an error": (
        operation("{}", status="404 Not Found"),
        ["its type is an error body: it is not held against a table"],
    ),
    "an unknown type": (
        operation("{}", keys=typed("alien", truncated=False)),
        ["microsoft.graph.alien is unknown: no page of this version defines it"],
    ),
    "an ambiguous type": (
        operation("{}", keys='"@odata.type": "pair"'),
        [
            "pair is ambiguous: several types have this name",
            "candidates: example.a.pair, example.b.pair",
        ],
    ),
    "no type": (
        operation('{"a": {}}'),
        ["its type is not known: no annotation, '@odata.type', context or link names it"],
    ),
    "damaged JSON": (
        operation('{"id": "1",}', keys=typed("person", truncated=False)),
        [
            "its JSON has 1 defects; the recovered value is checked where it is not damaged",
            ONE("person", BY_ANNOTATION),
            DEFINED("person", 2),
        ],
    ),
    "text": (
        exchange(message("200 OK", "a,b", "text/csv")),
        ["its body is not JSON (Content-Type text/csv), so it is not checked"],
    ),
    "text without a media type": (
        exchange("HTTP/1.1 200 OK\n\na,b"),
        ["its body is not JSON (Content-Type absent), so it is not checked"],
    ),
    "no body": (exchange(message("204 No Content")), ["it has no body"]),
}
SHAPELESS = "# shapeless resource type\n\n" + block(
    "resource", "{}", '"@odata.type": "microsoft.graph.shapeless"', info="json"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the doc set of the types, as the working directory."""
    monkeypatch.chdir(tmp_path)
    more = {"resources/shapeless.md": SHAPELESS, "resources/pairs.md": PAIRS, "docextract.toml": ""}
    return write(tmp_path, {**THINGS, **more})


def answer(folder, page, words, nth=1):
    """Return what is said of the nth line of a page that holds words."""
    write(folder, {"api/op.md": page})
    return why("api/op.md", line_of(page, words, nth))[0]


@pytest.mark.parametrize(("page", "said"), BODIES.values(), ids=BODIES)
def test_what_the_body_of_a_response_is_held_against(folder, page, said):
    place, side, partner, *rest = answer(folder, page, "HTTP/1.1")
    assert place == f"api/op.md:{line_of(page, 'HTTP/1.1') - 1} is a code block 'http', annotated as response"
    assert side.startswith("it is the response of the exchange api/op/")
    asked = line_of(page, '"blockType": "request"') + 2
    assert partner == f"its partner stands at line {asked}"
    assert rest == said


OWN_TABLE = above_examples(
    operation("{}", keys=THING, request=request("POST /things", '{"name": "x"}')),
    "Request body",
    table(["|name|String|The name.|"]),
)
LINKED_TOO = OWN_TABLE.replace("## Request body", "## Request body\n\nA [person](../resources/person.md) object.")


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            OWN_TABLE,
            [
                "its type is described by this page: the page's own table declares the body",
                "  the request body is defined by the page's own table with 1 properties",
            ],
        ),
        (
            LINKED_TOO,
            [
                "its type is microsoft.graph.person: "
                "it is the first resource link of the page's Response (or Request body) section",
                "  microsoft.graph.person is defined by the page's own table with 1 properties",
                DEFINED("person", 2),
            ],
        ),
    ],
    ids=["alone", "beside a type"],
)
def test_what_the_body_of_a_request_is_held_against(folder, page, said):
    _, side, partner, *rest = answer(folder, page, '{"name": "x"}')
    assert side == "it is the request of the exchange api/op/an_operation"
    assert partner == f"its partner stands at line {line_of(page, 'HTTP/1.1')}"
    assert rest == said


def test_a_message_that_is_ignored(folder):
    page = operation("{}").replace('"blockType": "response"', '"blockType": "ignored"')
    assert answer(folder, page, "HTTP/1.1")[1:] == [
        "it is the response of the exchange api/op/an_operation",
        "its partner stands at line 21",
        "its annotation ignores it: it is neither checked nor exported",
    ]


def test_a_message_without_a_partner(folder):
    page = f"# A page\n\n{block('response', message('204 No Content'))}"
    assert answer(folder, page, "HTTP/1.1")[1:] == [
        "it is the response of the exchange api/op/response",
        "it has no partner on the page",
        "it has no body",
    ]


def test_a_response_of_two_requests_is_told_twice(folder):
    names = ('"name": "a"', '"name": "b"')
    asked = "".join(block("request", f"GET /things/{i}", name) for i, name in enumerate(names))
    page = "# A page\n\n" + asked + block("response", message("204 No Content"), '"name": ["a", "b"]')
    said = answer(folder, page, "HTTP/1.1")
    assert [line for line in said if "exchange" in line or "partner" in line] == [
        "it is the response of the exchange api/op/a",
        "its partner stands at line 5",
        "it is the response of the exchange api/op/b",
        "its partner stands at line 9",
    ]


def test_path_templates(folder):
    page = operation("{}").replace(annotation("ignored") + "\n", "")
    page = page.replace("GET /things/{id}\n", "GET /things/{id}\nGET /me/thing\n", 1)
    assert answer(folder, page, "GET /me/thing") == [
        "api/op.md:10 is a code block 'http', without annotation",
        "it holds 2 path templates of the operation, which are no exchanges",
    ]


def test_a_block_that_is_nothing(folder):
    page = f"# A page\n\n{fence('print(1)', info='python')}"
    assert answer(folder, page, "print") == [
        "api/op.md:3 is a code block 'python', without annotation",
        "it is no HTTP message and no resource, so nothing in it is checked",
    ]


def test_the_representation_of_a_resource(folder):
    page = THINGS["resources/student.md"]
    assert why("resources/student.md", line_of(page, "blockType"))[0] == [
        f"resources/student.md:{line_of(page, '```json')} is a code block 'json', annotated as resource",
        "it is the JSON representation of microsoft.graph.student",
        f"its properties table stands at line {line_of(page, '|Property|')}",
        DEFINED("student", 1),
        DEFINED("person", 2),
    ]


def test_tables(folder):
    page = THINGS["resources/thing.md"]
    row = line_of(page, "|clock|")
    assert why("resources/thing.md", row)[0] == [
        f"resources/thing.md:{line_of(page, '|Property|')} is a table with the columns property, type, description",
        "it declares properties of microsoft.graph.thing",
    ]
    page = THINGS["resources/enums.md"]
    assert why("resources/enums.md", line_of(page, "|large|"))[0] == [
        f"resources/enums.md:{line_of(page, '|Member|')} is a table with the columns member",
        "it lists the members of the enum thingKind",
    ]
    assert answer(folder, OWN_TABLE, "|name|")[1:] == ["it declares members of the request body"]
    page = above_examples(operation("{}"), "Request headers", table(["|Prefer|String|What to prefer.|"], "|Name|A|B|"))
    assert answer(folder, page, "|Prefer|")[1:] == ["it declares no properties"]


@pytest.mark.parametrize(
    ("line", "where"), [(1, ""), (3, ""), (5, ", below the heading 'A page'"), (7, ", below the heading 'More'")]
)
def test_what_is_neither(folder, line, where):
    write(folder, {"api/op.md": "Before.\n\nText.\n\n# A page\n\n## More\n"})
    assert why("api/op.md", line)[0] == [
        f"api/op.md:{line} is neither in a code block nor in a table{where}: nothing is checked there"
    ]


def test_findings_of_other_lines_are_not_told(tmp_path):
    folder = write(tmp_path, {**DIRTY, "docextract.toml": ""})
    page = DIRTY["api/get.md"]
    assert why(folder / "api/get.md", line_of(page, "Content-Type"))[1] == [
        ("wrong-type", line_of(page, '{"id": 1}'), 8, "'id' is 1, expected String")
    ]
    assert why(folder / "api/get.md", line_of(page, "GET"))[1] == []


def test_without_a_project_it_sees_what_the_pages_link_to(tmp_path, monkeypatch):
    linked = DIRTY["api/get.md"].replace(
        "# An operation\n", "# An operation\n\nGet a [thing](../resources/thing.md).\n"
    )
    write(tmp_path / "docs", {**DIRTY, "api/get.md": linked})
    line = line_of(linked, "HTTP/1.1")
    monkeypatch.chdir(tmp_path)
    assert why("docs/api/get.md", line)[0][3:] == [
        ONE("thing", BY_ANNOTATION),
        "  microsoft.graph.thing is defined by docs/resources/thing.md with 1 properties",
    ]
    monkeypatch.chdir(tmp_path / "docs" / "api")
    assert "is defined by ../resources/thing.md" in why("get.md", line)[0][4]
    write(tmp_path / "docs", {"api/get.md": DIRTY["api/get.md"]})
    line = line_of(DIRTY["api/get.md"], "HTTP/1.1")
    assert why("get.md", line)[0][3:] == ["microsoft.graph.thing is unknown: no page of this version defines it"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "README.md:1",
            "skipped README.md: no page of a doc set by its name\ndocextract: README.md is excluded or no page",
        ),
        ("api/get.md", "expected PAGE:LINE, found 'api/get.md'"),
        ("api/get.md:x", "expected PAGE:LINE, found 'api/get.md:x'"),
        ("api/got.md:1", "no such file or folder: api/got.md"),
    ],
)
def test_what_is_no_place(tmp_path, monkeypatch, place, said):
    write(tmp_path, {**CLEAN, "docextract.toml": "", "README.md": "# Read me\n"})
    monkeypatch.chdir(tmp_path)
    assert run("why", place) == (2, "", f"docextract: {said}\n")
