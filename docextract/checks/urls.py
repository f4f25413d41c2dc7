"""Checks of request lines against the page's own HTTP request section and version."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from docextract.checks.base import check
from docextract.checks.leftovers import has_leftover
from docextract.findings import Related, Severity
from docextract.markdown.page import Page
from docextract.reading.exchange import Exchange
from docextract.reading.http_message import Request
from docextract.reading.path_difference import difference, likeness
from docextract.reading.path_template import below, fits, holds_version, host, is_foreign, plain_path, version
from docextract.text.spelling import nearest
from docextract.value import cached_property

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.reading.exchange import PageExchanges
    from docextract.reading.path_difference import Run


_VERSION_PLACEHOLDER = re.compile(r"https?://[^/]+/[{<:]")
#: Where a slash between a name and a key, or a key and a name, was forgotten: `users{id}`, `{id}$ref`.
_UNPARTED = re.compile(r"(?<=[A-Za-z]{3})(?=\{)|(?<=\})(?=\$)")
_PAIR = re.compile(r"\{[^{}]*\}")
#: What is left of a placeholder with one brace when those with two are gone.
_LONE_BRACE = re.compile(r"\{[^{}/]*+|(?<![^{}/])[^{}/]*+\}")
_EMPTY_SEGMENT = re.compile(r"(?<!:)//")
_OPTION_IN_PATH = re.compile(r"[/&](\$[a-z]+)\s*=", re.IGNORECASE)
#: A URL that differs from the nearest path template in more places is another.
_FEW = 2


def _request(exchange: Exchange) -> Request | None:
    message = exchange.request
    if message is None or message.ignored or not isinstance(message.http, Request) or not message.http.url:
        return None
    return message.http


@check(Page, Severity.WARNING)
def method_mismatch(page: Page, docset: DocSet) -> Iterator[Finding]:
    """An example uses a method that the page's HTTP request section does not, or one line of it is the odd one out.

    Also an example whose URL the section gives with another method only. HEAD goes wherever GET does
    (RFC 9110 9.3.2). Requests to other hosts are left alone. Path templates of a page have one
    method, or several of them each.

    Bad:  `PATCH /users/{id}` in the HTTP request section, `PUT /users/1` in the example
    Good: `PATCH` in both

    How to fix: See which method the service takes, then change the example or the HTTP request section.

    Silence: `<!-- docextract-disable-next-block method-mismatch -->`.
    """
    read = docset.exchanges(page.path)
    templates = read.operation.templates
    if not templates:
        return
    methods = {template.method for template in templates}
    for exchange in _own(read):
        request = _request(exchange)
        if request is None or methods == {request.method}:
            continue
        span, name = request.start_line.span(), exchange.id
        if not any(method in methods for method in _alike(request)):
            listed = " or ".join(sorted(method for method in methods if method))
            related = (Related(templates[0].start_line.span(), f"the HTTP request section says {listed}"),)
            text = f"method {request.method} is not in the page's HTTP request section, which says {listed}"
            yield method_mismatch.finding(text, span, related=related, exchange=name)
        elif (other := _of_other_method(request, templates, docset)) is not None:
            related = (Related(other.start_line.span(), f"the HTTP request section says {other.method}"),)
            text = f"method {request.method} on a URL for which the page's HTTP request section says {other.method}"
            yield method_mismatch.finding(text, span, related=related, exchange=name)
    if len(templates) > _FEW and len(methods) == _FEW:
        (usual, _), (odd, count) = Counter(template.method for template in templates).most_common()
        for template in templates:
            if count == 1 and template.method == odd:
                text = f"method {odd} in the HTTP request section, where all other lines say {usual}"
                yield method_mismatch.finding(text, template.start_line.span())


def _own(read: PageExchanges) -> Iterator[Exchange]:
    """Yield the exchanges of a page with the service that the page describes."""
    return (exchange for exchange in read.exchanges if not exchange.ignored and not exchange.foreign)


def _alike(request: Request) -> tuple[str | None, ...]:
    """Return the methods of the path templates that a request may fit."""
    return ("HEAD", "GET") if request.method == "HEAD" else (request.method,)


def _of_other_method(request: Request, templates: Sequence[Request], docset: DocSet) -> Request | None:
    """Return the path template that a URL fits, if only templates of another method fit it."""
    own = _alike(request)
    others = [template for template in templates if template.method not in own]
    fitting = next((template for template in others if _fits(request, template, docset)), None)
    if fitting is None or any(template.method in own and _fits(request, template, docset) for template in templates):
        return None
    return fitting


@check(Page, Severity.WARNING)
def url_mismatch(page: Page, docset: DocSet) -> Iterator[Finding]:
    """The URL of an example fits none of the path templates of the page's HTTP request section.

    Compared after normalisation: placeholders, `/me` for `/users/{id}`, OData functions and casts,
    query, percent-encoding, aliases of drives. Also found, in examples and path templates, are an empty
    segment (`//`), a brace without its partner, a query option without a `?` before it, and a host that
    stands once in the doc set and nearly is the usual one.

    Bad:  `GET /users/{id}/messages` in the HTTP request section, `GET /me/mails` in the example
    Good: `GET /me/messages`

    How to fix: Change the segment that the message names. If the example is right, add its path to the
    HTTP request section.

    Severity: info beside an example that fits, unless one segment has a slip: such examples show
    related operations as often as mistakes.

    Silence: `<!-- docextract-disable-next-block url-mismatch -->`.
    """
    read = docset.exchanges(page.path)
    examples = _Examples(read, docset)
    for template in read.operation.templates:
        yield from _malformed(template, None)
    for exchange in read.exchanges:
        request = _request(exchange)
        if request is None or exchange.ignored:
            continue
        if exchange.foreign:
            found = list(_misspelt_host(request, exchange, docset))
        else:
            found = list(_malformed(request, exchange.id)) or list(_misfit(request, exchange, examples))
        if found and not has_leftover(request.url or ""):
            yield from found


def _malformed(request: Request, exchange: str | None) -> Iterator[Finding]:
    """Find what no URL of a service has, whatever its path templates."""
    url = request.url or ""
    paired = url.count("{") == url.count("}")
    if request.url_span is None or (paired and "//" not in url and "$" not in url):
        return
    path = plain_path(url)
    if ("{" in path or "}" in path) and (lone := _LONE_BRACE.search(_PAIR.sub("", path))):
        what = "never closed" if lone[0][0] == "{" else "never opened"
        text = f"the brace of {lone[0]!r} is {what}"
        yield url_mismatch.finding(text, request.url_span, exchange=exchange)
        return
    option = _OPTION_IN_PATH.search(path) if "$" in path else None
    if option is not None:
        text = f"query option '{option[1]}' in the path: '?' has to stand before the first option"
        yield url_mismatch.finding(text, request.url_span, exchange=exchange)
    elif "//" in path and _EMPTY_SEGMENT.search(path):
        yield url_mismatch.finding("'//' in the path makes an empty segment", request.url_span, exchange=exchange)


def _misspelt_host(request: Request, exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    name, usual = host(request.url or ""), docset.habits.host
    if name in docset.habits.misspelt_hosts and request.url_span is not None:
        text = f"the host '{name}' stands nowhere else in the doc set, which has '{usual}'"
        yield url_mismatch.finding(text, request.url_span, exchange=exchange.id)


class _Examples:
    """The examples of a page, which `read` holds."""

    def __init__(self, read: PageExchanges, docset: DocSet) -> None:
        self._read = read
        self.docset = docset

    @cached_property
    def fit(self) -> bool:
        """Whether one shows the operation that the HTTP request section describes.

        All examples are held against all templates: once, and only where an example fits none.
        """
        requests = (_request(exchange) for exchange in self._read.exchanges if not exchange.foreign)
        return any(
            request is not None and _fits(request, template, self.docset)
            for request in requests
            for template in self._read.operation.templates
        )


def _misfit(request: Request, exchange: Exchange, examples: _Examples) -> Iterator[Finding]:
    templates, span = exchange.operation.templates, request.url_span
    own = _alike(request)
    same = [template for template in templates if template.method in own]
    url = below(request.url or "", examples.docset.habits.base)
    # A URL that goes on on the next line is what http-form says.
    if not same or span is None or url.count("(") > url.count(")"):
        return
    # Where a template of another method fits, method-mismatch says so.
    if any(fits(url, template.url or "") for template in templates):
        return
    best = same[0] if len(same) == 1 else max(same, key=lambda template: likeness(url, template.url or ""))
    expected = best.url or ""
    related = (Related(best.start_line.span(), "the path template that comes nearest"),)
    if best.url_span is not None and fits(url, _UNPARTED.sub("/", expected)):
        text = f"a '/' is missing before {_unparted(expected)!r} in the path template"
        related = (Related(span, "an example of it"),)
        yield url_mismatch.finding(text, best.url_span, related=related)
        return
    if fits(_UNPARTED.sub("/", url), expected):
        text = f"a '/' is missing before {_unparted(url)!r} in the URL"
        yield url_mismatch.finding(text, span, related=related, exchange=exchange.id)
        return
    runs = difference(url, expected)
    severity = Severity.INFO if examples.fit and not _is_slip(runs) else None
    text = _told(runs) or f"the URL fits no path template, such as {best.method} {expected}"
    yield url_mismatch.finding(text, span, severity=severity, related=related, exchange=exchange.id)


def _unparted(url: str) -> str:
    match = _UNPARTED.search(url)
    return url[match.start() :].partition("/")[0] if match else ""


def _is_slip(runs: Sequence[Run]) -> bool:
    """Whether one segment is a slip of the keyboard apart from what is expected."""
    return len(runs) == 1 and bool(runs[0].url and runs[0].template and nearest(runs[0].url, [runs[0].template]))


def _told(runs: Sequence[Run]) -> str:
    """Say how a URL differs from the nearest path template; "" if it does in too many places."""
    if not 0 < len(runs) <= _FEW:
        return ""
    if len(runs) > 1:
        return f"compared with the nearest path template, the URL {' and '.join(map(_change, runs))}"
    run = runs[0]
    if run.url and run.template:
        return f"the URL has '{run.url}' where the nearest path template has '{run.template}'"
    return f"the URL {_change(run)}, which the nearest path template {'lacks' if run.url else 'has'}"


def _change(run: Run) -> str:
    if run.url and run.template:
        return f"has '{run.url}' for '{run.template}'"
    verb, part = ("has", run.url) if run.url else ("lacks", run.template)
    return f"{verb} '{part}' before '{run.before}'" if run.before else f"{verb} '/{part}' at its end"


def _fits(request: Request, template: Request, docset: DocSet) -> bool:
    return fits(below(request.url or "", docset.habits.base), template.url or "")


@check(Exchange, Severity.WARNING)
def version_mismatch(exchange: Exchange, docset: DocSet) -> Iterator[Finding]:
    """A request URL or an `@odata.context` names another API version than the page's.

    The page's versions are those that its HTTP request section lists, else that of its folder, else
    that of 19 in 20 URLs of the doc set; the spelling counts. A URL without any is reported where
    nearly all others of the doc set have one.

    Bad:  `GET https://graph.microsoft.com/beta/users` on a page below `v1.0/`
    Good: `GET https://graph.microsoft.com/v1.0/users`

    How to fix: Write the version of the page in the URL. If the example is meant for another version,
    move it to that version's page.

    Silence: `<!-- docextract-disable-next-block version-mismatch -->`.
    """
    expected = _expected_version(exchange, docset)
    if expected is None:
        return
    request = _request(exchange)
    if request is not None and request.url_span and not exchange.foreign:
        text = _wrong_version(below(request.url or "", docset.habits.base), expected, docset)
        if text and not has_leftover(request.url or ""):
            yield version_mismatch.finding(text, request.url_span, related=expected.related, exchange=exchange.id)
    yield from _context_version(exchange, expected, docset)


class _Expected(NamedTuple):
    """The API versions that the URLs of an exchange may have, and what says so."""

    names: tuple[str, ...]
    words: str
    related: tuple[Related, ...] = ()


def _expected_version(exchange: Exchange, docset: DocSet) -> _Expected | None:
    """Return the versions that the page's HTTP request section lists, else that of the page."""
    listed: dict[str, Request] = {}
    for template in exchange.operation.templates:
        if name := version(below(template.url or "", docset.habits.base)):
            listed.setdefault(name, template)
    if listed:
        words = f"the page's HTTP request section lists {' and '.join(map(repr, listed))}"
        related = tuple(Related(one.start_line.span(), f"here '{name}'") for name, one in listed.items())
        return _Expected(tuple(listed), words, related)
    usual = docset.catalogue.version(exchange.path)
    return _Expected((usual,), f"the page of version '{usual}'") if usual else None


def _wrong_version(url: str, expected: _Expected, docset: DocSet) -> str | None:
    """Say that a URL is of a version that is not expected, or of none; None if it is right."""
    named = version(url)
    if named is not None:
        return None if named in expected.names else f"the URL is of version '{named}', {expected.words}"
    if not docset.habits.versioned or not _omits_version(url, docset):
        return None
    return f"the URL has no version, expected {' or '.join(map(repr, expected.names))} after the host"


def _context_version(exchange: Exchange, expected: _Expected, docset: DocSet) -> Iterator[Finding]:
    response = exchange.response
    reading = response.http.json if response and not response.ignored else None
    context = reading.value.get("@odata.context") if reading and isinstance(reading.value, dict) else None
    if not (response and response.http.body and isinstance(context, str)) or is_foreign(context, docset.habits.host):
        return
    named = version(below(context, docset.habits.base))
    if named is not None and named not in expected.names:
        span, pointer = response.http.body.span("/@odata.context"), "/@odata.context"
        text = f"'@odata.context' is of version '{named}', {expected.words}"
        yield version_mismatch.finding(text, span, related=expected.related, pointer=pointer, exchange=exchange.id)


def _omits_version(url: str, docset: DocSet) -> bool:
    """Whether one of the service's own URLs has no version anywhere in its path, nor a placeholder for one."""
    return host(url) == docset.habits.host and not _VERSION_PLACEHOLDER.match(url) and not holds_version(url)
