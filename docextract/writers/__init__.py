"""The writers of fixtures, by the name of their format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from docextract.extraction.fixture import Fixture
from docextract.folder import File
from docextract.writers.json import write_json

#: Yields a file for each fixture, with its page, and the files about all of them.
Writer = Callable[[Iterable[Fixture]], Iterator[File]]
WRITERS: dict[str, Writer] = {"json": write_json}
