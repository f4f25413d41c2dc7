"""The renderers of findings, by the name of their format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.renderers.concise import render_concise
from docextract.renderers.grouped import render_grouped
from docextract.renderers.json import render_json
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
}
