"""Writers of exchanges to files, found by name; nothing else knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from docextract.project.docset import Selection
from docextract.writers.json import write_json

#: A writer yields (path below the output folder, text), its index last.
Writer = Callable[[Iterable[Selection]], Iterator[tuple[str, str]]]
WRITERS: dict[str, Writer] = {"json": write_json}
