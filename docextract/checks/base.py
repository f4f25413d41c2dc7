"""What a check is: an id, a severity, the kind of value it inspects, and a function whose docstring is its manual."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from docextract.contract.conformance import Conformance
from docextract.contract.violation import Violation
from docextract.findings import Defect, Finding, Related, Severity
from docextract.markdown.page import Page

if TYPE_CHECKING:
    from docextract.project.docset import DocSet
    from docextract.text.source import Span


@dataclass(frozen=True, slots=True)
class Note:
    """What a check's function yields: a finding still without id and severity."""

    message: str
    span: Span
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    pointer: str | None = None
    type: str | None = None
    property: str | None = None
    exchange: str | None = None


Function = Callable[[Any, "DocSet"], Iterator[Note]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check. `subject` is the class of the values it inspects; `on` says whether it runs by default.

    One that is `reporting` only words what a reader or the walk over a body met under its id.
    """

    id: str
    severity: Severity
    subject: type
    function: Function
    manual: str
    on: bool = True
    reporting: bool = False

    @property
    def summary(self) -> str:
        """The first line of the manual."""
        return self.manual.partition("\n")[0]

    def finding(self, note: Note) -> Finding:
        """Make a finding of what the check's function said."""
        return Finding(
            self.id,
            note.severity or self.severity,
            note.message,
            note.span,
            note.related,
            note.pointer,
            note.type,
            note.property,
            note.exchange,
        )


def check(subject: type, severity: Severity, *, on: bool = True) -> Callable[[Function], Check]:
    """Make a function a check: its name with dashes is the id, its docstring the manual."""

    def make(function: Function) -> Check:
        name = function.__name__.replace("_", "-")
        return Check(name, severity, subject, function, inspect.getdoc(function) or "", on)

    return make


def defect_check(severity: Severity) -> Callable[[Callable[[], None]], Check]:
    """Make a check of defects that a reader met on a page; the function only holds the manual."""

    def make(function: Callable[[], None]) -> Check:
        name = function.__name__.replace("_", "-")

        def report(page: Page, docset: DocSet) -> Iterator[Note]:
            for defect in page_defects(page, docset):
                if defect.check == name:
                    yield Note(defect.message, defect.span, defect.related)

        return Check(name, severity, Page, report, inspect.getdoc(function) or "", reporting=True)

    return make


def page_defects(page: Page, docset: DocSet) -> Iterator[Defect]:
    """Yield all that the readers of a page met."""
    yield from page.defects
    for annotation in page.annotations:
        yield from annotation.defects
    yield from docset.exchanges(page.path).defects


Wording = Callable[[Violation, Conformance], str]


def body_check(severity: Severity, *, see: str = "row", at: str = "value") -> Callable[[Wording], Check]:
    """Make a check of bodies from a function that words a violation.

    `see` names the related place: the property's `row`, the type's `table`, or the `annotation`;
    with `at="annotation"` the annotation is the primary place, and the value the related one.
    """

    def make(wording: Wording) -> Check:
        name = wording.__name__.replace("_", "-")

        def report(conformance: Conformance, _: DocSet) -> Iterator[Note]:
            for violation in conformance.violations:
                if violation.check == name:
                    note = _note(violation, conformance, wording(violation, conformance), see)
                    yield _at_annotation(note, conformance) if at == "annotation" else note

        return Check(name, severity, Conformance, report, inspect.getdoc(wording) or "", reporting=True)

    return make


def _note(violation: Violation, conformance: Conformance, message: str, see: str) -> Note:
    body = conformance.message.http.body
    assert body is not None
    return Note(
        message,
        body.span(violation.pointer, of_key=violation.at_key),
        tuple(_related(violation, conformance, see)),
        violation.severity,
        violation.pointer,
        (violation.type and violation.type.name) or None,
        violation.name,
        conformance.exchange.id,
    )


def _at_annotation(note: Note, conformance: Conformance) -> Note:
    """Move a note to the annotation that declared the type; it stays at the value if there was none."""
    found = conformance.resolution
    if found.span is None or not found.annotated:
        return note
    return replace(note, span=found.span, related=(Related(note.span, "the body"),))


def _related(violation: Violation, conformance: Conformance, see: str) -> Iterator[Related]:
    declared, one = violation.declared, violation.type
    if see == "row" and declared is not None:
        yield Related(declared.row, f"the row of '{declared.name}' says {declared.type.text}")
    elif see in ("row", "table") and one is not None and one.headers:
        names = list(one.properties)
        listed = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
        yield Related(one.headers[0], f"the properties table of {one.short} lists {listed}")
    if conformance.resolution.span is not None and (see == "annotation" or (declared is None and not violation.name)):
        source = conformance.resolution.source
        yield Related(conformance.resolution.span, f"the type is named here ({source})")


def shown(value: Any) -> str:
    """Give a JSON value for a message: strings quoted, long ones cut, collections by kind."""
    if isinstance(value, str):
        return f'"{value[:57]}..."' if len(value) > 60 else f'"{value}"'
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)[:60]
