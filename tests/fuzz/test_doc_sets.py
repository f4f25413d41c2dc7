"""Whatever a doc set is made of: the report depends on nothing but the pages, and nothing else is written."""

from __future__ import annotations

import contextlib
import json
import os
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from docextract.project.docset import Selection
from docextract.project.load import load
from docextract.text.source import Source
from docextract.verdict.run import lint
from docextract.writers import WRITERS
from tests.fuzz import seeds
from tests.fuzz.doc_sets import doc_sets
from tests.fuzz.mutator import mutated
from tests.fuzz.places import assert_all_inside
from tests.helpers import doc_set, run

few = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
fewer = settings(few, max_examples=8)


@contextlib.contextmanager
def written(texts):
    """Write a doc set into a folder beside another one; give the folder, as the working directory."""
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top, "docs")
        (Path(top) / "beside").mkdir()
        put(folder, {"docextract.toml": "", **texts})
        with contextlib.chdir(folder):
            yield folder


def put(folder, texts):
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "replace"))


def checked(*arguments, cached=False):
    """Return the JSON report of a check."""
    code, out, err = run("check", *arguments, "--output-format", "json", cached=cached)
    assert code in (0, 1), err
    return out


def seen_from(folder, out):
    """Return the findings in a report, with their paths as seen from a folder."""
    findings = json.loads(out)["findings"]
    for one in (*findings, *(related for finding in findings for related in finding["related"])):
        one["path"] = os.path.relpath(os.path.realpath(one["path"]), os.path.realpath(folder))
    return sorted(findings, key=json.dumps)


@few
@given(doc_sets)
def test_places_lie_inside_their_pages(texts):
    report = lint([Selection(doc_set(texts), frozenset(texts))])
    lines = {path: Source.of(path, text.encode("utf-8", "replace").decode()).lines for path, text in texts.items()}
    assert_all_inside((*report.findings, *report.suppressed), lines)


@few
@given(doc_sets, doc_sets)
def test_the_report_is_the_same_with_and_without_the_cache(texts, changes):
    """Also after pages have changed, or have come, and again when all is as it was."""
    with written(texts) as folder:
        first = checked()
        assert checked(cached=True) == first
        assert checked(cached=True) == first
        put(folder, changes)
        assert checked(cached=True) == checked()
        for name in changes.keys() - texts.keys():
            (folder / name).unlink()
        put(folder, texts)
        assert checked(cached=True) == first


@fewer
@given(doc_sets)
def test_the_report_is_the_same_however_the_pages_are_named(texts):
    with written(texts) as folder:
        whole = seen_from(folder, checked())
        files = sorted(folder / path for one in load(["."]) for path in one.docset.paths)
        for way in ([folder], ["."], [f"../{folder.name}"], [f"{folder}/../docs/."], files, files[::-1]):
            assert not way or seen_from(folder, checked(*way)) == whole
        for elsewhere in (folder.parent, folder.parent / "beside"):
            with contextlib.chdir(elsewhere):
                assert seen_from(folder, checked(folder)) == whole
                assert seen_from(folder, checked(os.path.relpath(folder))) == whole
        for file in files:
            path = os.path.relpath(file, folder)
            about = [f for f in whole if path in (f["path"], *(related["path"] for related in f["related"]))]
            assert seen_from(folder, checked(file)) == about


def tree(top):
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@fewer
@given(doc_sets)
def test_extract_writes_into_its_folder_alone_and_the_same_again(texts):
    forms = [word for form in WRITERS for word in ("--format", form)]
    with written(texts) as folder:
        top = folder.parent
        before = tree(top)
        for _ in range(2):
            code, out, err = run("extract", ".", "--output", "../beside/out", *forms)
            assert (code, out) == (0, ""), err
            after = tree(top)
            assert {name: data for name, data in after.items() if not name.startswith("beside/out/")} == before
        changes = [line.split(" in ")[0] for line in err.splitlines() if "unchanged" in line]
        assert len(changes) == len(WRITERS)
        assert all(line.startswith("0 files written") and "0 removed" in line for line in changes)
        run("extract", ".", "--output", "../beside/again", *forms)
        moved = {name.replace("beside/again/", "beside/out/"): data for name, data in tree(top).items()}
        assert moved == after


@pytest.mark.parametrize("number", range(2))
def test_many_pages_are_reported_alike_by_one_process_and_by_two(number):
    """From 400 pages on the work is shared."""
    chance = random.Random(number)
    texts = {f"{chance.choice('abc')}/p{page}.md": text for page, text in enumerate(_many(chance))}
    with written(texts):
        alone = checked("--jobs", "1")
        assert json.loads(alone)["findings"]
        assert checked("--jobs", "2") == alone
        assert checked("--jobs", "2", cached=True) == alone
        assert checked("--jobs", "1", cached=True) == alone


def _many(chance):
    return [mutated(chance.choice(seeds.pages()), seeds.pages(), chance) for _ in range(420)]
