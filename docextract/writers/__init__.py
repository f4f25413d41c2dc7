"""The writers of fixtures, by the name of their format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from docextract.extraction.fixture import Fixture
from docextract.folder import File
from docextract.writers.har import write_har
from docextract.writers.http import write_http
from docextract.writers.json import write_json
from docextract.writers.postman import write_postman
from docextract.writers.pytest import write_pytest
from docextract.writers.responses import write_responses
from docextract.writers.shortfall import Shortfall
from docextract.writers.vcr import write_vcr
from docextract.writers.wiremock import write_wiremock

#: Yields the files of fixtures, each with its page or its parts, and what the format cannot hold of a fixture.
Writer = Callable[[Iterable[Fixture]], Iterator[File | Shortfall]]
WRITERS: dict[str, Writer] = {
    "json": write_json,
    "har": write_har,
    "http": write_http,
    "wiremock": write_wiremock,
    "postman": write_postman,
    "vcr": write_vcr,
    "responses": write_responses,
    "pytest": write_pytest,
}
