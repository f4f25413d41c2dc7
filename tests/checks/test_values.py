"""Values against their rows: what stands for a value is one warning a body, what is listed is listed once."""

from __future__ import annotations

import pytest

from tests.helpers import lines_above, of_check, report, write
from tests.pages import THING, THINGS, operation, request, resource, typed

SIZE = '"size": "size-value"'


def told(folder, body, *, sent=False, pages=THINGS):
    """Return (check, severity, line in the body, column) of what is found where a response or request shows a body."""
    page = operation(body, keys=THING)
    if sent:
        page = operation('{"id": "1"}', keys=THING, request=request("PATCH /things/{id}", body))
        page = page.replace('"name": "an_operation"', f'"name": "an_operation", {THING}')
    above = lines_above(page, body)
    found = report(write(folder, {**pages, "api/op.md": page}))["findings"]
    return [(f["check"], f["severity"], f["line"] - above, f["column"]) for f in found if f["path"].endswith("op.md")]


def lines(*members):
    """Return an object of members, each on a line of its own from the second on."""
    return "{\n  " + ",\n  ".join(members) + "\n}"


BEGIN = "'size' is the placeholder \"size-value\", expected Int32"
#: What else stands for a value in a body, and what is said of it.
TOGETHER = {
    "nothing": ([], BEGIN),
    "one": (['"made": "String (timestamp)"'], f"{BEGIN}; 'made' holds a placeholder too"),
    "two": (['"made": "<made>"', '"day": "{day}"'], f"{BEGIN}; 'made', 'day' hold placeholders too"),
    "many": (
        ['"made": "<made>"', '"day": "{day}"', '"ratio": "ratio-value"', '"done": "Boolean"', '"key": "Guid"'],
        f"{BEGIN}; 'made', 'day', 'ratio' and 2 more hold placeholders too",
    ),
}


@pytest.mark.parametrize(("others", "message"), TOGETHER.values(), ids=TOGETHER)
def test_the_placeholders_of_a_body_are_one_finding(tmp_path, others, message):
    body = lines('"id": "1"', SIZE, *others)
    assert told(tmp_path, body) == [("placeholder", "warning", 3, 11)]
    [finding] = of_check(report(tmp_path), "placeholder")
    assert finding["message"] == message
    # The others, then the row of the first.
    *also, row = finding["related"]
    assert [place["line"] - finding["line"] for place in also] == list(range(1, len(others) + 1))
    assert row["message"] == "the row of 'size' says Int32"


def test_the_same_placeholder_in_several_objects(tmp_path):
    body = lines('"members": [{"age": "Int32"}, {"age": "Int32"}, {"age": "Int32"}]')
    assert told(tmp_path, body) == [("placeholder", "warning", 2, 23)]
    [finding] = of_check(report(tmp_path), "placeholder")
    assert finding["message"] == "'age' is the placeholder \"Int32\", expected Int32, here and in 2 more places"


def test_a_reader_puts_values_of_his_own_into_a_request(tmp_path):
    body = lines(SIZE, '"made": "<made>"')
    assert told(tmp_path, body, sent=True) == [("placeholder", "info", 2, 11)]


def test_a_shortened_value_stands_apart(tmp_path):
    body = lines(SIZE, '"blob": "MIIDYDCCAki..."', '"done": "Boolean"')
    assert told(tmp_path, body) == [("placeholder", "warning", 2, 11), ("placeholder", "info", 3, 11)]


#: What is shown for a date, and what is said of it.
SHOWN = {
    "an empty string": ('""', "'made' is an empty string, expected DateTimeOffset"),
    "an empty object": ("{}", "'made' is an empty object, expected DateTimeOffset"),
    "an empty array": ("[]", "'made' is an empty array, expected DateTimeOffset"),
    "its type, as generators write it": (
        '{"@odata.type": "Edm.DateTimeOffset"}',
        "'made' is an object, expected DateTimeOffset",
    ),
}


@pytest.mark.parametrize(("value", "message"), SHOWN.values(), ids=SHOWN)
def test_what_else_stands_for_a_value(tmp_path, value, message):
    assert told(tmp_path, lines(f'"made": {value}')) == [("placeholder", "warning", 2, 11)]
    assert [f["message"] for f in of_check(report(tmp_path), "placeholder")] == [message]


FINE = {
    "in a String": '{"name": "name-value", "id": "{id}"}',
    "in the items of a String collection": '{"tags": ["string", "..."]}',
    "an empty object for an object": '{"owner": {}}',
    "an empty array for a collection": '{"members": [], "tags": []}',
    "in what has no known type": '{"free": "Json", "odd": "odd-value"}',
    "null": '{"size": null, "made": null}',
}


@pytest.mark.parametrize("body", FINE.values(), ids=FINE)
@pytest.mark.parametrize("sent", [False, True], ids=["response", "request"])
def test_what_stands_for_nothing(tmp_path, body, sent):
    assert told(tmp_path, body, sent=sent) == []


#: What is shown where a collection is declared, and how severe that is.
FOR_A_COLLECTION = {
    "a placeholder": ('"tags-value"', "warning"),
    "the name of the type": ('"String"', "warning"),
    "the declaration": ('"microsoft.graph.person"', "warning"),
    "a shortened value": ('"new, ..."', "warning"),
    "a value": ('"new"', "error"),
    "a number": ("5", "error"),
}


@pytest.mark.parametrize(("value", "severity"), FOR_A_COLLECTION.values(), ids=FOR_A_COLLECTION)
@pytest.mark.parametrize("sent", [False, True], ids=["response", "request"])
def test_one_value_where_a_collection_is_declared(tmp_path, value, severity, sent):
    assert told(tmp_path, lines(f'"tags": {value}'), sent=sent) == [("expected-collection", severity, 2, 11)]


def test_a_placeholder_is_no_item_of_another_type(tmp_path):
    rows = ["|sizes|Int32 collection|The sizes.|"]
    pages = {"resources/thing.md": resource("thing", rows)}
    assert told(tmp_path, lines('"sizes": ["Int32"]'), pages=pages) == [("placeholder", "warning", 2, 13)]
    assert told(tmp_path, lines('"sizes": "Int32"'), pages=pages) == [("expected-collection", "warning", 2, 12)]


def test_a_member_that_is_listed_in_two_cases_is_told_once(tmp_path):
    rows = ["|kind|thingKind|The kind. Possible values are: `Small`, `small`, `large`.|"]
    pages = {
        "resources/thing.md": resource("thing", rows),
        "resources/enums.md": THINGS["resources/enums.md"],
        "api/op.md": operation('{"kind": "huge"}', keys=typed("thing")),
    }
    [finding] = [f for f in report(write(tmp_path, pages))["findings"] if f["check"] != "enum-disagree"]
    assert finding["message"] == "'kind' is \"huge\", expected one of small, large"


#: Rows, a member that one of them allows by what it says, and the same where it says nothing of it.
ALLOWED = {
    "an empty text": (
        "|why|String|Possible values are `a` and `b`. {}|",
        "This property is an empty string if all is well.",
        '"why": ""',
        ("placeholder", "warning", 2, 10),
    ),
    "an empty text, in German": (
        "|why|String|Die m\u00f6glichen Werte sind `a` und `b`. {}|",
        "Leere Werte werden als `a` behandelt.",
        '"why": ""',
        ("placeholder", "warning", 2, 10),
    ),
    "an empty text for a date": (
        "|when|DateTimeOffset|The time. {}|",
        "Can be empty.",
        '"when": ""',
        ("placeholder", "warning", 2, 11),
    ),
    "a nested array": (
        "|cells|String collection|The cells. {}|",
        "A 2-dimensional array.",
        '"cells": [["a"]]',
        ("expected-object", "error", 2, 13),
    ),
    "a nested array, in German": (
        "|cells|String-Sammlung|Die Zellen. {}|",
        "Ein zweidimensionales Array.",
        '"cells": [["a"]]',
        ("expected-object", "error", 2, 13),
    ),
    "a value that no list names": (
        "|state|String|The state. {} Possible values are `open` and `closed`.|",
        "The value can be `new` for a new one `active` - if it was accepted.",
        '"state": "active"',
        ("enum-value", "error", 2, 12),
    ),
}


@pytest.mark.parametrize(("row", "text", "member", "told_else"), ALLOWED.values(), ids=ALLOWED)
def test_what_the_description_of_a_row_allows(tmp_path, row, text, member, told_else):
    body = lines(member)
    for said, expected in ((text, []), ("", [told_else])):
        pages = {"resources/thing.md": resource("thing", [row.format(said)])}
        assert told(tmp_path, body, pages=pages) == expected
