"""The properties table of an operation's own page, as the contract of its bodies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.contract.envelope import is_envelope
from docextract.contract.naming import Kind, Resolution, Source
from docextract.contract.registry import Type, TypeRegistry
from docextract.reading.path_template import fits, plain_path

if TYPE_CHECKING:
    from docextract.reading.exchange import Exchange, Message
    from docextract.reading.property import Property


def is_bare(message: Message) -> bool:
    """Whether a body is an object or array without the `value` envelope."""
    reading = message.http.json
    return reading is not None and isinstance(reading.value, dict | list) and not is_envelope(reading.value)


def leads_elsewhere(exchange: Exchange, message: Message) -> bool:
    """Whether a request goes to another resource than the one that the page's own table describes.

    Its URL fits no path template, or ends in the name of a property, and its body shows no member of the table.
    """
    operation, url = exchange.operation, message.url or ""
    names = {declared.name for declared in operation.parameters}
    reading = message.http.json
    shown = reading.value if reading is not None and isinstance(reading.value, dict) else {}
    if not (operation.templates and names and shown) or any(name in names for name in shown):
        return False
    return _named_property(exchange) is not None or not any(fits(url, one.url or "") for one in operation.templates)


def _named_property(exchange: Exchange) -> Property | None:
    """Return the property of the page's own table whose name the URL of the request ends in."""
    url = exchange.request.url if exchange.request else None
    last = plain_path(url or "").rstrip("/").rpartition("/")[2].casefold()
    return next((declared for declared in exchange.operation.parameters if declared.name.casefold() == last), None)


def of_property(exchange: Exchange, resolution: Resolution, registry: TypeRegistry) -> Resolution:
    """Take the type of the property that a URL ends in, where nothing else tells the type of the body."""
    declared = _named_property(exchange)
    if resolution.kind is not Kind.UNRESOLVED or declared is None or not declared.type.name:
        return resolution
    meaning = registry.meaning(declared.type, exchange.path)
    if not isinstance(meaning, Type):
        return resolution
    return Resolution(Kind.TYPE, (meaning,), None, Source.OWN_TABLE, meaning.name or "", lambda: declared.row)


def own_table(exchange: Exchange, resolution: Resolution, registry: TypeRegistry) -> Resolution:
    """Take the page's own properties table as the contract of a type that no page defines."""
    if resolution.kind is Kind.UNRESOLVED and not resolution.name:
        return resolution
    contract = _contract(exchange, resolution, registry)
    return replace(resolution, kind=Kind.OWN_TABLE, types=(contract,))


def _contract(exchange: Exchange, resolution: Resolution, registry: TypeRegistry) -> Type:
    """Make a type of the page's own table; it has the name that the page gives it, if any."""
    own = {declared.name: declared for declared in exchange.operation.parameters}
    header = next(iter(own.values())).header
    name = resolution.name.lstrip("#") or None
    named = exchange.operation.all_named
    return Type(name, registry.index.root(exchange.path), own, headers=(header,), all_named=named)


def with_own_table(exchange: Exchange, resolution: Resolution, registry: TypeRegistry) -> Resolution:
    """Take the page's own table and the type's together, for a request."""
    if not exchange.operation.parameters or resolution.kind in (Kind.AMBIGUOUS, Kind.PRIMITIVE):
        return resolution
    contract = _contract(exchange, resolution, registry)
    if resolution.kind is not Kind.TYPE:
        source = resolution.source or Source.OWN_TABLE
        return replace(resolution, kind=Kind.OWN_TABLE, types=(contract,), source=source)
    combined = tuple(
        Type(
            base.name,
            contract.root,
            contract.own,
            base,
            base.complete,
            base.open,
            headers=(*contract.headers, *base.headers),
            all_named=contract.all_named,
        )
        for base in resolution.types
    )
    return replace(resolution, types=combined)
