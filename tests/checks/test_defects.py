"""One defect of every check in a doc set of its own: found at its line and column, with its related place."""

from __future__ import annotations

import tomllib

import pytest

from docextract.checks import CHECKS
from tests.helpers import ROOT, report

FOLDER = ROOT / "tests" / "data" / "defects"
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))["finding"]
#: Made by tests on the fly: a page of 10 MB, one with too many lines, one that is no text, and a failure of our own.
ELSEWHERE = {"page-unreadable", "page-too-large", "page-too-complex", "internal-error"}


@pytest.fixture(scope="module")
def found():
    ids = ",".join(check.id for check in CHECKS)
    return report(FOLDER, "--select", ids)["findings"]


def test_every_check_has_its_defect():
    assert {one["check"] for one in EXPECTED} | ELSEWHERE == {check.id for check in CHECKS}


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: one["check"])
def test_the_defect_is_found_at_its_place(found, expected):
    own = [f for f in found if f["check"] == expected["check"] and f["path"].endswith("/" + expected["path"])]
    assert [(f["line"], f["column"]) for f in own] == [(expected["line"], expected["column"])]
    if "related_line" in expected:
        places = [(one["path"].split("/defects/")[-1], one["line"]) for one in own[0]["related"]]
        assert (expected["related_path"], expected["related_line"]) in places
