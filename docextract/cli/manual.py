"""`docextract checks` and `docextract explain`: the checks and their manual pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from docextract.checks import BY_ID, CHECKS
from docextract.cli.arguments import check_id
from docextract.cli.completion import known_checks
from docextract.cli.exit import CLEAN, Unusable
from docextract.findings import Safety

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.checks.base import Check


@click.command()
def checks() -> int:
    """List all checks with their severity."""
    width = max(len(check.id) for check in CHECKS)
    for check in CHECKS:
        severity = str(check.severity) if check.on else "off"
        click.echo(f"{check.id:{width}}  {severity:7}  {check.summary}")
    return CLEAN


@click.command()
@click.argument("checks", metavar="CHECK...", nargs=-1, shell_complete=known_checks)
def explain(checks: tuple[str, ...]) -> int:
    """Show the manual page of each CHECK: what it finds, why, bad and good, how to fix and how to silence it."""
    if not checks:
        raise Unusable("name a check, such as 'docextract explain wrong-type'; 'docextract checks' lists all checks")
    pages = [BY_ID[name] for name in dict.fromkeys(map(check_id, checks))]
    click.echo("\n\n".join(map(manual_page, pages)))
    return CLEAN


def manual_page(check: Check) -> str:
    """Return the manual page of a check."""
    return f"{check.id} ({', '.join(_facts(check))})\n\n{check.manual}"


def _facts(page: Check) -> Iterator[str]:
    """Yield the severity of a check, and what is not so of each."""
    yield str(page.severity)
    if not page.on:
        yield "off by default"
    if page.fixes is not None:
        option = "--fix" if page.fixes is Safety.SAFE else "--fix --unsafe-fixes"
        yield f"'docextract check {option}' mends it where it can"
