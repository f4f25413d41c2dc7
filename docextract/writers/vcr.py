"""The `vcr` writer: a cassette of vcrpy for each exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.extraction.url import spellings
from docextract.folder import File
from docextract.writers.replay import Replay, headers, replays
from docextract.writers.yaml_text import yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.extraction.fixture import Fixture
    from docextract.writers.shortfall import Shortfall


def write_vcr(fixtures: Iterable[Fixture]) -> Iterator[File | Shortfall]:
    """Yield a cassette for each exchange, in `cassettes/`, so that another answer to a request is another cassette."""
    for one in replays(fixtures):
        if isinstance(one, Replay):
            yield File(f"cassettes/{one.fixture.id}.yaml", yaml_text(_cassette(one)), one.fixture.page)
        else:
            yield one


def _cassette(replay: Replay) -> dict[str, object]:
    """Return a cassette; it holds the exchange twice if clients differ in how they percent-encode the path."""
    return {"interactions": [_interaction(replay, url) for url in spellings(replay.request.url or "")], "version": 1}


def _interaction(replay: Replay, url: str) -> dict[str, object]:
    return {
        "request": {
            "method": replay.method,
            "uri": url,
            "headers": headers(replay.request),
            "body": replay.request.replayed_text or None,
        },
        "response": {
            "status": {"code": replay.status, "message": replay.reason},
            "headers": headers(replay.response),
            "body": {"string": replay.body},
        },
    }
