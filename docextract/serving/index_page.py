"""The list of routes as a page for browsers: it needs nothing from elsewhere, and runs nothing but its own script."""

from __future__ import annotations

import re
import shlex
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from docextract.extraction.url import encoded, split
from docextract.renderers.json_text import json_text
from docextract.renderers.visible import visible
from docextract.serving.asked import Asked
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docextract.serving.example import Example
    from docextract.serving.routes import Route

_STYLE = Path(__file__).with_name("index_page.css").read_text("utf-8")
_SCRIPT = Path(__file__).with_name("index_page.js").read_text("utf-8")

#: So many titles of examples stand beside a route.
_NAMED = 3


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


#: What the page may do (Content Security Policy Level 3).
POLICY = (
    f"default-src 'none'; style-src {_hash(_STYLE)}; script-src {_hash(_SCRIPT)}; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def page(routes: Sequence[Route], url: str, preferred: Callable[[Example], bool]) -> str:
    """Return the page of all routes of a server; `preferred` tells the examples that are to be asked for by name."""
    examples = sum(len(route.examples) for route in routes)
    return "".join(
        (
            _head(plural(len(routes), "route"), plural(examples, "example"), url),
            *(piece for route in routes for piece in _route(route, url, preferred)),
            f'</ul>\n</main>\n<p id="said" role="status"></p>\n<script>{_SCRIPT}</script>\n</html>\n',
        )
    )


def _head(routes: str, examples: str, url: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>docextract: {routes}</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
<header>
<h1>docextract</h1>
<p>{routes}, {examples} at <code>{_text(url)}</code></p>
<label for="filter">Filter</label>
<input id="filter" type="search" autocomplete="off" spellcheck="false" placeholder="words of a path, a method, a title">
<p id="count" role="status" aria-live="polite"></p>
</header>
<main>
<ul id="routes">
"""


def _route(route: Route, url: str, preferred: Callable[[Example], bool]) -> Iterator[str]:
    titles = list(dict.fromkeys(one.fixture.title for one in route.examples))
    more = f" and {len(titles) - _NAMED} more" if titles[_NAMED:] else ""
    yield f'<li><details><summary><b class="{_text(route.method.lower())}">{_text(route.method)}</b> '
    yield f"<code>{_text(route.path)}</code> <span>{_text('; '.join(titles[:_NAMED]))}{more}</span></summary>\n<ul>\n"
    for example in route.examples:
        yield _example(example, url, preferred=preferred(example))
    yield "</ul></details></li>\n"


def _example(example: Example, url: str, *, preferred: bool) -> str:
    fixture = example.fixture
    place = f"{fixture.page}:{example.request.line}"
    status = f"{example.status} {example.replay.reason}" if example.replay else "no response shown"
    return (
        f'<li><p><b class="s{str(example.status)[:1]}">{_text(status.strip())}</b> {_text(fixture.title)} '
        f"<small>{_text(fixture.id)}, {_text(place)}</small></p>\n"
        f"<pre><code>{escape(curl(example, url, preferred=preferred))}</code></pre>"
        f'<button type="button">Copy</button></li>\n'
    )


def curl(example: Example, url: str, *, preferred: bool) -> str:
    """Return the command that sends the documented request to a server, on one line if its body is JSON."""
    sent, words = as_sent(example), ["curl"]
    if example.method == "HEAD":
        words.append("-I")
    elif example.method != ("POST" if sent.body else "GET"):
        words += "-X", example.method
    words.append(url + _path(example))
    if preferred:
        words += "-H", f"Prefer: example={example.fixture.id}"
    if sent.body:
        words += "-H", f"Content-Type: {sent.headers['content-type']}", "--data-raw", sent.text
    return shlex.join(words)


def as_sent(example: Example) -> Asked:
    """Return the documented request as the command sends it, without a preference: of its header only Content-Type."""
    side = example.request
    if not side.has_body:
        return Asked(example.method, example.target)
    # What a terminal takes for a command of its own is an escape in JSON; in other texts, a page must not have it.
    text = json_text(side.body) if side.has_json else "\n".join(map(visible, side.replayed_text.split("\n")))
    return Asked(example.method, example.target, {"content-type": side.media_type or "text/plain"}, text.encode())


def _path(example: Example) -> str:
    """Return the path and query of the documented request, in which neither curl nor a shell expands anything."""
    parts = split(encoded(example.request.url or ""))
    path = re.sub(r"/(?:\.\.?/)+", "/", parts.path)
    return quote(path + (f"?{parts.query}" if parts.query is not None else ""), safe="!#$%&'()*+,/:;=?@~")


def _text(text: str) -> str:
    """Return a text of a page as HTML, in one line."""
    return escape(visible(text))
