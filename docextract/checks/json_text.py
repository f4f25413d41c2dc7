"""Checks of JSON as text: one finding for each defect; the recovered value is checked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.checks.base import check
from docextract.checks.leftovers import holds_conflict
from docextract.findings import Fix, Related, Safety, Severity
from docextract.markdown.page import Page
from docextract.text.json_text import DefectKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.reading.http_message import Body


@check(Page, Severity.ERROR, fixes=Safety.SAFE)
def json_syntax(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A JSON body or representation is not JSON (RFC 8259).

    Readers paste examples into code; a parser stops at the first defect. Each defect is one
    finding, and the value is checked as far as it can be recovered. In a text that holds a merge
    conflict only the conflict is reported.

    Bad:  `{"id": 1, "name": "x",}`
    Good: `{"id": 1, "name": "x"}`

    How to fix: Mend the text at the place shown. Where members were left out on purpose, leave them out
    without `...`.

    Silence: `<!-- docextract-disable-next-block json-syntax -->`.
    """
    for body, exchange in _bodies(page, docset):
        for defect in body.reading.defects:
            if defect.kind is not DefectKind.DUPLICATE_MEMBER:
                span = body.source.span(defect.start, defect.end)
                related = _related(body, defect.related, "opened here")
                fix = Fix.of(body.source, defect.repair)
                yield json_syntax.finding(defect.message, span, related=related, exchange=exchange, fix=fix)


@check(Page, Severity.ERROR)
def json_duplicate_member(page: Page, docset: DocSet) -> Iterator[Finding]:
    """A JSON object has two members of the same name.

    Parsers keep one of them, which one differs (RFC 8259, section 4).

    Bad:  `{"id": 1, "id": 2}`
    Good: `{"id": 1}`

    How to fix: Remove one of the two, or rename the one that is another member.

    Silence: `<!-- docextract-disable-next-block json-duplicate-member -->`.
    """
    for body, exchange in _bodies(page, docset):
        for defect in body.reading.defects:
            if defect.kind is DefectKind.DUPLICATE_MEMBER:
                span = body.source.span(defect.start, defect.end)
                related = _related(body, defect.related, "the first one")
                yield json_duplicate_member.finding(defect.message, span, related=related, exchange=exchange)


def _bodies(page: Page, docset: DocSet) -> Iterator[tuple[Body, str | None]]:
    """Yield the JSON texts of a page that are damaged, but not by a merge conflict, which is told as such."""
    return ((body, exchange) for body, exchange in _damaged(page, docset) if not holds_conflict(body.source.text))


def _damaged(page: Page, docset: DocSet) -> Iterator[tuple[Body, str | None]]:
    seen = set()
    for exchange in docset.exchanges(page.path).exchanges:
        for message in (exchange.request, exchange.response):
            # Few texts have defects: that is asked first.
            if message is None or not (reading := message.http.json) or not reading.defects or message.ignored:
                continue
            if message.http.body is not None and id(message) not in seen:
                seen.add(id(message))
                yield message.http.body, exchange.id
    for resource in docset.definitions(page.path).resources:
        if resource.representation and resource.representation.reading.defects:
            yield resource.representation, None


def _related(body: Body, place: tuple[int, int] | None, message: str) -> tuple[Related, ...]:
    return (Related(body.source.span(*place), message),) if place else ()
