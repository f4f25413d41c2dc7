"""The list of values in a row against the table of its enum."""

from __future__ import annotations

import pytest

from tests.helpers import in_body, line_of, places, report, write
from tests.pages import operation, resource, typed

ENUM = "# Enums\n\n## thingKind values\n\n|Member|Description|\n|:---|:---|\n|small|Small.|\n|large|Large.|\n"
GERMAN = '# <a name="enums"></a>Enumerationen\n\n## <a name="thingkind-values"></a>thingKind-Werte\n\n' + (
    "|Element|Beschreibung|\n|:---|:---|\n|klein|Klein.|\n|large|Gross.|\n"
)
CLEAN = {
    "the same values": "The possible values are: `small`, `large`.",
    "fewer values": "Possible value: `small`.",
    "no list": "The kind.",
    "an open list": "Possible values include: `small`, `tiny`.",
    "values of something else": "The possible values are: `red`, `green`.",
    "the value that announces others": "The possible values are: `small`, `large`, `unknownFutureValue`.",
}
WRONG = {
    "a slip": (
        "The possible values are: `small`, `larg`.",
        "lists 'larg', which the table of thingKind lacks; did you mean 'large'?",
    ),
    "another case": ("The possible values are: `Small`, `Large`.", "lists 'Small', 'Large', which"),
    "one more": (
        "The possible values are: `small`, `large`, `medium`.",
        "lists 'medium', which the table of thingKind lacks",
    ),
    "one more, in German": ("Mögliche Werte sind: `small`, `large` und `medium`.", "lists 'medium', which"),
    "one more, in Chinese": ("可能的值为：`small`、`large`、`medium`。", "lists 'medium', which"),
}


def pages(description, enum=ENUM):
    row = f"|kind|thingKind|{description}|"
    return {"resources/thing.md": resource("thing", [row]), "resources/enums.md": enum}


@pytest.mark.parametrize("description", CLEAN.values(), ids=CLEAN)
def test_lists_that_agree(tmp_path, description):
    assert report(write(tmp_path, pages(description)))["findings"] == []


@pytest.mark.parametrize(("description", "words"), WRONG.values(), ids=WRONG)
def test_lists_that_disagree(tmp_path, description, words):
    texts = pages(description)
    found = report(write(tmp_path, texts))
    row = line_of(texts["resources/thing.md"], "|kind|")
    assert places(found) == [("enum-disagree", row, 1)]
    [finding] = found["findings"]
    assert words in finding["message"]
    assert [place["path"].rpartition("/")[2] for place in finding["related"]] == ["enums.md"]


def test_a_table_that_is_translated_is_no_measure(tmp_path):
    found = report(write(tmp_path, pages("Mögliche Werte sind: `small` und `large`.", GERMAN)))
    assert places(found, "enum-disagree") == []


BODIES = {
    "a member": ('{"kind": "large"}', []),
    "a member that the page has translated": ('{"kind": "small"}', []),
    "a difference in case": ('{"kind": "Large"}', [("enum-case", 1, 10)]),
    "no text": ('{"kind": 5}', [("wrong-type", 1, 10)]),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_members_of_a_table_that_is_translated(tmp_path, body, expected):
    texts = {**pages("Die Art.", GERMAN), "api/op.md": operation(body, keys=typed("thing"))}
    assert in_body(tmp_path, texts, body) == expected


def test_where_a_row_lists_them_a_translation_does_not_matter(tmp_path):
    body = '{"kind": "tiny"}'
    texts = pages("Mögliche Werte sind: `small` und `large`.", GERMAN)
    texts["api/op.md"] = operation(body, keys=typed("thing"))
    assert in_body(tmp_path, texts, body) == [("enum-value", 1, 10)]
