"""Checks of relative links between pages of a doc set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.checks.base import check
from docextract.findings import Severity
from docextract.markdown.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.markdown.links import PageLink
    from docextract.project.docset import DocSet


def _links(page: Page, docset: DocSet) -> Iterator[tuple[PageLink, str]]:
    """Give the links to pages inside the doc set, with the path that each names."""
    for link in docset.links(page.path):
        target = docset.pages.inside(page.path, link.path)
        if target is not None:
            yield link, target


@check(Page, Severity.WARNING)
def broken_link(page: Page, docset: DocSet) -> Iterator[Finding]:
    r"""A relative link inside the doc set names a page that does not exist.

    Links to other sites, absolute paths and what lies outside the doc set are left alone. An
    information where more than one in ten link targets of the doc set is missing: it is then an
    extract of a larger one.

    Bad:  `[user](../resources/usr.md)`, `[user](..\resources\user.md)`
    Good: `[user](../resources/user.md)`

    Silence: `<!-- docextract-disable-file broken-link -->`.
    """
    for link, target in _links(page, docset):
        if not docset.exists(target) and docset.pages.by_case(target) is None:
            severity = Severity.INFO if docset.habits.is_extract else None
            text = f"link to {link.path!r}, which does not exist"
            yield broken_link.finding(text, link.span, severity=severity)


@check(Page, Severity.INFO)
def link_case(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A relative link differs from its page's path in case only.

    It works on many published sites, but not in a checkout on Linux.

    Bad:  `[user](../resources/User.md)`, where the file is user.md
    Good: `[user](../resources/user.md)`

    Silence: `ignore = ["link-case"]`.
    """
    for link, target in _links(page, docset):
        right = None if docset.exists(target) else docset.pages.by_case(target)
        if right is not None:
            text = f"link to {link.path!r} differs in case from the file {right.rpartition('/')[2]}"
            yield link_case.finding(text, link.span)


@check(Page, Severity.WARNING)
def broken_anchor(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A link names a heading that its page does not have.

    Headings make anchors as publishing tools do; equal headings get `-1`, `-2` (DESIGN 4.4).

    Bad:  `[properties](user.md#propertys)`
    Good: `[properties](user.md#properties)`

    Silence: `<!-- docextract-disable-file broken-anchor -->`.
    """
    for link in docset.links(page.path):
        if not link.anchor:
            continue
        target = docset.pages.inside(page.path, link.path) if link.path else page.path
        right = docset.pages.by_case(target) or target if target else None
        if right in docset.pages:
            assert right is not None
            if link.anchor.casefold() not in docset.anchors(right):
                text = f"no heading of {right} has the anchor '#{link.anchor}'"
                yield broken_anchor.finding(text, link.span)
