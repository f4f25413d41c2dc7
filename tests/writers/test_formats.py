"""What holds for every format: the same bytes again, parts of it renewed, and the formats share a folder."""

from __future__ import annotations

import re
import shutil

import pytest

import docextract
from docextract.writers import WRITERS
from tests.helpers import ROOT, run, write
from tests.writers.shop import SHOP, extracted

FORMATS = [form for form in WRITERS if form != "json"]
GOLDEN = ROOT / "tests" / "data" / "golden"


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", FORMATS)
def test_a_small_doc_set(tmp_path, monkeypatch, golden, form):
    monkeypatch.chdir(ROOT)
    extracted("seeds/library", tmp_path / "out", "--format", form)
    found = {name: text.decode("utf-8") for name, text in files(tmp_path / "out").items() if "manifest" not in name}
    shown = "".join(f"== {name}\n{text}" for name, text in sorted(found.items()))
    golden(GOLDEN / f"library.{form}", shown.replace(f'"version": "{docextract.__version__}"', '"version": "VERSION"'))


@pytest.mark.parametrize("form", FORMATS)
def test_a_second_run_writes_nothing(tmp_path, form):
    docs, out = write(tmp_path / "docs", SHOP), tmp_path / "out"
    extracted(docs, out, "--format", form)
    before = files(out)
    _, _, said = run("extract", docs, "--output", out, "--format", form)
    assert said.startswith("0 files written,")
    assert files(out) == before


@pytest.mark.parametrize("form", FORMATS)
def test_a_run_on_one_page_changes_its_fixtures_only(tmp_path, form):
    docs, whole, part = write(tmp_path / "docs", SHOP), tmp_path / "whole", tmp_path / "part"
    extracted(docs, part, "--format", form)
    page = docs / "api" / "make.md"
    page.write_text(page.read_text("utf-8").replace("201 Created", "202 Accepted"), "utf-8")
    extracted(page, part, "--format", form)
    extracted(docs, whole, "--format", form)
    assert files(part) == files(whole)


@pytest.mark.parametrize("form", FORMATS)
def test_the_fixtures_of_a_page_that_is_gone_go(tmp_path, form):
    docs, whole, part = write(tmp_path / "docs", SHOP), tmp_path / "whole", tmp_path / "part"
    extracted(docs, part, "--format", form)
    (docs / "api" / "get.md").unlink()
    extracted(docs / "api" / "make.md", part, "--format", form)
    extracted(docs, whole, "--format", form)
    assert files(part) == files(whole)


def test_formats_share_a_folder(tmp_path):
    docs, out = write(tmp_path / "docs", SHOP), tmp_path / "out"
    extracted(docs, out, *(word for form in WRITERS for word in ("--format", form)))
    together = files(out)
    for form in WRITERS:
        shutil.rmtree(out)
        extracted(docs, out, "--format", form)
        alone = files(out)
        assert len(alone) > 1
        assert alone == {name: together.pop(name) for name in alone}
    assert together == {}


@pytest.mark.parametrize("form", FORMATS)
def test_foreign_files_are_not_overwritten(tmp_path, form):
    docs, out = write(tmp_path / "docs", SHOP), tmp_path / "out"
    extracted(docs, out, "--format", form)
    name = next(name for name in files(out) if "manifest" not in name)
    shutil.rmtree(out)
    write(out, {name: "mine"})
    code, _, said = run("extract", docs, "--output", out, "--format", form)
    assert (code, files(out)) == (2, {name: b"mine"})
    assert f"was not written by docextract as {form}; it will not be overwritten" in said


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_somebody_damaged_is_written_anew(tmp_path, form):
    docs, out = write(tmp_path / "docs", SHOP), tmp_path / "out"
    extracted(docs, out, "--format", form)
    before = files(out)
    for name in before:
        if "manifest" not in name:
            (out / name).write_text("[]", "utf-8")
    extracted(docs / "api" / "make.md", out, "--format", form)
    extracted(docs, out, "--format", form)
    assert files(out) == before


@pytest.mark.parametrize("form", FORMATS)
def test_texts_that_are_hard_to_write(tmp_path, form):
    page = SHOP["api/make.md"]
    pages = {
        "api/surrogate.md": page.replace('"refuse"', '"x"').replace('{"error": {}}', '{"error": "\\ud800"}'),
        "api/header.md": page.replace("Prefer: return", "Prefer: \u2028caf\u00e9\u0001 return"),
        "api/url.md": page.replace("POST /things\n", "POST http://[/{a/{b}}?{&=%zz#\n"),
        "api/title.md": page.replace("### Example: refuse", "### {{x}} \u202e `### GET /y`"),
    }
    assert len(set(pages.values()) - {page}) == len(pages)
    extracted(write(tmp_path / "docs", pages), tmp_path / "out", "--format", form)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["graph-v1.0", "graph-2020-beta", "graph-de", "onedrive"])
def test_every_exchange_of_the_corpus_is_written_or_told(corpus, tmp_path, monkeypatch, name, form):
    if not (corpus / name).is_dir():
        pytest.skip(f"the corpus holds no {name}")
    monkeypatch.chdir(corpus / name)
    said = extracted(".", tmp_path / "out", "--format", form)
    left_out = sum(int(line.split()[0].replace(",", "")) for line in said if "left out" in line)
    written = files(tmp_path / "out")
    names = set(re.findall(r"[\w./-]+", b"\n".join(written.values()).decode("utf-8")))
    # A format with a file for each exchange names it after the exchange.
    names.update(path.partition("/")[2].rpartition(".")[0] for path in map(str, written))
    missing = [fixture.id for fixture in docextract.fixtures(".") if fixture.id not in names]
    assert len(missing) == left_out
