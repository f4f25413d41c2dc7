"""What a scan of a text says that a page defines is what the page's readers find."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docextract.markdown.parser import parse
from docextract.reading.enumeration import read_enums
from docextract.reading.resource import read_resources
from docextract.reading.scan import scan
from docextract.text.source import Source
from tests.helpers import ROOT, SEEDS, report, write
from tests.pages import operation, resource

PATHS = sorted([*SEEDS.rglob("*.md"), *(ROOT / "tests/data").rglob("*.md")])
TEXTS = [path.read_bytes().decode("utf-8", "replace") for path in PATHS]
PLAIN = '<!-- { "blockType": "resource", "@odata.type": "a.b" } -->\n'
BLOCK = "```json\n{}\n```\n"

#: Texts of a resource, and the types that they define.
RESOURCES = {
    "plain": (PLAIN + BLOCK, ["a.b"]),
    "a type with a number sign": (PLAIN.replace("a.b", "#a.b") + BLOCK, ["a.b"]),
    "the old key of the type": (PLAIN.replace("@odata.type", "@type") + BLOCK, ["a.b"]),
    "carriage returns": ((PLAIN + BLOCK).replace("\n", "\r\n"), ["a.b"]),
    "a type without quotes": (PLAIN.replace('"@odata.type"', "@odata.type") + BLOCK, ["a.b"]),
    "a key in lower case": (PLAIN.replace("blockType", "blocktype") + BLOCK, ["a.b"]),
    "a key in upper case": (PLAIN.replace("blockType", "BLOCKTYPE") + BLOCK, ["a.b"]),
    "a key without quotes": (PLAIN.replace('"blockType"', "blockType") + BLOCK, ["a.b"]),
    "a key with an escape": (PLAIN.replace("blockType", r"bl\u006fckType") + BLOCK, ["a.b"]),
    "a key with another letter": (PLAIN.replace("blockType", "bloc\u212aType") + BLOCK, ["a.b"]),
    "a slip in the block type": (PLAIN.replace("resource", "resorce") + BLOCK, ["a.b"]),
    "single quotes": (PLAIN.replace('"', "'") + BLOCK, []),
    "a trailing comma": (PLAIN.replace(" }", ", }") + BLOCK, ["a.b"]),
    "no braces": (PLAIN.replace("{ ", "").replace(" }", "") + BLOCK, ["a.b"]),
    "no brace at the begin": (PLAIN.replace("{ ", "") + BLOCK, ["a.b"]),
    "quotes as entities": (PLAIN.replace('"', "&quot;") + BLOCK, ["a.b"]),
    "two block types": (PLAIN.replace("{", '{ "blockType": "request",') + BLOCK, ["a.b"]),
    "no end of the comment": (PLAIN.replace(" -->", "") + BLOCK, ["a.b"]),
    "a broken end of the comment": (PLAIN.replace("-->", "->") + BLOCK, ["a.b"]),
    "a broken begin of the comment": (PLAIN.replace("<!--", "<!-") + BLOCK, ["a.b"]),
    "no comment": (PLAIN.replace("<!--", "").replace("-->", "") + BLOCK, ["a.b"]),
    "no code block": (PLAIN, []),
    "text before the code block": (f"{PLAIN}\nText.\n\n{BLOCK}", ["a.b"]),
    "a heading before the code block": (f"{PLAIN}\n# Next\n\n{BLOCK}", ["a.b"]),
    "another annotation before the code block": (f"{PLAIN}\n{PLAIN.replace('a.b', 'a.c')}{BLOCK}", ["a.c"]),
    "HTML above": ("<div>\n" + PLAIN + BLOCK, []),
    "HTML that goes on": ("<pre>\n\n" + PLAIN + BLOCK + "</pre>\n", []),
    "a line break above": ("A line.<br>\n" + PLAIN + BLOCK, ["a.b"]),
    "indented": ("    " + PLAIN + BLOCK, []),
    "in a list": ("- An item\n\n  " + PLAIN + "\n  ```json\n  {}\n  ```\n", ["a.b"]),
    "an example of Markdown": ("```md\n" + PLAIN.replace("-->\n", "-->") + "\n```\n", []),
    "another example of Markdown": ("````text\n" + PLAIN + BLOCK + "````\n", []),
    "in a code block that is not closed": ("```http\nGET /a\n\n" + PLAIN + BLOCK, ["a.b"]),
    "in a program that is not closed": ("```csharp\nx\n\n" + PLAIN + BLOCK, []),
    "above a longer fence": (PLAIN + BLOCK.replace("```", "````"), []),
    "no annotation, but a title": (
        "# b resource type\n\n## JSON representation\n\n" + BLOCK.replace("{}", '{"c": 1}'),
        ["b"],
    ),
    "a title with a namespace": (
        "# a.b complex type\n\n## JSON representation\n\n" + BLOCK.replace("{}", '{"c": 1}'),
        ["a.b"],
    ),
    "the title of a translation": (
        '# <a name="b-resource-type"></a>B\n\n## <a name="json-representation"></a>J\n\n'
        + BLOCK.replace("{}", '{"c": 1}'),
        ["B"],
    ),
    "the title of a translation in braces": (
        "# 类型 {#b-resource-type}\n\n## J {#json-representation}\n\n" + BLOCK.replace("{}", '{"c": 1}'),
        ["b"],
    ),
    "a title with closing signs": (
        "# b resource type ##\n\n## JSON representation\n\n" + BLOCK.replace("{}", '{"c": 1}'),
        ["b"],
    ),
    "a title in a list": ("- # b resource type\n\n## JSON representation\n\n" + BLOCK.replace("{}", '{"c": 1}'), ["b"]),
    "a title and no more": ("# b resource type\n\n" + BLOCK, []),
    "a title above an annotation": ("# b resource type\n\n" + PLAIN + BLOCK, ["a.b"]),
    "a title above a damaged annotation": (
        "# b resource type\n\n" + PLAIN.replace('"@odata.type"', '"odata"') + BLOCK,
        ["b"],
    ),
    "in a sentence": ("Write `" + PLAIN.strip() + "` above.\n\n" + BLOCK, []),
}

ENUMS = {
    "a heading": "## color values\n\n|Member|\n|:---|\n|red|\n",
    "a heading of one word": "# color enumeration\n\n|Member|\n|:---|\n|red|\n",
    "capitals": "## color Values\n\n|Member|\n|:---|\n|red|\n",
    "a title in capitals": "# color Enum\n\n## Members\n\n|Member|\n|:---|\n|red|\n",
    "emphasis": "## **color** values\n\n|Member|\n|:---|\n|red|\n",
    "underlined": "color values\n------------\n\n|Member|\n|:---|\n|red|\n",
    "underlined twice": "color enum\n===\n\n|Member|\n|:---|\n|red|\n",
    "an anchor": '## <a name="color-values"></a>颜色\n\n|成员|\n|:---|\n|red|\n',
    "an anchor in braces": "## 颜色 {#color-values}\n\n|成员|\n|:---|\n|red|\n",
    "the anchor of a title": '# <a id="color-enum-type"></a>Farbe\n\n## <a id="members"></a>E\n\n|Element|\n|---|\n|red|\n',
    "indented": "  ## color values\n\n|Member|\n|:---|\n|red|\n",
    "no-break space": "## color\u00a0values\n\n|Member|\n|:---|\n|red|\n",
    "carriage returns": "color values\r\n---\r\n\r\n|Member|\r\n|:---|\r\n|red|\r\n",
}


def types_read(text: str) -> list[str]:
    return [one.name for one in read_resources(parse(Source.of("", text)))]


def enums_read(text: str) -> set[str]:
    """Return the last segments of the names, by which enums are looked up."""
    return {one.name.rpartition(".")[2] for one in read_enums(parse(Source.of("", text)))}


def assert_one_truth(text: str) -> None:
    outline = scan(text)
    assert [*outline.types, *outline.titled] == types_read(text)
    # A heading that announces an enum may have no table of members below it.
    assert enums_read(text) <= set(outline.enums)


@pytest.mark.parametrize("text", TEXTS, ids=[path.name for path in PATHS])
def test_pages(text):
    assert_one_truth(text)


@pytest.mark.parametrize("case", RESOURCES.values(), ids=RESOURCES)
def test_resources(case):
    text, expected = case
    outline = scan(text)
    assert ([*outline.types, *outline.titled], types_read(text)) == (expected, expected)


@pytest.mark.parametrize("text", ENUMS.values(), ids=ENUMS)
def test_enums(text):
    assert (scan(text).enums, enums_read(text)) == (("color",), {"color"})


#: Texts of a page that defines one type, and the types that they call open.
OPEN = {
    "this type": ("This is an open type.", ("a.b",)),
    "a link": ("See the open type [c](c.md).", ("c",)),
    "a link in full": ("See the open type [a.c](c.md).", ("a.c",)),
    "two links": ("See the open type [c](c.md) and the open type **[d](d.md)**.", ("c", "d")),
    "open types": ("See the open types [c](c.md).", ()),
    "nothing": ("See [c](c.md).", ()),
    "an opened type": ("This is an opened type.", ()),
}


@pytest.mark.parametrize(("text", "called"), OPEN.values(), ids=OPEN)
def test_open_types(text, called):
    assert scan(f"# a\n\n{text}\n\n{PLAIN}{BLOCK}").open_types == called


def test_prose_calls_open_only_the_one_type_of_its_page():
    assert scan("This is an open type.").open_types == ()
    assert scan(f"This is an open type.\n\n{PLAIN}{BLOCK}{PLAIN.replace('a.b', 'a.c')}{BLOCK}").open_types == ()


ANNOTATED = [text for text in TEXTS if '"resource"' in text]
#: What a slip of the keyboard or a tool does to an annotation.
DAMAGES = [
    (r'"@odata\.type"', "@odata.type"),
    (r'"@odata\.type"', '"@odata.Type"'),
    (r'"@odata\.type"', "'@odata.type'"),
    (r'"blockType"', '"blocktype"'),
    (r'"blockType"', '"BlockType"'),
    (r'"blockType"', "blockType"),
    (r'"blockType"', '"blockType'),
    (r'"resource"', "resource"),
    (r'"resource"', '"Resource"'),
    (r'"resource"', '"resources"'),
    (r'"resource"', '"resource'),
    (r'"', "&quot;"),
    (r'"', "\u201c"),
    (r'"', ""),
    (r",", ""),
    (r",", ",,"),
    (r"\{", ""),
    (r"\}", ""),
    (r"\}", ",}"),
    (r"<!--", "<!-"),
    (r"<!--", ""),
    (r"-->", "->"),
    (r"-->", ""),
    (r"-->", "--> text"),
    (r"-->", "-->\n\n# A heading\n"),
    (r"\n```", "\n````"),
    (r"\n```", "\n"),
    (r"\n", "\r\n"),
    (r"\n", "\n    "),
    (r":", ""),
    (r":", " : "),
]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A page of which some places in or around its annotations are damaged."""
    text = draw(st.sampled_from(ANNOTATED))
    for _ in range(draw(st.integers(1, 3))):
        pattern, instead = draw(st.sampled_from(DAMAGES))
        spots = [spot for note in re.finditer(r"<!--.*?-->\s*```", text, re.DOTALL) for spot in _within(pattern, note)]
        if spots:
            start, end = draw(st.sampled_from(spots))
            text = text[:start] + instead + text[end:]
    return text


def _within(pattern: str, note: re.Match[str]) -> list[tuple[int, int]]:
    return [spot.span() for spot in re.compile(pattern).finditer(note.string, *note.span())]


@settings(max_examples=300, deadline=None)
@given(damaged())
@example(TEXTS[0])
def test_damaged_annotations(text):
    assert_one_truth(text)


@pytest.mark.parametrize(
    ("right", "wrong"), [('"@odata.type"', "@odata.type"), ('"blockType"', '"blocktype"'), ('"resource"', '"resorce"')]
)
def test_a_type_with_a_damaged_annotation_is_known_to_all_pages(tmp_path, right, wrong):
    pages = {
        "thing.md": resource("thing", ["|part|part|Its part.|"]),
        "part.md": resource("part", ["|size|Int32|Its size.|"]).replace(right, wrong),
        "get.md": operation('{"part": {"size": "big"}}', keys='"@odata.type": "microsoft.graph.thing"'),
    }
    found = [(f["path"].rpartition("/")[2], f["check"]) for f in report(write(tmp_path, pages))["findings"]]
    assert ("get.md", "wrong-type") in found
    assert not any(check == "unknown-type" for _, check in found)
