"""How a page was read, in words: its blocks, tables and sentences, and what they are used for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docextract.checks.base import called
from docextract.contract.conformance import typed_objects
from docextract.contract.naming import Kind, Resolution
from docextract.contract.resolution import resolve, shows_several
from docextract.project.pages import from_here
from docextract.reading.prose import says_truncated
from docextract.verdict.linter import Linter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.contract.registry import Type
    from docextract.markdown.page import CodeBlock, Page, Table
    from docextract.project.docset import DocSet
    from docextract.reading.exchange import Exchange, Message
    from docextract.reading.property import Property
    from docextract.reading.resource import Resource

#: Why a block or a table is not used.
_NO_BLOCK = "it is neither an HTTP message nor a resource, so it is not compared with a type"
_NO_TABLE = "it declares no properties"


class Account(NamedTuple):
    """What there is to say about a place, and the first and last line (from 1) of the block that it is in."""

    lines: tuple[str, ...]
    first: int
    last: int


def of_line(docset: DocSet, path: str, line: int) -> Account:
    """Return how the block, table or sentence at a line (from 1) of a page was read."""
    page = docset.page(path)
    block = next((block for block in page.blocks if _first_line(block) <= line <= block.end_line), None)
    if block is not None:
        return Account(tuple(_block(docset, page, block)), _first_line(block), block.end_line)
    table = next((table for table in page.tables if table.line <= line <= table.end_line), None)
    if table is not None:
        return Account((*_table(docset, page, table), *_row(docset, page, line)), table.line, table.end_line)
    return Account(tuple(_text(docset, page, line)), line, line)


def of_page(docset: DocSet, path: str) -> Account:
    """Return which blocks and tables of a page are used, for what, and which are not."""
    page = docset.page(path)
    used: list[tuple[int, str]] = []
    unused: list[tuple[int, str]] = []
    for block in page.blocks:
        use = _use_of_block(docset, page, block)
        (used if use else unused).append((block.fence.line, f"code block '{block.info}': {use or _NO_BLOCK}"))
    for table in page.tables:
        use = _use_of_table(docset, page, table)
        (used if use else unused).append((table.line, f"table {', '.join(table.columns)}: {use or _NO_TABLE}"))
    lines = [f"{from_here(path)}: what the checks use", *_numbered(used), "not used", *_numbered(unused)]
    return Account(tuple(lines), 1, len(page.source.lines))


def _numbered(entries: Iterable[tuple[int, str]]) -> Iterator[str]:
    rows = sorted(entries)
    yield from (f"  {line:>5}  {text}" for line, text in rows)
    if not rows:
        yield "  nothing"


def _first_line(block: CodeBlock) -> int:
    return block.annotation.comment.span.line if block.annotation else block.fence.line


# Code blocks


def _use_of_block(docset: DocSet, page: Page, block: CodeBlock) -> str:
    """Return what a code block is used for; "" if it is not used."""
    for resource in docset.definitions(page.path).resources:
        if resource.shown_at == block.fence:
            return f"the JSON representation of {resource.name}"
    messages = list(_messages(docset, page, block))
    if messages:
        exchange, message = messages[0]
        side = "response" if message.is_response else "request"
        return f"{side} of {exchange.id}{', ignored by its annotation' if message.ignored else ''}"
    return f"{_count(count, 'path template')}" if (count := _templates(docset, page, block)) else ""


def _messages(docset: DocSet, page: Page, block: CodeBlock) -> Iterator[tuple[Exchange, Message]]:
    for exchange in docset.exchanges(page.path).exchanges:
        for message in (exchange.request, exchange.response):
            if message and message.block is block:
                yield exchange, message


def _templates(docset: DocSet, page: Page, block: CodeBlock) -> int:
    templates = docset.exchanges(page.path).operation.templates
    return sum(block.fence.line <= template.start_line.line <= block.end_line for template in templates)


def _block(docset: DocSet, page: Page, block: CodeBlock) -> Iterator[str]:
    kind = f"annotated as {block.block_type}" if block.block_type else "without annotation"
    yield f"{from_here(page.path)}:{block.fence.line} is a code block '{block.info}', {kind}"
    for resource in docset.definitions(page.path).resources:
        if resource.shown_at == block.fence:
            yield from _resource(docset, resource)
            return
    messages = list(_messages(docset, page, block))
    for exchange, message in messages:
        yield from _message(docset, exchange, message)
    if messages:
        return
    if count := _templates(docset, page, block):
        yield f"it holds {_count(count, 'path template')} of the operation: no exchange"
    else:
        yield _NO_BLOCK


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
    yield from _resolution(message, resolve(exchange, message, docset.registry))
    if message.truncated:
        yield "it may be truncated, so missing properties are not reported"


def _resolution(message: Message, resolution: Resolution) -> Iterator[str]:
    shape = "a collection of " if shows_several(message, resolution) else "a single "
    if resolution.kind in (Kind.TYPE, Kind.OWN_TABLE):
        names = " or ".join(type_.name for type_ in resolution.types if type_.name)
        what = f"{shape}{names}" if names else resolution.kind.words
        yield f"its type is {what}: {resolution.source.words if resolution.source else ''}"
        for type_ in resolution.types:
            yield from _type(type_)
    else:
        yield f"{resolution.name or 'its type'} is {resolution.kind.words}"
    if resolution.candidates:
        yield f"candidates: {', '.join(resolution.candidates)}"


def _type(type_: Type) -> Iterator[str]:
    for part in type_.chain:
        pages = ", ".join(definition.path for definition in part.definitions) or "the page's own table"
        yield f"  {part.name or called(part)} is defined by {pages} with {_count(len(part.own), 'property')}"
    if type_.open:
        yield "  it is an open type: undeclared members are allowed"
    elif not type_.own:
        yield "  it has no properties table, so undeclared members are not reported"
    elif not type_.complete and type_.enumerated:
        yield "  a base type was not found, but the table repeats what it inherits: undeclared members are warnings"
    elif not type_.complete:
        yield "  a base type was not found or leads back to this type, so undeclared members are not reported"


def _resource(docset: DocSet, resource: Resource) -> Iterator[str]:
    yield f"it is the JSON representation of {resource.name}"
    for table in resource.tables:
        yield f"its properties table is at line {table.line}"
    type_ = docset.registry.type(docset.root(resource.path), resource.name)
    if type_ is not None:
        yield from _type(type_)


# Tables and their rows


def _use_of_table(docset: DocSet, page: Page, table: Table) -> str:
    """Return what a table is used for; "" if it is not used."""
    for resource in docset.definitions(page.path).resources:
        if table in resource.tables:
            return f"it declares properties of {resource.name}"
    for enum in docset.definitions(page.path).enums:
        if enum.span.line == table.line:
            return f"it lists the members of the enum {enum.name}"
    lines = {declared.header.line for declared in docset.exchanges(page.path).operation.parameters}
    return "it declares members of the request body" if table.line in lines else ""


def _table(docset: DocSet, page: Page, table: Table) -> Iterator[str]:
    yield f"{from_here(page.path)}:{table.line} is a table with the columns {', '.join(table.columns)}"
    yield _use_of_table(docset, page, table) or _NO_TABLE


def _row(docset: DocSet, page: Page, line: int) -> Iterator[str]:
    """Yield what a row declares, and which examples show it."""
    of_types = (declared for resource in docset.definitions(page.path).resources for declared in resource.properties)
    for declared in (*of_types, *docset.exchanges(page.path).operation.parameters):
        if declared.row.line == line:
            yield f"its row declares '{declared.name}' as {declared.type.text}"
            yield from _examples(docset, declared)
            return


def _examples(docset: DocSet, declared: Property) -> Iterator[str]:
    """Yield the number of examples that show a property, and the places of those that contradict its row."""
    shown, contradicting = [], []
    linter, mark = Linter(docset), f'"{declared.name}"'
    for path in docset.paths:
        if mark not in docset.pages.readable(docset.pages.read(path)):
            continue
        for exchange in docset.exchanges(path).exchanges:
            for message in (exchange.request, exchange.response):
                if message is None or message.ignored or not _shows(linter, exchange, message, declared):
                    continue
                shown.append(message)
                conformance = linter.conformance(exchange, message)
                if any(violation.declared == declared for violation in conformance.violations):
                    contradicting.append(message)
    places = [f"{from_here(message.span.path)}:{message.span.line}" for message in contradicting]
    yield f"examples that show it: {len(shown)}; that contradict its row: {len(contradicting)}"
    yield from (f"  {place}" for place in places)


def _shows(linter: Linter, exchange: Exchange, message: Message, declared: Property) -> bool:
    resolution = resolve(exchange, message, linter.docset.registry)
    objects = typed_objects(exchange, message, resolution, linter.docset.registry, linter.schemas)
    return any(
        declared.name in node.members and type_.properties.get(declared.name) == declared for type_, node in objects
    )


# Everything else


def _text(docset: DocSet, page: Page, line: int) -> Iterator[str]:
    """Yield what a line of text is, and which facts the checks take from it."""
    heading = page.heading_before(line)
    where = f", below the heading '{heading.text}'" if heading else ""
    facts = list(_facts(docset, page, line))
    if line <= page.front_matter.end_line:
        yield f"{from_here(page.path)}:{line} is front matter"
    elif heading is not None and heading.line == line:
        yield f"{from_here(page.path)}:{line} is the heading '{heading.text}'"
    else:
        yield f"{from_here(page.path)}:{line} is neither in a code block nor in a table{where}"
    yield from facts or ("no example is compared with it",)


def _facts(docset: DocSet, page: Page, line: int) -> Iterator[str]:
    operation = docset.exchanges(page.path).operation
    statuses = [str(status.code) for status in operation.statuses if status.span.line == line]
    if statuses:
        yield f"it promises the status {' and '.join(statuses)}, with which the page's responses are compared"
    for links, side in ((operation.response_links, "response"), (operation.request_links, "request")):
        for link in links:
            if link.span.line == line:
                yield f"its link to {link.target} gives the type of a {side} whose annotation names none"
    for message in docset.exchanges(page.path).messages:
        side = "response" if message.is_response else "request"
        if any(_spans(note.line, note.text, line) and says_truncated(note.text) for note in message.notes):
            yield (
                f"it says that the {side} at line {message.span.line} is shortened, "
                "so properties missing from it are not reported"
            )


def _spans(first: int, text: str, line: int) -> bool:
    return first <= line <= first + text.count("\n")


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"
