"""What fixes make of a page, check by check; that a page as it should be is left alone; what is left to people."""

from __future__ import annotations

import pytest

from docextract.checks import BY_ID, CHECKS
from docextract.findings import Safety
from tests.helpers import ROOT, of_check, places, report, run, write
from tests.pages import THING, THINGS, block, exchange, operation, request, resource, typed

WHOLE = typed("thing", truncated=False)
NBSP, ZERO_WIDTH, LEFT, RIGHT = "\u00a0", "\u200b", "\u201c", "\u201d"


def fixed(folder, page, *options, name="api/op.md", others=THINGS):
    """Return the text of a page after `check --fix` on its doc set."""
    path = write(folder, {**others, name: page}) / name
    code, _, err = run("check", folder, "--fix", *options)
    assert code in (0, 1), err
    return path.read_bytes().decode("utf-8")


#: What stands in a body, and what it becomes.
JSON = {
    "a trailing comma": ('{"name": "x",}', '{"name": "x"}'),
    "a trailing comma in an array": ('{"tags": ["a", "b", ]}', '{"tags": ["a", "b" ]}'),
    "a trailing comma on a line of its own": ('{"name": "x"\n  ,\n}', '{"name": "x"\n  \n}'),
    "a missing comma": ('{"name": "x"\n "size": 1}', '{"name": "x",\n "size": 1}'),
    "a missing comma between objects": (
        '{"members": [{"age": 1}\n{"age": 2}]}',
        '{"members": [{"age": 1},\n{"age": 2}]}',
    ),
    "a missing comma between texts on lines": ('{"tags": ["a"\n"b"]}', '{"tags": ["a",\n"b"]}'),
    "two commas": ('{"tags": ["a",, "b"]}', '{"tags": ["a", "b"]}'),
    "a comma first": ('{, "name": "x"}', '{ "name": "x"}'),
    "a no-break space": (f'{{{NBSP}"name": "x"}}', '{ "name": "x"}'),
    "spaces of several kinds": (f'{{{NBSP} {NBSP}"name":\u2003"x"}}', '{   "name": "x"}'),
    "a space of no width": (f'{{"name": {ZERO_WIDTH}"x"}}', '{"name": "x"}'),
    "smart quotes around a value": (f'{{"name": {LEFT}x{RIGHT}}}', '{"name": "x"}'),
    "smart quotes around a name": (f'{{{LEFT}name{RIGHT}: "x"}}', '{"name": "x"}'),
    "a smart quote at the end": (f'{{"name": "x{RIGHT}}}', '{"name": "x"}'),
    "several": (f'{{{NBSP}"name": {LEFT}x{RIGHT}\n "tags": ["a",,],}}', '{ "name": "x",\n "tags": ["a"]}'),
}


@pytest.mark.parametrize(("body", "right"), JSON.values(), ids=JSON)
def test_json(tmp_path, body, right):
    page = operation(body, keys=THING)
    assert fixed(tmp_path, page) == page.replace(body, right)
    assert places(report(tmp_path), page="op.md") == []


def test_a_comma_goes_before_a_comment_which_is_left_to_people(tmp_path):
    page = operation('{"name": "x" // why\n "size": 1}', keys=THING)
    assert fixed(tmp_path, page) == page.replace('"x" //', '"x", //')


@pytest.mark.parametrize(("body", "right"), JSON.values(), ids=JSON)
def test_the_body_of_a_request(tmp_path, body, right):
    page = operation('{"name": "x"}', keys=THING, request=request("POST /things", body))
    assert fixed(tmp_path, page) == page.replace(body, right)


#: What can be read in one way only by people.
UNSURE = {
    "single quotes": "{'name': 'x'}",
    "a comment": '{"name": "x" /* why */}',
    "an ellipsis": '{"name": "x", ...}',
    "no quotes": '{name: "x"}',
    "a value without quotes": '{"name": x y}',
    "a missing comma, or quotes that are not escaped": '{"tags": ["a" "b"]}',
    "smart quotes around quotes": f'{{"name": {LEFT}say "x" now{RIGHT}}}',
    "a smart quote that hides a backslash": f'{{"name": {LEFT}a\\nb{RIGHT}}}',
    "a missing bracket": '{"tags": ["a"}',
    "a member twice": '{"name": "x", "name": "y"}',
    "text after it": '{"name": "x"} and more',
    "a closing quote that is missing": '{"name": "x, "size": 1}',
}


@pytest.mark.parametrize("body", UNSURE.values(), ids=UNSURE)
def test_json_that_is_left_to_people(tmp_path, body):
    page = operation(body, keys=THING)
    assert fixed(tmp_path, page, "--unsafe-fixes") == page
    assert places(report(tmp_path), page="op.md") != []


#: Text that only looks as if it needed mending.
CLEAN = {
    "smart quotes in a text": f'{{"name": "say {LEFT}x{RIGHT}"}}',
    "a no-break space in a text": f'{{"name": "a{NBSP}b"}}',
    "commas in a text": '{"name": "a,,b,}"}',
    "a comma and a bracket in a text": '{"name": ",]", "tags": [",}"]}',
}


@pytest.mark.parametrize("body", CLEAN.values(), ids=CLEAN)
def test_json_that_is_clean(tmp_path, body):
    page = operation(body, keys=THING)
    assert fixed(tmp_path, page, "--unsafe-fixes") == page


def test_a_representation(tmp_path):
    page = resource("part", ["|id|String|The id.|"], representation='{"id": "string",}')
    assert fixed(tmp_path, page, name="resources/part.md") == page.replace('g",}', 'g"}')


def test_more_defects_than_a_body_is_told_of(tmp_path):
    body = '{"tags": [' + ", ".join(f'{NBSP}"{number}"' for number in range(90)) + "]}"
    page = operation(body, keys=THING)
    assert fixed(tmp_path, page) == page.replace(NBSP, " ")
    assert places(report(tmp_path), page="op.md") == []


ANNOTATIONS = {
    "a trailing comma": ('"truncated": true }', '"truncated": true, }', '"truncated": true }'),
    "a missing comma": ('", "@odata', '"\n "@odata', '",\n "@odata'),
    "smart quotes": ('"response"', f"{LEFT}response{RIGHT}", '"response"'),
    "a no-break space": ('"truncated": true', f'"truncated":{NBSP}true', '"truncated": true'),
    "quotes as in HTML": ('"response"', "&quot;response&quot;", '"response"'),
}


@pytest.mark.parametrize(("right", "wrong", "mended"), ANNOTATIONS.values(), ids=ANNOTATIONS)
def test_annotations(tmp_path, right, wrong, mended):
    head, bare, tail = operation('{"name": "x"}', keys=THING).partition('<!-- { "blockType": "response"')
    page = bare + tail
    assert right in page
    assert fixed(tmp_path, head + page.replace(right, wrong, 1)) == head + page.replace(right, mended, 1)


START_LINES = {
    "http/1.1 200 OK": "HTTP/1.1 200 OK",
    "Http/1.1 200 OK": "HTTP/1.1 200 OK",
    "HTTP 200 OK": "HTTP/1.1 200 OK",
    "HTTP 1.1 200 OK": "HTTP/1.1 200 OK",
    "http/2 200 OK": "HTTP/2 200 OK",
    "HTTP code: 200 OK": "HTTP/1.1 200 OK",
    "HTTP/1.1: 200 OK": "HTTP/1.1 200 OK",
    "200 OK": "HTTP/1.1 200 OK",
    "`HTTP/1.1 200 OK`": "HTTP/1.1 200 OK",
    f"HTTP/1.1{NBSP}200{NBSP}OK": "HTTP/1.1 200 OK",
    "HTTP/1.1 200 Fine": "HTTP/1.1 200 OK",
    "http/1.1 200 Okay": "HTTP/1.1 200 OK",
    "HTTP/1.1 200 OK": "HTTP/1.1 200 OK",
    "HTTP/1.1 200 ok": "HTTP/1.1 200 ok",
    "HTTP/1.1 200": "HTTP/1.1 200",
    "HTTP/2 200 OK": "HTTP/2 200 OK",
}


@pytest.mark.parametrize(("line", "right"), START_LINES.items())
def test_status_lines(tmp_path, line, right):
    page = operation('{"name": "x"}', keys=THING).replace("HTTP/1.1 200 OK", line)
    assert fixed(tmp_path, page) == page.replace(line, right)


def test_odd_blanks_in_a_request_line_and_its_header(tmp_path):
    lines = f"GET{NBSP}/things/1\nPrefer:{NBSP}x"
    page = operation('{"name": "x"}', keys=THING, request=lines)
    head, _, example = page.partition("## Examples")
    assert fixed(tmp_path, page).partition("## Examples")[2] == example.replace(NBSP, " ")
    assert NBSP in head


@pytest.mark.parametrize(
    ("prose", "safe"),
    [
        ("If successful, this method returns `204 No Content`.", True),
        ("If successful, this method returns `200 OK` or `204 No Content`.", False),
        ("", False),
    ],
)
def test_the_reason_phrase_of_another_code_is_a_slip_only_where_the_page_promises_the_code(tmp_path, prose, safe):
    page = exchange("HTTP/1.1 204 OK", "DELETE /things/1", prose=prose)
    assert fixed(tmp_path, page) == (page.replace("204 OK", "204 No Content") if safe else page)
    assert fixed(tmp_path, page, "--unsafe-fixes") == page.replace("204 OK", "204 No Content")


def test_a_body_without_a_blank_line_before_it(tmp_path):
    page = operation('{"name": "x"}', keys=THING)
    tight = page.replace("json\n\n{", "json\n{")
    assert fixed(tmp_path, tight) == page


def test_a_body_in_a_list_or_a_quotation_is_not_moved(tmp_path):
    for prefix in ("> ", "    "):
        shown = block("response", 'HTTP/1.1 200 OK\nContent-Type: application/json\n{"name": "x"}', THING)
        inner = "".join(prefix + line + "\n" for line in shown.rstrip("\n").split("\n"))
        page = "# A page\n\n" + ("1. One\n\n" if prefix.isspace() else "") + inner
        assert fixed(tmp_path, page) == page


LINKS = {
    "[a](../resources/Thing.md)": "[a](../resources/thing.md)",
    "[a](../Resources/THING.md#Properties)": "[a](../resources/thing.md#Properties)",
    "[a](./../resources/Thing.md)": "[a](./../resources/thing.md)",
    "[a](..\\resources\\thing.md)": "[a](../resources/thing.md)",
    "[a](..\\resources\\Thing.md#properties)": "[a](../resources/thing.md#properties)",
    "[a]: ../resources/Thing.md": "[a]: ../resources/thing.md",
    '[a](../resources/Thing.md "Things")': '[a](../resources/thing.md "Things")',
    "[a](../resources/thing.md)": "[a](../resources/thing.md)",
    "[a](../resources/%54hing.md)": "[a](../resources/%54hing.md)",
    "[a](../resources/thingy.md)": "[a](../resources/thingy.md)",
    "`[a](../resources/Thing.md)`": "`[a](../resources/Thing.md)`",
    "[a](https://example.com/Thing.md)": "[a](https://example.com/Thing.md)",
}


@pytest.mark.parametrize(("link", "right"), LINKS.items())
def test_links(tmp_path, link, right):
    page = f"# A page\n\nSee {link} and more.\n" if not link.startswith("[a]:") else f"# A page\n\n{link}\n"
    assert fixed(tmp_path, page) == page.replace(link, right)


UNSAFE = {
    "a name in another case": ('{"Name": "x"}', '{"name": "x"}'),
    "a name nearly right": ('{"membrs": [], "name": "x"}', '{"members": [], "name": "x"}'),
    "several names": ('{"membrs": [], "Name": "x", "laste": "PT1H"}', '{"members": [], "name": "x", "lasts": "PT1H"}'),
    "a name inside": ('{"owner": {"Age": 1}}', '{"owner": {"age": 1}}'),
    "an enum member in another case": ('{"state": "Open"}', '{"state": "open"}'),
    "flags": ('{"state": "Open, closed"}', '{"state": "open, closed"}'),
}


@pytest.mark.parametrize(("body", "right"), UNSAFE.values(), ids=UNSAFE)
def test_unsafe_fixes(tmp_path, body, right):
    page = operation(body, keys=THING)
    assert fixed(tmp_path, page) == page
    assert fixed(tmp_path, page, "--unsafe-fixes") == page.replace(body, right)


NO_TELLING = {
    "a name that is near nothing": '{"colour": "x"}',
    "one of two names has no near one": '{"membrs": [], "colour": "x"}',
    "the right name stands there, too": '{"name": "x", "Name": "y"}',
    "another value of an enum": '{"state": "opened"}',
}


@pytest.mark.parametrize("body", NO_TELLING.values(), ids=NO_TELLING)
def test_what_a_body_means_is_not_guessed(tmp_path, body):
    page = operation(body, keys=THING)
    assert fixed(tmp_path, page, "--unsafe-fixes") == page
    assert places(report(tmp_path), page="op.md") != []


def test_a_name_that_is_as_near_to_two_is_not_guessed(tmp_path):
    rows = ["|startDate|String|S.|", "|startDatz|String|S.|", "|other|String|O.|"]
    page = operation('{"startDatx": "x", "other": "y"}', keys=typed("pair"))
    others = {"resources/pair.md": resource("pair", rows)}
    assert fixed(tmp_path, page, "--unsafe-fixes", others=others) == page
    one = page.replace("startDatx", "othre").replace('"other"', '"startDate"')
    assert '"other": "x"' in fixed(tmp_path, one, "--unsafe-fixes", others=others)


def test_a_representation_gets_the_names_of_the_table_only_by_unsafe_fixes(tmp_path):
    page = resource("part", ["|id|String|I.|", "|fullName|String|F.|"], representation='{"id": "s", "fullname": "s"}')
    assert fixed(tmp_path, page, name="resources/part.md") == page
    mended = fixed(tmp_path, page, "--unsafe-fixes", name="resources/part.md")
    assert mended == page.replace('"fullname"', '"fullName"')


def test_a_near_name_whose_value_does_not_fit_is_no_fix(tmp_path):
    """The row of the near name says Int32, so the guess would put one error in the place of another."""
    page = operation('{"sizee": "x", "name": "y"}', keys=THING)
    assert fixed(tmp_path, page, "--unsafe-fixes") == page


def test_a_fix_in_json_and_its_report(tmp_path):
    page = operation('{"name": "x",}', keys=THING)
    [finding] = of_check(report(write(tmp_path, {**THINGS, "api/op.md": page})), "json-syntax")
    assert finding["fixable"]
    [edit] = finding["fix"]["edits"]
    where = {name: finding[name] for name in ("path", "line", "column", "end_line", "end_column")}
    assert edit == {**where, "text": ""}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_says_which_fixes_it_has(defects, check):
    kinds = {finding["fix"]["safe"] for finding in defects if finding["check"] == check.id and finding["fix"]}
    assert (True in kinds) == (BY_ID[check.id].fixes is Safety.SAFE)
    assert bool(kinds) == (BY_ID[check.id].fixes is not None)


@pytest.fixture(scope="module")
def defects(tmp_path_factory):
    """Return findings of all checks."""
    folder = write(tmp_path_factory.mktemp("near"), {**THINGS})
    pages = {
        "api/near.md": operation('{"membrs": [], "state": "Open", "Name": "x"}', keys=THING),
        "api/open.md": operation('{"displayNme": "x"}', keys=typed("bag")),
        "api/phrase.md": exchange("HTTP/1.1 204 Nothing", "DELETE /things/1"),
        "api/link.md": "# A page\n\n[a](../resources/Thing.md)\n",
        "api/form.md": operation('{"name": "x"}', keys=THING).replace("HTTP/1.1 200", "http/1.1 200"),
        "resources/case.md": resource("case", ["|fullName|String|F.|", "|id|String|I.|"]).replace(
            "{}", '{"fullname": "s", "id": "s"}'
        ),
    }
    return [*report(write(folder, pages))["findings"], *report(ROOT / "tests/data/defects")["findings"]]
