"""Checks of the type that a body should have, and of its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.checks.base import At, See, body_check, called, check, shown
from docextract.checks.names import find_unknown, titled_name
from docextract.contract.conformance import Conformance
from docextract.contract.naming import Kind, Source
from docextract.contract.registry import Ambiguous
from docextract.contract.resolution import is_batch
from docextract.findings import CheckId, Related, Severity
from docextract.markdown.heading import without_anchor
from docextract.reading.resource import Resource
from docextract.reading.type_names import stem_of
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.contract.violation import Violation
    from docextract.findings import Finding
    from docextract.markdown.heading import Heading
    from docextract.project.docset import DocSet
    from docextract.reading.exchange import Message
    from docextract.text.json_values import JSONValue
    from docextract.text.source import Span


#: What a type is taken from that only prose tells.
_TOLD = {Source.LINK: "a link", Source.PROSE: "the text"}


@check(Conformance, Severity.INFO)
def ambiguous_type(conformance: Conformance, docset: DocSet) -> Iterator[Finding]:
    """A type is named without its namespace, and several types have that name.

    The body is not checked, because docextract does not guess.

    Bad:  `"@odata.type": "group"`, where microsoft.graph.group and microsoft.graph.termStore.group exist
    Good: `"@odata.type": "microsoft.graph.termStore.group"`

    How to fix: Write the name with its namespace; the message lists the candidates.

    Silence: `<!-- docextract-disable-next-block ambiguous-type -->`.
    """
    resolution, exchange = conformance.resolution, conformance.exchange.id
    if resolution.kind is Kind.AMBIGUOUS and resolution.span:
        candidates = ", ".join(resolution.candidates)
        text = f"{resolution.name} is the name of several types: {candidates}; write it in full"
        yield ambiguous_type.finding(text, resolution.span, type=resolution.name, exchange=exchange)
    for violation in conformance.violations:
        if violation.check is CheckId.AMBIGUOUS_TYPE and conformance.message.http.body:
            text = f"{violation.value} is the name of several types: {violation.other}; write it in full"
            span = conformance.message.http.body.span(violation.pointer)
            yield ambiguous_type.finding(text, span, pointer=violation.pointer, exchange=exchange)


@check(Conformance, Severity.INFO)
def unresolved_type(conformance: Conformance, docset: DocSet) -> Iterator[Finding]:
    """Nothing says which type a response body has: no annotation, `@odata.type`, context, link or prose.

    Such a body is only checked as JSON; the type is never guessed from a URL. Also reported is an
    annotation that leaves the type to a link. Answers to a batch (`{"responses": [...]}`, OData JSON
    Format 4.01 section 19.3) have no type of their own.

    Bad:  a response without annotation on a page whose Response section links to no resource
    Good: `<!-- { "blockType": "response", "@odata.type": "microsoft.graph.user" } -->`

    How to fix: Name the type in the annotation, or link to its page in the Response section.

    Severity: warning where the block is annotated as a response and nothing names its type.

    Silence: `<!-- docextract-disable-next-block unresolved-type -->`.
    """
    message, annotation = conformance.message, conformance.message.annotation
    reading = message.http.json
    if not message.is_response or not reading or is_batch(reading.value):
        return
    resolution, exchange = conformance.resolution, conformance.exchange.id
    if resolution.kind is Kind.UNRESOLVED:
        where = annotation.span("blockType") if annotation and annotation.values else message.span
        related = (Related(message.span, "the body"),) if where != message.span else ()
        # Without a status line it is no response yet, which http-syntax says.
        defines = docset.registry.defines_types(docset.root(conformance.exchange.path))
        severity = Severity.WARNING if message.annotated and message.status is not None and defines else None
        yield unresolved_type.finding(
            _untyped(message, docset), where, severity=severity, related=related, exchange=exchange
        )
    elif resolution.source in _TOLD and len(resolution.types) == 1 and annotation and annotation.values:
        told = _TOLD[resolution.source]
        text = f"the annotation names no type; taken from {told}, it is {resolution.name}: add '@odata.type'"
        related = (Related(resolution.span, told.replace("a link", "the link")),) if resolution.span else ()
        where = annotation.span("blockType")
        yield unresolved_type.finding(text, where, related=related, type=resolution.name, exchange=exchange)


def _untyped(message: Message, docset: DocSet) -> str:
    if message.annotated:
        return "nothing says the type of this body: add '@odata.type' to its annotation"
    namespace = docset.registry.namespace or "namespace"
    sample = f'<!-- {{ "blockType": "response", "@odata.type": "{namespace}.x" }} -->'
    return f"no annotation says the type of this body, and no link does; put {sample} above it"


@check(Conformance, Severity.ERROR)
def type_mismatch(conformance: Conformance, docset: DocSet) -> Iterator[Finding]:
    """An object names a type that is unrelated to the one it should have, or `None` has a body.

    Related are a type and its base types and derived types; both chains must be known.

    Bad:  annotation `"@odata.type": "microsoft.graph.user"`, body `"@odata.type": "#microsoft.graph.group"`
    Good: the same type on both

    How to fix: See what the service returns, then change the annotation, or the `@odata.type` in the
    body.

    Silence: `<!-- docextract-disable-next-block type-mismatch -->`.
    """
    body, resolution = conformance.message.http.body, conformance.resolution
    if body is None:
        return
    if resolution.kind is Kind.NOTHING and resolution.span:
        related = (Related(body.source.span(), "the body"),)
        text = "the annotation says that there is no body (None), but one is shown"
        yield type_mismatch.finding(text, resolution.span, related=related, exchange=conformance.exchange.id)
    for violation in conformance.violations:
        if violation.check is CheckId.TYPE_MISMATCH and violation.type:
            yield _unrelated(violation, conformance, body.span(violation.pointer))


def _unrelated(violation: Violation, conformance: Conformance, named: Span) -> Finding:
    """Word an unrelated type: at the annotation for a whole body, at the object's own name inside it."""
    assert violation.type is not None
    resolution, where = conformance.resolution, named
    related: tuple[Related, ...] = ()
    if resolution.span and resolution.annotated and violation.pointer in ("/@odata.type", "/value/@odata.type"):
        where, related = resolution.span, (Related(named, "the body's own type"),)
    elif violation.declared:
        related = (Related(violation.declared.row, f"the row of '{violation.declared.name}'"),)
    elif resolution.span:
        related = (Related(resolution.span, f"the type is named here ({resolution.source})"),)
    return type_mismatch.finding(
        _kinship(violation),
        where,
        related=related,
        pointer=violation.pointer,
        type=violation.type.name,
        exchange=conformance.exchange.id,
    )


def _kinship(violation: Violation) -> str:
    """Say that a type is not known to derive from the declared one, and from what it does."""
    type_ = violation.type
    assert type_ is not None
    kin = f"which is not known to derive from the declared {violation.other}"
    text = f"the object calls itself {violation.value}, {kin}"
    bases = ", ".join(part.short or "" for part in type_.chain[1:])
    return f"{text}: the pages of {type_.short} name " + (f"the base types {bases}" if bases else "no base type")


def _declared(violation: Violation, conformance: Conformance) -> str:
    return called(violation.type) if violation.type else conformance.resolution.name


@body_check(Severity.WARNING, see=See.ANNOTATION, at=At.ANNOTATION)
def collection_undeclared(violation: Violation, conformance: Conformance) -> str:
    """A body is a collection, `{"value": [...]}`, but its annotation declares a single object.

    Fixtures and generated clients then expect the wrong shape.

    Bad:  `"@odata.type": "microsoft.graph.user"` above `{"value": [...]}`
    Good: `"@odata.type": "microsoft.graph.user", "isCollection": true`

    How to fix: Add `"isCollection": true` to the annotation. If the service returns one object, it is
    the body that is wrong.

    Silence: `<!-- docextract-disable-next-block collection-undeclared -->`.
    """
    return (
        f"the body is a collection of {_declared(violation, conformance)}, but the annotation declares one object; "
        'add "isCollection": true'
    )


@body_check(Severity.WARNING, see=See.ANNOTATION)
def wrapped_entity(violation: Violation, conformance: Conformance) -> str:
    """A single object is shown inside `{"value": {...}}`.

    Generators write examples so, the service answers with the object itself. The object inside is
    checked.

    Bad:  `{"value": {"id": "1"}}`
    Good: `{"id": "1"}`

    How to fix: Take the object out of `value`. If the service does wrap it, say so in a row `value` of
    the type.

    Severity: info unless the response is annotated.

    Silence: `<!-- docextract-disable-next-block wrapped-entity -->`.
    """
    assert violation.type is not None
    return f"one {called(violation.type)} is wrapped in 'value', expected the object itself"


@body_check(Severity.ERROR)
def expected_collection(violation: Violation, conformance: Conformance) -> str:
    """A collection is declared, and something else is shown.

    Code written from the example takes one value, and the service sends an array, or the reverse.

    Bad:  `"tags": "new"` where the row says `String collection`
    Good: `"tags": ["new"]`

    How to fix: See what the service returns: show an array in the example, or take the collection out
    of the row or the annotation.

    Severity: warning where a placeholder stands in place of the array.

    Silence: `<!-- docextract-disable-next-block expected-collection -->`.
    """
    if violation.declared is not None:
        return f"'{violation.name}' is {shown(violation.value)}, expected an array: {violation.expected}"
    wanted = f"{violation.expected} of {_declared(violation, conformance)}"
    if violation.at_key:
        name = violation.pointer.removeprefix("/")
        advice = f'rename the member, or say "collectionProperty": "{name}" in the annotation'
        return f"the items stand under '{name}', expected {wanted}; {advice}"
    return f"the body is {_shape(violation.value)}, expected a collection: {wanted}"


@body_check(Severity.ERROR)
def expected_object(violation: Violation, conformance: Conformance) -> str:
    """A single value is declared, and an array is shown.

    Code written from the example loops over an array, and the service sends one value, or the reverse.

    Bad:  `"manager": [{"id": "1"}]` where the row says `user`
    Good: `"manager": {"id": "1"}`

    How to fix: See what the service returns: show the value without its array, or make the row or the
    annotation a collection.

    Silence: `<!-- docextract-disable-next-block expected-object -->`.
    """
    if violation.declared is not None and violation.declared.type.collection:
        return (
            f"an item of '{violation.name}' is an array, but the row declares a flat collection: {violation.expected}"
        )
    if violation.declared is not None:
        return f"'{violation.name}' is an array, expected a single value: {violation.expected}"
    what = "an item of the collection" if violation.pointer else "the body"
    return f"{what} is an array, expected one object: {_declared(violation, conformance)}"


def _shape(value: JSONValue) -> str:
    return "one object" if isinstance(value, dict) else shown(value)


@check(Resource, Severity.WARNING)
def unknown_base_type(resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """The `baseType` of a resource names a type that no page of the version defines.

    The inherited properties are unknown, so undeclared members cannot be reported.

    Bad:  `"baseType": "microsoft.graph.entty"`
    Good: `"baseType": "microsoft.graph.entity"`

    How to fix: Take the suggested name if it is what was meant; otherwise add the page of the base
    type.

    Severity: info in an extract of a doc set (`explain broken-link`), unless a name is near.

    Silence: `<!-- docextract-disable-next-block unknown-base-type -->`.
    """
    if resource.base is None:
        return
    name, root = resource.base.name, docset.root(resource.path)
    base = docset.registry.find(root, name, namespace=resource.name.rpartition(".")[0])
    span = resource.base.span
    if isinstance(base, Ambiguous):
        text = f"base type {name} is the name of several types: {', '.join(base.names)}"
        yield unknown_base_type.finding(text, span, severity=Severity.INFO, type=resource.name)
    elif base is None or docset.registry.index.is_foreign(root, name):
        unknown = find_unknown(name, resource.path, docset)
        if unknown is not None:
            text = unknown.text.replace("defines the type", "defines the base type")
            severity = None if unknown.severity is Severity.ERROR else unknown.severity
            yield unknown_base_type.finding(text, span, severity=severity, type=resource.name, lowered=unknown.lowered)


@check(Resource, Severity.ERROR)
def base_type_cycle(resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """A type is, over its base types, its own ancestor.

    Nobody can tell what such a type inherits.

    Bad:  user has the base type person, and person the base type user
    Good: person has no base type

    How to fix: Remove `baseType` from the one that is not derived.

    Silence: `<!-- docextract-disable-next-block base-type-cycle -->`.
    """
    path = docset.registry.cycle(docset.root(resource.path), resource.name)
    if path:
        chain = " -> ".join(path)
        where = resource.base.span if resource.base else resource.declared_at
        text = f"the base types of {resource.name} form a cycle: {chain}"
        yield base_type_cycle.finding(text, where, type=resource.name)


@check(Resource, Severity.WARNING)
def page_type_mismatch(resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """A page is named after a type that nothing defines, but declares another.

    Reported where the file has the name of a type that a type cell or a JSON representation names
    and that no page defines, so the page's annotation is the likely slip; and where the title of a
    page with one type is a slip apart from that type's name, or title and file agree on a name that
    nothing defines and another page defines the declared one too.

    Bad:  resources/statusinfo.md with `"@odata.type": "microsoft.graph.status"`, while a row says statusInfo
    Good: `"@odata.type": "microsoft.graph.statusInfo"`

    How to fix: Correct the annotation if it has the slip; otherwise rename the page and its title.

    Silence: `<!-- docextract-disable-next-block page-type-mismatch -->`.
    """
    stem, declared = stem_of(resource.path), resource.name.rpartition(".")[2]
    titled = _titled(resource, stem, docset)
    amiss = stem != declared.casefold() and not _defined(stem, resource, docset)
    named = docset.mention(docset.root(resource.path), stem) if amiss else None
    if titled is None and named is None:
        return
    related = [Related(titled.span, "the title")] if titled else []
    related += [Related(named[1], f"{named[0]} is named here")] if named else []
    text = f"the page is titled '{without_anchor(titled.text)}', but declares {declared}" if titled else ""
    if titled is None and named is not None:
        text = f"the file has the name of {named[0]}, which no page defines, but declares {declared}"
    yield page_type_mismatch.finding(text, resource.declared_at, related=tuple(related), type=resource.name)


def _titled(resource: Resource, stem: str, docset: DocSet) -> Heading | None:
    """Return the title of a resource's page if it names, in place of the declared type, what nothing defines."""
    title = docset.page(resource.path).headings[:1]
    if not title or len(docset.definitions(resource.path).resources) > 1:
        return None
    name, declared = titled_name(title[0]), resource.name.rpartition(".")[2]
    if name.casefold() == declared.casefold() or _defined(name, resource, docset):
        return None
    defining = docset.catalogue.index.types[docset.root(resource.path), resource.name.casefold()]
    copied = name.casefold() == stem and len(set(defining)) > 1
    return title[0] if copied or nearest(name, [declared]) else None


def _defined(name: str, resource: Resource, docset: DocSet) -> bool:
    root = docset.root(resource.path)
    return bool(docset.registry.find(root, name) or docset.registry.enum(root, name))
