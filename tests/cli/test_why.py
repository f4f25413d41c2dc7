"""How a block was read, in words."""

from __future__ import annotations

import re
from typing import NamedTuple

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
    resource,
    table,
    typed,
)

DEFECTS = ROOT / "tests" / "data" / "defects"
FINDING = re.compile(
    r"  (?:(?P<path>[^\s:]+):)?(?P<line>\d+):(?P<column>\d+) (?P<severity>\w+)\[(?P<check>[\w-]+)\] (?P<message>.*)"
)
MORE = re.compile(r"more in lines (?P<first>\d+) to (?P<last>\d+): (?P<count>\d+) \(at (?P<lines>\d+(?:, \d+)*)\)")
#: What may not be said of a place that has a finding.
DENIALS = re.compile(r"\b(nothing|no check)\b.*\b(checked|fact)\b")


class Answer(NamedTuple):
    """What is said of a place: how it was read, (check, page, line, column, message) of the findings, what is more.

    The page of a finding is "" where the place is on it; `more` is the line that counts the rest of the block.
    """

    said: list[str]
    found: list[tuple[str, str, int, int, str]]
    more: str


def why(place):
    """Return the answer on a place."""
    code, out, err = run("why", place)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    at = next(i for i, text in enumerate(lines) if text.startswith("findings here: "))
    more = lines.pop() if MORE.fullmatch(lines[-1]) else ""
    found = [FINDING.fullmatch(text) for text in lines[at + 1 :]]
    assert all(found)
    assert lines[at] == f"findings here: {len(found)}"
    listed = [(m["check"], m["path"] or "", int(m["line"]), int(m["column"]), m["message"]) for m in found]
    return Answer(lines[:at], listed, more)


def listed(found, path):
    """Return findings of a JSON report as the answers on a page list them."""
    return [
        (f["check"], "" if f["path"] == path else f["path"], f["line"], f["column"], f["message"])
        for f in sorted(found, key=lambda f: (f["path"], f["line"], f["column"], f["check"], f["message"]))
    ]


def at(found, path, line):
    """Return the findings of a JSON report with a place on a line."""
    return [
        f
        for f in found
        if any(one["path"] == path and one["line"] <= line <= one["end_line"] for one in (f, *f["related"]))
    ]


@pytest.mark.parametrize("page", sorted(SEEDS.rglob("*.md")), ids=lambda page: page.relative_to(SEEDS).as_posix())
def test_every_line_of_a_seed_is_answered_with_exactly_its_findings(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    path = page.relative_to(ROOT).as_posix()
    found = report(path)["findings"]
    for line in range(1, len(page.read_text("utf-8").split("\n")) + 1):
        said, here, more = why(f"{path}:{line}")
        assert said[0].startswith(f"{path}:")
        assert here == listed(at(found, path, line), path)
        if more:
            block = MORE.fullmatch(more)
            first, last = int(block["first"]), int(block["last"])
            rest = [
                f for f in found if f["path"] == path and first <= f["line"] <= last and f not in at(found, path, line)
            ]
            assert first <= line <= last
            assert int(block["count"]) == len(rest)
            assert block["lines"] == ", ".join(str(number) for number in sorted({f["line"] for f in rest}))
    assert why(path).found == listed(found, path)


def test_every_place_that_check_prints_is_accepted_and_shows_its_finding(monkeypatch):
    monkeypatch.chdir(DEFECTS)
    printed = [
        re.fullmatch(r"((.+?):(\d+):(\d+)): \w+\[(.+?)\] (.*)", line)
        for line in run("check", ".", "--output-format", "concise", "--min-severity", "info")[1].splitlines()
        if line.count(":") > 2
    ]
    assert len(printed) > 50
    text = run("check", ".", "--output-format", "text", "--min-severity", "info")[1]
    in_full = re.findall(r"^ *--> ([^: ]+:\d+:\d+)", text, re.MULTILINE)
    assert len(in_full) > 30
    assert {*in_full} <= {match[1] for match in printed}
    for place, _, line, column, check, text in (match.groups() for match in printed):
        said, found, _ = why(place)
        assert (check, "", int(line), int(column), text) in found
        assert not any(DENIALS.search(sentence) for sentence in said), place


def test_every_related_place_shows_its_finding(monkeypatch):
    monkeypatch.chdir(DEFECTS)
    places = {
        (related["path"], related["line"]): finding
        for finding in report(".")["findings"]
        for related in finding["related"]
    }
    assert len(places) > 20
    for (path, line), finding in places.items():
        assert listed([finding], path)[0] in why(f"{path}:{line}").found


ONE = "its type is a single microsoft.graph.{}: {}".format


def defined(name, count):
    noun = "property" if count == 1 else "properties"
    return f"  microsoft.graph.{name} is defined by resources/{name}.md with {count} {noun}"


BY_ANNOTATION = "its annotation names it"
SURPLUS_ALLOWED = "  it is an open type: undeclared members are allowed"
TRUNCATED = "it may be truncated, so missing properties are not reported"
PROSE = "Returns `200 OK` and a [thing](../resources/thing.md) in the response body."
CONTEXT = "https://api.example.org/$metadata#microsoft.graph.person"

#: The response of a page, and what is said of its body.
BODIES = {
    "a type": (operation("{}", keys=THING), [ONE("thing", BY_ANNOTATION), defined("thing", 18), TRUNCATED]),
    "a complete example": (
        operation("{}", keys=typed("person", truncated=False)),
        [ONE("person", BY_ANNOTATION), defined("person", 2)],
    ),
    "a collection": (
        operation('{"value": []}', keys=typed("person", collection=True)),
        [f"its type is a collection of microsoft.graph.person: {BY_ANNOTATION}", defined("person", 2), TRUNCATED],
    ),
    "a type and its base": (
        operation("{}", keys=typed("student")),
        [ONE("student", BY_ANNOTATION), defined("student", 1), defined("person", 2), TRUNCATED],
    ),
    "an open type": (
        operation("{}", keys=typed("bag")),
        [ONE("bag", BY_ANNOTATION), defined("bag", 1), SURPLUS_ALLOWED, TRUNCATED],
    ),
    "a type without its base": (
        operation("{}", keys=typed("orphan")),
        [
            ONE("orphan", BY_ANNOTATION),
            defined("orphan", 1),
            "  a base type was not found or leads back to this type, so undeclared members are not reported",
            TRUNCATED,
        ],
    ),
    "a type that repeats what its base, which is missing, has": (
        operation("{}", keys=typed("heir")),
        [
            ONE("heir", BY_ANNOTATION),
            defined("heir", 1),
            "  a base type was not found, but the table repeats what it inherits: undeclared members are warnings",
            TRUNCATED,
        ],
    ),
    "a type without a table": (
        operation("{}", keys=typed("shapeless")),
        [
            ONE("shapeless", BY_ANNOTATION),
            defined("shapeless", 0),
            "  it has no properties table, so undeclared members are not reported",
            TRUNCATED,
        ],
    ),
    "a name in the body": (
        operation('{"@odata.type": "#microsoft.graph.person"}'),
        ["its type is a single microsoft.graph.person: the body's '@odata.type' names it", defined("person", 2)],
    ),
    "a name in the context": (
        operation(f'{{"@odata.context": "{CONTEXT}"}}'),
        ["its type is a single microsoft.graph.person: the body's '@odata.context' names it", defined("person", 2)],
    ),
    "a link in the prose": (
        above_examples(operation("{}"), "Response", PROSE),
        [
            "its type is a single microsoft.graph.thing: "
            "it is the first resource link of the page's Response (or Request body) section",
            defined("thing", 18),
        ],
    ),
    "two links in the prose": (
        above_examples(
            operation("{}"), "Response", "A [person](../resources/person.md) or a [bag](../resources/bag.md)."
        ),
        [
            "its type is a single microsoft.graph.person or microsoft.graph.bag: "
            "it is the first resource link of the page's Response (or Request body) section",
            defined("person", 2),
            defined("bag", 1),
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
        ["its type is not known: no annotation, '@odata.type', context, link or prose names it"],
    ),
    "damaged JSON": (
        operation('{"id": "1",}', keys=typed("person", truncated=False)),
        [
            "its JSON has 1 defect; the recovered value is checked where it is not damaged",
            ONE("person", BY_ANNOTATION),
            defined("person", 2),
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
HEIR = resource("heir", ["|id|String|The id.|"], keys='"baseType": "microsoft.graph.missing"')


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the doc set of the types, as the working directory."""
    monkeypatch.chdir(tmp_path)
    more = {"resources/shapeless.md": SHAPELESS, "resources/heir.md": HEIR, "resources/pairs.md": PAIRS}
    return write(tmp_path, {**THINGS, **more, "docextract.toml": ""})


def answer(folder, page, words, nth=1):
    """Return what is said of the nth line of a page that holds words."""
    write(folder, {"api/op.md": page})
    return why(f"api/op.md:{line_of(page, words, nth)}").said


@pytest.mark.parametrize(("page", "said"), BODIES.values(), ids=BODIES)
def test_what_the_body_of_a_response_is_held_against(folder, page, said):
    place, side, partner, *rest = answer(folder, page, "HTTP/1.1")
    assert place == f"api/op.md:{line_of(page, 'HTTP/1.1') - 1} is a code block 'http', annotated as response"
    assert side.startswith("it is the response of the exchange api/op/")
    asked = line_of(page, '"blockType": "request"') + 2
    assert partner == f"its partner is at line {asked}"
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
                "  the request body is defined by the page's own table with 1 property",
            ],
        ),
        (
            LINKED_TOO,
            [
                "its type is a single microsoft.graph.person: "
                "it is the first resource link of the page's Response (or Request body) section",
                "  microsoft.graph.person is defined by the page's own table with 1 property",
                defined("person", 2),
            ],
        ),
    ],
    ids=["alone", "beside a type"],
)
def test_what_the_body_of_a_request_is_held_against(folder, page, said):
    _, side, partner, *rest = answer(folder, page, '{"name": "x"}')
    assert side == "it is the request of the exchange api/op/an_operation"
    assert partner == f"its partner is at line {line_of(page, 'HTTP/1.1')}"
    assert rest == said


def test_a_message_that_is_ignored(folder):
    page = operation("{}").replace('"blockType": "response"', '"blockType": "ignored"')
    assert answer(folder, page, "HTTP/1.1")[1:] == [
        "it is the response of the exchange api/op/an_operation",
        "its partner is at line 21",
        "its annotation says to ignore it, so it is neither checked nor extracted",
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
        "its partner is at line 5",
        "it is the response of the exchange api/op/b",
        "its partner is at line 9",
    ]


def test_path_templates(folder):
    page = operation("{}").replace(annotation("ignored") + "\n", "")
    page = page.replace("GET /things/{id}\n", "GET /things/{id}\nGET /me/thing\n", 1)
    assert answer(folder, page, "GET /me/thing") == [
        "api/op.md:10 is a code block 'http', without annotation",
        "it holds 2 path templates of the operation: no exchange",
    ]


def test_a_block_that_is_nothing(folder):
    page = f"# A page\n\n{fence('print(1)', info='python')}"
    assert answer(folder, page, "print") == [
        "api/op.md:3 is a code block 'python', without annotation",
        "it is neither an HTTP message nor a resource, so it is not compared with a type",
    ]


def test_the_representation_of_a_resource(folder):
    page = THINGS["resources/student.md"]
    assert why(f"resources/student.md:{line_of(page, 'blockType')}").said == [
        f"resources/student.md:{line_of(page, '```json')} is a code block 'json', annotated as resource",
        "it is the JSON representation of microsoft.graph.student",
        f"its properties table is at line {line_of(page, '|Property|')}",
        defined("student", 1),
        defined("person", 2),
    ]


def test_tables(folder):
    page = THINGS["resources/thing.md"]
    assert why(f"resources/thing.md:{line_of(page, '|Property|') + 1}").said == [
        f"resources/thing.md:{line_of(page, '|Property|')} is a table with the columns property, type, description",
        "it declares properties of microsoft.graph.thing",
    ]
    page = THINGS["resources/enums.md"]
    assert why(f"resources/enums.md:{line_of(page, '|large|')}").said == [
        f"resources/enums.md:{line_of(page, '|Member|')} is a table with the columns member",
        "it lists the members of the enum thingKind",
    ]
    page = above_examples(operation("{}"), "Request headers", table(["|Prefer|String|What to prefer.|"], "|Name|A|B|"))
    assert answer(folder, page, "|Prefer|")[1:] == ["it declares no properties"]


ROW = "its row declares '{}' as {}".format
SHOWN = "examples that show it: {}; that contradict its row: {}".format


def test_a_row_names_the_examples_that_contradict_it(folder):
    right = operation('{"size": 1, "members": []}', keys=THING)
    wrong = operation('{"size": "one"}', keys=THING)
    inside = operation('{"value": [{"size": "two"}, {"size": 2}]}', keys=typed("thing", collection=True))
    other = operation('{"size": "three"}', keys=typed("bag"))
    ignored = wrong.replace('"blockType": "response"', '"blockType": "ignored"')
    pages = {"right": right, "wrong": wrong, "inside": inside, "other": other, "ignored": ignored}
    write(folder, {f"api/{name}.md": page for name, page in pages.items()})
    table_at = line_of(THINGS["resources/thing.md"], "|Property|")
    row = line_of(THINGS["resources/thing.md"], "|size|")
    said, found, more = why(f"resources/thing.md:{row}")
    assert said == [
        f"resources/thing.md:{table_at} is a table with the columns property, type, description",
        "it declares properties of microsoft.graph.thing",
        ROW("size", "Int32"),
        SHOWN(3, 2),
        f"  api/inside.md:{line_of(inside, 'HTTP/1.1')}",
        f"  api/wrong.md:{line_of(wrong, 'HTTP/1.1')}",
    ]
    assert [one[:3] for one in found if one[0] == "wrong-type"] == [
        ("wrong-type", "api/inside.md", line_of(inside, '"size"')),
        ("wrong-type", "api/wrong.md", line_of(wrong, '"size"')),
    ]
    assert not more
    members = line_of(THINGS["resources/thing.md"], "|members|")
    assert why(f"resources/thing.md:{members}").said[2:] == [ROW("members", "person collection"), SHOWN(1, 0)]


def test_a_row_of_a_base_type_counts_the_examples_of_derived_types(folder):
    page = operation('{"age": "old", "grade": 1}', keys=typed("student"))
    write(folder, {"api/op.md": page})
    row = line_of(THINGS["resources/person.md"], "|age|")
    assert why(f"resources/person.md:{row}").said[2:] == [
        ROW("age", "Int32"),
        SHOWN(1, 1),
        f"  api/op.md:{line_of(page, 'HTTP/1.1')}",
    ]


def test_a_row_of_a_request_body(folder):
    page = OWN_TABLE.replace('{"name": "x"}', '{"name": 5}')
    write(folder, {"api/op.md": page})
    said, found, _ = why(f"api/op.md:{line_of(page, '|name|')}")
    assert said[1:] == [
        "it declares members of the request body",
        ROW("name", "String"),
        SHOWN(1, 1),
        f"  api/op.md:{line_of(page, 'POST /things', 2)}",
    ]
    assert [(check, line) for check, _, line, _, _ in found] == [("wrong-type", line_of(page, '{"name": 5}'))]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (1, "is front matter"),
        (3, "is front matter"),
        (5, "is neither in a code block nor in a table"),
        (7, "is the heading 'A page'"),
        (9, "is neither in a code block nor in a table, below the heading 'A page'"),
        (11, "is the heading 'More'"),
        (12, "is neither in a code block nor in a table, below the heading 'More'"),
    ],
)
def test_text_that_says_nothing_of_examples(folder, line, what):
    write(folder, {"api/op.md": "---\ntitle: A\n---\n\nBefore.\n\n# A page\n\nText.\n\n## More\n"})
    assert why(f"api/op.md:{line}").said == [f"api/op.md:{line} {what}", "no example is compared with it"]


RESPONSE = "api/op.md:{} is neither in a code block nor in a table, below the heading 'Response'".format
LINK_TELLS = "its link to ../resources/{}.md gives the type of a {} whose annotation names none".format


def test_sentences_tell_the_facts_that_checks_take_from_them(folder):
    prose = "Returns `200 OK` or `204 No Content`, and\na [thing](../resources/thing.md) in the body."
    page = above_examples(operation("{}"), "Response", prose)
    first = line_of(page, "`200 OK`")
    assert answer(folder, page, "`200 OK`") == [
        RESPONSE(first),
        "it promises the status 200 and 204, with which the page's responses are compared",
    ]
    assert answer(folder, page, "a [thing]") == [RESPONSE(first + 1), LINK_TELLS("thing", "response")]
    page = above_examples(operation("{}"), "Request body", "A [bag](../resources/bag.md) object.")
    assert answer(folder, page, "A [bag]")[1:] == [LINK_TELLS("bag", "request")]


@pytest.mark.parametrize(
    ("status", "said"),
    [("201 Created", "201"), ("`202 Accepted` or `204 No Content`", "202 and 204")],
    ids=["one", "two"],
)
def test_a_promised_status_shows_the_response_that_breaks_the_promise(folder, status, said):
    page = above_examples(operation("{}", keys=THING), "Response", f"If successful, this method returns {status}.")
    write(folder, {"api/op.md": page})
    sentence, found, _ = why(f"api/op.md:{line_of(page, 'If successful')}")
    assert sentence[1:] == [f"it promises the status {said}, with which the page's responses are compared"]
    assert [(check, line) for check, _, line, _, _ in found] == [("status-prose", line_of(page, "HTTP/1.1"))]


@pytest.mark.parametrize(
    "prose",
    [
        "Bei Erfolg wird ein [thing](../resources/thing.md)-Objekt im Antworttext zurückgegeben.",
        "如果成功，此方法在响应正文中返回 [thing](../resources/thing.md) 对象。",
    ],
    ids=["German", "Chinese"],
)
def test_sentences_in_other_languages(folder, prose):
    page = above_examples(operation("{}"), "Response", prose)
    assert answer(folder, page, prose)[1:] == [LINK_TELLS("thing", "response")]


def test_a_note_that_a_response_is_shortened(folder):
    note = "Here is an example.\n\n**Note:** The response object shown here\nmay be shortened for readability."
    page = operation("{}", keys=typed("person", truncated=False), notes=note)
    shortened = f"it says that the response at line {line_of(page, 'HTTP/1.1')} is shortened, so properties missing from it are not reported"
    assert answer(folder, page, "**Note:**")[1:] == [shortened]
    assert answer(folder, page, "may be shortened")[1:] == [shortened]
    assert answer(folder, page, "Here is")[1:] == ["no example is compared with it"]
    assert TRUNCATED in answer(folder, page, "HTTP/1.1")


def test_findings_of_other_lines_of_a_block_are_counted(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {**DIRTY, "docextract.toml": ""}))
    page = DIRTY["api/get.md"]
    wrong = line_of(page, '{"id": 1}')
    first, last = line_of(page, '"blockType": "response"'), wrong + 1
    finding = ("wrong-type", "", wrong, 8, "'id' is 1, expected String")
    more = f"more in lines {first} to {last}: 1 (at {wrong})"
    assert why(f"api/get.md:{wrong}")[1:] == ([finding], "")
    for line in {*range(first, last + 1)} - {wrong}:
        assert why(f"api/get.md:{line}")[1:] == ([], more)
    assert why(f"api/get.md:{first - 1}")[1:] == ([], "")


def test_the_row_that_an_example_contradicts_shows_the_finding_on_the_other_page(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {**DIRTY, "docextract.toml": ""}))
    row = line_of(DIRTY["resources/thing.md"], "|id|")
    finding = ("wrong-type", "api/get.md", line_of(DIRTY["api/get.md"], '{"id": 1}'), 8, "'id' is 1, expected String")
    assert why(f"resources/thing.md:{row}").found == [finding]
    assert why(f"resources/thing.md:{row - 1}").found == []
    assert why("resources/thing.md").found == [finding]


@pytest.mark.parametrize("place", ["{}:{}", "{}:{}:8", "{}:{}:1", "{}:{}:", "{}:{}:8:", "./{}:{}"])
def test_ways_to_write_a_place(tmp_path, monkeypatch, place):
    monkeypatch.chdir(write(tmp_path, {**DIRTY, "docextract.toml": ""}))
    line = line_of(DIRTY["api/get.md"], '{"id": 1}')
    assert why(place.format("api/get.md", line)) == why(f"api/get.md:{line}")
    assert len(why(place.format("api/get.md", line)).found) == 1


def test_a_page_lists_what_is_used_and_what_is_not(folder):
    page = above_examples(
        operation('{"id": 5}', keys=THING),
        "Request headers",
        table(["|Prefer|String|What to prefer.|"], "|Name|A|B|") + "\n" + fence("print(1)", info="python"),
    )
    write(folder, {"api/op.md": page})
    said, found, more = why("api/op.md")
    assert said == [
        "api/op.md: what the checks use",
        f"  {line_of(page, '```http'):>5}  code block 'http': 1 path template",
        f"  {line_of(page, '```http', 2):>5}  code block 'http': request of api/op/an_operation",
        f"  {line_of(page, '```http', 3):>5}  code block 'http': response of api/op/an_operation",
        "not used",
        f"  {line_of(page, '|Name|'):>5}  table name, a, b: it declares no properties",
        f"  {line_of(page, '```python'):>5}  code block 'python': "
        "it is neither an HTTP message nor a resource, so it is not compared with a type",
    ]
    assert [(check, line) for check, _, line, _, _ in found] == [("wrong-type", line_of(page, '{"id": 5}'))]
    assert not more


def test_the_page_of_a_resource_and_a_page_of_nothing(folder):
    page = THINGS["resources/student.md"]
    assert why("resources/student.md").said == [
        "resources/student.md: what the checks use",
        f"  {line_of(page, '|Property|'):>5}  table property, type, description: "
        "it declares properties of microsoft.graph.student",
        f"  {line_of(page, '```json'):>5}  code block 'json': the JSON representation of microsoft.graph.student",
        "not used",
        "  nothing",
    ]
    write(folder, {"api/op.md": ""})
    nothing = Answer(["api/op.md: what the checks use", "  nothing", "not used", "  nothing"], [], "")
    assert why("api/op.md") == nothing


def test_a_page_that_cannot_be_read(folder):
    (folder / "api").mkdir()
    (folder / "api" / "op.md").write_bytes(b"# A\n\n\xff\n")
    message = "page is not UTF-8: byte 0xff on line 3; save it as UTF-8"
    for place in ("api/op.md", "api/op.md:1"):
        assert why(place).found == [("page-unreadable", "", 1, 1, message)]


def test_without_a_project_it_sees_what_the_pages_link_to(tmp_path, monkeypatch):
    linked = DIRTY["api/get.md"].replace(
        "# An operation\n", "# An operation\n\nGet a [thing](../resources/thing.md).\n"
    )
    write(tmp_path / "docs", {**DIRTY, "api/get.md": linked})
    line = line_of(linked, "HTTP/1.1")
    monkeypatch.chdir(tmp_path)
    assert why(f"docs/api/get.md:{line}").said[3:] == [
        ONE("thing", BY_ANNOTATION),
        "  microsoft.graph.thing is defined by docs/resources/thing.md with 1 property",
    ]
    monkeypatch.chdir(tmp_path / "docs" / "api")
    assert "is defined by ../resources/thing.md" in why(f"get.md:{line}").said[4]
    write(tmp_path / "docs", {"api/get.md": DIRTY["api/get.md"]})
    line = line_of(DIRTY["api/get.md"], "HTTP/1.1")
    assert why(f"get.md:{line}").said[3:] == ["microsoft.graph.thing is unknown: no page of this version defines it"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "README.md:1",
            "skipped README.md: files of this name are not pages of a doc set\ndocextract: README.md is excluded or not a page",
        ),
        ("", "expected PAGE, PAGE:LINE or PAGE:LINE:COLUMN, found ''"),
        ("api", "api is a folder; name one page"),
        ("api/get.md:x", "no such file or folder: api/get.md:x"),
        ("api/get.md:1:2:3", "no such file or folder: api/get.md:1"),
        ("api/got.md:1", "no such file or folder: api/got.md"),
        ("api/got.md", "no such file or folder: api/got.md"),
        ("api/get.md:0", "api/get.md has no line 0; it has {count}"),
        ("api/get.md:{beyond}", "api/get.md has no line {beyond}; it has {count}"),
        ("api/get.md:{beyond}:1", "api/get.md has no line {beyond}; it has {count}"),
    ],
)
def test_what_is_no_place(tmp_path, monkeypatch, place, said):
    write(tmp_path, {**CLEAN, "docextract.toml": "", "README.md": "# Read me\n"})
    monkeypatch.chdir(tmp_path)
    count = len(CLEAN["api/get.md"].split("\n"))
    place, said = (text.format(count=count, beyond=count + 1) for text in (place, said))
    assert run("why", place) == (2, "", f"docextract: {said}\n")
