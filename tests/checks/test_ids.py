"""The ids of checks: an enumeration that the checks fill, so that no misspelt id loses a finding."""

from __future__ import annotations

import pytest

from docextract.checks import CHECKS
from docextract.checks.base import body_check, check, defect_check
from docextract.findings import CheckId, Severity
from docextract.markdown.page import Page


def test_every_id_has_its_check_in_the_order_of_the_manual():
    assert [check.id for check in CHECKS] == list(CheckId)


@pytest.mark.parametrize(
    "decorator",
    [check(Page, Severity.ERROR), defect_check(Severity.ERROR), body_check(Severity.ERROR)],
    ids=["check", "defect_check", "body_check"],
)
def test_a_check_of_no_known_id_cannot_be_made(decorator):
    def wrong_tpye():
        """A slip in the name."""

    with pytest.raises(ValueError, match="wrong-tpye"):
        decorator(wrong_tpye)
