"""Fixtures: what is written reads back equal, stays put, and never leaves its folder."""

from __future__ import annotations

import json
import os
import sys

import pytest

from tests.helpers import SEEDS, extract, run, write
from tests.pages import block, exchange, message, operation, resource

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


def test_equal_names_get_their_status_their_title_or_at_last_a_number(tmp_path):
    example = PAGE[PAGE.index("## Examples") :].replace('"an_operation"', '"AN_OPERATION"')
    missing = example.replace("200 OK", "404 Not Found")
    titled = example.replace("## Examples", "## Example 2: Ask for **two** [things](thing.md)")
    docs = write(tmp_path / "docs", {"a.md": PAGE + missing + titled + titled + missing})
    entries, _ = extract(docs, tmp_path / "out")
    assert [entry["id"].removeprefix("a/") for entry in entries] == [
        "an_operation",
        "AN_OPERATION.404",
        "AN_OPERATION.ask-for-two-things",
        "AN_OPERATION-2",
        "AN_OPERATION.examples",
    ]
    assert entries[2]["title"] == "Example 2: Ask for two things"


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
    assert [(entry["method"], entry["status"]) for entry in entries] == [("GET", None), (None, 204), ("GET", 204)]
    fixtures = [json.loads((tmp_path / "out" / entry["file"]).read_text("utf-8")) for entry in entries]
    assert [fixture["response"] is None for fixture in fixtures] == [True, False, False]
    assert [fixture["request"] is None for fixture in fixtures] == [False, True, False]
    assert [entry["ignored"] for entry in entries] == [False, False, True]


def test_an_exchange_that_is_ignored_is_left_out(tmp_path):
    page = exchange(message("204 No Content")).replace('"request"', '"ignored"').replace('"response"', '"ignored"')
    assert extract(write(tmp_path / "docs", {"a.md": page}), tmp_path / "out")[0] == []


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
    docs = write(tmp_path / "docs", {"a.md": operation(body, keys=keys)})
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
            "smallbox", ["|id|String|The id.|"], keys='"baseType": "microsoft.graph.box"'
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


ASKED_TWICE = {
    f"{root}/{name}.md": exchange(answer, "GET /things")
    for root in ("beta", "v1.0")
    for name, answer in (("a", "HTTP/1.1 404 Not Found"), ("b", "HTTP/1.1 200 OK"), ("c", "HTTP/1.1 200 OK"))
}


@pytest.mark.parametrize("statuses", [[], ["--select-status", "404,2xx"], ["--select-status", "4xx"]])
def test_fixtures_that_pass_by_are_those_that_stay_in_memory(statuses, tmp_path):
    """For one format they pass by, each version with a doc set of its own; for several they stay."""
    types = {f"{root}/thing.md": resource("thing", ["|id|String|The id.|"]) for root in ("beta", "v1.0")}
    shown = {f"{root}/get.md": PAGE for root in ("beta", "v1.0")}
    docs = write(tmp_path / "docs", {"docextract.toml": "", **ASKED_TWICE, **types, **shown})
    alone, beside = tmp_path / "alone", tmp_path / "beside"
    code, _, told = run("extract", docs, "--output", alone, *statuses)
    assert code == 0
    _, _, both = run("extract", docs, "--output", beside, "--format", "json", "--format", "http", *statuses)
    assert told.splitlines()[-1] == both.splitlines()[-1]
    entries = json.loads((alone / "index.json").read_text("utf-8"))["exchanges"]
    assert entries
    for name in ("index.json", "schemas.json", *(entry["file"] for entry in entries)):
        assert (alone / name).read_bytes() == (beside / name).read_bytes()
    found = {(entry["page"].rpartition("/")[2], entry["status"]) for entry in entries if entry["default"]}
    assert found == ({("b.md", 200), ("get.md", 200)} if "4xx" not in statuses else set())


def test_a_temporary_folder_without_room_is_told_before_anything_is_written(tmp_path, monkeypatch):
    """The texts of fixtures wait there until all of them are known."""
    monkeypatch.setattr("docextract.folder._IN_MEMORY", 1)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    code, _, err = run("extract", SEEDS / "add-photos.md", "--output", tmp_path / "out")
    assert code == 2
    assert err == "docextract: no room in the temporary folder (TMPDIR): No such file or directory\n"
    assert not (tmp_path / "out").exists()
