"""Which files are pages."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path

import pytest

from docextract.project.config import Config
from docextract.project.files import exclusion, project, walk
from tests.helpers import run, write


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
    (tmp_path / ".git").mkdir()
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


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """Return a checkout of somebody's repository, as the working directory, with a page; beside it is a secret."""
    write(tmp_path, {"secret/s.txt": "TODO: password is hunter2\n", "work/docs/page.md": "# A page\n"})
    (tmp_path / "work" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("link", ["file", "chain", "folder"])
def test_a_link_out_of_the_checkout_is_not_read(checkout, link):
    secret = checkout.parent / "secret"
    page = checkout / "docs" / "x.md"
    if link == "file":
        page.symlink_to("../../secret/s.txt")
    elif link == "chain":
        (checkout / "one").symlink_to(secret)
        page.symlink_to("../one/s.txt")
    else:
        (secret / "s.md").write_text("TODO: password is hunter2\n")
        (checkout / "docs" / "more").symlink_to(secret)
        page = checkout / "docs" / "more" / "s.md"
    for arguments in (
        ["check", "."],
        ["check", page],
        ["check", "docs/page.md", page],
        ["why", page],
        ["schema", page],
    ):
        _, out, err = run(*arguments)
        assert "hunter2" not in out + err
        if link != "folder" or page in arguments:
            assert f"it is a link that leads out of {checkout}\n" in err
    # Who names the file itself means it.
    (secret / "own.md").write_text("TODO: password is hunter2\n")
    assert "hunter2" in run("check", secret / "own.md")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_within_the_checkout_is_read(checkout):
    write(checkout, {"shared/s.txt": "TODO: more\n", "docs/docextract.toml": ""})
    (checkout / "docs" / "x.md").symlink_to("../shared/s.txt")
    for arguments in (["docs"], ["docs/x.md"]):
        _, out, err = run("check", *arguments)
        assert "leftover 'TODO: more'" in out
        assert "not read" not in err


def irregular(kind: str, path: Path) -> None:
    """Put something in a place that is no file."""
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a socket":
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as one:
            one.bind(os.path.relpath(path))
    else:
        path.symlink_to({"a device": "/dev/zero", "nothing": "nowhere", "itself": path.name}[kind])


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
@pytest.mark.parametrize("kind", ["a pipe", "a socket", "a device", "nothing", "itself"])
def test_what_is_no_file_is_never_read(checkout, kind):
    """A pipe that nobody writes would be waited for; a device might never end."""
    irregular(kind, checkout / "docs" / "x.md")
    code, out, err = run("check", ".")
    assert (code, "1 page, " in out) == (0, True)
    assert err.startswith("docextract: not read: docs/x.md: it ")
    code, out, err = run("check", "docs/page.md", "docs/x.md")
    assert code == (2 if kind in ("nothing", "itself") else 0)
    assert "docs/x.md" in err
    (checkout / "docs" / "x.md").unlink()
    for name in (".gitignore", "docextract.toml", "pyproject.toml", "docs/.gitignore", ".git/info"):
        irregular(kind, checkout / name)
        assert run("check", ".")[0] == 0
        (checkout / name).unlink()
    irregular(kind, checkout / "odd.toml")
    for option in ("--config", "--baseline"):
        code, _, err = run("check", ".", option, "odd.toml")
        assert (code, err.count("\n")) == (2, 1)


def test_what_is_too_deep_to_be_read_is_told(checkout, monkeypatch):
    """Few systems take paths of more than 4,096 bytes, though folders may be nested deeper."""
    top = os.open(checkout / "docs", os.O_RDONLY)
    at = top
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=at)
        at = os.open("d" * 250, os.O_RDONLY, dir_fd=at)
    with open(os.open("deep.md", os.O_WRONLY | os.O_CREAT, dir_fd=at), "w") as file:
        file.write("# Deep\n")
    code, out, err = run("check", ".")
    assert (code, "1 page, " in out) == (0, True)
    assert err.startswith("docextract: not read: docs/ddd")
    assert err.endswith(": File name too long\n")
    assert err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="who may read what is another matter there")
def test_a_folder_that_cannot_be_read_is_told(checkout):
    write(checkout, {"docs/closed/x.md": "# X\n"})
    for folder in (checkout, *checkout.parents[:4]):
        folder.chmod(folder.stat().st_mode | 0o055)
    # So that all is imported before the user changes.
    assert run("check", ".")[0] == 0
    (checkout / "docs" / "closed").chmod(0)
    user = os.geteuid()
    os.seteuid(user or 65534)
    try:
        code, out, err = run("check", ".")
    finally:
        os.seteuid(user)
        (checkout / "docs" / "closed").chmod(0o755)
    assert (code, err) == (0, "docextract: not read: docs/closed: Permission denied\n")
    assert "1 page, " in out
