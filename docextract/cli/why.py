"""`docextract why PAGE:LINE`: how a block was read, in words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docextract.checks.base import called
from docextract.cli.arguments import selections
from docextract.cli.exit import CLEAN, Unusable
from docextract.contract.resolution import Kind, Resolution, shows_several
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
    """Say how the block at PAGE:LINE was read: its partner, its type, how that was known, what was skipped."""
    page, _, line = place.rpartition(":")
    if not page or not line.isdecimal():
        raise Unusable(f"expected PAGE:LINE, found {place!r}")
    found = restrict(selections([page]), shown(Path(os.path.abspath(page))))
    if found is None:
        raise Unusable(f"{page} is excluded or no page")
    selection, path = found
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


def _covers(block: CodeBlock | None, table: Table | None, found: int, line: int) -> bool:
    if block is not None:
        return _first_line(block) <= found <= block.end_line
    return table.line <= found <= table.end_line if table is not None else found == line


def _block(docset: DocSet, page: Page, block: CodeBlock) -> Iterator[str]:
    kind = f"annotated as {block.block_type}" if block.block_type else "without annotation"
    yield f"{page.path}:{block.fence.line} is a code block '{block.info}', {kind}"
    for resource in docset.definitions(page.path).resources:
        if resource.shown_at == block.fence:
            yield from _resource(docset, resource)
            return
    read = docset.exchanges(page.path)
    found = [(e, m) for e in read.exchanges for m in (e.request, e.response) if m and m.block is block]
    if not found:
        templates = [t for t in read.operation.templates if block.fence.line <= t.start_line.line <= block.end_line]
        if templates:
            yield f"it holds {len(templates)} path templates of the operation, which are no exchanges"
        else:
            yield "it is no HTTP message and no resource, so nothing in it is checked"
        return
    for exchange, message in found:
        yield from _message(docset, exchange, message)


def _message(docset: DocSet, exchange: Exchange, message: Message) -> Iterator[str]:
    side, other = ("response", exchange.request) if message.is_response else ("request", exchange.response)
    yield f"it is the {side} of the exchange {exchange.id}"
    yield f"its partner stands at line {other.span.line}" if other else "it has no partner on the page"
    if message.ignored:
        yield "its annotation ignores it: it is not checked, and exported only with its partner"
        return
    if message.http.body is None:
        yield "it has no body"
        return
    if message.http.json is None:
        yield f"its body is not JSON (Content-Type {message.http.media_type or 'absent'}), so it is not checked"
        return
    if message.http.json.defects:
        count = len(message.http.json.defects)
        yield f"its JSON has {count} defects; the recovered value is checked where it is not damaged"
    conformance = Linter(docset).conformance(exchange, message)
    yield from _resolution(message, conformance.resolution)
    if message.truncated:
        yield "it may be truncated, so nothing is missed in it"


def _resolution(message: Message, found: Resolution) -> Iterator[str]:
    shape = "a collection of " if shows_several(message, found) else "one "
    if found.kind in (Kind.TYPE, Kind.OWN_TABLE):
        names = " or ".join(one.name for one in found.types if one.name)
        yield f"its type is {shape}{names or found.kind.words}: {found.source.words if found.source else ''}"
        for one in found.types:
            yield from _type(one)
    else:
        name = f"{found.name} is " if found.name else "its type is "
        yield name + found.kind.words
    if found.candidates:
        yield f"candidates: {', '.join(found.candidates)}"


def _type(one: Type) -> Iterator[str]:
    for part in one.chain:
        pages = ", ".join(definition.path for definition in part.definitions) or "the page's own table"
        yield f"  {part.name or called(part)} is defined by {pages} with {len(part.own)} properties"
    if one.open:
        yield "  it is an open type: undeclared members are allowed"
    elif not one.complete:
        yield "  a base type is not found, so undeclared members are not reported"
    elif not one.own:
        yield "  it has no properties table, so undeclared members are not reported"


def _resource(docset: DocSet, resource: Resource) -> Iterator[str]:
    yield f"it is the JSON representation of {resource.name}"
    for table in resource.tables:
        yield f"its properties table stands at line {table.line}"
    one = docset.registry.type(docset.root(resource.path), resource.name)
    if one is not None:
        yield from _type(one)


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
