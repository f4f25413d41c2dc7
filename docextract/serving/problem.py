"""What goes wrong, as problem details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from docextract.renderers.json_text import json_text
from docextract.serving.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.findings import Finding
    from docextract.serving.routes import Route

#: HTTPStatus calls some codes otherwise, depending on the version of Python (RFC 9110, section 15.5).
_TITLES = {413: "Content Too Large", 414: "URI Too Long", 422: "Unprocessable Content"}
#: So many findings are listed.
_LISTED = 100


def problem(status: int, detail: str, told: str = "-", **more: object) -> Answer:
    """Return the answer that tells of a problem: in a sentence and, for programs, in further members."""
    title = _TITLES.get(status) or HTTPStatus(status).phrase
    body = json_text({"type": "about:blank", "title": title, "status": status, "detail": detail, **more}, indent=2)
    headers = (("Content-Type", "application/problem+json"), ("Cache-Control", "no-store"))
    return Answer(status, headers, f"{body}\n".encode(), told)


def unknown_path(path: str, nearest: Sequence[Route]) -> Answer:
    """Return the answer to a path that no page documents."""
    detail = f"no page documents {path}" + ("; 'nearest' lists the routes that are most like it" if nearest else "")
    return problem(404, detail, nearest=[f"{route.method} {route.path}" for route in nearest])


def unknown_method(method: str, path: str, allowed: Sequence[str], told: str) -> Answer:
    """Return the answer to a method that no page documents for a path; the log is told its route."""
    detail = f"no page documents {method} for {path}, only {', '.join(allowed)}"
    return problem(405, detail, told, allowed=list(allowed)).plus(("Allow", ", ".join(allowed)))


def contradicting(findings: Sequence[Finding], told: str) -> Answer:
    """Return the answer to a request whose body contradicts the tables."""
    more = f", and {len(findings) - 1:,} more" if findings[1:] else ""
    detail = f"the body contradicts the pages: {findings[0].message}{more}"
    return problem(422, detail, told, findings=list(map(_finding, findings[:_LISTED])))


def _finding(finding: Finding) -> dict[str, object]:
    places = [
        {"page": one.span.path, "line": one.span.line, "column": one.span.column, "message": one.message}
        for one in finding.related
    ]
    return {
        "check": str(finding.check),
        "severity": str(finding.severity),
        "message": finding.message,
        "pointer": finding.pointer,
        "type": finding.type,
        "property": finding.property,
        "page": places[0]["page"] if places else None,
        "line": places[0]["line"] if places else None,
        "related": places,
    }
