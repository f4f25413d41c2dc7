"""Type cells to TypeRefs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.markdown.links import lookup
from docextract.reading.typeref import TypeRef, parse


def shape(ref: TypeRef) -> str:
    """Write a TypeRef shortly: names, `[]` for collections, `|` between alternatives, `!` for primitives."""
    if ref.alternatives:
        names = "|".join(shape(one) for one in ref.alternatives)
        return f"({names})[]" if ref.collection else names
    return (ref.name or "?") + ("!" if ref.primitive else "") + ("[]" if ref.collection else "")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("String", "String!"),
        ("string", "String!"),
        ("bool", "Boolean!"),
        ("int", "Int32!"),
        ("Integer", "Int64!"),
        ("Edm.Int64", "Int64!"),
        ("`Edm.DateTimeOffset`", "DateTimeOffset!"),
        ("Timestamp", "DateTimeOffset!"),
        ("datetime", "DateTimeOffset!"),
        ("GUID", "Guid!"),
        ("numeric", "Number!"),
        ("float", "Double!"),
        ("**Boolean**", "Boolean!"),
        ("&nbsp;String&nbsp;", "String!"),
        ("String<br/>", "String!"),
        ("Json", "Json!"),
        ("microsoft.graph.Json", "Json!"),
        ("JSON object", "Json!"),
        ("Untyped JSON object", "Json!"),
        ("object", "Json!"),
        ("enum", "String!"),
        ("String (enum)", "String!"),
        ("string (url)", "String!"),
        ("string (timestamp)", "String!"),
        ("string (readonly)", "String!"),
        ("(Optional) String", "String!"),
        ("String - optional", "String!"),
        ("String, encoded JSON", "String!"),
        ("string, maximum size 20", "String!"),
        ("String collection", "String![]"),
        ("Int32 collection", "Int32![]"),
        ("Collection(String)", "String![]"),
        ("`collection(string)`", "String![]"),
        ("Collection of String", "String![]"),
        ("array of strings", "String![]"),
        ("String-Auflistung", "String![]"),
        ("Zeichenfolgenauflistung", "String![]"),
        ("Ereignissammlung", "Ereignissammlung"),
        ("[ProvisionedPlan-Sammlung](provisionedplan.md)", "ProvisionedPlan[]"),
        ("Sammlung von Objekten des Typs [user](user.md)", "user[]"),
        ("Collection von Objekten des Typs „String“", "String![]"),
        ("Sammlung ([user](user.md))", "user[]"),
        ("字符串集合", "String![]"),
        ("集合(String)", "String![]"),
        ("[user](user.md) のコレクション", "user[]"),
        ("Zeichenfolge", "String!"),
        ("Boolescher Wert", "Boolean!"),
        ("布尔值", "Boolean!"),
        ("双精度", "Double!"),
        ("文字列", "String!"),
        ("[user](user.md) 对象", "user"),
        ("[user](user.md)-Sammlung", "user[]"),
        ("Collection de [user](user.md)", "user[]"),
        ("Collection d'[user](user.md)", "user[]"),
        ("Colección String", "String![]"),
        ("Coleção de [user](user.md)", "user[]"),
        ("Коллекция [user](user.md)", "user[]"),
        ("[user](user.md) コレクション", "user[]"),
        ("String 集合", "String![]"),
        ("string[]", "String![]"),
        ("Collection(Edm.String)", "String![]"),
        ("microsoft.graph.user", "microsoft.graph.user"),
        ("#microsoft.graph.user", "microsoft.graph.user"),
        ("microsoft\\_graph\\_user", "microsoft_graph_user"),
        ("plannerAppliedCategories", "plannerAppliedCategories"),
        ("routingPolicy collection collection", "routingPolicy[]"),
        ("[user](user.md)", "user"),
        ("[user](user.md) collection", "user[]"),
        ("Collection([user](user.md))", "user[]"),
        ("[user collection](user.md)", "user[]"),
        ("[**user**](user.md)", "user"),
        ("[`user`](user.md)", "user"),
        ("Array of [driveItems](driveitem.md)", "driveItem[]"),
        ("Array of [settings](settings.md)", "settings[]"),
        ("[DateTimeOffset](../resources/timestamp.md)", "DateTimeOffset!"),
        ("[List](list.md)", "List"),
        ("Collection([list](list.md))", "list[]"),
        ("[invitedUserMessageInfo](invitedusermessageinfo.md'", "invitedUserMessageInfo"),
        ("[outcome](outcome.md) collection. Holds grades and rubrics.", "outcome[]"),
        ("error object", "error"),
        ("[a](a.md) or [b](b.md)", "a|b"),
        ("[a](a.md), [b](b.md), or [c](c.md)", "a|b|c"),
        ("string/number", "String!|Number!"),
        ("(boolean or string or number) collection", "(Boolean!|String!|Number!)[]"),
    ],
)
def test_reads_type_expressions(cell: str, expected: str) -> None:
    assert shape(parse(cell, {})) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "",
        " ",
        "-",
        "N/A or nothing at all",
        "The name of the user",
        "Holds grades, feedback and/or rubrics for this submission.",
        "42",
        "collection",
        "** Unknown Type `x.y` **",
        "[an article](https://example.com)",
        "String that holds a name",
        "either this or that one",
    ],
)
def test_leaves_other_text_unknown(cell: str) -> None:
    ref = parse(cell, {})
    assert not ref.known
    assert ref.name == ""


def test_keeps_page_and_anchor_of_a_link() -> None:
    ref = parse("[microsoft.graph.ediscovery.kind](../resources/ediscovery-tag.md#kind-values) collection", {})
    assert (ref.name, ref.page, ref.anchor) == (
        "microsoft.graph.ediscovery.kind",
        "../resources/ediscovery-tag.md",
        "kind-values",
    )
    assert ref.text == "microsoft.graph.ediscovery.kind collection"


def test_an_anchor_of_the_same_page_has_no_page() -> None:
    ref = parse("[kind](#kind-values)", {})
    assert (ref.page, ref.anchor) == (None, "kind-values")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("[folder][]", "folder"),
        ("[Folder]", "Folder"),
        ("[folder][FOLDER]", "folder"),
        ("[folder  item][folder] collection", "?"),
        ("Collection([folder][])", "folder[]"),
        ("[folder][] resource", "folder"),
    ],
)
def test_follows_reference_links(cell: str, expected: str) -> None:
    ref = parse(cell, {"folder": "folder.md"})
    assert shape(ref).removesuffix("[]") == expected.removesuffix("[]")
    assert ref.page == ("folder.md" if ref.known else None)


def test_a_reference_link_without_definition_still_names_the_type() -> None:
    assert parse("[folder][]", {}) == TypeRef("folder", "folder")


def test_labels_match_in_any_case() -> None:
    assert lookup({"FOLDER ITEM": "x.md"}, "folder\n item") == "x.md"
    assert lookup({"folder item": "x.md"}, "Folder Item") == "x.md"
    assert lookup({}, "folder") is None


@given(st.text(alphabet="ab()[]<>/|,.#*_`\\ \ue000or collection", max_size=80) | st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    parse(text, {"a": "a.md#b"})


def test_deep_nesting_is_no_type() -> None:
    assert not parse("collection(" * 5000 + "String" + ")" * 5000).known
