"""`docextract why PAGE:LINE`: how a block was read, in words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docextract.checks.base import called
from docextract.cli.arguments import selections
from docextract.cli.exit import CLEAN, Unusable
from docextract.contract.resolution import Kind, Resolution
from docextract.findings import sort_key
from docextract.project.load import restrict
from docextract.project.pages import shown
from docextract.verdict.linter import Linter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.contract.registry import Type
    from docextract.markdown.page import CodeBlock, Page, Table
    from docextract.project.docset import DocSet
    from docextract.reading.exchange import Exchange, Message
    from docextract.reading.resource import Resource


@click.command()
@click.argument("place", metavar="PAGE:LINE")
def why(place: str) -> int:
    """Explain how the block at PAGE:LINE was read: its partner, its type and its source, what was skipped."""
    page, _, line = place.rpartition(":")
    if not page or not line.isdecimal():
        raise Unusable(f"expected PAGE:LINE, found {place!r}")
    chosen = restrict(selections([page]), shown(Path(os.path.abspath(page))))
    if chosen is None:
        raise Unusable(f"{page} is excluded or not a page")
    selection, path = chosen
    for text in _told(selection.docset, path, int(line)):
        click.echo(text)
    return CLEAN


def _told(docset: DocSet, path: str, line: int) -> Iterator[str]:
    """Yield the answer, line by line, for the block, table or heading at a line of a page."""
    page = docset.page(path)
    block = next((b for b in page.blocks if _first_line(b) <= line <= b.end_line), None)
    table = next((t for t in page.tables if t.line <= line <= t.end_line), None)
    if block is not None:
        yield from _block(docset, page, block)
    elif table is not None:
        yield from _table(docset, page, table)
    else:
        heading = page.heading_before(line)
        where = f", below the heading '{heading.text}'" if heading else ""
        yield f"{path}:{line} is neither in a code block nor in a table{where}: nothing is checked there"
    here = [f for f in Linter(docset).check_page(path).findings if _covers(block, table, f.span.line, line)]
    yield f"findings here: {len(here)}"
    for finding in sorted(here, key=sort_key):
        yield f"  {finding.span.line}:{finding.span.column} {finding.severity}[{finding.check}] {finding.message}"


def _first_line(block: CodeBlock) -> int:
    return block.annotation.comment.span.line if block.annotation else block.fence.line


def _covers(block: CodeBlock | None, table: Table | None, place: int, line: int) -> bool:
    """Whether a place, a line of the page, is in the block or table, or, without either, at the line itself."""
    if block is not None:
        return _first_line(block) <= place <= block.end_line
    return table.line <= place <= table.end_line if table is not None else place == line


def _block(docset: DocSet, page: Page, block: CodeBlock) -> Iterator[str]:
    kind = f"annotated as {block.block_type}" if block.block_type else "without annotation"
    yield f"{page.path}:{block.fence.line} is a code block '{block.info}', {kind}"
    for resource in docset.definitions(page.path).resources:
        if resource.shown_at == block.fence:
            yield from _resource(docset, resource)
            return
    read = docset.exchanges(page.path)
    uses = [(e, m) for e in read.exchanges for m in (e.request, e.response) if m and m.block is block]
    if not uses:
        templates = [t for t in read.operation.templates if block.fence.line <= t.start_line.line <= block.end_line]
        if templates:
            yield f"it holds {_count(len(templates), 'path template')} of the operation: no exchange"
        else:
            yield "it is neither an HTTP message nor a resource, so nothing in it is checked"
        return
    for exchange, message in uses:
        yield from _message(docset, exchange, message)


def _message(docset: DocSet, exchange: Exchange, message: Message) -> Iterator[str]:
    side, other = ("response", exchange.request) if message.is_response else ("request", exchange.response)
    yield f"it is the {side} of the exchange {exchange.id}"
    yield f"its partner is at line {other.span.line}" if other else "it has no partner on the page"
    if message.ignored:
        yield "its annotation says to ignore it, so it is neither checked nor extracted"
        return
    if message.http.body is None:
        yield "it has no body"
        return
    if message.http.json is None:
        yield f"its body is not JSON (Content-Type {message.http.media_type or 'absent'}), so it is not checked"
        return
    if message.http.json.defects:
        count = _count(len(message.http.json.defects), "defect")
        yield f"its JSON has {count}; the recovered value is checked where it is not damaged"
    conformance = Linter(docset).conformance(exchange, message)
    yield from _resolution(docset, conformance.resolution)
    if message.truncated:
        yield "it may be truncated, so missing properties are not reported"


def _resolution(docset: DocSet, resolution: Resolution) -> Iterator[str]:
    shape = {True: "a collection of ", False: "a single ", None: ""}[resolution.collection]
    if resolution.kind in (Kind.TYPE, Kind.OWN_TABLE):
        names = " or ".join(type_.name for type_ in resolution.types if type_.name)
        source = resolution.source.words if resolution.source else ""
        yield f"its type is {shape}{names or resolution.kind.words}: {source}"
        for type_ in resolution.types:
            yield from _type(type_)
    else:
        name = f"{resolution.name} is " if resolution.name else "its type is "
        yield name + resolution.kind.words
    if resolution.candidates:
        yield f"candidates: {', '.join(resolution.candidates)}"


def _type(type_: Type) -> Iterator[str]:
    for part in type_.chain:
        pages = ", ".join(definition.path for definition in part.definitions) or "the page's own table"
        count = _count(len(part.own), "property", "properties")
        yield f"  {part.name or called(part)} is defined by {pages} with {count}"
    if type_.open:
        yield "  it is an open type: undeclared members are allowed"
    elif not type_.complete:
        yield "  a base type was not found, so undeclared members are not reported"
    elif not type_.own:
        yield "  it has no properties table, so undeclared members are not reported"


def _resource(docset: DocSet, resource: Resource) -> Iterator[str]:
    yield f"it is the JSON representation of {resource.name}"
    for table in resource.tables:
        yield f"its properties table is at line {table.line}"
    type_ = docset.registry.type(docset.root(resource.path), resource.name)
    if type_ is not None:
        yield from _type(type_)


def _table(docset: DocSet, page: Page, table: Table) -> Iterator[str]:
    yield f"{page.path}:{table.line} is a table with the columns {', '.join(table.columns)}"
    for resource in docset.definitions(page.path).resources:
        if table in resource.tables:
            yield f"it declares properties of {resource.name}"
            return
    for enum in docset.definitions(page.path).enums:
        if enum.span.line == table.line:
            yield f"it lists the members of the enum {enum.name}"
            return
    lines = {declared.header.line for declared in docset.exchanges(page.path).operation.parameters}
    yield "it declares members of the request body" if table.line in lines else "it declares no properties"


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"
