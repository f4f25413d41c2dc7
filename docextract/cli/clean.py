"""`docextract clean`: remove the cache."""

from __future__ import annotations

import click

from docextract.cli.exit import CLEAN, Unusable, notice
from docextract.verdict import cache


@click.command()
def clean() -> int:
    """Remove the results of earlier runs: the folder .docextract_cache of this project."""
    folder = cache.home() / cache.FOLDER
    if folder.is_symlink():
        raise Unusable(f"{folder} is a link; nothing is removed through it, remove the link itself")
    found, left = cache.clean(folder.parent)
    if left:
        notice(f"removed the cache; {folder} stays, for it holds what docextract did not write: {', '.join(left)}")
    else:
        notice("removed .docextract_cache" if found else "there is no .docextract_cache here")
    return CLEAN
