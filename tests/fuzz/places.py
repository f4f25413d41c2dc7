"""Places that must lie inside the page that they are on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docextract.findings import Defect, Finding
    from docextract.text.source import Span


def assert_inside(span: Span, lines: Sequence[str]) -> None:
    """Assert that a place is on a page of some lines, and does not end before it begins."""
    assert 1 <= span.line <= span.end_line <= len(lines), span
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1, span
    assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1, span
    assert (span.line, span.column) <= (span.end_line, span.end_column), span


def assert_all_inside(found: Iterable[Defect | Finding], pages: Mapping[str, Sequence[str]]) -> None:
    """Assert that all places of defects or findings, related ones and those of fixes too, are on their pages."""
    for one in found:
        for span in _places(one):
            assert_inside(span, pages[span.path])


def _places(one: Defect | Finding) -> Iterator[Span]:
    yield one.span
    yield from (related.span for related in one.related)
    yield from (edit.span for edit in (one.fix.edits if one.fix else ()))
