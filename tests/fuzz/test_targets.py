"""A share of the fuzzing with every run of the tests; hypothesis shrinks what it finds.

The examples are the same each time: new ones are for `python -m tests.fuzz`.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutator import mutated
from tests.fuzz.session import Budget, Session
from tests.fuzz.targets import TARGETS
from tests.helpers import ROOT

#: The numbers of examples for targets that check whole pages; others are cheap.
_EXAMPLES = {"page": 60, "why": 40, "fixes": 25, "renderers": 15, "writers": 40}


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks_a_promise(name):
    check, seeds = TARGETS[name]
    texts = seeds()

    @settings(
        max_examples=_EXAMPLES.get(name, 100), deadline=None, derandomize=True, suppress_health_check=[*HealthCheck]
    )
    @given(st.sampled_from(texts), st.randoms(use_true_random=False))
    def holds(text, chance):
        check(mutated(text, texts, chance).encode("utf-8", "replace"))

    holds()


@pytest.mark.parametrize("name", TARGETS)
def test_no_seed_breaks_a_promise(name):
    check, seeds = TARGETS[name]
    assert len({*seeds()}) > 1
    for text in seeds()[::7]:
        check(text.encode("utf-8"))


def test_failures_are_kept_one_of_each_kind_and_the_smallest(tmp_path):
    def check(data: bytes) -> None:
        assert not data.startswith(b"a")
        assert not data.startswith(b"b")

    session = Session("some", check, Budget(5, None), tmp_path / "kept")
    for data in (b"a--", b"c", b"ab", b"a---", b"b-"):
        assert not session.is_over
        session(data)
    assert session.is_over
    session.close()
    assert sorted(path.read_bytes() for path in (tmp_path / "kept").glob("some-*") if not path.suffix) == [b"ab", b"b-"]
    assert len(session.outcome.failures) == 2
    assert "AssertionError" in next((tmp_path / "kept").glob("*.txt")).read_text()


def test_the_command_runs_targets_and_tells_what_they_came_to(tmp_path):
    command = [sys.executable, "-m", "tests.fuzz", "json", "cells", "--runs", "400", "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines()]
    assert [(row[0], row[1], row[4]) for row in rows[2:]] == [
        ("json", "400", "0"),
        ("cells", "400", "0"),
        ("all", "800", "0"),
    ]
    assert list(tmp_path.iterdir()) == []
