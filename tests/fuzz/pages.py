"""Targets that check a whole page, beside pages that define its types."""

from __future__ import annotations

import ast
import json
import re
from functools import cache

import yaml

from docextract.cli.account import of_line, of_page
from docextract.editing.mending import is_worse
from docextract.extraction.fixtures import fixtures
from docextract.folder import File
from docextract.project.docset import Selection
from docextract.renderers import RENDERERS
from docextract.renderers.look import Look
from docextract.text.source import Source
from docextract.verdict.linter import Linter
from docextract.verdict.run import lint
from docextract.writers import WRITERS
from tests.editing.test_mending import mended
from tests.editing.test_mending import of_page as findings_of
from tests.fuzz.places import assert_all_inside
from tests.helpers import doc_set
from tests.pages import THINGS
from tests.renderers.readers import WHOLE, command, validate

_PATH = "api/p.md"
_TYPES = {name: THINGS[name] for name in ("resources/thing.md", "resources/person.md", "resources/enums.md")}
#: What may stand in no output: what controls a terminal, and what turns the direction of its text.
_CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def _beside_types(text: str) -> dict[str, str]:
    return {**_TYPES, _PATH: text}


def _lines(pages: dict[str, str]) -> dict[str, list[str]]:
    return {path: Source.of(path, text).lines for path, text in pages.items()}


def page(text: str) -> None:
    """All checks on one page: all places lie inside the pages that they are on."""
    pages = _beside_types(text)
    verdict = Linter(doc_set(pages)).check_page(_PATH)
    assert_all_inside((*verdict.findings, *verdict.suppressed), _lines(pages))
    for one in verdict.findings:
        assert one.message
        assert one.fingerprint


def account(text: str) -> None:
    """What `why` says of a page and of some of its lines."""
    docset = doc_set(_beside_types(text))
    count = len(docset.page(_PATH).source.lines)
    whole = of_page(docset, _PATH)
    assert (whole.first, whole.last) == (1, count)
    for line in range(1, count + 1, max(count // 5, 1)):
        found = of_line(docset, _PATH, line)
        assert 1 <= found.first <= line <= found.last <= count


def fixes(text: str) -> None:
    """A page with all its fixes made checks no worse, and to fix it again changes nothing."""
    pages = _beside_types(text.replace("\0", ""))
    after, before, then = mended(pages)
    for path in pages:
        assert not is_worse(findings_of(before, path), findings_of(then, path))
    assert mended(after)[0] == after


def rendered(text: str) -> None:
    """A report in each format: no text of a page controls a terminal or a CI job, and each file is valid."""
    pages = _beside_types(text)
    report = lint([Selection(doc_set(pages), frozenset(pages))])
    lines = _lines(pages)
    for form, render in RENDERERS.items():
        out = "".join(render(report, Look(lines.__getitem__)))
        assert not _CONTROL.search(out), form
        out.encode("utf-8")
        commands = {one.name for one in map(command, out.split("\n")) if one}
        assert commands <= ({"error", "warning", "notice"} if form == "github" else set()), form
        if form in WHOLE and form != "concise":
            validate(form, out)


def fixture_files(text: str) -> None:
    """Fixtures in each format: their paths stay in the folder, and what reads such files can read them."""
    pages = _beside_types(text)
    found = list(fixtures([Selection(doc_set(pages), frozenset(pages))]))
    assert len({one.id.casefold() for one in found}) == len(found)
    for writer in WRITERS.values():
        for file in writer(found):
            if isinstance(file, File):
                assert re.fullmatch(r"(?:[\w.-]+/)*[\w.-]+", file.path, re.ASCII), file.path
                assert not {"..", "."} & {*file.path.split("/")}, file.path
                file.text.encode("utf-8")
                _GRAMMARS[file.path.rpartition(".")[2]](file.text)


def _http(text: str) -> None:
    """Assert that a `.http` file is what REST clients expect: requests with a title, each with one request line."""
    for part in re.split(r"(?m)^###(?= )", text)[1:]:
        lines = [line for line in part.split("\n")[1:] if not line.startswith("#")]
        assert re.match(r"[A-Z]+ \S", lines[0]), part


@cache
def _loader():
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _yaml(text: str) -> None:
    assert isinstance(yaml.load(text, _loader()), dict | list)


#: What reads the files, by their suffix; each raises for what it cannot read.
_GRAMMARS = {"json": json.loads, "har": json.loads, "yaml": _yaml, "py": ast.parse, "http": _http}
