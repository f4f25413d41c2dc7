"""The command line: arguments in, an exit code out; each command is imported only when it runs."""

from __future__ import annotations

import errno
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from docextract import __version__
from docextract.cli.exit import CLEAN, INTERNAL, UNUSABLE, Terminated, end_by_signal, is_asked_to_end, say

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The module of each command, and the summary that the list of commands shows.
COMMANDS = {
    "check": (
        "docextract.cli.check",
        "Check pages. PATHS are folders or files; the default is the configured `docs`, else `.`.",
    ),
    "checks": ("docextract.cli.manual", "List all checks with their severity."),
    "clean": (
        "docextract.cli.clean",
        "Remove the results of earlier runs: the folder .docextract_cache of this project.",
    ),
    "config": (
        "docextract.cli.config",
        "Show the settings in force for PATHS, as TOML, and where each comes from.",
    ),
    "explain": (
        "docextract.cli.manual",
        "Show the manual page of each CHECK: what it finds, why, bad and good, how to fix and how to silence it.",
    ),
    "extract": (
        "docextract.cli.extract",
        "Write every documented exchange as a fixture, in one or several formats that share a folder.",
    ),
    "init": (
        "docextract.cli.init",
        "Look at FOLDER (default `.`), write docextract.toml for the pages in it, and tell what was found.",
    ),
    "schema": (
        "docextract.cli.schema",
        "Print the types of the tables in PATHS and of the examples there as one bundle of JSON Schema.",
    ),
    "serve": (
        "docextract.cli.serve",
        "Serve the documented exchanges of PATHS over HTTP: a mock server, until Ctrl-C.",
    ),
    "why": (
        "docextract.cli.why",
        "Explain how PAGE was read: at a LINE, its partner, its type and its source; else what was not used.",
    ),
}


#: How a stream fails that takes no more.
_FULL = frozenset((errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF, getattr(errno, "EDQUOT", errno.ENOSPC)))


class _Commands(click.Group):
    """A group that lists its commands by name and summary, and imports only the command that runs."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; if nobody reads its output any more (`| head`), there is nobody left to tell."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115
            return CLEAN

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; `help COMMAND` stands for `COMMAND --help`, as with git.

        A page whose name begins with `-` is no option: pre-commit passes names as they are.
        """
        named = [f"./{one}" if one.startswith("-") and _is_page(one) else one for one in args]
        return super().parse_args(ctx, [*args[1:2], "--help"] if args[:1] == ["help"] else named)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, with whole summaries."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name, imported; a shell that completes them is told of no misuse."""
        if args and not args[0].startswith("-") and args[0] not in self.commands and not ctx.resilient_parsing:
            raise click.UsageError(f"no such command: {args[0]}{_near(args[0], list(self.commands))}", ctx)
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed and load_command(listed.name or ""), rest


def _is_page(name: str) -> bool:
    """Whether a name is that of a page that exists."""
    return name.casefold().endswith((".md", ".markdown")) and os.path.isfile(name)


def load_command(name: str) -> click.Command:
    """Import and return the command of a name in COMMANDS."""
    module, _ = COMMANDS[name]
    command: click.Command = getattr(import_module(module), name)
    return command


@click.group(
    cls=_Commands,
    commands=[click.Command(name, help=summary) for name, (_, summary) in COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="'docextract help COMMAND' shows the options of a command.",
)
@click.version_option(__version__, "-V", "--version", prog_name="docextract", message="%(prog)s %(version)s")
def docextract() -> None:
    """Check API reference pages in Markdown against their own properties tables, and extract their examples.

    Exit codes: 0 clean, 1 findings, 2 could not run, 3 internal error, 130 interrupted, 143 terminated.
    """


def main(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code; every error is told in a sentence. Raises nothing."""
    try:
        if not arguments:
            # Who types this wants help; a script that runs it has lost its arguments.
            docextract.main(["--help"], prog_name="docextract", standalone_mode=False)
            return UNUSABLE
        result = docextract.main(list(arguments), prog_name="docextract", standalone_mode=False)
        if is_asked_to_end():
            return end_by_signal()
        return result if isinstance(result, int) else CLEAN
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        say(f"docextract: {_told(error)}", err=True)
        return UNUSABLE
    except (KeyboardInterrupt, click.Abort):
        return end_by_signal(signal.SIGINT)
    except Terminated:
        return end_by_signal(signal.SIGTERM)
    except Exception as error:
        if is_asked_to_end():
            return end_by_signal()
        if isinstance(error, OSError) and error.errno in _FULL and error.filename is None:
            say(f"docextract: cannot write to stdout: {error.strerror}", err=True)
            return UNUSABLE
        import traceback

        from docextract.failure import REPORT_IT

        for line in traceback.format_exc().splitlines():
            say(line, err=True)
        click.echo(f"docextract: internal error; {REPORT_IT.lower()}", err=True)
        return INTERNAL


def _told(error: click.ClickException) -> str:
    """Return what is wrong and, for misuse of a command, what to do next."""
    if not isinstance(error, click.UsageError):
        return error.format_message()
    message = error.format_message().rstrip(".")
    if isinstance(error, click.NoSuchOption):
        message = f"no such option: {error.option_name}" + _near(error.option_name, error.possibilities)
    manual = f"{error.ctx.command_path} --help" if error.ctx else "docextract help COMMAND"
    advice = "" if message.endswith("?") else f"; see '{manual}'"
    return message[:1].lower() + message[1:] + advice


def _near(name: str, known: Sequence[str] | None) -> str:
    """Return the words that ask whether the nearest of some names is meant; "" if none is near."""
    import difflib

    # Farther names would be wrong advice: '--baseline' is not '--select'.
    near = difflib.get_close_matches(name, known or (), 1, 0.75)
    return f"; did you mean {near[0]}?" if near else ""
