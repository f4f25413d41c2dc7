"""`check --fix` and `--diff` as people use them: what is written, what is told, and how the run ends."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from docextract.editing import mending
from tests.helpers import places, report, run, write
from tests.pages import CLEAN, operation, typed

BROKEN = CLEAN["api/get.md"].replace('{"id": "1"}', '{"id": "1",}')
PAGES = {**CLEAN, "api/get.md": BROKEN}
THING = typed("thing", truncated=False)


@pytest.fixture(autouse=True)
def _in_the_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def stdin(monkeypatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_fix_writes_the_page_and_reports_what_is_left(tmp_path):
    other = BROKEN.replace('"1",', "1,")
    write(tmp_path, {**PAGES, "api/other.md": other})
    code, out, err = run("check", ".", "--fix", "--output", "concise")
    assert code == 1
    assert [line.split(": ")[1] for line in out.splitlines()] == ["error[wrong-type] 'id' is 1, expected String"]
    assert "docextract: fixed 2 findings on 2 pages\n" in err
    assert (tmp_path / "api/get.md").read_text("utf-8") == CLEAN["api/get.md"]
    assert (tmp_path / "api/other.md").read_text("utf-8") == other.replace("1,}", "1}")


def test_when_all_is_fixed_the_run_ends_well(tmp_path):
    write(tmp_path, PAGES)
    assert run("check", ".", "--fix")[0] == 0
    code, _, err = run("check", ".", "--fix")
    assert code == 0
    assert "docextract: nothing to fix\n" in err


def test_a_clean_doc_set_is_left_as_it_is(tmp_path):
    write(tmp_path, CLEAN)
    before = os.stat("api/get.md")
    assert run("check", ".", "--fix")[0] == 0
    assert (os.stat("api/get.md").st_mtime_ns, os.stat("api/get.md").st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_quiet_run_tells_only_what_failed(tmp_path):
    write(tmp_path, PAGES)
    assert run("check", ".", "--fix", "--quiet")[2] == ""


def test_the_cache_knows_the_fixed_pages(tmp_path):
    write(tmp_path, PAGES)
    assert run("check", ".", cached=True)[0] == 1
    assert run("check", ".", "--fix", cached=True)[0] == 0
    assert run("check", ".", cached=True)[0] == 0


def test_only_selected_pages_are_fixed(tmp_path):
    write(tmp_path, {**PAGES, "api/other.md": BROKEN})
    run("check", "api/get.md", "--fix")
    assert (tmp_path / "api/other.md").read_text("utf-8") == BROKEN
    assert (tmp_path / "api/get.md").read_text("utf-8") == CLEAN["api/get.md"]


TWO = BROKEN.replace("200 OK", "200 Fine")


@pytest.mark.parametrize(
    ("options", "right"),
    [
        (["--fix"], CLEAN["api/get.md"]),
        (["--fix", "--select", "json-syntax"], BROKEN.replace('1",}', '1"}').replace("200 OK", "200 Fine")),
        (["--fix", "--ignore", "json-syntax"], BROKEN),
        (["--fix-only", "reason-phrase"], BROKEN),
        (["--fix-only", "reason-phrase,json-syntax"], CLEAN["api/get.md"]),
        (["--fix-only", "reason-phrase", "--fix-only", "json-syntax", "--fix"], CLEAN["api/get.md"]),
    ],
)
def test_which_findings_are_fixed(tmp_path, options, right):
    write(tmp_path, {**CLEAN, "api/get.md": TWO})
    run("check", ".", *options)
    assert (tmp_path / "api/get.md").read_text("utf-8") == right


def test_silenced_findings_are_not_fixed(tmp_path):
    silenced = BROKEN.replace(
        '<!-- { "blockType": "resp', '<!-- docextract-disable-next-block json-syntax -->\n<!-- { "blockType": "resp'
    )
    write(tmp_path, {**CLEAN, "api/get.md": silenced})
    assert places(report(".")) == []
    run("check", ".", "--fix")
    assert (tmp_path / "api/get.md").read_text("utf-8") == silenced


def test_what_the_configuration_switches_off_is_not_fixed(tmp_path):
    write(tmp_path, {**PAGES, "docextract.toml": '[severity]\njson-syntax = "off"\n'})
    run("check", ".", "--fix")
    assert (tmp_path / "api/get.md").read_text("utf-8") == BROKEN


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--unsafe-fixes"], "--unsafe-fixes needs --fix or --diff"),
        (["--diff", "--output", "json"], "--diff prints changes in place of findings; leave out --output"),
        (["--fix-only", "wrong-type"], "--fix-only: wrong-type has no fixes; those that have are annotation-syntax, "),
        (["--fix-only", "enum-case"], "--fix-only: the fixes of enum-case are unsafe; add --unsafe-fixes"),
        (["--fix-only", "json-sintax"], "no such check: json-sintax; did you mean json-syntax?"),
        (["--fix-only", "json-syntax", "--select", "link-case"], "--fix-only: json-syntax does not run"),
        (["--fix-only", "json-syntax", "--ignore", "json-syntax"], "--fix-only: json-syntax does not run"),
    ],
)
def test_options_that_make_no_sense(tmp_path, options, message):
    write(tmp_path, PAGES)
    code, out, err = run("check", ".", *options)
    assert (code, out) == (2, "")
    assert err.startswith(f"docextract: {message}")
    assert (tmp_path / "api/get.md").read_text("utf-8") == BROKEN


def test_diff_shows_and_writes_nothing(tmp_path):
    write(tmp_path, PAGES)
    code, out, err = run("check", ".", "--diff")
    assert code == 1
    assert out.startswith("--- a/api/get.md\n+++ b/api/get.md\n@@ ")
    assert [line for line in out.splitlines()[2:] if line[:1] in "+-"] == ['-{"id": "1",}', '+{"id": "1"}']
    assert "docextract: would fix 1 finding on 1 page\n" in err
    assert (tmp_path / "api/get.md").read_text("utf-8") == BROKEN
    assert run("check", ".", "--diff", "--fix")[1] == out
    assert (tmp_path / "api/get.md").read_text("utf-8") == BROKEN
    assert run("check", ".", "--diff", "--fix-only", "http-form")[:2] == (0, "")


def test_without_anything_to_fix_a_diff_is_empty(tmp_path):
    write(tmp_path, {**CLEAN, "api/get.md": CLEAN["api/get.md"].replace('"1"', "1")})
    code, out, err = run("check", ".", "--diff")
    assert (code, out) == (0, "")
    assert "nothing to fix" in err


ENDINGS = {
    "lf": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "no final newline": lambda text: text.rstrip("\n") + "\n\n[a](Get.md)",
    "crlf without a final newline": lambda text: text.replace("\n", "\r\n").rstrip() + "\r\n\r\n[a](Get.md)",
    "mixed": lambda text: text.replace("json\n\n", "json\r\n\n").replace("# An", "\r\n# An"),
    "bom": lambda text: "\ufeff" + text,
}


@pytest.mark.skipif(shutil.which("git") is None, reason="no git")
@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize("name", ["api/get.md", "api/with a blank.md", "api/gr\u00fc\u00dfe.md", 'api/a "quote".md'])
def test_git_applies_the_diff(tmp_path, ending, name):
    pages = {"resources/thing.md": CLEAN["resources/thing.md"], name: ""}
    write(tmp_path, pages)
    (tmp_path / name).write_bytes(ending(BROKEN).encode("utf-8"))
    (tmp_path / "api/get.md").touch()
    code, out, _ = run("check", ".", "--diff")
    assert code == 1
    (tmp_path / "changes.diff").write_bytes(out.encode("utf-8"))
    subprocess.run(["git", "apply", "changes.diff"], check=True, cwd=tmp_path)
    applied = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(ending(BROKEN).encode("utf-8"))
    run("check", ".", "--fix")
    assert (tmp_path / name).read_bytes() == applied != ending(BROKEN).encode("utf-8")


def test_a_diff_on_a_screen_holds_nothing_that_controls_it(tmp_path):
    write(tmp_path, {**PAGES, "api/get.md": BROKEN.replace('"1",', '"1\x1b[31m",').replace("\n", "\r\n")})
    out = run("check", ".", "--diff", "--color", "never", terminal=True)[1]
    assert "\x1b" not in out
    assert "\r" not in out
    assert run("check", ".", "--diff")[1].count("\x1b") == 2


def test_a_diff_is_painted_on_a_screen_only(tmp_path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    write(tmp_path, PAGES)
    plain, painted = run("check", ".", "--diff")[1], run("check", ".", "--diff", terminal=True)[1]
    assert "\x1b" not in plain
    assert painted.startswith("\x1b[1m--- a/api/get.md\x1b[0m\n\x1b[1m+++ b/api/get.md\x1b[0m\n\x1b[36m@@ ")
    assert '\n\x1b[31m-{"id": "1",}\x1b[0m\n\x1b[32m+{"id": "1"}\x1b[0m\n' in painted
    assert re.sub(r"\x1b\[\d*m", "", painted) == plain


def test_a_page_from_stdin_goes_to_stdout(tmp_path, monkeypatch):
    write(tmp_path, {**CLEAN, "docextract.toml": ""})
    page = BROKEN.replace('"1"', "1").replace("\n", "\r\n")
    stdin(monkeypatch, page.encode("utf-8"))
    code, out, err = run("check", "-", "--fix", "--stdin-filename", "api/get.md", "--output", "concise")
    assert (code, out) == (1, page.replace("1,}", "1}"))
    assert "error[wrong-type]" in err
    assert "fixed 1 finding on 1 page" in err
    assert (tmp_path / "api/get.md").read_text("utf-8") == CLEAN["api/get.md"]


def test_a_clean_page_from_stdin_goes_to_stdout_as_it_is(tmp_path, monkeypatch):
    write(tmp_path, CLEAN)
    stdin(monkeypatch, b"\xef\xbb\xbf# A page\r\n\rText")
    assert run("check", "-", "--fix")[:2] == (0, "\ufeff# A page\r\n\rText")
    stdin(monkeypatch, b"# A page\n")
    assert run("check", "-", "--diff")[:2] == (0, "")


def test_a_page_from_stdin_that_is_not_utf_8_is_refused(monkeypatch):
    stdin(monkeypatch, b"# Caf\xe9\n")
    code, out, err = run("check", "-", "--fix")
    assert (code, out, err) == (2, "", "docextract: the page on stdin is not UTF-8, so it cannot be fixed\n")


def test_a_page_that_is_not_utf_8_is_not_fixed(tmp_path):
    write(tmp_path, CLEAN)
    data = BROKEN.replace("An operation", "Caf\u00e9").encode("latin-1")
    (tmp_path / "api/get.md").write_bytes(data)
    code, _, err = run("check", ".", "--fix")
    assert code == 1
    assert "docextract: not fixed: api/get.md is not UTF-8; save it as UTF-8\n" in err
    assert (tmp_path / "api/get.md").read_bytes() == data


def test_a_read_only_page_is_told_and_the_others_are_fixed(tmp_path):
    write(tmp_path, {**PAGES, "api/other.md": BROKEN})
    (tmp_path / "api/get.md").chmod(0o444)
    code, _, err = run("check", ".", "--fix")
    assert code == 2
    assert "docextract: not fixed: api/get.md is read-only\n" in err
    assert "docextract: fixed 1 finding on 1 page\n" in err
    assert (tmp_path / "api/get.md").read_text("utf-8") == BROKEN
    assert (tmp_path / "api/other.md").read_text("utf-8") == CLEAN["api/get.md"]


def test_a_read_only_folder(tmp_path):
    write(tmp_path, {**PAGES, "other/get.md": BROKEN})
    (tmp_path / "api").chmod(0o555)
    try:
        code, _, err = run("check", ".", "--fix")
    finally:
        (tmp_path / "api").chmod(0o755)
    assert code == 2
    assert "docextract: not fixed: api/get.md stands in a read-only folder\n" in err
    assert (tmp_path / "api/get.md").read_text("utf-8") == BROKEN
    assert (tmp_path / "other/get.md").read_text("utf-8") == CLEAN["api/get.md"]
    (tmp_path / "api/get.md").chmod(0o444)
    assert "nothing to fix" not in run("check", ".", "--fix")[2]
    assert sorted(os.listdir(tmp_path / "api")) == ["get.md"]


def test_a_page_that_changes_while_it_is_checked_is_not_written(tmp_path, monkeypatch):
    write(tmp_path, PAGES)
    page, checked = tmp_path / "api/get.md", mending.check_pages

    def typing(*arguments):
        page.write_text(BROKEN + "More.\n", "utf-8")
        return checked(*arguments)

    monkeypatch.setattr(mending, "check_pages", typing)
    code, _, err = run("check", ".", "--fix")
    assert code == 2
    assert "docextract: not fixed: api/get.md changed while it was checked; run again\n" in err
    assert page.read_text("utf-8") == BROKEN + "More.\n"


def test_permissions_stay(tmp_path):
    write(tmp_path, PAGES)
    (tmp_path / "api/get.md").chmod(0o640)
    run("check", ".", "--fix")
    assert (tmp_path / "api/get.md").stat().st_mode & 0o777 == 0o640


def test_the_target_of_a_link_is_fixed_and_the_link_stays(tmp_path):
    write(tmp_path, {"docextract.toml": 'docs = ["docs"]\n', "elsewhere/page.md": BROKEN})
    write(tmp_path / "docs", CLEAN)
    link = tmp_path / "docs/api/get.md"
    link.unlink()
    link.symlink_to(tmp_path / "elsewhere/page.md")
    code, _, err = run("check", "docs", "--fix")
    assert code == 0, err
    assert link.is_symlink()
    assert (tmp_path / "elsewhere/page.md").read_text("utf-8") == CLEAN["api/get.md"]


def test_pages_that_are_one_file_are_fixed_once(tmp_path):
    write(tmp_path, PAGES)
    for name in ("again.md", "more.md"):
        (tmp_path / "api" / name).symlink_to(tmp_path / "api/get.md")
    code, _, err = run("check", ".", "--fix")
    assert code == 0
    assert "docextract: fixed 1 finding on 1 page\n" in err
    assert (tmp_path / "api/get.md").read_text("utf-8") == CLEAN["api/get.md"]


def test_the_report_of_files_is_that_of_what_is_left(tmp_path):
    write(tmp_path, PAGES)
    run("check", ".", "--fix", "--output", "json=left.json")
    assert json.loads((tmp_path / "left.json").read_text("utf-8"))["findings"] == []


def test_two_doc_sets_in_one_run(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name, {**PAGES, "docextract.toml": ""})
    code, _, err = run("check", "one", "two", "--fix")
    assert code == 0
    assert "docextract: fixed 2 findings on 2 pages\n" in err


def test_a_fix_that_lets_an_error_appear_is_left_out(tmp_path):
    """With the comma the array can be read, and its items are no texts: one error for another, not for fewer."""
    body = '{"tags": [{"a": 1}\n{"a": 2}], "id": "1"}'
    pages = {
        "resources/thing.md": CLEAN["resources/thing.md"].replace("|id|", "|tags|String collection|T.|\n|id|", 1),
        "api/op.md": operation(body, keys=typed("thing")),
    }
    write(tmp_path, pages)
    code, _, err = run("check", ".", "--fix")
    assert code == 1
    assert "docextract: left out 1 fix with which a page would check worse\n" in err
    assert (tmp_path / "api/op.md").read_text("utf-8") == pages["api/op.md"]
