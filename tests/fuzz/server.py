"""A target that asks the mock server, in this process: what brings requests to it is tested in tests/serving."""

from __future__ import annotations

import json
import re
from functools import cache

from docextract.project.docset import Selection
from docextract.serving.asked import Asked
from docextract.serving.index import OWN
from docextract.serving.service import Service
from docextract.serving.target import BadTargetError, Target
from tests.helpers import doc_set
from tests.pages import CLEAN, THINGS
from tests.writers.shop import SHOP

_FIELD = re.compile(r"[\t\x20-\x7e\x80-\uffff]*")


@cache
def _service() -> Service:
    pages = {name: text for texts in (SHOP, THINGS, CLEAN) for name, text in texts.items() if name.endswith(".md")}
    return Service.of([Selection(doc_set(pages), frozenset(pages))], host="127.0.0.1")


@cache
def _known() -> frozenset[str]:
    """Return what the log may tell: routes, and routes with the ids of their examples."""
    routes = _service().routes.listed
    told = (f"{route.path} {one.fixture.id}" for route in routes for one in route.examples)
    return frozenset(("-", f"/{OWN}/", *(route.path for route in routes), *told))


def request(text: str) -> None:
    """Ask for what a request asks: the answer is an example, the list, or a problem; nothing that was sent is logged."""
    head, _, body = text.partition("\n\n")
    first, *fields = head.split("\n")
    method, _, url = first.partition(" ")
    # What a field may not hold, no server lets through (RFC 9110, section 5.5).
    pairs = (one.partition(":") for one in fields if _FIELD.fullmatch(one))
    headers = {name.strip().casefold(): value.strip() for name, _, value in pairs}
    try:
        target = Target.received(url.encode("utf-8").decode("latin-1"))
    except BadTargetError:
        return
    answer = _service().refuses(headers) or _service().answer(Asked(method, target, headers, body.encode("utf-8")))
    assert 200 <= answer.status < 600
    for name, value in answer.headers:
        assert re.fullmatch(r"[\w-]+", name, re.ASCII), name
        assert _FIELD.fullmatch(value), name
    assert answer.told in _known()
    if ("Content-Type", "application/problem+json") in answer.headers:
        assert json.loads(answer.body)["status"] == answer.status
