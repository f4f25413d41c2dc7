"""A doc set with a thousand findings is clean by one command, and its first new defect is red wherever it is shown."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from docextract.renderers import RENDERERS
from tests.helpers import column_of, line_of, run, write
from tests.pages import CLEAN, operation, typed
from tests.renderers.readers import WHOLE, Entry, read

if TYPE_CHECKING:
    from pathlib import Path

#: A hundred pages that list ten things each, all with a number for an id; the lists stand on lines of their own.
LIST = operation(
    '{\n"value": [\n' + ",\n".join(f'{{"id": {number}}}' for number in range(10)) + "\n]}",
    keys=typed("thing", collection=True),
)
PAGES = {**CLEAN, **{f"api/list{number}.md": LIST for number in range(100)}}
PAGE = "docs/api/list42.md"
#: What an author may do to the list: the text there, what it becomes, where the defect is, and the check that finds it.
SLIPS = {
    "a comma that is left": ('{"id": 4},', '{"id": 4,},', ",}", "json-syntax"),
    "a member of another type": ('{"id": 4}', '{"id": 4, "id2": []}', '"id2"', "undeclared-property"),
    "a status of four digits": ("HTTP/1.1 200 OK", "HTTP/1.1 2000 OK", "2000", "http-syntax"),
}


@pytest.fixture(scope="module")
def docs(tmp_path_factory) -> Path:
    """Return a folder with the doc set and its baseline."""
    folder = tmp_path_factory.mktemp("existing")
    write(folder / "docs", PAGES)
    (folder / ".git").mkdir()
    command = ("check", folder / "docs", "--baseline", folder / "baseline.json", "--baseline-update")
    code, _, err = run(*command)
    assert code == 0, err
    return folder


def outputs(folder: Path) -> tuple[int, dict[str, str]]:
    """Check the doc set; give the exit code, and what each format shows."""
    files = {form: folder / "out" / form for form in RENDERERS}
    (folder / "out").mkdir(exist_ok=True)
    wanted = [f"--output={form}={file}" for form, file in files.items()]
    code, _, _ = run("check", "docs", "--baseline", "baseline.json", *wanted)
    return code, {form: file.read_text("utf-8") for form, file in files.items()}


def test_a_thousand_known_findings_are_no_failure_in_any_format(docs, monkeypatch):
    monkeypatch.chdir(docs)
    code, shown = outputs(docs)
    assert code == 0
    assert json.loads(shown["json"])["summary"]["baselined"] == 1000
    for form in (*WHOLE, "github"):
        assert read(form, shown[form]) == []


@pytest.mark.parametrize("slip", SLIPS)
def test_the_first_new_defect_is_shown_at_its_line_in_every_format(docs, monkeypatch, slip):
    old, new, part, check = SLIPS[slip]
    page = LIST.replace(old, new)
    assert page != LIST
    monkeypatch.chdir(docs)
    write(docs, {PAGE: page})
    code, shown = outputs(docs)
    write(docs, {PAGE: LIST})
    assert code == 1
    line = line_of(page, new)
    expected = Entry(check, "error", PAGE, line, column_of(page.splitlines()[line - 1], part))
    for form in (*WHOLE, "github"):
        found = read(form, shown[form])
        assert [one._replace(column=0) for one in found] == [expected._replace(column=0)], form
        assert form == "gitlab" or found == [expected], form
    assert re.findall(r"--> (\S+)", shown["text"]) == [f"{PAGE}:{line}:{expected.column}"]
    assert f"{PAGE}#L{line}" in shown["markdown"] or f"{PAGE}:{line}" in shown["markdown"]
    assert re.search(rf"^{check}\b.*\b1\b|\b1\b.*{check}", shown["statistics"], re.MULTILINE)


def test_code_scanning_sees_what_is_known_and_what_is_new(docs, monkeypatch):
    monkeypatch.chdir(docs)
    write(docs, {PAGE: LIST.replace(*SLIPS["a comma that is left"][:2])})
    [judged] = json.loads(outputs(docs)[1]["sarif"])["runs"]
    write(docs, {PAGE: LIST})
    states = Counter((one["baselineState"], bool(one["suppressions"])) for one in judged["results"])
    assert states == {("new", False): 1, ("unchanged", True): 1000}
    prints = [one["partialFingerprints"]["docextractFingerprint/v1"] for one in judged["results"]]
    assert len({*prints}) == len(prints)
