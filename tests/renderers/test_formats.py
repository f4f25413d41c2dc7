"""Each format shows the doc set of all defects as it always did."""

from __future__ import annotations

import pytest

from tests.helpers import ROOT, run

DATA = ROOT / "tests" / "data"


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_the_whole_output(golden, monkeypatch, form):
    monkeypatch.chdir(DATA / "defects")
    code, out, err = run("check", "--output-format", form, "--min-severity", "info")
    assert (code, err.count("\n")) == (1, 2 if form == "concise" else 0)
    golden(DATA / "golden" / f"defects.{form}", out)
