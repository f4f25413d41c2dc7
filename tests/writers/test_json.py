"""Fixtures: what is written reads back equal, stays put, and never leaves its folder."""

from __future__ import annotations

import json
import os
import sys

import pytest

from tests.helpers import SEEDS, extract, write
from tests.pages import block, exchange, message, operation

PAGE = operation('{"id": "1"}', keys='"@odata.type": "microsoft.graph.thing", "truncated": true')


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


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are Unicode there")
def test_a_name_of_a_file_that_is_no_text(tmp_path):
    docs = write(tmp_path / "docs", {})
    docs.mkdir()
    with open(os.path.join(os.fsencode(docs), b"\xff.md"), "w") as file:
        file.write(PAGE)
    [entry], _ = extract(docs, tmp_path / "out")
    assert os.fsencode(entry["page"]).endswith(b"/\xff.md")
    assert entry["file"].isascii()


def test_one_side_alone(tmp_path):
    alone = {
        "a.md": f"# A page\n\n{block('request', 'GET /things')}",
        "b.md": f"# A page\n\n{block('response', message('204 No Content'))}",
        "c.md": exchange(message("204 No Content"), "GET /things").replace('"response"', '"ignored"'),
    }
    entries, _ = extract(write(tmp_path / "docs", alone), tmp_path / "out")
    assert [(entry["method"], entry["status"]) for entry in entries] == [("GET", None), (None, 204), ("GET", None)]
    fixtures = [json.loads((tmp_path / "out" / entry["file"]).read_text("utf-8")) for entry in entries]
    assert [fixture["response"] is None for fixture in fixtures] == [True, False, True]
    assert [fixture["request"] is None for fixture in fixtures] == [False, True, False]
    assert [entry["response_line"] for entry in entries] == [None, 5, None]


def test_an_exchange_that_is_ignored_is_left_out(tmp_path):
    page = exchange(message("204 No Content")).replace('"request"', '"ignored"').replace('"response"', '"ignored"')
    assert extract(write(tmp_path / "docs", {"a.md": page}), tmp_path / "out")[0] == []
