"""Checks of the properties table against the JSON representation of the same page."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from docextract.checks.base import called, check, shown
from docextract.checks.correction import renamed
from docextract.checks.tables import lost_names
from docextract.contract.envelope import members, objects, own_type
from docextract.contract.registry import Ambiguous, EnumType, Type
from docextract.findings import Fix, Related, Safety, Severity
from docextract.markdown.zone import apart
from docextract.reading.member import is_control, is_extension
from docextract.reading.resource import Resource
from docextract.reading.sample import Sample, read_sample
from docextract.text.json_values import escape
from docextract.text.spelling import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.findings import Finding
    from docextract.project.docset import DocSet
    from docextract.reading.http_message import Body
    from docextract.reading.property import Property, Unnamed
    from docextract.text.json_values import JSONValue

#: So many names are listed in a message.
_LISTED = 8


def _comparable(resource: Resource) -> Body | None:
    """Give the JSON representation if there are two sides to compare: a table, and an object that could be read.

    A table that shares no name with it is of something else. Case may differ, but for a translation, where
    "Name" may be a word.
    """
    names, others = {declared.name for declared in resource.properties}, resource.represented
    same = str if resource.translated else str.casefold
    # Hardly ever do all of them differ in case.
    if names.isdisjoint(others) and set(map(same, names)).isdisjoint(map(same, others)):
        return None
    return _whole(resource)


def _whole(resource: Resource) -> Body | None:
    """Return the JSON representation if it is an object that could be read and shows all of it."""
    body = resource.representation
    if body is None or not resource.represented:
        return None
    reading = body.reading
    return body if reading.readable and not reading.damaged("") and not reading.elided else None


def _compared(resource: Resource) -> Iterator[Property]:
    """Yield the rows that stand beside the JSON representation, and not in another zone."""
    return (declared for declared in resource.properties if not apart(declared.zones, resource.zones))


@check(Resource, Severity.WARNING)
def property_name(resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """A row of a properties table names no member: its first cell holds a translated word, a phrase or nothing.

    Readers cannot use such a name, and no other check can find the row. Where the JSON representation
    has members that no row declares, they are named: one of them is meant.

    Bad:  a row `|说明|String|...|` and `{"description": "string"}`
    Good: `|description|String|...|`

    How to fix: Write the name as the service spells it into the first cell; a translation belongs into
    the description.

    Silence: `<!-- docextract-disable-next-block property-name -->` above the table, for a comment inside ends it.
    """
    rows = [row for row in resource.unnamed if not apart(row.zones, resource.zones)]
    left = _left(resource, docset) if rows else []
    meant = _meant(rows, left, resource) if rows else {}
    place = (Related(resource.shown_at, "the JSON representation"),) if resource.shown_at else ()
    for row in rows:
        what = f"{_in_words(row.text)} names no member" if row.text else "a row without a name"
        others = [f"'{other.text}'" for other in rows if other is not row and row not in meant]
        beside = f", nor {'do' if len(others) > 1 else 'does'} {_listed(others)}" if others else ""
        names = [meant[row]] if row in meant else left
        has = f"; the JSON representation has {_listed([repr(name) for name in names])}, which no row declares"
        advice = has if names else "; expected a name such as 'displayName'"
        member = meant.get(row)
        yield property_name.finding(
            what + beside + advice, row.row, related=place, type=resource.name, property=member or row.text or None
        )


def _in_words(name: str) -> str:
    """Return what is in a cell for a name, in quotes, with the characters that nobody sees."""
    unseen = sorted({f"U+{ord(char):04X}" for char in name if unicodedata.category(char) == "Cf"})
    seen = "".join(char for char in name if unicodedata.category(char) != "Cf")
    return f"'{seen}' with the invisible {', '.join(unseen)}" if unseen else f"'{name}'"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


def _left(resource: Resource, docset: DocSet) -> list[str]:
    """Return the members of the JSON representation that no row names, here or in a base type."""
    if _whole(resource) is None:
        return []
    type_ = docset.registry.type(docset.root(resource.path), resource.name)
    names = resource.unlisted(type_.properties if type_ else ())
    return [name for name in names if not is_control(name) and not is_extension(name)]


def _meant(rows: list[Unnamed], left: list[str], resource: Resource) -> dict[Unnamed, str]:
    """Return the members that rows without a name stand for, where there is one of each or the order tells."""
    if len(rows) == len(left) == 1:
        return {rows[0]: left[0]}
    declared = {item.name for item in resource.properties} - {row.text for row in rows}
    missing, after, last = set(left), [], ""
    for name in resource.represented:
        if name in missing:
            after.append(last)
        last = name if name in declared else last
    shown = dict.fromkeys(name for name in resource.represented if name in declared)
    listed = dict.fromkeys(item.name for item in resource.properties if item.name in shown)
    in_order = list(shown) == list(listed) and after == [row.after for row in rows]
    return dict(zip(rows, left, strict=True)) if in_order else {}


@check(Resource, Severity.WARNING)
def representation_missing(resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """A property of the table is not in the JSON representation of the same page.

    Left alone are relationships, instance annotations and names that the representation shows with a
    slip (these are `representation-undeclared`).

    Bad:  a row `|size|Int32|...|` and `{"id": "string"}`
    Good: `{"id": "string", "size": 1024}`

    How to fix: Add the member to the JSON representation. If the property no longer exists, remove its
    row.

    Severity: info where more than half of the properties are missing: it is then a sample and no
    representation.

    Silence: `<!-- docextract-disable-next-block representation-missing -->` above the table.
    """
    if not _comparable(resource):
        return
    places = () if resource.shown_at is None else (Related(resource.shown_at, "the JSON representation"),)
    odd = {row.row for row in resource.unnamed}
    declared = {item.name: item for item in _compared(resource) if _is_to_be_shown(item) and item.row not in odd}
    if declared.keys() <= resource.represented.keys():
        return
    names = Names(declared)
    shown_names = {name.casefold() for name in resource.represented}
    slips = {near for name in resource.represented if (near := _slip(name, names, resource))}
    missing = [item for name, item in declared.items() if name.casefold() not in shown_names and name not in slips]
    severity = Severity.INFO if len(missing) * 2 > len(declared) else None
    for item in missing:
        text = f"'{item.name}' is in the properties table of {resource.name}, but not in its JSON representation"
        yield representation_missing.finding(
            text, item.row, severity=severity, related=places, type=resource.name, property=item.name
        )


def _is_to_be_shown(declared: Property) -> bool:
    return bool(declared.type.text) and not declared.navigation and not is_control(declared.name)


def _slip(name: str, declared: Names, resource: Resource) -> str | None:
    """Return the declared name that a member of the representation nearly has, and that it does not show itself."""
    if name in declared or is_control(name):
        return None
    near = declared.nearest(name)
    return near if near not in resource.represented else None


@check(Resource, Severity.WARNING, fixes=Safety.UNSAFE)
def representation_undeclared(resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """A member of the JSON representation is in no table of the type or its base types.

    Objects inside it are held against the tables of their own types. Where a base type is not found
    and the table does not repeat what it inherits, only slips of the keyboard are reported.

    Bad:  `{"id": "string", "sise": 1024}` and a row `|size|Int32|...|`
    Good: the same name in both

    How to fix: Add a row for the member. If it is misspelt or no longer exists, correct or remove it in
    the JSON.

    Silence: `<!-- docextract-disable-next-block representation-undeclared -->`.
    """
    body = _comparable(resource)
    type_ = docset.registry.type(docset.root(resource.path), resource.name)
    if body is None or type_ is None:
        return
    odd = {row.text for row in resource.unnamed}
    undeclared = [name for name in resource.represented if not is_control(name) and name not in type_.properties]
    # A row that is parted from its table is told there.
    lost = lost_names(docset.page(resource.path)) if undeclared else set()
    for name in undeclared:
        if is_extension(name) or name in lost:
            continue
        near = type_.by_case.get(name.casefold()) or _slip(name, type_.names, resource)
        # A row that names no member may stand for it: that is told there.
        renamed = resource.may_be_renamed and isinstance(resource.represented[name], dict | list)
        if near in odd or ((odd or renamed) and not near):
            continue
        listed = type_.complete or type_.enumerated
        if near or (listed and name != _key(resource)):
            yield _undeclared(resource, body, name, type_, near or type_.names.nearest(name))
    for pointer, inner, name in _undeclared_inside(resource, docset):
        where = body.span(pointer, of_key=True)
        text = f"'{name}' inside the JSON representation is in no table of {called(inner)}"
        related = (Related(inner.headers[0], f"the properties table of {called(inner)}"),)
        yield representation_undeclared.finding(
            text, where, related=related, pointer=pointer, type=inner.name, property=name
        )


def _undeclared(resource: Resource, body: Body, name: str, type_: Type, near: str | None) -> Finding:
    pointer = "/" + escape(name)
    place = Related(resource.header, "the properties table")
    if near is not None:
        place = Related(type_.properties[near].row, f"the row of '{near}'")
    if near is not None and near.casefold() == name.casefold():
        what = f"differs in case from '{near}' in the table"
    else:
        what = f"is in no table of {resource.name}" + (f"; did you mean '{near}'?" if near else "")
    edit = renamed(body, pointer, name, near, type_.names) if near else None
    return representation_undeclared.finding(
        f"'{name}' of the JSON representation {what}",
        body.span(pointer, of_key=True),
        related=(place,),
        pointer=pointer,
        type=resource.name,
        property=name,
        fix=Fix((edit,), safe=False) if edit else None,
    )


def _undeclared_inside(resource: Resource, docset: DocSet) -> Iterator[tuple[str, Type, str]]:
    """Yield the members of objects inside a JSON representation that no table declares: pointer, type, name."""
    registry = docset.registry
    for pointer, item, declared in _objects_inside(resource, docset):
        own = own_type(item)
        type_ = registry.type(docset.root(resource.path), own) if own else declared
        if type_ is None or not type_.enumerated:
            continue
        names = [name for name in members(item) if name not in type_.properties and not is_extension(name)]
        if names and registry.derived_with(type_, names) is None:
            yield from ((f"{pointer}/{escape(name)}", type_, name) for name in names if name not in type_.represented)


def _objects_inside(resource: Resource, docset: DocSet) -> Iterator[tuple[str, dict[str, JSONValue], Type]]:
    """Yield the objects in the members of a JSON representation with the type that their row declares."""
    for declared in resource.properties:
        value = resource.represented.get(declared.name)
        if not isinstance(value, dict | list) or declared.type.primitive:
            continue
        meaning = docset.registry.meaning(declared.type, resource.path)
        if isinstance(meaning, Type):
            yield from ((where, item, meaning) for where, item in objects(value, "/" + escape(declared.name)))


def _key(resource: Resource) -> str | None:
    return resource.key.name if resource.key else None


@check(Resource, Severity.WARNING)
def representation_type(resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """The JSON representation shows another type than the property's row says.

    Compared are text, number, Boolean, object and collection, and types that are named on both
    sides and unrelated. A plain "String" for a date or GUID is fine.

    Bad:  a row `|tags|String|...|` and `{"tags": ["string"]}`
    Good: a row `|tags|String collection|...|`

    How to fix: See what the service returns, then correct the row or the JSON representation.

    Silence: `<!-- docextract-disable-next-block representation-type -->` above the table.
    """
    body = _comparable(resource)
    if body is None:
        return
    for declared in _compared(resource):
        if declared.name not in resource.represented:
            continue
        value, pointer = resource.represented[declared.name], "/" + escape(declared.name)
        if _disagrees(declared, value, resource, docset) and not body.reading.damaged(pointer):
            sample = f"JSON representation shows {_words(value)}"
            text = f"the row of '{declared.name}' says {declared.type.text}, its {sample}"
            related = (Related(body.span(pointer), f"the {sample}"),)
            yield representation_type.finding(
                text, declared.row, related=related, type=resource.name, property=declared.name
            )


def _words(value: JSONValue) -> str:
    if isinstance(value, list):
        return f"an array of {_words(value[0])}" if value else "an array"
    if isinstance(value, dict) and isinstance(value.get("@odata.type"), str):
        return f"an object {value['@odata.type']}"
    return shown(value)


def _names(declared: Property, value: JSONValue) -> bool:
    """Say whether a sample is the name of the declared type, given as a text."""
    text = value[0] if isinstance(value, list) and value else value
    short = declared.type.name.rpartition(".")[2].casefold()
    return isinstance(text, str) and text.rpartition(".")[2].casefold() == short


def _disagrees(declared: Property, value: JSONValue, resource: Resource, docset: DocSet) -> bool:
    ref, sample = declared.type, read_sample(value)
    if not ref.known or ref.alternatives or sample.anything:
        return False
    meaning = None if ref.primitive else docset.registry.meaning(ref, resource.path)
    kind = _kind(declared, meaning)
    if sample.collection != ref.collection:
        # Where the cell says one, a word for many may have been missed in it, unless what it names is known.
        return ref.collection or kind is not None or ref.names_its_page
    if kind is None:
        return False
    if sample.nested and ref.primitive and ref.primitive.kind:
        return True
    if (sample.kind is None and sample.name is None) or _names(declared, value):
        return False
    if sample.name and isinstance(meaning, EnumType):
        return sample.name.rpartition(".")[2].casefold() != meaning.name.casefold()
    if kind == "object" and isinstance(meaning, Type):
        return _other_type(meaning, sample, resource, docset)
    return _shown_kind(sample, resource, docset) not in (kind, None)


def _shown_kind(sample: Sample, resource: Resource, docset: DocSet) -> str | None:
    """Return the kind of what a sample shows: one that names an enum is text, one that names nothing known unclear."""
    if sample.name is None:
        return sample.kind
    root = docset.root(resource.path)
    if docset.registry.enum(root, sample.name):
        return "text"
    return sample.kind if isinstance(docset.registry.find(root, sample.name), Type) else None


def _kind(declared: Property, meaning: object) -> str | None:
    if declared.type.primitive:
        return declared.type.primitive.kind
    if isinstance(meaning, EnumType):
        return "text"
    if meaning is None or isinstance(meaning, Ambiguous):
        return None
    return "object"


def _other_type(meaning: Type, sample: Sample, resource: Resource, docset: DocSet) -> bool:
    if sample.name is None:
        return sample.kind not in ("object", "name", None)
    registry = docset.registry
    named = registry.find(docset.root(resource.path), sample.name, namespace=registry.namespace)
    if not isinstance(named, Type) or named.short == meaning.short:
        return False
    known = named.complete and meaning.complete
    return known and not (named.derives_from(meaning) or meaning.derives_from(named))


@check(Resource, Severity.WARNING)
def annotation_property(resource: Resource, docset: DocSet) -> Iterator[Finding]:
    """`optionalProperties` or `keyProperty` of a resource names a property that nothing declares.

    Such a name says nothing of the property that is meant. In a translation that translates names in its
    tables, only names that are nearly declared are reported.

    Bad:  `"keyProperty": "ids"`, where the table lists `id`
    Good: `"keyProperty": "id"`

    How to fix: Take the suggested name, or remove the one that no longer exists.

    Severity: info for `keyProperty`: generators write `"keyProperty": "id"` for every type.

    Silence: `<!-- docextract-disable-next-block annotation-property -->`.
    """
    type_ = docset.registry.type(docset.root(resource.path), resource.name)
    if type_ is None or not type_.own or not type_.complete:
        return
    renamed, known = resource.may_be_renamed or bool(resource.unnamed), None
    key = {resource.key.name: resource.key.place} if resource.key else {}
    for kind, named in (("keyProperty", key), ("optionalProperties", dict(sorted(resource.optional.items())))):
        for name, place in named.items():
            if not name or name in type_.properties or name in resource.represented or is_control(name):
                continue
            known = known or Names((*type_.properties, *resource.represented))
            if (near := known.nearest(name)) or not renamed:
                advice = f"; did you mean '{near}'?" if near else ""
                severity = Severity.INFO if kind == "keyProperty" else None
                text = f"{kind} names '{name}', which {resource.name} does not declare{advice}"
                yield annotation_property.finding(text, place(), severity=severity, type=resource.name, property=name)
