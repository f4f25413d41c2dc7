"""Checks of what stands in the way of reading a page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docextract.checks.base import check, defect_check
from docextract.findings import CheckId, Defect, Severity
from docextract.markdown.page import Page
from docextract.text.source import Span
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.project.docset import DocSet


#: Number signs before a letter, with odd white space between if there is any; one alone may begin a tag: `#todo`.
_LOST_HEADING = re.compile(
    r"#{1,6}(?P<blank>[\u00a0\u2000-\u200b\u202f\u3000\ufeff])\s*\w|#{2,6}(?P<none>)(?=[^\W\d_])"
)
#: Keys of front matter that publishing tools read.
_KEYS = ("title", "description", "doc_type")
#: The values of `doc_type` on the pages of Microsoft Graph.
_PAGE_TYPES = ("apiPageType", "resourcePageType", "conceptualPageType", "enumPageType")


@defect_check(Severity.WARNING)
def front_matter() -> None:
    """The front matter of a page cannot be read as YAML, is not closed, or gives a key twice.

    Publishing tools read titles and metadata from it; with a broken block the page loses them, or
    the block is shown to readers as text.

    Bad:  `title: "Get user` (the quote is not closed)
    Good: `title: "Get user"`

    How to fix: Close the quote, or put quotes around a value that holds `: ` or begins with a mark;
    keep one of two equal keys; end the block with `---`.

    Silence: `<!-- docextract-disable-file front-matter -->` below the front matter.
    """


@check(Page, Severity.WARNING)
def front_matter_required(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A configured front matter key is missing or has another value, or `doc_type` belies the page.

    Keys and values come from `required-front-matter`. A key that is a slip apart from `title`,
    `description` or `doc_type` is reported where the page lacks that one. A `doc_type` of `apiPageType` is reported on
    a page that defines a type and shows no exchange, `resourcePageType` on the reverse, and a slip
    in either; on a page that does both, the other pages of its folder decide. A page of types or
    exchanges without any front matter is reported where 19 in 20 pages of the doc set have it.

    Bad:  `doc_type: apiPageType` on the page of a resource
    Good: `doc_type: resourcePageType`

    How to fix: Give the key one of the configured values, and the `doc_type` that fits what the page
    shows. If the page is right, change `required-front-matter`.

    Silence: `<!-- docextract-disable-file front-matter-required -->` below the front matter.
    """
    values = page.front_matter.values
    for key, allowed in docset.config.required_front_matter.items():
        if key not in values:
            where = Span(page.path, 1, 1, 1, 1)
            text = f"front matter key '{key}' is missing; the configuration requires it"
            yield front_matter_required.finding(text, where, property=key)
        elif allowed and values[key] not in allowed:
            text = f"front matter key '{key}' is {values[key]!r}, expected one of {', '.join(allowed)}"
            yield front_matter_required.finding(text, _place(page, key), property=key)
    if docset.habits.front_matter and not docset.config.required_front_matter and _lacks_front_matter(page, docset):
        text = "page without front matter, which nearly all pages of the doc set have; begin it with a line '---'"
        yield front_matter_required.finding(text, Span(page.path, 1, 1, 1, 1))
    doc_type = str(values.get("doc_type") or "")
    for key, meant in _misspelt_keys(tuple(values)):
        text = f"front matter key '{key}', did you mean '{meant}'? The page has no '{meant}'"
        yield front_matter_required.finding(text, _place(page, key), property=key)
    if near := _near_page_type(doc_type):
        text = f"doc_type is {doc_type}, did you mean {near}?"
        yield front_matter_required.finding(text, _place(page, "doc_type"), property="doc_type")
    wanted, why = _page_type(page, docset)
    if wanted and doc_type in ("apiPageType", "resourcePageType") and doc_type != wanted:
        text = f"doc_type is {doc_type}, but {why}, expected {wanted}"
        yield front_matter_required.finding(text, _place(page, "doc_type"), property="doc_type")


def _place(page: Page, key: str) -> Span:
    return page.source.line_span(page.front_matter.lines[key])


# The pages of a doc set have the same keys.
@lru_cache(maxsize=64)
def _misspelt_keys(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the keys that are a slip apart from one that publishing tools read and that is missing, with that one."""
    missing = tuple(key for key in _KEYS if key not in keys)
    return tuple((key, near) for key in keys if key not in _KEYS and (near := nearest(key, missing)) is not None)


def _near_page_type(written: str) -> str | None:
    """Return the page type that is meant by one with a slip or without its last word; None if it is right."""
    if not written or written in _PAGE_TYPES:
        return None
    return nearest(written, _PAGE_TYPES) or next((one for one in _PAGE_TYPES if one == f"{written}Type"), None)


def _lacks_front_matter(page: Page, docset: DocSet) -> bool:
    """Whether a page of types or exchanges has no front matter, not even a damaged one."""
    if page.front_matter.end_line or any(defect.check is CheckId.FRONT_MATTER for defect in page.defects):
        return False
    return bool(docset.exchanges(page.path).messages or docset.definitions(page.path).resources)


def _page_type(page: Page, docset: DocSet) -> tuple[str | None, str]:
    """Return the type that a page has by what it shows, and why."""
    defines = bool(docset.definitions(page.path).resources)
    read = docset.exchanges(page.path)
    if defines and not read.messages:
        return "resourcePageType", "the page defines a type and no exchange"
    if defines:
        usual = docset.habits.doc_types.get(page.path.rpartition("/")[0])
        return usual, "most pages of its folder are not"
    # The page of a resource without annotations may show how one of its URLs is used.
    operates = bool(read.operation.templates) or any(message.annotated for message in read.messages)
    return "apiPageType" if operates else None, "the page defines exchanges and no type"


@check(Page, Severity.WARNING)
def heading_lost(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A line that looks like a heading is none, so readers see its number signs.

    A blank is missing after the number signs, or stands there in another form than the plain one
    (CommonMark 4.2). The section has no anchor, and what it says counts for the section above.

    Bad:  `##Properties`
    Good: `## Properties`

    How to fix: Write one plain blank between the number signs and the text.

    Silence: `<!-- docextract-disable-next-line heading-lost -->`.
    """
    for paragraph in page.paragraphs:
        text = paragraph.source.text
        if text[:1] == "#" and (match := _LOST_HEADING.match(text)) is not None:
            char = match["blank"]
            why = f"U+{ord(char):04X} stands" if char else "no blank stands"
            text = f"no heading: {why} between the number signs and the text, expected one plain blank"
            yield heading_lost.finding(text, page.source.line_span(paragraph.line))


@defect_check(Severity.ERROR)
def page_unreadable() -> None:
    """A page cannot be read: no permission, not UTF-8, or each line end was written twice.

    Of a page that is not UTF-8, or has an empty line after each of its lines, all that can be read is
    still checked.

    Bad:  a page saved as UTF-16 or Latin-1
    Good: the page saved as UTF-8

    How to fix: Save the page as UTF-8 with one kind of line end, or let the user who runs docextract read it.

    Silence: add the page to `exclude` in the configuration.
    """


@defect_check(Severity.ERROR)
def page_too_complex() -> None:
    """A page takes more than `page-budget` steps (200,000 unless configured).

    A step is a line of the page, or an example that is held against a path template of the page. They
    are counted rather than timed, so that every run says the same. A page with more lines is left unread;
    of one with too many examples and path templates the examples are left out, and all else is checked.

    Bad:  a page of 300,000 lines, or one of 600 path templates and 600 examples
    Good: a page for each operation, or a higher `page-budget`

    How to fix: Split the page, move a generated file out of the doc set, or raise `page-budget`.

    Silence: add the page to `exclude` in the configuration.
    """


@defect_check(Severity.ERROR)
def page_too_large() -> None:
    """A page is larger than `max-page-size` (10 MB unless configured).

    It is left unread, so that one generated file cannot stop a run.

    Bad:  a dump of 40 MB among the pages
    Good: the dump outside the doc set, or a higher `max-page-size`

    How to fix: Move a generated file out of the doc set, split the page, or raise `max-page-size`.

    Silence: add the page to `exclude` in the configuration.
    """


@check(Defect, Severity.ERROR)
def internal_error(defect: Defect, _: DocSet) -> Iterator[Finding]:
    """Docextract itself failed on a page, whose other findings are therefore missing.

    The run goes on with the other pages, and ends with exit code 3. The message names the error and the
    place in docextract.

    Bad:  a page on which a reader of docextract raises an exception, or whose process is killed
    Good: the same page with a version of docextract in which that is mended

    How to fix: Report it, with the page if you can. It is no mistake of the page, however odd the page may be.

    Silence: add the page to `exclude` in the configuration; no comment suppresses it.
    """
    if defect.check is CheckId.INTERNAL_ERROR:
        yield internal_error.finding(defect.message, defect.span)
