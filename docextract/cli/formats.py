"""Fixtures written in one format, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.folder import Outcome, write_folder
from docextract.writers import WRITERS
from docextract.writers.shortfall import Shortfall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from docextract.extraction.fixture import Fixture
    from docextract.folder import File
    from docextract.writers.shortfall import Cause


def write_format(form: str, fixtures: Iterable[Fixture], folder: Path, stays: Callable[[str], bool]) -> Iterator[str]:
    """Write fixtures in a format, then yield lines on what became of them.

    `stays` is that of `write_folder`. Raises OutputError if the folder cannot be written.
    """
    shortfalls: list[Shortfall] = []
    files = _files(WRITERS[form](fixtures), shortfalls)
    yield f"{_changes(write_folder(folder, form, files, stays))} in {folder} as {form}"
    yield from _told(shortfalls)


def _files(made: Iterable[File | Shortfall], shortfalls: list[Shortfall]) -> Iterator[File]:
    """Yield the files of what a writer makes; the shortfalls are added to the list."""
    for one in made:
        if isinstance(one, Shortfall):
            shortfalls.append(one)
        else:
            yield one


def _changes(outcome: Outcome) -> str:
    files = "file" if outcome.written == 1 else "files"
    changes = f"{outcome.written:,} {files} written, {outcome.unchanged:,} unchanged, {outcome.removed:,} removed"
    return f"{changes}{f', {outcome.kept:,} of other pages kept' if outcome.kept else ''}"


def _told(shortfalls: Sequence[Shortfall]) -> Iterator[str]:
    """Yield a line for each cause, with an example: what is left out first, then what is written in part."""
    found: dict[tuple[bool, Cause], list[str]] = {}
    for one in shortfalls:
        found.setdefault((not one.left_out, one.cause), []).append(one.id)
    for (written, cause), ids in sorted(found.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1])):
        became = "written all the same" if written else "left out"
        example = ids[0] if len(ids) == 1 else f"such as {ids[0]}"
        yield f"  {len(ids):,} {became}, {cause}: {example}"
