"""Which of the fixtures are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.extraction.fixture import Fixture


def chosen(fixtures: Iterable[Fixture], method: str | None, status: int | None) -> Iterator[Fixture]:
    """Return those of one method (in any case) and one status code, if these are given."""
    return (
        fixture
        for fixture in fixtures
        if method is None or (fixture.method or "").upper() == method.upper()
        if status is None or fixture.status == status
    )
