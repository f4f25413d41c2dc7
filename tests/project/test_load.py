"""From arguments to doc sets: what is selected, and that the verdict on a page is the same however it is named."""

from __future__ import annotations

import pytest

from tests.helpers import line_of, report, run, write
from tests.pages import DIRTY, operation, resource

GET = operation('{"id": "1", "size": "big"}', keys='"@odata.type": "microsoft.graph.thing"').replace(
    "# An operation\n", "# An operation\n\nGet a [thing](../resources/thing.md).\n"
)
THING = resource("thing", ["|id|String|The id.|", "|size|Int32|The size.|"])
LIST = operation('{"id": "1"}', keys='"@odata.type": "microsoft.graph.thing"')
PAGES = {"api/thing-get.md": GET, "api/thing-list.md": LIST, "resources/thing.md": THING}
NAMES = [
    ["docs"],
    ["docs/api", "docs/resources"],
    ["docs/api"],
    ["docs/api/thing-get.md"],
    ["docs/api/thing-get.md", "docs/resources/thing.md"],
    ["docs/api/thing-list.md", "docs/api/thing-get.md"],
]


#: Where nothing marks the top of a project, these count from the top of the doc set.
COUNTED = ("exchange", "fingerprint")


def verdict(found: dict, page: str = "docs/api/thing-get.md", without: tuple[str, ...] = ()) -> list[dict]:
    """Return the findings of one page, without some of their members."""
    return [
        {key: value for key, value in finding.items() if key not in without}
        for finding in found["findings"]
        if finding["path"] == page
    ]


@pytest.fixture(params=["no marks", "repository", "configuration", "configured docs"])
def project(request, tmp_path, monkeypatch):
    """Make a project in each of the ways in which its top may be marked, and stand in it."""
    write(tmp_path / "docs", PAGES)
    if request.param == "repository":
        (tmp_path / ".git").mkdir()
    elif request.param == "configuration":
        (tmp_path / "docextract.toml").write_text("", "utf-8")
    elif request.param == "configured docs":
        (tmp_path / "docextract.toml").write_text('docs = ["docs"]', "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("names", NAMES, ids=" ".join)
def test_a_page_has_one_verdict_however_it_is_named(project, names):
    without = () if any((project / mark).exists() for mark in (".git", "docextract.toml")) else COUNTED
    [finding] = verdict(report("."), without=without)
    assert (finding["check"], finding["line"]) == ("wrong-type", line_of(GET, '"size"'))
    assert verdict(report(*names), without=without) == [finding]
    assert verdict(report(*(project / name for name in names)), without=without) == [finding]


def test_a_page_has_one_verdict_from_wherever_it_is_named(project, monkeypatch):
    marked = any((project / mark).exists() for mark in (".git", "docextract.toml"))
    without = ("path", "related", *(() if marked else COUNTED))
    [finding] = verdict(report("."), without=without)
    for folder, name in (
        ("docs", "api/thing-get.md"),
        ("docs/api", "thing-get.md"),
        ("docs/resources", "../api/thing-get.md"),
    ):
        monkeypatch.chdir(project / folder)
        assert verdict(report(name), name, without) == [finding]


def test_what_is_only_read_is_told(project):
    _, _, err = run("check", "docs/api/thing-get.md")
    assert "1 of the 3 pages of the doc set" in err
    assert run("check", ".")[2] == ""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("docs/page.mdx", "not a page; pages end in .md or .markdown"),
        ("docs/README.md", "files of this name are not pages of a doc set"),
        ("docs/.hidden.md", "hidden files and folders are not read"),
        ("docs/includes/x.md", "folders named includes are not read"),
        ("docs/out/x.md", "git ignores it"),
    ],
)
def test_an_argument_that_is_no_page_is_told_with_its_reason(tmp_path, monkeypatch, name, reason):
    write(tmp_path, {name: "# Page\n", ".gitignore": "out/\n", ".git/HEAD": ""})
    monkeypatch.chdir(tmp_path)
    code, _, err = run("check", name)
    assert code == 0
    assert err.splitlines()[0] == f"docextract: skipped {name}: {reason}"


def test_of_many_arguments_that_are_no_pages_the_first_are_told(tmp_path, monkeypatch):
    names = [f"{number}.txt" for number in range(5)]
    write(tmp_path, dict.fromkeys(names, ""))
    monkeypatch.chdir(tmp_path)
    told = run("check", *names)[2].splitlines()
    assert [line.partition(":")[2].split(":")[0] for line in told[:3]] == [f" skipped {name}" for name in names[:3]]
    assert told[3] == "docextract: skipped 2 more arguments that are not pages or are excluded"


def test_the_configured_docs_are_the_default(tmp_path, monkeypatch):
    write(tmp_path, {**DIRTY, "other/get.md": DIRTY["api/get.md"], "docextract.toml": 'docs = ["api", "resources"]'})
    for folder, name in ((".", "api/get.md"), ("other", "../api/get.md")):
        monkeypatch.chdir(tmp_path / folder)
        assert [(f["check"], f["path"]) for f in report()["findings"]] == [("wrong-type", name)]


def test_what_stands_outside_the_configured_docs_is_a_doc_set_of_its_own(tmp_path, monkeypatch):
    write(tmp_path, {**DIRTY, "other/get.md": DIRTY["api/get.md"], "docextract.toml": 'docs = ["api", "resources"]'})
    monkeypatch.chdir(tmp_path)
    assert [(f["check"], f["path"]) for f in report("other")["findings"]] == [("unknown-type", "other/get.md")]
    assert report("other/get.md") == report("other")


def test_what_the_configuration_excludes_is_told(tmp_path, monkeypatch):
    write(tmp_path, {"docs/x.md": "# Page\n", "docextract.toml": 'exclude = ["x.md"]'})
    monkeypatch.chdir(tmp_path)
    assert "skipped docs/x.md: excluded by the configuration" in run("check", "docs/x.md")[2]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('versions = ["v9"]', ["versions: there are no pages in 'v9'", "'api'", "'resources'"]),
        ('docs = ["doc"]', ["docs: there is no folder 'doc'"]),
        ('select = ["wrong-type"]\nignore = ["wrong-type"]', ["select and ignore both name 'wrong-type'"]),
    ],
)
def test_an_impossible_configuration_is_refused(tmp_path, monkeypatch, text, parts):
    write(tmp_path, {**PAGES, "docextract.toml": text})
    monkeypatch.chdir(tmp_path)
    code, out, err = run("check")
    assert (code, out) == (2, "")
    assert str(tmp_path / "docextract.toml") in err
    assert all(part in err for part in parts)


def test_select_and_ignore_of_one_check_are_refused():
    code, _, err = run("check", "seeds", "--select", "wrong-type", "--ignore", "wrong-type")
    assert (code, err) == (2, "docextract: --select and --ignore both name wrong-type; keep one of them\n")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pyproject.toml", "[tool.docextrat]\n", "[tool.docextrat] is not read; did you mean [tool.docextract]?"),
        (".docextract.toml", "", "is not read; rename it to docextract.toml"),
        ("pyproject.toml", "[tool.ruff]\n", ""),
    ],
)
def test_a_misnamed_configuration_is_told(tmp_path, monkeypatch, name, text, told):
    write(tmp_path, {**PAGES, ".git/HEAD": "", name: text})
    monkeypatch.chdir(tmp_path)
    assert (told in run("check", ".")[2]) if told else run("check", ".")[2] == ""


def test_a_folder_without_pages_is_2(tmp_path):
    code, _, err = run("check", tmp_path)
    assert code == 2
    assert "no pages found" in err


def test_excluded_files_are_0_with_a_notice(tmp_path):
    pages = write(tmp_path, {"README.md": "# Read me\n", "docextract.toml": ""})
    code, _, err = run("check", pages / "README.md", pages / "docextract.toml")
    assert code == 0
    assert "nothing to check" in err


def test_a_file_is_seen_within_its_project(tmp_path):
    folder = write(tmp_path, {**DIRTY, "docextract.toml": ""})
    assert [f["check"] for f in report(folder / "api/get.md")["findings"]] == ["wrong-type"]


def test_a_changed_row_shows_the_examples_that_it_breaks(tmp_path):
    """A finding is reported when its related place is selected."""
    folder = write(tmp_path, {**DIRTY, "docextract.toml": ""})
    [finding] = report(folder / "resources/thing.md")["findings"]
    assert finding["path"].endswith("api/get.md")


# Versions


def versioned(first: str, second: str, count: int) -> dict[str, str]:
    """Make two sibling folders with the same pages; the type has no `size` in the second."""
    pages = {}
    for number in range(count):
        name = f"thing{number}"
        for folder, rows in ((first, ["|id|String|.|", "|size|Int32|.|"]), (second, ["|id|String|.|"])):
            pages[f"{folder}/resources/{name}.md"] = resource(name, rows)
            body = '{"id": "1", "size": 1}'
            pages[f"{folder}/api/{name}-get.md"] = operation(body, keys=f'"@odata.type": "microsoft.graph.{name}"')
    return pages


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("v1.0", "beta", 1),
        ("api-reference/v1.0", "api-reference/beta", 3),
        ("2023-01-01", "2024-01-01", 1),
        ("en", "de", 2),
        ("old", "new", 3),
    ],
)
def test_folders_that_correspond_are_versions(tmp_path, first, second, count):
    found = report(write(tmp_path, versioned(first, second, count)))
    surplus = [finding for finding in found["findings"] if finding["check"] == "undeclared-property"]
    assert len(surplus) == count
    assert all(f"{second}/api/" in finding["path"] for finding in surplus)


@pytest.mark.parametrize("count", [1, 5])
def test_a_type_that_is_defined_among_the_operations_too_makes_no_versions(tmp_path, count):
    """One type that stood under api/ as well once made `api` and `resources` two versions, and 2,584 false errors."""
    pages = {}
    for number in range(count):
        name = f"thing{number}"
        pages[f"resources/{name}.md"] = resource(name, ["|id|String|.|"])
        pages[f"api/{name}-get.md"] = operation('{"id": "1"}', keys=f'"@odata.type": "microsoft.graph.{name}"')
    pages["api/thing0.md"] = resource("thing0", ["|id|String|.|"])
    found = report(write(tmp_path, pages))
    assert found["findings"] == []
    assert found["summary"]["resolved"] == count


@pytest.mark.parametrize("folders", [("users", "groups"), ("mail", "files")])
def test_folders_of_resources_with_pages_of_the_same_names_are_no_versions(tmp_path, folders):
    pages = {"types/thing.md": resource("thing", ["|id|String|.|"])}
    for folder in folders:
        for verb in ("get", "list", "create"):
            pages[f"{folder}/{verb}.md"] = operation('{"id": "1"}', keys='"@odata.type": "microsoft.graph.thing"')
    found = report(write(tmp_path, pages))
    assert found["findings"] == []
    assert found["summary"]["resolved"] == 6
