"""Checks of request lines against the page's own HTTP request section and version."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from docextract.checks.base import check
from docextract.findings import Related, Severity
from docextract.markdown.page import Page
from docextract.reading.exchange import Exchange
from docextract.reading.http_message import Request
from docextract.reading.path_template import fits, host, is_foreign, likeness, slip, version
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.reading.exchange import PageExchanges


_VERSION_PLACEHOLDER = re.compile(r"https?://[^/]+/[{<:]")
_SEGMENT = re.compile(r"[^/?(]+")
#: So many path templates make no rule that one more could break.
_FEW = 2


def _request(exchange: Exchange) -> Request | None:
    message = exchange.request
    if message is None or message.ignored or not isinstance(message.http, Request) or not message.http.url:
        return None
    return message.http


@check(Page, Severity.WARNING)
def method_mismatch(page: Page, docset: DocSet) -> Iterator[Finding]:
    """An example uses a method that the page's HTTP request section does not, or one line of it is the odd one out.

    Read cases were right 8 times in 8 (census 9). Requests to other hosts are left alone. Path
    templates of a page have one method, or several of them each.

    Bad:  `PATCH /users/{id}` in the HTTP request section, `PUT /users/1` in the example
    Good: `PATCH` in both

    Silence: `<!-- docextract-disable-next-block method-mismatch -->`.
    """
    read = docset.exchanges(page.path)
    templates = read.operation.templates
    if not templates:
        return
    methods = Counter(template.method for template in templates)
    listed = " or ".join(sorted(method for method in methods if method))
    for exchange in _own(read):
        request = _request(exchange)
        if request is not None and request.method not in methods:
            related = (Related(templates[0].start_line.span(), f"the HTTP request section says {listed}"),)
            text = f"method {request.method} is not in the page's HTTP request section, which says {listed}"
            yield method_mismatch.finding(text, request.start_line.span(), related=related, exchange=exchange.id)
    if len(templates) > _FEW and len(methods) == _FEW:
        (usual, _), (odd, count) = methods.most_common()
        for template in templates:
            if count == 1 and template.method == odd:
                text = f"method {odd} in the HTTP request section, where all other lines say {usual}"
                yield method_mismatch.finding(text, template.start_line.span())


def _own(read: PageExchanges) -> Iterator[Exchange]:
    """Give the exchanges of a page with the service that the page describes."""
    return (exchange for exchange in read.exchanges if not exchange.ignored and not exchange.foreign)


@check(Page, Severity.WARNING)
def url_mismatch(page: Page, docset: DocSet) -> Iterator[Finding]:
    """The URL of an example fits none of the path templates of the page's HTTP request section.

    Compared after normalisation: placeholders, `/me` for `/users/{id}`, OData functions and casts,
    query, percent-encoding, aliases of drives (census 9). Of pages with an example that does fit,
    further ones are info: they show related operations as often as mistakes; a slip in one
    segment is a warning everywhere, also in one path template where two others agree.

    Bad:  `GET /users/{id}/messages` in the HTTP request section, `GET /me/mails` in the example
    Good: `GET /me/messages`

    Silence: `<!-- docextract-disable-next-block url-mismatch -->`.
    """
    read = docset.exchanges(page.path)
    templates = read.operation.templates
    for exchange in _own(read) if templates else ():
        yield from _misfit(exchange, read)
    if len(templates) > 1:
        yield from _odd_segments(templates, [request for request in map(_request, _own(read)) if request is not None])


def _misfit(exchange: Exchange, read: PageExchanges) -> Iterator[Finding]:
    request = _request(exchange)
    if request is None or request.url_span is None:
        return
    url = request.url or ""
    same = [template for template in read.operation.templates if template.method == request.method]
    if not same or _fits_any(url, same):
        return
    best = max(same, key=lambda template: likeness(url, template.url or ""))
    related = (Related(best.start_line.span(), "the path template that comes nearest"),)
    wrong = slip(url, best.url or "")
    if wrong is not None:
        text = f"'{wrong[0]}' in the URL is not in the page's HTTP request section, did you mean '{wrong[1]}'?"
        yield url_mismatch.finding(text, request.url_span, related=related, exchange=exchange.id)
        return
    text = f"URL fits no path template of the page's HTTP request section, such as {best.method} {best.url}"
    severity = Severity.INFO if _shows(read) else None
    yield url_mismatch.finding(text, request.url_span, severity=severity, related=related, exchange=exchange.id)


def _odd_segments(templates: Sequence[Request], examples: Sequence[Request]) -> Iterator[Finding]:
    """Find segments of one path template that are a slip apart from what two other URLs have in their place."""
    requests = (*templates, *examples)
    segments = Counter(part for request in requests for part in set(_SEGMENT.findall(request.url or "")))
    common = [part for part, count in segments.items() if count > 1]
    if not any(count == 1 and nearest(part, common) for part, count in segments.items()):
        return
    for template in templates:
        others = [other for other in requests if other is not template and other.method == template.method]
        slips = [(apart, other) for other in others if (apart := slip(template.url or "", other.url or ""))]
        for wrong, right in {apart for apart, _ in slips}:
            agreeing = [other for apart, other in slips if apart == (wrong, right)]
            if template.url_span and len(agreeing) >= _FEW and segments[wrong] == 1:
                text = f"'{wrong}' in the path template, where others have '{right}'"
                related = (Related(agreeing[0].start_line.span(), "one of the others"),)
                yield url_mismatch.finding(text, template.url_span, related=related)


def _fits_any(url: str, templates: Iterable[Request]) -> bool:
    return any(fits(url, template.url or "") for template in templates)


def _shows(read: PageExchanges) -> bool:
    """Say whether an example of the page shows the operation that its HTTP request section describes."""
    return any(
        (request := _request(exchange)) is not None and _fits_any(request.url or "", read.operation.templates)
        for exchange in read.exchanges
        if not exchange.foreign
    )


@check(Exchange, Severity.WARNING)
def version_mismatch(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """A request URL or an `@odata.context` names another API version than the page's.

    The page's version is that of its folder, else that of most URLs of the doc set; the spelling
    counts. Read cases were right 30 times in 30 (census 9). A URL without any is reported where
    nearly all others of the doc set have one.

    Bad:  `GET https://graph.microsoft.com/beta/users` on a page below `v1.0/`
    Good: `GET https://graph.microsoft.com/v1.0/users`

    Silence: `<!-- docextract-disable-next-block version-mismatch -->`.
    """
    expected = docset.catalogue.version(exchange.path)
    request = _request(exchange)
    if expected is None:
        return
    if request is not None and request.url_span and not exchange.foreign:
        named = version(request.url or "")
        if named is not None and named != expected:
            text = f"the URL is of version '{named}', the page of version '{expected}'"
            yield version_mismatch.finding(text, request.url_span, exchange=exchange.id)
        elif named is None and docset.habits.versioned and _omits_version(request.url or "", docset):
            text = f"the URL has no version, expected '{expected}' after the host"
            yield version_mismatch.finding(text, request.url_span, exchange=exchange.id)
    response = exchange.response
    reading = response.http.json if response and not response.ignored else None
    context = reading.value.get("@odata.context") if reading and isinstance(reading.value, dict) else None
    if response and response.http.body and isinstance(context, str) and not is_foreign(context, docset.habits.host):
        named = version(context)
        if named is not None and named != expected:
            where = response.http.body.span("/@odata.context")
            text = f"'@odata.context' is of version '{named}', the page of version '{expected}'"
            yield version_mismatch.finding(text, where, pointer="/@odata.context", exchange=exchange.id)


def _omits_version(url: str, docset: DocSet) -> bool:
    """Say whether the path of one of the service's own URLs has no version, nor a placeholder for one."""
    return host(url) == docset.habits.host and not _VERSION_PLACEHOLDER.match(url)
