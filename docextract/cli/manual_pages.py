"""Manual pages as files, for hyperlinks: a terminal opens what `docextract explain` prints."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from docextract.disk import write_file
from docextract.verdict.cache import home, make_folder, manual_file

if TYPE_CHECKING:
    from collections.abc import Callable


def manual_urls() -> Callable[[str], str]:
    """Return a function that returns the URL of a check's manual page, written to the cache when it is asked for.

    It returns "" if the page cannot be written.
    """

    @cache
    def url(check: str) -> str:
        from docextract.checks import BY_ID
        from docextract.cli.manual import manual_page

        try:
            path = make_folder(home()) / manual_file(check)
            write_file(path, f"{manual_page(BY_ID[check])}\n".encode())
        except OSError:
            return ""
        return path.absolute().as_uri()

    return url
