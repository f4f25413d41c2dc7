"""Checks of relative links between pages of a doc set."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from docextract.checks.base import check
from docextract.findings import Edit, Fix, Safety, Severity
from docextract.markdown.links import misshapen
from docextract.markdown.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.markdown.links import PageLink
    from docextract.project.docset import DocSet


def _links(page: Page, docset: DocSet) -> Iterator[tuple[PageLink, str]]:
    """Yield the links to pages inside the doc set, with the path that each names."""
    for link in docset.links(page.path):
        target = _target(page, link, docset)
        if target is not None:
            yield link, target


def _target(page: Page, link: PageLink, docset: DocSet) -> str | None:
    return docset.pages.inside(page.path, link.path.replace("\\", "/"))


def _from(page: Page, target: str) -> str:
    """Return how a link of a page names another."""
    return posixpath.relpath(target, posixpath.dirname(page.path) or ".")


@check(Page, Severity.WARNING)
def broken_link(page: Page, docset: DocSet) -> Iterator[Finding]:
    r"""A relative link inside the doc set names a page that does not exist, or cannot be seen or followed.

    Links to other sites, absolute paths and what lies outside the doc set are left alone. A link
    without text, and one with its brackets the wrong way round, lead nowhere either.

    Bad:  `[user](../resources/usr.md)`, `[](../resources/user.md)`, `(user)[../resources/user.md]`
    Good: `[user](../resources/user.md)`

    How to fix: Correct the path; it starts from the folder of the page. If the page is gone, remove the
    link.

    Severity: info where more than one in ten link targets of the doc set is missing, and at least 20 or
    most of them: it is then an extract of a larger one.

    Silence: `<!-- docextract-disable-next-line broken-link -->` above the line.
    """
    extract = docset.habits.is_extract
    for link, target in _links(page, docset):
        if not docset.exists(target) and docset.pages.by_case(target) is None:
            near = None if extract else docset.pages.near(target)
            advice = f"; did you mean '{_from(page, near)}'?" if near else ""
            text = f"link to '{link.path}', which does not exist{advice}"
            yield broken_link.finding(text, link.span, severity=Severity.INFO if extract else None, lowered=extract)
    for text, span in misshapen(page):
        yield broken_link.finding(text, span)


@check(Page, Severity.INFO, fixes=Safety.SAFE)
def link_case(page: Page, docset: DocSet) -> Iterator[Finding]:
    r"""A relative link differs from its page's path in case only, or in backslashes for slashes.

    It works on many published sites, but not in a checkout on Linux, nor in every browser.

    Bad:  `[user](../resources/User.md)`, where the file is user.md, `[user](..\resources\user.md)`
    Good: `[user](../resources/user.md)`

    How to fix: Write the path as the file is spelt, with `/`.

    Silence: `ignore = ["link-case"]`.
    """
    for link, target in _links(page, docset):
        right = target if docset.exists(target) else docset.pages.by_case(target)
        if right is None:
            continue
        if "\\" in link.path:
            text = f"link uses backslashes: write '{_from(page, right)}'"
            yield link_case.finding(text, link.span, fix=_right_link(page, link, right, docset))
        elif right != target:
            text = f"link to '{link.path}' differs in case from the file {right.rpartition('/')[2]}"
            yield link_case.finding(text, link.span, fix=_right_link(page, link, right, docset))


def _right_link(page: Page, link: PageLink, right: str, docset: DocSet) -> Fix | None:
    """Return the fix that writes the path of a link as that of the page; None where it is encoded."""
    first, last = link.columns
    line = page.source.slice_lines(link.line, link.line)
    end = first + len(link.path)
    if line.text[first:end] != link.path or (end != last and line.text[end] not in "#?"):
        return None
    path = _as_in(right, link.path.replace("\\", "/"))
    path = path if docset.pages.inside(page.path, path) == right else _from(page, right)
    return Fix((Edit(line.span(first, end), path),))


def _as_in(page: str, path: str) -> str:
    """Return the path of a link with the names at its end written as in that of its page."""
    names, right = path.split("/"), page.split("/")
    for at in range(1, min(len(names), len(right)) + 1):
        if names[-at].casefold() != right[-at].casefold():
            break
        names[-at] = right[-at]
    return "/".join(names)


@check(Page, Severity.WARNING)
def broken_anchor(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A link names a heading that its page does not have.

    Headings make anchors as publishing tools do; equal headings get `-1`, `-2`. Explicit anchors
    count too: `<a name="x"></a>`, `<a id="x"></a>`, `{#x}`.

    Bad:  `[properties](user.md#propertys)`
    Good: `[properties](user.md#properties)`

    How to fix: Take the anchor of a heading that the page has, or link to the page alone.

    Silence: `<!-- docextract-disable-next-line broken-anchor -->` above the line.
    """
    for link in docset.links(page.path):
        if not link.anchor:
            continue
        target = _target(page, link, docset) if link.path else page.path
        right = docset.pages.by_case(target) or target if target else None
        if right in docset.pages:
            assert right is not None
            if link.anchor.casefold() not in docset.anchors(right):
                text = f"no heading of {_from(page, right)} has the anchor '#{link.anchor}'"
                yield broken_anchor.finding(text, link.span)
