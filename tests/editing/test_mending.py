"""The promises of mending: only the spans of fixes change, no page checks worse, to mend again changes nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from docextract.editing.manuscript import Manuscript
from docextract.editing.mending import Wanted, is_worse, mend
from docextract.findings import CheckId, Edit, Finding, Fix, Severity
from docextract.project.docset import Selection
from docextract.text.source import Span
from docextract.verdict.run import lint
from docextract.verdict.workers import Choice
from tests.helpers import doc_set, run, write
from tests.pages import CLEAN, THING, THINGS, operation, resource, typed

BODY = '{"name": "x",\u00a0"size": 1,\n\u201ctags\u201d: ["a",, "b"],}'
PAGE = operation(BODY, keys=THING).replace("HTTP/1.1 200 OK", "http/1.1 200 Fine").replace("json\n\n{", "json\n{")
RIGHT = operation('{"name": "x", "size": 1,\n"tags": ["a", "b"]}', keys=THING)


def mended(pages, *, unsafe=True):
    """Return pages as all their fixes change them, and the numbers of errors and warnings before and after."""
    selection = Selection(doc_set(pages), frozenset(pages))
    before = lint([selection])
    mending = mend(selection, Wanted(unsafe=unsafe), Choice(), before.findings)
    after = {**pages, **{page.path: page.after for page in mending.pages}}
    assert {page.path: page.before for page in mending.pages}.items() <= pages.items()
    return after, before, lint([Selection(doc_set(after), frozenset(after))])


def of_page(report, path):
    return [finding for finding in report.findings if finding.span.path == path]


#: How a file may be written.
FORMS = {
    "lf": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "mixed": lambda text: re.sub(r"(?<=[#|\w])\n", "\r\n", text),
    "bom": lambda text: "\ufeff" + text,
    "tabs": lambda text: (
        text.replace(" resource", "\tresource").replace("### Re", "###\tRe").replace("## Ex", "##\tEx")
    ),
    "no final newline": lambda text: text.rstrip("\n"),
    "blank lines at the end": lambda text: text + "\n\n \t\n",
    "trailing blanks": lambda text: text.replace("# An operation\n", "# An operation  \t\n"),
    "other white space": lambda text: text.replace("An operation", "An\u00a0operation\u2028\x0b\x0c"),
    "a NUL": lambda text: text.replace("# An operation", "# An \0 operation"),
    "wide letters": lambda text: text.replace("# An operation", "# \U0001f600 \u0410\u0301 \u6f22"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_only_what_is_fixed_changes(tmp_path, form):
    write(tmp_path, THINGS)
    path = tmp_path / "api" / "op.md"
    path.parent.mkdir()
    path.write_bytes(form(PAGE).encode("utf-8"))
    run("check", tmp_path, "--fix")
    assert path.read_bytes() == form(RIGHT).encode("utf-8")


@pytest.mark.parametrize("prefix", ["> ", "    ", "\t"])
def test_what_stands_before_the_lines_of_a_block_stays(prefix):
    """In a list or a quotation the body's text is not that of the page's lines."""
    wrong, right = (
        "1. One\n\n" * prefix.isspace() + "".join(prefix + line for line in page.splitlines(keepends=True))
        for page in (PAGE.replace("json\n{", "json\n\n{"), RIGHT)
    )
    assert mended({**THINGS, "api/op.md": wrong})[0]["api/op.md"] == right


def test_a_new_line_ends_as_its_neighbours():
    for end in ("\n", "\r\n", "\r"):
        here = Manuscript(f"a{end}b")
        for line in (1, 2):
            fix = Fix((Edit(Span("p.md", line, 1, line, 1), "\n"),))
            assert here.edited([fix]) == ("" if line == 1 else f"a{end}") + end + ("a" + end if line == 1 else "") + "b"


def edit(start, end, text=""):
    return Fix((Edit(Span("p.md", 1, start + 1, 1, end + 1), text),))


@pytest.mark.parametrize(
    ("fixes", "kept"),
    [
        ([edit(0, 2), edit(2, 4)], 2),
        ([edit(0, 3), edit(2, 4)], 1),
        ([edit(2, 4), edit(0, 3)], 1),
        ([edit(1, 2), edit(0, 5)], 1),
        ([edit(3, 3, "x"), edit(3, 3, "y")], 1),
        ([edit(3, 3, "x"), edit(1, 5)], 1),
        ([edit(1, 5), edit(3, 3, "x")], 1),
        ([edit(1, 3), edit(3, 3, "x")], 2),
        ([Fix(edit(0, 1).edits + edit(6, 7).edits), edit(3, 4), edit(6, 8)], 2),
    ],
)
def test_fixes_that_touch_the_same_text_are_not_made_at_once(fixes, kept):
    assert len(Manuscript("0123456789").apart(fixes)) == kept


def finding(check, severity):
    return Finding(check, severity, "", Span("p.md", 1, 1, 1, 1))


ERROR, WARNING, INFO = (
    [finding(CheckId.WRONG_TYPE, severity)] for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
)
OTHER = [finding(CheckId.JSON_SYNTAX, Severity.ERROR)]


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        (ERROR, [], False),
        (ERROR, ERROR, False),
        (ERROR, ERROR * 2, True),
        (ERROR * 2, ERROR, False),
        (ERROR, WARNING, False),
        (ERROR, WARNING * 2, True),
        (WARNING, ERROR, True),
        (OTHER, ERROR, True),
        (OTHER * 2, WARNING, True),
        (OTHER + WARNING, WARNING, False),
        (OTHER + WARNING, ERROR, True),
        (ERROR, INFO * 9, False),
        (INFO, WARNING, True),
        ([], INFO, False),
    ],
)
def test_what_is_worse(before, after, worse):
    assert is_worse(before, after) == worse


def test_one_bad_fix_of_a_page_does_not_hinder_the_others():
    body = '{"sizee": "x", "Name": "y",}'
    pages = {**THINGS, "api/op.md": operation(body, keys=THING)}
    assert mended(pages)[0]["api/op.md"] == pages["api/op.md"].replace(body, '{"sizee": "x", "name": "y"}')


def test_a_fix_that_makes_another_page_worse_is_taken_back():
    """The representation agrees with the examples and not with the table: to change it leaves them alone."""
    representation = '{"id": "s", "fullname": "s", "other": "s"}'
    rows = ["|id|String|I.|", "|fullName|String|F.|", "|other|String|O.|"]
    part = resource("part", rows, representation=representation)
    shown = operation('{"fullname": "x"}', keys=typed("part"))
    link = "# Other\n\n[a](Other.md)\n"
    pages = {"part.md": part, "op.md": shown.replace('"fullname"', '"fullname": "a", "fullName"'), "other.md": link}
    after, before, then = mended(pages)
    assert after["part.md"] == part
    assert after["other.md"] == link.replace("Other.md", "other.md")
    assert not any(is_worse(of_page(before, path), of_page(then, path)) for path in pages)


def test_judged_is_by_all_checks_even_if_few_are_selected(tmp_path):
    page = operation('{"sizee": "x"}', keys=THING)
    folder = write(tmp_path, {**THINGS, "api/op.md": page})
    run("check", folder, "--select", "undeclared-property", "--fix", "--unsafe-fixes")
    assert (folder / "api/op.md").read_text("utf-8") == page


#: What damages a page so that it can be mended, or cannot.
MUTATIONS = (
    ",", ",,", ", ", "", " ", "\n", "\t", "\r\n", "\r", "\u00a0", "\u200b", "\u201c", "\u201d", '"', "'", "{", "}", "[",
    "]", ":", "// why", "...", "HTTP/1.1", "http", "HTTP", " 200 ", "204", "OK", "&quot;", "-->", "```", "> ", "    ",
    "Name", "Thing.md", "\\", "\0", "\ufeff", "\U0001f600", "open", "Open", "sizee", "[a](../resources/Thing.md)",
)  # fmt: skip


@st.composite
def mutated(draw):
    """Return a page with pieces of it replaced by others."""
    text = draw(st.sampled_from([PAGE, RIGHT, CLEAN["api/get.md"]]))
    for _ in range(draw(st.integers(1, 6))):
        # Most of what can be mended stands in the example.
        start = draw(st.integers(0, len(text)) | st.integers(text.find("HTTP/1.1 200") % len(text), len(text)))
        end = min(start + draw(st.integers(0, 3)), len(text))
        text = text[:start] + draw(st.sampled_from(MUTATIONS)) + text[end:]
    return draw(st.sampled_from([text, text.replace("\n", "\r\n"), text.rstrip()]))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
@example(PAGE)
@example(PAGE.replace("http/1.1 200 Fine", "`http/1.1\u00a0200\u00a0Fine`"))
def test_mending_is_idempotent_and_never_makes_a_page_worse(page):
    pages = {**{path: THINGS[path] for path in ("resources/thing.md", "resources/person.md")}, "api/op.md": page}
    after, before, then = mended(pages)
    for path in pages:
        assert not is_worse(of_page(before, path), of_page(then, path))
    assert mended(after)[0] == after


@given(st.text(alphabet='{}[]",:ab1 \n\u00a0\u201c\u201d', max_size=40))
@settings(max_examples=200, deadline=None)
def test_safe_fixes_of_a_body_keep_its_value(body):
    pages = {"p.md": f"# A page\n\n```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{{{body}}}\n```\n"}
    after, before, then = mended(pages, unsafe=False)
    values = [doc_set(texts).exchanges("p.md").exchanges[0].response.http.json.value for texts in (pages, after)]
    assert values[0] == values[1]
    assert len(then.findings) <= len(before.findings)
