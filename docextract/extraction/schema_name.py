"""The names of schemas in their bundle: of types, of lists of them, of a page's own table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.contract.envelope import Envelope, is_envelope, other_items
from docextract.contract.naming import Kind

if TYPE_CHECKING:
    from docextract.contract.registry import Type
    from docextract.extraction.fixture import Fixture
    from docextract.project.docset import DocSet

#: The member that holds the items of a list unless something else is said (OData JSON Format 4.01, section 12).
VALUE = "value"


def scope_of(docset: DocSet) -> str:
    """Return what tells a doc set from others of a run: the folder of its project."""
    return docset.pages.base


def type_name(docset: DocSet, scope: str, type_: Type) -> str:
    """Return the name of the schema of a type that pages define: its own, after its version if there are several."""
    root = docset.pages.in_project(type_.root) if type_.root else ""
    return ":".join(part for part in (scope, root, type_.name) if part)


def own_name(fixture: Fixture) -> str:
    """Return the name of the schema of what the table of a fixture's own page declares."""
    page = fixture.docset.pages.id(fixture.page)
    return ":".join(part for part in (fixture.scope, "page", page) if part)


def names_of_types(fixture: Fixture) -> tuple[str, ...]:
    """Return the names of the schemas of the types that the body of a fixture's response may have."""
    known = fixture.resolution
    if known is None or known.kind not in (Kind.TYPE, Kind.OWN_TABLE):
        return ()
    if known.kind is Kind.OWN_TABLE:
        return (own_name(fixture),)
    return tuple(type_name(fixture.docset, fixture.scope, one) for one in known.types)


def body_name(fixture: Fixture) -> str | None:
    """Return the name of the schema of the body of a fixture's response; None if nothing describes it."""
    names = names_of_types(fixture)
    if not names:
        return None
    one, member = ",".join(names), list_member(fixture)
    if member is None:
        return one
    return f"Collection({one})" if member == VALUE else f"Collection({one}).{member}"


def list_member(fixture: Fixture) -> str | None:
    """Return the member that holds the items of a list; None if the body is one object.

    An annotation that names a type and no collection means one object, whatever the body shows.
    """
    known, response = fixture.resolution, fixture.exchange.response
    if known is None or response is None:
        return None
    body = fixture.response.body if fixture.response else None
    if not known.collection:
        inner = body[VALUE] if is_envelope(body) else None
        envelope = Envelope(fixture.exchange, response, known, fixture.docset.registry)
        return VALUE if isinstance(inner, list) and not known.annotated and envelope.wraps(inner) else None
    key = response.annotation.values.get("collectionProperty") if response.annotation else None
    if isinstance(key, str) and key:
        return key
    other = other_items(body, known.types) if isinstance(body, dict) and VALUE not in body else None
    held = known.annotated and fixture.docset.registry.wraps_in_value
    return other[0] if other is not None and not held else VALUE
