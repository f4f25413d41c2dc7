"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import docextract
from tests.helpers import ROOT, git


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Run each test as if on no CI server and in no hook, where a run does more than it is asked for.

    What docextract keeps for a user is kept for the session.
    """
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))
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


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository as users name it in their configuration: this one, with a tag for the release.

    It holds the package that the tests import: in .ci/run that is the installed one.
    """
    folder = tmp_path_factory.mktemp("published")
    for name in (
        ".pre-commit-hooks.yaml",
        "action.yml",
        "problem-matcher.json",
        "pyproject.toml",
        "README.md",
        "LICENSE",
    ):
        shutil.copy(ROOT / name, folder)
    package = Path(docextract.__file__).parent
    shutil.copytree(package, folder / "docextract", ignore=shutil.ignore_patterns("__pycache__"))
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["commit", "-q", "-m", "x"],
        ["tag", f"v{docextract.__version__}"],
    ):
        git("-C", str(folder), *arguments)
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that rewrites golden files, without which nothing is rewritten, and how much is tried of faults."""
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files and the README's output")
    parser.addoption("--kills", type=int, default=2, help="how often each command is killed in tests/faults")


@pytest.fixture
def golden(request: pytest.FixtureRequest):
    """Return a function that compares a text with a golden file, or rewrites the file."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8"), f"{path.name} differs; pytest --update-golden rewrites it"

    return compare


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """Return how often a test kills what it tests."""
    return request.config.getoption("--kills")
