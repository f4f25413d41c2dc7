"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Give the unpacked practice corpus that DOCEXTRACT_CORPUS names; where it is named it must be there."""
    name = os.environ.get("DOCEXTRACT_CORPUS")
    if not name:
        pytest.skip("DOCEXTRACT_CORPUS names no folder")
    folder = Path(name)
    assert any(folder.rglob("*.md")), f"no pages in DOCEXTRACT_CORPUS={name}"
    return folder
