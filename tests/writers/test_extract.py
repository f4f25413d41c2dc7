"""Fixtures: what is written reads back equal, stays put, and never leaves its folder."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docextract.text.identifier import safe_part, safe_path
from tests.helpers import SEEDS, operation, resource, run, write

PAGE = operation('{"id": "1"}', annotation='"@odata.type": "microsoft.graph.thing", "truncated": true')


def extract(docs, target):
    code, out, err = run("extract", docs, "--output", target)
    assert (code, out) == (0, "")
    index = json.loads((target / "index.json").read_text("utf-8"))
    assert index["version"] == 1
    return index["exchanges"], err


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_seed_page(tmp_path):
    [entry], _ = extract(SEEDS / "add-photos.md", tmp_path)
    assert entry["method"] == "POST"
    assert entry["status"] == 201
    assert entry["url"] == "https://graph.microsoft.com/beta/groups/{groupsId}/photos"
    assert entry["type"] == "microsoft.graph.profilephoto"
    assert entry["collection"] is False
    assert entry["annotated"] is True
    assert (entry["request_line"], entry["response_line"]) == (67, 87)
    fixture = json.loads((tmp_path / entry["file"]).read_text("utf-8"))
    assert fixture["request"]["headers"] == [["Content-type", "application/json"], ["Content-length", "85"]]
    assert fixture["response"]["body"]["width"] == 5
    assert json.loads(fixture["response"]["text"]) == fixture["response"]["body"]


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
    assert said.startswith("1 file written, 1 unchanged, 1 removed")
    assert len(entries) == 1
    assert set(files(target)) == {".docextract-json.manifest", "index.json", entries[0]["file"], "mine.txt"}


@pytest.mark.parametrize(
    ("body", "keys", "collection"),
    [
        ('{"id": "1"}', '"@odata.type": "microsoft.graph.thing"', False),
        ('{"value": [{"id": "1"}]}', '"@odata.type": "microsoft.graph.thing"', True),
        ('[{"id": "1"}]', '"@odata.type": "microsoft.graph.thing"', True),
        ('{"value": {"id": "1"}}', '"@odata.type": "microsoft.graph.thing"', False),
        ('{"id": "1", "value": []}', '"@odata.type": "microsoft.graph.thing"', False),
        ('{"id": "1"}', '"@odata.type": "microsoft.graph.thing", "isCollection": true', True),
        ('{"value": []}', '"@odata.type": "microsoft.graph.thing", "isCollection": false', False),
        ("", '"@odata.type": "microsoft.graph.thing"', None),
        ('{"id": "1"}', '"name": "x"', None),
    ],
)
def test_the_body_decides_what_is_a_collection_where_nothing_says_so(tmp_path, body, keys, collection):
    docs = write(tmp_path / "docs", {"a.md": operation(body, annotation=keys)})
    [entry], _ = extract(docs, tmp_path / "out")
    assert entry["collection"] is collection


def test_items_that_name_one_unrelated_type_win_against_the_link_of_the_section(tmp_path):
    listed = '{"value": [{"@odata.type": "#microsoft.graph.pen", "id": "1"}]}'
    page = operation(listed).replace("## Examples", "## Response\n\nReturns [box](resources/box.md).\n\n## Examples")
    pages = {
        "a.md": page,
        "b.md": page.replace("#microsoft.graph.pen", "#microsoft.graph.smallbox"),
        "resources/box.md": resource("box", ["|id|String|The id.|"]),
        "resources/pen.md": resource("pen", ["|id|String|The id.|"]),
        "resources/smallbox.md": resource(
            "smallbox", ["|id|String|The id.|"], extra=', "baseType": "microsoft.graph.box"'
        ),
    }
    entries, _ = extract(write(tmp_path / "docs", pages), tmp_path / "out")
    assert [(entry["type"], entry["collection"]) for entry in entries] == [
        ("microsoft.graph.pen", True),
        ("microsoft.graph.box", True),
    ]


def test_an_ignored_side_is_marked(tmp_path):
    page = PAGE.replace('"blockType": "request"', '"blockType": "ignored"')
    [entry], _ = extract(write(tmp_path / "docs", {"a.md": page}), tmp_path / "out")
    fixture = json.loads((tmp_path / "out" / entry["file"]).read_text("utf-8"))
    assert (entry["ignored"], fixture["request"]["ignored"], fixture["response"]["ignored"]) == (True, True, False)
    assert (entry["method"], entry["url"], entry["status"]) == ("GET", "/things/{id}", 200)


def test_a_forged_index_cannot_remove_other_files(tmp_path):
    docs, target = write(tmp_path / "docs", {"a.md": PAGE}), tmp_path / "out"
    victim = tmp_path / "victim.json"
    victim.write_text("here")
    ids = ["../victim", str(tmp_path / "victim"), "x/../../victim"]
    entries = [{"id": name, "file": f"{name}.json", "page": "gone.md"} for name in ids]
    write(target, {"index.json": json.dumps({"version": 1, "exchanges": entries})})
    extract(docs, target)
    assert victim.read_text() == "here"


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    docs, target = write(tmp_path / "docs", {"a.md": PAGE}), tmp_path / "out"
    target.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (target / "a").symlink_to(tmp_path / "elsewhere")
    code, _, err = run("extract", docs, "--output", target)
    assert code == 2
    assert err == f"docextract: cannot write {target}: a/an_operation.json leads out of the folder\n"
    assert list((tmp_path / "elsewhere").iterdir()) == []


NAMES = [
    "../../x",
    "CON",
    "nul.txt",
    "x" * 300,
    "\U0001f600",
    "..",
    ".",
    "a/b",
    "a\\b",
    "end.",
    " ",
    "index.json",
    "ä",
    "-",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_gives_a_safe_file_inside(tmp_path, name):
    page = PAGE.replace('"an_operation"', json.dumps(name))
    docs, target = write(tmp_path / "docs", {"a.md": page}), tmp_path / "out"
    [entry], _ = extract(docs, target)
    path = target / entry["file"]
    assert path.resolve().is_relative_to(target.resolve())
    assert path.is_file()
    assert entry["file"].isascii()
    assert all(0 < len(part) <= 120 for part in entry["file"].split("/"))


def test_equal_names_are_numbered_within_the_page(tmp_path):
    second = PAGE[PAGE.index("## Examples") :].replace('"an_operation"', '"AN_OPERATION"')
    entries, _ = extract(write(tmp_path / "docs", {"a.md": PAGE + second}), tmp_path / "out")
    assert [entry["id"] for entry in entries] == ["a/an_operation", "a/AN_OPERATION-2"]


def test_pages_that_differ_in_case_only_are_kept_apart(tmp_path):
    docs = write(tmp_path / "docs", {"a.md": PAGE, "A.md": PAGE})
    entries, _ = extract(docs, tmp_path / "out")
    assert len({entry["file"].casefold() for entry in entries}) == 2


def test_several_responses_and_array_names(tmp_path):
    more = '\n<!-- { "blockType": "response" } -->\n```http\nHTTP/1.1 404 Not Found\n```\n'
    entries, _ = extract(write(tmp_path / "docs", {"a.md": PAGE + more}), tmp_path / "out")
    assert [(entry["method"], entry["status"]) for entry in entries] == [("GET", 200), ("GET", 404)]


def test_a_lone_surrogate_is_written(tmp_path):
    page = operation('{"id": "\\ud800"}')
    [entry], _ = extract(write(tmp_path / "docs", {"a.md": page}), tmp_path / "out")
    json.loads((tmp_path / "out" / entry["file"]).read_text("utf-8"))


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_parts_are_safe(text):
    part = safe_part(text)
    assert part.isascii()
    assert part not in (".", "..")
    assert "/" not in part
    assert "\\" not in part
    assert not part.endswith((".", " "))
    assert 0 < len(part) <= 100


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_paths_do_not_climb(text):
    assert ".." not in safe_path(text).split("/")
