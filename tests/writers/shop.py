"""A doc set with an exchange of each kind that a format may find hard, all on one service of relative URLs."""

from __future__ import annotations

from tests.helpers import run
from tests.pages import block, exchange, fence, message, request

THING = '{"id": "1", "name": "Pen", "price": 1.50}'


def _page(title: str, templates: str, *shown: tuple[str, str, str]) -> str:
    """Return a page with its path templates and its examples: name, request and response ("" for none)."""
    parts = [f"# {title}\n\n## HTTP request\n\n{fence(templates)}\n## Examples\n"]
    for name, asked, answered in shown:
        keys = f'"name": "{name}"'
        parts.append(f"### Example: {name}\n\n{block('request', asked, keys)}")
        parts.append(block("response", answered) if answered else "No answer is shown.\n")
    return "\n".join(parts)


SHOP = {
    "docextract.toml": "",
    "api/list.md": _page(
        "List things",
        "GET /things",
        ("all", "GET /things", message("200 OK", f'{{"value": [{THING}]}}')),
        ("some", "GET /things?$filter=name eq 'Pen'&$top=2", message("200 OK", f'{{"value": [{THING}], "some": 1}}')),
        ("count", "GET /things/$count", message("200 OK", "12", "text/plain")),
    ),
    "api/get.md": _page(
        "Get a thing",
        "GET /things/{thing-id}",
        ("one", "GET /things/1", message("200 OK", THING)),
        ("none", "GET /things/{thing id | name}", message("404 Not Found", '{"error": {"code": "gone"}}')),
        ("same", "GET /things/1", message("410 Gone", '{"error": {"code": "gone"}}')),
        ("part", "GET /things(name='{n}')?from={n}", message("200 OK", THING)),
        ("unknown", "GET /things/2", ""),
    ),
    "api/make.md": _page(
        "Make a thing",
        "POST /things",
        (
            "make",
            request("POST /things\nPrefer: return=representation", '{"name": "Pen",}'),
            message("201 Created", THING),
        ),
        ("refuse", request("POST /things", '{"name": ""}'), message("400 Bad Request", '{"error": {}}')),
        (
            "photo",
            "PUT /things/1/photo\nContent-Type: image/png\nContent-Length: 7\n\n{bytes}",
            message("204 No Content"),
        ),
        ("note", "PUT /things/1/note\nContent-Type: text/plain\n\nTo be sold", message("204 No Content", "{}")),
    ),
    "api/tell.md": exchange(message("202 Accepted"), "POST https://calls.example.net/told"),
    "api/alone.md": f"# Alone\n\n{block('response', message('200 OK', THING))}",
}


def extracted(docs: object, target: object, *options: str) -> list[str]:
    """Extract with options; return the lines that are said, without the numbers of files."""
    code, out, said = run("extract", docs, "--output", target, *options)
    assert (code, out) == (0, ""), said
    return [line.strip() for line in said.splitlines() if line.startswith("  ")]
