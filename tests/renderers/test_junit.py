"""The `junit` format: a case fails if its finding makes the run fail, and keeps its name from run to run."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from docextract.findings import Severity
from tests.helpers import run, write
from tests.pages import CLEAN, DIRTY, exchange
from tests.renderers.readers import validate
from tests.renderers.reports import finding, rendered, report


def test_a_finding_is_a_case_that_fails(tmp_path, monkeypatch):
    monkeypatch.chdir(write(tmp_path, DIRTY))
    assert run("check", "--output-format", "junit")[1] == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="docextract" tests="1" failures="1" errors="0">\n'
        '  <testsuite name="api/get.md" tests="1" failures="1" errors="0" skipped="0">\n'
        '    <testcase classname="api.get" name="wrong-type: \'id\' is 1, expected String">\n'
        '      <failure type="error" message="\'id\' is 1, expected String">'
        "api/get.md:33:8: error[wrong-type] 'id' is 1, expected String\n"
        "resources/thing.md:12:1: the row of 'id' says String</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_a_clean_run_has_a_case_that_passes(tmp_path):
    out = run("check", write(tmp_path, CLEAN), "--output-format", "junit")[1]
    validate("junit", out)
    [case] = ElementTree.fromstring(out.encode()).findall("testsuite/testcase")
    assert (case.get("name"), list(case)) == ("2 pages without findings", [])


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [("error", {"error"}), ("warning", {"error", "warning"}), ("info", {"error", "warning", "info"}), ("never", set())],
)
def test_a_case_fails_if_the_run_does(tmp_path, fail_on, failing):
    page = exchange("HTTP/1.1 200 Fine") + "\nTODO: more.\n"
    configured = '[severity]\nreason-phrase = "info"\n'
    folder = write(tmp_path, {**DIRTY, "page.md": page, "docextract.toml": configured})
    code, out, _ = run("check", folder, "--output-format", "junit", "--fail-on", fail_on)
    root = ElementTree.fromstring(out.encode())
    failures = {one.get("type") for one in root.findall(".//failure")}
    assert (failures, code) == (failing, 1 if failing else 0)
    assert failures | {one.get("type") for one in root.findall(".//skipped")} == {"error", "warning", "info"}


def test_cases_of_one_name_are_numbered():
    out = rendered("junit", report([finding(1), finding(2), finding(3, message="another")]))
    validate("junit", out)
    names = [case.get("name") for case in ElementTree.fromstring(out).findall("testsuite/testcase")]
    same = "wrong-type: 'id' is 1, expected String"
    assert names == [same, f"{same} (2)", "wrong-type: another"]


def test_a_severity_alone_fails_nothing():
    out = rendered("junit", report([finding(1, Severity.WARNING)]), fails=lambda _: False)
    assert "<failure" not in out
