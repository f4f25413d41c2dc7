"""One walk over a doc set: values are offered to checks, findings suppressed, weighed and ordered."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docextract.checks import CHECKS
from docextract.checks.base import page_defects
from docextract.checks.suppressions import Suppression, read_suppressions
from docextract.contract.conformance import Conformance, check_body
from docextract.contract.resolution import OWN_TABLE, PRIMITIVE, TYPE, resolve
from docextract.findings import Finding, Severity, sort_key
from docextract.markdown.page import Page
from docextract.reading.exchange import Exchange, Message
from docextract.reading.http_message import Response
from docextract.reading.resource import Resource
from docextract.verdict.report import Report, Summary, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from docextract.checks.base import Check
    from docextract.contract.schema import Schemas
    from docextract.project.docset import DocSet, Selection
    from docextract.text.source import Span
    from docextract.verdict.book import Book
    from docextract.verdict.cache import Cache


class Linter:
    """Runs the checks that a doc set's configuration and the caller's options leave on.

    `select` and `ignore` hold check ids and come before the configuration's.
    """

    def __init__(self, docset: DocSet, *, select: Collection[str] = (), ignore: Collection[str] = ()) -> None:
        self.docset = docset
        config = docset.config
        chosen = select or config.select
        off = {*ignore, *(() if select else config.ignore)}
        self.checks = tuple(
            check
            for check in CHECKS
            if check.id not in off and (check.id in chosen if chosen else check.on or config.severity.get(check.id))
        )

    @cached_property
    def schemas(self) -> Schemas:
        """The schemas of the doc set's types; jsonschema is imported here and not before."""
        from docextract.contract.schema import Schemas

        return Schemas(self.docset.registry)

    def check_page(self, path: str) -> Verdict:
        """Give the verdict on a page; its findings are not sorted."""
        (findings, figures), reads = self.docset.trace.collect(lambda: self._check(path))
        shapes = self.docset.shapes(path) if self.docset.outline(path).types else ()
        self.docset.forget(path)
        return Verdict(path, findings, figures, reads - {path}, shapes)

    def _check(self, path: str) -> tuple[list[Finding], Summary]:
        page = self.docset.page(path)
        subjects: list[Any] = [page]
        exchanges = self.docset.exchanges(path).exchanges
        subjects.extend(self.docset.definitions(path).resources)
        subjects.extend(exchange for exchange in exchanges if not exchange.ignored)
        bodies = list(self._bodies(exchanges))
        subjects.extend(bodies)
        findings = (self._weighed(finding) for subject in subjects for finding in self._run(subject))
        shown, suppressed = self._suppress(page, _distinct(f for f in findings if f is not None))
        return shown, _figures(page, self.docset, bodies)._replace(suppressed=suppressed)

    def _run(self, subject: Any) -> Iterator[Finding]:
        met = self._met(subject)
        for check in self._by_subject[type(subject)]:
            if not check.reporting or check.id in met:
                for note in check.function(subject, self.docset):
                    yield check.finding(note)

    def _met(self, subject: Any) -> set[str]:
        """Give the ids under which a reader or the walk over a body met something."""
        if isinstance(subject, Conformance):
            return {violation.check for violation in subject.violations}
        return {defect.check for defect in page_defects(subject, self.docset)} if isinstance(subject, Page) else set()

    @cached_property
    def _by_subject(self) -> dict[type, tuple[Check, ...]]:
        kinds = (Page, Resource, Exchange, Conformance, Suppression)
        return {kind: tuple(check for check in self.checks if check.subject is kind) for kind in kinds}

    def _bodies(self, exchanges: Iterable[Exchange]) -> Iterator[Conformance]:
        """Hold each message's body against its type; a message of several exchanges once."""
        seen: set[int] = set()
        for exchange in exchanges:
            for message in (exchange.request, exchange.response):
                if message and not message.ignored and id(message) not in seen:
                    seen.add(id(message))
                    yield self.conformance(exchange, message)

    def conformance(self, exchange: Exchange, message: Message) -> Conformance:
        """Resolve the type of a message's body and hold the body against it."""
        registry = self.docset.registry
        resolution = resolve(exchange, message, registry)
        return check_body(exchange, message, resolution, registry, self.schemas)

    def _weighed(self, finding: Finding) -> Finding | None:
        """Give a finding the configured severity; None if the configuration drops it."""
        return self.docset.config.weigh(finding, self.docset.configured_path(finding.span.path))

    def _suppress(self, page: Page, findings: list[Finding]) -> tuple[list[Finding], int]:
        suppressions = read_suppressions(page) if "docextract-" in page.source.text else ()
        if not suppressions:
            return findings, 0
        shown = [f for f in findings if not any(one.covers(f) for one in suppressions)]
        running = {check.id for check in self.checks}
        known = {check.id for check in CHECKS}
        for one in suppressions:
            idle = one.checks and all(name in known and name not in running for name in one.checks)
            if not idle and not any(one.covers(finding) for finding in findings):
                shown.extend(found for f in self._run(one) if (found := self._weighed(f)) is not None)
        return shown, sum(any(one.covers(f) for one in suppressions) for f in findings)


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Give the findings in order, each once: a request is inspected with each of its responses."""
    first: dict[tuple[str, Span, str], Finding] = {}
    for finding in findings:
        first.setdefault((finding.check, finding.span, finding.message), finding)
    return list(first.values())


#: The selected and the ignored checks.
Choice = tuple[tuple[str, ...], tuple[str, ...]]
#: Below this many pages a second process costs more than it saves.
_WORTH_SHARING = 400
_SHARE = 50
_worker: list[Linter] = []


def check_pages(docset: DocSet, paths: Sequence[str], choice: Choice, jobs: int) -> Iterator[Verdict]:
    """Yield the verdict on each page; `choice` holds the selected and the ignored checks.

    Pages never cross a process border: workers parse their share and return findings (DESIGN 3).
    """
    if jobs < 2 or len(paths) < _WORTH_SHARING:
        linter = Linter(docset, select=choice[0], ignore=choice[1])
        for path in paths:
            yield linter.check_page(path)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    shares = [paths[start : start + _SHARE] for start in range(0, len(paths), _SHARE)]
    # A process that runs threads cannot be copied safely; elsewhere than on Linux none can.
    copied = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if copied else "spawn")
    sys.stdout.flush()
    with ProcessPoolExecutor(jobs, context, _start_worker, (docset.unread(), choice)) as pool:
        for verdicts in pool.map(_check_share, shares):
            yield from verdicts


def _start_worker(docset: DocSet, choice: Choice) -> None:
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker.append(Linter(docset, select=choice[0], ignore=choice[1]))


def _check_share(paths: Sequence[str]) -> list[Verdict]:
    return [_worker[0].check_page(path) for path in paths]


def lint(
    selections: Iterable[Selection],
    *,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    jobs: int = 1,
    progress: Callable[[int], None] = lambda _: None,
    cache: Cache | None = None,
) -> Report:
    """Check the selected pages of each doc set and give all findings in order (DESIGN 7).

    A finding is reported when its primary or a related place is on a selected page, so a changed
    table row shows the examples that it breaks. `jobs` processes share the pages of a large doc set;
    the report is the same for any number, and with verdicts from a cache. `progress` is told of each
    page that is done.
    """
    choice = (tuple(select), tuple(ignore))
    findings: list[Finding] = []
    summary = Summary()
    for selection in selections:
        book = cache.book(selection.docset, choice) if cache else None
        for verdict in _verdicts(selection, choice, jobs, book):
            findings.extend(f for f in verdict.findings if _reported(f, selection.paths))
            if verdict.path in selection.paths:
                summary = summary.plus(verdict.figures)
            progress(1)
    findings.sort(key=sort_key)
    return Report(tuple(findings), _counted(findings, summary))


def _verdicts(selection: Selection, choice: Choice, jobs: int, book: Book | None) -> Iterator[Verdict]:
    """Yield the verdicts that the book has and holds to, then those on the other pages."""
    stale = []
    for path in _pages_to_check(selection):
        known = book.verdict(path) if book else None
        if known is None:
            stale.append(path)
        else:
            yield known
    for verdict in check_pages(selection.docset, stale, choice, jobs):
        if book:
            book.keep(verdict)
        yield verdict


def _pages_to_check(selection: Selection) -> Iterable[str]:
    """Pages that define nothing can only be the related place of their own findings."""
    outlines = (selection.docset.outline(path) for path in selection.paths)
    if any(one.types or one.enums for one in outlines):
        return selection.docset.paths
    return sorted(selection.paths)


def _reported(finding: Finding, paths: frozenset[str]) -> bool:
    return finding.span.path in paths or any(related.span.path in paths for related in finding.related)


def _counted(findings: Iterable[Finding], summary: Summary) -> Summary:
    severities = [finding.severity for finding in findings]
    return summary._replace(
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        infos=severities.count(Severity.INFO),
    )


def _figures(page: Page, docset: DocSet, bodies: list[Conformance]) -> Summary:
    read = docset.exchanges(page.path)
    messages = [message for message in read.messages if not message.ignored]
    responses = [message for message in messages if message.is_response]
    kinds = [body.resolution.kind for body in bodies if _is_json_success(body.message)]
    return Summary(
        pages=1,
        exchanges=sum(not exchange.ignored for exchange in read.exchanges),
        requests=len(messages) - len(responses),
        responses=len(responses),
        annotated=sum(message.annotated for message in responses),
        resources=len(docset.definitions(page.path).resources),
        json_bodies=len(kinds),
        resolved=sum(kind in (TYPE, OWN_TABLE) for kind in kinds),
        primitive=kinds.count(PRIMITIVE),
        unresolved=sum(kind not in (TYPE, OWN_TABLE, PRIMITIVE) for kind in kinds),
        checked=sum(body.checked for body in bodies),
    )


def _is_json_success(message: Message) -> bool:
    http = message.http
    return isinstance(http, Response) and http.status is not None and 200 <= http.status < 300 and http.json is not None
