"""Whatever stands on a page or in its name: each format stays what it is, and gives the text back."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from docextract.findings import Related, Severity
from docextract.renderers import RENDERERS
from docextract.renderers.visible import visible
from docextract.text.source import Span
from tests.renderers.readers import WHOLE, command, read, validate
from tests.renderers.reports import finding, rendered, report

#: What means something to a terminal, a log, XML, JSON, Markdown, HTML or a URI.
PARTS = st.sampled_from(
    [
        *"\t\n\r\0\x07\x1b\x7f\x85\x9b\u061c\u200f\u2028\u202e\u2066\ufeff\ud800\udce9\ufffe\uffff😀é",
        *"`*_{}[]()<>#+-.!|~@:,;%&'\"\\/$^= ",
        *(
            "::error::x",
            "##[error]x",
            "##vso[task]x",
            "::stop-commands::x",
            "%0A",
            "%25",
            "&amp;",
            "]]>",
            "<!--",
            "-->",
        ),
        *(
            "</details>",
            "<script>",
            "](https://evil.example)",
            "https://evil.example",
            "www.evil.example",
            "@user",
            "``",
        ),
        *("```", "\n\n# x\n\n", "\n- x", "\x1b[31m", "{0}", "\\|", "a", "bc", "../", "C:\\x"),
    ]
)
TEXTS = st.lists(PARTS, min_size=1, max_size=12).map("".join)
#: Names of files hold no NUL and no slash at an end, and what UTF-8 cannot encode is a byte that was escaped.
NAMES = TEXTS.map(lambda text: re.sub(r"[\0/\ud800]+", "", text).strip("=") or "x").map("docs/{}.md".format)
#: So many examples suffice for each format: a text has few parts.
FEW = settings(max_examples=60, deadline=None)


def hostile(name: str, text: str):
    """Return a report whose finding says a text, and whose page has a name."""
    related = (Related(Span(name, 2, 1, 2, 2), text),)
    return report([replace(finding(path=name, message=text), related=related)])


@pytest.mark.parametrize("form", RENDERERS)
@FEW
@given(name=NAMES, text=TEXTS)
def test_nothing_steers_a_terminal_or_a_ci_job(form, name, text):
    out = rendered(form, hostile(name, text), text=text.replace("\n", " "))
    lines = out.split("\n")
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", out)
    found = [one for one in map(command, lines) if one]
    assert [one.name for one in found] == (["error"] if form == "github" else [])
    out.encode()


@pytest.mark.parametrize("form", WHOLE)
@FEW
@given(name=NAMES, text=TEXTS)
def test_it_is_valid_and_the_place_is_read_back(form, name, text):
    out = rendered(form, hostile(name, text))
    if form != "concise":
        validate(form, out)
    [entry] = read(form, out)
    exact = form in ("json", "jsonl", "gitlab", "sarif", "rdjson")
    shown = name if exact else visible(name)
    if form == "junit":
        shown = shown.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    assert entry[:4] == ("wrong-type", "error", shown, 1)


@FEW
@given(name=NAMES, text=TEXTS)
@example(name="docs/a,b: 100%.md", text="100%25 of 5,: done")
def test_a_workflow_command_gives_back_what_is_visible(name, text):
    [line] = rendered("github", hostile(name, text)).splitlines()
    found = command(line)
    assert found.properties["file"] == visible(name)
    assert found.data == f"{visible(text)}\n{visible(f'{name}:2: {text}')}"


@FEW
@given(name=NAMES, text=TEXTS)
def test_json_gives_back_the_text(name, text):
    [shown] = json.loads(rendered("json", hostile(name, text)))["findings"]
    assert (shown["path"], shown["message"]) == (name, text)
    assert json.loads(rendered("jsonl", hostile(name, text))) == shown


@FEW
@given(name=NAMES, text=TEXTS)
def test_xml_gives_back_what_is_visible(name, text):
    [failure] = ElementTree.fromstring(rendered("junit", hostile(name, text))).findall(".//failure")
    shown = visible(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    assert failure.get("message") == shown


#: As in GitHub: tables, HTML, and URLs that become links by themselves.
GFM = MarkdownIt("gfm-like", {"html": True, "linkify": False}).enable("table")


@FEW
@given(name=NAMES, text=TEXTS)
def test_markdown_holds_text_in_code_spans_alone(name, text):
    out = rendered("markdown", hostile(name, text), blob="https://forge.example/")
    tokens = GFM.parse(out)
    assert Counter(token.type for token in tokens if token.type == "html_block") == {"html_block": 2}
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {child.type for child in inner}
    assert kinds <= {"text", "code_inline", "link_open", "link_close"}
    targets = [child.attrs["href"] for child in inner if child.type == "link_open"]
    assert len(targets) == 3
    assert all(target.startswith("https://forge.example/docs/") for target in targets)
    spans = [child.content for child in inner if child.type == "code_inline"]
    assert spans.count(visible(text).replace("\t", " ")) == 2
    assert {child.content.strip() for child in inner if child.type == "text"} <= {
        "docextract",
        "1 page, 0 exchanges, 0 responses (0 annotated), 0 bodies checked against a table: 1 error",
        *("findings", "severity", "check", "first", "1", "error", ""),
    }


@FEW
@given(TEXTS, TEXTS)
def test_sarif_messages_make_no_links(before, after):
    text = f"{before}[click](https://evil.example){after}"
    [run] = json.loads(rendered("sarif", hostile("page.md", text)))["runs"]
    [result] = run["results"]
    assert "](" not in result["message"]["text"] + result["relatedLocations"][0]["message"]["text"]


@FEW
@given(st.lists(st.tuples(st.sampled_from(Severity), TEXTS), max_size=30))
def test_any_number_of_findings_is_valid(found):
    shown = report([finding(number, severity, text) for number, (severity, text) in enumerate(found, 1)])
    for form in ("github", "gitlab", "junit", "rdjson", "jsonl"):
        validate(form, rendered(form, shown))
