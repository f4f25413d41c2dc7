"""The checking of one page: the checks inspect its values, and their findings are weighed and suppressed."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docextract.checks.base import page_defects
from docextract.checks.suppressions import idle_defect, read_suppressions, sort_out
from docextract.contract.conformance import Conformance, check_body
from docextract.contract.naming import Kind
from docextract.contract.resolution import resolve
from docextract.failure import REPORT_IT, in_words
from docextract.findings import CheckId, Defect, sort_key
from docextract.markdown.page import Page
from docextract.project.pages import top
from docextract.reading.exchange import Exchange, Message
from docextract.reading.http_message import Response
from docextract.reading.resource import Resource
from docextract.text.source import Source
from docextract.verdict.fingerprint import fingerprinted
from docextract.verdict.policy import allows, resting, running, weigh
from docextract.verdict.report import Summary, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from docextract.checks.base import Inspect
    from docextract.contract.naming import Resolution
    from docextract.contract.schema import Schemas
    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.text.source import Span

_SUBJECTS = (Page, Resource, Exchange, Conformance, Defect)


class Linter:
    """The checks of a doc set that its configuration and the caller's options leave on.

    `select` and `ignore` hold check ids and take precedence over the configuration.
    """

    def __init__(self, docset: DocSet, *, select: Collection[str] = (), ignore: Collection[str] = ()) -> None:
        self.docset = docset
        self._chosen = bool(select or ignore)
        self.checks = running(docset.config, select, ignore)
        self._resting = resting(docset.config, select)

    @cached_property
    def schemas(self) -> Schemas:
        """The schemas of the types of the doc set; jsonschema is not imported until they are needed."""
        from docextract.contract.schema import Schemas

        return Schemas(self.docset.registry)

    def check_pages(self, paths: Sequence[str]) -> Iterator[Verdict]:
        """Yield the verdict on each of some pages, which are in memory together.

        Each reader reads all of them before the next one begins: the code of a single reader fits the
        caches of a processor, that of all of them does not, which takes a tenth more time.
        """
        for read in (self.docset.page, self.docset.exchanges, self.docset.definitions):
            for path in paths:
                read(path)
        yield from map(self.check_page, paths)

    def check_page(self, path: str) -> Verdict:
        """Return the verdict on a page."""
        verdict, reads = self.docset.trace.collect(lambda: self._guarded(path))
        defines = self.docset.catalogue.outline(path).defines_types
        signatures = self.docset.signatures(path) if defines else ()
        self.docset.forget(path)
        reads.discard(path)
        return Verdict(path, verdict.findings, verdict.figures, verdict.suppressed, reads, signatures)

    def _guarded(self, path: str) -> Verdict:
        """Return the verdict on a page, or what docextract itself failed of: the other pages do not suffer for it."""
        try:
            verdict = self._check(path)
        except Exception as error:
            return self.failed(path, in_words(error))
        failure = self.docset.failures.get(path)
        return self.failed(path, failure) if failure else verdict

    def failed(self, path: str, failure: str) -> Verdict:
        """Return the verdict on a page that docextract failed to check."""
        message = f"docextract failed on this page: {failure}; its other findings are missing. {REPORT_IT}"
        defect, page = Defect(CheckId.INTERNAL_ERROR, message, top(path)), Page(Source(path, ""))
        findings = fingerprinted(self.weighed(defect), self.docset.pages.in_project(path), page)
        return Verdict(path, findings, Summary(pages=1))

    def _check(self, path: str) -> Verdict:
        page = self.docset.page(path)
        subjects: list[Any] = [page]
        exchanges = self.docset.exchanges(path).exchanges
        subjects.extend(self.docset.definitions(path).resources)
        subjects.extend(exchange for exchange in exchanges if not exchange.ignored)
        bodies = list(self._bodies(exchanges))
        subjects.extend(bodies)
        findings = _distinct(finding for subject in subjects for finding in self.weighed(subject))
        in_project = self.docset.pages.in_project(path)
        # A comment must not change the fingerprints of the findings that it leaves.
        shown, suppressed = self._suppressed(page, fingerprinted(findings, in_project, page), in_project)
        figures = _figures(page, self.docset, bodies)._replace(suppressed=len(suppressed))
        return Verdict(path, shown, figures, suppressed)

    def _suppressed(self, page: Page, findings: list[Finding], name: str) -> tuple[list[Finding], list[Finding]]:
        """Return the findings of a page that are shown, those on its comments too, and those that comments suppress."""
        suppressions, defects = read_suppressions(page)
        shown, suppressed, idle = sort_out(suppressions, findings) if suppressions else (findings, [], [])
        running = {check.id for check in self.checks} if idle else ()
        for suppression, unused in idle:
            # The use of a comment cannot be judged by checks that do not run.
            judged = [check for check in unused if check in running]
            if judged or not (unused or self._chosen):
                defects = (*defects, idle_defect(suppression, judged))
        told = [finding for defect in defects for finding in self.weighed(defect)]
        return sorted([*shown, *fingerprinted(told, name, page)], key=sort_key) if told else shown, suppressed

    def weighed(self, subject: Any) -> Iterator[Finding]:
        """Yield the findings of all checks about a value, with the configured severities."""
        docset = self.docset
        for finding in self._run(subject):
            path = docset.pages.configured(finding.span.path)
            if (weighed := weigh(finding, docset.config, path, self._resting)) is not None:
                yield weighed

    def _run(self, subject: Any) -> list[Finding]:
        inspecting, reporting = self._by_subject[type(subject)]
        met = self._met(subject) if reporting else None
        called = [*inspecting, *(reporting[check] for check in reporting if check in met)] if met else inspecting
        return [finding for function in called for finding in function(subject, self.docset)]

    def _met(self, subject: Any) -> set[CheckId]:
        """Return the ids of the checks for which a reader, or the check of a body, noted something."""
        if isinstance(subject, Conformance):
            return {violation.check for violation in subject.violations}
        return {defect.check for defect in page_defects(subject, self.docset)} if isinstance(subject, Page) else set()

    @cached_property
    def _by_subject(self) -> dict[type, tuple[list[Inspect], dict[CheckId, Inspect]]]:
        """The checks of each kind of value: those that inspect it, and those that only report, by their ids."""
        return {
            kind: (
                [check.function for check in self.checks if kind in check.subjects and not check.reporting],
                {check.id: check.function for check in self.checks if kind in check.subjects and check.reporting},
            )
            for kind in _SUBJECTS
        }

    def _bodies(self, exchanges: Iterable[Exchange]) -> Iterator[Conformance]:
        """Yield the comparison of each message's body with its type, once for a message in several exchanges."""
        seen: set[int] = set()
        for exchange in exchanges:
            for message in (exchange.request, exchange.response):
                if message and not message.ignored and id(message) not in seen:
                    seen.add(id(message))
                    yield self.conformance(exchange, message)

    def conformance(self, exchange: Exchange, message: Message) -> Conformance:
        """Return the comparison of a message's body with the type that it should have."""
        return self.held(exchange, message, resolve(exchange, message, self.docset.registry))

    def held(self, exchange: Exchange, message: Message, resolution: Resolution) -> Conformance:
        """Return the comparison of a message's body with a type; what the configuration allows is left out."""
        config = self.docset.config
        conformance = check_body(exchange, message, resolution, self.docset.registry, self.schemas)
        if not config.allow:
            return conformance
        # One finding may name several members, so the allowed ones must go before findings are made.
        kept = (
            v for v in conformance.violations if not allows(config, v.check, v.type.name if v.type else None, v.name)
        )
        return replace(conformance, violations=tuple(kept))


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in order, each once: a request is inspected again with each of its responses."""
    first: dict[tuple[str, Span, str], Finding] = {}
    for finding in findings:
        first.setdefault((finding.check, finding.span, finding.message), finding)
    return list(first.values())


def _figures(page: Page, docset: DocSet, bodies: list[Conformance]) -> Summary:
    read = docset.exchanges(page.path)
    messages = [message for message in read.messages if not message.ignored]
    responses = [message for message in messages if message.is_response]
    kinds = [body.resolution.kind for body in bodies if _is_json_success(body.message)]
    resolved, primitive = kinds.count(Kind.TYPE) + kinds.count(Kind.OWN_TABLE), kinds.count(Kind.PRIMITIVE)
    return Summary(
        pages=1,
        exchanges=sum(not exchange.ignored for exchange in read.exchanges),
        requests=len(messages) - len(responses),
        responses=len(responses),
        annotated=sum(message.annotated for message in responses),
        resources=len(docset.definitions(page.path).resources),
        json_bodies=len(kinds),
        resolved=resolved,
        primitive=primitive,
        unresolved=len(kinds) - resolved - primitive,
        checked=sum(body.checked for body in bodies),
    )


def _is_json_success(message: Message) -> bool:
    http = message.http
    return isinstance(http, Response) and http.status is not None and 200 <= http.status < 300 and http.json is not None
