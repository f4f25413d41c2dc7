"""A real response in the place of the documented one: the same checks, and what only a real one can be wrong in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.contract.naming import Kind
from docextract.findings import CheckId, Finding, Related, Severity
from docextract.testing.received import RESPONSE
from docextract.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.contract.violation import Violation
    from docextract.testing.documented import Documented
    from docextract.testing.received import Received
    from docextract.verdict.linter import Linter

_BODILESS = (204, 304)
_START = Span(RESPONSE, 1, 1, 1, 1)
#: What is excused in an example: a placeholder, a wrapper that a generator added.
_EXCUSED = (CheckId.PLACEHOLDER, CheckId.WRAPPED_ENTITY)


def fitting(received: Received, documented: Sequence[Documented]) -> Sequence[Documented]:
    """Return the documented responses that have the status of a real one; without one, the successes.

    A status that only the prose promises has the body of the other successes. Empty if the status is not documented.
    """
    successes = [one for one in documented if one.status is None or _succeeds(one.status)]
    if received.status is None or any(one.status is None for one in documented):
        return successes or documented
    same = [one for one in documented if one.status == received.status]
    promised = any(received.status in one.promised for one in documented)
    return same or (successes if promised and _succeeds(received.status) else ())


def undocumented(received: Received, documented: Sequence[Documented]) -> Finding:
    """Return the finding of a status that is not documented."""
    places = {one.status: one.span for one in reversed(documented) if one.status is not None}
    listed = " or ".join(map(str, sorted(places)))
    related = tuple(Related(places[status], "the page shows") for status in sorted(places))
    text = f"status {received.status} is not documented, expected {listed}"
    return _finding(CheckId.STATUS_PROSE, text, documented[0], related)


def compare(received: Received, documented: Documented, linter: Linter) -> tuple[Finding, ...]:
    """Return what a response contradicts.

    Raises LookupError if a body came, and nothing says of which type it should be.
    """
    wrong = _wrong_form(received, documented)
    if wrong is not None:
        return (wrong,)
    message = replace(documented.message, http=received.http)
    exchange = replace(documented.exchange, response=message)
    conformance = linter.held(exchange, message, documented.resolution)
    strict = replace(conformance, violations=tuple(map(without_excuse, conformance.violations)))
    return tuple(placed(finding, _START, documented.span) for finding in linter.weighed(strict))


def placed(finding: Finding, start: Span, documented: Span) -> Finding:
    """Return a finding at the start of a real message, with the places on pages as related ones.

    There is at least the one where the message is documented.
    """
    here = [Related(finding.span, "it is documented here")] if finding.span.path != start.path else []
    there = [place for place in finding.related if place.span.path != start.path]
    related = (*here, *there) or (Related(documented, "it is documented here"),)
    return replace(finding, span=start, related=related)


def _wrong_form(received: Received, documented: Documented) -> Finding | None:
    """Return what makes a body one that no type can be held against: it is missing, unexpected or no JSON."""
    body, shown = received.http.body, documented.message.http.body
    if body is None:
        missing = documented.is_typed and received.status not in _BODILESS
        return (
            _finding(CheckId.BODY_MISSING, f"there is no body, expected {_wanted(documented)}", documented)
            if missing
            else None
        )
    if documented.resolution.kind is Kind.UNRESOLVED and shown is None:
        return _finding(CheckId.BODY_UNEXPECTED, "there is a body, but the page shows none", documented)
    if shown is not None and not documented.message.http.has_json:
        # Bytes, or a text that no table describes.
        return None
    if documented.resolution.kind in (Kind.UNKNOWN, Kind.AMBIGUOUS, Kind.UNRESOLVED):
        where, why = f"{documented.span.path}:{documented.span.line}", documented.resolution.kind.words
        raise LookupError(f"{where}: no response can be held against this one, for its type is {why}")
    if not documented.is_typed:
        return None
    if not received.http.has_json:
        text = f"the body is {received.media_type or 'no JSON'}, expected {_wanted(documented)} as JSON"
        return _finding(CheckId.CONTENT_TYPE, text, documented)
    defects = body.reading.defects
    return _finding(CheckId.JSON_SYNTAX, f"the body is not JSON: {defects[0].message}", documented) if defects else None


def _wanted(documented: Documented) -> str:
    names = " or ".join(type_.short or "what the page's table lists" for type_ in documented.resolution.types)
    return f"a collection of {names}" if documented.resolution.collection else names


def _finding(check: CheckId, text: str, documented: Documented, related: tuple[Related, ...] = ()) -> Finding:
    related = related or (Related(documented.span, "it is documented here"),)
    return Finding(check, Severity.ERROR, text, _START, related=related)


def without_excuse(violation: Violation) -> Violation:
    """Return a violation as one of a real message, where no annotation and no example can be what is wrong."""
    if violation.check is CheckId.COLLECTION_UNDECLARED:
        return replace(violation, check=CheckId.EXPECTED_OBJECT, severity=Severity.ERROR)
    return replace(violation, severity=Severity.ERROR) if violation.check in _EXCUSED else violation


def _succeeds(status: int) -> bool:
    return 200 <= status < 300
