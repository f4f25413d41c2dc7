"""A progress bar for long runs on a terminal."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Runs over fewer pages are over before a bar would help.
_LONG = 200
#: Seconds between two drawings.
_PAUSE = 0.1


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr while `total` pages are checked; yield a function to call with the number just finished."""
    if total < _LONG or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    # A thread that refreshes the bar would prevent forking this process into workers.
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task, drawn = bar.add_task("checking", total=total), 0.0

        def advance(done: int) -> None:
            nonlocal drawn
            bar.advance(task, done)
            if time.monotonic() - drawn > _PAUSE:
                bar.refresh()
                drawn = time.monotonic()

        yield advance
