"""Writers of fixtures to files, found by name; nothing else knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from docextract.folder import File
from docextract.writers.fixture import Fixture
from docextract.writers.json import write_json

#: A writer yields the files of the fixtures, each with its page, and those of all of them together.
Writer = Callable[[Iterable[Fixture]], Iterator[File]]
WRITERS: dict[str, Writer] = {"json": write_json}
