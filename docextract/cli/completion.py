"""What a shell offers when Tab is pressed: click asks these functions for the values of an option or argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def files(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the mark that lets the shell offer files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def folders(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the mark that lets the shell offer folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="dir")]


def known_checks(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the ids of checks that begin as what is typed after the last comma, each with what it finds."""
    from click.shell_completion import CompletionItem

    from docextract.checks import CHECKS

    before, comma, start = begun.rpartition(",")
    return [
        CompletionItem(before + comma + check.id, help=check.summary) for check in CHECKS if check.id.startswith(start)
    ]


def formats(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the output formats that begin as what is typed."""
    from click.shell_completion import CompletionItem

    from docextract.renderers import RENDERERS

    return [CompletionItem(name) for name in RENDERERS if name.startswith(begun)]
