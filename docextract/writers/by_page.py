"""Fixtures by the page that shows them, for formats with one file or one group per page."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.extraction.fixture import Fixture


class PageFixtures(NamedTuple):
    """The fixtures of a page, in its order.

    `name` is unique in a run regardless of case, and safe on every system as the path of a file below a
    folder. `page` is the path of the page.
    """

    name: str
    page: str
    fixtures: tuple[Fixture, ...]


def by_page(fixtures: Iterable[Fixture]) -> Iterator[PageFixtures]:
    """Yield the fixtures of each page; they come by page, as those of a run do."""
    used: set[str] = set()
    for page, found in groupby(fixtures, attrgetter("page")):
        of_page = tuple(found)
        name = stem = of_page[0].id.rpartition("/")[0]
        number = 1
        while name.casefold() in used:
            number += 1
            name = f"{stem}-{number}"
        used.add(name.casefold())
        yield PageFixtures(name, page, of_page)
