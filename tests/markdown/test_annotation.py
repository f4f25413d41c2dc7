"""Annotations: which comments are some, what is wrong in them, and that the rest of the page is still read."""

from __future__ import annotations

import pytest

from docextract.markdown.parser import parse
from docextract.text.source import Source
from tests.helpers import places, report, write
from tests.pages import block, fence, message

BLOCK = f"\n\n{fence('GET https://api.example.org/things')}\n{fence(message('204 No Content'))}"
PAGE = '<!-- {\n  "type": "#page.annotation",\n  "description": "A page",\n  "suppressions": []\n} -->\n'

CLEAN = {
    "a request": '<!-- { "blockType": "request", "name": "a" } -->' + BLOCK,
    "over several lines": '<!-- {\n  "blockType": "request",\n  "name": "a"\n}\n-->' + BLOCK,
    "prose": "<!-- a note to the next writer -->" + BLOCK,
    "a date": "<!-- uuid: 8fcb5dbc\n2015-10-25 14:57:30 UTC -->" + BLOCK,
    "JSON of another tool": '<!-- { "type": "other", "name": "x", } -->\n\nText.\n',
    "a page annotation": PAGE,
    "a page annotation with a wrapped message": PAGE.replace("[]", '["Warning: the page:\n      is long"]'),
    "an annotation within a sentence": 'Write `{ "blockType": "request" }` above the code block.\n',
    "a comment that quotes a key": '<!-- "blockType" is the key to set -->' + BLOCK,
    "a value that quotes HTML": '<!-- { "blockType": "request", "name": "a &quot;b&quot;" } -->' + BLOCK,
    "one that is ignored, above a paragraph": '<!-- { "blockType": "ignored" } -->\n`GET /things`\n',
    "one that is ignored, at the end": BLOCK + '<!-- { "blockType": "ignored" } -->\n',
    "a resource with a type": block("resource", "{}", '"@odata.type": "a.b"', info="json"),
    "a resource with the old key": block("resource", "{}", '"@type": "a.b"', info="json"),
    "words that name a page annotation": "<!-- see #page.annotation for what a { is -->\n",
}
WRONG = {
    "a trailing comma": ('<!-- { "blockType": "ignored", } -->' + BLOCK, ("annotation-syntax", 1, 30)),
    "a key twice": (
        '<!-- { "blockType": "ignored", "name": "a", "name": "a" } -->' + BLOCK,
        ("annotation-syntax", 1, 45),
    ),
    "a key without quotes": ('<!-- { blockType: "ignored" } -->' + BLOCK, ("annotation-syntax", 1, 8)),
    "a block type with a slip": ('<!-- { "blockType": "ignord" } -->' + BLOCK, ("annotation-block-type", 1, 21)),
    "entities for quotes": (
        '<!-- { "blockType": "resource", "@odata.type&quot;: &quot;a.b" } -->\n```json\n{}\n```\n',
        ("annotation-syntax", 1, 45),
    ),
    "entities for all quotes": (
        "<!-- { &quot;blockType&quot;: &quot;request&quot; } -->" + BLOCK,
        ("annotation-syntax", 1, 8),
    ),
    "entities in a page annotation": (
        PAGE.replace('"A page"', "&quot;A page&quot;"),
        ("annotation-syntax", 3, 18),
    ),
    "an entity and another defect": (
        '<!-- { "blockType": "request", "name": "a &quot;b&quot;", } -->' + BLOCK,
        ("annotation-syntax", 1, 57),
    ),
    "no block type": ('<!-- { "name": "a" } -->' + BLOCK, ("annotation-block-type", 1, 1)),
    "a paragraph before the block": (
        '<!-- { "blockType": "request" } -->\n\nText.' + BLOCK,
        ("annotation-unbound", 1, 1),
    ),
    "an unknown key": ('<!-- { "blockType": "ignored", "trunctated": true } -->' + BLOCK, ("annotation-key", 1, 32)),
    "no opening brace": ('<!-- "blockType": "request", "name": "a" } -->' + BLOCK, ("annotation-syntax", 1, 6)),
    "no braces": ('<!-- "blockType": "request", "name": "a" -->' + BLOCK, ("annotation-syntax", 1, 6)),
    "no end of the comment": ('<!-- { "blockType": "request", "name": "a" }' + BLOCK, ("annotation-syntax", 1, 44)),
    "a broken end of the comment": ('<!-- { "blockType": "request" }\n->' + BLOCK, ("annotation-syntax", 1, 31)),
    "a broken begin of the comment": ('<!- { "blockType": "request" } -->' + BLOCK, ("annotation-syntax", 1, 5)),
    "no comment": ('Text:\n{\n  "blockType": "request"\n}' + BLOCK, ("annotation-syntax", 2, 1)),
    "a resource without a type": (
        block("resource", "{}", '"keyProperty": "id"', info="json"),
        ("annotation-key", 1, 21),
    ),
    "a comma missing in a page annotation": (PAGE.replace('page",', 'page"'), ("annotation-syntax", 3, 25)),
    "a quote missing in a page annotation": (PAGE.replace('A page"', "A page"), ("annotation-syntax", 3, 18)),
}


def found(tmp_path, page):
    return places(report(write(tmp_path, {"page.md": page})), "annotation")


@pytest.mark.parametrize("page", CLEAN.values(), ids=CLEAN)
def test_clean_annotations(tmp_path, page):
    assert found(tmp_path, page) == []


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_finding_at_its_place(tmp_path, case):
    page, expected = case
    assert found(tmp_path, page) == [expected]


def test_a_key_that_is_given_twice_is_json(tmp_path):
    [finding] = report(write(tmp_path, {"page.md": WRONG["a key twice"][0]}))["findings"]
    assert finding["message"] == 'annotation: member "name" is given twice'


@pytest.mark.parametrize("name", [name for name in WRONG if "comment" in name])
def test_an_annotation_with_damaged_marks_binds_its_block(name):
    page, _ = WRONG[name]
    assert [block.block_type for block in parse(Source.of("page.md", page)).blocks] == ["request", None]


def test_entities_for_quotes_are_quotes_at_their_places():
    text = '<!-- { "blockType": "resource", "@odata.type&quot;: &quot;a.b" } -->\n```json\n{}\n```\n'
    [annotation] = parse(Source("page.md", text)).annotations
    assert (annotation.block_type, annotation.type_name) == ("resource", "a.b")
    assert annotation.span("@odata.type")[2:] == (58, 1, 63)
