"""The end of a report for people: counts by check, the worst pages, the figures, and what to do next."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from docextract.findings import Severity
from docextract.renderers.folding import worst_first
from docextract.renderers.style import BOLD, COLORS, GREEN
from docextract.renderers.visible import visible, width, wrapped
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.findings import Finding
    from docextract.renderers.look import Look
    from docextract.renderers.style import Style
    from docextract.verdict.report import Report, Summary

#: So many of the worst pages are named, if more than these have findings.
_WORST = 5
#: With more errors than this, a doc set is not mended in a day.
_TOO_MANY = 50


def tables(findings: Sequence[Finding], look: Look, style: Style) -> Iterator[str]:
    """Yield the number of findings of each check, the most severe first, and the pages with most of the worst."""
    counts = Counter((finding.check, finding.severity) for finding in findings)
    fixable = Counter((finding.check, finding.severity) for finding in findings if finding.is_fixable())
    rows = sorted(counts.items(), key=lambda item: (-item[0][1], -item[1], item[0][0]))
    digits = max(len(f"{count:,}") for count in counts.values())
    for (check, severity), count in rows:
        mended = fixable[check, severity]
        note = f"  ({mended:,} fixable)" if mended else ""
        yield f"{count:>{digits},}  {style(f'{severity!s:7}', COLORS[severity])}  {check}{note}"
    yield from _worst_pages(findings, look)


def _worst_pages(findings: Iterable[Finding], look: Look) -> Iterator[str]:
    """Yield which pages have most errors, then most warnings; nothing if only a few have any."""
    pages: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity > Severity.INFO:
            pages[finding.span.path].append(finding)
    if len(pages) <= _WORST:
        return
    worst = sorted(pages, key=lambda path: (*worst_first(pages[path]), path))
    yield from _lines(f"{len(pages):,} pages have errors or warnings; the worst:", look)
    for path in worst[:_WORST]:
        levels = Counter(finding.severity for finding in pages[path])
        counts = ", ".join(plural(levels[level], str(level)) for level in reversed(Severity) if levels[level])
        yield f"  {visible(path)} ({counts})"


def closing(report: Report, look: Look, style: Style) -> Iterator[str]:
    """Yield the figures of a run, and what can be done about its findings."""
    summary = report.summary
    counts, outcome = _counts(summary), _outcome(summary)
    code = next((COLORS[level] for level, count in _levels(summary) if count and level > Severity.INFO), GREEN)
    painted = style(outcome, BOLD, code) + _aside(summary)
    if look.columns is None or width(figures(summary)) < look.columns:
        yield f"{counts}: {painted}"
    else:
        yield from _lines(f"{counts}:", look)
        yield painted
    yield from _lines(_advice(report, look), look)


def figures(summary: Summary) -> str:
    """Return the figures of a run and its findings in one line."""
    return f"{_counts(summary)}: {_outcome(summary)}{_aside(summary)}"


def _counts(summary: Summary) -> str:
    return (
        f"{plural(summary.pages, 'page')}, {plural(summary.exchanges, 'exchange')}, "
        f"{plural(summary.responses, 'response')} ({summary.annotated:,} annotated), "
        f"{summary.checked:,} {'body' if summary.checked == 1 else 'bodies'} checked against a table"
    )


def _levels(summary: Summary) -> tuple[tuple[Severity, int], ...]:
    return (
        (Severity.ERROR, summary.errors),
        (Severity.WARNING, summary.warnings),
        (Severity.INFO, summary.infos),
    )


def _outcome(summary: Summary) -> str:
    """Return how many findings there are of each severity."""
    new = "new " if summary.baselined else ""
    return ", ".join(plural(count, new + str(level)) for level, count in _levels(summary) if count) or "clean"


def _aside(summary: Summary) -> str:
    """Return how many findings are suppressed, and how many are known."""
    aside = ((summary.suppressed, "suppressed"), (summary.baselined, "in the baseline"))
    return "".join(f", {number:,} {name}" for number, name in aside if number)


def _advice(report: Report, look: Look) -> str:
    """Return which options show more or mend something, in one line; "" if there is nothing to do."""
    hidden = sum(finding.severity < look.least for finding in report.findings)
    fixable = sum(finding.is_fixable() for finding in report.findings)
    unsafe = sum(finding.fix is not None for finding in report.findings) - fixable
    lower = "info" if look.least is Severity.WARNING else "warning"
    advice = [
        f"--fix mends {fixable:,}" if fixable else "",
        f"--fix --unsafe-fixes {fixable + unsafe:,}" if unsafe else "",
        f"--min-severity {lower} shows {hidden:,} more" if hidden else "",
        "--baseline FILE --baseline-update sets all of them aside, so that only new ones fail"
        if report.summary.errors > _TOO_MANY and not report.summary.baselined
        else "",
        "'docextract explain CHECK' says what a check means" if len(report.findings) > hidden else "",
    ]
    return "; ".join(text for text in advice if text)


def _lines(text: str, look: Look) -> Iterator[str]:
    if text:
        yield from wrapped(text, look.columns - 1) if look.columns else (text,)
