"""Pages of one thing many times over: what they take grows as they do."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from docextract.markdown.links import anchors
from docextract.markdown.parser import parse
from docextract.renderers import RENDERERS
from docextract.renderers.look import Look
from docextract.text.source import Source, Span
from tests.helpers import run, write
from tests.nasty import KINDS
from tests.pages import operation, resource
from tests.renderers.reports import finding, report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docextract.findings import Finding

#: The characters of a page, and those of one that may take 5.3 times as long: 2.3 times for each doubling.
FEW, MANY, GROWTH = 30_000, 120_000, 2.3**2
#: What is held against all of something else, as often as `page-budget` allows.
MULTIPLIED = {"templates, and examples that fit none"}


def check(folder: Path) -> None:
    code, _, err = run("check", folder, "--jobs", 1)
    assert code in (0, 1), err


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return how long some work takes at best; like the command itself, without the garbage collector."""
    best = 1e9
    gc.collect()
    gc.disable()
    try:
        for _ in range(times):
            start = time.process_time()
            work()
            best = min(best, time.process_time() - start)
    finally:
        gc.enable()
    return best


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in MULTIPLIED])
def test_what_a_page_takes_grows_as_it_does(tmp_path, kind):
    """Through the command, with a report; seconds that the machine takes for itself are tried again."""
    settings = {"docextract.toml": "page-budget = 1000000\n"}
    few = write(tmp_path / "few", {**settings, "page.md": KINDS[kind](FEW)})
    many = write(tmp_path / "many", {**settings, "page.md": KINDS[kind](MANY)})
    check(few)
    assert any(seconds(partial(check, many), 1) < (seconds(partial(check, few), 1) + 0.03) * GROWTH for _ in range(4))


@pytest.mark.parametrize("kind", MULTIPLIED)
def test_what_is_multiplied_ends_at_the_budget(tmp_path, kind):
    folder = write(tmp_path, {"docextract.toml": "page-budget = 2000\n", "page.md": KINDS[kind](MANY)})
    assert run("check", folder, "--select", "page-too-complex")[0] == 1


def test_types_that_each_derive_from_the_next_take_time_as_there_are_more(tmp_path):
    """That the annotation and the prose of each name its base asks for no way to the top."""

    def derived(number: int) -> Path:
        named = [resource(f"t{n}", ["|id|String|The id.|"]) for n in range(number)]
        for n in range(1, number):
            page = named[n].replace('resource"', f'resource", "baseType": "example.t{n - 1}"')
            named[n] = page.replace("## Properties", f"Inherits from [t{n - 1}](t{n - 1}.md).\n\n## Properties")
        pages = {f"resources/t{n}.md": page for n, page in enumerate(named)}
        shown = operation('{"id": 1}', keys=f'"@odata.type": "example.t{number - 1}"')
        return write(tmp_path / f"{number}", {"docextract.toml": "", "api/get.md": shown, **pages})

    few, many = derived(100), derived(800)
    check(few)
    assert any(seconds(partial(check, many), 1) < (seconds(partial(check, few), 1) + 0.03) * 2.3**3 for _ in range(4))


def test_anchors_of_equal_headings_are_numbered_on():
    """What a number is already given to is not asked again for each heading."""
    pages = [parse(Source.of("page.md", "## A\n\n" * number)) for number in (200, 2_000)]
    few, many = (seconds(partial(anchors, page)) for page in pages)
    assert many < (few + 0.002) * 30


def test_an_excerpt_of_a_long_line_takes_as_long_as_what_it_shows():
    """A line may have thousands of findings, each with an excerpt."""
    spans = (Span("page.md", 1, 5 * n + 1, 1, 5 * n + 5) for n in range(100))
    shown = report([finding(message=f"text {n}") for n in range(100)])
    shown = replace(shown, findings=tuple(map(_at, shown.findings, spans)))
    lines = ["word " * 2_000], ["word " * 200_000]
    few, many = (seconds(lambda line=line: [*RENDERERS["text"](shown, Look(lambda _: line))]) for line in lines)
    assert many < (few + 0.01) * 10


def _at(one: Finding, span: Span) -> Finding:
    return replace(one, span=span)
