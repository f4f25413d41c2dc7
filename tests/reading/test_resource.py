"""What a page defines: which tables belong to which type, and enums with their members."""

from __future__ import annotations

import pytest

from tests.helpers import in_body, places, report, write
from tests.pages import THING, THINGS, above_examples, block, operation, resource, table, typed


def test_the_parameters_of_an_operation_are_not_its_types_properties(tmp_path):
    small = block("resource", '{ "id": "string" }', typed("small", truncated=False), info="json")
    parameters = table(["|item|String|An item.|"], head="|Parameter|Type|Description|")
    page = above_examples(operation('{"id": "1"}', keys=THING), "Parameters", parameters)
    page = page.replace("## Parameters", f"{small}\n## Parameters")
    assert places(report(write(tmp_path, {**THINGS, "api/op.md": page})), page="op.md") == []


def defines(name):
    return block("resource", "{}", f'"@odata.type": "example.{name}"', info="json")


SECTIONS = f"""# Types

## One

{defines("one")}
## Two

{defines("two")}
### Properties

{table(["|second|String|S.|"])}
## One more

{table(["|late|String|L.|"])}"""
ABOVE = f"""# Types

## Properties

{table(["|first|String|F.|"])}
## All

{defines("one")}
{defines("two")}"""

NAMED = f"""# One resource type

## Properties

{table(["|first|String|F.|"])}
## JSON representation

{defines("one")}
## The two complex type

{table(["|second|String|S.|"])}
## JSON representation

{defines("two")}"""
NAMED_IN_GERMAN = NAMED.replace("## The two complex type", '## <a name="the-two-complex-type"></a>Der Typ two')
NAMED_BY_NOBODY = NAMED.replace("## The two complex type", "## More")

#: A page of two types, a type, a member, and whether one of its tables declares the member as a String.
OWNERS = {
    "the table of its section": (SECTIONS, "two", "second", True),
    "the table of another's section": (SECTIONS, "one", "second", False),
    "the table of a section that names it": (NAMED, "two", "second", True),
    "the table of a section that names another": (NAMED, "one", "second", False),
    "the table of a section that names it in German": (NAMED_IN_GERMAN, "two", "second", True),
    "the table of a section that names another in German": (NAMED_IN_GERMAN, "one", "second", False),
    "the table of a section that names none": (NAMED_BY_NOBODY, "one", "second", True),
    "a table below all": (SECTIONS, "two", "late", True),
    "a table below all is the last one's": (SECTIONS, "one", "late", False),
    "a table above all": (ABOVE, "one", "first", True),
    "a table above all is the first one's": (ABOVE, "two", "first", False),
}


@pytest.mark.parametrize(("page", "name", "member", "declared"), OWNERS.values(), ids=OWNERS)
def test_the_table_of_a_page_with_several_types(tmp_path, page, name, member, declared):
    body = f'{{"{member}": 5}}'
    shown = operation(body, keys=f'"@odata.type": "example.{name}", "truncated": true')
    expected = [("wrong-type", 1, len(member) + 6)] if declared else []
    found = in_body(tmp_path, {"resources/types.md": page, "api/op.md": shown}, body)
    assert [place for place in found if place[0] != "undeclared-property"] == expected


MEMBERS = table(["|small|0|S.|", "|large|1|L.|"], head="|Member|Value|Description|")
ENUM = f"# Enums\n\n### thingKind values\n\n{MEMBERS}"
#: The page of an enum, the type cell of a row, and the values that are listed; None where none are known.
ENUMS = {
    "a section of values": (ENUM, "thingKind", "small, large"),
    "an enumeration in bold": (
        ENUM.replace("thingKind values", "**thingKind** enumeration"),
        "thingKind",
        "small, large",
    ),
    "a page of its own": (f"# thingKind enum type\n\n## Members\n\n{MEMBERS}", "thingKind", "small, large"),
    "a page of its own with its namespace": (
        f"# thingKind enum type\n\nNamespace: microsoft.graph\n\n## Members\n\n{MEMBERS}",
        "thingKind",
        "small, large",
    ),
    "a page of its own without a section": (f"# thingKind enum type\n\n{MEMBERS}", "thingKind", "small, large"),
    "two sections": (
        "# Enums\n\n### thingKind values\n\n|Member|\n|:---|\n|small|\n\n### thingKind members\n\n|Value|\n|:---|\n|large|\n",
        "thingKind",
        "small, large",
    ),
    "a link with another text": (ENUM, "[kind](kinds.md#thingkind-values)", "small, large"),
    "values in quotes, with dashes": (
        ENUM.replace("|small|", '|"small"|').replace("|large|", "|very-large|"),
        "thingKind",
        "small, very-large",
    ),
    "a row that is cut short": (
        "# Enums\n\n### thingKind values\n\n|Number|Member|\n|:---|:---|\n|0|small|\n|1|\n|2|large|\n",
        "thingKind",
        "small, large",
    ),
    "words for a value": (ENUM.replace("|large|", "|all others|"), "thingKind", "small"),
    "a section of something else": (f"# thingKind enum type\n\n## History\n\n{MEMBERS}", "thingKind", None),
    "a table without members": (ENUM.replace("Member", "Colour").replace("Value", "Code"), "thingKind", None),
}


@pytest.mark.parametrize(("page", "cell", "listed"), ENUMS.values(), ids=ENUMS)
def test_the_members_of_an_enum(tmp_path, page, cell, listed):
    user = resource("user", [f"|kind|{cell}|The kind.|"], representation='{"kind": "string"}')
    pages = {"resources/user.md": user, "resources/kinds.md": page}
    pages["api/op.md"] = operation('{"kind": "huge"}', keys=typed("user"))
    found = [f for f in report(write(tmp_path, pages))["findings"] if f["path"].endswith("op.md")]
    expected = [("enum-value", f"'kind' is \"huge\", expected one of {listed}")] if listed else []
    assert [(f["check"], f["message"]) for f in found] == expected


#: A type cell, a value, and what is found in it.
NOT_LISTED = {
    "a number": ("thingKind", "5", ("wrong-type", "'kind' is 5, expected thingKind")),
    "an object that stands for a value": (
        "thingKind",
        "{}",
        ("placeholder", "'kind' is an empty object, expected one of small, large"),
    ),
    "an array": (
        "thingKind",
        '["small"]',
        ("expected-object", "'kind' is an array, expected a single value: thingKind"),
    ),
    "one for several": (
        "thingKind collection",
        '"small"',
        ("expected-collection", "'kind' is \"small\", expected an array: thingKind collection"),
    ),
    "one of several": (
        "thingKind collection",
        '["small", "huge"]',
        ("enum-value", "'kind' is \"huge\", expected one of small, large"),
    ),
}


@pytest.mark.parametrize(("cell", "value", "expected"), NOT_LISTED.values(), ids=NOT_LISTED)
def test_values_that_are_no_members_of_an_enum(tmp_path, cell, value, expected):
    user = resource("user", [f"|kind|{cell}|The kind.|"], representation='{"kind": []}')
    pages = {"resources/user.md": user, "resources/kinds.md": ENUM}
    pages["api/op.md"] = operation(f'{{"kind": {value}}}', keys=typed("user"))
    found = [f for f in report(write(tmp_path, pages))["findings"] if f["path"].endswith("op.md")]
    assert [(f["check"], f["message"]) for f in found] == [expected]
