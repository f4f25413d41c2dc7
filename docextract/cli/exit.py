"""How the process ends: its exit codes, and the error for a command that cannot run."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from types import FrameType

CLEAN, FOUND, UNUSABLE, INTERNAL, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143


class Terminated(BaseException):
    """The process was asked to end (SIGTERM)."""


def heed_termination() -> None:
    """From now on, raise Terminated where SIGTERM would end the process at once, with half-written files left over."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _terminate)


def _terminate(number: int, _: FrameType | None) -> None:
    # Who asks twice will not be kept waiting.
    signal.signal(number, signal.SIG_DFL)
    raise Terminated


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
