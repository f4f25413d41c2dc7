"""What `init` sees in a folder, writes and says."""

from __future__ import annotations

import shutil
import tomllib

import pytest
import yaml

from tests.helpers import ROOT, SEEDS, line_of, run, write
from tests.pages import CLEAN, DIRTY


def init(folder, monkeypatch):
    """Run `init` in a folder; return its settings and what is said."""
    monkeypatch.chdir(folder)
    code, out, err = run("init")
    assert (code, err) == (0, "")
    return tomllib.loads((folder / "docextract.toml").read_text("utf-8")), out


def below(folder, pages):
    return {f"{folder}/{name}": text for name, text in pages.items()}


def test_it_finds_the_folder_of_the_pages_and_the_check_runs_at_once(tmp_path, monkeypatch):
    pages = {**below("docs", DIRTY), "notes/plan.md": "# Plan\n", "README.md": "# Read this\n"}
    settings, out = init(write(tmp_path, pages), monkeypatch)
    assert settings == {"docs": ["docs"], "baseline": "docextract-baseline.json"}
    assert out.startswith(
        "wrote docextract.toml\n  docs      docs\n"
        f"found {len(DIRTY)} pages, 1 exchange, 1 type\nnow   1 error, 0 warnings, 0 infos\n\nnext:\n  docextract check   "
    )
    assert "\n  docextract check --baseline-update    writes all of it to the baseline" in out
    code, shown, _ = run("check", "--output", "concise")
    assert code == 1
    assert shown.startswith("docs/api/get.md:")


def test_the_next_steps_name_the_folder_and_leave_out_what_a_clean_one_does_not_need(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, below("my docs", CLEAN)))
    out = run("init", "my docs")[1]
    assert "\nnext:\n  docextract check 'my docs'   shows what was found\n\nfor pre-commit" in out
    assert run("check", "my docs")[0] == 0


def test_one_command_makes_it_green_and_the_first_new_defect_red(tmp_path, monkeypatch):
    folder = write(tmp_path / "site", below("docs", DIRTY))
    monkeypatch.chdir(tmp_path)
    _, out, _ = run("init", "site")
    [command] = [line.split("  ")[1] for line in out.splitlines() if "--baseline-update" in line]
    assert command == "docextract check site --baseline-update"
    code, _, err = run("check", "site")
    assert code == 1
    assert err.startswith("docextract: there is no baseline site/docextract-baseline.json yet; --baseline-update")
    assert run(*command.split()[1:])[0] == 0
    assert run("check", "site")[0] == 0
    page = folder / "docs/api/get.md"
    line = line_of(page.read_text("utf-8"), '{"id": 1}')
    page.write_text(page.read_text("utf-8").replace('{"id": 1}', '{"id": 1, "other": 1}'), "utf-8")
    code, shown, _ = run("check", "site", "-o", "concise")
    assert (code, shown.count("\n")) == (1, 1)
    assert shown.startswith(f"site/docs/api/get.md:{line}:11: error[undeclared-property]")


def test_a_clean_folder_needs_no_baseline(tmp_path, monkeypatch):
    settings, out = init(write(tmp_path, below("docs", CLEAN)), monkeypatch)
    assert settings == {"docs": ["docs"]}
    assert "baseline" not in out
    assert run("check") == (0, run("check")[1], "")


def test_it_finds_versions(tmp_path, monkeypatch):
    shutil.copytree(SEEDS / "versions", tmp_path / "docs")
    (tmp_path / "docs" / "docextract.toml").unlink()
    settings, out = init(tmp_path, monkeypatch)
    assert settings == {"docs": ["docs"], "versions": ["beta", "v1.0"]}
    assert "  versions  beta, v1.0\n" in out
    assert run("check")[0] == 0


def test_folders_beside_each_other_and_pages_at_the_top(tmp_path, monkeypatch):
    assert init(write(tmp_path / "beside", CLEAN), monkeypatch)[0] == {"docs": ["api", "resources"]}
    assert run("check")[0] == 0
    pages = {name.rpartition("/")[2]: text for name, text in CLEAN.items()}
    assert init(write(tmp_path / "top", pages), monkeypatch)[0] == {"docs": ["."]}
    assert run("check")[0] == 0


def test_a_folder_of_prose_and_a_strange_name(tmp_path, monkeypatch):
    settings, out = init(write(tmp_path, {'a "b" \\ü/page.md': "# A page\n"}), monkeypatch)
    assert settings == {"docs": ['a "b" \\ü']}
    assert "found 1 page, 0 exchanges, 0 types\n" in out


def test_another_folder_than_this(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, below("site/docs", CLEAN)))
    code, out, _ = run("init", "site")
    assert code == 0
    assert out.startswith("wrote site/docextract.toml\n")
    assert run("check", "site")[0] == 0


@pytest.mark.parametrize(
    ("name", "text", "where", "said"),
    [
        (
            "docextract.toml",
            "",
            ".",
            "docextract.toml is there already and configures .; change it, or remove it first",
        ),
        ("pyproject.toml", "[tool.docextract]\n", ".", "pyproject.toml is there already and configures ."),
        ("docextract.toml", "", "docs", "docextract.toml is there already and configures docs"),
        ("docextract.toml", "dcos = 1", ".", "there is a configuration already: "),
    ],
)
def test_a_configuration_is_never_overwritten(tmp_path, monkeypatch, name, text, where, said):
    folder = write(tmp_path, {**below("docs", CLEAN), name: text})
    monkeypatch.chdir(folder)
    code, out, err = run("init", where)
    assert (code, out) == (2, "")
    assert err.startswith(f"docextract: {said}")
    assert (folder / name).read_text("utf-8") == text
    assert sorted(path.name for path in folder.rglob("*.toml")) == [name]


@pytest.mark.parametrize(
    ("where", "said"),
    [(".", "no pages found in ."), ("none", "no such folder: none"), ("a.md", "no such folder: a.md")],
)
def test_where_there_are_no_pages_nothing_is_written(tmp_path, monkeypatch, where, said):
    monkeypatch.chdir(write(tmp_path, {"README.md": "# Read this\n"}))
    code, out, err = run("init", where)
    assert (code, out) == (2, "")
    assert err.startswith(f"docextract: {said}")
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_the_hook_is_that_of_the_readme(tmp_path, monkeypatch):
    _, out = init(write(tmp_path, CLEAN), monkeypatch)
    shown = yaml.safe_load(out.partition(".pre-commit-config.yaml:\n")[2])
    readme = (ROOT / "README.md").read_text("utf-8")
    told = yaml.safe_load("repos:" + readme.partition("```yaml\nrepos:")[2].partition("```")[0])
    # A baseline is a matter of the configuration that has been written.
    told["repos"][0]["hooks"][0].pop("args")
    assert shown == told
