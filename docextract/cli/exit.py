"""How the process ends: its exit codes, and the error for a command that cannot run."""

from __future__ import annotations

import sys

import click

CLEAN, FOUND, UNUSABLE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 130


class Unusable(click.ClickException):
    """The command cannot run (usage, configuration, missing path); the message is one clear sentence."""

    exit_code = UNUSABLE


def notice(text: str) -> None:
    """Print a notice to stderr, where it does not mix with the output; on a terminal, in lines that fit."""
    line = f"docextract: {text}"
    if sys.stderr.isatty():
        import shutil

        from docextract.renderers.visible import wrapped

        line = "\n".join(wrapped(line, shutil.get_terminal_size().columns - 1))
    click.echo(line, err=True)
