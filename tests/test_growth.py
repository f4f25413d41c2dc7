"""Pages of one thing many times over: what they take grows as they do, counted in calls or, for patterns, in time."""

from __future__ import annotations

import sys
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
from docextract.verdict.linter import Linter
from tests.helpers import doc_set
from tests.pages import block, fence, operation, resource
from tests.renderers.reports import finding, report

if TYPE_CHECKING:
    from collections.abc import Callable

    from docextract.findings import Finding

THING = '"@odata.type": "microsoft.graph.thing"'
TIMES = 4


def templates(number: int) -> str:
    """Return a page of templates and of as many examples that fit none of them."""
    lines = fence("\n".join(f"GET /a{n}/b" for n in range(number)))
    examples = (block("request", f"GET /x{n}/y", f'"name": "n{n}"') for n in range(number))
    return "\n".join(("# A\n\n## HTTP request\n", lines, "## Examples\n", *examples))


#: A page by the number of its things; the power of its growth.
COUNTED = {
    "leftovers beside comments": (lambda n: "# A\n\n" + "**TODO** x\n\n<!-- y -->\n" * n, 1),
    "templates, and examples that fit none": (templates, 2),
}
#: A page by the length of a text in it.
TIMED = {
    "blanks in a type cell": lambda n: resource("thing", ["|a|[a](" + " " * n + "(|T.|"]),
    "a word in braces": lambda n: "# A\n\n<!-- {" + "a" * n + " -->\n",
    "a long name": lambda n: (
        resource("thing", [f"|{'a' * n}b|String|T.|"]) + "\n" + operation(f'{{"{"a" * n}c": 1}}', keys=THING)
    ),
}


def check(text: str) -> None:
    Linter(doc_set({"page.md": text})).check_page("page.md")


def calls(text: str) -> int:
    """Return how many functions are called while a page is checked."""
    count = 0

    def called(_frame: object, event: str, _of: object) -> None:
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(called)
    try:
        check(text)
    finally:
        sys.setprofile(None)
    return count


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes at best."""
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("kind", COUNTED)
def test_the_calls_grow_as_the_page_does(kind):
    make, power = COUNTED[kind]
    check(make(1))
    few = 40 // power**2
    assert calls(make(few * TIMES)) < calls(make(few)) * TIMES**power * 1.3


@pytest.mark.parametrize("kind", TIMED)
def test_the_time_of_patterns_grows_as_the_page_does(kind):
    """A tenfold text would take a hundred or a thousand times as long."""
    make = TIMED[kind]
    check(make(1))
    few, many = (seconds(partial(check, make(number))) for number in (2_000, 20_000))
    assert many < (few + 0.01) * 20


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
