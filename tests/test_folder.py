"""A folder of fixtures: parts of it are renewed, formats share it, and nobody else's files are touched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docextract.folder import File, OutputError, write_folder
from tests.helpers import run, write
from tests.pages import operation

MANIFEST = ".docextract-json.manifest"


def page(value: object) -> str:
    return operation(json.dumps({"id": str(value)}), keys='"@odata.type": "microsoft.graph.thing"')


@pytest.fixture
def docs(tmp_path):
    """A doc set of three pages with a configuration, so that ids do not depend on what is selected."""
    write(tmp_path / "docs", {"docextract.toml": ""})
    return write(tmp_path / "docs", {f"{name}.md": page(1) for name in "abc"})


def extract(paths, target, code=0):
    """Extract one path or several; give what was said."""
    paths = [paths] if isinstance(paths, Path) else paths
    found, out, said = run("extract", *paths, "--output", target)
    assert (found, out) == (code, ""), said
    return said.split(f" in {target} as json\n")[0]


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_run_writes_nothing_and_vanished_exchanges_go(docs, tmp_path):
    target = tmp_path / "out"
    assert extract(docs, target) == "5 files written, 0 unchanged, 0 removed"
    before = files(target)
    assert extract(docs, target) == "0 files written, 5 unchanged, 0 removed"
    assert files(target) == before
    (docs / "c.md").unlink()
    (target / "mine.txt").write_text("kept")
    assert extract(docs, target) == "1 file written, 3 unchanged, 1 removed"
    assert set(files(target)) == {
        MANIFEST,
        "index.json",
        "schemas.json",
        "a/an_operation.json",
        "b/an_operation.json",
        "mine.txt",
    }


@pytest.mark.parametrize("files_named", [["precious.txt", "src/main.py"], ["precious.json"], ["../victim.json"]])
def test_an_index_of_somebody_else_is_refused_and_no_file_that_it_names_removed(docs, tmp_path, files_named):
    target = tmp_path / "out"
    entries = [{"id": name.removesuffix(".json"), "file": name, "page": "gone.md"} for name in files_named]
    write(
        target, {"index.json": json.dumps({"version": 1, "exchanges": entries}), **dict.fromkeys(files_named, "mine")}
    )
    before = files(tmp_path)
    said = extract(docs, target, code=2)
    assert (
        said == f"docextract: {target}/index.json was not written by docextract as json; it will not be overwritten\n"
    )
    assert files(tmp_path) == before


def test_a_folder_that_a_link_leads_out_of_the_checkout_is_refused(docs, tmp_path, monkeypatch):
    outside = write(tmp_path / "outside", {"mine.txt": "mine"})
    (docs / "fixtures").symlink_to(outside)
    (docs / "near").symlink_to(docs / "real")
    monkeypatch.chdir(docs)
    for name in ("fixtures", "fixtures/deep"):
        said = extract(docs / "a.md", Path(name), code=2)
        assert said.startswith(f"docextract: cannot write {name}: a link leads it out of this folder, to {outside}")
        assert said.count("\n") == 1
    assert files(outside) == {"mine.txt": b"mine"}
    (docs / "real").mkdir()
    assert extract(docs / "a.md", Path("near")).startswith("3 files written")
    assert extract(docs / "a.md", outside / "deep").startswith("3 files written")


def test_a_link_out_of_the_folder_is_refused(docs, tmp_path):
    target, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    target.mkdir()
    elsewhere.mkdir()
    (target / "a").symlink_to(elsewhere)
    said = extract(docs, target, code=2)
    assert said == f"docextract: cannot write {target}: a/an_operation.json leads out of the folder\n"
    assert list(elsewhere.iterdir()) == []


def test_what_cannot_be_replaced_is_told_and_nothing_is_left_behind(docs, tmp_path):
    target = tmp_path / "out"
    extract(docs, target)
    (target / "index.json").unlink()
    (target / "index.json" / "mine").mkdir(parents=True)
    said = extract(docs, target, code=2)
    assert str(target) in said
    assert said.count("\n") == 1
    assert [path.name for path in target.iterdir() if path.name.startswith(".docextract-")] == [MANIFEST]


def test_a_folder_that_is_a_file_is_told(docs, tmp_path):
    (tmp_path / "out").write_text("mine")
    said = extract(docs, tmp_path / "out", code=2)
    assert said.startswith("docextract: cannot write ")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_part_touches_the_fixtures_of_its_pages_only(docs, tmp_path):
    target = tmp_path / "out"
    assert extract(docs, target) == "5 files written, 0 unchanged, 0 removed"
    before = files(target)
    write(docs, {"a.md": page(2), "b.md": page(2).replace("200 OK", "201 Created")})
    assert extract(docs / "b.md", target) == "2 files written, 1 unchanged, 0 removed, 2 of other pages kept"
    after = files(target)
    assert {name for name in after if after[name] != before[name]} == {"b/an_operation.json", "index.json"}
    index = json.loads(after["index.json"])["exchanges"]
    assert [(entry["id"], entry["status"]) for entry in index] == [
        ("a/an_operation", 200),
        ("b/an_operation", 201),
        ("c/an_operation", 200),
    ]
    assert extract(docs / "b.md", target) == "0 files written, 3 unchanged, 0 removed, 2 of other pages kept"
    assert files(target) == after


CHANGES = st.lists(st.dictionaries(st.sampled_from("abcd"), st.sampled_from([None, 0, 1, 2]), min_size=1), max_size=4)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_parts_come_to_the_same_as_the_whole(tmp_path_factory, changes):
    """Pages are written, emptied and deleted; each time the changed ones that are left are extracted."""
    folder = tmp_path_factory.mktemp("parts")
    docs = write(
        folder / "docs", {"docextract.toml": "", "z.md": page(1), **{f"{name}.md": page(1) for name in "abcd"}}
    )
    extract(docs, folder / "parts")
    for change in changes:
        for name, count in change.items():
            (docs / f"{name}.md").unlink(missing_ok=True)
            if count is not None:
                more = page(1)[page(1).index("## Examples") :]
                write(
                    docs,
                    {f"{name}.md": "# Title\n" + (page(count) if count else "") + more * (count - 1 if count else 0)},
                )
        left = [docs / f"{name}.md" for name, count in change.items() if count is not None]
        extract(left or docs, folder / "parts")
    extract(docs, folder / "whole")
    assert files(folder / "parts") == files(folder / "whole")


def test_what_is_no_page_any_more_goes_with_the_next_part(docs, tmp_path):
    """What somebody else removed before is not counted."""
    target = tmp_path / "out"
    extract(write(docs, {"d.md": page(1)}), target)
    for name in "bd":
        (docs / f"{name}.md").unlink()
    (target / "d" / "an_operation.json").unlink()
    write(docs, {"docextract.toml": 'exclude = ["c.md"]\n'})
    assert extract(docs / "a.md", target) == "1 file written, 2 unchanged, 2 removed"
    assert set(files(target)) == {MANIFEST, "index.json", "schemas.json", "a/an_operation.json"}


def test_another_doc_set_in_the_same_folder_is_kept(docs, tmp_path):
    other, target = write(tmp_path / "other", {"x.md": page(1)}), tmp_path / "out"
    extract(docs, target)
    assert extract(other, target) == "2 files written, 1 unchanged, 0 removed, 3 of other pages kept"
    assert "a/an_operation.json" in files(target)


def test_nothing_selected_removes_nothing(docs, tmp_path):
    write(docs, {"README.md": "# Read me\n"})
    extract(docs, tmp_path / "out")
    before = files(tmp_path / "out")
    extract(docs / "README.md", tmp_path / "out")
    assert files(tmp_path / "out") == before


def test_a_part_may_be_written_from_another_folder(docs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    extract(Path("docs"), Path("out"))
    monkeypatch.chdir(docs)
    assert extract(Path("a.md"), Path("../out")).endswith("2 of other pages kept")


def test_ids_are_the_same_in_a_part(docs, tmp_path):
    target = tmp_path / "out"
    write(docs, {"B.md": page(1)})
    extract(docs, target)
    before = files(target)
    [upper, lower] = (name for name in before if name.casefold().startswith("b-"))
    assert {upper.partition("-")[0], lower.partition("-")[0]} == {"B", "b"}
    assert upper.casefold() != lower.casefold()
    extract(docs / "b.md", target)
    assert files(target) == before


#: Pages whose ids would be the same on one system or another, or after a cut.
CLASHES = {
    "case": ["a.md", "A.md"],
    "folders": ["one/a.md", "One/a.md"],
    "suffixes": ["a.md", "a.markdown"],
    "normal forms": ["caf\u00e9.md", "cafe\u0301.md"],
    "long names": [f"{'collection-of-definitions-' * 4}{verb}.md" for verb in ("create", "delete", "get")],
    "devices": ["aux.v1.md", "aux_.v1.md", "AUX.v1.md"],
    "what looks like a file": ["index.json.md", "index.json_.md"],
}


@pytest.mark.parametrize("names", CLASHES.values(), ids=CLASHES)
def test_no_page_ever_takes_the_id_of_another(tmp_path, names):
    docs = write(tmp_path / "docs", {"docextract.toml": "", **{name: page(name) for name in names}})
    for name in names[1:]:
        if (docs / name).read_text("utf-8") != page(name):
            pytest.skip("this file system takes the names for one")
    before, met, left = {}, {}, [*names]
    while left:
        extract(docs, tmp_path / "out")
        index = json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))["exchanges"]
        ids = {entry["id"].casefold(): entry["page"] for entry in index}
        assert len(ids) == len(index)
        for id_, place in ids.items():
            assert met.setdefault(id_, place) == place
            assert id_.split("/")[-2].partition(".")[0] not in ("aux", "con")
        before = ids
        (docs / left.pop()).unlink()
    assert len(before) == 1


def test_without_its_manifest_nothing_in_the_folder_is_taken_for_ours(docs, tmp_path):
    target = tmp_path / "out"
    extract(docs, target)
    (target / MANIFEST).unlink()
    before = files(target)
    assert extract(docs, target) == "0 files written, 5 unchanged, 0 removed"
    (target / MANIFEST).unlink()
    write(docs, {"b.md": page(2)})
    assert "b/an_operation.json was not written by docextract" in extract(docs, target, code=2)
    assert files(target) == {name: data for name, data in before.items() if name != MANIFEST}


@pytest.mark.parametrize("place", [".", "docs", "docs/deep", "linked"])
def test_a_folder_with_pages_is_refused(docs, tmp_path, monkeypatch, place):
    write(docs, {"deep/d.md": page(1)})
    (tmp_path / "linked").symlink_to(docs)
    before = files(tmp_path)
    monkeypatch.chdir(tmp_path)
    said = extract(docs / "a.md", Path(place), code=2)
    assert said.startswith(f"docextract: {place} holds pages of the doc set, such as docs/")
    assert said.count("\n") == 1
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["index.json", "b/an_operation.json"])
@pytest.mark.parametrize("kind", ["file", "link", "folder", "forged"])
def test_a_file_of_somebody_else_is_not_overwritten(docs, tmp_path, name, kind):
    target, mine = tmp_path / "out", tmp_path / "mine.txt"
    write(tmp_path, {"mine.txt": '{"version": 1, "exchanges": [{"file": "c.json"}]}\n'})
    (target / name).parent.mkdir(parents=True)
    if kind == "link":
        (target / name).symlink_to(target / "nowhere")
    elif kind == "folder":
        (target / name).mkdir()
    else:
        (target / name).write_text(mine.read_text() if kind == "forged" else "mine")
    before = files(target)
    said = extract(docs, target, code=2)
    assert said == f"docextract: {target / name} was not written by docextract as json; it will not be overwritten\n"
    assert files(target) == before


def test_a_file_that_has_become_a_link_is_neither_followed_nor_removed(docs, tmp_path):
    target, mine = tmp_path / "out", tmp_path / "mine.txt"
    extract(docs, target)
    mine.write_text("mine")
    for name in ("b", "c"):
        (target / name / "an_operation.json").unlink()
        (target / name / "an_operation.json").symlink_to(target / "linked.json")
    (target / "linked.json").write_text("mine")
    (docs / "b.md").unlink()
    assert "c/an_operation.json was not written by docextract" in extract(docs, target, code=2)
    (docs / "c.md").unlink()
    extract(docs, target)
    assert (target / "b" / "an_operation.json").is_symlink()
    assert (target / "linked.json").read_text() == "mine"


def test_paths_of_a_manifest_that_lead_out_are_not_removed(docs, tmp_path):
    target, outside = tmp_path / "out", tmp_path / "outside"
    extract(docs, target)
    write(outside, {"mine.txt": "mine"})
    (target / "linked").symlink_to(outside)
    names = ["../outside/mine.txt", str(outside / "mine.txt"), "linked/mine.txt", "linked", "a/../../outside/mine.txt"]
    names += ["linked/../outside/mine.txt", "..", ".", "", "/", "a\0b", "\ud800"]
    manifest = json.loads((target / MANIFEST).read_text())
    manifest["files"] |= dict.fromkeys(names)
    (target / MANIFEST).write_text(json.dumps(manifest))
    extract(docs, target)
    assert (outside / "mine.txt").read_text() == "mine"
    assert (target / "linked").is_symlink()


MINE = {"mine.txt": None}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        "\ufeff\udcff",
        json.dumps({"version": 1, "format": "http", "files": MINE}),
        json.dumps({"version": 2, "format": "json", "files": MINE}),
        json.dumps({"version": 1, "format": "json", "files": ["mine.txt"]}),
        json.dumps({"format": "json", "files": MINE}),
        json.dumps({"version": 1, "format": "json", "files": {"mine.txt": 1}}),
    ],
)
def test_a_damaged_manifest_removes_nothing(docs, tmp_path, text):
    target = tmp_path / "out"
    extract(docs, target)
    before = files(target)
    (target / MANIFEST).write_bytes(text.encode("utf-8", "surrogateescape"))
    (target / "mine.txt").write_text("mine")
    extract(docs, target)
    assert files(target) == {**before, "mine.txt": b"mine"}


def test_a_run_that_was_stopped_finds_its_files_again(docs, tmp_path):
    target = write(tmp_path / "out", {"c": "where a folder has to be"})
    assert "cannot write" in extract(docs, target, code=2)
    assert (target / "a/an_operation.json").is_file()
    (target / "c").unlink()
    write(docs, {"a.md": page(2)})
    extract(docs, target)
    extract(docs, tmp_path / "fresh")
    assert files(target) == files(tmp_path / "fresh")


#: Writes fixtures, and is killed while it writes the file of this number.
KILLED = """
import os, signal, sys
import docextract.disk as disk
replace, left = os.replace, [int(sys.argv[1])]
def kill(source, target):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    replace(source, target)
disk.os.replace = kill
from docextract.cli.main import main
main(["extract", sys.argv[2], "--output", sys.argv[3]])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_after_a_kill_at_any_file_the_next_run_leaves_only_what_a_fresh_one_writes(docs, tmp_path):
    """Neither temporary files nor fixtures of pages that are gone by then."""
    for number in range(1, 8):
        target = tmp_path / f"out{number}"
        write(docs, {"c.md": page(1), "d.md": page(1)})
        done = subprocess.run([sys.executable, "-c", KILLED, str(number), str(docs), str(target)], check=False)
        assert done.returncode == -signal.SIGKILL
        assert len(list(target.rglob(".docextract-*.tmp"))) == 1
        (docs / "c.md").unlink()
        (docs / "d.md").unlink()
        extract(docs, target)
        extract(docs, tmp_path / "fresh")
        assert files(target) == files(tmp_path / "fresh")
        assert {path.name for path in target.iterdir()} == {path.name for path in (tmp_path / "fresh").iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open is not removed there anyway")
def test_the_temporary_file_of_somebody_who_writes_stays(docs, tmp_path):
    import fcntl

    target = tmp_path / "out"
    extract(docs, target)
    (target / ".docextract-abcdefgh.tmp").write_text("half")
    (target / ".docextract-mine.tmp").write_text("mine")
    handle = os.open(target, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    extract(docs, target)
    assert (target / ".docextract-abcdefgh.tmp").exists()
    os.close(handle)
    extract(docs, target)
    assert not (target / ".docextract-abcdefgh.tmp").exists()
    assert (target / ".docextract-mine.tmp").exists()


def test_a_damaged_index_is_written_anew(docs, tmp_path):
    target = tmp_path / "out"
    extract(docs, target)
    before = files(target)
    for text in ("", "[]", '{"exchanges": [1]}', '{"exchanges": [{"file": "c/an_operation.json"}]}'):
        (target / "index.json").write_text(text)
        extract(docs / "a.md", target)
        assert [entry["id"] for entry in json.loads((target / "index.json").read_text())["exchanges"]] == [
            "a/an_operation"
        ]
    extract(docs, target)
    assert files(target) == before


def test_formats_share_a_folder(tmp_path):
    def written(form, *names):
        return write_folder(tmp_path, form, [File(name, form, "page.md") for name in names], lambda _: False)

    assert written("one", "x/a.one", "x/b.one") == (2, 0, 0, 0)
    assert written("two", "x/a.two") == (1, 0, 0, 0)
    assert written("one", "x/a.one") == (0, 1, 1, 0)
    assert set(files(tmp_path)) == {".docextract-one.manifest", ".docextract-two.manifest", "x/a.one", "x/a.two"}
    with pytest.raises(OutputError, match="not written by docextract as two"):
        written("two", "x/a.one")
    assert written("two") == (0, 0, 1, 0)
    assert written("one") == (0, 0, 1, 0)
    assert set(files(tmp_path)) == {".docextract-one.manifest", ".docextract-two.manifest"}
    assert not (tmp_path / "x").exists()


def joined_of(parts: dict[str, str]) -> File:
    """Return a file about all pages, of a line for each part."""

    def text(names) -> str:
        return "".join(f"{name}\n" for name in sorted(names))

    def joined(before, kept) -> str:
        return text({*parts, *(name for name in before.splitlines() if name in kept)})

    return File("all.txt", text(parts), parts=parts, joined=joined)


def test_one_file_for_all_pages_keeps_the_parts_of_pages_that_stay(tmp_path):
    a, b, out = str(tmp_path / "a.md"), str(tmp_path / "b.md"), tmp_path / "out"
    write_folder(out, "all", [joined_of({"a/get": a, "a/put": a, "b/get": b})], lambda page: False)
    outcome = write_folder(out, "all", [joined_of({"a/get": a})], lambda page: page == b)
    assert (outcome.written, outcome.removed, outcome.kept) == (1, 0, 1)
    assert (out / "all.txt").read_text("utf-8") == "a/get\nb/get\n"
    # A page that is gone takes its parts with it.
    write_folder(out, "all", [joined_of({"a/get": a})], lambda page: False)
    assert (out / "all.txt").read_text("utf-8") == "a/get\n"
