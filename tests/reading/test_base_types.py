"""The base types that prose and rows name."""

from __future__ import annotations

import pytest
from hypothesis import given

from docextract.reading import base_types
from tests.reading.sentences import FRAGMENTS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inherited from [user](user.md).", ("user",)),
        ("The id. Inherited from [one](one.md), inherited from [two](two.md)", ("one", "two")),
        ("Inherited from **[baseItem][]**.", ("baseItem",)),
        ("Inherited from microsoft.graph.entity, is the id.", ("microsoft.graph.entity",)),
        ("Inherited from baseItem.", ("baseItem",)),
        ("Inherited from this", ()),
        ("Inherited from a group.", ()),
        ("Inherited from another scope.", ()),
        ("If inherited from group settings, it is set.", ()),
        ("Inherited property. The name.", ()),
        ("", ()),
    ],
)
def test_inherited_rows(text: str, expected: tuple[str, ...]) -> None:
    assert base_types.inherited_from(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inherits from [user](user.md).", ["user"]),
        ("A room. Derived from [place](place.md).", ["place"]),
        (
            "The **drive** resource is derived from [**baseItem**][baseItem] and inherits properties.",
            ["baseItem"],
        ),
        ("x derives from [y](y.md)", ["y"]),
        ("A subclass of [educationResource](educationresource.md).", ["educationResource"]),
        ("This is a sub-type of **identity**.", ["identity"]),
        ("A subtype of identity.", ["identity"]),
        ("A derivative of [x](x.md)", ["x"]),
        ("Inherits from the [userAgent](ua.md) type.", ["userAgent"]),
        ("**x** inherits all the properties from [y](y.md).", ["y"]),
        ("Inherits from [Session Control](sessioncontrol.md).", ["SessionControl"]),
        ("Erbt von [directoryObject](directoryobject.md).", ["directoryObject"]),
        ("Abgeleitet von der [x](x.md)-Klasse.", ["x"]),
        ("Hérite de [entity](entity.md).", ["entity"]),
        ("Dérivé d'[entity](entity.md).", ["entity"]),
        ("Hereda de [entity](entity.md).", ["entity"]),
        ("Herda de [entity](entity.md).", ["entity"]),
        ("Eredita da [entity](entity.md).", ["entity"]),
        ("Наследуется от [entity](entity.md).", ["entity"]),
        ("继承自 [entity](entity.md)。", ["entity"]),
        ("[entity](entity.md) から継承します。", ["entity"]),
        ("[entity](entity.md)에서 상속합니다.", ["entity"]),
        ("[entity](entity.md) 的子类。", ["entity"]),
        ("[entity 的子类](entity.md)。", ["entity"]),
        ("由 [entity](entity.md) 派生。", ["entity"]),
        ("从 [entity](entity.md) 类型派生。", ["entity"]),
        ("继承自 [实体](entity.md)。", ["entity"]),
        ("[エンティティ](../resources/entity.md) から継承します。", ["entity"]),
        ("Erbt von [Entität](intune-shared-entity.md#entity).", ["entity"]),
        ("由 [user](user.md) 创建。", []),
        ("从 [group](group.md) 中删除。", []),
        ("[user](user.md) 的属性。", []),
        ("This is the derivative of [x](x.md).", ["x"]),
        ("Creates a subclass from [grade](grade.md), with points.", ["grade"]),
        ("The following properties are inherited from **[baseItem][]**.", ["baseItem"]),
        ("Other properties are inherited from [baseItem](baseitem.md).", []),
        ("Stellt einen [user](user.md) dar.", []),
        ("Représente un [user](user.md).", []),
        ("See the derivation of [x](x.md).", []),
        ("Contains properties and inherited properties for apps.", []),
        ("Resources that derive from **baseItem** include:", []),
        ("[x](x.md) is a derived type of place.", []),
        ("[x](x.md) is derived from [y](y.md).", []),
        ("The following methods apply to any of the derived types of attachment.", []),
        ("Inherited from this.", []),
        ("A code derived from ISO 639-1.", []),
        ("Membership derived from group settings elsewhere.", []),
        ("Changed, except for properties that are derived from descendants.", []),
        ("The channel inherits the list of members of the team.", []),
        ("This is a base type.", []),
    ],
)
def test_base_names(text: str, expected: list[str]) -> None:
    words = base_types.base_names(text)
    assert [word.text for word in words] == expected
    assert all(text[word.start : word.end].replace(" ", "") == word.text for word in words)


@given(FRAGMENTS)
def test_no_text_makes_it_raise_and_places_lie_in_the_text(text: str) -> None:
    base_types.inherited_from(text)
    for word in base_types.base_names(text):
        assert 0 <= word.start < word.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is the base type for [a](a.md) and [b](b.md).", ("a", "b")),
        ("The abstract base type for the [a](a.md),[b](b.md), and [c](c.md) types.", ("a", "b", "c")),
        ("A base class; the derived types are [a](a.md) or **[b](b.md)**.", ("a", "b")),
        ("The base class for [Sache](x.md) and [Ä](../resources/b.md).", ("Sache", "b")),
        (
            "It is the base type for each kind:\n\n|Kind|\n|:---|\n|[a](a.md)|\n| **[b](b.md)** | See [c](c.md). |",
            ("a", "b"),
        ),
        ("It is the base type of these:\n- [a](a.md)\n- [b](b.md)\n\n|[c](c.md)|", ("a", "b")),
        ("Basistyp für jede Art:\n\n* [Sache](a.md)", ("Sache",)),
        ("它是每种类型的基类型：\n\n* [a](a.md)", ("a",)),
        ("It is the base type for each kind.\n\n|[a](a.md)|", ()),
        ("It is the base type for each kind:\n\nSee below.\n\n- [a](a.md)", ()),
        ("Its base type:\n\n- [a](a.md)", ()),
        ("Base class for actions in the [a](a.md).", ()),
        ("It is the base type for many types, such as [a](a.md).", ()),
        ("See the derived types of [a](a.md).", ()),
        ("[a](a.md) is the base type.", ()),
    ],
)
def test_heirs(text: str, expected: tuple[str, ...]) -> None:
    assert base_types.heirs(text) == expected
