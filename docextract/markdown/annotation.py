"""Comments that annotate code blocks: their JSON, their keys, and the block each of them binds."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.findings import CheckId, Defect, Fix
from docextract.markdown.page import Annotation, Comment
from docextract.text.json_text import DefectKind, Reading, read
from docextract.text.source import Change
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.text.json_text import JSONDefect

#: The block types that published pages use, and those of API Doctor's source.
BLOCK_TYPES = (
    "request",
    "response",
    "resource",
    "ignored",
    "example",
    "samples",
    "simulatedResponse",
    "testParams",
    "permissions",
)
_STRING, _BOOLEAN, _STRINGS = (str,), (bool,), (list,)
#: The known keys with the types of their values.
KEYS: dict[str, tuple[type, ...]] = {
    "blockType": _STRING,
    "@odata.type": _STRING,
    "@type": _STRING,
    "@type.aka": _STRING,
    "@property.aka": _STRING,
    "name": (str, list),
    "truncated": _BOOLEAN,
    "isCollection": _BOOLEAN,
    "isEmpty": _BOOLEAN,
    "expectError": _BOOLEAN,
    "collectionProperty": _STRING,
    "optionalProperties": _STRINGS,
    "nullableProperties": _STRINGS,
    "keyProperty": _STRING,
    "baseType": (str, type(None)),
    "abstract": _BOOLEAN,
    "openType": _BOOLEAN,
    "isComposable": _BOOLEAN,
    "isMediaEntity": _BOOLEAN,
    "idempotent": _BOOLEAN,
    "opaqueUrl": _BOOLEAN,
    "sampleKeys": _STRINGS,
    "scopes": _STRING,
    "tags": _STRING,
    "target": _STRING,
    "apiVersions": _STRING,
    "longRunningResponseType": _STRING,
    "requestUrls": _STRINGS,
    "mergePermissions": _BOOLEAN,
    "@odata.annotations": _STRINGS,
}
_TYPE_WORDS = {str: "a string", bool: "true or false", list: "an array", type(None): "null"}
#: Keys that only an annotation has: they tell one without a block type from other JSON.
_TELLING = ("@odata.type", "@type", "truncated", "isCollection", "optionalProperties", "keyProperty", "name")
_PAGE_TYPE = '"#page.annotation"'
#: An annotation whose opening brace is lost.
_HEADLESS = re.compile(r'\s*"@?[\w.]+"\s*:')
#: A quote that is not escaped, in JSON or as HTML has it.
_QUOTE = re.compile(r'(?<!\\)"|&quot;')
_ESCAPED = re.compile("&quot;")
_KEY = re.compile(r'"?(@?(?<![\w.])[\w.]++)"?\s*+:')


def read_annotation(comment: Comment, *, before_block: bool) -> Annotation | None:
    """Read a comment as an annotation; None if it is some other comment.

    A comment without `blockType` counts only directly before a code block and with telling keys.
    """
    text = comment.text.text.replace("&quot;", '"')
    if not is_braced(text) and not ('"blockType":' in text and _HEADLESS.match(text)):
        return None
    if '"blockType":' not in text and (_PAGE_TYPE in text or not _is_meant(_KEY.findall(text), before_block)):
        return None
    comment, reading, escaped = _read(comment)
    values = reading.value if isinstance(reading.value, dict) else {}
    bare = Annotation(comment, values)
    block_type, problem = _block_type(bare)
    untyped = () if reading.defects or block_type != "resource" else _untyped(bare)
    defects = (*escaped, *_syntax(comment, reading.defects), *problem, *_keys(bare), *untyped)
    return Annotation(comment, values, block_type, defects)


def _read(comment: Comment) -> tuple[Comment, Reading, tuple[Defect, ...]]:
    """Read the JSON of a comment; quotes that are written as in HTML are one defect, and taken for quotes.

    Out: the comment with the text that was read, and that defect.
    """
    text = comment.text.text
    reading = read(text)
    if not reading.defects or "&quot;" not in text:
        return comment, reading, ()
    mended = _with_quotes(text)
    found = read(mended)
    if len(found.defects) >= len(reading.defects):
        return comment, reading, ()
    first = text.index("&quot;")
    message = f"annotation is not JSON: {text.count('&quot;')} of its quotes are written as '&quot;', expected '\"'"
    places = (match.span() for match in _ESCAPED.finditer(text) if all(defect.repair for defect in found.defects))
    fix = Fix.of(comment.text, (Change(*place, '"') for place in places))
    where = comment.text.span(first, first + len("&quot;"))
    defect = Defect(CheckId.ANNOTATION_SYNTAX, message, where, fix=fix)
    return replace(comment, text=comment.text._replace(text=mended)), found, (defect,)


def _with_quotes(text: str) -> str:
    """Put quotes in place of `&quot;`; blanks outside the strings keep all offsets."""
    inside = False

    def quote(match: re.Match[str]) -> str:
        nonlocal inside
        inside = not inside
        return match[0] if match[0] == '"' else '     "' if inside else '"     '

    return _QUOTE.sub(quote, text)


def page_annotation_defects(comment: Comment) -> Iterator[Defect]:
    """Yield what keeps the annotation of a whole page (`"type": "#page.annotation"`) from being JSON.

    Its `suppressions` hold messages that are wrapped over lines, which all its readers accept.
    """
    if _PAGE_TYPE not in comment.text.text or not is_braced(comment.text.text):
        return
    comment, reading, escaped = _read(comment)
    yield from escaped
    yield from _syntax(comment, (defect for defect in reading.defects if defect.kind is not DefectKind.RAW_NEWLINE))


def is_braced(text: str) -> bool:
    """Say whether the text of a comment begins as a JSON object does."""
    return text.lstrip().startswith("{")


def _is_meant(keys: list[str], before_block: bool) -> bool:
    has_type = any(key.casefold() == "blocktype" for key in keys)
    return has_type or (before_block and "type" not in keys and any(key in _TELLING for key in keys))


def _syntax(comment: Comment, defects: Iterable[JSONDefect]) -> Iterator[Defect]:
    for defect in defects:
        # RFC 8259 leaves open what a second member of a name means.
        wrong = "annotation" if defect.kind is DefectKind.DUPLICATE_MEMBER else "annotation is not JSON"
        yield Defect(
            CheckId.ANNOTATION_SYNTAX,
            f"{wrong}: {defect.message}",
            comment.text.span(defect.start, defect.end),
            fix=Fix.of(comment.text, defect.repair),
        )


def _block_type(annotation: Annotation) -> tuple[str | None, tuple[Defect, ...]]:
    value = annotation.values.get("blockType")
    if value is None:
        return _without_block_type(annotation)
    if value in BLOCK_TYPES:
        return value, ()
    near = difflib.get_close_matches(str(value).casefold(), [name.casefold() for name in BLOCK_TYPES], 1)
    known = {name.casefold(): name for name in BLOCK_TYPES}
    best = known[near[0]] if near else None
    advice = f"did you mean '{best}'?" if best else f"expected one of {', '.join(BLOCK_TYPES[:6])}"
    defect = Defect(
        CheckId.ANNOTATION_BLOCK_TYPE, f"unknown block type {value!r}; {advice}", annotation.span("blockType")
    )
    return best, (defect,)


def _without_block_type(annotation: Annotation) -> tuple[str | None, tuple[Defect, ...]]:
    key = next(filter(_means_block_type, annotation.values), None)
    message = "annotation without 'blockType': the code block below is not tied to it"
    if key is not None:
        message = f"annotation key {key!r}, expected 'blockType'"
    value = annotation.values.get(key) if key else None
    where = annotation.span(key, of_key=True)
    return value if value in BLOCK_TYPES else None, (Defect(CheckId.ANNOTATION_BLOCK_TYPE, message, where),)


def _means_block_type(key: str) -> bool:
    # Of the known keys no other is near it.
    return key == "blockType" or (key not in KEYS and nearest(key.casefold(), ("blocktype",)) is not None)


def _keys(annotation: Annotation) -> Iterator[Defect]:
    for key, value in annotation.values.items():
        if _means_block_type(key):
            continue
        expected = KEYS.get(key)
        if expected is None:
            yield Defect(CheckId.ANNOTATION_KEY, _unknown_key(key), annotation.span(key, of_key=True))
        elif type(value) not in expected:
            wanted = " or ".join(_TYPE_WORDS[kind] for kind in expected)
            message = f"annotation key '{key}' holds {_shown(value)}, expected {wanted}"
            yield Defect(CheckId.ANNOTATION_KEY, message, annotation.span(key))


def _untyped(annotation: Annotation) -> Iterator[Defect]:
    """Report a resource without a type, unless a broken or unknown key may hold it."""
    if not any("@" in key for key in annotation.values):
        message = "annotation of a resource without '@odata.type': its tables and JSON belong to no type"
        yield Defect(CheckId.ANNOTATION_KEY, message, annotation.span("blockType"))


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"the string {value!r}"
    return {list: "an array", dict: "an object", bool: str(value).lower(), type(None): "null"}.get(
        type(value), repr(value)
    )


def _unknown_key(key: str) -> str:
    by_case = {known.casefold(): known for known in KEYS}
    near = difflib.get_close_matches(key.casefold(), by_case, 1, 0.7)
    advice = f"; did you mean '{by_case[near[0]]}'?" if near else ""
    return f"unknown annotation key '{key}'{advice}"
