"""The check of names of types that no page defines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docextract.checks.base import check
from docextract.checks.names import Unknown, find_unknown, titled_name
from docextract.contract.conformance import Conformance
from docextract.contract.envelope import own_type
from docextract.contract.index import link_target
from docextract.contract.naming import Kind, Source
from docextract.findings import CheckId, Related, Severity
from docextract.markdown.page import Page
from docextract.reading.primitive import PRIMITIVES
from docextract.reading.resource import Resource
from docextract.reading.type_names import stem_of
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.reading.property import Property
    from docextract.reading.typeref import TypeRef
    from docextract.text.source import Span

_PRIMITIVES = tuple(primitive.name for primitive in PRIMITIVES)


@check(Conformance | Resource | Page, Severity.ERROR)
def unknown_type(subject: Conformance | Resource | Page, docset: DocSet) -> Iterator[Finding]:
    """An annotation, an `@odata.type` or a type cell names a type that no page of the version defines.

    The body cannot be checked, and readers find no table for it. A type cell may link a page of another
    doc set, or the page of that type, which may have no members.

    Bad:  `"@odata.type": "microsoft.graph.usr"`
    Good: `"@odata.type": "microsoft.graph.user"`

    How to fix: Take the suggested name if it is what was meant. If the name is right, its page is
    missing, or declares another name: add the page or mend its annotation.

    Severity: warning in the cell of a table (of a table of parameters, only slips are reported), where
    annotation and body name types that are a slip apart, and for a full name whose namespace no page
    defines though its last part is that of one type (the body is checked against that). Info where the
    doc set defines no types at all and, unless a name is near, for a request whose page has a table of
    its own and in an extract of a doc set (`explain broken-link`); there a name that is odd among the
    others of its page, or has the ending of a known one, is a warning.

    Silence: `<!-- docextract-disable-next-block unknown-type -->`.
    """
    if isinstance(subject, Resource):
        for declared in subject.properties:
            yield from _unknown_in_cell(declared, subject, docset)
    elif isinstance(subject, Page):
        yield from _slips_in_parameters(subject, docset)
    else:
        yield from _unknown_of_body(subject, docset)


def _unknown_in_cell(declared: Property, resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """Report a type cell that names nothing; words of a translation are no names."""
    if meant := _near_collection(declared.type):
        yield unknown_type.finding(
            f"the type of '{declared.name}' is not known: {declared.type.text}; did you mean '{meant}'?",
            declared.cell.source.span() if declared.cell else declared.row,
            severity=Severity.WARNING,
            type=resource.name,
            property=declared.name,
        )
    for ref in declared.type.alternatives or (declared.type,):
        if not ref.name or ref.primitive or declared.cell is None or not _is_unknown(ref, resource, docset):
            continue
        last = ref.name.rpartition(".")[2]
        if resource.translated and not ("." in ref.name or any(map(str.isupper, last[1:]))):
            continue
        if _is_told_elsewhere(ref, last, resource, docset) or _has_a_page(last, docset):
            continue
        meant = nearest(last, _PRIMITIVES)
        unknown = _misspelt(ref.name, meant) if meant else find_unknown(ref.name, resource.path, docset)
        if unknown is not None:
            yield unknown_type.finding(
                f"the type of '{declared.name}' is not known: {unknown.text}",
                declared.cell.source.span(),
                severity=min(unknown.severity, Severity.WARNING),
                type=resource.name,
                property=declared.name,
            )


def _near_collection(ref: TypeRef) -> str | None:
    """Return what a type cell means whose second word is a slip of "collection"."""
    if ref.known:
        return None
    first, _, second = ref.text.partition(" ")
    if not second.isalpha() or nearest(second.casefold(), ("collection",)) is None:
        return None
    return f"{first} collection"


def _misspelt(name: str, meant: str) -> Unknown:
    return Unknown(f"no page defines the type {name}; did you mean {meant}?", Severity.WARNING, meant)


def _slips_in_parameters(page: Page, docset: DocSet) -> Iterator[Finding]:
    """Report type cells of the page's own table of parameters that are a slip away from a primitive or a type.

    In a translation they may be words, and the tables of a type's page are those of the type.
    """
    operation = docset.exchanges(page.path).operation
    if operation.translated or docset.definitions(page.path).resources:
        return
    for declared in operation.parameters:
        ref = declared.type
        if not ref.name or ref.primitive or declared.cell is None or docset.registry.named(ref, page.path) is not None:
            continue
        last = ref.name.rpartition(".")[2]
        types = docset.registry.index.last_names(docset.root(page.path))
        if meant := nearest(last, _PRIMITIVES) or types.nearest(last):
            text = f"the type of '{declared.name}' is not known: {_misspelt(ref.name, meant).text}"
            yield unknown_type.finding(
                text, declared.cell.source.span(), severity=Severity.WARNING, property=declared.name
            )


def _is_unknown(ref: TypeRef, resource: Resource, docset: DocSet) -> bool:
    if docset.registry.named(ref, resource.path) is None:
        return True
    return "." in ref.name and docset.registry.index.is_foreign(docset.root(resource.path), ref.name)


def _is_told_elsewhere(ref: TypeRef, last: str, resource: Resource, docset: DocSet) -> bool:
    """Whether a cell's link leads out of the doc set, or to a page that is about the type and gives it no members."""
    if ref.page is None:
        return False
    if ref.page.startswith("/") or "://" in ref.page:
        return True
    path = link_target(resource.path, ref.page)
    title = docset.page(path).title if path in docset.catalogue.index.paths else None
    return title is not None and titled_name(title).casefold() == last.casefold()


def _has_a_page(name: str, docset: DocSet) -> bool:
    """Whether a page has the name of a type and declares another: that is where it is told (page-type-mismatch)."""
    folded = name.casefold()
    return any(
        stem_of(path) == folded and outline.types and folded not in _last_parts(outline.types)
        for path, outline in docset.catalogue.index.pages.items()
    )


def _last_parts(names: Iterable[str]) -> set[str]:
    return {name.rpartition(".")[2].casefold() for name in names}


def _unknown_of_body(conformance: Conformance, docset: DocSet) -> Iterator[Finding]:
    exchange, resolution = conformance.exchange, conformance.resolution
    for violation in conformance.violations:
        if violation.check is CheckId.UNKNOWN_TYPE and conformance.message.http.body:
            name = str(violation.value)
            span = conformance.message.http.body.span(violation.pointer)
            unknown = find_unknown(name, exchange.path, docset)
            if unknown is not None:
                severity = violation.severity or unknown.severity
                yield unknown_type.finding(
                    unknown.text,
                    span,
                    severity=severity,
                    pointer=violation.pointer,
                    type=name,
                    exchange=exchange.id,
                    lowered=violation.severity is None and unknown.lowered,
                )
    unknown, related = _of_body(conformance, docset), list[Related]()
    if unknown is not None and (own := _own_slip(conformance)) and unknown.near is None:
        text = f"{unknown.text}; the body calls itself {own.name}: give both the same name"
        unknown = unknown._replace(text=text, severity=max(unknown.severity, Severity.WARNING), lowered=False)
        related = [Related(own.place, "the body's own type")]
    if unknown is not None and resolution.span is not None:
        yield unknown_type.finding(
            unknown.text,
            resolution.span,
            severity=unknown.severity,
            related=tuple(related),
            type=resolution.name,
            exchange=exchange.id,
            lowered=unknown.lowered,
        )


class OwnType(NamedTuple):
    """The type that a body names itself, and where."""

    name: str
    place: Span


def _own_slip(conformance: Conformance) -> OwnType | None:
    """Return the type that a body names itself if it is a slip apart from the one that its annotation names."""
    body, resolution = conformance.message.http.body, conformance.resolution
    value = body.reading.value if body is not None else None
    if body is None or not resolution.annotated or not isinstance(value, dict) or not (own := own_type(value)):
        return None
    names = [name.lstrip("#").rpartition(".")[2].casefold() for name in (own, resolution.name)]
    if names[0] == names[1] or nearest(names[0], names[1:]) is None:
        return None
    return OwnType(own.lstrip("#"), body.span("/@odata.type"))


def _of_body(conformance: Conformance, docset: DocSet) -> Unknown | None:
    """Return what is wrong with the name of a whole body's type."""
    resolution, path = conformance.resolution, conformance.exchange.path
    if resolution.kind is Kind.TYPE and resolution.source not in (Source.LINK, Source.PROSE):
        # Most names are written as on the page of the type.
        if any(type_.name == resolution.name for type_ in resolution.types):
            return None
        foreign = docset.registry.index.is_foreign(docset.root(path), resolution.name)
        return find_unknown(resolution.name, path, docset) if foreign else None
    own_table = resolution.kind is Kind.OWN_TABLE
    if resolution.kind is not Kind.UNKNOWN and not (own_table and resolution.name and resolution.annotated):
        return None
    unknown = find_unknown(resolution.name, path, docset)
    if unknown is None:
        return None
    if not docset.registry.defines_types(docset.root(path)):
        unknown = unknown._replace(severity=Severity.WARNING if unknown.odd else Severity.INFO, lowered=False)
    if not own_table:
        return unknown
    if not conformance.message.is_response and unknown.near is None:
        unknown = unknown._replace(severity=Severity.INFO, lowered=False)
    checked = "the body is checked against the page's own properties table"
    text = f"{unknown.text} ({checked})" if unknown.text.endswith("?") else f"{unknown.text}; {checked}"
    return unknown._replace(text=text)
