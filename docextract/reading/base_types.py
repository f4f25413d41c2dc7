"""Base types, as sentences and rows name them; all functions take raw Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.reading.prose import Word, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = r"[A-Za-z_][\w.]*[A-Za-z0-9]|[A-Za-z]"
_REFERENCE = (
    rf"(?:the\s+)?(?:base\s+)?(?:class\s+|type\s+)?(?:\*\*|`)?"
    rf"(?:\[(?:\*\*|`)?(?P<link>[^\[\]*`]+?)(?:\*\*|`)?\](?:\([^()]*\)|\[[^\[\]]*\])?"
    rf"|(?P<bare>{_NAME}))(?:\*\*|`)?"
)
_BASE = phrase(
    r"\b(?:inherits (?:(?:all )?(?:the |its )?properties )?from|inherited from"
    rf"|derived from|derives from|a sub-?(?:class|type) (?:of|from)|(?:a|the) derivative of|extends) {_REFERENCE}"
)
_ROW_BASE = phrase(rf"\binherit(?:ed|s) from:? {_REFERENCE}")
#: "[x](x.md) is derived from y", "properties that are derived from descendants".
_OTHER_SUBJECT = phrase(
    r"\]\([^()]*\)\s[^,;]*$|\bpropert(?:y|ies) (?:(?:that|which) )?(?:are|is)\s*$|\bvalues?\b|\bcode\d?\b"
)
#: "The following properties are inherited from [x]": all that its table lists.
_FOLLOWING = phrase(r"(?:^|[.>*_\s])the following properties are\s*$")
_AFTER_NAME = phrase(r"\s*(?:$|[.,;)|*]|(?:resource|type|entity|class|object)\b|and inherits\b)")
_NOT_A_NAME = re.compile(r"(?i)(all|an?|any|base|class|each|here|iso|its?|(an)?other|some|the|this|that|type)$")


_LINK = re.compile(r"\*{0,2}\[\*{0,2}`?(?P<link>[^\[\]*`]+)`?\*{0,2}\]\((?P<page>[^()]*)\)\*{0,2}")
_PAGE_STEM = re.compile(r"(?<!\w)[\d_]*+([A-Za-z]\w*+)\.md$", re.ASCII)
#: The same of a link, in the other languages that pages are published in: de, fr, es, pt, it, ru.
_LINKED = r"(?:\*\*|`)?\[(?:\*\*|`)?(?P<link>[^\[\]*`]+?)(?:\*\*|`)?\](?:\((?P<page>[^()]*)\)|\[[^\[\]]*\])(?:\*\*|`)?"
_BASE_ABROAD = phrase(
    r"\b(?:(?:ge)?erbt|abgeleitet|unterklasse|hérité?e?s?|dérivé?e?s?|sous-classe|hereda(?:d[oa]s?)?|subclase"
    r"|deriva(?:d[oa]s?|t[oaie])?|herda(?:d[oa]s?)?|subclasse|eredita(?:t[oaie])?|sottoclasse"
    r"|(?:у)?наслед\w+|производ\w+|подкласс\w*)"
    rf"(?: (?:von|vom|der|dem|de|da|di|do|del|dal|della|le|la|el|o|a|от|из|(?:d|l|dell|dall)['’])){{0,2}}\s*{_LINKED}"
)
#: zh; ja, ko and zh where they name the base first, the last also in the text of the link.
_BASE_AFTER = re.compile(
    rf"(?:继承自|派生自|繼承自|衍生自|派生於|继承于|继承|繼承|扩展自|由|从|從|自)\s*{_LINKED}(?P<from>\s*+(?:类型|类|資源|资源|類型)?\s*+(?:派生|继承|繼承|衍生))?"
)
_BASE_BEFORE = re.compile(
    rf"{_LINKED}\s*+(?:(?:から|を|에서|을|를)\s*+の?\s*+(?:継承|派生|상속|파생)|(?:资源|類型|类型)?\s*+的\s*+(?:子类|子類|子类型|派生类|衍生類))"
)
_BASE_INSIDE = re.compile(
    r"(?P<name>[A-Za-z_][\w.]*+)\s*+(?:资源|类型|類型)?\s*+的\s*+(?:子类|子類|派生类|衍生類)", re.ASCII
)
_ALONE = ("由", "从", "從", "自")


#: Each match of these patterns holds one of these; looking for them first is ten times as fast.
_ASCII_STEMS = ("erbt", "geleitet", "klasse", "classe", "hereda", "deriva", "subclase", "herda", "eredita")
_STEMS = (
    *_ASCII_STEMS,
    *(
        "hérit",
        "dériv",
        "наслед",
        "производ",
        "подкласс",
        "继承",
        "派生",
        "繼承",
        "衍生",
        "継承",
        "상속",
        "파생",
        "子类",
        "子類",
        "扩展自",
    ),
)


def _bases_abroad(text: str) -> Iterator[Word]:
    if "](" not in text and "][" not in text:
        return
    folded = text.casefold()
    if not any(stem in folded for stem in (_ASCII_STEMS if text.isascii() else _STEMS)):
        return
    for pattern in (_BASE_ABROAD, _BASE_AFTER, _BASE_BEFORE):
        for match in pattern.finditer(text):
            if pattern is _BASE_AFTER and match[0].startswith(_ALONE) and not match["from"]:
                continue
            if (word := _linked(match)) is not None:
                yield word
    for match in _LINK.finditer(text) if "的" in text else ():
        if inside := _BASE_INSIDE.match(match["link"]):
            yield Word(inside["name"], match.start("link"), match.start("link") + len(inside["name"]))


def _linked(match: re.Match[str]) -> Word | None:
    """Return the name that a link gives: its text or, where that is translated, its page's."""
    name = match["link"].replace(" ", "")
    if re.fullmatch(_NAME, name, re.ASCII):
        return Word(name, match.start("link"), match.end("link"))
    stem = _PAGE_STEM.search((match["page"] or "").partition("#")[0])
    start = match.start("page")
    return Word(stem[1], start + stem.start(1), start + stem.end(1)) if stem else None


#: "It is the base type for [a](a.md) and [b](b.md)", "the derived types are [a](a.md), [b](b.md)".
_HEIRS = phrase(
    r"\b(?:base (?:type|class) (?:for|of)|derived types are:?) (?:the )?"
    rf"(?P<links>{_LINK.pattern}(?:\s*+(?:,\s*+(?:and)?|and|or)?\s*+{_LINK.pattern}){{0,30}})".replace(
        "?P<link>", "?:"
    ).replace("?P<page>", "?:")
)
_OF_HEIRS = ("ase type for", "ase type of", "ase class for", "ase class of", "erived types are")
#: "It is the base type for each kind of event:" above a table or a list of links; de, fr, es, pt, it, ru, zh, ja.
_HEIRS_BELOW = re.compile(
    r"(?i:\bbase (?:type|class) (?:for|of)|\bderived types are|\bbasistyp (?:für|von|aller|der)"
    r"|\btype de base (?:pour|de)"
    r"|\btipo (?:de |di )?base (?:para|de|per|di)|\bбазовы\w+ тип\w* для|基类型|基本类型|基底類型|基底型|基本データ型)"
    r"[^|:：\n]{0,200}[:：][ \t]*\n(?:[ \t]*\n)?(?P<rows>(?:[ \t]*[|*+-][^\n]*(?:\n|$))+)"
)
#: The link with which a row or an item begins.
_FIRST_LINK = re.compile(rf"^[ \t]*[|*+-][ \t]*{_LINK.pattern}", re.MULTILINE)
_OF_HEIRS_BELOW = (
    *(*_OF_HEIRS, "asistyp ", "ype de base ", "ipo base ", "ipo de base ", "ipo di base ", "азовы"),
    *("基类型", "基本类型", "基底類型", "基底型", "基本データ型"),
)


def heirs(text: str) -> tuple[str, ...]:
    """Return the names of the types that a page's text says derive from the type of the page.

    They are linked in the sentence or, below it, at the beginning of table rows or list items.
    """
    if not any(words in text for words in _OF_HEIRS_BELOW):
        return ()
    links = [link for match in _HEIRS.finditer(text) for link in _LINK.finditer(match["links"])]
    links += [link for match in _HEIRS_BELOW.finditer(text) for link in _FIRST_LINK.finditer(match["rows"])]
    return tuple(dict.fromkeys(word.text for link in links if (word := _linked(link))))


#: English words that name a base type begin so, without regard to case, and so does the key of an annotation.
_ENGLISH_STEMS = ("inherit", "deriv", "extends", "subtype", "sub-type", "subclass", "sub-class", "basetype")


def may_name_base(text: str) -> bool:
    """Whether anything on a page, given its text, may name a base type, in its annotations or any reader here."""
    folded, stems = text.casefold(), _ASCII_STEMS if text.isascii() else _STEMS
    if any(stem in folded for stem in (*_ENGLISH_STEMS, *stems)):
        return True
    return _LINK_EXPLAINED.search(text) is not None and _IS_A.search(text) is not None


_WORD = re.compile(r"\w+")
#: For each byte of a text that of an ASCII word, or a blank: to split what is left is faster than to seek words.
_OF_WORDS = bytes(
    ord(char) if char.isascii() and f"_{char}".isidentifier() else ord(" ") for char in map(chr, range(256))
)
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")


def words(text: str) -> set[str]:
    """Return all words of a text that may be the last segment of the name of a base type, case-folded.

    Those of a link may be written with blanks, and words of other scripts may have none around them.
    """
    folded = text.casefold()
    found = set(folded.encode("ascii", "replace").translate(_OF_WORDS).decode("ascii").split())
    if not text.isascii():
        found.update(_WORD.findall(folded))
    for linked in _BRACKETED.findall(folded):
        if " " in linked:
            found.update(_WORD.findall(linked.replace(" ", "")))
    return found


#: "An [outcome](outcome.md) that grades": what a type's page says of it first.
_IS_A = phrase(r"an? (?:\*\*)?\[(?:\*\*|`)?(?P<link>[^\[\]*`]+?)(?:\*\*|`)?\]\([^()]*\)(?:\*\*)? (?:that|which)\b")
#: The end of each match of that, which is found faster: few texts have one.
_LINK_EXPLAINED = re.compile(r"\]\([^()]*\)(?:\*\*)?\s+(?:that|which)\b", re.IGNORECASE)


def kind_of(text: str) -> Word | None:
    """Give the name of the type that the text "A [x](x.md) that ..." says a type is."""
    match = _IS_A.match(text.lstrip())
    return _base_word(match) if match else None


def inherited_from(text: str) -> tuple[str, ...]:
    """Give the types from which a row says it is inherited, nearest first."""
    rows = _ROW_BASE.finditer(text) if "inherit" in text.casefold() else ()
    english = (match["link"] or (match["bare"] if _names_a_type(match) else "") for match in rows)
    abroad = (word.text for word in _bases_abroad(text))
    return tuple(name.strip() for name in (*english, *abroad) if name and not _NOT_A_NAME.match(name))


def base_names(text: str) -> tuple[Word, ...]:
    """Give the names that sentences call this page's base type.

    The caller checks that a name is that of another type. A sentence about properties
    ("derived from ISO 639", "properties inherited from the group") or with another type as its
    subject after a link ("[x](x.md) is derived from y") is about something else.
    """
    folded = text.casefold()
    matches = _BASE.finditer(text) if any(stem in folded for stem in _ENGLISH_STEMS) else ()
    words = map(_base_word, matches)
    return (*(word for word in words if word), *_bases_abroad(text))


def _base_word(match: re.Match[str]) -> Word | None:
    group = "link" if match["link"] else "bare"
    name = match[group].replace(" ", "")
    lead = re.split(r"\.\s|[\n|]", match.string[max(0, match.start() - 500) : match.start()])[-1]
    if _NOT_A_NAME.match(name) or not re.fullmatch(_NAME, name):
        return None
    if _OTHER_SUBJECT.search(lead) and not (group == "link" and _FOLLOWING.search(lead)):
        return None
    if group == "bare" and not _names_a_type(match):
        return None
    # "Conditional Access Session Control" is the type without the spaces.
    return Word(name, match.start(group), match.end(group))


def _names_a_type(match: re.Match[str]) -> bool:
    """Tell a name from a word: "derived from group membership" says nothing of the type group."""
    written = match["bare"]
    marked = match.string[match.start("bare") - 1] in "*`" or "." in written or not written.islower()
    return marked or bool(_AFTER_NAME.match(match.string, match.end()))
