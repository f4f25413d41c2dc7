"""The `text` format: the line of each finding with marks below it, repeats folded, figures at the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.helpers import line_of, run, write
from tests.pages import CLEAN, DIRTY, exchange, operation, resource, typed

if TYPE_CHECKING:
    from pathlib import Path

THING = {
    "thing.md": resource(
        "thing",
        ["|id|String|The id.|", "|size|Int32|The size.|"],
        representation='{"id": "string", "size": 1}',
    )
}
KEYS = typed("thing")
#: The line of the status line on the page of an exchange.
LINE = line_of(exchange("HTTP/1.1 200 OK"), "200 OK")


@pytest.fixture
def show(tmp_path, monkeypatch):
    """Return a function that checks pages in the working directory and returns what is shown."""
    monkeypatch.chdir(tmp_path)

    def shown(pages, *options, terminal=False):
        write(tmp_path, pages)
        return run("check", *options, terminal=terminal)[1]

    return shown


def test_a_finding_with_both_sides(show):
    assert show(DIRTY) == (
        "error[wrong-type]: 'id' is 1, expected String\n"
        "  --> api/get.md:33:8\n"
        '33 | {"id": 1}\n'
        "   |        ^\n"
        "  ::: resources/thing.md:12:1\n"
        "12 | |id|String|The id.|\n"
        "   | ------------------- the row of 'id' says String\n"
        "\n"
        "2 pages, 1 exchange, 1 response (1 annotated), 1 body checked against a table: 1 error\n"
        "'docextract explain CHECK' says what a check means\n"
    )


def test_nothing_but_the_figures_of_a_clean_run(show):
    assert show(CLEAN) == ("2 pages, 1 exchange, 1 response (1 annotated), 1 body checked against a table: clean\n")


def test_what_is_suppressed_is_counted(show):
    page = DIRTY["api/get.md"].replace("# An operation", "<!-- docextract-disable-file -->\n\n# An operation")
    assert show({**DIRTY, "api/get.md": page}).endswith("checked against a table: clean, 1 suppressed\n")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (1, "and 1 more place: op001.md:33"),
        (3, "and 3 more places: op001.md:33, op002.md:33, op003.md:33"),
        (101, "and 101 more places: op001.md:33, op002.md:33, op003.md:33 and 98 more"),
    ],
)
def test_repeats_are_folded(show, more, said):
    page = operation('{"size": "5"}', keys=KEYS)
    out = show({**THING, **{f"op{i:03}.md": page for i in range(more + 1)}})
    assert out.count("error[wrong-type]") == 1
    assert f"\n   = {said}\n" in out
    assert f": {more + 1} errors\n" in out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (3, "and 3 more places: op1.md:3, op2.md:3, op3.md:3"),
        (5, "and 5 more places: op1.md:3, op2.md:3, op3.md:3 and 2 more"),
    ],
)
def test_of_repeated_warnings_only_three_places_are_named(show, more, said):
    out = show({f"op{i}.md": "# A page\n\nTODO: more.\n" for i in range(more + 1)})
    assert out.count("warning[leftover]") == 1
    assert f"\n  = {said}\n" in out


def test_repeats_on_a_page_are_named_by_their_lines(show):
    out = show({"page.md": "# A page\n\nTODO: a\n\nTODO: a\nTODO: a\nTODO: a\n"}, "--select", "leftover")
    assert "\n  = and 3 more places: page.md:5-7\n" in out


def test_after_three_warnings_of_a_check_a_line_each_is_enough(show):
    wrong = {f"x{i}.md": exchange(f"HTTP/1.1 200 Fine{i}") for i in range(5)}
    out = show(wrong, "--select", "reason-phrase")
    assert out.count("^\n") == 3
    assert (
        "warning[reason-phrase]: 2 more\n"
        f"  x3.md:{LINE}:1: reason phrase 'Fine3' is not that of 200, expected 'OK'\n"
        f"  x4.md:{LINE}:1: reason phrase 'Fine4' is not that of 200, expected 'OK'\n"
    ) in out


def test_errors_come_first_then_warnings_and_infos_are_counted(show):
    pages = {
        **THING,
        "a.md": "# A page\n\nTODO: more.\n",
        "b.md": operation('{"size": "5"}', keys=KEYS),
        "c.md": "# A page\n\n[b](B.md)\n",
    }
    out = show(pages)
    assert re.findall(r"^(\w+)\[", out, re.M) == ["error", "warning"]
    assert out.endswith(
        "1 error, 1 warning, 1 info\n--fix mends 1; --min-severity info shows 1 more; 'docextract explain CHECK' says what a check means\n"
    )
    assert re.findall(r"^(\w+)\[", show(pages, "--min-severity", "info"), re.M) == ["error", "warning", "info"]
    assert re.findall(r"^(\w+)\[", show(pages, "--min-severity", "error"), re.M) == ["error"]
    # What makes a run fail is never hidden.
    assert re.findall(r"^(\w+)\[", show(pages, "--fail-on", "info"), re.M) == ["error", "warning", "info"]


def test_many_findings_are_listed_by_check(show):
    page = operation('{"size": "5"}', keys=KEYS)
    spoiled = page.replace("200 OK", "200 Fine") + "\nTODO: more.\n"
    out = show({**THING, **{f"op{i:02}.md": page for i in range(11)}, **{f"x{i}.md": spoiled for i in range(5)}})
    *_, table, closing = out.split("\n\n")
    assert table.split("\n") == [
        "16  error    wrong-type",
        " 5  warning  leftover",
        " 5  warning  reason-phrase  (5 fixable)",
        "16 pages have errors or warnings; the worst:",
        *(f"  x{i}.md (1 error, 2 warnings)" for i in range(5)),
    ]
    assert "16 bodies checked against a table: 16 errors, 10 warnings\n" in closing
    assert show({}, "--statistics") == f"{table}\n\n{closing}"


@pytest.mark.parametrize(("pages", "advised"), [(50, False), (51, True)])
def test_with_many_errors_a_baseline_is_advised(show, pages, advised):
    page = operation('{"size": "5"}', keys=KEYS)
    out = show({**THING, **{f"op{i:02}.md": page for i in range(pages)}})
    assert ("--baseline FILE --baseline-update sets all of them aside" in out) is advised


def test_twenty_findings_need_no_list(show):
    page = operation('{"size": "5"}', keys=KEYS)
    assert "20  error" not in show({**THING, **{f"op{i:02}.md": page for i in range(20)}})


def test_a_place_without_text_is_shown_by_its_line_alone(show):
    pages = {"docextract.toml": "[required-front-matter]\ntitle = []\n", "page.md": "\n# A page\n"}
    assert show(pages) == (
        "warning[front-matter-required]: front matter key 'title' is missing; the configuration requires it\n"
        " --> page.md:1:1\n"
        "\n"
        "1 page, 0 exchanges, 0 responses (0 annotated), 0 bodies checked against a table: 1 warning\n"
        "'docextract explain CHECK' says what a check means\n"
    )


def marked(out, number=0):
    """Return a line that is shown, and the columns of a terminal that its marks take."""
    lines = out.split("\n")
    at = [i for i, line in enumerate(lines) if re.match(r" +\| +[\^-]", line)][number]
    text, marks = (lines[i].split("| ", 1)[1] for i in (at - 1, at))
    found = re.match(r"( *)([\^-]+)", marks)
    return text, found.start(2), found.end(2)


def cells(text, start, end):
    """Return what a terminal shows from one column to another; a combining character goes with the one before."""
    shown, at = "", 0
    for char in text:
        width = cell_len(char)
        shown += char if (start <= at < end if width else start < at <= end) else ""
        at += width
    return shown


def test_a_long_line_is_cut_around_its_marks(show):
    body = f'{{"id": "{"a" * 200}", "size": "5", "more": "{"b" * 200}"}}'
    text, start, end = marked(show({**THING, "op.md": operation(body, keys=KEYS)}, "--select", "wrong-type"))
    assert text == "…" + "a" * 25 + '", "size": "5", "more": "' + "b" * 63 + "…"
    assert (len(text), text[start:end]) == (115, '"5"')


def test_a_long_text_keeps_both_ends(show):
    out = show({**THING, "op.md": operation(f'{{"size": "{"a" * 300}b"}}', keys=KEYS)}, "--select", "wrong-type")
    text, start, end = marked(out)
    assert text[start:end] == '"' + "a" * 50 + "…" + "a" * 22 + 'b"'
    assert text[:start] == '{"size": '


def test_a_row_that_is_cut_shows_the_cell_that_is_missing(show, monkeypatch):
    row = f"|size|{'Int32 ' * 40}"
    page = resource("thing", ["|id|String|The id.|", row])
    text, start, end = marked(show({"thing.md": page}, "--select", "table-row"))
    assert text[start:end].startswith("|size|Int32 ")
    assert text[start:end].endswith("Int32 Int32")


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_the_width_is_that_of_the_terminal(show, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    body = f'{{"id": "{"a" * 200}", "size": "5", "more": "{"b" * 200}"}}'
    pages = {**THING, "op.md": operation(body, keys=KEYS)}
    out = show(pages, "--select", "wrong-type,undeclared-property", terminal=True)
    assert max(map(cell_len, out.split("\n"))) <= columns
    assert len(marked(out)[0]) == columns - 5
    assert len(show(pages, "--select", "wrong-type").split("\n")[2]) == 120


def test_words_are_never_broken(show, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    words = set(re.findall(r"\S+", show(DIRTY)))
    assert set(re.findall(r"\S+", show(DIRTY, terminal=True))) == words


#: What terminals show one and two columns wide, what they lay over the character before it, and what steers them.
TEXTS = st.text(
    st.sampled_from("ab <|…éЖ中文字漢カナｱ한글Ｗ、。\u0301\u0308\u0323\u20d7\x85\x9b\u2028\u200e\u202e"), max_size=90
)
#: How the characters that steer a terminal are shown.
SHOWN = str.maketrans({"\x85": "\\x85", "\x9b": "\\x9b", "\u2028": "\\u2028", "\u200e": "\\u200e", "\u202e": "\\u202e"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the type that all bodies have."""
    return write(tmp_path_factory.mktemp("pages"), THING)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=TEXTS, value=TEXTS, after=TEXTS, blank=st.text(" \t", max_size=9))
@example(before="中" * 80, value="x" * 200, after="", blank="")
@example(before="a\u0301" * 80, value="中\u0301" * 60, after="中" * 80, blank="\t")
def test_every_mark_lies_below_its_text(folder, before, value, after, blank):
    body = f'{{{blank}"id": "{before}",{blank}"size": "{value}", "more": "{after}"}}'
    write(folder, {"op.md": operation(body, keys=KEYS)})
    _, out, _ = run("check", folder, "--select", "wrong-type,placeholder", "--min-severity", "info")
    text, start, end = marked(out)
    shown, whole = cells(text, start, end), f'"{value}"'.translate(SHOWN)
    first, _, last = shown.rpartition("…")
    assert shown == whole or (whole.startswith(first) and whole.endswith(last) and first)
    assert cells(text, 0, start).endswith('"size": ')


@settings(max_examples=50, deadline=None)
@given(st.text("ab ", max_size=300), st.text("ab", max_size=300), st.text("ab ", max_size=300))
def test_no_line_of_a_page_is_shown_longer_than_a_screen(folder, before, value, after):
    write(folder, {"op.md": operation(f'{{"id": "{before}", "size": "{value}", "more": "{after}"}}', keys=KEYS)})
    _, out, _ = run("check", folder, "--select", "wrong-type,placeholder", "--min-severity", "info")
    text, _, end = marked(out)
    assert len(text) <= 120
    assert end <= 120


def test_characters_that_steer_a_terminal_are_shown_and_not_sent(show):
    out = show({"page.md": exchange("HTTP/1.1 204 \x1b[31mred\u202e")}, "--select", "reason-phrase")
    assert out.split("\n")[0] == (
        "warning[reason-phrase]: reason phrase '\\x1b[31mred\\u202e' is not that of 204, expected 'No Content'"
    )
    text, start, end = marked(out)
    assert text[start:end] == "HTTP/1.1 204 \\x1b[31mred\\u202e"
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_colours_on_a_terminal_alone(show, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    plain, painted = show(DIRTY), show(DIRTY, terminal=True)
    assert "\x1b[1;31merror[wrong-type]\x1b[0m" in painted
    assert "\x1b[31m^\x1b[0m" in painted
    assert "\x1b[34m------------------- the row of 'id' says String\x1b[0m" in painted
    assert ": \x1b[1;31m1 error\x1b[0m\n" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert show(DIRTY, terminal=True) == plain


@pytest.mark.parametrize(("text", "paint"), [("TODO: more.", "33"), ("Text.", "32")], ids=["a warning", "clean"])
def test_the_colour_of_the_outcome(show, monkeypatch, text, paint):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    out = show({"page.md": f"# A page\n\n{text}\n"}, terminal=True)
    assert f"checked against a table: \x1b[1;{paint}m" in out
