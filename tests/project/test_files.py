"""Which files are pages."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from docextract.project.config import Config
from docextract.project.files import exclusion, project, walk


def pages(folder: Path, config: Config) -> list[Path]:
    """List the pages below a folder."""
    return [Path(path) for path in walk(folder, config).pages]


def nested(folder: Path, config: Config) -> list[Path]:
    """List the doc sets below a folder."""
    return [Path(path) for path in walk(folder, config).nested]


def tree(folder: Path, *names: str, **texts: str) -> Path:
    """Make files; `gitignore` is the text of the folder's .gitignore, which makes it a repository."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Page\n", "utf-8")
    for name, text in texts.items():
        (folder / ".git").mkdir(exist_ok=True)
        (folder / f".{name}").write_text(text, "utf-8")
    return folder


def listed(folder: Path, config: Config | None = None, below: str = ".") -> list[str]:
    """List the pages, and see that `is_page` says the same of every file there is."""
    config = config or Config()
    found = list(pages(folder / below, config))
    if config.root is not None or (folder / ".git").exists():
        inner = list(nested(folder, config))
        for path in folder.rglob("*"):
            if path.is_file() and below == "." and not any(path.is_relative_to(one) for one in inner):
                assert (not exclusion(path, config)) == (path in found), path
    return [path.relative_to(folder).as_posix() for path in found]


def test_markdown_files_are_listed_in_order(tmp_path):
    tree(tmp_path, "b.md", "a/z.md", "a/b.markdown", "a.MD", "a.txt", "md", "a-b/c.md")
    assert listed(tmp_path) == ["a-b/c.md", "a.MD", "a/b.markdown", "a/z.md", "b.md"]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.md", ".github/a.md", "a/.cache/b.md", "includes/a.md", "a/includes/b/c.md", "node_modules/x/a.md",
        "README.md", "a/readme.md", "README.zh-CN.md", "README_de.markdown", "CHANGELOG.md", "Contributing.md",
        "LICENSE.md", "LICENSE-MIT.md",
    ],
)  # fmt: skip
def test_what_is_no_page_by_default(tmp_path, name):
    tree(tmp_path, name, "page.md", gitignore="")
    assert listed(tmp_path) == ["page.md"]


@pytest.mark.parametrize(
    "name",
    [
        "licensedetails.md",
        "licenseassignmentstate.md",
        "changelogentry.md",
        "user-readme.md",
        "include/a.md",
        "a.b/c.md",
    ],
)
def test_what_only_looks_like_it(tmp_path, name):
    tree(tmp_path, name, gitignore="")
    assert listed(tmp_path) == [name]


def test_a_named_folder_is_meant(tmp_path):
    tree(tmp_path, ".drafts/includes/a.md", "build/docs/b/c.md", "build/docs/skip/d.md", gitignore="build/\n")
    tree(tmp_path / "build" / "docs")
    (tmp_path / "build" / "docs" / ".gitignore").write_text("skip/\n", "utf-8")
    assert listed(tmp_path, below=".drafts/includes") == [".drafts/includes/a.md"]
    assert listed(tmp_path, below="build/docs") == ["build/docs/b/c.md"]
    assert listed(tmp_path) == []


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ("out/", ["a.md", "docs/a.md", "docs/b.md"]),
        ("/a.md", ["docs/a.md", "docs/b.md", "docs/out/c.md"]),
        ("a.md\n!docs/a.md", ["docs/a.md", "docs/b.md", "docs/out/c.md"]),
        ("docs/*\n!docs/b.md", ["a.md", "docs/b.md"]),
        ("docs/**/c.md\r\n", ["a.md", "docs/a.md", "docs/b.md"]),
        ("*.md", []),
        ("*d", []),
        ("[ab].*", ["docs/out/c.md"]),
        ("# a.md\n\n*.log\n", ["a.md", "docs/a.md", "docs/b.md", "docs/out/c.md"]),
        ("!\n\\\na.md", ["docs/b.md", "docs/out/c.md"]),
        ("\ufeffa.md", ["docs/b.md", "docs/out/c.md"]),
    ],
)
def test_what_git_ignores(tmp_path, patterns, expected):
    tree(tmp_path, "a.md", "docs/a.md", "docs/b.md", "docs/out/c.md", gitignore=patterns)
    assert listed(tmp_path) == expected


def test_gitignore_files_are_read_from_the_top_of_the_repository_down(tmp_path):
    tree(tmp_path, "docs/api/a.md", "docs/api/b.md", "docs/api/c.md", gitignore="a.md\nb.md\n")
    (tmp_path / "docs" / ".gitignore").write_text("!b.md\n", "utf-8")
    (tmp_path / "docs" / "api" / ".gitignore").write_text("/c.md\n", "utf-8")
    assert listed(tmp_path, below="docs/api") == ["docs/api/b.md"]
    assert listed(tmp_path) == ["docs/api/b.md"]


def test_the_excludes_of_a_clone_count(tmp_path):
    tree(tmp_path, "a.md", "b.md", ".git/info/exclude")
    (tmp_path / ".git" / "info" / "exclude").write_text("a.md\n", "utf-8")
    assert listed(tmp_path) == ["b.md"]


def test_a_repository_within_has_its_own_say(tmp_path):
    tree(tmp_path, "a.md", "inner/a.md", gitignore="a.md\n")
    tree(tmp_path / "inner", gitignore="")
    assert listed(tmp_path / "inner") == ["a.md"]
    assert [path.parent.name for path in pages(tmp_path, Config())] == ["inner"]


def test_gitignore_without_a_repository_is_a_file_like_others(tmp_path):
    tree(tmp_path, "a.md")
    (tmp_path / ".gitignore").write_text("a.md\n", "utf-8")
    assert listed(tmp_path) == ["a.md"]


def test_configured_patterns_are_relative_to_the_configuration(tmp_path):
    tree(tmp_path, "docs/old/a.md", "docs/b.md", "docs/c.md", "old/d.md", gitignore="c.md\n")
    config = Config(tmp_path, exclude=("docs/old/", "/b.md", "!c.md"))
    assert listed(tmp_path, config) == ["docs/b.md", "docs/c.md", "old/d.md"]
    assert listed(tmp_path, config, below="docs") == ["docs/b.md", "docs/c.md"]


def test_configured_patterns_take_defaults_back(tmp_path):
    tree(tmp_path, "README.md", "includes/a.md", "b/README.md")
    config = Config(tmp_path, exclude=("!/README.md", "!includes/"))
    assert listed(tmp_path, config) == ["README.md", "includes/a.md"]


def test_configured_docs_may_be_hidden(tmp_path):
    tree(tmp_path, ".docs/a.md", ".docs/.b.md")
    config = Config(tmp_path, docs=(".docs",))
    assert list(pages(tmp_path / ".docs", config)) == [tmp_path / ".docs" / "a.md"]
    assert not exclusion(tmp_path / ".docs" / "a.md", config)
    assert exclusion(tmp_path / ".docs" / ".b.md", config)


def test_doc_sets_within_are_left_out_and_named(tmp_path):
    tree(tmp_path, "a.md", "x/docs/b.md", "x/docs/deep/c.md", "y/d.md", "z/e.md", "includes/n/f.md")
    for name in ("x/docs/docextract.toml", "x/docs/deep/docextract.toml", "includes/n/docextract.toml"):
        (tmp_path / name).touch()
    (tmp_path / "y" / "pyproject.toml").write_text("[tool.docextract]\n", "utf-8")
    (tmp_path / "z" / "pyproject.toml").write_text("[tool.other]\n", "utf-8")
    config = Config(tmp_path)
    assert listed(tmp_path, config) == ["a.md", "z/e.md"]
    assert list(nested(tmp_path, config)) == [tmp_path / "x" / "docs", tmp_path / "y"]
    assert list(nested(tmp_path / "x" / "docs", config)) == [tmp_path / "x" / "docs" / "deep"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_linked_folders_are_not_followed_but_linked_files_are(tmp_path):
    tree(tmp_path, "docs/a.md", "other/b.md")
    (tmp_path / "docs" / "loop").symlink_to(tmp_path / "docs")
    (tmp_path / "docs" / "other.md").symlink_to(tmp_path / "other" / "b.md")
    (tmp_path / "docs" / "gone.md").symlink_to(tmp_path / "gone.md")
    (tmp_path / "docs" / "self.md").symlink_to("self.md")
    (tmp_path / "docs" / "folder.md").mkdir()
    assert listed(tmp_path, below="docs") == ["docs/a.md", "docs/other.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_names_that_are_not_text_are_listed(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_bytes(b"\xfe*.md\n")
    for name in (b"\xff.md", b"\xfe.md"):
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_text("# Page\n", "utf-8")
    assert [os.fsencode(path.name) for path in pages(tmp_path, Config())] == [b"\xff.md"]


def test_a_folder_that_cannot_be_read_has_no_pages(tmp_path):
    assert list(pages(tmp_path / "gone", Config())) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_folder_does_not_hide_the_others(tmp_path):
    tree(tmp_path, "a/a.md", "b/b.md")
    (tmp_path / "a").chmod(0)
    try:
        assert listed(tmp_path) == ["b/b.md"]
    finally:
        (tmp_path / "a").chmod(0o755)


def test_the_project_of_a_file(tmp_path):
    tree(tmp_path, "a/b/c/page.md")
    page = tmp_path / "a" / "b" / "c" / "page.md"
    assert project(page) == page.parent
    (tmp_path / "a" / ".git").mkdir()
    assert project(page) == tmp_path / "a"
    (tmp_path / "a" / "b" / "docextract.toml").touch()
    assert project(page) == tmp_path / "a" / "b"


def test_relative_paths_mean_the_working_folder(tmp_path, monkeypatch):
    tree(tmp_path, "docs/a.md", "docs/skip/b.md", gitignore="/docs/skip/\n")
    monkeypatch.chdir(tmp_path)
    assert list(pages(Path("docs"), Config())) == [tmp_path / "docs" / "a.md"]
    assert not exclusion(Path("docs/a.md"), Config())
    assert exclusion(Path("docs/skip/b.md"), Config())
    assert exclusion(Path("docs/a.txt"), Config())
