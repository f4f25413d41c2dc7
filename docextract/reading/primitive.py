"""Primitive types: their names, and what JSON shows of them (OData JSON Format 4.01, section 7.1)."""

from __future__ import annotations

import re
from typing import Literal

from docextract.value import dataclass

Kind = Literal["text", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Primitive:
    """A primitive type: its canonical name, its other spellings in lower case, and its JSON.

    `json_type` is the type that JSON Schema names, None where any value may stand; `form` is the format
    of its strings, `bounds` are the least and the greatest value. `kind` is what samples show; None: anything.
    """

    name: str
    spellings: tuple[str, ...]
    kind: Kind | None
    json_type: Literal["string", "boolean", "integer", "number"] | None = None
    form: str | None = None
    bounds: tuple[int, int] | None = None


def _text(name: str, *spellings: str, form: str | None = None) -> Primitive:
    return Primitive(name, spellings, "text", "string", form)


def _integer(name: str, *spellings: str, bits: int, signed: bool = True) -> Primitive:
    least = -(2 ** (bits - 1)) if signed else 0
    return Primitive(name, spellings, "number", "integer", bounds=(least, least + 2**bits - 1))


def _number(name: str, *spellings: str) -> Primitive:
    return Primitive(name, spellings, "number", "number")


#: "Number" is any number, "Json" anything; the value of a "Stream" is seldom shown.
PRIMITIVES = (
    _text("String", "string", "str", "text", "enum", "char", "enumeration"),
    Primitive("Boolean", ("boolean", "bool"), "boolean", "boolean"),
    _integer("Byte", "byte", bits=8, signed=False),
    _integer("SByte", "sbyte", bits=8),
    _integer("Int16", "int16", "short", bits=16),
    _integer("Int32", "int32", "int", bits=32),
    _integer("Int64", "int64", "long", "integer", bits=64),
    _number("Double", "double", "float"),
    _number("Single", "single"),
    _number("Decimal", "decimal"),
    _number("Number", "number", "numeric"),
    _text(
        *("DateTimeOffset", "datetimeoffset", "datetime", "timestamp", "date-time", "date time", "date/time"),
        form="date-time",
    ),
    _text("Date", "date", form="date"),
    _text("TimeOfDay", "timeofday", "time of day", form="time"),
    _text("Duration", "duration", "iso 8601 duration", form="duration"),
    _text("Guid", "guid", "uuid", form="uuid"),
    _text("Binary", "binary", form="base64"),
    Primitive("Stream", ("stream",), "text"),
    Primitive("Json", ("json", "json object", "untyped json object", "object", "any", "untyped", "untyped json"), None),
)
#: What translations call them: de, fr, es, pt, it, ru, zh (both scripts), ja, ko.
_TRANSLATED = {
    "String": (
        *("zeichenfolge", "zeichenfolgen", "zeichenkette", "chaîne", "chaîne de caractères", "cadena"),
        *("cadena de caracteres", "cadeia de caracteres", "cadeia", "stringa", "строка"),
        *("字符串", "字串", "文字列", "문자열"),
    ),
    "Boolean": (
        *("boolescher wert", "boolesch", "boolesche", "boolescher", "wahrheitswert", "booléen", "booléenne"),
        *("valeur booléenne", "booleano", "booleana", "valor booleano", "booliano", "valore booleano"),
        *("логический", "логическое", "логическое значение", "булево", "布尔值", "布尔", "布尔型", "布林值", "布林"),
        *("ブール値", "ブール", "ブール型", "부울", "부울 값", "불리언"),
    ),
    "Int64": (
        "ganzzahl",
        "entier",
        "entero",
        "inteiro",
        "intero",
        "целое число",
        "целое",
        "整数",
        "整數",
        "整型",
        "정수",
    ),
    "Double": (
        *("gleitkommawert mit doppelter genauigkeit", "gleitkommazahl mit doppelter genauigkeit", "doble", "duplo"),
        *("двойной точности", "双精度", "双精度型", "雙精度", "倍精度", "배정밀도"),
    ),
    "Decimal": ("dezimalzahl", "décimal", "十进制", "小数", "10 進数", "십진수"),
    "Number": ("zahl", "número", "numero", "число", "数字", "數字", "数値", "숫자"),
    "DateTimeOffset": (
        "datum/uhrzeit",
        "datum und uhrzeit",
        "date et heure",
        "fecha y hora",
        "日期时间",
        "日期和时间",
        "日時",
    ),
    "Date": ("datum", "fecha", "дата", "日期", "日付", "날짜"),
    "Duration": (
        *("dauer", "durée", "duración", "duração", "durata", "длительность", "продолжительность"),
        *("持续时间", "期限", "持續時間", "期間", "기간"),
    ),
    "Binary": ("binär", "binaire", "binario", "binário", "двоичный", "二进制", "二進位", "バイナリ", "이진"),
    "Stream": ("datenstrom", "flujo", "fluxo", "flusso", "поток", "流", "串流", "ストリーム", "스트림"),
    "Json": ("json-objekt", "objet json", "objeto json", "oggetto json", "json 对象", "json 物件", "json オブジェクト"),
}
_BY_SPELLING = {
    spelling: primitive
    for primitive in PRIMITIVES
    for spelling in (*primitive.spellings, *_TRANSLATED.get(primitive.name, ()))
}
_PREFIX = re.compile(r"^#?(?:Edm|microsoft\.graph(?=\.json$))\.", re.IGNORECASE)


def primitive(name: str) -> Primitive | None:
    """Return the primitive that a name stands for ("Edm.Int32", "GUID", "timestamp"); None for other names."""
    return _BY_SPELLING.get(_PREFIX.sub("", name.strip()).casefold())
