"""The list of routes, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from docextract.renderers.json_text import json_text
from docextract.serving.answer import Answer
from docextract.serving.index_page import POLICY, as_sent, page
from docextract.serving.preference import Preference

if TYPE_CHECKING:
    from collections.abc import Collection

    from docextract.serving.asked import Asked
    from docextract.serving.example import Example
    from docextract.serving.routes import Route, Routes

#: The path below which nothing is documented.
OWN = "_docextract"


class Index:
    """The list of all routes with their examples, at `/_docextract/` and, unless a page documents it, at `/`."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes
        self._pages: dict[str, bytes] = {}

    def may_be_asked(self, asked: Asked) -> bool:
        """Whether a request is for the list, or for `/`."""
        path, base = asked.target.segments, self._routes.base
        rest = path[len(base) :] if base and path[: len(base)] == base else path
        return asked.method in ("GET", "HEAD") and rest in ((), (OWN,))

    def is_asked(self, asked: Asked, candidates: Collection[object]) -> bool:
        """Whether a request is for the list; `candidates` is what its path leads to."""
        return self.may_be_asked(asked) and (not candidates or asked.target.segments[-1:] == (OWN,))

    def answer(self, asked: Asked) -> Answer:
        """Return the list as HTML, or as JSON for those who accept only that."""
        accepted = asked.headers.get("accept", "")
        common = (("Vary", "Accept"), ("Cache-Control", "no-cache"), ("X-Content-Type-Options", "nosniff"))
        if "application/json" in accepted and "text/html" not in accepted:
            body = json_text({"routes": list(map(_entry, self._routes.listed))}, indent=2).encode()
            return Answer(200, (("Content-Type", "application/json"), *common), body, f"/{OWN}/")
        headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", POLICY), *common)
        return Answer(200, headers, self._page(asked.headers.get("host", "localhost")), f"/{OWN}/")

    def _page(self, host: str) -> bytes:
        """Return the page, with the URL under which a browser knows this server."""
        if host not in self._pages:
            # Who is asked by ever new names need not remember them.
            self._pages.clear()
            url = "/".join((f"http://{host}", *map(quote, self._routes.base)))
            self._pages[host] = page(self._routes.listed, url, self._preferred).encode()
        return self._pages[host]

    def _preferred(self, example: Example) -> bool:
        """Whether the documented request gets this answer only if it asks for it."""
        asked = as_sent(example)
        found = self._routes.choose(self._routes.candidates(asked.target), asked, Preference())
        return found is None or found.example is not example


def _entry(route: Route) -> dict[str, object]:
    return {
        "method": route.method,
        "path": route.path,
        "examples": [
            {
                "id": one.fixture.id,
                "title": one.fixture.title,
                "status": one.status,
                "page": one.fixture.page,
                "line": one.request.line,
            }
            for one in route.examples
        ],
    }
