"""Facts that sentences state."""

from __future__ import annotations

import pytest
from hypothesis import given

from docextract.reading import prose
from tests.reading.sentences import FRAGMENTS


def members(text: str) -> list[str]:
    """Return the texts of the members, and check their places."""
    words = prose.enum_members(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    return [word.text for word in words]


LISTS = [
    ("Mögliche Werte sind: `a`, `b` und `c`.", "a b c"),
    ("Zulässige Werte: `a`, `b`. Weitere Angaben: `c`.", "a b"),
    ("Valeurs possibles : `a`, `b` et `c`.", "a b c"),
    ("Los valores posibles son: `a`, `b` y `c`.", "a b c"),
    ("Valores possíveis: `a`, `b` e `c`.", "a b c"),
    ("I valori possibili sono: `a`, `b` e `c`.", "a b c"),
    ("Возможные значения: `a`, `b` и `c`.", "a b c"),
    ("可取值为：`a`、`b` 或 `c`。默认值为 `a`。", "a b c"),
    ("可能的值为：`a`（默认值）、`b`。", "a b"),
    ("可能な値は、`a`、`b`、`c` です。", "a b c"),
    ("使用可能な値は次のとおりです: `a`、`b`、または `c`。", "a b c"),
    ("가능한 값은 `a`, `b` 및 `c`입니다.", "a b c"),
    ("Possible values are: `a`, `b`, `c`.", "a b c"),
    ("The possible values are `a` and `b`. Supports `$filter` (`eq`, `ne`).", "a b"),
    ("Possible values: `a` (default), `b` (no, not it),`c`", "a b c"),
    ("Supported values for **kind** are: `string` , `int64` .", "string int64"),
    ("Allowed values: `null`, `minor`, `adult`.", "minor adult"),
    ("The only valid value is `sync`.", "sync"),
    ("Must be one of `x`, `y`, or `z`. If unspecified, treated as `x`.", "x y z"),
    ("Can be set to `Hidden` or `Public`. If not set, default behavior is `Public`.", "Hidden Public"),
    ("Resource type can be `User`, `Group` or `Other`.", "User Group Other"),
    ("Possible values are: `a, b, c`.", "a b c"),
    ('Possible values are: `"a"`, `"b"`.', "a b"),
    ("Values are: `a`, `b`. For C: `c`, `d`.", "a b c d"),
    ("For B2B: possible values are `a`, `b`; for B2C: `c`.", "a b c"),
    ("Possible values are: `a` - it inherits from x; `b` - it has y.", "a b"),
    ("Possible values:<ul><li>`a`: Users (i.e. all). Really.</li><li>`b`</li></ul> See `z`.", "a b"),
    ("Possible values are:</br>`a` — first. </br>`b` — second.", "a b"),
    ("One possible value being `a`, which is weak. `b` can also be specified.", "a b"),
    ("Mail, chat, etc. Possible values are: `a`, `b`.", "a b"),
    ("E-Mail, Chat usw. Mögliche Werte sind: `a`, `b`.", "a b"),
    ("The value can be `c` for some `d` - if set `d` by others. Possible values are `a`, `b`.", "c d a b"),
    ("Can be `true` for all. Possible values are `a`, `b`.", "true a b"),
    ("Possible values are `a`, `b`. Others return the value `hidden`.", "a b hidden"),
    (
        "Possible values are: `a`, `b`. Use the `Prefer: include-unknown-enum-members` request header to get "
        "the following value(s) in this [evolvable enum](/x#y): `c`, `d`.",
        "a b c d",
    ),
]

NO_LISTS = [
    "Possible values are `a`, `b`, etc. The default is `a`.",
    "Mögliche Werte sind `a`, `b` usw. Standard ist `a`.",
    "Possible values are a, b and c.",
    "The name of the user, for example `Bob`.",
    "Values are case sensitive; see `name`.",
    "Possible values include `a`, `b`, and more.",
    "Classifies user types, such as `Member` and `Guest`.",
    "Possible values are `a`, `b`, etc.",
    "Possible values are `A1` through `A9`, `B1` through `B9`.",
    "Possible values: `a`, b, `c`.",
    "Possible values: `a`, `b`, or any custom string.",
    "Possible values are `a`, `b`, or a custom one.",
    "Possible values are: `sis`, `manual.",
    "Can be `null`.",
    "Can be `true` or `false`.",
    "Possible values are: `true`, `false`.",
    "Can be up to `15` characters, at least `2`.",
    "The value can only be `signUp` and cannot be changed.",
    "Must be `https`.",
    "The default value is `a`.",
    "Default values are `a` and `b`.",
    "Cannot begin with `M` or be one of the following values: `a`, `b`.",
    "Must not be one of `a`, `b`.",
    "If **kind** is x, possible values are: `a`, `b`.",
    "Can be filtered by `a` or `b`.",
    "Only the `createdBy` and `name` properties can be updated.",
    "Can only be set with `POST` or `PATCH`.",
    "Supported values are: `http://x.org/a#b`, `http://x.org/c`.",
    "Can be `/users/{id}` or `/groups/{id}`.",
    "Possible values are `1`, `2`, or `null`.",
    "One of the `prefer` values documented below.",
    "Wenn **kind** gesetzt ist, mögliche Werte sind: `a`, `b`.",
    "Mögliche Werte sind beispielsweise `a`, `b`.",
    "Mögliche Werte: `a`, b oder `c`.",
    "Die Werte `a` und `b` sind Beispiele.",
    "可能的值包括：`a`、`b`。",
    "可能的值为：`a`、`b`、其他、`c`。",
    "可能的值例如：`a`、`b`。",
    "`a` の値は `b` です。",
    "Supports `$filter` (`eq`, `ne`).",
    "Possible values are described in [the table](#values). Supports `$filter`, `$top`.",
    "It can have the following values: <ul><li>`ref`: A link</li><li>Any type</li><li>`z`</li></ul>",
    "Get the following value(s) in this [evolvable enum](/x): `c`, `d`.",
    "",
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_reads_lists_of_values(text: str, expected: str) -> None:
    assert members(text) == expected.split()


@pytest.mark.parametrize("text", NO_LISTS)
def test_is_no_closed_list(text: str) -> None:
    assert members(text) == []


def test_members_may_hold_spaces() -> None:
    assert members("Supported values can be: `Business Management`, `Web design & hosting`.") == [
        "Business Management",
        "Web design & hosting",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Types, such as `a`.", True),
        ("Possible values include: `a`.", True),
        ("Possible values are `a`, etc.", True),
        ("Possible values are `a`, `b`.", False),
    ],
)
def test_open_lists_give_no_members(text: str, expected: bool) -> None:
    assert (not prose.enum_members(text)) is expected


@pytest.mark.parametrize(
    ("text", "refuses", "accepts"),
    [
        ("Key. Not nullable. Read-only.", True, False),
        ("Read-only, Not nullable", True, False),
        ("Cannot be null.", True, False),
        ("Read-only. Nullable.", False, True),
        ("This property can be `null`.", False, True),
        ("If this is not null, it tells the root.", False, False),
        ("This facet is a null or not-null value.", False, False),
        ("The name.", False, False),
        ("", False, False),
    ],
)
def test_null(text: str, refuses: bool, accepts: bool) -> None:
    assert (prose.not_nullable(text), prose.nullable(text)) == (refuses, accepts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Optional. The name.", True),
        ("Returned only on `$select`.", True),
        ("Not returned by default.", True),
        ("If present, the item is a folder.", True),
        ("Supported only on Windows.", True),
        ("(Deprecated) The name.", True),
        ("Nullable.", True),
        ("The name of the user.", False),
        ("Read-only. The id.", False),
        ("Read only.", False),
        ("True if the user is blocked.", False),
        ("Indicates whether the user can sign in.", False),
        ("If set to true, mentions are allowed.", False),
        ("The time when it was created. Supports `$filter` (`eq` only).", False),
        ("Required.", False),
        ("", False),
    ],
)
def test_optional(text: str, expected: bool) -> None:
    assert prose.optional(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The response object shown here may be truncated for brevity.", True),
        ("**Note:** The response object shown here might be shortened for readability.", True),
        ("The bytes are abbreviated here.", True),
        ("The response shows only a subset of the properties.", True),
        ("The following is an example of the response.", False),
        ("If the sessions list is truncated, a link to the next page follows.", False),
        ('"truncated": true', False),
        ("Use a filter to shorten the list.", False),
        ("A human-readable name.", False),
    ],
)
def test_truncation(text: str, expected: bool) -> None:
    assert prose.says_truncated(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If successful, this method returns a `200 OK` response code.", "200"),
        ("If successful, this method returns `204, No Content` response code.", "204"),
        ("If successful, returns 201 Created.", "201"),
        ("A successful response is an `HTTP 201 Created` or `HTTP 200 OK` response.", "201 200"),
        ("Returns `204 No Content`. With Prefer, this method returns a `200 OK` response code.", "204 200"),
        ("The most common errors are the 403 and 404 responses.", "404"),
        ("A call may fail: a HTTP 404 status code is returned.", "404"),
        ("Bei erfolgreicher Ausführung gibt die Methode den Antwortcode `201 Created` zurück.", "201"),
        ("Si elle réussit, cette méthode renvoie un code de réponse `204 No Content`.", "204"),
        ("Si se ejecuta correctamente, este método devuelve el código `200 OK`.", "200"),
        ("如果成功，此方法返回 `204 No Content` 响应代码。", "204"),
        ("成功した場合、このメソッドは `200 OK` 応答コードを返します。", "200"),
        ("Die Seite hat `200` Elemente.", ""),
        ("此页有 `200` 个项目。", ""),
        ("If unsuccessful, a `4xx` error is returned.", ""),
        ("Returns a 200-series response code.", ""),
        ("If a status code other than 2xx or 404 is returned, retry.", ""),
        ("Returns 100 items by default.", ""),
        ("The page holds `200` items.", ""),
        ("If successful, this method returns the user.", ""),
    ],
)
def test_statuses(text: str, expected: str) -> None:
    words = prose.statuses(text)
    assert [word.text for word in words] == expected.split()
    assert all(text[word.start : word.end] == word.text for word in words)


@given(FRAGMENTS)
def test_each_status_is_one_of_the_numbers_of_its_text(text: str) -> None:
    assert {int(word.text) for word in prose.statuses(text)} <= prose.numbers(text)


@given(FRAGMENTS)
def test_no_text_makes_it_raise_and_places_lie_in_the_text(text: str) -> None:
    for function in (prose.enum_members, prose.statuses):
        for word in function(text):
            assert text[word.start : word.end] == word.text
    for fact in (prose.nullable, prose.optional, prose.says_truncated):
        fact(text)
