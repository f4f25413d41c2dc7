"""The `markdown` format: a summary for the page of a CI job or a comment."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from docextract.renderers.folding import by_weight
from docextract.renderers.tally import figures
from docextract.renderers.visible import visible
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.findings import Finding
    from docextract.renderers.look import Look
    from docextract.text.source import Span
    from docextract.verdict.report import Report

#: GitHub refuses the whole summary of a step if it is larger than 1 MiB, and one step may write several.
_MOST_BYTES = 400_000
#: More than these nobody reads on such a page.
_MOST = 500
_TICKS = re.compile("`+")
#: In a row of a table, even a code span ends at one of these.
_BAR = re.compile(r"\|")


def render_markdown(report: Report, look: Look) -> Iterator[str]:
    """Yield the counts, a table of the checks with the first place of each, and the worst findings folded away.

    Text of pages stands in code spans alone, where it is neither Markdown nor HTML.
    """
    yield f"### docextract\n\n{figures(report.summary)}\n"
    for text in report.notices:
        yield f"\n{_code(text)}\n"
    findings = sorted(report.findings, key=by_weight)
    if findings:
        yield from _table(findings, look)
        yield from _details(findings, look)


def _table(findings: Sequence[Finding], look: Look) -> Iterator[str]:
    """Yield a row for each check and severity, the most frequent of a severity first."""
    groups: defaultdict[tuple[int, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[-finding.severity, finding.check].append(finding)
    yield "\n| findings | severity | check | first |\n|---:|:---|:---|:---|\n"
    for (_, check), group in sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1])):
        place = _BAR.sub(r"\\x7c", _place(group[0].span, look))
        yield f"| {len(group):,} | {group[0].severity} | `{check}` | {place} |\n"


def _details(findings: Sequence[Finding], look: Look) -> Iterator[str]:
    """Yield as many findings as fit, a list item each, in a part of the page that is folded at first."""
    yield f"\n<details>\n<summary>{plural(len(findings), 'finding')}</summary>\n\n"
    room = _MOST_BYTES
    for number, finding in enumerate(findings):
        item = f"- {_place(finding.span, look)} {finding.severity} `{finding.check}` {_code(finding.message)}\n"
        item += "".join(f"  - {_place(one.span, look)} {_code(one.message)}\n" for one in finding.related)
        room -= len(item.encode())
        if number == _MOST or room < 0:
            yield f"\nand {len(findings) - number:,} more\n"
            break
        yield item
    yield "\n</details>\n"


def _place(span: Span, look: Look) -> str:
    """Return a place, as a link if the forge shows the page."""
    path = look.in_repository(span.path)
    text = _code(f"{path}:{span.line}")
    if not look.blob or Path(path).is_absolute():
        return text
    # A forge renders a page of Markdown without line numbers unless it is told to show its plain text.
    return f"[{text}]({look.blob}{quote(path, errors='surrogateescape')}?plain=1#L{span.line})"


def _code(text: str) -> str:
    """Return a text as a code span (CommonMark 6.1), fenced by more backticks than it holds together."""
    text = visible(text).replace("\t", " ")
    fence = "`" * (1 + max((len(run[0]) for run in _TICKS.finditer(text)), default=0))
    # One space at each end is taken away, unless there is nothing else.
    pad = " " if text.strip(" ") and not {text[0], text[-1]}.isdisjoint("` ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
