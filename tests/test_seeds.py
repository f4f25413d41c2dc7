"""The seeds: small clean doc sets, one situation each."""

from __future__ import annotations

import pytest

from tests.helpers import SEEDS, report

SETS = sorted(path.name for path in SEEDS.iterdir() if path.is_dir())
#: Informations that a situation is about.
EXPECTED = {"unannotated": {"wrapped-entity"}}


def test_the_sets_are_found():
    assert len(SETS) >= 5
    assert (SEEDS / "add-photos.md").is_file()


@pytest.mark.parametrize("name", SETS)
def test_a_seed_is_clean(name):
    found = report(SEEDS / name)
    assert {finding["check"] for finding in found["findings"]} == EXPECTED.get(name, set())
    summary = found["summary"]
    assert summary["unresolved"] == 0
    assert summary["checked"] > 0


def test_the_seeds_together_are_doc_sets_of_their_own():
    """A folder with a configuration is a doc set: types of one seed do not exist for another."""
    found = report(SEEDS)
    assert found["summary"]["errors"] == 0
    assert {f["path"] for f in found["findings"] if f["severity"] == "warning"} <= {
        path for path in (f["path"] for f in found["findings"]) if path.endswith("seeds/add-photos.md")
    }
    assert found["summary"]["pages"] == sum(report(SEEDS / name)["summary"]["pages"] for name in SETS) + 1


def test_bodies_of_all_seeds_are_held_against_tables():
    summary = report(SEEDS / "library")["summary"]
    assert (summary["requests"], summary["responses"], summary["exchanges"]) == (5, 6, 6)
    assert summary["resources"] == 6
    assert summary["checked"] == 6


def test_each_version_has_its_own_types():
    summary = report(SEEDS / "versions")["summary"]
    assert (summary["resources"], summary["resolved"], summary["checked"]) == (2, 2, 2)


def test_one_response_can_answer_several_requests():
    summary = report(SEEDS / "tabs")["summary"]
    assert (summary["exchanges"], summary["requests"], summary["responses"]) == (2, 2, 1)
