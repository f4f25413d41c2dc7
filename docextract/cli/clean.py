"""`docextract clean`: remove the cache."""

from __future__ import annotations

import click

from docextract.cli.exit import CLEAN
from docextract.verdict import cache


@click.command()
def clean() -> int:
    """Remove the results of earlier runs: the folder .docextract_cache of this project."""
    removed = cache.clean(cache.home())
    click.echo("removed .docextract_cache" if removed else "there is no .docextract_cache here", err=True)
    return CLEAN
