"""The help of a command with many options: they are listed in sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


def sectioned(sections: Mapping[str, str]) -> type[click.Command]:
    """Return a class of commands whose help lists options below titles, each with the names of its options.

    Options that are in no section come last.
    """

    class Sectioned(click.Command):
        def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
            options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
            records = {param.name or "": param.get_help_record(ctx) for param in options}
            listed = {title: names.split() for title, names in sections.items()}
            listed["Other options"] = [name for name in records if not any(name in names for names in listed.values())]
            for title, names in listed.items():
                with formatter.section(title):
                    formatter.write_dl([record for name in names if (record := records.get(name))])

    return Sectioned
