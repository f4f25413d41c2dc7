"""The forms that texts of primitive types have."""

from __future__ import annotations

import pytest

from tests.helpers import places, report, write
from tests.pages import operation, resource, typed

FORMS = {
    "DateTimeOffset": (
        ["2024-01-31T08:30:00Z", "2024-01-31T08:30Z", "2024-01-31t08:30:00z", "0000-01-01T00:00:00.5-01:00"],
        ["2024-01-31", "2024-01-31 08:30:00Z", "2024-01-31T08:30:00", "2024-01-31T24:30:00Z", "2024-02-30T08:30:00Z"],
    ),
    "Date": (["2024-02-29", "0000-02-29", "-0044-03-15", "12024-01-31"], ["2023-02-29", "2024-13-01", "31.1.2024"]),
    "TimeOfDay": (["08:30", "08:30:00", "23:59:60", "08:30:00.1234567"], ["8:30", "24:00:00", "08:60:00", "08:30Z"]),
    "Duration": (
        ["P1D", "PT2H30M", "P1Y2M3W4DT5H6M7.8S", "-PT0.5S", "+P1W"],
        ["P", "PT", "1D", "P1H", "PT1D", "P1D2H"],
    ),
    "Guid": (
        ["3f2504e0-4f89-11d3-9a0c-0305e82c3301", "3F2504E0-4F89-11D3-9A0C-0305E82C3301"],
        [
            "3f2504e04f8911d39a0c0305e82c3301",
            "3f2504e0-4f89-11d3-9a0c-0305e82c330",
            "3f2504e0-4f89-11d3-9a0c-0305e82c330g",
        ],
    ),
    "Edm.Binary": (["", "aGk=", "aGk", "a-_k", "a+/k"], ["a", "aG k", "a$Gk"]),
}


def found(tmp_path, kind, values):
    thing = resource("thing", [f"|all|{kind} collection|All.|"], representation='{"all": []}')
    lines = ",\n".join(f'"{value}"' for value in values)
    page = operation(f'{{"all": [\n{lines}\n]}}', keys=typed("thing"))
    first = page[: page.index('{"all"')].count("\n")
    return places(report(write(tmp_path, {"thing.md": thing, "op.md": page})), below=first + 1)


@pytest.mark.parametrize("kind", FORMS)
def test_texts_that_have_the_form(tmp_path, kind):
    assert found(tmp_path, kind, FORMS[kind][0]) == []


@pytest.mark.parametrize("kind", FORMS)
def test_texts_that_have_not(tmp_path, kind):
    wrong = FORMS[kind][1]
    assert found(tmp_path, kind, wrong) == [("wrong-format", line, 1) for line in range(1, len(wrong) + 1)]
