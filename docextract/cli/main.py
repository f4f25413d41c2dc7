"""The command line: arguments in, an exit code out; a command is imported when it is named."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from docextract import __version__
from docextract.cli.exit import CLEAN, INTERNAL, INTERRUPTED, UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

_ISSUES = "please report it, with the page if you can"
#: Each command with its module and the first sentence of its help, which the list of commands shows.
COMMANDS = {
    "check": (
        "docextract.cli.check",
        "Check pages: PATHS are folders or files; without any, the configured `docs`, else `.`.",
    ),
    "checks": ("docextract.cli.manual", "List all checks with their severity."),
    "clean": (
        "docextract.cli.clean",
        "Remove the verdicts of earlier runs: the folder .docextract_cache of this project.",
    ),
    "explain": (
        "docextract.cli.manual",
        "Show the manual page of a CHECK: what, why, bad, good, how to silence it.",
    ),
    "extract": (
        "docextract.cli.extract",
        "Write every documented exchange as a fixture, with DIR/index.json as the list of them.",
    ),
    "why": (
        "docextract.cli.why",
        "Say how PAGE was read: at a LINE, its partner, its type and how that was known; else what was not used.",
    ),
}


class _Commands(click.Group):
    """A group that lists its commands by name and summary, and imports the one that runs."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name, and load it."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed and load_command(listed.name or ""), rest


def load_command(name: str) -> click.Command:
    """Import the command of a name in COMMANDS."""
    module, _ = COMMANDS[name]
    command: click.Command = getattr(import_module(module), name)
    return command


@click.group(
    cls=_Commands,
    commands=[click.Command(name, help=summary) for name, (_, summary) in COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="docextract", message="%(prog)s %(version)s")
def docextract() -> None:
    """Check API reference pages in Markdown against their own properties tables, and extract their examples.

    Exit codes: 0 clean, 1 findings, 2 could not run, 3 internal error, 130 interrupted.
    """


def main(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code; an internal error is told, never a traceback alone."""
    try:
        result = docextract.main(list(arguments), prog_name="docextract", standalone_mode=False)
        return result if isinstance(result, int) else CLEAN
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        click.echo(f"docextract: {error.format_message()}", err=True)
        return UNUSABLE
    except (KeyboardInterrupt, click.Abort):
        click.echo("docextract: interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`| head`); there is nobody left to tell.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return CLEAN
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo(f"docextract: internal error; {_ISSUES}", err=True)
        return INTERNAL
