"""Fingerprints: they stay with their findings while the page around them is edited."""

from __future__ import annotations

import pytest

from tests.helpers import report, write
from tests.pages import CLEAN, DIRTY, block, message, table

#: Four bodies that lack a comma at the same member, two of them in one exchange, and lines that say the same.
COMMAS = "# Commas\n\n## Examples\n\n" + "\n".join(
    f"### Example {number}: {title}\n\n"
    + block("request", f"GET /things/{number}", f'"name": "{title}_thing"')
    + "\n"
    + block("response", message("200 OK", body), f'"name": "{title}_thing"')
    for number, (title, body) in enumerate(
        {
            "small": '{\n  "id": "1"\n  "name": "x"\n}',
            "large": '{\n  "id": "2"\n  "name": "x"\n}',
            "double": '{\n  "a": {\n    "size": 1\n    "name": "x"\n  },\n  "b": {\n    "size": 2\n    "name": "x"\n  }\n}',
            "whole": '{\n  "id": "4",\n  "name": "x"\n}',
        }.items(),
        1,
    )
)
#: A line that is found on it, and its mended form.
PLACES = ['"id": "1"', '"id": "2"', '"size": 1', '"size": 2']


def fingerprints(folder, page: str, name: str = "page.md") -> dict[str, str]:
    """Return for the findings of a page what their lines say, with their fingerprints."""
    write(folder, {name: page})
    found = report(folder)["findings"]
    lines = page.split("\n")
    shown = {f"{f['check']} {lines[f['line'] - 1].strip()}": f["fingerprint"] for f in found}
    assert len(shown) == len(found)
    return shown


def test_each_place_has_a_fingerprint_of_its_own(tmp_path):
    before = fingerprints(tmp_path, COMMAS)
    assert [key for key in before if key.startswith("json-syntax")] == [f"json-syntax {place}" for place in PLACES]
    assert len(set(before.values())) == len(before)


def test_fingerprints_stay_when_lines_move(tmp_path):
    before = report(write(tmp_path, DIRTY))["findings"][0]
    moved = DIRTY["api/get.md"].replace("# An operation\n", "# An operation\n\n" + "Some words.\n" * 20)
    after = report(write(tmp_path, {"api/get.md": moved}))["findings"][0]
    assert after["line"] == before["line"] + 21
    assert after["fingerprint"] == before["fingerprint"]


def test_fingerprints_stay_when_sections_change_places(tmp_path):
    before = fingerprints(tmp_path, COMMAS)
    head, first, *others = COMMAS.split("### Example ")
    assert fingerprints(tmp_path, "### Example ".join((head, *others, first))) == before


@pytest.mark.parametrize("place", PLACES)
def test_fingerprints_stay_when_a_neighbour_is_mended(tmp_path, place):
    before = fingerprints(tmp_path, COMMAS)
    after = fingerprints(tmp_path, COMMAS.replace(f"{place}\n", f"{place},\n"))
    assert after == {key: value for key, value in before.items() if key != f"json-syntax {place}"}


def test_fingerprints_stay_when_an_equal_finding_comes_first(tmp_path):
    before = fingerprints(tmp_path, COMMAS)
    new = (
        block("request", "GET /x", '"name": "x"')
        + "\n"
        + block("response", message("200 OK", '{\n  "id": "0"\n  "name": "x"\n}'), '"name": "x"')
    )
    after = fingerprints(tmp_path, COMMAS.replace("### Example 1", f"### Example 0: new\n\n{new}\n### Example 1"))
    assert {key: after[key] for key in before} == before
    assert 'json-syntax "id": "0"' in after.keys() - before.keys()


def test_what_a_container_holds_and_a_row_says_may_be_edited(tmp_path):
    """The place of a missing member is its whole object, that of a surplus cell its whole row."""
    rows = table(["|id|String|The id.|too|many|", "|name|String|The name.|"])
    page = f"# A\n\n## Properties\n\n{rows}"
    before = fingerprints(tmp_path, page)
    assert len(before) == 1
    assert [*fingerprints(tmp_path, page.replace("The id.", "Its id.")).values()] == [*before.values()]
    thing = CLEAN["resources/thing.md"].replace("|id|String|The id.|", "|id|String|The id.|\n|size|Int32|The size.|")
    write(tmp_path, {"resources/thing.md": thing, "page.md": "# A\n"})

    def missing(body: str) -> str:
        write(tmp_path, {"api/get.md": CLEAN["api/get.md"].replace('{"id": "1"}', body)})
        [one] = [f for f in report(tmp_path)["findings"] if f["check"] == "missing-property"]
        return one["fingerprint"]

    assert missing('{"id": "1"}') == missing('{"id": 5}')
