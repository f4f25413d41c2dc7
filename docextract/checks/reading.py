"""Checks of what stands in the way of reading a page."""

from __future__ import annotations

from docextract.checks.base import defect_check
from docextract.findings import Severity


@defect_check(Severity.WARNING)
def front_matter() -> None:
    """The front matter of a page cannot be read as YAML, is not closed, or gives a key twice.

    Publishing tools read titles and metadata from it; with a broken block the page loses them, or
    the block is shown to readers as text.

    Bad:  `title: "Get user` (the quote is not closed)
    Good: `title: "Get user"`

    Silence: `<!-- docextract-disable-file front-matter -->` in the page.
    """


@defect_check(Severity.ERROR)
def page_unreadable() -> None:
    """A page cannot be read: no permission, or not UTF-8.

    Nothing on it is checked, and types that it defines are missing for all other pages.

    Bad:  a page saved as UTF-16 or Latin-1
    Good: the page saved as UTF-8

    Silence: add the page to `exclude` in the configuration.
    """


@defect_check(Severity.ERROR)
def page_too_large() -> None:
    """A page is larger than `max-page-size` (10 MB unless configured).

    It is left unread, so that one generated file cannot stop a run.

    Bad:  a dump of 40 MB among the pages
    Good: the dump outside the doc set, or a higher `max-page-size`

    Silence: add the page to `exclude` in the configuration.
    """
