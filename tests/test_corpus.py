"""The practice corpus of real pages, where DOCEXTRACT_CORPUS names its folder."""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
from collections import Counter, defaultdict

import pytest

from docextract.contract.conformance import check_body
from docextract.contract.schema import Schemas
from docextract.extraction.fixtures import fixtures
from docextract.project.load import load
from docextract.text.json_text import DefectKind
from tests.extraction.schemas import validator
from tests.helpers import report, run

#: The defects of JSON that can be mended.
MENDED = {
    DefectKind.TRAILING_COMMA,
    DefectKind.MISSING_COMMA,
    DefectKind.EXTRA_COMMA,
    DefectKind.NBSP,
    DefectKind.SMART_QUOTES,
}
#: The findings of one body that are told at once.
TOLD = 20


def test_the_figures_of_the_corpus(corpus):
    """An independent count found 2,419 responses, 1,606 of them annotated, and 1,760 JSON bodies of 2xx responses."""
    summary = report(corpus / "graph-v1.0")["summary"]
    assert summary["pages"] == 3341
    assert abs(summary["responses"] - 2419) <= 2419 * 0.005
    assert abs(summary["annotated"] - 1606) <= 1606 * 0.005
    assert abs(summary["json_bodies"] - 1760) <= 1760 * 0.005
    assert summary["resolved"] + summary["primitive"] + summary["unresolved"] == summary["json_bodies"]
    assert summary["resolved"] + summary["primitive"] >= 0.985 * summary["json_bodies"]


def test_the_fixtures_of_the_corpus_read_back_equal(corpus, tmp_path):
    code, _, said = run("extract", corpus / "graph-v1.0", "--output", tmp_path)
    assert code == 0, said
    index = json.loads((tmp_path / "index.json").read_text("utf-8"))["exchanges"]
    assert len(index) > 2400
    assert len({entry["file"].casefold() for entry in index}) == len(index)
    for entry in index:
        fixture = json.loads((tmp_path / entry["file"]).read_text("utf-8"))
        assert fixture["id"] == entry["id"]
        for side in (fixture["request"], fixture["response"]):
            if side and side["text"] and side["body"] is not None:
                assert side["body"] == reread(side)
    code, _, said = run("extract", corpus / "graph-v1.0", "--output", tmp_path)
    assert said.startswith("0 files written")


#: What a schema of a type does not say: an open type takes any member, so those of a derived type, of an
#: envelope, or in another case; an enum that may have more members takes any name; required are members only
#: of an example that is said to be complete.
UNSAID = {"undeclared-open", "open-near-miss", "untagged-derived", "wrapped-entity", "collection-undeclared"}
UNSAID |= {"property-case", "enum-case", "missing-property"}
#: So many bodies in a thousand may differ otherwise: `error` in an item of a 207, a type that a row only mentions or
#: whose base no page tells, items that are no objects.
ODD = 5


@pytest.mark.parametrize("name", ["graph-v1.0", "graph-2020-beta", "graph-de", "onedrive"])
def test_every_exchange_of_the_corpus_is_a_fixture_and_its_body_fits_where_check_is_content(
    corpus, tmp_path, monkeypatch, name
):
    if not (corpus / name).is_dir():
        pytest.skip(f"the corpus holds no {name}")
    monkeypatch.chdir(corpus / name)
    code, _, said = run("extract", ".", "--output", tmp_path)
    assert code == 0, said
    index = json.loads((tmp_path / "index.json").read_text("utf-8"))["exchanges"]
    assert len(index) == report(".")["summary"]["exchanges"]
    assert len({entry["id"].casefold() for entry in index}) == len(index)
    assert all(re.fullmatch(r"[\w.-]+(/[\w.-]+)*", entry["id"], re.ASCII) for entry in index)
    assert all(entry["request_line"] or not requests for entry, requests in zip(index, requests_of(index), strict=True))
    fits = validator(json.loads((tmp_path / "schemas.json").read_text("utf-8")))
    written = {fixture.id: fixture for fixture in fixtures(load(["."]))}
    schemas = {}
    held, odd = 0, {}
    for entry in index:
        shown = json.loads((tmp_path / entry["file"]).read_text("utf-8"))
        checks = violated(written[entry["id"]], schemas) if shown["schema"] else None
        held += checks is not None
        if checks is not None and fits(shown) != (not checks) and not checks & UNSAID:
            odd[entry["id"]] = checks
    assert held
    assert len(odd) * 1000 <= held * ODD, odd


def requests_of(index):
    """Return for each exchange of an index whether any exchange of its page shows a request."""
    pages = {entry["page"] for entry in index if entry["request_line"]}
    return [entry["page"] in pages for entry in index]


def violated(fixture, schemas):
    """Return the checks that find something in the body of a response; None if it has none that is JSON."""
    if not fixture.response or not fixture.response.has_json:
        return None
    registry, message = fixture.docset.registry, fixture.exchange.response
    of_registry = schemas.setdefault(id(registry), Schemas(registry))
    found = check_body(fixture.exchange, message, fixture.resolution, registry, of_registry)
    return {violation.check.value for violation in found.violations}


def reread(side):
    """Read a body's text again; one that is no strict JSON was recovered."""
    try:
        return json.loads(side["text"])
    except ValueError:
        return side["body"]


@pytest.mark.parametrize("name", ["graph-v1.0", "graph-2020-beta", "graph-de", "onedrive"])
def test_fixes_of_the_corpus(corpus, tmp_path, monkeypatch, name):
    if not (corpus / name).is_dir():
        pytest.skip(f"the corpus holds no {name}")
    ignored = shutil.ignore_patterns(".docextract_cache")
    before, after = (shutil.copytree(corpus / name, tmp_path / part, ignore=ignored) for part in ("before", "after"))
    monkeypatch.chdir(after)
    old, new = read_json(), read_json("--fix")
    assert not worse(old, new)
    changed = [path for path in pages_below(before) if text_of(before / path) != text_of(after / path)]
    assert len(changed) >= 50
    assert set(pages_below(before)) == set(pages_below(after))
    places, found = fixable_lines(old), Counter(f["path"] for f in old["findings"] if f["check"] == "json-syntax")
    for path in changed:
        assert found[str(path)] >= TOLD or changed_lines(before / path, after / path) <= places[str(path)], path
    mendable = {key for key, kinds in json_defects(before, monkeypatch).items() if kinds and kinds <= MENDED}
    left = json_defects(after, monkeypatch)
    assert mendable
    assert sum(not left[key] for key in mendable) >= 0.95 * len(mendable)
    monkeypatch.chdir(after)
    assert run("check", ".", "--diff", cached=True)[:2] == (0, "")


def read_json(*options):
    code, out, err = run("check", ".", "--output", "json", *options, cached=True)
    assert code in (0, 1), err
    return json.loads(out)


def worse(old, new):
    """Return the pages with more errors, or more errors and warnings, than before."""
    counts = []
    for found in (old, new):
        errors = Counter(f["path"] for f in found["findings"] if f["severity"] == "error")
        counts.append((errors, errors + Counter(f["path"] for f in found["findings"] if f["severity"] == "warning")))
    return [path for one, other in zip(*counts, strict=True) for path in other if other[path] > one[path]]


def pages_below(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*.md"))


def text_of(path):
    return path.read_bytes().decode("utf-8", "surrogateescape")


def fixable_lines(found):
    """Return the lines of each page that fixes name."""
    lines = defaultdict(set)
    for finding in found["findings"]:
        for edit in finding["fix"]["edits"] if finding["fixable"] else ():
            lines[finding["path"]].update(range(edit["line"], edit["end_line"] + 1))
    return {os.path.normpath(path): numbers for path, numbers in lines.items()}


def changed_lines(before, after):
    """Return the lines of a file, counted as they were, that are others now or have a new one before them."""
    old, new = (text_of(path).split("\n") for path in (before, after))
    changed = set()
    for kind, start, end, _, _ in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            changed.update(range(start + 1, max(end, start + 1) + 1))
    return changed


def json_defects(folder, monkeypatch):
    """Return the kinds of defects of each JSON body of a doc set, by page and number."""
    monkeypatch.chdir(folder)
    kinds = {}
    for docset in (selection.docset for selection in load(["."])):
        for path in docset.paths:
            messages = [message.http for message in docset.exchanges(path).messages if not message.ignored]
            shown = [http.body for http in messages if http.json and http.body]
            shown += [one.representation for one in docset.definitions(path).resources if one.representation]
            kinds.update(((path, i), {defect.kind for defect in body.reading.defects}) for i, body in enumerate(shown))
            docset.forget(path)
    return kinds
