"""What a format cannot hold of an exchange: said by cause, never dropped in silence."""

from __future__ import annotations

import re
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from docextract.extraction.fixture import Fixture
    from docextract.extraction.side import Side

#: Media types whose bodies are no text: pages show something in their place.
_BINARY = re.compile(r"(?:image(?!/svg)|audio|video|font)/|application/(?:octet-stream|zip|gzip|pdf|msword|vnd\.ms-)")
_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


class Cause(StrEnum):
    """Why an exchange is not, or not wholly, in the files of a format."""

    NO_REQUEST = "no request"
    NO_TARGET = "no method or no URL in the request"
    NO_RESPONSE = "no response"
    NO_STATUS = "no status code in the response, 200 is assumed"
    INTERIM = "an interim status, after which clients wait for the answer"
    NO_BODY = "a body, which such an answer cannot have (RFC 9110, section 6.4.1)"
    RELATIVE = "a relative URL, which --base-url makes absolute"
    SEVERAL = "the same request as another exchange, which answers it"
    BINARY = "the page shows a text in place of a binary body"
    SEPARATOR = "a body with a line of '###', with which another request begins in such a file"
    NO_HURL = "a body that is neither JSON nor XML, which REST clients send and Hurl cannot read"


class Shortfall(NamedTuple):
    """An exchange that a format cannot hold as it is, by its id; `left_out` says that it is in no file at all."""

    id: str
    cause: Cause
    left_out: bool = False


def shortfalls(fixture: Fixture, needed: Collection[Cause], wanted: Collection[Cause]) -> tuple[Shortfall, ...]:
    """Return what a fixture lacks for a format that needs some things and wants others.

    If it lacks what is needed, the fixture is left out, and that is the one shortfall.
    """
    causes = list(_causes(fixture))
    for cause in causes:
        if cause in needed:
            return (Shortfall(fixture.id, cause, left_out=True),)
    return tuple(Shortfall(fixture.id, cause) for cause in causes if cause in wanted)


def is_binary(side: Side) -> bool:
    """Whether the body of a message is no text, so that what the page shows is not the body."""
    return side.has_body and not side.has_json and bool(_BINARY.match(side.media_type or ""))


def _causes(fixture: Fixture) -> Iterator[Cause]:
    request, response = fixture.request, fixture.response
    if request is None:
        yield Cause.NO_REQUEST
    elif request.method is None or request.url is None:
        yield Cause.NO_TARGET
    elif request.host is None:
        yield Cause.RELATIVE
    if response is None:
        yield Cause.NO_RESPONSE
    elif response.status is None:
        yield Cause.NO_STATUS
    elif response.status < HTTPStatus.OK:
        yield Cause.INTERIM
    if response and response.has_body and (fixture.method == "HEAD" or fixture.status in _BODILESS):
        yield Cause.NO_BODY
    if any(is_binary(side) for side in (request, response) if side):
        yield Cause.BINARY
