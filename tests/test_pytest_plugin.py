"""The pytest plugin, in real runs of pytest."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from importlib.util import find_spec

import pytest

from tests.consumers import library
from tests.helpers import ROOT, SEEDS, column_of, line_of, run, write
from tests.pages import operation, resource

#: In a checkout that is not installed, nothing tells pytest of the plugin.
PLUGIN = () if entry_points(group="pytest11", name="docextract") else ("-p", "docextract.pytest_plugin")
PAGES = {
    "docs/docextract.toml": "",
    "docs/thing.md": resource("thing", ["|id|String|The id.|", "|size|Int32|The size.|"]),
    "docs/get.md": operation('{"id": "a", "size": 1}', keys='"@odata.type": "microsoft.graph.thing"'),
}
WRONG = operation('{"id": "a", "size": "big"}', keys='"@odata.type": "microsoft.graph.thing"')


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, {**PAGES, "pytest.ini": "[pytest]\n"}))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return tmp_path


def run_pytest(*arguments: str) -> tuple[int, str]:
    """Run pytest as users do; give its exit code and all that it prints."""
    plugins = () if any("randomly" in argument for argument in arguments) else ("-p", "no:randomly")
    command = [sys.executable, "-m", "pytest", *PLUGIN, *plugins, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stdout + done.stderr


def outcomes(shown: str) -> dict[str, str]:
    """Return what became of each test, in the order of its run."""
    plain = re.findall(r"^(\S+::\S+) (PASSED|FAILED|ERROR)", shown, re.MULTILINE)
    return dict(plain) | {name: what for what, name in re.findall(r"%\] (PASSED|FAILED|ERROR) (\S+)", shown)}


def test_each_exchange_and_each_page_is_a_test(project):
    code, shown = run_pytest("--docextract", "docs", "-v")
    assert code == 0, shown
    assert outcomes(shown) == dict.fromkeys(
        ("docs/get.md::an_operation", "docs/get.md::page", "docs/thing.md::page"), "PASSED"
    )


def test_a_failure_shows_what_check_shows(project):
    write(project, {"docs/get.md": WRONG})
    code, shown = run_pytest("--docextract", "docs", "-v")
    assert code == 1
    failed = [name for name, outcome in outcomes(shown).items() if outcome == "FAILED"]
    assert failed == ["docs/get.md::an_operation"]
    told = run("check", "docs", "--quiet")[1].strip()
    assert told.startswith("error[wrong-type]: 'size' is the string \"big\", expected Int32\n")
    line, column = line_of(WRONG, '"big"'), column_of(WRONG, '"big"')
    assert f"docs/get.md:{line}:{column}" in told
    assert "_ [docextract] an_operation _" in shown
    assert f"_\n{told}\n=" in shown
    assert "FAILED docs/get.md::an_operation - Failed: error[wrong-type]" in shown
    _, brief = run_pytest("--docextract", "docs", "--tb=line", "-q")
    assert f"docs/get.md:{line}: Failed: error[wrong-type]" in brief


def test_what_belongs_to_no_exchange_fails_the_page(project):
    table = PAGES["docs/thing.md"]
    write(project, {"docs/docextract.toml": '[severity]\nduplicate-property = "error"\n'})
    write(project, {"docs/thing.md": table.replace("|size|", "|id|String|Again.|\n|size|")})
    code, shown = run_pytest("--docextract", "docs", "-v")
    assert code == 1
    assert [name for name, outcome in outcomes(shown).items() if outcome == "FAILED"] == ["docs/thing.md::page"]
    assert "error[duplicate-property]" in shown


def test_a_page_that_cannot_be_read_is_one_failing_test(project):
    (project / "docs/bad.md").write_bytes(b"# A page\n\n\xff\xfe\n")
    code, shown = run_pytest("--docextract", "docs", "-v")
    assert code == 1
    assert {name: outcome for name, outcome in outcomes(shown).items() if outcome != "PASSED"} == {
        "docs/bad.md::page": "FAILED"
    }
    assert len(outcomes(shown)) == 4
    assert "error[page-unreadable]: page is not UTF-8: byte 0xff on line 3" in shown


@pytest.mark.parametrize(
    ("module", "function"),
    [("docextract.reading.pairing", "read_exchanges"), ("docextract.verdict.linter", "check_body")],
)
def test_a_page_on_which_docextract_fails_is_one_failing_test(project, module, function):
    """Its failure is that of its page, and hides no other page."""
    broken = f"""
import {module} as module

whole = module.{function}

def {function}(one, *rest):
    if "bad" in one.path:
        raise ZeroDivisionError("on purpose")
    return whole(one, *rest)

module.{function} = {function}
"""
    write(project, {"conftest.py": broken, "docs/bad.md": PAGES["docs/get.md"]})
    code, shown = run_pytest("--docextract", "docs", "-v")
    assert code == 1, shown
    failed = {name: outcome for name, outcome in outcomes(shown).items() if outcome != "PASSED"}
    assert failed == {"docs/bad.md::page": "FAILED"}, shown
    assert "error[internal-error]: docextract failed on this page: ZeroDivisionError" in shown
    assert outcomes(shown)["docs/get.md::an_operation"] == "PASSED"


def test_the_ids_do_not_follow_lines_and_a_test_can_be_named(project):
    write(project, {"docs/get.md": WRONG.replace("# ", "More.\n\nAnd more.\n\n# ", 1)})
    code, shown = run_pytest("--docextract", "docs", "docs/get.md::an_operation", "-v")
    assert (code, outcomes(shown)) == (1, {"docs/get.md::an_operation": "FAILED"})


def test_the_setting_names_pages_for_runs_without_paths(project):
    write(project, {"pytest.ini": "[pytest]\ndocextract_paths = docs\ntestpaths = tests\n"})
    write(project, {"tests/test_it.py": "def test_it(): pass\n"})
    assert set(outcomes(run_pytest("-v")[1])) == {
        "tests/test_it.py::test_it", "docs/get.md::an_operation", "docs/get.md::page", "docs/thing.md::page",
    }  # fmt: skip
    assert set(outcomes(run_pytest("-v", "tests")[1])) == {"tests/test_it.py::test_it"}
    assert set(outcomes(run_pytest("-v", "docs/get.md")[1])) == {"docs/get.md::an_operation", "docs/get.md::page"}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("nowhere", "ERROR: docextract: no such file or folder: nowhere"),
        ("docs/thing.md", "ERROR: docextract: no page of docs/thing.md shows a request or a response"),
        ("pytest.ini", "skipped pytest.ini: not a page"),
    ],
)
def test_a_run_without_exchanges_is_a_usage_error(project, path, told):
    code, shown = run_pytest("--docextract", path)
    assert code == pytest.ExitCode.USAGE_ERROR
    assert told in shown
    assert "passed" not in shown


def test_without_being_asked_it_collects_nothing_and_imports_nothing(project):
    write(
        project,
        {
            "test_it.py": "import sys\ndef test_it():\n    assert [n for n in sys.modules if n.startswith('docextract')] in ([], ['docextract', 'docextract.pytest_plugin'])\n"
        },
    )
    code, shown = run_pytest("-v")
    assert (code, outcomes(shown)) == (0, {"test_it.py::test_it": "PASSED"}), shown


def test_marks_are_that_of_the_plugin_and_the_tags_of_the_page(project):
    tagged = PAGES["docs/get.md"].replace("---\n", "---\ntags: [things, two words, skip]\n", 1)
    write(project, {"docs/tagged.md": tagged})
    strict = ("--docextract", "docs", "--strict-markers", "-v")
    for mark in ("things", "two_words", "docextract and things"):
        code, shown = run_pytest(*strict, "-m", mark)
        assert code == 0, shown
        assert set(outcomes(shown)) == {"docs/tagged.md::an_operation", "docs/tagged.md::page"}
    assert len(outcomes(run_pytest(*strict, "-m", "docextract")[1])) == 5


def test_the_configuration_and_its_baseline_say_what_fails(project):
    write(project, {"docs/get.md": WRONG, "docs/docextract.toml": 'baseline = "known.json"\n'})
    assert run_pytest("--docextract", "docs")[0] == 1
    assert run("check", "docs", "--baseline-update")[0] == 0
    assert run_pytest("--docextract", "docs")[0] == 0
    write(project, {"docs/known.json": "{"})
    code, shown = run_pytest("--docextract", "docs")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "known.json" in shown
    write(project, {"docs/docextract.toml": 'fail-on = "never"\n'})
    assert run_pytest("--docextract", "docs")[0] == 0


@pytest.mark.parametrize(
    ("plugin", "options"),
    [
        ("xdist", ("-n", "2")),
        ("pytest_rerunfailures", ("--reruns", "2")),
        ("pytest_randomly", ("-p", "randomly", "-p", "no:cacheprovider")),
    ],
)
def test_other_plugins_see_the_same_tests(project, plugin, options):
    if find_spec(plugin) is None:
        pytest.skip(f"{plugin} is not installed")
    write(project, {"docs/get.md": WRONG})
    options = ("-p", "pytest_randomly") if plugin == "pytest_randomly" and PLUGIN else options
    alone, together = (run_pytest("--docextract", "docs", "-v", *more) for more in ((), options))
    assert together[0] == alone[0] == 1
    assert outcomes(together[1]) == outcomes(alone[1])
    assert "error[wrong-type]: 'size' is the string" in together[1]


def test_parametrize_without_exchanges_is_an_error(project):
    write(
        project,
        {
            "test_it.py": 'import docextract\n\n@docextract.parametrize("docs", method="PUT")\ndef test_it(fixture): pass\n'
        },
    )
    code, shown = run_pytest("test_it.py")
    assert code == pytest.ExitCode.INTERRUPTED
    assert "docextract.parametrize: the pages show no exchange PUT" in shown


def test_parametrize_gives_each_exchange_by_its_id(project):
    write(
        project,
        {
            "test_it.py": 'import docextract\n\n@docextract.parametrize("docs", argname="one")\ndef test_it(one, docextract_fixtures): assert one.status == 200 and len(docextract_fixtures) == 1\n'
        },
    )
    write(project, {"pytest.ini": "[pytest]\ndocextract_paths = docs\n"})
    code, shown = run_pytest("-v", "test_it.py")
    assert code == 0, shown
    [name] = outcomes(shown)
    assert re.fullmatch(r"test_it\.py::test_it\[(docs/)?get/an_operation\]", name)


ASKS = """
import json
from urllib.request import urlopen

def test_it(docextract_server):
    with urlopen(f"{docextract_server.url}/things/1") as answer:
        assert json.load(answer) == {"id": "a", "size": 1}

def test_it_again(docextract_server, docextract_docs):
    assert docextract_server.url.startswith("http://127.0.0.1:")
    docextract_docs.validate({"id": "a"}, "thing")
"""


@pytest.mark.parametrize("options", [(), ("-n", "2"), ("-W", "error")])
def test_the_server_answers_in_hand_written_tests(project, options):
    for name in ("uvicorn", "starlette"):
        library(name)
    write(project, {"pytest.ini": "[pytest]\ndocextract_paths = docs\n", "test_it.py": ASKS})
    code, shown = run_pytest("-v", "test_it.py", *options)
    assert code == 0, shown
    assert outcomes(shown) == {"test_it.py::test_it": "PASSED", "test_it.py::test_it_again": "PASSED"}


def test_the_server_without_its_extra_tells_how_to_get_it(project):
    write(project, {"pytest.ini": "[pytest]\ndocextract_paths = docs\n", "test_it.py": ASKS})
    write(project, {"conftest.py": "import sys\nsys.modules['uvicorn'] = None\n"})
    code, shown = run_pytest("test_it.py")
    assert code == 1
    assert "docextract_server needs starlette and uvicorn: python -m pip install 'docextract[serve]'" in shown


def test_the_seed_is_the_example_of_the_readme(tmp_path, monkeypatch):
    library("uvicorn")
    shutil.copytree(SEEDS / "tested", tmp_path / "tested")
    monkeypatch.chdir(tmp_path / "tested")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    code, shown = run_pytest("-v")
    assert code == 0, shown
    assert len(outcomes(shown)) == 12
    readme = (ROOT / "README.md").read_text("utf-8")
    example = re.findall(r"^```py\n(.*?)^```\n", readme, re.DOTALL | re.MULTILINE)[0]
    assert example in (SEEDS / "tested/test_service.py").read_text("utf-8")
    [told] = re.findall(r"<!-- pytest -->\n```text\n(.*?)```\n", readme, re.DOTALL)
    service = tmp_path / "tested/service.py"
    service.write_text(service.read_text("utf-8").replace('"seats": 12', '"seats": "12"'), "utf-8")
    code, shown = run_pytest("test_service.py::test_a_room")
    assert code == 1
    assert told in shown
