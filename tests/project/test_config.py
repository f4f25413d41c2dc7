"""The configuration: where it is found, what it may say, and one clear sentence for what it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from docextract.findings import Severity
from docextract.project.config import Allowed, Config, ConfigError
from docextract.project.config_file import find, has_config, load

if TYPE_CHECKING:
    from pathlib import Path


def configured(folder: Path, text: str, name: str = "docextract.toml") -> Config:
    (folder / name).write_text(text, "utf-8")
    config = load(folder)
    assert config is not None
    return config


def test_every_key_is_read(tmp_path):
    config = configured(
        tmp_path,
        """
        docs = ["docs/v1.0", "docs/beta"]
        exclude = ["drafts/", "!README.md"]
        select = ["wrong-type"]
        ignore = ["enum-value"]
        severity = { wrong-type = "warning", enum-value = "off" }
        allow = [{ type = "user", property = "*" }]
        versions = ["v1.0"]
        table-headings = ["Fields"]
        required-front-matter = { title = [], doc_type = ["apiPageType"] }
        max-page-size = 1_000

        [[overrides]]
        paths = ["beta/**"]
        severity = { wrong-type = "info" }
        ignore = ["undeclared-property"]
        """,
    )
    assert config.root == tmp_path
    assert config.docs == ("docs/v1.0", "docs/beta")
    assert config.exclude == ("drafts/", "!README.md")
    assert (config.select, config.ignore) == (("wrong-type",), ("enum-value",))
    assert config.severity == {"wrong-type": Severity.WARNING, "enum-value": None}
    assert config.allow == (Allowed("user", "*"),)
    assert config.versions == ("v1.0",)
    assert [heading.casefold() for heading in config.table_headings] == ["fields"]
    assert config.required_front_matter == {"title": (), "doc_type": ("apiPageType",)}
    assert config.max_page_size == 1_000
    [override] = config.overrides
    assert (override.paths, override.types) == (("beta/**",), ())
    assert override.severity == {"wrong-type": Severity.INFO, "undeclared-property": None}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("exlude = []", ["exlude", "did you mean 'exclude'?", "allow, baseline, docs"]),
        ("table_headings = []", ["did you mean 'table-headings'?"]),
        ("docs = 'docs'", ["docs", "expected an array of strings", "'docs'"]),
        ("docs = [1]", ["docs", "expected an array of strings"]),
        ("docs = ['../other']", ["docs", "'../other'"]),
        ("versions = ['/v1.0']", ["versions", "'/v1.0'"]),
        ("exclude = ['!']", ["exclude", "gitignore-style", "'!'"]),
        ("select = ['wrong-typ']", ["select", "wrong-typ", "did you mean 'wrong-type'?"]),
        ("ignore = ['*']", ["ignore", "no such check"]),
        ("severity = 'error'", ["severity", "expected a table"]),
        (
            "severity = { wrong-type = 'fatal' }",
            ["severity", "wrong-type", "error, warning, info, off", "'fatal'"],
        ),
        ("severity = { wrong-type = ['error'] }", ["severity", "wrong-type", "error, warning, info, off"]),
        ("severity = { wrong-kind = 'error' }", ["severity", "wrong-kind"]),
        ("allow = [{ type = 'user' }]", ["allow", "both type and property"]),
        ("allow = [{ type = 'user', property = 1 }]", ["allow", "expected a string"]),
        ("allow = ['user']", ["allow", "expected an array of tables"]),
        ("overrides = [{ severity = {} }]", ["overrides", "paths or types"]),
        ("overrides = [{ path = ['x'] }]", ["overrides", "'path'", "did you mean 'paths'?"]),
        ("overrides = [{ paths = ['!'] }]", ["overrides", "gitignore-style"]),
        ("required-front-matter = 'title'", ["required-front-matter", "'title'"]),
        ("max-page-size = '10 MB'", ["max-page-size", "number of bytes"]),
        ("max-page-size = true", ["max-page-size", "number of bytes"]),
        ("max-page-size = 0", ["max-page-size", "number of bytes"]),
        ("docs = []\ndocs = 1", ["TOML", "line 2"]),
        ("docs = []\n\nignore = [", ["TOML", "line 3"]),
    ],
)
def test_what_it_may_not_say_is_refused(tmp_path, text, parts):
    with pytest.raises(ConfigError) as caught:
        configured(tmp_path, text)
    message = str(caught.value)
    assert "docextract.toml" in message
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "docextract.toml").write_bytes(b"docs = ['\xff']")
    with pytest.raises(ConfigError, match=r"docextract\.toml"):
        load(tmp_path)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfdocs = ['a']\n", b"docs = [\r\n'a'\r\n]\r\n"], ids=["BOM", "CRLF"])
def test_what_other_systems_write_is_read(tmp_path, data):
    (tmp_path / "docextract.toml").write_bytes(data)
    assert find(tmp_path).docs == ("a",)


def test_pyproject_counts_with_our_table_only(tmp_path):
    project = tmp_path / "pyproject.toml"
    project.write_text("# tool.docextract is elsewhere\n[project]\nname = 'docextract'\n", "utf-8")
    assert load(tmp_path) is None
    assert not has_config(tmp_path)
    project.write_text("[tool.docextract]\nversions = ['beta']\n", "utf-8")
    assert has_config(tmp_path)
    assert find(tmp_path).versions == ("beta",)


def test_a_tool_entry_that_is_no_table_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="expected a table"):
        configured(tmp_path, "tool.docextract = 1", "pyproject.toml")


def test_docextract_toml_wins_over_pyproject(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.docextract]\ndocs = ['p']\n", "utf-8")
    assert configured(tmp_path, "docs = ['d']").docs == ("d",)


def test_the_nearest_one_above_a_file_or_folder_counts_alone(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    configured(tmp_path, "docs = ['outer']\nignore = ['enum-value']")
    page = inner / "page.md"
    page.write_text("# Page", "utf-8")
    assert find(page).docs == find(inner).docs == ("outer",)
    configured(tmp_path / "a", "docs = ['inner']")
    assert (find(page).docs, find(page).ignore) == (("inner",), ())
    assert find(inner / "not-yet.md").root == tmp_path / "a"
    assert find(tmp_path).docs == ("outer",)


def test_an_empty_file_is_a_configuration(tmp_path):
    assert configured(tmp_path, "") == Config(tmp_path, "docextract.toml")


def test_a_changed_file_is_read_again(tmp_path):
    assert configured(tmp_path, "docs = ['a']").docs == ("a",)
    assert configured(tmp_path, "docs = ['b']").docs == ("b",)


def test_a_line_end_too_many_is_told(tmp_path):
    r"""In TOML, `\r` ends no line; what is read to find the lines of keys is what was read before."""
    (tmp_path / "docextract.toml").write_bytes(b"# One\r\r\n[severity]\nwrong-typ = 1\n")
    with pytest.raises(ConfigError, match=r"docextract\.toml: cannot be read as TOML: .*line 1"):
        find(tmp_path)
