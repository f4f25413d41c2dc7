"""What a member of a JSON representation stands for: type names and samples by design."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.reading.primitive import primitive
from docextract.reading.typeref import collection_item
from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPE_NAME = re.compile(r"^#?(\w+\.)+\w+$")


@dataclass(frozen=True, slots=True)
class Sample:
    """The kind of a sample: text, number, boolean, object, name (of a type); None if it is not clear.

    `nested` says that it shows an array of arrays.
    """

    kind: str | None = None
    collection: bool = False
    name: str | None = None
    anything: bool = False
    nested: bool = False


def read_sample(value: object) -> Sample:
    """Read a sample value. An array is a collection of its first item's kind."""
    if value is None or value == "":
        return Sample(anything=True)
    if isinstance(value, list):
        inner = read_sample(value[0]) if value else Sample()
        return Sample(inner.kind, True, inner.name, nested=inner.collection)
    if isinstance(value, dict):
        return _object(value)
    if isinstance(value, bool):
        return Sample("boolean")
    if isinstance(value, int | float):
        return Sample("number")
    return _text(str(value))


def _object(value: Mapping[str, object]) -> Sample:
    name = value.get("@odata.type") or value.get("@type")
    if not isinstance(name, str):
        return Sample("object")
    inner = collection_item(name.removeprefix("#"))
    item = (name if inner is None else inner).lstrip("#")
    if primitive(item) or not _TYPE_NAME.match(item):
        return replace(_text(item), collection=inner is not None)
    return Sample("object", inner is not None, item)


def _text(text: str) -> Sample:
    inner = collection_item(text.strip().removeprefix("#"))
    if inner is not None:
        # "Collection(String)" names no type of the doc set.
        item = inner.lstrip("#")
        return Sample(None, True, item if _TYPE_NAME.match(item) and not primitive(item) else None)
    if "collection" in text.casefold() or "[" in text or "|" in text:
        return Sample(anything="|" not in text, kind="text")
    bare = _without_note(text.strip())
    if _TYPE_NAME.match(bare) and not primitive(bare):
        return Sample(anything=True)
    known = primitive(bare)
    return Sample(known.kind if known else "text")


def _without_note(text: str) -> str:
    """Return a text without the parentheses at its end, from the first one of its last line on."""
    start = text.find("(", text.rfind("\n") + 1)
    return text[:start].rstrip() if start >= 0 and text.endswith(")") else text
