"""`docextract check --watch`: after each saved page, its findings and what it changes elsewhere."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.cli.exit import CLEAN, Unusable, notice
from docextract.findings import Severity
from docextract.project.config_file import FILES
from docextract.project.files import SUFFIXES
from docextract.project.pages import absolute, shown
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import FrameType

    from docextract.cli.baseline import BaselineUse
    from docextract.cli.outputs import Outputs
    from docextract.cli.run import Run
    from docextract.findings import Finding
    from docextract.project.docset import Selection
    from docextract.verdict.report import Report

#: Milliseconds: a burst of changes is over when none follows for so long, or when it has lasted so long.
_STEP, _BURST = 50, 300
#: So many pages are named after a change.
_NAMED = 3


def watch(run: Run, outputs: Outputs, known: BaselineUse) -> int:
    """Report on all pages, then on each change until the user interrupts; known findings are set aside.

    Raises Unusable without watchfiles, for a page from stdin, and if there is no page.
    """
    if "-" in run.paths:
        raise Unusable("--watch looks at files; it cannot watch stdin")
    changes = watcher("--watch")
    selected = run.selected(notice)
    folders, brief = folders_of(selected), replace(outputs, quiet=True)
    if not folders:
        raise Unusable("--watch found no page to watch")
    with run.reported(selected) as found:
        report = known.apply(found, selected, run.choice, notice)
        outputs.write(report, selected)
    notice(f"watching {', '.join(map(str, folders))}; Ctrl-C ends")
    stopped = threading.Event()
    # An interrupt that is raised while a value is finalised gets lost; the event does not.
    usual = signal.signal(signal.SIGINT, _interrupt(stopped))
    try:
        for changed in changes(folders, stopped):
            report = _answer((run, brief, known), report, changed)
            # Nothing is collected during a run; between two there is time.
            gc.collect()
    except KeyboardInterrupt:
        return CLEAN
    finally:
        signal.signal(signal.SIGINT, usual)
    return CLEAN


def _interrupt(stopped: threading.Event) -> Callable[[int, FrameType | None], None]:
    """Return a handler of interrupts that raises KeyboardInterrupt as usual, and notes that it was called."""

    def handle(number: int, frame: FrameType | None) -> None:
        stopped.set()
        signal.default_int_handler(number, frame)

    return handle


def watcher(option: str) -> Callable[[Sequence[str], threading.Event], Iterator[list[str]]]:
    """Return what yields the absolute paths of changed pages and settings below folders, until it is stopped.

    Raises Unusable without watchfiles; `option` is the one that needs it.
    """
    try:
        from watchfiles import watch as batches
    except ImportError:
        raise Unusable(f"{option} needs watchfiles: python -m pip install 'docextract[watch]'") from None

    def changes(folders: Sequence[str], stopped: threading.Event) -> Iterator[list[str]]:
        for batch in batches(*folders, watch_filter=_matters, step=_STEP, debounce=_BURST, stop_event=stopped):
            yield sorted({os.path.abspath(path) for _, path in batch})

    return changes


def folders_of(selected: Iterable[Selection]) -> list[str]:
    """Return the folders to watch."""
    return sorted({selection.docset.pages.folder or "." for selection in selected})


def _matters(_: object, path: str) -> bool:
    """Whether a change to a file may change a report."""
    name = os.path.basename(path).casefold()
    return name.endswith(SUFFIXES) or name in (*FILES, ".gitignore")


def _answer(how: tuple[Run, Outputs, BaselineUse], before: Report, changed: Sequence[str]) -> Report:
    """Print the findings on the changed pages at once, then what is new elsewhere, and return the new report.

    If a configuration cannot be used just now, that is told, and the old report stands.
    """
    started, (run, outputs, known) = time.monotonic(), how
    try:
        selected = run.selected(lambda _: None)
        pages = [name for one in selected for name, file in one.docset.pages.files.items() if file in changed]
        there = known.apply(run.alone(selected, pages), selected, run.choice)
        outputs.write(there, selected)
        seconds = time.monotonic() - started
        outcome = _counts(there.findings) if any(map(os.path.exists, changed)) else "removed"
        notice(f"{named(changed)}: {outcome} ({seconds:.2f} s)")
        with run.reported(selected) as found:
            report = known.apply(found, selected, run.choice)
            told = {(finding.span.path, finding.fingerprint) for part in (before, there) for finding in part.findings}
            news = (f for f in report.findings if (f.span.path, f.fingerprint) not in told)
            outputs.write(replace(report, findings=tuple(news)), selected)
            notice(_totals(report, before))
            return report
    except Unusable as error:
        notice(error.message)
        return before


def named(changed: Sequence[str]) -> str:
    """Return the names of changed files, the first of many."""
    names = [shown(absolute(path)) for path in changed[:_NAMED]]
    more = len(changed) - _NAMED
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def _counts(findings: Sequence[Finding]) -> str:
    severities = [finding.severity for finding in findings]
    return (
        ", ".join(plural(count, str(level)) for level in reversed(Severity) if (count := severities.count(level)))
        or "clean"
    )


def _totals(report: Report, before: Report) -> str:
    """Return the errors and warnings of all pages, and how many more or less they are than before."""
    now, then = report.summary, before.summary
    pairs = ((now.errors, then.errors, "error"), (now.warnings, then.warnings, "warning"))
    told = (plural(new, name) + (f" ({new - old:+,})" if new != old else "") for new, old, name in pairs)
    return f"all pages: {', '.join(told)}"
