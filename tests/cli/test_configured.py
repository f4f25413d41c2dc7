"""Thresholds, outputs and baselines that configurations name: whose holds, where files are, and what options do."""

from __future__ import annotations

import json

import pytest

from tests.helpers import report, run, write
from tests.pages import CLEAN, DIRTY

#: A page with a warning.
WARNED = {**CLEAN, "api/get.md": CLEAN["api/get.md"] + "\nTODO: Write this.\n"}


def below(folder, pages):
    return {f"{folder}/{name}": text for name, text in pages.items()}


def code(*arguments):
    return run("check", *arguments, "-o", "concise")[0]


def test_fail_on_is_configured_and_the_option_prevails(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {**WARNED, "docextract.toml": 'fail-on = "warning"\n'}))
    [finding] = report()["findings"]
    assert finding["severity"] == "warning"
    assert (code(), code("--fail-on", "error"), code("--fail-on", "never")) == (1, 0, 0)
    write(tmp_path, {**DIRTY, "docextract.toml": 'fail-on = "never"\n'})
    assert (code(), code("--fail-on", "error")) == (0, 1)
    write(tmp_path, {"docextract.toml": ""})
    assert code() == 1


def test_each_doc_set_has_its_own_threshold(tmp_path, monkeypatch):
    pages = {**below("strict", WARNED), **below("lax", DIRTY), "strict/docextract.toml": 'fail-on = "warning"\n'}
    monkeypatch.chdir(write(tmp_path, {**pages, "lax/docextract.toml": 'fail-on = "never"\n'}))
    assert (code("strict", "lax"), code("lax", "strict"), code("strict"), code("lax")) == (1, 1, 1, 0)
    assert code("strict", "lax", "--fail-on", "never") == 0
    # A server of CI that reads JUnit gets the same verdict.
    _, out, _ = run("check", "strict", "lax", "-o", "junit")
    assert out.count("<failure") == 1
    assert '<failure type="warning"' in out
    write(tmp_path, below("strict", CLEAN))
    assert code("strict", "lax") == 0
    monkeypatch.chdir(tmp_path / "lax")
    write(tmp_path, below("strict", WARNED))
    assert (code("../strict", "."), code(".")) == (1, 0)


def test_min_severity_is_that_of_the_run(tmp_path, monkeypatch):
    loose = 'min-severity = "error"\n'
    pages = {**below("a", WARNED), **below("b", CLEAN), "a/docextract.toml": loose, "b/docextract.toml": ""}
    monkeypatch.chdir(write(tmp_path, pages))

    def lines(*arguments):
        return run("check", *arguments, "-o", "concise")[1].count("\n")

    # The arguments have different ones, and above the working directory is none.
    assert (lines("a"), lines("a", "b"), lines("a", "--min-severity", "info")) == (0, 1, 1)
    write(tmp_path, {"docextract.toml": loose})
    assert lines("a", "b") == 0


def test_outputs_are_configured_with_files_from_the_folder_of_the_configuration(tmp_path, monkeypatch):
    text = 'output = ["concise", "json=out.json"]\n'
    monkeypatch.chdir(write(tmp_path / "site", {**DIRTY, "docextract.toml": text}) / "api")
    _, out, _ = run("check", "get.md")
    assert out.startswith("get.md:33:8: error[wrong-type]")
    assert json.loads((tmp_path / "site/out.json").read_text("utf-8"))["summary"]["errors"] == 1
    (tmp_path / "site/out.json").unlink()
    assert run("check", "get.md", "-o", "jsonl")[1].startswith('{"check"')
    assert not (tmp_path / "site/out.json").exists()
    monkeypatch.chdir(tmp_path)
    assert run("check", "site")[1].startswith("site/api/get.md:33:8: ")
    assert (tmp_path / "site/out.json").exists()


def test_an_empty_output_says_nothing_but_the_exit_code(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {**DIRTY, "docextract.toml": "output = []\n"}))
    status, out, err = run("check")
    assert (status, out) == (1, "")
    assert "1 error" in err


def test_a_link_that_leads_out_is_not_written_through(tmp_path, monkeypatch):
    (tmp_path / "target").write_text("mine", "utf-8")
    folder = write(tmp_path / "site", {**CLEAN, "docextract.toml": 'output = ["json=out"]\n'})
    (folder / "out").symlink_to(tmp_path / "target")
    monkeypatch.chdir(folder)
    status, out, err = run("check")
    assert (status, out) == (2, "")
    assert "output: out is a link that leads out of the folder" in err
    assert (tmp_path / "target").read_text("utf-8") == "mine"


def test_a_baseline_is_configured_by_its_path_from_the_configuration(tmp_path, monkeypatch):
    folder = write(tmp_path / "site", {**DIRTY, "docextract.toml": 'baseline = ".ci/known.json"\n'})
    (folder / ".ci").mkdir()
    monkeypatch.chdir(tmp_path)
    status, _, err = run("check", "site")
    assert (status, "there is no baseline site/.ci/known.json yet; --baseline-update writes it" in err) == (1, True)
    assert run("check", "site", "--baseline-update")[0] == 0
    assert "site" not in (folder / ".ci/known.json").read_text("utf-8")
    monkeypatch.chdir(folder / "api")
    assert run("check", "get.md")[0] == 0
    assert report("..")["summary"]["baselined"] == 1
    # Another file is asked for, which must exist.
    status, _, err = run("check", "--baseline", "none.json")
    assert (status, "cannot read the baseline none.json" in err) == (2, True)
    write(folder, CLEAN)
    status, _, err = run("check", "..", "--baseline-prune")
    assert (status, "1 entry removed from the baseline ../.ci/known.json" in err) == (0, True)


def test_a_missing_baseline_is_no_matter_where_all_is_clean(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {**CLEAN, "docextract.toml": 'baseline = "b.json"\n'}))
    status, _, err = run("check")
    assert (status, err) == (0, "")


@pytest.mark.parametrize("content", ["", "[]", '{"version": 2, "entries": []}'])
def test_a_configured_baseline_that_is_none_is_2(tmp_path, monkeypatch, content):
    monkeypatch.chdir(write(tmp_path, {**CLEAN, "docextract.toml": 'baseline = "b.json"\n', "b.json": content}))
    status, out, err = run("check")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "b.json" in err


def test_each_doc_set_has_its_own_baseline(tmp_path, monkeypatch):
    both = {**below("a", DIRTY), **below("b", DIRTY), **below("c", DIRTY)}
    files = {"a/docextract.toml": 'baseline = "k.json"\n', "b/docextract.toml": 'baseline = "k.json"\n'}
    monkeypatch.chdir(write(tmp_path, {**both, **files, "c/docextract.toml": ""}))
    status, out, err = run("check", "a", "b", "c", "--baseline-update", "-o", "concise")
    assert (status, out.count("\n"), out.startswith("c/api/get.md:33:8:")) == (1, 1, True)
    assert err.count("k.json has 1 entry: 1 added, 0 removed") == 2
    assert not (tmp_path / "c/k.json").exists()
    found = report("a", "b", "c")
    assert ([f["path"] for f in found["findings"]], found["summary"]["baselined"]) == (["c/api/get.md"], 2)
    write(tmp_path, {"b/k.json": '{"version": 1, "entries": []}'})
    assert [f["path"] for f in report("a", "b")["findings"]] == ["b/api/get.md"]
    # One file for all is asked for.
    assert run("check", "a", "b", "c", "--baseline", "all.json", "--baseline-update")[0] == 0
    assert (tmp_path / "all.json").read_text("utf-8").count('"page"') == 3


def test_what_writes_a_baseline_needs_one(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, CLEAN))
    for option in ("--baseline-update", "--baseline-prune"):
        status, _, err = run("check", option)
        assert status == 2
        assert err == f"docextract: {option} needs a file: --baseline FILE, or `baseline` in the configuration\n"


def test_the_cache_outlives_what_makes_no_difference_to_verdicts(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {**DIRTY, "docextract.toml": ""}))
    assert run("check", cached=True)[0] == 1
    before = sorted(path.name for path in (tmp_path / ".docextract_cache").rglob("*"))
    write(tmp_path, {"docextract.toml": 'fail-on = "never"\noutput = ["concise"]\n'})
    assert run("check", cached=True)[0] == 0
    assert sorted(path.name for path in (tmp_path / ".docextract_cache").rglob("*")) == before
    write(tmp_path, {"docextract.toml": 'severity = { wrong-type = "info" }\n'})
    assert run("check", cached=True)[1].endswith("1 info\n--min-severity info shows 1 more\n")


def test_an_override_switches_a_check_on_for_some_pages(tmp_path, monkeypatch):
    counted = CLEAN["api/get.md"].replace(
        "Content-Type: application/json\n", "Content-Type: application/json\nContent-Length: 7\n"
    )
    assert counted != CLEAN["api/get.md"]
    pages = {**CLEAN, "api/get.md": counted, "beta/get.md": counted.replace("get_thing", "get_another")}
    monkeypatch.chdir(write(tmp_path, pages))
    assert report()["findings"] == []
    override = '[[overrides]]\npaths = ["beta/"]\nseverity = { content-length = "warning" }\n'
    write(tmp_path, {"docextract.toml": override})
    assert [(f["path"], f["check"]) for f in report()["findings"]] == [("beta/get.md", "content-length")]
    # Whatever is said of all checks switches none on.
    write(tmp_path, {"docextract.toml": override + '[[overrides]]\npaths = ["api/"]\nseverity = { "*" = "error" }\n'})
    assert [(f["path"], f["check"]) for f in report()["findings"]] == [("beta/get.md", "content-length")]
    assert len(report("--select", "content-length")["findings"]) == 2
    assert report("--ignore", "content-length")["findings"] == []
