"""Formats for a forge name pages from the root of the repository, wherever the command runs."""

from __future__ import annotations

import json

import pytest

from tests.helpers import run, write
from tests.pages import DIRTY


@pytest.fixture
def page(tmp_path):
    """Return the folder of a doc set with one error, below a folder for a repository."""
    return write(tmp_path / "repository" / "docs", DIRTY)


def path(*arguments, form="gitlab"):
    """Check; return the path of the one finding."""
    [found] = json.loads(run("check", *arguments, "--output-format", form)[1])
    return found["location"]["path"]


def test_from_the_root(page, monkeypatch):
    (page.parent / ".git").mkdir()
    monkeypatch.chdir(page.parent)
    assert path("docs") == "docs/api/get.md"


def test_from_below_the_root(page, monkeypatch):
    # In a worktree or a submodule it is a file.
    (page.parent / ".git").write_text("gitdir: elsewhere\n", "utf-8")
    for folder, named in ((page, "."), (page / "api", "get.md"), (page / "api", "..")):
        monkeypatch.chdir(folder)
        assert path(named) == "docs/api/get.md"


def test_what_findings_show_in_other_formats_stays(page, monkeypatch):
    (page.parent / ".git").mkdir()
    monkeypatch.chdir(page)
    [found] = json.loads(run("check", "api/get.md", "--output-format", "json")[1])["findings"]
    assert found["path"] == "api/get.md"


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_an_export_lies_in_the_folder_of_the_job(page, monkeypatch, name):
    monkeypatch.chdir(page)
    assert path() == "api/get.md"
    monkeypatch.setenv(name, str(page.parent))
    assert path() == "docs/api/get.md"


def test_a_job_elsewhere_says_nothing(page, tmp_path, monkeypatch):
    (tmp_path / "job").mkdir()
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "job"))
    monkeypatch.chdir(page)
    assert path() == "api/get.md"


def test_a_page_outside_has_an_absolute_path(page, tmp_path, monkeypatch):
    (tmp_path / "other" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "other")
    assert path(page) == (page / "api" / "get.md").as_posix()


def test_symbolic_links_are_followed(page, monkeypatch):
    (page.parent / ".git").mkdir()
    (page.parent / "link").symlink_to("docs", target_is_directory=True)
    monkeypatch.chdir(page.parent)
    assert path("link") == "docs/api/get.md"


def test_links_lead_to_the_commit_on_the_forge(page, monkeypatch):
    (page.parent / ".git").mkdir()
    monkeypatch.chdir(page)
    assert "https" not in run("check", "--output-format", "markdown")[1]
    monkeypatch.setenv("CI_PROJECT_URL", "https://gitlab.example/group/project")
    monkeypatch.setenv("CI_COMMIT_SHA", "c0ffee")
    out = run("check", "--output-format", "markdown")[1]
    assert "](https://gitlab.example/group/project/-/blob/c0ffee/docs/api/get.md?plain=1#L33)" in out
    for name, value in (("SERVER_URL", "https://github.com"), ("REPOSITORY", "a/b"), ("SHA", "beef")):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    out = run("check", "--output-format", "markdown")[1]
    assert "](https://github.com/a/b/blob/beef/docs/api/get.md?plain=1#L33)" in out
