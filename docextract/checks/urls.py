"""Checks of request lines against the page's own HTTP request section and version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.checks.base import Note, check
from docextract.exchange import Exchange
from docextract.findings import Related, Severity
from docextract.http_message import Request
from docextract.path_template import fits, is_foreign, likeness, slip, version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.docset import DocSet


def _request(exchange: Exchange) -> Request | None:
    message = exchange.request
    if message is None or message.ignored or not isinstance(message.http, Request) or not message.http.url:
        return None
    return message.http


@check(Exchange, Severity.WARNING)
def method_mismatch(exchange: Exchange, docset: DocSet) -> Iterator[Note]:
    """An example uses a method that the page's HTTP request section does not.

    Read cases were right 8 times in 8 (census 9). Requests to other hosts are left alone.

    Bad:  `PATCH /users/{id}` in the HTTP request section, `PUT /users/1` in the example
    Good: `PATCH` in both

    Silence: `<!-- docextract-disable-next-block method-mismatch -->`.
    """
    request, templates = _request(exchange), exchange.operation.templates
    if request is None or not templates or exchange.foreign:
        return
    methods = {template.method for template in templates}
    if request.method not in methods:
        listed = " or ".join(sorted(method for method in methods if method))
        related = (Related(templates[0].start_line.span(), f"the HTTP request section says {listed}"),)
        text = f"method {request.method} is not in the page's HTTP request section, which says {listed}"
        yield Note(text, request.start_line.span(), related, exchange=exchange.id)


@check(Exchange, Severity.WARNING)
def url_mismatch(exchange: Exchange, docset: DocSet) -> Iterator[Note]:
    """The URL of an example fits none of the path templates of the page's HTTP request section.

    Compared after normalisation: placeholders, `/me` for `/users/{id}`, OData functions and casts,
    query, percent-encoding, aliases of drives (census 9). Of pages with an example that does fit,
    further ones are info: they show related operations as often as mistakes; a slip in one
    segment is a warning everywhere.

    Bad:  `GET /users/{id}/messages` in the HTTP request section, `GET /me/mails` in the example
    Good: `GET /me/messages`

    Silence: `<!-- docextract-disable-next-block url-mismatch -->`.
    """
    request, templates = _request(exchange), exchange.operation.templates
    if request is None or not templates or request.url_span is None or exchange.foreign:
        return
    url = request.url or ""
    same = [template for template in templates if template.method == request.method]
    if not same or _fits_any(url, same):
        return
    best = max(same, key=lambda template: likeness(url, template.url or ""))
    related = (Related(best.start_line.span(), "the path template that comes nearest"),)
    wrong = slip(url, best.url or "")
    if wrong is not None:
        text = f"'{wrong[0]}' in the URL is not in the page's HTTP request section, did you mean '{wrong[1]}'?"
        yield Note(text, request.url_span, related, exchange=exchange.id)
        return
    text = f"URL fits no path template of the page's HTTP request section, such as {best.method} {best.url}"
    severity = Severity.INFO if _shown_elsewhere(exchange, docset) else None
    yield Note(text, request.url_span, related, severity, exchange=exchange.id)


def _fits_any(url: str, templates: Iterable[Request]) -> bool:
    return any(fits(url, template.url or "") for template in templates)


def _shown_elsewhere(exchange: Exchange, docset: DocSet) -> bool:
    """Say whether another example of the page shows the operation that its HTTP request section describes."""
    others = (_request(other) for other in docset.exchanges(exchange.path).exchanges if not other.foreign)
    return any(other is not None and _fits_any(other.url or "", exchange.operation.templates) for other in others)


@check(Exchange, Severity.WARNING)
def version_mismatch(exchange: Exchange, docset: DocSet) -> Iterator[Note]:
    """A request URL or an `@odata.context` names another API version than the page's.

    The page's version is that of its folder, else that of most URLs of the doc set; the spelling
    counts. Read cases were right 30 times in 30 (census 9).

    Bad:  `GET https://graph.microsoft.com/beta/users` on a page below `v1.0/`
    Good: `GET https://graph.microsoft.com/v1.0/users`

    Silence: `<!-- docextract-disable-next-block version-mismatch -->`.
    """
    expected = docset.version(exchange.path)
    request = _request(exchange)
    if expected is None:
        return
    if request is not None and request.url_span and not exchange.foreign:
        found = version(request.url or "")
        if found is not None and found != expected:
            text = f"the URL is of version '{found}', the page of version '{expected}'"
            yield Note(text, request.url_span, exchange=exchange.id)
    response = exchange.response
    reading = response.http.json if response and not response.ignored else None
    context = reading.value.get("@odata.context") if reading and isinstance(reading.value, dict) else None
    if response and response.http.body and isinstance(context, str) and not is_foreign(context, docset.host):
        found = version(context)
        if found is not None and found != expected:
            where = response.http.body.span("/@odata.context")
            text = f"'@odata.context' is of version '{found}', the page of version '{expected}'"
            yield Note(text, where, pointer="/@odata.context", exchange=exchange.id)
