"""What has changed since a revision, in real repositories: pages, the examples that a table breaks, lines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers import git, line_of, run, write
from tests.pages import operation, resource, typed

PAGES = {
    "docs/resources/thing.md": resource("thing", ["|id|String|The id.|", "|size|Int32|The size.|"]),
    "docs/api/get.md": operation('{\n  "id": "1",\n  "size": 1\n}', keys=typed("thing")),
    "docs/api/old.md": operation('{\n  "id": 1,\n  "size": 1\n}', keys=typed("thing")),
}
GET, OLD, THING = "docs/api/get.md", "docs/api/old.md", "docs/resources/thing.md"


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Path:
    """Return a repository with a commit, as the working directory; `old.md` has a defect from before."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = write(tmp_path / "work", PAGES)
    monkeypatch.chdir(folder)
    git("init", "-q")
    commit()
    return folder


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "-m", "x")


def edit(page: str, old: str, new: str) -> str:
    """Edit a page of the working directory; give its text."""
    text = Path(page).read_text("utf-8")
    assert old in text
    Path(page).write_text(text.replace(old, new), "utf-8")
    return text.replace(old, new)


def found(*arguments: str) -> list[str]:
    """Return path:line[check] of the findings of a run."""
    code, out, err = run("check", "docs", "--output", "concise", *arguments)
    assert code in (0, 1), err
    return [
        f"{line.split(': ')[0].rpartition(':')[0]} {line.partition('[')[2].partition(']')[0]}"
        for line in out.splitlines()
    ]


def defect(page: str, text: str, part: str, check: str = "wrong-type") -> str:
    return f"{page}:{line_of(text, part)} {check}"


def test_without_a_change_nothing_is_checked(repository):
    code, out, err = run("check", "docs", "--changed-since", "HEAD")
    assert code == 0
    assert "nothing to check: no page has changed since HEAD" in err
    assert out.startswith("0 pages")
    assert len(found()) == 1


@pytest.mark.parametrize("state", ["committed", "staged", "in the worktree"])
def test_a_changed_page_is_checked(repository, state):
    text = edit(GET, '"id": "1"', '"id": 7')
    if state == "staged":
        git("add", "-A")
    elif state == "committed":
        commit()
    revision = "HEAD~1" if state == "committed" else "HEAD"
    assert found("--changed-since", revision) == [defect(GET, text, '"id": 7')]


@pytest.mark.parametrize("name", ["new.md", 'ä "quoted"\t.md', "-x.md", "MIXED.MD"])
def test_a_new_page_is_checked_whether_tracked_or_not(repository, name):
    text = PAGES[OLD]
    write(repository, {f"docs/api/{name}": text})
    expected = [defect(f"docs/api/{name}", text, '"id": 1')]
    assert found("--changed-since", "HEAD") == expected
    assert found("--changed-lines") == expected
    git("add", "-A")
    assert found("--changed-since", "HEAD") == expected
    assert found("--changed-lines") == expected


def test_what_git_ignores_is_no_change(repository):
    write(repository, {".gitignore": "draft.md\n", "docs/api/draft.md": PAGES[OLD]})
    assert found("--changed-since", "HEAD") == []


def test_a_changed_table_row_shows_the_examples_that_it_breaks(repository):
    before = found()
    edit(THING, "|size|Int32|", "|size|String|")
    expected = [defect(page, PAGES[page], '"size": 1') for page in (GET, OLD)]
    assert found("--changed-since", "HEAD") == sorted([*expected, *before])
    assert found("--changed-lines") == expected


@pytest.mark.parametrize("row", ["|length|Int32|The size.|\n", ""], ids=["renamed", "removed"])
def test_a_row_that_is_gone_touches_its_table(repository, row):
    edit(THING, "|size|Int32|The size.|\n", row)
    assert found("--changed-lines") == [
        defect(page, PAGES[page], '"size": 1', "undeclared-property") for page in (GET, OLD)
    ]


def test_changed_lines_leave_out_what_was_there_before(repository):
    text = edit(OLD, '"size": 1', '"size": "one"')
    assert found("--changed-since", "HEAD") == [defect(OLD, text, '"id": 1'), defect(OLD, text, '"size": "one"')]
    assert found("--changed-lines") == [defect(OLD, text, '"size": "one"')]
    commit()
    assert found("--changed-lines") == []
    assert found("--changed-lines", "--changed-since", "HEAD~1") == [defect(OLD, text, '"size": "one"')]


def test_changed_lines_are_those_since_the_revision_that_pre_commit_looks_from(repository, monkeypatch):
    text = edit(OLD, '"size": 1', '"size": "one"')
    commit()
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD~1")
    assert found("--changed-lines") == [defect(OLD, text, '"size": "one"')]
    assert found("--changed-lines", "--changed-since", "HEAD") == []


def test_lines_inserted_above_move_no_finding_into_the_change(repository):
    edit(OLD, "# An operation\n", "# An operation\n\n" + "Some words.\n" * 20)
    assert len(found("--changed-since", "HEAD")) == 1
    assert found("--changed-lines") == []


def test_text_that_looks_like_a_patch_is_none(repository):
    edit(GET, "# An operation\n", "# An operation\n\n++ b/docs/api/old.md\n@@ -1 +1,99 @@\n")
    assert found("--changed-lines") == []


def test_a_renamed_page_has_changed_but_not_its_lines(repository):
    git("mv", OLD, "docs/api/renamed.md")
    assert found("--changed-since", "HEAD") == [defect("docs/api/renamed.md", PAGES[OLD], '"id": 1')]
    assert found("--changed-lines") == []
    text = edit("docs/api/renamed.md", '"size": 1', '"size": "one"')
    assert found("--changed-lines") == [defect("docs/api/renamed.md", text, '"size": "one"')]


def test_what_others_have_changed_since_the_branches_parted_is_no_change(repository):
    git("checkout", "-q", "-b", "mine")
    git("checkout", "-q", "main")
    edit(OLD, '"size": 1', '"size": "one"')
    commit()
    git("checkout", "-q", "mine")
    text = edit(GET, '"id": "1"', '"id": 7')
    commit()
    assert found("--changed-since", "main") == [defect(GET, text, '"id": 7')]


def test_the_configuration_of_git_changes_nothing(repository):
    for key, value in {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "color.ui": "always",
        "diff.external": "false",
        "core.quotePath": "false",
        "diff.renames": "false",
        "diff.context": "9",
    }.items():
        git("config", key, value)
    write(repository, {".gitattributes": "*.md binary\n"})
    text = edit(OLD, '"size": 1', '"size": "one"')
    assert found("--changed-lines") == [defect(OLD, text, '"size": "one"')]


def test_from_a_subfolder_and_from_elsewhere(repository, monkeypatch, tmp_path):
    edit(GET, '"id": "1"', '"id": 7')
    monkeypatch.chdir(repository / "docs" / "api")
    assert run("check", ".", "--changed-lines")[0] == 1
    monkeypatch.chdir(tmp_path)
    (tmp_path / "linked").symlink_to(repository)
    assert run("check", "work/docs", "--changed-lines")[0] == 1
    assert run("check", "linked/docs", "--changed-lines")[0] == 1
    assert run("check", "work/docs/api/old.md", "--changed-lines")[0] == 0


def test_in_a_hook(repository, monkeypatch):
    """Git tells a hook its repository and its index by paths from the top."""
    edit(GET, '"id": "1"', '"id": 7')
    git("add", "-A")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert len(found("--changed-since", "HEAD")) == 1
    monkeypatch.delenv("GIT_DIR")
    assert len(found("--changed-lines")) == 1


def test_pages_to_which_a_link_out_of_the_repository_leads_are_told(repository, tmp_path):
    write(tmp_path / "elsewhere", {"page.md": PAGES[OLD]})
    Path("docs/more").symlink_to(tmp_path / "elsewhere")
    edit(GET, '"id": "1"', '"id": 7')
    code, _, err = run("check", "docs", "docs/more/page.md", "--changed-since", "HEAD")
    assert code == 1
    assert "skipped docs/more/page.md: it is a link that leads out of " in err


def test_a_baseline_written_from_changed_pages_keeps_the_others(repository):
    assert run("check", "docs", "--baseline", "baseline.json", "--baseline-update")[0] == 0
    text = edit(GET, '"id": "1"', '"id": 7')
    assert found("--changed-since", "HEAD", "--baseline", "baseline.json") == [defect(GET, text, '"id": 7')]
    run("check", "docs", "--changed-since", "HEAD", "--baseline", "baseline.json", "--baseline-update")
    assert found("--baseline", "baseline.json") == []


def refused(*arguments: str) -> str:
    code, out, err = run("check", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    return err


def test_a_revision_that_is_missing_is_told(repository):
    for revision in ("nope", "--output=x", "HEAD:docs"):
        assert "no such revision" in refused("docs", f"--changed-since={revision}")
    assert not Path("x").exists()


def test_a_shallow_clone_is_told(repository, tmp_path, monkeypatch):
    edit(GET, '"id": "1"', '"id": 7')
    commit()
    git("clone", "-q", "--depth", "1", f"file://{repository}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    said = refused("docs", "--changed-since", "HEAD~1")
    assert "since HEAD~1: this shallow clone lacks it" in said
    assert "fetch-depth: 0" in said


def test_histories_without_a_common_commit_are_told(repository):
    git("checkout", "-q", "--orphan", "other")
    git("commit", "-q", "-m", "another")
    assert "since main: it shares no history with HEAD in this repository" in refused("docs", "--changed-since", "main")


def test_a_folder_without_a_repository_and_a_machine_without_git_are_told(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    write(tmp_path, PAGES)
    assert "not a git repository" in refused(str(tmp_path / "docs"), "--changed-lines")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git cannot be run (No such file or directory)" in refused(str(tmp_path / "docs"), "--changed-lines")
