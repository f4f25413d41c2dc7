"""JSON text: strict reading, recovery with exact defects, and positions."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from docextract.text.json_text import MAX_DEFECTS, MAX_DEPTH, Reading, locate, pointer, read

# Text, value, and the defects as "kind line pointer" ("-" where nothing is damaged).
RECOVERIES: list[tuple[str, Any, list[str]]] = [
    ('"a": 1, "b": 2', {"a": 1, "b": 2}, ["missing-opener 1 "]),
    ('\n"a": [1], "b": 2\n}', {"a": [1], "b": 2}, ["missing-opener 2 "]),
    ('"a": {"b": 2', {"a": {"b": 2}}, ["missing-opener 1 ", "unclosed 1 "]),
    ('{"a": 1,\n}', {"a": 1}, ["trailing-comma 1 -"]),
    ("[1,\n2,\n]", [1, 2], ["trailing-comma 2 -"]),
    ('{"a": {"b": [1,],},}', {"a": {"b": [1]}}, ["trailing-comma 1 -"] * 3),
    ("[1,,2]", [1, 2], ["extra-comma 1 -"]),
    (
        '{\n"@odata.type": "x"\n"attendees": [1]\n}',
        {"@odata.type": "x", "attendees": [1]},
        ["missing-comma 2 -"],
    ),
    ('{"v": [\n{"a": 1}\n{"a": 2}\n]}', {"v": [{"a": 1}, {"a": 2}]}, ["missing-comma 2 /v"]),
    ('{"a": "x" "b": 5 "c": true}', {"a": "x", "b": 5, "c": True}, ["missing-comma 1 -"] * 2),
    ('{"a": 1\nb: 2}', {"a": 1, "b": 2}, ["missing-comma 1 ", "unquoted-key 2 /b"]),
    ('{"a": {"p", "q", "r"}, "b": 1}', {"a": {"p": None, "q": None, "r": None}, "b": 1}, ["missing-value 1 /a"]),
    ('{"a": {"p",\n"q",}}', {"a": {"p": None, "q": None}}, ["missing-value 1 /a", "trailing-comma 2 -"]),
    (
        '{"a": {"p"}, "b": {"q", "r": 1}}',
        {"a": {"p": None}, "b": {"q": None, "r": 1}},
        ["missing-value 1 /a/p", "missing-value 1 /b/q"],
    ),
    ('{"a": 0000, "b": -01.5}', {"a": "0000", "b": "-01.5"}, ["bare-value 1 /a", "bare-value 1 /b"]),
    ("{\nisCollection: true}", {"isCollection": True}, ["unquoted-key 2 /isCollection"]),
    ('{\n   id": "SHFT_577b75d2",\n"b": 1}', {"id": "SHFT_577b75d2", "b": 1}, ["missing-quote 2 /id"]),
    ('{\n"id: "x",\n"b": 1}', {"id": "x", "b": 1}, ["missing-quote 2 /id"]),
    ('{"a": x",\n"b": 1}', {"a": "x", "b": 1}, ["missing-quote 1 /a"]),
    ('{"a": "x,\n"b": 1}', {"a": "x", "b": 1}, ["missing-quote 1 /a"]),
    ('{"a": "x, "b": 1}', {"a": "x", "b": 1}, ["missing-quote 1 /a"]),
    ('{"v": [{"a": "x}]}\n', {"v": [{"a": "x"}]}, ["missing-quote 1 /v/0/a"]),
    ('{"a": "say "hi" now",\n"b": 1}', {"a": 'say "hi" now', "b": 1}, ["unescaped-quote 1 /a"]),
    ("{'a': 1, \"b\": 'it''s'}", {"a": 1, "b": "it''s"}, ["single-quotes 1 /a", "single-quotes 1 /b"]),
    (
        '{"r": {\n"queryType": "MicrosoftGraph\u201d\n},\n"b": 1}',
        {"r": {"queryType": "MicrosoftGraph"}, "b": 1},
        ["smart-quotes 2 /r/queryType"],
    ),
    (
        '{\n\u201cisGuest\u201d: true,\n\u201cisAdmin\u201d: false,\n"b": 1}',
        {"isGuest": True, "isAdmin": False, "b": 1},
        ["smart-quotes 2 /isGuest", "smart-quotes 3 /isAdmin"],
    ),
    ('{"a": \u2018it\u2019s\u2019}', {"a": "it\u2019s"}, ["smart-quotes 1 /a"]),
    ('{\n/* relationships\n */\n"a": 1 // one\n}', {"a": 1}, ["comment 2 -", "comment 4 -"]),
    ('{"a": 1,\n...\n"b": 2}', {"a": 1, "b": 2}, ["ellipsis 2 -"]),
    ('{"a": 1\n\u2026\n}', {"a": 1}, ["ellipsis 2 -"]),
    ('{"a": [1, ... more ...,], "b": ...}', {"a": [1], "b": "..."}, ["ellipsis 1 -", "ellipsis 1 /b"]),
    ('{"a": "x\n y",\n"b": "z"}', {"a": "x\n y", "b": "z"}, ["raw-newline 1 /a"]),
    ('{"a": "x\ty"}', {"a": "x\ty"}, ["control-character 1 /a"]),
    (r'{"a": "C:\Users"}', {"a": "C:Users"}, ["invalid-escape 1 /a"]),
    (r'{"a": "\ud83d"}', {"a": "\ufffd"}, ["lone-surrogate 1 /a"]),
    ('{\n\u00a0\u00a0"a":\u200b 1}', {"a": 1}, ["nbsp 2 -", "nbsp 2 -"]),
    ('\ufeff{"a": 1}', {"a": 1}, ["nbsp 1 -"]),
    (
        '{"created": 2017-07-31T17:38:15Z,\n"b": 1}',
        {"created": "2017-07-31T17:38:15Z", "b": 1},
        ["bare-value 1 /created"],
    ),
    (
        '{"a": Mon, 31 Jul 2017,\n"b": <b, c>}',
        {"a": "Mon, 31 Jul 2017", "b": "<b, c>"},
        ["bare-value 1 /a", "bare-value 2 /b"],
    ),
    (
        '{"a": https://x/{id}/y, "b": {id}}',
        {"a": "https://x/{id}/y", "b": "{id}"},
        ["bare-value 1 /a", "bare-value 1 /b"],
    ),
    (
        "[True, None, NaN, 012, +1, .5]",
        [True, None, "NaN", "012", "+1", ".5"],
        [f"bare-value 1 /{index}" for index in range(6)],
    ),
    ('{"a": {"x": 1},\n"a": {"y": 2}}', {"a": {"y": 2}}, ["duplicate-member 2 -"]),
    ('{ "a": 1 } some text\nand more', {"a": 1}, ["text-after 1 -"]),
    ('{"a": 1}\n{"b": 2}', {"a": 1}, ["text-after 2 -"]),
    ('{"a": 1}}', {"a": 1}, ["text-after 1 -"]),
    ('{"v": [\n{"a": 1}\n]\n\n', {"v": [{"a": 1}]}, ["unclosed 3 "]),
    ('{"v": [\n{"a": 1,', {"v": [{"a": 1}]}, ["unclosed 2 "]),
    (
        '{"a":,\n"b":\n"c": 1,\n"d": }',
        {"a": None, "b": None, "c": 1, "d": None},
        ["missing-value 1 /a", "missing-value 2 /b", "missing-value 4 /d"],
    ),
    ('{"a" 1, "b"}', {"a": 1, "b": None}, ["missing-colon 1 /a", "missing-value 1 /b"]),
    ('{"a": [1, 2}, "b": 3}', {"a": [1, 2], "b": 3}, ["mismatched-bracket 1 /a"]),
    ('{"v": [{"a": 1], "b": 3}', {"v": [{"a": 1}], "b": 3}, ["mismatched-bracket 1 /v/0"]),
    ('{"v": {"a": 1 ], "b": 3}}', {"v": {"a": 1, "b": 3}}, ["mismatched-bracket 1 /v"]),
    ('{"a": 1,\nsome words here\n"b": 2}', {"a": 1, "b": 2}, ["unexpected-text 2 "]),
    (
        '{"o": {"a": 1, {"x": [1,]}, "b": 2}}',
        {"o": {"a": 1, "b": 2}},
        ["unexpected-text 1 /o", "trailing-comma 1 -"],
    ),
]

NOT_JSON = [
    "",
    " \n ",
    "[Zip file containing a Teams app package]",
    "The contents of the file.",
    "{id}",
    "...",
    "<Image>",
    "12 apples",
    "]",
    "\ufeff",
    "// nothing",
    "2017-07-31",
]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
json_texts = st.builds(
    lambda value, indent, plain: json.dumps(value, indent=indent, ensure_ascii=plain),
    json_values,
    st.sampled_from([None, 2]),
    st.booleans(),
)
fragments = st.sampled_from(
    [
        *"{}[],:\"'\\.-+0\n\t \u201c\u201d\u2026\u00a0\ufeff",
        "...",
        "//",
        "/*",
        "\\ud800",
        "{id}",
        "x",
        "tru",
        "e5",
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """JSON text in which a few characters are deleted, inserted or replaced."""
    text = draw(json_texts)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.just("") | fragments) + text[at + draw(st.integers(0, 2)) :]
    return text


any_text = st.text() | st.lists(fragments).map("".join) | json_texts | mutated()
thorough = settings(max_examples=200, deadline=None, database=None)


def line(text: str, offset: int) -> int:
    """Return the 1-based line of an offset."""
    return text.count("\n", 0, offset) + 1


def described(text: str) -> list[str]:
    """Return the defects of a text as `kind line pointer`."""
    return [
        f"{defect.kind} {line(text, defect.start)} {'-' if defect.pointer is None else defect.pointer}"
        for defect in read(text).defects
    ]


def pointers(value: Any, at: str = "") -> set[str]:
    """Return the pointers of a value and of all values in it."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {at}.union(*(pointers(child, at + pointer(token)) for token, child in members))


def strictly_valid(text: str) -> bool:
    """Whether the json module takes a text, constants and repeated names refused."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError
        return dict(pairs)

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(("text", "value", "defects"), RECOVERIES)
def test_recovers_with_exactly_these_defects(text: str, value: Any, defects: list[str]) -> None:
    assert described(text) == defects
    reading = read(text)
    assert reading.readable
    assert reading.value == value
    assert locate(text).keys() == pointers(value)


@pytest.mark.parametrize("text", NOT_JSON)
def test_text_without_json_is_one_defect(text: str) -> None:
    reading = read(text)
    assert (reading.value, reading.readable, locate(text)) == (None, False, {})
    assert [defect.kind for defect in reading.defects] == ["not-json"]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        " [] ",
        "893",
        "null",
        '"x"',
        '{"a": [1, {"b": "\\ud83d\\ude00"}]}\r\n',
        '{"quote": "he said \\"hi\\", and so on", "url": "http://x//y"}',
        '{"...": "... \u2026 \u201chi\u201d, // no comment /* nor this */"}',
    ],
)
def test_clean_texts_have_no_defects(text: str) -> None:
    assert read(text) == Reading(json.loads(text))


@pytest.mark.parametrize(
    ("text", "found", "message", "related"),
    [
        ('{"a": 1,}', ",", "trailing comma before '}'", None),
        ('{"a": 1\n"isSupported": 2}', "1", 'missing comma before "isSupported"', None),
        ("{isCollection: 1}", "isCollection", "member name is not quoted: isCollection", None),
        ('{"a": 1, "a": 2}', '"a"', 'member "a" is given twice', '"a"'),
        ('{"a": [1]\n\n', "]", "'{' is never closed", "{"),
        ('{"a": 1}\n\n see below\n', "see below", 'text after the JSON: "see below"', None),
        ('{"a": ' + "x" * 99 + "}", "x" * 99, "value is not quoted: " + "x" * 39 + "\u2026", None),
        ('{"a": 1,\u00a0\u2003"b": 2}', "\u00a0\u2003", "white space that JSON does not allow: U+00A0", None),
    ],
)
def test_defect_shows_its_text(text: str, found: str, message: str, related: str | None) -> None:
    (defect,) = read(text).defects
    assert (text[defect.start : defect.end], defect.message) == (found, message)
    assert (defect.related and text[slice(*defect.related)]) == related


def test_damage_covers_what_lies_below() -> None:
    reading = read('{"ab": {"c": [1 "x"]}, "a": nope, "d": 1}')
    assert [reading.damaged(at) for at in ("/a", "/a/b", "/ab", "/d", "", "/ab/c", "/ab/c/0")] == [
        True,
        True,
        False,
        False,
        False,
        True,
        True,
    ]
    assert read('{"a": 1').damaged("/a")


@pytest.mark.parametrize(
    ("text", "elided"),
    [
        ('{"a": [1, ...], "b": [2]}', True),
        ("{\n...\n}", True),
        ('{"a": "..."}', False),
        ('{"a": ...}', False),
    ],
)
def test_an_ellipsis_in_an_object_or_array_is_told(text: str, elided: bool) -> None:
    assert read(text).elided is elided


def test_places_of_names_and_values() -> None:
    text = '{"a/b": [10, {"c~": null}], "": "x"}'
    shown = {
        at: (place.key and text[slice(*place.key)], text[slice(*place.value)]) for at, place in locate(text).items()
    }
    assert list(shown.items()) == [
        ("", (None, text)),
        ("/a~1b", ('"a/b"', '[10, {"c~": null}]')),
        ("/a~1b/0", (None, "10")),
        ("/a~1b/1", (None, '{"c~": null}')),
        ("/a~1b/1/c~0", ('"c~"', "null")),
        ("/", ('""', '"x"')),
    ]


@given(json_texts)
def test_places_of_strict_json_are_those_that_the_recovering_reader_finds(text: str) -> None:
    strict, recovered = locate(f"[{text}]"), locate(f"[{text},]")
    assert list(strict) == list(recovered)
    assert {**strict, "": None} == {**recovered, "": None}


def test_places_of_a_repeated_member_are_those_of_the_last() -> None:
    text = '{"a": {"x": 1}, "a": {"y": 2}}'
    assert list(locate(text)) == ["", "/a", "/a/y"]
    assert locate(text)["/a"].value == (21, 29)


def test_pointer_escapes() -> None:
    assert pointer() == ""
    assert pointer("a/b", 0, "~1") == "/a~1b/0/~01"


def test_nesting_limit() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).defects == ()
    for text in ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), '{"a":' * (MAX_DEPTH + 1)):
        reading = read(text)
        assert [defect.kind for defect in reading.defects] == ["too-deep"]
        assert not reading.readable
        assert locate(text) == {}


def test_numbers_that_python_cannot_read() -> None:
    assert described('{"a": ' + "1" * 5000 + "}") == ["number-too-long 1 /a"]


def test_untold_damage_damages_everything() -> None:
    reading = read("{" + ",".join(f"key{number}: 1" for number in range(30)) + "}")
    assert len(reading.defects) == MAX_DEFECTS
    assert reading.damaged("/unseen")
    harmless = read("[" + "[1,]," * 30 + "x y\n]")
    assert len(harmless.defects) == MAX_DEFECTS
    assert len(harmless.value) == 31
    assert harmless.damaged("/30")


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "]",
        "{",
        '{"a":',
        '"a": ',
        '{"a": "b", ',
        '"',
        '\\"',
        '"\\',
        "'",
        "\u201ca,",
        '"a,',
        "/*\n",
        "/",
        "//\n",
        "...,",
        "\u2026",
        ",",
        ":",
        "x ",
        "x:",
        "{x",
        "{x}",
        "[x",
        "\u00a0 ",
        "\u00a0\n",
        "\n",
        "-",
        "1",
        "1 ",
        "<",
        '"\n',
        '"a"\n',
        '"a":1\n',
        "[],",
        "{},",
        '"a":[{},',
    ],
)
@pytest.mark.parametrize("opening", ["", "[", '{"a": ', '{"a": "x', '{"a": ['])
def test_long_garbage_completes(unit: str, opening: str) -> None:
    text = opening + unit * (30_000 // len(unit))
    assert read(text).defects
    locate(text)


def test_many_levels_and_members_complete() -> None:
    assert read("[" * 100_000).defects[0].kind == "too-deep"
    assert read("[" * 100_000 + "]" * 100_000).defects[0].kind == "too-deep"
    assert not read('{"a": ' * 200_000).readable
    assert read('"a": ' * 200_000).damaged("/a")
    assert read('{"b": ' + '"a": ' * 200_000).damaged("/b")
    text = json.dumps({str(number): [number] for number in range(100_000)})
    assert read(text).defects == ()
    assert len(read(text[:-1] + ",}").value) == 100_000
    assert len(locate(text)) == 200_001


@thorough
@given(any_text)
@example('{"a": "\\')
@example('{"\\ud800": [}')
@example("[\ud800]")
def test_every_defect_lies_in_the_text(text: str) -> None:
    for defect in read(text).defects:
        assert 0 <= defect.start <= defect.end <= len(text)
        assert defect.start < defect.end or not text
        assert defect.related is None or 0 <= defect.related[0] < defect.related[1] <= len(text)
        assert defect.message
        assert defect.message.splitlines() == [defect.message]


@thorough
@given(any_text)
def test_defects_exactly_where_json_is_not_strict(text: str) -> None:
    assume("\\ud" not in text.lower())
    assert bool(read(text).defects) == (not strictly_valid(text))


@thorough
@given(json_texts)
def test_valid_json_reads_as_json_does(text: str) -> None:
    assert read(text) == Reading(json.loads(text))
    for place in locate(text).values():
        json.loads(text[slice(*place.value)])


@thorough
@given(json_texts)
def test_recovery_reads_what_json_reads(text: str) -> None:
    reading = read(text + "\n// makes it strictly invalid")
    assert reading.value == json.loads(text)
    assert [defect.kind for defect in reading.defects] == ["comment"]


@thorough
@given(json_values)
def test_located_values_equal_the_values(value: Any) -> None:
    text = json.dumps(value)
    located = {at: json.loads(text[slice(*place.value)]) for at, place in locate(text).items()}
    expected = {"": value}
    pending = [("", value)]
    while pending:
        at, inner = pending.pop()
        children = inner.items() if isinstance(inner, dict) else enumerate(inner) if isinstance(inner, list) else ()
        found = [(at + pointer(token), child) for token, child in children]
        expected.update(found)
        pending += found
    assert located == expected


@thorough
@given(any_text)
def test_places_are_those_of_the_recovered_value(text: str) -> None:
    reading = read(text)
    places = locate(text)
    assert places.keys() == (pointers(reading.value) if reading.readable else set())
    for place, bound in product(places.values(), (0, len(text))):
        assert min(place.value[0], bound) >= 0
        assert place.value[0] < place.value[1] <= len(text)


@given(any_text)
def test_the_nearest_place_is_that_of_the_innermost_value_there_is(text: str) -> None:
    places = locate(text)
    for at, place in places.items():
        assert places.nearest(at) == places.nearest(f"{at}/no such~1member/0") == place
    assert places.nearest("/no such~1member") == places.get("")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 0000000000}', "number with a leading zero, which JSON does not have: 0000000000"),
        ('{"a": {"p", "q"}}', """'{' holds items without names: "p"; expected '['"""),
        ('{"a": {"p"}}', 'member "p" has no value'),
    ],
)
def test_the_message_names_the_cause(text: str, message: str) -> None:
    assert [defect.message for defect in read(text).defects] == [message]


@pytest.mark.parametrize("text", ['{"a": [\n  "b": [1]\n', '{"a": [\n"b": {"c": [1}\n}\n', '{\n  "a": [\n],\n"b": 1\n'])
def test_a_bracket_is_missing_behind_the_opening_one_if_nothing_is_between(text):
    [first, *_] = [defect for defect in read(text).defects if defect.kind == "unclosed"]
    assert first.start == text.index("[")
    assert text[first.start : first.end] == "["
