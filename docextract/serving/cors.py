"""Cross-origin requests (Fetch Standard, section 3.3): every origin may read what the pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docextract.serving.answer import Answer

#: Seconds for which a browser need not ask again.
_MAX_AGE = "600"
_METHOD = "access-control-request-method"


def is_preflight(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a browser asks whether it may send a request."""
    return method == "OPTIONS" and "origin" in headers and _METHOD in headers


def permitted(answer: Answer, headers: Mapping[str, str], methods: Sequence[str]) -> Answer:
    """Return the answer to a preflight request: the methods of the route, any header field."""
    wanted = headers.get("access-control-request-headers", "*")
    return answer.plus(
        ("Access-Control-Allow-Methods", ", ".join(methods)),
        ("Access-Control-Allow-Headers", wanted),
        ("Access-Control-Max-Age", _MAX_AGE),
    )


def shared(answer: Answer, headers: Mapping[str, str]) -> Answer:
    """Return an answer that scripts of the origin of a request may read, with all header fields and with credentials.

    Where credentials are sent, `*` is the name of an origin or a field like any other.
    """
    origin = headers.get("origin")
    if origin is None:
        return answer
    exposed = dict.fromkeys(name for name, _ in answer.headers)
    varying = (value for name, value in answer.headers if name.casefold() == "vary")
    return answer.plus(
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Credentials", "true"),
        *((("Access-Control-Expose-Headers", ", ".join(exposed)),) if exposed else ()),
        ("Vary", ", ".join((*varying, "Origin"))),
    )
