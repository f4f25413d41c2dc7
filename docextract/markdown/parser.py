"""Source to Page: front matter, and the blocks of a text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from docextract.findings import CheckId, Defect
from docextract.markdown.blocks import Blocks
from docextract.markdown.builder import Builder
from docextract.markdown.front_matter import read_front_matter
from docextract.markdown.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.text.source import Source

_RESTARTS = 20
#: A page of fewer lines shows no habit.
_FEW_LINES = 5


def parse(source: Source) -> Page:
    """Read a page. It never raises: what cannot be read is a defect of the page."""
    front_matter, defects = read_front_matter(source)
    blocks, builder = Blocks(source.text), Builder(source)
    start: int | None = front_matter.end_line
    for _ in range(_RESTARTS):
        if start is None:
            break
        start = builder.take_all(blocks.read(start))
    builder.finish()
    return Page(
        source,
        front_matter,
        headings=tuple(builder.headings),
        blocks=tuple(builder.blocks),
        tables=tuple(builder.tables),
        paragraphs=tuple(builder.paragraphs),
        comments=tuple(builder.comments),
        code=tuple(builder.code),
        annotations=tuple(builder.annotations),
        references=blocks.references,
        defects=(*defects, *_doubled(source), *builder.defects),
        html_tables=tuple(builder.html_tables),
    )


def _doubled(source: Source) -> Iterator[Defect]:
    """Report line ends that were written twice: no line follows on another, not even in front matter or code."""
    if any(one.strip() and two.strip() for one, two in pairwise(source.lines)):
        return
    filled = [line for line in source.lines if line.strip()]
    if len(filled) >= _FEW_LINES and (filled[0].rstrip() == "---" or any(line.startswith("```") for line in filled)):
        text = (
            "each line end was written twice, so tables and headers are torn; save the page with one kind of line end"
        )
        yield Defect(CheckId.PAGE_UNREADABLE, text, source.line_span(1))
