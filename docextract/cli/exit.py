"""How the process ends: its exit codes, and the error for a command that cannot run."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from types import FrameType

CLEAN, FOUND, UNUSABLE, INTERNAL, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143


#: The exit codes of the signals that ask a process to end, and the word for each.
_ENDS = {signal.SIGINT: (INTERRUPTED, "interrupted"), signal.SIGTERM: (TERMINATED, "terminated")}
#: The signals that this process got. An exception that a handler raises may get lost, or turn into another one, where
#: Python forks, finalises a value or imports a module; what stands here does not.
_GOT: list[int] = []


class Terminated(BaseException):
    """The process was asked to end (SIGTERM)."""


def heed_signals() -> None:
    """From now on, unwind where a signal would end the process at once, with half-written files left over.

    SIGTERM raises Terminated, SIGINT KeyboardInterrupt as ever; signals that the process ignores stay ignored.
    """
    for number, usual in ((signal.SIGTERM, signal.SIG_DFL), (signal.SIGINT, signal.default_int_handler)):
        if signal.getsignal(number) is usual:
            signal.signal(number, _unwind)


def _unwind(number: int, _: FrameType | None) -> None:
    _GOT.append(number)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    # Who asks twice will not be kept waiting.
    signal.signal(number, signal.SIG_DFL)
    raise Terminated


def is_asked_to_end() -> bool:
    """Whether the process got a signal that asks it to end, whatever became of the exception."""
    return bool(_GOT)


def end_by_signal(number: int | None = None) -> int:
    """Tell in a line that a signal ends the process, by default the one that it got; return its exit code."""
    code, word = _ENDS[signal.Signals(number or _GOT[0])]
    click.echo(f"docextract: {word}", err=True)
    return code


class Unusable(click.ClickException):
    """The command cannot run (usage, configuration, missing path); the message is one clear sentence."""

    exit_code = UNUSABLE


def notice(text: str) -> None:
    """Print a notice to stderr, where it does not mix with the output; on a terminal, in lines that fit."""
    from docextract.renderers.visible import visible_line, wrapped

    line = visible_line(f"docextract: {text}")
    if sys.stderr.isatty():
        import shutil

        line = "\n".join(wrapped(line, shutil.get_terminal_size().columns - 1))
    click.echo(line, err=True)


def say(text: str, *, err: bool = False) -> None:
    """Print a line to stdout, or to stderr; whatever it holds controls neither a terminal nor a CI job."""
    from docextract.renderers.visible import visible_line

    click.echo(visible_line(text), err=err)
