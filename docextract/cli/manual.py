"""`docextract checks` and `docextract explain`: the checks and their manual pages."""

from __future__ import annotations

import click

from docextract.checks import BY_ID, CHECKS
from docextract.cli.arguments import check_id
from docextract.cli.exit import CLEAN


@click.command()
def checks() -> int:
    """List all checks with their severity."""
    width = max(len(check.id) for check in CHECKS)
    for check in CHECKS:
        severity = str(check.severity) if check.on else "off"
        click.echo(f"{check.id:{width}}  {severity:7}  {check.summary}")
    return CLEAN


@click.command()
@click.argument("check")
def explain(check: str) -> int:
    """Show the manual page of a CHECK: what it finds, why, bad and good examples, how to silence it."""
    page = BY_ID[check_id(check)]
    off = "" if page.on else ", off by default"
    click.echo(f"{page.id} ({page.severity}{off})\n\n{page.manual}")
    return CLEAN
