"""What mutation begins with: the pages of the repository, and the parts of them that a reader gets."""

from __future__ import annotations

import json
import re
from functools import cache

from docextract.findings import CheckId
from docextract.markdown.parser import parse
from docextract.text.source import Source
from tests.cli.test_importing import LINKS, SCHEMA, TABLES
from tests.helpers import README, ROOT, SEEDS
from tests.pages import CLEAN, DIRTY, PAIRS, THINGS
from tests.writers.shop import SHOP

_COMMENTS = (
    "<!-- docextract-disable wrong-type -->\n",
    "<!-- docextract-disable-next-block json-syntax, wrong-type -->\n",
    "<!-- docextract-enable -->\n",
    "<!-- docextract-disable-file -->\n",
)


@cache
def pages() -> tuple[str, ...]:
    """Return whole pages: clean ones, and those with one defect each."""
    files = sorted([*SEEDS.rglob("*.md"), *(ROOT / "tests" / "data" / "defects").rglob("*.md")])
    made = (text for texts in (THINGS, CLEAN, DIRTY, SHOP) for name, text in texts.items() if name.endswith(".md"))
    return tuple(dict.fromkeys([*(path.read_bytes().decode("utf-8") for path in files), *made, PAIRS]))


@cache
def _parsed():
    return tuple(parse(Source.of("p.md", text)) for text in pages())


@cache
def suppressed_pages() -> tuple[str, ...]:
    """Return pages with comments that suppress findings."""
    return tuple(text.replace("```", f"{comment}```", 1) for text in pages()[:12] for comment in _COMMENTS)


@cache
def http_messages() -> tuple[str, ...]:
    """Return the texts of code blocks: messages, and representations."""
    return tuple(dict.fromkeys(block.content.text for page in _parsed() for block in page.blocks))


@cache
def requests() -> tuple[str, ...]:
    """Return requests as they are sent, some of them with what a server reads of their headers."""
    shown = [text.strip() for text in http_messages() if re.match(r"[A-Z]+ ", text)]
    sent = [text.replace("\n", f"\n{field}\n", 1) for text in shown for field in _SENT if "\n" in text]
    return tuple(dict.fromkeys([*shown, *sent, "GET /", "OPTIONS /things", "HEAD /things/1"]))


_SENT = (
    "Prefer: status=404, example=one",
    "Host: evil.example",
    "Accept: application/json",
    "Origin: https://o.example\nAccess-Control-Request-Method: POST",
)


@cache
def json_texts() -> tuple[str, ...]:
    """Return bodies and representations."""
    found = (re.search(r"[{\[].*", text, re.DOTALL) for text in http_messages())
    return tuple(dict.fromkeys(match[0] for match in found if match))


@cache
def comments() -> tuple[str, ...]:
    """Return the texts of comments: annotations, and others."""
    return tuple(dict.fromkeys(comment.text.text for page in _parsed() for comment in page.comments))


@cache
def cells() -> tuple[str, ...]:
    """Return the texts of the cells of tables: names, types, descriptions."""
    rows = (row for page in _parsed() for table in page.tables for row in table.rows)
    return tuple(dict.fromkeys(cell.text for row in rows for cell in row.cells))


@cache
def front_matters() -> tuple[str, ...]:
    """Return the first lines of pages, with their front matter."""
    return tuple(dict.fromkeys(text[:400] for text in pages() if text.startswith("---")))


@cache
def prose() -> tuple[str, ...]:
    """Return paragraphs, and descriptions of properties."""
    paragraphs = (paragraph.source.text for page in _parsed() for paragraph in page.paragraphs)
    return tuple(dict.fromkeys([*paragraphs, *cells()]))


@cache
def urls() -> tuple[str, ...]:
    """Return pairs of a URL and a path template, on a line each."""
    found = re.findall(r"(?m)^(?:GET|POST|PATCH|PUT|DELETE) (\S.*)$", "\n".join(pages()))
    return tuple(dict.fromkeys(f"{one}\n{other}" for one in found[::3] for other in found[::7]))


@cache
def configurations() -> tuple[str, ...]:
    """Return configurations as TOML."""
    shown = re.findall(r"(?ms)^```toml\n(.*?)^```", README.read_text("utf-8"))
    files = [path.read_text("utf-8") for path in sorted(SEEDS.rglob("*.toml"))]
    return tuple(dict.fromkeys([*shown, *files, *_SETTINGS]))


_SETTINGS = (
    'select = ["wrong-type"]\nignore = ["leftover"]\nexclude = ["old/", "*.txt"]\nmax-page-size = 1000\n',
    '[severity]\nwrong-type = "info"\n\n[[overrides]]\npaths = ["a/"]\nignore = ["wrong-type"]\n',
    '[tool.docextract]\nbaseline = "b.json"\nversions = ["v1.0", "beta"]\n\n[[tool.docextract.allow]]\ncheck = "wrong-type"\n',
)


@cache
def baselines() -> tuple[str, ...]:
    """Return baseline files."""
    row = '{"page": "a.md", "check": "%s", "message": "m", "context": "00000000 - 11111111 - -"%s}'
    rows = [row % (check, more) for check in list(CheckId)[:3] for more in ("", ', "pointer": "/a", "count": 2')]
    return tuple(
        f'{{\n"about": "x",\n"version": 1,\n"entries": [\n{part}\n]\n}}\n' for part in (rows[0], ",\n".join(rows))
    )


@cache
def foreign_configurations() -> tuple[str, ...]:
    """Return configurations of API Doctor."""
    return tuple(json.dumps(document) for document in (TABLES, SCHEMA, LINKS))


@cache
def manifests() -> tuple[str, ...]:
    """Return manifests of a folder of fixtures, some of them forged."""
    names = ("mine.txt", "../outside.txt", "/etc/passwd", "a/b.json", ".", "..", "a/../../outside.txt", "a\0b")
    listed = ({"files": {name: "page.md"}, "parts": {name: "../page.md"}} for name in names)
    return tuple(json.dumps({"about": "x", "version": 1, "format": "json", **one}) for one in listed)
