"""The `http` writer: the requests of a page as one file for REST clients of editors, httpYac and Hurl.

What these have in common is little: requests begin after a line of `###`, lines of `#` are comments, and
`{{name}}` is a variable. The answers are comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.extraction.url import encoded
from docextract.folder import File
from docextract.writers.by_page import by_page
from docextract.writers.placeholder import with_variables
from docextract.writers.shortfall import Cause, Shortfall, shortfalls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.extraction.fixture import Fixture
    from docextract.extraction.side import RequestSide, ResponseSide

_NEEDED = (Cause.NO_REQUEST, Cause.NO_TARGET)
_WANTED = (Cause.RELATIVE, Cause.BINARY)
#: Stands before relative URLs.
_BASE = "{{baseUrl}}"
#: A line that ends a request, wherever it stands.
_SEPARATOR = re.compile(r"^[^\S\n]*+###", re.MULTILINE)


def write_http(fixtures: Iterable[Fixture]) -> Iterator[File | Shortfall]:
    """Yield a file for each page with a request, and what the format cannot hold.

    A request with several answers is there once.
    """
    for name, page, found in by_page(fixtures):
        answers: dict[str, list[Fixture]] = {}
        for fixture in found:
            lacking = (*_separator(fixture), *shortfalls(fixture, _NEEDED, _WANTED), *_hurl(fixture))
            yield from lacking
            if fixture.request and not any(one.left_out for one in lacking):
                answers.setdefault(_request(fixture.request), []).append(fixture)
        if answers:
            yield File(f"{name}.http", "\n".join(f"{_comments(of)}{text}" for text, of in answers.items()), page)


def _hurl(fixture: Fixture) -> Iterator[Shortfall]:
    request = fixture.request
    if request and request.method and request.has_body and not request.has_json and not _is_xml(request):
        yield Shortfall(fixture.id, Cause.NO_HURL)


def _separator(fixture: Fixture) -> Iterator[Shortfall]:
    request = fixture.request
    if request and request.has_body and _SEPARATOR.search(request.replayed_text):
        yield Shortfall(fixture.id, Cause.SEPARATOR, left_out=True)


def _is_xml(side: RequestSide) -> bool:
    return (side.text or "").lstrip().startswith("<") and "xml" in (side.media_type or "xml")


def _comments(fixtures: Sequence[Fixture]) -> str:
    """Return what stands above a request: its name, where the page shows it, and each answer."""
    first = fixtures[0]
    line = first.request.line if first.request else 1
    lines = [f"### {first.id.rpartition('/')[2]}: {_plain(first.title)}", f"# {_plain(first.page)}:{line}"]
    lines += (f"# {_plain(_answer(fixture.response))}: {fixture.id}" for fixture in fixtures)
    return "\n".join((*lines, ""))


def _answer(side: ResponseSide | None) -> str:
    return f"{side.status or 200} {side.reason}".strip() if side else "no answer is shown"


def _request(side: RequestSide) -> str:
    lines = [f"{side.method} {_url(side)}", *(f"{name}: {value}" for name, value in side.replayed_headers)]
    if side.has_body:
        lines += "", side.replayed_text.strip("\r\n")
    return "\n".join((*lines, ""))


def _url(side: RequestSide) -> str:
    url = (side.url or "").strip().partition("#")[0]
    made = with_variables(url, lambda name: f"{{{{{name}}}}}", encoded)
    return made if side.host is not None else f"{_BASE}/{made.removeprefix('/')}"


def _plain(text: str) -> str:
    """Return a text of a page as one line that ends no comment and starts no other thing."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())
