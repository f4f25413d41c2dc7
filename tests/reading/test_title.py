"""The type that only the title of its page names: where it is found, its namespace, and what is told."""

from __future__ import annotations

import pytest

from docextract.reading.title import enum_heading, enum_title, titles_several, type_title
from tests.helpers import doc_set, in_body, line_of, places, report, write
from tests.pages import block, fence, operation, resource, table, typed

TITLES = {
    "a resource type": ("user resource type", "user"),
    "a resource": ("**user** resource", "user"),
    "a complex type": ("`postalAddress` complex type", "postalAddress"),
    "an entity": ("user entity", "user"),
    "an entity type": ("user entity type", "user"),
    "a full name": ("microsoft.graph.user resource type", "microsoft.graph.user"),
    "a translation": ('<a name="user-resource-type"></a>Benutzerressourcentyp', "user"),
    "a translation with the name": (
        '<a name="postaladdress-resource-type"></a>postalAddress 资源类型',
        "postalAddress",
    ),
    "a second page of its title": ('<a name="user-resource-type-1"></a>user 资源类型', "user"),
    "a task": ("Get user", None),
    "several words": ("Azure user resource type", None),
    "no name": ("The resource type", None),
    "a section": ("Resource types", None),
    "an enum": ("color enum type", None),
    "several types": ("item and list resource types", None),
}


@pytest.mark.parametrize(("title", "name"), TITLES.values(), ids=TITLES)
def test_titles_of_types(title, name):
    assert type_title(title) == name


@pytest.mark.parametrize(
    ("title", "several"),
    [
        ("item and list resource types", True),
        ("item, list, and drive resources", False),
        ("item, list and drive resources", True),
        ("item/list resource type", True),
        ("item resource type", False),
        ("List items and resources", False),
    ],
)
def test_titles_of_several_types(title, several):
    assert titles_several(title) is several


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("color values", "color"),
        ("**color** members", "color"),
        ('<a name="color-values"></a>color-Werte', "color"),
        ('<a name="color-values-1"></a>颜色值', "color"),
        ("Values", None),
        ('<a name="values"></a>Werte', None),
    ],
)
def test_headings_of_enums(text, name):
    assert enum_heading(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [("color enum type", "color"), ('<a name="color-enum-type"></a>color 枚举类型', "color"), ("color values", None)],
)
def test_titles_of_enums(text, name):
    assert enum_title(text) == name


PROPERTIES = "## Properties\n\n" + table(["|id|String|The id.|", "|size|Int32|The size.|"])
SHOWN = '{"id": "string", "size": 1024}'
NAMED = '{"@odata.type": "#example.shop.thing", "id": "string", "size": 1024}'
ZH = f"""# <a name="thing-resource-type"></a>thing 资源类型

## <a name="properties"></a>属性

{table(["|id|字符串|标识符。|", "|size|Int32|大小。|"], head="|属性|类型|说明|")}
## <a name="json-representation"></a>JSON 表示形式

{fence(SHOWN, "json")}"""

PAGES = {
    "a table": (f"# thing resource type\n\n{PROPERTIES}", "microsoft.graph.thing"),
    "a table and a representation": (
        f"# thing resource type\n\n{PROPERTIES}\n## JSON representation\n\n{fence(SHOWN, 'json')}",
        "microsoft.graph.thing",
    ),
    "the namespace of its representation": (
        f"# thing resource type\n\n{PROPERTIES}\n## JSON representation\n\n{fence(NAMED, 'json')}",
        "example.shop.thing",
    ),
    "a line with the namespace": (
        f"# thing resource type\n\nNamespace: example.shop\n\n{PROPERTIES}",
        "example.shop.thing",
    ),
    "a representation that is ignored": (
        f"# thing resource type\n\n{PROPERTIES}\n## JSON representation\n\n{block('ignored', SHOWN, info='json')}",
        "microsoft.graph.thing",
    ),
    "an annotation without a type": (
        f"# thing resource type\n\n{PROPERTIES}\n{block('resource', SHOWN, info='json')}",
        "microsoft.graph.thing",
    ),
    "a translation": (ZH, "microsoft.graph.thing"),
    "an underlined title": (f"thing resource type\n===\n\n{PROPERTIES}", "microsoft.graph.thing"),
    "a title in a quote": (f"> # thing resource type\n\n{PROPERTIES}", "microsoft.graph.thing"),
}
OTHER = resource("other", ["|id|String|The id.|"])


@pytest.mark.parametrize(("text", "name"), PAGES.values(), ids=PAGES)
def test_a_page_without_annotation_defines_the_type_of_its_title(text, name):
    docset = doc_set({"resources/thing.md": text, "resources/other.md": OTHER})
    [defined] = docset.definitions("resources/thing.md").resources
    assert (defined.name, [declared.name for declared in defined.properties]) == (name, ["id", "size"])
    found = docset.registry.type("", "thing")
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(("text", "name"), PAGES.values(), ids=PAGES)
def test_bodies_are_held_against_it(tmp_path, text, name):
    body = '{"id": "1", "size": "big"}'
    keys = typed("thing").replace("microsoft.graph.thing", name)
    pages = {"resources/thing.md": text, "resources/other.md": OTHER, "api/op.md": operation(body, keys=keys)}
    assert in_body(tmp_path, pages, body) == [("wrong-type", 1, 21)]


NO_TYPES = {
    "no table and no representation": "# thing resource type\n\nText.\n",
    "a table of methods": "# thing resource type\n\n## Methods\n\n" + table(["|Get|[thing](thing.md)|Gets it.|"]),
    "another title": f"# Working with things\n\n{PROPERTIES}",
    "a title in code": f"```\n# thing resource type\n```\n\n{PROPERTIES}",
    "a representation of nothing": "# thing resource type\n\n## JSON representation\n\n" + fence("Text.", "json"),
    "JSON in another section": "# thing resource type\n\n## Notes\n\n" + fence(SHOWN, "json"),
}


@pytest.mark.parametrize("text", NO_TYPES.values(), ids=NO_TYPES)
def test_pages_that_define_no_type(text):
    docset = doc_set({"resources/thing.md": text})
    assert docset.definitions("resources/thing.md").resources == ()
    assert docset.registry.type("", "thing") is None


def test_a_doc_set_of_one_page_without_any_namespace():
    docset = doc_set({"thing.md": f"# thing resource type\n\n{PROPERTIES}"})
    found = docset.registry.type("", "microsoft.graph.thing")
    assert found is not None
    assert found.name == "thing"


@pytest.mark.parametrize("text", [PAGES["a table and a representation"][0], ZH], ids=["English", "Chinese"])
def test_it_is_told_once_at_the_title(tmp_path, text):
    found = report(write(tmp_path, {"resources/thing.md": text, "resources/other.md": OTHER}))
    assert places(found) == [("resource-unannotated", 1, 1)]
    [finding] = found["findings"]
    assert '"@odata.type": "microsoft.graph.thing"' in finding["message"]
    assert [place["line"] for place in finding["related"]] == [line_of(text, "```json")]


def test_a_title_of_two_types_defines_none(tmp_path):
    text = f"# thing and part resource types\n\n{PROPERTIES}"
    found = report(write(tmp_path, {"resources/thing.md": text, "resources/other.md": OTHER}))
    assert places(found) == [("resource-unannotated", 1, 1)]
    assert "names several types" in found["findings"][0]["message"]


def test_an_annotation_without_a_type_is_told_by_its_own_check(tmp_path):
    text = PAGES["an annotation without a type"][0]
    found = report(write(tmp_path, {"resources/thing.md": text, "resources/other.md": OTHER}))
    assert [check for check, *_ in places(found)] == ["annotation-key"]
