"""Whatever stands in a name, a configuration or a page: nothing that a command prints steers a terminal or a CI job."""

from __future__ import annotations

import json
import os
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.helpers import run, write
from tests.pages import operation, resource
from tests.renderers.readers import command

STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
PARTS = st.sampled_from(
    [
        *"\x07\x1b\x7f\x85\x9b\u061c\u200f\u2028\u202e\u2066\ufeff\n\r :a",
        *(
            "::error::x",
            "\n::error::x",
            " ::stop-commands::x",
            "##[error]x",
            "##vso[task]x",
            "\x1b]0;x\x07",
            "\x1b[31m",
        ),
    ]
)
TEXTS = st.lists(PARTS, min_size=1, max_size=6).map("".join)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the working directory, a doc set of one page."""
    monkeypatch.chdir(write(tmp_path, {"page.md": "# A page\n"}))
    return tmp_path


def printed(*arguments: object) -> str:
    """Run a command; give all that it prints, of which nothing steers anything."""
    _, out, err = run(*arguments)
    assert not STEERING.search(out + err)
    assert not [line for line in (out + err).split("\n") if command(line)]
    return out + err


@FEW
@given(TEXTS)
@example("x\x1b]0;pwned\x07\n::error::boom")
def test_what_a_configuration_says(folder, text):
    value = json.dumps(text)
    for line in (
        f"ignore = [{value}]",
        f"{value} = 1",
        f"docs = [{value}]",
        f"versions = [{value}]",
        f"exclude = {value}",
    ):
        (folder / "docextract.toml").write_text(line + "\n", "utf-8")
        said = printed("check", "page.md")
        assert said.count("\n") == 1
        printed("config")
    (folder / "docextract.toml").write_text(f"exclude = [{value}]\ntable-headings = [{value}]\n", "utf-8")
    printed("config")
    (folder / "docextract.toml").unlink()


@FEW
@given(TEXTS)
@example("::error::x.md")
def test_what_is_named_on_the_command_line(folder, text):
    name = text.replace("/", "").lstrip("-") or "x"
    for arguments in (
        ["check", name],
        ["why", name],
        ["check", "--config", name],
        ["explain", name],
        ["extract", name, "--output", "out"],
    ):
        assert printed(*arguments)
    for option in ("--select", "--baseline", "--output", "--changed-since", "--exclude"):
        printed("check", "page.md", option, text)


@FEW
@given(TEXTS)
@example("::error::x")
def test_what_is_named_like_that(folder, text):
    """A page whose name begins a line, and which holds the text in each place that `why` tells of."""
    name = f"{text.replace('/', '')}.md"
    page = operation(f'{{"id": {json.dumps(text)}}}', keys='"@odata.type": "microsoft.graph.thing"')
    types = resource("thing", [f"|id|Int32|{text.strip()}|", f"|{text.strip()}|Int32|x|"]).replace(
        "# thing", f"# {text}"
    )
    pages = {name: page + f"\n# {text}\n\n[x](none.md)\n\n# {text}\n", "thing.md": types}
    try:
        write(folder, pages)
    except OSError:
        return
    for form in ("text", "concise", "grouped"):
        assert printed("check", ".", "--output", form, "--min-severity", "info")
    for line in range(0, page.count("\n"), 7):
        printed("why", f"./{name}:{line + 1}")
    for line in range(1, types.count("\n") + 1, 3):
        printed("why", f"thing.md:{line}")
    printed("extract", ".", "--output", "out")
    (folder / name).unlink()


def test_a_path_that_would_begin_a_command_still_names_its_file(folder):
    write(folder, {"::error::x.md": "TODO: more\n"})
    for form in ("concise", "grouped"):
        said = printed("check", ".", "--output", form)
        [path] = re.findall(r"^\./::error::x\.md", said, re.MULTILINE)
        assert os.path.exists(path)


def test_the_traceback_of_an_internal_error(folder, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a\x1b]0;x\x07\n::error::boom")

    monkeypatch.setattr("docextract.cli.run.lint", fail)
    assert "RuntimeError: a\\x1b]0;x\\x07" in printed("check", ".")
