"""Members that no row declares: one finding an object, as severe as what is known of its type allows."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, lines_above, of_check, report, write
from tests.pages import THINGS, above_examples, operation, request, resource, table, typed

PERSON = typed("person")
UNDECLARED = "undeclared-property"
HEADER = line_of(THINGS["resources/person.md"], "|Property|")


def told(folder, pages, body):
    """Check pages; return (check, severity, line in the body, column) of what is found on `api/op.md`."""
    above = lines_above(pages["api/op.md"], body)
    found = report(write(folder, pages))["findings"]
    return [(f["check"], f["severity"], f["line"] - above, f["column"]) for f in found if f["path"].endswith("op.md")]


def lines(*members):
    """Return an object of members, each on a line of its own from the second on."""
    return "{\n  " + ",\n  ".join(members) + "\n}"


#: The undeclared members of a person, and what is said of them.
TOGETHER = {
    "one": (["colour"], "'colour' is not in the properties table of person"),
    "a slip": (["agee"], "'agee' is not in the properties table of person; did you mean 'age'?"),
    "two": (["colour", "weight"], "'colour' and 'weight' are not in the properties table of person"),
    "a slip and another": (
        ["agee", "weight"],
        "'agee' (did you mean 'age'?) and 'weight' are not in the properties table of person",
    ),
    "more than it declares": (
        ["colour", "weight", "mood"],
        "'colour', 'weight' and 'mood' are not in the properties table of person, which lists only id, age: "
        "does the type have a base type?",
    ),
    "many": (
        ["colour", "weight", "mood", "pace", "tone"],
        "'colour', 'weight', 'mood' and 2 more are not in the properties table of person, which lists only id, age: "
        "does the type have a base type?",
    ),
}


@pytest.mark.parametrize(("names", "message"), TOGETHER.values(), ids=TOGETHER)
def test_the_undeclared_members_of_an_object_are_one_finding(tmp_path, names, message):
    page = operation(lines('"id": "1"', *(f'"{name}": 1' for name in names)), keys=PERSON)
    [finding] = of_check(report(write(tmp_path, {**THINGS, "api/op.md": page})), UNDECLARED)
    assert (finding["check"], finding["severity"], finding["message"]) == (UNDECLARED, "error", message)
    first, *others = (line_of(page, f'"{name}"') for name in names)
    assert (finding["line"], finding["column"]) == (first, 3)
    assert (finding["pointer"], finding["property"]) == (f"/{names[0]}", names[0])
    *also, header = finding["related"]
    assert [(place["line"], place["column"]) for place in also] == [(line, 3) for line in others]
    assert [place["message"] for place in also] == [f"'{name}' too" for name in names[1:]]
    assert (header["path"].endswith("resources/person.md"), header["line"]) == (True, HEADER)


def test_what_derives_from_another_is_not_asked_for_its_base(tmp_path):
    page = operation(lines(*(f'"{name}": 1' for name in "abcdef")), keys=typed("student"))
    [finding] = of_check(report(write(tmp_path, {**THINGS, "api/op.md": page})), UNDECLARED)
    assert finding["message"] == "'a', 'b', 'c' and 3 more are not in the properties table of student"


def test_the_members_of_two_objects_are_two_findings(tmp_path):
    body = lines('"owner": {"colour": 1, "mood": 2}', '"members": [{"colour": 1}, {"id": "1"}, {"mood": 2}]')
    pages = {**THINGS, "api/op.md": operation(body, keys=typed("thing"))}
    expected = [(UNDECLARED, "error", *place) for place in [(2, 13), (3, 16), (3, 44)]]
    assert told(tmp_path, pages, body) == expected


def test_the_members_of_an_open_type_are_one_finding_and_its_slips_another(tmp_path):
    body = lines('"colour": 1', '"displayNam": "x"', '"mood": 2')
    pages = {**THINGS, "api/op.md": operation(body, keys=typed("bag"))}
    assert told(tmp_path, pages, body) == [
        ("undeclared-open", "info", 2, 3),
        ("open-near-miss", "warning", 3, 3),
    ]
    [finding] = of_check(report(tmp_path), "undeclared-open")
    assert finding["message"] == "'colour' and 'mood' are not in the properties table of bag; the type is open"


OWN_TABLE = table(["|name|String|Name.|", "|size|Int32|Size.|"])


@pytest.mark.parametrize("place", ["request", "response"])
def test_the_page_of_an_operation_may_list_only_what_one_may_send(tmp_path, place):
    body = lines('"name": "x"', '"colour": 1', '"mood": 2')
    alien = typed("alien")
    page = (
        operation(body, keys=alien)
        if place == "response"
        else operation('{"id": "1"}', keys=typed("thing"), request=request("POST /things", body))
    )
    pages = {**THINGS, "api/op.md": above_examples(page, "Request body", OWN_TABLE)}
    found = [one for one in told(tmp_path, pages, body) if one[0] == UNDECLARED]
    assert found == [(UNDECLARED, "info" if place == "response" else "warning", 3, 3)]


BASED = '"baseType": "microsoft.graph.missing"'
ID = "|id|String|The id.|"
NAME = "|name|String|The name.|"
#: Rows of a type whose base type no page defines, its annotation, and whether the rows are all of its members.
INHERITED = {
    "no key": ([NAME], BASED, False),
    "the key": ([ID, NAME], BASED, True),
    "a key of another name": ([NAME], f'{BASED}, "keyProperty": "name"', True),
    "a key that has no row": ([NAME], f'{BASED}, "keyProperty": "code"', False),
    "a row that says so": ([NAME, "|kind|String|The kind. Inherited from [missing](missing.md).|"], BASED, True),
    "a row that says so in German": ([NAME, "|kind|String|Die Art. Geerbt von [missing](missing.md).|"], BASED, True),
    "a row that speaks of heirs": ([NAME, "|kind|String|The kind. Its heirs have none.|"], BASED, False),
}


@pytest.mark.parametrize(("rows", "keys", "enumerated"), INHERITED.values(), ids=INHERITED)
def test_a_table_that_repeats_what_it_inherits_lists_all(tmp_path, rows, keys, enumerated):
    body = lines('"name": "x"', '"surplus": 1', '"more": 2')
    pages = {
        **THINGS,
        "resources/heir.md": resource("heir", rows, keys=keys),
        "api/op.md": operation(body, keys=typed("heir")),
    }
    assert told(tmp_path, pages, body) == ([(UNDECLARED, "warning", 3, 3)] if enumerated else [])


AGREED = [f"|{name}|Int32|A number.|" for name in ("one", "two", "three")]
SHOWN = '{"one": 1, "two": 2, "three": 3, "four": 4}'
FOUR = lines('"one": 1', '"four": 4')
MISSING_ROW = "'four' is not in the properties table of sum, though it is in its JSON representation: no row names it"


def summed(body, *, rows=AGREED, shown=SHOWN, sent=False):
    parts = {"request": request("PATCH /sums/{id}", body)} if sent else {}
    page = operation('{"one": 1}' if sent else body, keys=typed("sum"), **parts)
    if sent:
        page = page.replace('"name": "an_operation"', f'"name": "an_operation", {typed("sum")}')
    return {"resources/sum.md": resource("sum", rows, representation=shown), "api/op.md": page}


def test_what_only_the_representation_shows_is_an_information(tmp_path):
    assert told(tmp_path, summed(FOUR), FOUR) == [(UNDECLARED, "info", 3, 3)]
    assert [f["message"] for f in of_check(report(tmp_path), UNDECLARED)] == [MISSING_ROW]


def test_several_members_that_only_the_representation_shows(tmp_path):
    body = lines('"four": 4', '"five": 5')
    rows = [f"|{name}|Int32|A number.|" for name in ("one", "two", "three", "six", "seven", "eight")]
    shown = '{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}'
    pages = summed(body, rows=rows, shown=shown)
    assert told(tmp_path, pages, body) == [(UNDECLARED, "info", 2, 3)]
    assert [f["message"] for f in of_check(report(tmp_path), UNDECLARED)] == [
        "'four' and 'five' are not in the properties table of sum, though they are in its JSON representation: "
        "no row names them"
    ]


def test_what_nothing_shows_stands_apart_from_what_the_representation_shows(tmp_path):
    body = lines('"four": 4', '"five": 5')
    assert told(tmp_path, summed(body), body) == [
        (UNDECLARED, "info", 2, 3),
        (UNDECLARED, "error", 3, 3),
    ]


SILENT = {
    "in a request": summed(FOUR, sent=True),
    "where table and representation hardly agree": summed(FOUR, shown='{"one": 1, "four": 4}'),
    "where the table has it": summed(FOUR, rows=[*AGREED, "|four|Int32|A number.|"]),
}


@pytest.mark.parametrize("pages", SILENT.values(), ids=SILENT)
def test_what_the_representation_shows_is_no_surplus(tmp_path, pages):
    assert told(tmp_path, pages, FOUR) == []


#: Rows and the representation of a type, and how severe it is that a body writes `ONE`.
CASES = {
    "of a whole type": (AGREED, "{}", "", "warning"),
    "of a type whose base is not found": (AGREED, "{}", BASED, "warning"),
    "of an open type": (AGREED, "{}", '"openType": true', "warning"),
    "as the representation writes it, too": (AGREED, '{"ONE": 1, "two": 2, "three": 3}', "", None),
    "as a representation that agrees writes it, too": (
        [*AGREED, "|four|Int32|A number.|"],
        '{"ONE": 1, "two": 2, "three": 3, "four": 4}',
        "",
        "info",
    ),
}


@pytest.mark.parametrize(("rows", "shown", "keys", "severity"), CASES.values(), ids=CASES)
def test_a_difference_in_case_only_needs_no_whole_type(tmp_path, rows, shown, keys, severity):
    body = lines('"two": 2', '"ONE": 1')
    pages = {
        "resources/sum.md": resource("sum", rows, keys=keys, representation=shown),
        "api/op.md": operation(body, keys=typed("sum")),
    }
    assert told(tmp_path, pages, body) == ([("property-case", severity, 3, 3)] if severity else [])


def test_a_difference_in_case_only_in_an_object_of_an_unknown_type(tmp_path):
    body = lines('"owner": {"@odata.type": "#microsoft.graph.alien", "AGE": 1, "surplus": 1}')
    pages = {**THINGS, "api/op.md": operation(body, keys=typed("thing"))}
    assert told(tmp_path, pages, body) == [("unknown-type", "error", 2, 28), ("property-case", "warning", 2, 54)]


def test_an_item_of_a_multi_status_may_have_an_error(tmp_path):
    body = lines('"value": [{"id": "1", "error": {"code": "x"}}, {"id": "2", "eror": 1}]')
    keys = typed("person", collection=True)
    pages = {**THINGS, "api/op.md": operation(body, keys=keys, status="207 Multi-Status")}
    assert told(tmp_path, pages, body) == [(UNDECLARED, "error", 2, 62)]
    pages = {**THINGS, "api/op.md": operation(body, keys=keys)}
    assert [one[3] for one in told(tmp_path, pages, body)] == [25, 62]


#: What a configuration allows of the members `colour` and `mood` of a person, and which ones are told.
ALLOWED = {
    "one": ('{type = "person", property = "colour"}', "'mood' is"),
    "the other": ('{type = "person", property = "mood"}', "'colour' is"),
    "one by the full name": ('{type = "Microsoft.Graph.Person", property = "colour"}', "'mood' is"),
    "one of any type": ('{type = "*", property = "colour"}', "'mood' is"),
    "all": ('{type = "person", property = "*"}', ""),
    "one of another type": ('{type = "thing", property = "colour"}', "'colour' and 'mood' are"),
    "another": ('{type = "person", property = "Colour"}', "'colour' and 'mood' are"),
}


@pytest.mark.parametrize(("allowed", "subject"), ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_is_no_part_of_a_finding(tmp_path, allowed, subject):
    page = operation(lines('"colour": 1', '"mood": 2'), keys=PERSON)
    config = f"allow = [{allowed}]\n"
    found = of_check(report(write(tmp_path, {**THINGS, "api/op.md": page, "docextract.toml": config})), UNDECLARED)
    assert [f["message"] for f in found] == ([f"{subject} not in the properties table of person"] if subject else [])


#: A body, and what is said of a response that shows it as a person.
SINGLE = {
    "a text": ('{\n  "value": "x"\n}', "; the body is one value: is its type Edm.String?"),
    "a number": ('{\n  "value": 5\n}', "; the body is one value: is its type Edm.Int32?"),
    "a Boolean": ('{\n  "value": true\n}', "; the body is one value: is its type Edm.Boolean?"),
    "a text beside another member": ('{\n  "value": "x", "id": "1"\n}', ""),
    "a text under another name": ('{\n  "valued": "x"\n}', ""),
}


@pytest.mark.parametrize(("body", "advice"), SINGLE.values(), ids=SINGLE)
def test_a_body_of_one_value(tmp_path, body, advice):
    assert told(tmp_path, {**THINGS, "api/op.md": operation(body, keys=PERSON)}, body) == [(UNDECLARED, "error", 2, 3)]
    [finding] = of_check(report(tmp_path), UNDECLARED)
    name = "valued" if "valued" in body else "value"
    assert finding["message"] == f"'{name}' is not in the properties table of person{advice}"
