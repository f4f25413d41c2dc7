"""The `responses` writer: a registry of the library responses for each exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.folder import File
from docextract.writers.replay import Replay, headers, replays
from docextract.writers.yaml_text import yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.extraction.fixture import Fixture
    from docextract.writers.shortfall import Shortfall


def write_responses(fixtures: Iterable[Fixture]) -> Iterator[File | Shortfall]:
    """Yield a registry for each exchange, in `responses/`, so that another answer to a request is another registry."""
    for one in replays(fixtures):
        if isinstance(one, Replay):
            yield File(f"responses/{one.fixture.id}.yaml", yaml_text(_registry(one)), one.fixture.page)
        else:
            yield one


def _registry(replay: Replay) -> dict[str, object]:
    # A registry has one value for each name: a list of values is one value (RFC 9110, section 5.3).
    fields = {name: ", ".join(values) for name, values in headers(replay.response).items()}
    name = next((name for name in fields if name.casefold() == "content-type"), "Content-Type")
    response = {
        "method": replay.method,
        "url": replay.url,
        "status": replay.status,
        "content_type": fields.pop(name, None),
        "headers": fields,
        "body": replay.body,
        "auto_calculate_content_length": True,
    }
    return {"responses": [{"response": response}]}
