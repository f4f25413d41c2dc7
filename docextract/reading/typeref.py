"""The text of a type cell to a TypeRef (a grammar of what published tables write)."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from docextract.markdown.links import lookup
from docextract.reading.primitive import primitive
from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docextract.reading.primitive import Primitive


@dataclass(frozen=True, slots=True)
class TypeRef:
    """What a type cell says: one type or, with `alternatives`, several.

    `text` is the cell without markup, `name` the canonical name of a primitive or the name as
    written, "" if unknown; `page` and `anchor` are the target of the cell's link.
    """

    text: str
    name: str = ""
    primitive: Primitive | None = None
    collection: bool = False
    page: str | None = None
    anchor: str | None = None
    alternatives: tuple[TypeRef, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the cell is a type expression at all."""
        return bool(self.name or self.alternatives)

    @property
    def names_its_page(self) -> bool:
        """Whether the cell's link leads to the page of the very name, so that no word in it is left unread."""
        stem = (self.page or "").rpartition("/")[2].removesuffix(".md").rpartition("-")[2]
        return bool(stem) and stem.casefold() == self.name.rpartition(".")[2].casefold()


_LINK = re.compile(
    r"!?\[(?P<text>[^\[\]]+)\]"
    # A target that is never closed belongs to a broken link, whose text still names the type.
    r"(?:\(\s*+<?(?P<target>[^()\s<>]*+)>?(?:\s[^()]*+)?(?:\)|$)|\[(?P<label>[^\[\]]*)\])?"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"\*+|`+|(?<![\w.\\])_{1,3}(?=\w)|(?<=\w)_{1,3}(?![\w.])")
#: No type expression is longer; the reading is recursive.
_LONGEST = 300
_MARK = "\ue000"  # stands before a number and behind it: the place of a link
_PLACE = re.compile(f"{_MARK}(\\d+){_MARK}")
_NAME = re.compile(r"#?[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$")

_OPTIONAL = re.compile(
    r"^\(?\s*optional\s*\)?[\s,:;-]+|[\s,:;(-]+(?:optional|required|read-?only|nullable|deprecated)\s*\)?$",
    re.IGNORECASE,
)
_LAST_NOTE = re.compile(r"\s*\((?!s\))[^()]*\)$")
_PLURAL_NOTE = re.compile(r"\(s\)$", re.IGNORECASE)
_WHOLE = re.compile(r"^\(([^()]+)\)$")
_COLLECTION_OF = re.compile(
    r"^(?:collection|array|list)\s*(?:\((?P<in>.*)\)|<(?P<angle>.*)>|of\s+(?P<of>.+))$", re.IGNORECASE
)
_COLLECTION_COMPOUND = re.compile(r"(?P<item>.+?)(?P<dash>-)?(?:auflistung|sammlung)$", re.IGNORECASE)
#: In the languages that pages are published in: de, fr, es, pt, it, ru, ja, ko, zh.
_COLLECTION_ABROAD = re.compile(
    r"^(?:(?:collection|colección|coleção|raccolta|insieme|коллекция|auflistung|sammlung|集合|コレクション|컬렉션)\s*"
    r"(?:\((?P<in>.+)\)|(?:d[ei]\s+|d['’]\s*|von\s+)?(?:objekten\s+des\s+typs\s+|objets\s+|объектов\s+)?(?P<after>.+))"
    r"|(?P<before>.+?)[\s-]*(?:の\s*)?(?:auflistung|sammlung|コレクション|컬렉션|集合))$",
    re.IGNORECASE,
)
_QUOTES = " \"'„“”«»"
_COLLECTION = re.compile(r"^(?P<item>.+?)(?:\s*\(?\b(?:collections?|array|list)\)?|\s*\[\])$", re.IGNORECASE)
_SUFFIX = re.compile(
    rf"(?<=[\w{_MARK}])(?:\s+(?:resource(?:\s+type)?|object|entity|type|enum(?:eration)?|complex\s+type)s?"
    r"|[\s-]*(?:objekte?|对象|資源|资源|物件|オブジェクト|リソース|개체|리소스)|\s+(?:objet|objeto|oggetto|объект)s?)$",
    re.IGNORECASE,
)
_AFTER_COMMA = re.compile(r"^([^,;:]+?)\s*(?:[,;:]|\s[-\u2013]\s|\.\s).+$", re.DOTALL)
_OR = re.compile(r"\s*,\s*or\s+|\s+(?:and/)?or\s+|\s*[/|]\s*", re.IGNORECASE)


_COLLECTION_NAME = re.compile(r"\s*+collection\s*+\(\s*+(?P<item>.*)\)\s*+$", re.IGNORECASE)


def collection_item(name: str) -> str | None:
    """Return the name of the items' type in a name such as "Collection(Edm.String)"; None for other names."""
    match = _COLLECTION_NAME.match(name)
    return match["item"].rstrip() if match else None


def parse(text: str, references: Mapping[str, str] = {}) -> TypeRef:
    """Read a type cell.

    In: the raw Markdown of the cell, and the page's reference definitions. Out: a TypeRef, whose
    name is "" if the cell holds no type expression; that is never an error by itself.
    """
    return _read(text, references) if references and "[" in text else _read_alone(text)


@lru_cache(maxsize=4096)
def _read_alone(text: str) -> TypeRef:
    """Read a cell that needs no reference definitions; most stand in several tables, word for word."""
    return _read(text, {})


def _read(text: str, references: Mapping[str, str]) -> TypeRef:
    links: list[tuple[str, str | None]] = []

    def keep(match: re.Match[str]) -> str:
        target = match["target"]
        if target is None:
            target = lookup(references, match["label"] or match["text"])
        if match["target"] is None and match["label"] is None and target is None:
            return match[0]
        links.append((_clean(match["text"]), target))
        return f"{_MARK}{len(links) - 1}{_MARK}"

    marked = _clean(_LINK.sub(keep, text.replace(_MARK, "")))
    plain = _PLACE.sub(lambda place: links[int(place[1])][0], marked)
    longest = max(len(marked), *(len(label) for label, _ in links), 0)
    return TypeRef(plain) if longest > _LONGEST else replace(_expression(marked, links), text=plain)


def _clean(text: str) -> str:
    """Take markup away: tags, emphasis, code marks, escapes, entities."""
    bare = html.unescape(_TAG.sub(" ", text)).replace("\xa0", " ")
    return " ".join(_ESCAPE.sub(r"\1", _EMPHASIS.sub("", bare)).split()).rstrip(".").strip()


def _expression(text: str, links: list[tuple[str, str | None]]) -> TypeRef:
    text = _OPTIONAL.sub("", text).strip()
    whole = _WHOLE.match(text)
    if whole:
        return _expression(whole[1], links)
    single = _single(text, links)
    if single.known:
        return single
    for reading in (_collection, _without_note, _union, _without_rest):
        ref = reading(text, links)
        if ref is not None and ref.known:
            return ref
    return TypeRef(text)


def _is_compound(text: str) -> bool:
    """Whether "String-Auflistung" or "Zeichenfolgenauflistung" is a collection, though it could be a name."""
    match = _COLLECTION_COMPOUND.match(text)
    return match is not None and (bool(match["dash"]) or primitive(match["item"]) is not None)


def _collection(text: str, links: list[tuple[str, str | None]]) -> TypeRef | None:
    of = _COLLECTION_OF.match(text)
    if of:
        inner = of["in"] or of["angle"] or of["of"] or ""
        ref = _expression(inner, links)
        return replace(_singular(ref) if of["of"] else ref, collection=True)
    match = _COLLECTION.match(text)
    # "a or b collection": the word belongs to the last alternative.
    if match and (text.startswith("(") or not _OR.search(match["item"])):
        return replace(_expression(match["item"], links), collection=True)
    abroad = _COLLECTION_ABROAD.match(text)
    if abroad is None:
        return None
    item = abroad["in"] or abroad["after"] or abroad["before"]
    return replace(_expression(item.strip(_QUOTES), links), collection=True)


def _singular(ref: TypeRef) -> TypeRef:
    """Give the type of "array of strings": the plural of a primitive, or of the page that a link names."""
    name = ref.name.removesuffix("s")
    if ref.primitive or name == ref.name:
        return ref
    if known := primitive(name):
        return replace(ref, name=known.name, primitive=known)
    page = (ref.page or "").rpartition("/")[2].casefold()
    return replace(ref, name=name) if page in (f"{name.casefold()}.md", name.casefold()) else ref


def _without_note(text: str, links: list[tuple[str, str | None]]) -> TypeRef | None:
    plural = _PLURAL_NOTE.sub("", text)
    if plural != text:
        return _expression(plural, links)
    shorter = _LAST_NOTE.sub("", text)
    if shorter and shorter != text:
        return _expression(shorter, links)
    shorter = _SUFFIX.sub("", text)
    return _expression(shorter, links) if shorter != text else None


def _union(text: str, links: list[tuple[str, str | None]]) -> TypeRef | None:
    parts = [part.strip() for part in _OR.split(text)]
    if len(parts) < 2 or len(parts) > 8:
        return None
    if re.search(r"\bor\b", text, re.IGNORECASE):
        parts = [part.strip() for alternative in parts for part in alternative.split(",")]
    refs = tuple(_expression(part, links) if part else TypeRef("") for part in parts)
    if not all(ref.name for ref in refs):
        return None
    return TypeRef(text, alternatives=tuple(replace(ref, text=ref.text or ref.name) for ref in refs))


def _without_rest(text: str, links: list[tuple[str, str | None]]) -> TypeRef | None:
    """Read "string, maximum size 20": only a primitive or a link can be trusted to be the type."""
    match = _AFTER_COMMA.match(text)
    if not match:
        return None
    ref = _expression(match[1], links)
    return ref if ref.primitive or ref.page is not None else None


def _single(text: str, links: list[tuple[str, str | None]]) -> TypeRef:
    place = _PLACE.fullmatch(text)
    if not place:
        return _named(text, None)
    label, target = links[int(place[1])]
    ref = _named(label, target)
    if not ref.known and target and _NAME.match(label) and not _is_compound(label):
        # "[List](list.md)": with a page of its own the word is a name.
        page, anchor = _split(target)
        return TypeRef(label, label, page=page, anchor=anchor)
    if ref.known:
        return ref
    inner = _expression(label, [])
    page, anchor = _split(target)
    return replace(inner, page=page, anchor=anchor) if inner.known else inner


def _named(text: str, target: str | None) -> TypeRef:
    page, anchor = _split(target)
    if known := primitive(text):
        return TypeRef(text, known.name, known, page=page, anchor=anchor)
    bare = text.strip()
    if (
        not _NAME.match(bare)
        or _is_compound(bare)
        or bare.casefold() in ("collection", "array", "list", "none", "n-a", "tbd")
    ):
        return TypeRef(text)
    return TypeRef(text, bare.lstrip("#"), page=page, anchor=anchor)


def _split(target: str | None) -> tuple[str | None, str | None]:
    if not target:
        return None, None
    page, _, anchor = target.partition("#")
    return page or None, anchor or None
