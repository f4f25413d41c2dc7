"""The renderers of findings, by the name of their format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.renderers.look import Look, Renderer
    from docextract.verdict.report import Report


def _late(name: str) -> Renderer:
    """Return the renderer of a format, which is imported when it first runs: a run needs one or two of them."""

    def render(report: Report, look: Look) -> Iterator[str]:
        renderer: Renderer = getattr(import_module(f"docextract.renderers.{name}"), f"render_{name}")
        return renderer(report, look)

    return render


_NAMES = (
    "text",
    "concise",
    "grouped",
    "statistics",
    "json",
    "jsonl",
    "github",
    "gitlab",
    "junit",
    "sarif",
    "rdjson",
    "markdown",
)
RENDERERS: dict[str, Renderer] = {name: _late(name) for name in _NAMES}
