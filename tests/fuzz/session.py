"""The run of one target in one process: how often, how long, and which inputs failed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

#: Seconds of processor time after which an input counts as one that hangs.
_HANGS = 10


class Budget(NamedTuple):
    """When a run ends: after so many executions, or so many seconds."""

    runs: int | None
    seconds: float | None

    def is_spent(self, executions: int, seconds: float) -> bool:
        """Whether a run that has cost so much is over."""
        return (self.runs is not None and executions >= self.runs) or (
            self.seconds is not None and seconds >= self.seconds
        )


class TooSlowError(Exception):
    """An input took more processor time than any may."""


@dataclass
class Outcome:
    """What a run came to; `failures` holds the file of the smallest input for each kind of failure."""

    executions: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    failures: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the fields by name."""
        return asdict(self)


class Session:
    """A target that is called with input after input until the budget is spent.

    The input in work lies in a file, so that it is not lost with a process that dies.
    """

    def __init__(self, name: str, check: Callable[[bytes], None], budget: Budget, kept: Path) -> None:
        self.name = name
        self.check = check
        self.budget = budget
        self.kept = kept
        self.outcome = Outcome()
        self._began = time.monotonic()
        kept.mkdir(parents=True, exist_ok=True)
        self._current = os.open(kept / f"{name}.current", os.O_CREAT | os.O_RDWR)
        signal.signal(signal.SIGVTALRM, _give_up)

    @property
    def is_over(self) -> bool:
        """Whether the budget is spent."""
        return self.budget.is_spent(self.outcome.executions, self.outcome.seconds)

    def __call__(self, data: bytes) -> None:
        """Run the target on an input, and keep the input if it fails."""
        os.ftruncate(self._current, 0)
        os.pwrite(self._current, data, 0)
        began = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, _HANGS)
        try:
            self.check(data)
        except Exception as error:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self._keep(data, error)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        self.outcome.slowest = max(self.outcome.slowest, time.process_time() - began)
        self.outcome.executions += 1
        self.outcome.seconds = time.monotonic() - self._began

    def _keep(self, data: bytes, error: Exception) -> None:
        kind = _kind(error)
        path = self.kept / f"{self.name}-{hashlib.sha256(kind.encode()).hexdigest()[:10]}"
        self.outcome.failures[kind] = str(path)
        if not path.exists() or len(data) < path.stat().st_size:
            path.write_bytes(data)
            told = f"{''.join(traceback.format_exception(error))}{data!r}\n"
            path.with_suffix(".txt").write_text(told, "utf-8", "backslashreplace")

    def close(self) -> None:
        """Remove the file of the input in work: nothing has died."""
        os.close(self._current)
        with contextlib.suppress(OSError):
            (self.kept / f"{self.name}.current").unlink()


def _kind(error: Exception) -> str:
    """Return what failed and where: two inputs that fail alike are one failure."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames if "site-packages" not in frame.filename
    ]
    return f"{type(error).__name__} at {' < '.join(places[:-3:-1])}"


def _give_up(number: int, frame: FrameType | None) -> NoReturn:
    raise TooSlowError(f"over {_HANGS} s of processor time")
