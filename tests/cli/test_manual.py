"""The list of checks, and the manual page of each."""

from __future__ import annotations

from docextract.checks import CHECKS
from tests.helpers import run


def test_checks_and_explain():
    code, out, _ = run("checks")
    assert code == 0
    assert len(out.splitlines()) == len(CHECKS)
    code, out, _ = run("explain", "wrong-type")
    assert code == 0
    assert "Bad:" in out
