"""The baseline: known findings are set aside however their pages are edited, and exactly the new one is named."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers import line_of, run, write
from tests.pages import CLEAN, DIRTY, operation, typed
from tests.verdict.test_fingerprint import COMMAS, PLACES


class Known:
    """A doc set with its baseline."""

    def __init__(self, folder: Path, pages: dict[str, str]) -> None:
        self.docs = write(folder / "docs", pages)
        self.file = folder / "baseline.json"
        self.update()

    def run(self, *arguments: object, paths: tuple[Path, ...] = ()) -> tuple[int, dict, str]:
        arguments = ("check", *(paths or (self.docs,)), "--output-format", "json", "--baseline", self.file, *arguments)
        code, out, err = run(*arguments)
        return code, json.loads(out or "{}"), err

    def update(self, *arguments: object, paths: tuple[Path, ...] = ()) -> str:
        code, found, err = self.run("--baseline-update", *arguments, paths=paths)
        assert (code, found["findings"]) == (0, []), err
        return err

    def new(self, *arguments: object, paths: tuple[Path, ...] = ()) -> list[tuple[str, int, str]]:
        """Return (page, line, check) of the findings that are not in the baseline."""
        code, found, err = self.run(*arguments, paths=paths)
        assert code in (0, 1), err
        assert found["summary"]["errors"] == sum(f["severity"] == "error" for f in found["findings"])
        return [(f["path"].rpartition("docs/")[2], f["line"], f["check"]) for f in found["findings"]]

    def stale(self) -> str:
        return "".join(line for line in self.run()[2].splitlines() if "of the baseline" in line)

    def rows(self) -> list[dict]:
        return json.loads(self.file.read_text("utf-8"))["entries"]


@pytest.fixture
def commas(tmp_path) -> Known:
    return Known(tmp_path, {"page.md": COMMAS})


def test_an_existing_doc_set_is_clean_and_the_first_new_defect_is_named(tmp_path):
    pages = {**DIRTY}
    for number in range(100):
        body = "[" + ", ".join(f'{{"id": {item}}}' for item in range(10)) + "]"
        pages[f"api/list{number}.md"] = operation(f'{{"value": {body}}}', keys=typed("thing", collection=True))
    known = Known(tmp_path, pages)
    code, found, err = known.run()
    assert (code, err) == (0, "")
    assert found["summary"]["baselined"] > 1000
    assert found["summary"]["errors"] == found["summary"]["warnings"] == 0
    page = pages["api/list7.md"].replace('{"id": 4}', '{"id": 4,}')
    write(known.docs, {"api/list7.md": page})
    assert known.new() == [("api/list7.md", line_of(page, '{"id": 4,}'), "json-syntax")]
    assert known.run()[0] == 1


def test_the_file_is_the_same_from_any_folder_and_on_every_run(commas, monkeypatch):
    before = commas.file.read_bytes()
    monkeypatch.chdir(commas.docs)
    assert run("check", "page.md", "--baseline", "../baseline.json", "--baseline-update")[0] == 0
    assert commas.file.read_bytes() == before
    assert {row["page"] for row in commas.rows()} == {"docs/page.md"}
    lines = before.decode("ascii").splitlines()
    assert sum(line.startswith('{"page": ') for line in lines) == len(commas.rows())
    assert not re.search(rb'"(line|column|severity|fingerprint)":', before)


@pytest.mark.parametrize("place", PLACES)
def test_a_new_one_of_several_equal_findings_is_named(tmp_path, place):
    known = Known(tmp_path, {"page.md": COMMAS.replace(f"{place}\n", f"{place},\n")})
    assert known.new() == []
    write(known.docs, {"page.md": COMMAS})
    assert known.new() == [("page.md", line_of(COMMAS, place), "json-syntax")]


def test_a_comma_lost_beside_four_is_named(commas):
    page = COMMAS.replace('"id": "4",', '"id": "4"')
    write(commas.docs, {"page.md": page})
    assert commas.new() == [("page.md", line_of(page, '"id": "4"'), "json-syntax")]


def test_a_new_one_is_named_though_an_equal_one_is_mended(commas):
    page = COMMAS.replace('"id": "4",', '"id": "4"').replace('"id": "1"\n', '"id": "1",\n')
    write(commas.docs, {"page.md": page})
    assert commas.new() == [("page.md", line_of(page, '"id": "4"'), "json-syntax")]


@pytest.mark.parametrize(
    "edit",
    [
        lambda page: page.replace("## Examples", "Some words.\n" * 20 + "\n## Examples"),
        lambda page: page.replace('"id": "1"\n', '"id": "1",\n'),
        lambda page: page.replace("### Example 2: large", "### Another: big"),
        lambda page: page.replace('"large_thing"', '"big_thing"'),
        lambda page: page.replace('"name": "x"\n', '"name": "y"\n'),
        lambda page: "### Example ".join(sorted(page.split("### Example "), key=lambda part: part[:1] == "1")),
        lambda page: page.replace("  ", "      "),
    ],
    ids=["lines above", "neighbour mended", "heading", "exchange", "lines below", "sections", "indentation"],
)
def test_known_findings_stay_known_when_their_page_is_edited(commas, edit):
    page = edit(COMMAS)
    assert page != COMMAS
    write(commas.docs, {"page.md": page})
    assert commas.new() == []


def test_a_renamed_page_keeps_its_entries(commas):
    (commas.docs / "page.md").rename(commas.docs / "renamed.md")
    assert commas.new() == []
    assert commas.stale() == ""
    page = COMMAS.replace('"id": "4",', '"id": "4"').replace('"id": "2"\n', '"id": "3"\n')
    write(commas.docs, {"renamed.md": page})
    assert commas.new() == [("renamed.md", line_of(page, '"id": "4"'), "json-syntax")]


def test_a_section_that_moves_to_another_page_keeps_its_entries(commas):
    head, first, *others = COMMAS.split("### Example ")
    write(commas.docs, {"page.md": "### Example ".join((head, *others)), "other.md": f"{head}### Example {first}"})
    assert commas.new() == []


def test_a_copy_is_new(commas):
    write(commas.docs, {"copy.md": COMMAS})
    assert {page for page, _, _ in commas.new()} == {"copy.md"}


def test_a_finding_about_several_members_stays_known_when_some_are_mended(tmp_path):
    page = CLEAN["api/get.md"].replace('{"id": "1"}', '{\n"id": "1",\n"one": 1,\n"two": 2\n}')
    known = Known(tmp_path, {**CLEAN, "api/get.md": page})
    [row] = known.rows()
    assert row["message"].startswith("'one' and 'two' are not")
    write(known.docs, {"api/get.md": page.replace('"one": 1,\n', "")})
    assert known.new() == []
    worse = page.replace('"two": 2', '"two": 2,\n"three": 3')
    write(known.docs, {"api/get.md": worse})
    assert known.new() == [("api/get.md", line_of(worse, '"one"'), "undeclared-property")]


def test_entries_that_no_longer_occur_are_told_and_pruned(commas):
    write(commas.docs, {"page.md": COMMAS.replace('"id": "1"\n', '"id": "1",\n').replace('"id": "4",', '"id": "4"')})
    assert "1 entry of the baseline" in commas.stale()
    before = commas.rows()
    code, found, err = commas.run("--baseline-prune")
    assert "1 entry removed" in err
    assert (code, len(found["findings"])) == (1, 1)
    [gone] = [row for row in before if row not in commas.rows()]
    assert (gone["check"], gone["exchange"]) == ("json-syntax", "small_thing")
    assert commas.stale() == ""


def test_a_deleted_page_leaves_stale_entries(tmp_path):
    known = Known(tmp_path, {"page.md": COMMAS, "clean.md": "# A\n"})
    (known.docs / "page.md").unlink()
    assert f"{len(known.rows())} entries of the baseline" in known.stale()
    known.update()
    assert known.rows() == []


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe not UTF-8 \xff",
        b"# A\n\n<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n",
        b"# A\n\n```http\nGET /x\n\n## More\n\n```http\nGET /y\n```\n",
    ],
)
def test_a_page_that_cannot_be_read_makes_no_entry_stale(commas, data):
    before = commas.rows()
    (commas.docs / "page.md").write_bytes(data)
    assert commas.new()
    assert commas.stale() == ""
    commas.run("--baseline-prune")
    assert commas.rows() == before
    commas.update()
    assert all(row in commas.rows() for row in before)


def test_a_run_on_part_of_the_pages_touches_only_their_entries(tmp_path):
    known = Known(tmp_path, {"one.md": COMMAS, "two.md": COMMAS})
    before = known.rows()
    write(known.docs, {"one.md": "# Clean\n", "two.md": "# Clean\n"})
    part = (known.docs / "one.md",)
    assert "of the baseline" in known.run(paths=part)[2]
    known.update(paths=part)
    assert known.rows() == [row for row in before if row["page"] == "docs/two.md"]


def test_checks_that_do_not_run_keep_their_entries(commas):
    before = commas.rows()
    write(commas.docs, {"page.md": "# Clean\n"})
    assert commas.run("--select", "leftover")[2] == ""
    commas.update("--select", "leftover")
    assert commas.rows() == before
    commas.update("--ignore", "json-syntax")
    assert commas.rows() == [row for row in before if row["check"] == "json-syntax"]
    commas.update()
    assert commas.rows() == []


ROW = {"page": "docs/page.md", "check": "leftover", "message": "m", "context": "- - - - -"}


def text(*rows: object, **changes: object) -> str:
    return json.dumps({"version": 1, "entries": list(rows), **changes})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "baseline.json:1: not JSON; "),
        ("[]", "is not a baseline: expected an object with 'version' and a list 'entries'"),
        ('{"a": 1}', "is not a baseline"),
        (text(version=0), "version is 0, expected 1; delete the file and write it anew with --baseline-update"),
        (text(version=2), "version is 2, expected 1"),
        (text(more=1), "unknown key 'more'; known are 'about', 'version', 'entries'"),
        (text(5), "entry 1 is 5, expected an object"),
        (text(ROW, {**ROW, "line": 5}), "entry 2: 'line' is unknown; known are page, check"),
        (text({"page": "x"}), "entry 1: 'check' is missing"),
        (text({**ROW, "check": 5}), "entry 1: 'check' is 5, expected a string"),
        (text({**ROW, "context": "x"}), "'context' is \"x\", expected five digests or '-'"),
        (text({**ROW, "count": 0}), "'count' is 0, expected a whole number from 1 up"),
        (text({**ROW, "count": True}), "'count' is true, expected"),
        (text(ROW, ROW), "entries 1 and 2 are the same (leftover on docs/page.md); keep one of them"),
        ('{\n<<<<<<< HEAD\n', "baseline.json:2: a merge conflict is left; keep the lines of both sides"),
        ("[" * 100_000, "nested too deeply"),
        (b"\xff", "is not UTF-8"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("option", [(), ("--baseline-update",)])
def test_a_file_that_is_no_baseline_is_refused_and_kept(commas, data, said, option):
    data = data if isinstance(data, bytes) else data.encode()
    commas.file.write_bytes(data)
    code, _, err = commas.run(*option)
    assert code == 2
    assert said in err
    assert str(commas.file) in err
    assert err.count("\n") == 1
    assert commas.file.read_bytes() == data


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--baseline-update",), "--baseline-update needs a file: --baseline FILE"),
        (("--baseline-prune",), "--baseline-prune needs a file"),
        (("--baseline", "b.json"), "cannot read the baseline b.json: No such file or directory"),
        (("--baseline", "."), "cannot read the baseline .: Is a directory"),
        (("--baseline", "b.json", "--baseline-update", "--baseline-prune"), "leave out --baseline-prune"),
        (("--baseline", "b.json", "--baseline-update", "-"), "cannot be used with '-'"),
        (("--baseline", "page.md/b.json", "--baseline-update"), "cannot write the baseline page.md/b.json"),
    ],
)
def test_options_that_cannot_be_used_are_refused(tmp_path, monkeypatch, options, said):
    monkeypatch.chdir(write(tmp_path, {"page.md": "# A\n"}))
    code, out, err = run("check", *options)
    assert (code, out) == (2, "")
    assert said in err
    assert os.listdir() == ["page.md"]


def test_a_count_stands_for_findings_that_nothing_tells_apart(tmp_path):
    body = "{\n" + '"value": [\n' + ",\n".join(['{\n"id": 5\n}'] * 5) + "\n]\n}"
    known = Known(tmp_path, {**CLEAN, "api/get.md": operation(body, keys=typed("thing", collection=True))})
    assert max(row.get("count", 1) for row in known.rows()) >= 3
    assert known.new() == []
    worse = body.replace("\n]\n}", ',\n{\n"id": 5\n}\n]\n}')
    page = operation(worse, keys=typed("thing", collection=True))
    write(known.docs, {"api/get.md": page})
    assert [check for _, _, check in known.new()] == ["wrong-type"]


def test_a_cached_report_is_compared_with_the_present_baseline(tmp_path, monkeypatch):
    known = Known(tmp_path, {**DIRTY, "docextract.toml": ""})
    monkeypatch.chdir(known.docs)
    for expected in (0, 0):
        assert run("check", ".", "--baseline", "../baseline.json", cached=True)[0] == expected
    assert run("check", ".", cached=True)[0] == 1


#: Ways to spoil a line: the pattern of lines that can be, and what is put in the place of the match.
SPOILS = [
    (r'^(\s+"\w+": .*),\s*$', r"\1"),
    (r'^(\s+"\w+": (?:"[^"]*"|\d+|true))\s*$', r"\1,"),
    (r'^(\s+")(\w)(\w+)": ', r'\1\3\2": '),
    (r'": "[^"]*"', '": 17'),
    (r"\]\((?:\.\./)?(\w[\w/.-]*\.md)\)", r"](x\1)"),
    (r"^\|\s*([a-z])(\w+)\s*\|", r"|\2\1|"),
]


def test_mutations_of_real_pages_are_named_exactly(corpus, tmp_path, monkeypatch):
    docs = Path(shutil.copytree(corpus / "graph-v1.0", tmp_path / "docs"))
    write(docs, {"docextract.toml": ""})
    monkeypatch.chdir(docs)
    base = ("--baseline", "baseline.json")
    before = found(*base, "--baseline-update", aside=True)
    chance = random.Random(14)
    pages = sorted(page for page, _, _, _ in before)
    named = 0
    for number in range(30):
        page = Path(chance.choice(pages))
        text = page.read_text("utf-8", "surrogateescape")
        spoiled = spoil(text, chance, SPOILS[number % len(SPOILS)])
        if spoiled is None:
            continue
        page.write_text(spoiled, "utf-8", "surrogateescape")
        named += expect_exactly(before, found(), found(*base))
        page.write_text(text, "utf-8", "surrogateescape")
    assert named > 15
    assert found(*base) == Counter()


def found(*arguments: str, aside: bool = False) -> Counter[tuple[str, int, str, str]]:
    """Check the working directory; give the findings without columns, or if they are set aside those of a bare run."""
    code, out, err = run("check", ".", "--output-format", "json", *arguments, cached=True)
    assert code in (0, 1), err
    if aside:
        return found()
    return Counter((f["path"], f["line"], f["check"], f["message"]) for f in json.loads(out)["findings"])


def spoil(text: str, chance: random.Random, way: tuple[str, str]) -> str | None:
    lines = text.split("\n")
    able = [index for index, line in enumerate(lines) if re.search(way[0], line)]
    if not able:
        return None
    index = chance.choice(able)
    lines[index] = re.sub(*way, lines[index], count=1)
    return "\n".join(lines)


def expect_exactly(before: Counter, after: Counter, named: Counter) -> bool:
    """Whether something was named; it must be what differs, but for what is left of a finding about several members."""
    differs = after - before
    assert not named - differs
    for page, _, check, message in differs - named:
        old = [text for where, _, kind, text in before - after if (where, kind) == (page, check)]
        assert any(set(re.findall("'[^']+'", message)) < set(re.findall("'[^']+'", text)) for text in old), message
    return bool(named)
