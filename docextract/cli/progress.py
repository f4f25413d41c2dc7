"""A progress bar for long runs on a terminal."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docextract.verdict.run import Progress, Unwatched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress as Display
    from rich.progress import TaskID

#: Seconds before a bar appears: a run that is over by then needs none. And seconds between two drawings.
_PATIENCE, _PAUSE = 1.0, 0.1


@contextmanager
def progress() -> Iterator[Progress]:
    """Yield what a run tells its progress; a bar appears on stderr if it is a terminal and the run takes a while."""
    if not sys.stderr.isatty():
        yield Unwatched()
        return
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    """Two bars, for the pages that are read for their types and for those that are checked."""

    def __init__(self) -> None:
        self._due = time.monotonic() + _PATIENCE
        self._total = self._read = self._checked = 0
        self._display: Display | None = None
        self._tasks: tuple[TaskID, ...] = ()

    def expect(self, pages: int) -> None:
        self._total += pages

    def read(self) -> None:
        self._read += 1
        self._draw()

    def checked(self) -> None:
        self._checked += 1
        self._draw()

    def _draw(self) -> None:
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + _PAUSE
        display = self._display or self._open()
        for task, done in zip(self._tasks, (self._read, self._checked), strict=True):
            display.update(task, completed=done, total=self._total)
        display.refresh()

    def _open(self) -> Display:
        from rich.console import Console
        from rich.progress import Progress as Display

        # A thread that refreshes the bar would prevent forking this process into workers.
        self._display = display = Display(console=Console(stderr=True), transient=True, auto_refresh=False)
        self._tasks = tuple(display.add_task(name, total=self._total) for name in ("reading", "checking"))
        display.start()
        return display

    def close(self) -> None:
        """Remove the bars from the screen."""
        if self._display:
            self._display.stop()
