"""`docextract schema`: the types of a doc set as one bundle of JSON Schema, on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from docextract.cli.arguments import selections
from docextract.cli.completion import files
from docextract.cli.exit import CLEAN, Unusable
from docextract.extraction.bundle import Definitions, bundle
from docextract.extraction.fixtures import fixtures
from docextract.extraction.schema_name import scope_of
from docextract.renderers.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.contract.registry import Type
    from docextract.project.docset import DocSet, Selection


@click.command()
@click.argument("paths", nargs=-1, shell_complete=files)
@click.option(
    "--type",
    "names",
    multiple=True,
    metavar="TYPE",
    help="Only this type, by its full name or the last part of it, with those that it refers to. Repeatable.",
)
def schema(paths: tuple[str, ...], names: tuple[str, ...]) -> int:
    """Print the types of the tables in PATHS and of the examples there as one bundle of JSON Schema."""
    selected = selections(paths)
    definitions = Definitions()
    if names:
        _add_named(definitions, selected, names)
    else:
        _add_all(definitions, selected)
    click.echo(json_text(bundle(definitions.found), indent=2))
    return CLEAN


def _add_all(definitions: Definitions, selected: Sequence[Selection]) -> None:
    for fixture in fixtures(selected):
        definitions.add_body(fixture)
    for docset, scope, paths in _doc_sets(selected):
        for path in paths:
            for resource in docset.definitions(path).resources:
                type_ = docset.registry.type(docset.root(path), resource.name)
                if type_ is not None:
                    definitions.add_type(docset, scope, type_)


def _add_named(definitions: Definitions, selected: Sequence[Selection], names: Sequence[str]) -> None:
    """Add the types of these names. Raises Unusable for a name that no type has, or that several have."""
    for name in names:
        found = [(docset, scope, one) for docset, scope, _ in _doc_sets(selected) for one in _named(docset, name)]
        if not found:
            raise Unusable(f"no page defines a type '{name}'")
        for docset, scope, type_ in found:
            definitions.add_type(docset, scope, type_)


def _named(docset: DocSet, name: str) -> Iterator[Type]:
    for root in docset.registry.index.type_names:
        type_ = docset.registry.type(root, name)
        if type_ is not None:
            yield type_


def _doc_sets(selected: Sequence[Selection]) -> Iterator[tuple[DocSet, str, list[str]]]:
    """Yield each doc set, what tells it from the others, and its selected pages in order."""
    for selection in selected:
        scope = scope_of(selection.docset) if len(selected) > 1 else ""
        yield selection.docset, scope, sorted(selection.paths)
