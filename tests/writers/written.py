"""What `extract` writes in a format, and the exchanges as a client would go through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import docextract
from docextract.extraction.url import absolute
from tests.helpers import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Sent(NamedTuple):
    """A request as a client sends it, by the page alone, with the answer that the page shows."""

    id: str
    method: str
    url: str
    headers: dict[str, str]
    content: bytes | None
    status: int
    answer: bytes


def written(docs: Path, target: Path, form: str, *options: str) -> str:
    """Write fixtures in a format; return what is said."""
    code, out, err = run("extract", docs, "--output", target, "--format", form, *options)
    assert (code, out) == (0, ""), err
    return err


def sent(docs: Path, base_url: str | None = None) -> Iterator[Sent]:
    """Yield the exchanges that are complete: method, URL and status are known, and the URL has a host, be it given."""
    for fixture in docextract.fixtures(docs):
        request, response = fixture.request, fixture.response
        if request is None or response is None or not request.method or response.status is None:
            continue
        url = absolute(request.url or "", base_url)
        if url.startswith("http"):
            # A fragment is not sent.
            yield Sent(
                fixture.id,
                request.method,
                url.strip().partition("#")[0],
                dict(request.replayed_headers),
                request.replayed_text.encode() or None,
                response.status,
                response.replayed_text.encode(),
            )
