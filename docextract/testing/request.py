"""A real request in the place of the documented one: the checks of its body."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.contract.resolution import resolve
from docextract.testing.comparison import placed, without_excuse
from docextract.text.source import Span

if TYPE_CHECKING:
    from docextract.findings import Finding
    from docextract.reading.exchange import Exchange
    from docextract.reading.http_message import Request
    from docextract.verdict.linter import Linter

#: Stands where a page has its path.
REQUEST = "the request"
START = Span(REQUEST, 1, 1, 1, 1)


def contradictions(http: Request, exchange: Exchange, linter: Linter) -> tuple[Finding, ...]:
    """Return the findings on the body of a request for the operation of an exchange that make `check` fail.

    There are none where the page shows no request: then nothing says of which type the body should be.
    """
    documented, least = exchange.request, linter.docset.config.fail_on
    if documented is None or least is None:
        return ()
    message = replace(documented, http=http)
    asked = replace(exchange, request=message)
    conformance = linter.held(asked, message, resolve(asked, message, linter.docset.registry))
    strict = replace(conformance, violations=tuple(map(without_excuse, conformance.violations)))
    found = (finding for finding in linter.weighed(strict) if finding.severity >= least)
    return tuple(placed(finding, START, documented.span) for finding in found)
