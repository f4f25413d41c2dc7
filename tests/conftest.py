"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test as if on no CI server and in no hook: there, a run does more than it is asked for."""
    for name in os.environ:
        if name.startswith(("GITHUB_", "CI_", "GITLAB_", "PRE_COMMIT_")):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the unpacked practice corpus that DOCEXTRACT_CORPUS names; where it is named it must be there."""
    name = os.environ.get("DOCEXTRACT_CORPUS")
    if not name:
        pytest.skip("DOCEXTRACT_CORPUS names no folder")
    folder = Path(name)
    assert any(folder.rglob("*.md")), f"no pages in DOCEXTRACT_CORPUS={name}"
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that rewrites golden files; without it nothing is rewritten."""
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files and the README's output")


@pytest.fixture
def golden(request: pytest.FixtureRequest):
    """Return a function that compares a text with a golden file, or rewrites the file."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8"), f"{path.name} differs; pytest --update-golden rewrites it"

    return compare
