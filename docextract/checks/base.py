"""What a check is: an id, a severity, the kind of value it inspects, and a function whose docstring is its manual."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, get_args

from docextract.contract.conformance import Conformance
from docextract.contract.violation import Violation
from docextract.findings import CheckId, Defect, Edit, Finding, Fix, Related, Safety, Severity
from docextract.markdown.page import Page
from docextract.reading.placeholder import is_encoded

if TYPE_CHECKING:
    from types import UnionType

    from docextract.contract.registry import Type
    from docextract.project.docset import DocSet
    from docextract.text.json_values import JSONValue
    from docextract.text.source import Span

Subject = TypeVar("Subject")
Inspect: TypeAlias = "Callable[[Any, DocSet], Iterator[Finding]]"
#: So many properties of a table are named in a message.
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Check:
    """A check. `subjects` are the classes of the values it inspects; `on` says whether it runs by default.

    One that is `reporting` only words what a reader or the walk over a body met under its id. `fixes` says
    which option of the command makes the fixes that its findings may carry; None if they carry none.
    """

    id: CheckId
    severity: Severity
    subjects: tuple[type, ...]
    #: Takes a value of one of these classes.
    function: Inspect
    manual: str
    on: bool = True
    reporting: bool = False
    fixes: Safety | None = None

    @property
    def summary(self) -> str:
        """The first line of the manual."""
        return self.manual.partition("\n")[0]

    def finding(
        self,
        message: str,
        span: Span,
        *,
        severity: Severity | None = None,
        related: tuple[Related, ...] = (),
        pointer: str | None = None,
        type: str | None = None,
        property: str | None = None,
        exchange: str | None = None,
        fix: Fix | None = None,
        lowered: bool = False,
    ) -> Finding:
        """Make a finding of this check, of its own severity unless another is given."""
        return Finding(
            self.id,
            severity or self.severity,
            message,
            span,
            related=related,
            pointer=pointer,
            type=type,
            property=property,
            exchange=exchange,
            fix=fix,
            lowered=lowered,
        )


def check(
    subject: type[Subject] | UnionType, severity: Severity, *, on: bool = True, fixes: Safety | None = None
) -> Callable[[Callable[[Subject, DocSet], Iterator[Finding]]], Check]:
    """Make a function a check: its name with dashes is the id, its docstring the manual.

    The function makes its findings with `finding` of the check that it becomes.
    """

    def make(function: Callable[[Subject, DocSet], Iterator[Finding]]) -> Check:
        subjects = get_args(subject) or (subject,)
        return Check(_id_of(function), severity, subjects, function, _manual_of(function), on, fixes=fixes)

    return make


def defect_check(severity: Severity, *, fixes: Safety | None = None) -> Callable[[Callable[[], None]], Check]:
    """Make a check of defects that a reader met on a page; the function only holds the manual."""

    def make(function: Callable[[], None]) -> Check:
        def report(page: Page, docset: DocSet) -> Iterator[Finding]:
            for defect in page_defects(page, docset):
                if defect.check is made.id:
                    yield made.finding(defect.message, defect.span, related=defect.related, fix=defect.fix)

        made = Check(_id_of(function), severity, (Page,), report, _manual_of(function), reporting=True, fixes=fixes)
        return made

    return make


def _id_of(function: Callable[..., object]) -> CheckId:
    """Return the id that a function's name stands for; a name that is none of the ids is a ValueError."""
    return CheckId(function.__name__.replace("_", "-"))


def _manual_of(function: Callable[..., object]) -> str:
    return inspect.getdoc(function) or ""


def page_defects(page: Page, docset: DocSet) -> list[Defect]:
    """Return all that the readers of a page met."""
    of_annotations = [defect for annotation in page.annotations for defect in annotation.defects]
    return [*page.defects, *of_annotations, *docset.exchanges(page.path).defects]


class See(Enum):
    """The related place of a violation: the row of the property, the type's table, or the annotation."""

    ROW = auto()
    TABLE = auto()
    ANNOTATION = auto()


class At(Enum):
    """The primary place of a violation: the value, or the annotation that declares its type."""

    VALUE = auto()
    ANNOTATION = auto()


Wording = Callable[[Violation, Conformance], str]
#: Returns the edit that makes a body agree with its table; None if it is not clear what was meant.
Correction = Callable[[Violation, Conformance], "Edit | None"]


def body_check(
    severity: Severity, *, see: See = See.ROW, at: At = At.VALUE, correct: Correction | None = None
) -> Callable[[Wording], Check]:
    """Make a check of bodies from a function that words a violation.

    At an annotation the value is the related place; where no annotation declares the type, the
    violation stays at the value. `correct` makes an unsafe fix: the table may be what is wrong.
    """

    def make(wording: Wording) -> Check:
        def report(conformance: Conformance, _: DocSet) -> Iterator[Finding]:
            for violation in conformance.violations:
                if violation.check is made.id:
                    span, related = _places(violation, conformance, see, at)
                    text, fix = wording(violation, conformance), _fix([violation], conformance, correct)
                    yield _of_violation(made, violation, conformance, text, span, related, fix)

        fixes = Safety.UNSAFE if correct else None
        made = Check(_id_of(wording), severity, (Conformance,), report, _manual_of(wording), True, True, fixes)
        return made

    return make


def _fix(violations: Sequence[Violation], conformance: Conformance, correct: Correction | None) -> Fix | None:
    """Return the fix of all places of a finding; None unless each of them can be corrected."""
    edits = [correct(violation, conformance) for violation in violations] if correct else [None]
    sure = tuple(edit for edit in edits if edit is not None)
    return Fix(sure, safe=False) if len(sure) == len(edits) else None


def _of_violation(
    made: Check,
    violation: Violation,
    conformance: Conformance,
    text: str,
    span: Span,
    related: tuple[Related, ...],
    fix: Fix | None,
) -> Finding:
    """Make a finding that carries what a violation knows."""
    return made.finding(
        text,
        span,
        severity=violation.severity,
        related=related,
        pointer=violation.pointer,
        type=violation.type.name if violation.type else None,
        property=violation.name,
        exchange=conformance.exchange.id,
        fix=fix,
    )


GroupWording = Callable[[Sequence[Violation], Conformance], str]


def group_check(
    severity: Severity,
    group: Callable[[Violation], object],
    *,
    see: See = See.ROW,
    correct: Correction | None = None,
) -> Callable[[GroupWording], Check]:
    """Make a check of bodies from a function that words all violations with the same `group`: one cause, one finding.

    The finding stands at the first of them; the others are related places.
    """

    def make(wording: GroupWording) -> Check:
        def report(conformance: Conformance, _: DocSet) -> Iterator[Finding]:
            groups: defaultdict[object, list[Violation]] = defaultdict(list)
            for violation in conformance.violations:
                if violation.check is made.id:
                    groups[violation.severity, group(violation)].append(violation)
            for violations in groups.values():
                first, *others = violations
                span, row = _places(first, conformance, see, At.VALUE)
                related = (*_also(others, conformance), *row)
                text, fix = wording(violations, conformance), _fix(violations, conformance, correct)
                yield _of_violation(made, first, conformance, text, span, related, fix)

        fixes = Safety.UNSAFE if correct else None
        made = Check(_id_of(wording), severity, (Conformance,), report, _manual_of(wording), True, True, fixes)
        return made

    return make


def of_object(violation: Violation) -> object:
    """Group violations by the object whose members they are; those that a representation shows stand apart."""
    return violation.pointer.rpartition("/")[0], violation.represented


def of_body(_: Violation) -> object:
    """Group all violations of a body."""
    return None


def _also(others: Iterable[Violation], conformance: Conformance) -> Iterator[Related]:
    """Yield the places of the further violations of a group."""
    body = conformance.message.http.body
    for other in others:
        if body is not None:
            yield Related(body.span(other.pointer, of_key=other.at_key), f"'{other.name}' too")


def _places(violation: Violation, conformance: Conformance, see: See, at: At) -> tuple[Span, tuple[Related, ...]]:
    """Return the primary place of a violation and the related ones."""
    body, resolution = conformance.message.http.body, conformance.resolution
    assert body is not None
    span = body.span(violation.pointer, of_key=violation.at_key)
    if at is At.ANNOTATION and resolution.span is not None and resolution.annotated:
        return resolution.span, (Related(span, "the body", brief=True),)
    return span, tuple(_related(violation, conformance, see))


def _related(violation: Violation, conformance: Conformance, see: See) -> Iterator[Related]:
    declared, type_, resolution = violation.declared, violation.type, conformance.resolution
    if see is See.ROW and declared is not None:
        yield Related(declared.row, f"the row of '{declared.name}' says {declared.type.text}")
    elif shape := _shape_said(violation, conformance):
        yield shape
        return
    elif see is not See.ANNOTATION and type_ is not None and type_.headers:
        names = list(type_.properties)
        more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
        listed = ", ".join(names[:_LISTED]) + more
        yield Related(type_.headers[0], f"the properties table of {called(type_)} lists {listed}", brief=True)
    if resolution.span is not None and (see is See.ANNOTATION or (declared is None and not violation.name)):
        yield Related(resolution.span, f"the type is named here ({resolution.source})")


def _shape_said(violation: Violation, conformance: Conformance) -> Related | None:
    """Return where the annotation says whether the body is one object or several, if that is what it belies."""
    annotation, resolution = conformance.message.typing, conformance.resolution
    is_about = violation.check in (CheckId.EXPECTED_COLLECTION, CheckId.EXPECTED_OBJECT) and violation.declared is None
    if not (is_about and resolution.annotated and annotation and "isCollection" in annotation.values):
        return None
    said = "a collection" if resolution.collection else "no collection"
    return Related(annotation.span("isCollection"), f"the annotation says that the body is {said}")


def called(type_: Type) -> str:
    """Return what messages call a type: the last segment of its name."""
    return type_.short or "the request body"


def shown(value: JSONValue) -> str:
    """Return a JSON value for a message: strings quoted, long ones cut, collections by kind."""
    match value:
        case str() if is_encoded(value):
            return "a string that holds JSON"
        case str():
            return f'"{value[:57]}..."' if len(value) > 60 else f'"{value}"'
        case dict():
            return "an object"
        case list():
            return "an array"
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
    return str(value)[:60]
