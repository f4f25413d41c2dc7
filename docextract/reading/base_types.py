"""Base types, as sentences and rows name them (DESIGN 5.6, census 5.6); all functions take raw Markdown."""

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
    rf"|derived from|derives from|a sub-?(?:class|type) of|a derivative of|extends) {_REFERENCE}"
)
_ROW_BASE = phrase(rf"\binherit(?:ed|s) from:? {_REFERENCE}")
#: "[x](x.md) is derived from y", "properties that are derived from descendants".
_OTHER_SUBJECT = phrase(
    r"\]\([^()]*\)\s[^,;]*$|\bpropert(?:y|ies) (?:(?:that|which) )?(?:are|is)\s*$|\bvalues?\b|\bcode\d?\b"
)
_AFTER_NAME = phrase(r"\s*(?:$|[.,;)|*]|(?:resource|type|entity|class|object)\b|and inherits\b)")
_NOT_A_NAME = re.compile(r"(?i)(all|an?|any|base|class|each|here|iso|its?|(an)?other|some|the|this|that|type)$")


#: The same of a link, in the other languages that pages are published in: de, fr, es, pt, it, ru.
_LINKED = r"(?:\*\*)?\[(?:\*\*|`)?(?P<link>[^\[\]*`]+?)(?:\*\*|`)?\](?:\([^()]*\)|\[[^\[\]]*\])"
_BASE_ABROAD = phrase(
    r"\b(?:(?:ge)?erbt|abgeleitet|unterklasse|hérité?e?s?|dérivé?e?s?|sous-classe|hereda(?:d[oa]s?)?|subclase"
    r"|deriva(?:d[oa]s?|t[oaie])?|herda(?:d[oa]s?)?|subclasse|eredita(?:t[oaie])?|sottoclasse"
    r"|(?:у)?наслед\w+|производ\w+|подкласс\w*)"
    rf"(?: (?:von|vom|der|dem|de|da|di|do|del|dal|della|le|la|el|o|a|от|из|(?:d|l|dell|dall)['’])){{0,2}}\s*{_LINKED}"
)
#: zh; ja and ko, which name the base first.
_BASE_AFTER = re.compile(rf"(?:继承自|派生自|繼承自|衍生自)\s*{_LINKED}")
_BASE_BEFORE = re.compile(rf"{_LINKED}\s*(?:から|を|에서|을|를)\s*の?\s*(?:継承|派生|상속|파생)")


#: Each match of these patterns holds one of these; looking for them first is ten times as fast.
_STEMS = (
    *("erbt", "geleitet", "klasse", "hérit", "dériv", "classe", "hereda", "deriva", "subclase", "herda", "eredita"),
    *("наслед", "производ", "подкласс", "继承", "派生", "繼承", "衍生", "継承", "상속", "파생"),
)


def _bases_abroad(text: str) -> Iterator[Word]:
    if "](" not in text and "][" not in text:
        return
    folded = text.casefold()
    if not any(stem in folded for stem in _STEMS):
        return
    for pattern in (_BASE_ABROAD, _BASE_AFTER, _BASE_BEFORE):
        for match in pattern.finditer(text):
            name = match["link"].replace(" ", "")
            if re.fullmatch(_NAME, name):
                yield Word(name, match.start("link"), match.end("link"))


#: "An [outcome](outcome.md) that grades": what a type's page says of it first.
_IS_A = phrase(r"an? (?:\*\*)?\[(?:\*\*|`)?(?P<link>[^\[\]*`]+?)(?:\*\*|`)?\]\([^()]*\)(?:\*\*)? (?:that|which)\b")


def kind_of(text: str) -> Word | None:
    """Give the name of the type that the text "A [x](x.md) that ..." says a type is."""
    match = _IS_A.match(text.lstrip())
    return _base_word(match) if match else None


def inherited_from(text: str) -> tuple[str, ...]:
    """Give the types from which a row says it is inherited, nearest first (census 5.6)."""
    english = (match["link"] or (match["bare"] if _names_a_type(match) else "") for match in _ROW_BASE.finditer(text))
    abroad = (word.text for word in _bases_abroad(text))
    return tuple(name.strip() for name in (*english, *abroad) if name and not _NOT_A_NAME.match(name))


def base_names(text: str) -> tuple[Word, ...]:
    """Give the names that sentences call this page's base type (DESIGN 5.6).

    The caller checks that a name is that of another type. A sentence about properties
    ("derived from ISO 639", "properties inherited from the group") or with another type as its
    subject after a link ("[x](x.md) is derived from y") is about something else.
    """
    words = (_base_word(match) for match in _BASE.finditer(text))
    return (*(word for word in words if word), *_bases_abroad(text))


def _base_word(match: re.Match[str]) -> Word | None:
    group = "link" if match["link"] else "bare"
    name = match[group].replace(" ", "")
    lead = re.split(r"\.\s|[\n|]", match.string[max(0, match.start() - 500) : match.start()])[-1]
    if _OTHER_SUBJECT.search(lead) or _NOT_A_NAME.match(name) or not re.fullmatch(_NAME, name):
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
