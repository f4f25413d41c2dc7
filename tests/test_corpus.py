"""The practice corpus of real pages, where DOCEXTRACT_CORPUS names its folder."""

from __future__ import annotations

import json

from tests.helpers import report, run


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


def reread(side):
    """Read a body's text again; one that is no strict JSON was recovered."""
    try:
        return json.loads(side["text"])
    except ValueError:
        return side["body"]
