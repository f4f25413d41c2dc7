"""The schemas of the types of fixtures as one bundle of JSON Schema 2020-12."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from docextract.contract.naming import Kind
from docextract.contract.schema import Schemas
from docextract.extraction.definition import Around, definition, envelope, ref
from docextract.extraction.schema_name import body_name, list_member, names_of_types, own_name, type_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docextract.contract.registry import Type
    from docextract.extraction.definition import JSONSchema
    from docextract.extraction.fixture import Fixture
    from docextract.project.docset import DocSet

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def bundle(definitions: Mapping[str, JSONSchema]) -> JSONSchema:
    """Return the bundle of definitions, in the order of their names."""
    return {"$schema": _DIALECT, "$defs": dict(sorted(definitions.items()))}


class Definitions:
    """Gathers the definitions of types, with those of all types that they refer to, by name."""

    def __init__(self) -> None:
        self.found: dict[str, JSONSchema] = {}
        self._docset: DocSet | None = None
        self._schemas: Schemas | None = None

    def add_body(self, fixture: Fixture) -> None:
        """Add what the body of a fixture's response is held against."""
        self._turn_to(fixture.docset)
        name, known = body_name(fixture), fixture.resolution
        if name is None or known is None or name in self.found:
            return
        if known.kind is Kind.OWN_TABLE:
            self._add(fixture.docset, fixture.scope, own_name(fixture), known.types[0])
        else:
            for type_ in known.types:
                self.add_type(fixture.docset, fixture.scope, type_)
        names, member = names_of_types(fixture), list_member(fixture)
        if len(names) > 1:
            self.found[",".join(names)] = {"anyOf": [{"$ref": ref(one)} for one in names]}
        if member is not None:
            self.found[name] = envelope(",".join(names), member)

    def add_type(self, docset: DocSet, scope: str, type_: Type) -> None:
        """Add a type that pages define."""
        self._add(docset, scope, type_name(docset, scope, type_), type_)

    def _turn_to(self, docset: DocSet) -> None:
        """Let go of another doc set, whose types then need not stay in memory."""
        before = self._docset
        if before is docset:
            return
        self._docset, self._schemas = docset, None
        if before is not None and before.catalogue is docset.catalogue:
            # That of another root. A doc set and its answers know each other.
            del before
            gc.collect()

    def _add(self, docset: DocSet, scope: str, name: str, type_: Type) -> None:
        self._turn_to(docset)
        schemas = self._schemas = self._schemas or Schemas(docset.registry)
        pending = {name: type_}

        def key(other: Type) -> str:
            own = name if other is type_ else type_name(docset, scope, other)
            if own not in self.found:
                pending.setdefault(own, other)
            return own

        while pending:
            own, next_type = pending.popitem()
            if own not in self.found:
                self.found[own] = {}
                around = Around(docset.registry.heirs(next_type), docset.config.allowed(next_type.name or ""))
                self.found[own] = definition(next_type, around, schemas, key)
