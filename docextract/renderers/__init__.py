"""The renderers of findings, by the name of their format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.renderers.concise import render_concise
from docextract.renderers.github import render_github
from docextract.renderers.gitlab import render_gitlab
from docextract.renderers.grouped import render_grouped
from docextract.renderers.json import render_json
from docextract.renderers.jsonl import render_jsonl
from docextract.renderers.junit import render_junit
from docextract.renderers.markdown import render_markdown
from docextract.renderers.rdjson import render_rdjson
from docextract.renderers.sarif import render_sarif
from docextract.renderers.statistics import render_statistics
from docextract.renderers.text import render_text

if TYPE_CHECKING:
    from docextract.renderers.look import Renderer

RENDERERS: dict[str, Renderer] = {
    "text": render_text,
    "concise": render_concise,
    "grouped": render_grouped,
    "statistics": render_statistics,
    "json": render_json,
    "jsonl": render_jsonl,
    "github": render_github,
    "gitlab": render_gitlab,
    "junit": render_junit,
    "sarif": render_sarif,
    "rdjson": render_rdjson,
    "markdown": render_markdown,
}
