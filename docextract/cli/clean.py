"""`docextract clean`: the cache of verdicts goes."""

from __future__ import annotations

import click

from docextract.cli.exit import CLEAN
from docextract.verdict import cache


@click.command()
def clean() -> int:
    """Remove the verdicts of earlier runs: the folder .docextract_cache of this project."""
    found = cache.clean(cache.home())
    click.echo("removed .docextract_cache" if found else "there is no .docextract_cache here", err=True)
    return CLEAN
