"""The `text` format: each finding with its line, a caret, and the row that it contradicts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docextract.findings import Severity
from docextract.renderers.visible import visible, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docextract.findings import Finding
    from docextract.renderers.look import Look
    from docextract.text.source import Span
    from docextract.verdict.report import Report, Summary

    Lines = Callable[[str], Sequence[str]]

_LONGEST = 120
_NAMED = 3
_MANY = 20
_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


@dataclass(frozen=True, slots=True)
class _Style:
    """A painter of text: with ANSI codes, or not at all."""

    color: bool

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text


def render_text(report: Report, look: Look) -> Iterator[str]:
    """Yield the findings, with repeated ones folded, then the figures of the run."""
    style, lines = _Style(look.color), look.lines
    for group in _folded(report.findings):
        yield "".join(f"{line}\n" for line in _group(group, lines, style)) + "\n"
    if len(report.findings) > _MANY:
        yield "".join(f"{line}\n" for line in _table(report.findings, style)) + "\n"
    yield _closing(report.summary, style) + "\n"


def _folded(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Group the findings of the same check, type and property, which likely have one cause."""
    groups: defaultdict[object, list[Finding]] = defaultdict(list)
    for number, finding in enumerate(findings):
        known = finding.type and finding.property
        key = (finding.check, finding.severity, finding.type, finding.property) if known else number
        groups[key].append(finding)
    return list(groups.values())


def _group(group: list[Finding], lines: Lines, style: _Style) -> Iterator[str]:
    first = group[0]
    paint = _COLORS[first.severity]
    yield f"{style(f'{first.severity}[{first.check}]', '1;' + paint)}{style(': ' + visible(first.message), '1')}"
    gutter = max(len(str(span.line)) for span in (first.span, *(related.span for related in first.related)))
    yield from _place(first.span, "-->", "^", "", (lines, gutter, style, paint))
    for related in first.related:
        yield from _place(related.span, ":::", "-", visible(related.message), (lines, gutter, style, "34"))
    if len(group) > 1:
        others = [f"{finding.span.path}:{finding.span.line}" for finding in group[1 : 1 + _NAMED]]
        more = ", ..." if len(group) - 1 > _NAMED else ""
        places = "place" if len(group) == 2 else "places"
        count = f"and {len(group) - 1:,} more {places}"
        yield f"{' ' * gutter} {style('=', '34')} {count}: {visible(', '.join(others))}{more}"


def _place(span: Span, arrow: str, mark: str, message: str, look: tuple[Lines, int, _Style, str]) -> Iterator[str]:
    lines, gutter, style, paint = look
    bar = style("|", "34")
    pad = " " * gutter
    yield f"{pad}{style(arrow, '34')} {visible(span.path)}:{span.line}:{span.column}"
    page = lines(span.path)
    if not 1 <= span.line <= len(page) or not page[span.line - 1].strip():
        if message:
            yield f"{pad} {style('=', '34')} {message}"
        return
    text, carets = _excerpt(page[span.line - 1], span)
    note = f" {message}" if message else ""
    yield f"{pad} {bar}"
    yield f"{style(str(span.line).rjust(gutter), '34')} {bar} {text}"
    indent, marks = carets
    yield f"{pad} {bar} {' ' * indent}{style(mark * marks + note, paint)}"


def _excerpt(line: str, span: Span) -> tuple[str, tuple[int, int]]:
    """Return a line, cut around the marked part if it is long, and the column and number of its marks."""
    start = min(span.column - 1, len(line))
    end = len(line) if span.end_line > span.line else min(max(span.end_column - 1, start), len(line))
    before, marked, after = (
        visible(part.replace("\t", "    ")) for part in (line[:start], line[start:end], line[end:])
    )
    room = _LONGEST // 3
    if width(before + marked + after) > _LONGEST:
        before = before if len(before) <= room else "…" + before[1 - room :]
        marked = marked if len(marked) <= room * 2 else marked[: room * 2 - 1] + "…"
        rest = max(_LONGEST - len(before) - len(marked), 10)
        after = after if len(after) <= rest else after[: rest - 1] + "…"
    return (before + marked + after).rstrip(), (width(before), max(width(marked), 1))


def _table(findings: Sequence[Finding], style: _Style) -> Iterator[str]:
    counts = Counter((finding.check, finding.severity) for finding in findings)
    rows = sorted(counts.items(), key=lambda item: (-item[0][1], -item[1], item[0][0]))
    digits = max(len(f"{count:,}") for _, count in rows)
    for (check, severity), count in rows:
        yield f"{count:>{digits},}  {style(f'{severity!s:7}', _COLORS[severity])}  {check}"
    yield "'docextract explain CHECK' shows what a check means and how to silence it"


def _closing(summary: Summary, style: _Style) -> str:
    severities = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info")]
    listed = ", ".join(_count(number, name) for number, name in severities if number)
    aside = [(summary.suppressed, "suppressed"), (summary.baselined, "in the baseline")]
    hidden = "".join(f", {number:,} {name}" for number, name in aside if number)
    figures = (
        f"{_count(summary.pages, 'page')}, {_count(summary.exchanges, 'exchange')}, "
        f"{_count(summary.responses, 'response')} ({summary.annotated:,} annotated), "
        f"{summary.checked:,} {'body' if summary.checked == 1 else 'bodies'} checked against a table"
    )
    code = "31" if summary.errors else "33" if summary.warnings else "32"
    return f"{figures}: {style(listed or 'clean', '1;' + code)}{hidden}"


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"
