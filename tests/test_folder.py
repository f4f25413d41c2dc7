"""The folder of fixtures: it changes where something changed, and nothing outside it ever does."""

from __future__ import annotations

import json

from tests.helpers import extract, run, write
from tests.pages import operation

PAGE = operation('{"id": "1"}')


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_run_writes_nothing_and_vanished_exchanges_go(tmp_path):
    docs, target = tmp_path / "docs", tmp_path / "out"
    write(docs, {"a.md": PAGE, "b.md": PAGE})
    _, said = extract(docs, target)
    assert said.startswith("3 files written, 0 unchanged, 0 removed")
    before = files(target)
    _, said = extract(docs, target)
    assert said.startswith("0 files written, 3 unchanged, 0 removed")
    assert files(target) == before
    (docs / "b.md").unlink()
    (target / "mine.txt").write_text("kept")
    entries, said = extract(docs, target)
    assert said.startswith("1 files written, 1 unchanged, 1 removed")
    assert len(entries) == 1
    assert set(files(target)) == {"index.json", entries[0]["file"], "mine.txt"}


def test_a_forged_index_cannot_remove_other_files(tmp_path):
    docs, target = write(tmp_path / "docs", {"a.md": PAGE}), tmp_path / "out"
    victim = tmp_path / "victim.txt"
    victim.write_text("here")
    write(target, {"index.json": json.dumps({"exchanges": [{"file": "../victim.txt"}, {"file": str(victim)}]})})
    extract(docs, target)
    assert victim.read_text() == "here"


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    docs, target = write(tmp_path / "docs", {"a.md": PAGE}), tmp_path / "out"
    target.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (target / "a").symlink_to(tmp_path / "elsewhere")
    code, _, err = run("extract", docs, "--output", target)
    assert code == 2
    assert "leads out of the folder" in err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_cannot_be_replaced_is_told_and_nothing_is_left_behind(tmp_path):
    docs, target = write(tmp_path / "docs", {"a.md": PAGE}), tmp_path / "out"
    (target / "index.json" / "mine").mkdir(parents=True)
    code, out, err = run("extract", docs, "--output", target)
    assert (code, out) == (2, "")
    assert err.startswith(f"docextract: cannot write {target}")
    assert err.count("\n") == 1
    assert [path.name for path in target.iterdir() if path.name.startswith(".docextract-")] == []


def test_a_folder_that_is_a_file_is_told(tmp_path):
    docs = write(tmp_path / "docs", {"a.md": PAGE})
    (tmp_path / "out").write_text("mine")
    code, out, err = run("extract", docs, "--output", tmp_path / "out")
    assert (code, out) == (2, "")
    assert err.startswith("docextract: cannot write ")
    assert (tmp_path / "out").read_text() == "mine"
