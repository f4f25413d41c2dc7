"""What a description lets a value be beside what its type says: empty, nested.

Both are generous, in the languages that pages are published in (de, fr, es, pt, it, ru, zh, ja, ko): a
value that the row speaks of contradicts nothing.
"""

from __future__ import annotations

import re

from docextract.reading.prose import phrase

_MARKS = re.compile("[`*]")
_EMPTY = phrase(
    r"\b(?:empty|blank)\b(?! (?:array|collection|list|object))|\bleere?[nrs]?\b|\bchaîne vide\b|\bcadena vacía\b"
    r"|\b(?:cadeia|cadena) (?:\w+ ){0,3}vazia\b|\bstringa vuota\b|\bпуст(?:ая|ой|ую) строк"
    r"|空的?(?:字符串|字元串|字串)|空の?文字列|빈 문자열"
)
#: What stands before that where it is forbidden.
_FORBIDDEN = phrase(r"(?:\b(?:not|non|never|cannot|nicht|no|não|non|pas)|n['’]t)\b[ -]?(?:be )?(?:an? )?$")
_NESTED = phrase(
    r"\b(?:2|two|3|three|multi)[- ]?(?:d\b|dim)|\b(?:array|collection|list)s? of (?:array|collection|list)s?\b"
    r"|\b(?:zwei|drei|mehr)dimension|\b(?:bi|tri)-?dim|\b(?:deux|trois|dos|tres|duas|due) dimens|\bдвух?мерн"
    r"|[二三多][维維]|[2２二]次元|[2２二] ?차원"
)

#: "Deprecated. Use ...", "(deprecated)", "This property is deprecated and ...".
_DEPRECATED = re.compile(
    r"^\W*deprecated\b|\(deprecated\)"
    r"|\b(?:this|property|field|member|attribute|relationship)[*_\s]+(?:is|has been|was)(?: now)?[*_\s]+deprecated\b",
    re.IGNORECASE,
)


def may_be_empty(text: str) -> bool:
    """Say whether a description speaks of an empty text as a value ("This is an empty string if ...")."""
    plain = _MARKS.sub("", text)
    return any(not _FORBIDDEN.search(plain, 0, match.start()) for match in _EMPTY.finditer(plain))


def nested(text: str) -> bool:
    """Say whether a description calls a collection one of collections ("a 2-dimensional array")."""
    return bool(_NESTED.search(text))


def deprecated(text: str) -> bool:
    """Whether a description calls the member itself deprecated, not one of its values."""
    return "eprecated" in text and bool(_DEPRECATED.search(text))
