"""Targets that read a text: they raise nothing, and what they find lies in the text."""

from __future__ import annotations

import json
from itertools import chain

from docextract.checks.suppressions import read_suppressions
from docextract.contract.formats import FORMATS
from docextract.markdown.annotation import page_annotation_defects, read_annotation
from docextract.markdown.front_matter import read_front_matter
from docextract.markdown.links import anchors, linked_pages, misshapen, read_links
from docextract.markdown.page import Comment
from docextract.markdown.parser import parse
from docextract.reading import base_types, http_message, path_template, prose, typeref
from docextract.reading.columns import is_identifier, is_name, property_name
from docextract.reading.placeholder import is_placeholder, is_shortened
from docextract.reading.primitive import primitive
from docextract.reading.resource import read_resources
from docextract.reading.scan import scan
from docextract.reading.type_names import type_names
from docextract.text.json_text import locate, pointer, read
from docextract.text.source import Slice, Source
from tests.fuzz.places import assert_all_inside, assert_inside

_PATH = "p.md"


def markdown(text: str) -> None:
    """A page as its blocks, and the scan of it."""
    source = Source.of(_PATH, text)
    page = parse(source)
    defects = chain(page.defects, (defect for one in page.annotations for defect in one.defects))
    assert_all_inside(defects, {_PATH: source.lines})
    blocks = (one.content.span() for one in page.blocks)
    rows = (row.span for table in page.tables for row in (table.header, *table.rows))
    cells = (cell.source.span() for table in page.tables for row in table.rows for cell in row.cells)
    parts = (one.span for one in (*page.headings, *page.comments))
    paragraphs = (one.source.span() for one in page.paragraphs)
    for span in chain(blocks, rows, cells, parts, paragraphs, (one.comment.span for one in page.annotations)):
        assert_inside(span, source.lines)
    for resource in read_resources(page):
        assert_all_inside(resource.defects, {_PATH: source.lines})
    # That the scan finds the types of the page holds where annotations are damaged, not for any text.
    scan(text)


def links(text: str) -> None:
    """The links of a page."""
    source = Source.of(_PATH, text)
    page = parse(source)
    for span in chain((link.span for link in read_links(page)), (span for _, span in misshapen(page))):
        assert_inside(span, source.lines)
    anchors(page)
    linked_pages(text)


def json_text(text: str) -> None:
    """JSON with its defects and places, which for strict JSON are those that the standard library reads."""
    found, places = read(text), locate(text)
    for defect in found.defects:
        assert 0 <= defect.start <= defect.end <= len(text)
        assert defect.message.splitlines() == [defect.message]
    for place in places.values():
        for start, end in filter(None, (place.key, place.value)):
            assert 0 <= start < end <= len(text)
    try:
        strict = json.loads(text, object_pairs_hook=_unique, parse_constant=_refused)
    except (ValueError, RecursionError):
        assert found.defects
        return
    if "\\ud" in text.casefold() or any("\ud800" <= char <= "\udfff" for char in text):
        return
    kinds = {defect.kind for defect in found.defects}
    assert kinds <= {"too-deep"}
    if not kinds:
        assert repr(found.value) == repr(strict)
        for at, value in _inner("", strict):
            assert repr(json.loads(text[slice(*places[at].value)])) == repr(value)


def _unique(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("duplicate member")
    return members


def _refused(name):
    raise ValueError(name)


def _inner(at, value):
    """Yield a value and all within it, each with its pointer."""
    yield at, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for token, child in children:
        yield from _inner(at + pointer(token), child)


def http(text: str) -> None:
    """An HTTP message, a template, and a body without a head."""
    source = Source.of(_PATH, text)
    whole = Slice(_PATH, source.text)
    for message in (http_message.parse(whole), http_message.template(whole), http_message.bare_body(whole)):
        while message is not None:
            assert_all_inside(message.defects, {_PATH: source.lines})
            assert_inside(message.start_line.span(), source.lines)
            for field in message.fields:
                assert_inside(field.span, source.lines)
            if message.json:
                for at in message.body.places:
                    assert_inside(message.body.span(at), source.lines)
            message = message.next and http_message.parse(message.next)


def annotation(text: str) -> None:
    """A comment as an annotation, beside a code block and elsewhere."""
    source = Source.of(_PATH, text)
    comment = Comment(Slice(_PATH, source.text), Slice(_PATH, source.text).span())
    for before_block in (True, False):
        found = read_annotation(comment, before_block=before_block)
        if found:
            assert_all_inside(found.defects, {_PATH: source.lines})
            for key in found.values:
                assert_inside(found.span(key), source.lines)
                assert_inside(found.span(key, of_key=True), source.lines)
            assert all(isinstance(name, str) for name in found.names)
    assert_all_inside(page_annotation_defects(comment), {_PATH: source.lines})


def cells(text: str) -> None:
    """The cells of a table of properties: names and types."""
    ref = typeref.parse(text, {"a": "b.md"})
    assert typeref.parse(text, {"a": "b.md"}) == ref
    assert isinstance(ref.known, bool)
    name = property_name(text)
    for one in (text, name, ref.name):
        is_identifier(one), is_name(one), primitive(one), type_names(one), typeref.collection_item(one)


def front_matter(text: str) -> None:
    """Front matter, with the line of each key."""
    source = Source.of(_PATH, text)
    found, defects = read_front_matter(source)
    assert 0 <= found.end_line <= len(source.lines)
    assert found.lines.keys() <= found.values.keys()
    assert all(1 <= line <= found.end_line for line in found.lines.values())
    assert_all_inside(defects, {_PATH: source.lines})


def suppressions(text: str) -> None:
    """Comments that suppress findings."""
    source = Source.of(_PATH, text)
    found, defects = read_suppressions(parse(source))
    assert_all_inside(defects, {_PATH: source.lines})
    for one in found:
        assert_inside(one.directive.span, source.lines)
        for span in (one.directive.checks or {}).values():
            assert_inside(span, source.lines)


def paths(text: str) -> None:
    """A URL on the first line, and path templates on the others."""
    url, *templates = text.split("\n")
    for template in (url, *templates[:3]):
        assert isinstance(path_template.fits(url, template), bool)
        path_template.spellings(template)
        path_template.is_foreign(url, path_template.host(template))
    path_template.version(url)
    path_template.holds_version(url)
    assert len(path_template.below(url, "api")) <= len(url)


def sentences(text: str) -> None:
    """What sentences and values state: lists of values, statuses, base types, formats, placeholders."""
    words = [*prose.enum_members(text), *prose.statuses(text), *base_types.base_names(text)]
    kind = base_types.kind_of(text)
    for word in (*words, *([kind] if kind else [])):
        assert 0 <= word.start <= word.end <= len(text)
    for fact in (prose.not_nullable, prose.nullable, prose.optional, prose.says_truncated):
        assert isinstance(fact(text), bool)
    base_types.heirs(text)
    base_types.inherited_from(text)
    for accepts in FORMATS.values():
        assert isinstance(accepts(text), bool)
    assert isinstance(is_placeholder(text, "name"), bool)
    assert isinstance(is_shortened(text), bool)
