"""The `sarif` format: rules, places, fixes, suppressions, and the limits of code scanning."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from docextract.checks import CHECKS
from docextract.findings import CheckId, Edit, Fix, Severity
from docextract.text.source import Span
from tests.helpers import run, write
from tests.pages import CLEAN, DIRTY
from tests.renderers.readers import validate
from tests.renderers.reports import finding, rendered, report


def run_of(folder, *options):
    """Check a folder; return the run of the log."""
    [found] = json.loads(run("check", folder, *options, "--output-format", "sarif")[1])["runs"]
    return found


def made(*findings, suppressed=(), baselined=(), **look):
    """Return the run of a report made by hand."""
    text = rendered("sarif", report(findings, suppressed, baselined), **look)
    validate("sarif", text)
    [found] = json.loads(text)["runs"]
    return found


def test_every_check_is_a_rule_whatever_was_found(tmp_path):
    rules = run_of(write(tmp_path, CLEAN))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [check.id for check in CHECKS]
    for rule, check in zip(rules, CHECKS, strict=True):
        assert rule["shortDescription"]["text"] == check.summary
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"] == check.manual
        assert rule["help"]["markdown"].count("\n- **") == 3
        assert rule["defaultConfiguration"]["enabled"] is check.on
        assert rule.get("name", "").casefold() != rule["id"]
        assert rule["fullDescription"]["text"].startswith(check.summary)


def test_a_result_with_both_sides(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(write(tmp_path / "a b#c", DIRTY))
    [result] = run_of(".")["results"]
    [found] = json.loads(run("check", ".", "--output-format", "json")[1])["findings"]
    row = {
        "id": 1,
        "physicalLocation": {
            "artifactLocation": {"uri": "a%20b%23c/resources/thing.md", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 12, "startColumn": 1, "endLine": 12, "endColumn": 20},
        },
        "message": {"text": "the row of 'id' says String"},
    }
    hashes = result["partialFingerprints"]
    assert result == {
        "ruleId": "wrong-type",
        "ruleIndex": list(CheckId).index(CheckId.WRONG_TYPE),
        "level": "error",
        "message": {"text": "'id' is 1, expected String"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a%20b%23c/api/get.md", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 33, "startColumn": 8, "endLine": 33, "endColumn": 9},
                }
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": hashes["primaryLocationLineHash"],
            "docextractFingerprint/v1": found["fingerprint"],
        },
        "suppressions": [],
        "relatedLocations": [row],
        "properties": {
            "pointer": "/id",
            "type": "microsoft.graph.thing",
            "property": "id",
            "exchange": found["exchange"],
        },
    }


def test_github_knows_a_finding_again_in_a_renamed_page(tmp_path):
    def hashes(folder):
        [result] = run_of(folder)["results"]
        return result["partialFingerprints"]

    before = hashes(write(tmp_path / "old", DIRTY))
    renamed = {name.replace("get", "fetch"): text for name, text in DIRTY.items()}
    after = hashes(write(tmp_path / "new", renamed))
    assert before["primaryLocationLineHash"] == after["primaryLocationLineHash"]
    assert before["docextractFingerprint/v1"] != after["docextractFingerprint/v1"]


def test_columns_count_code_points(tmp_path):
    pages = {"page.md": "# A page\n\n😀 TODO: more.\n"}
    found = run_of(write(tmp_path, pages))
    region = found["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (found["columnKind"], region["startColumn"]) == ("unicodeCodePoints", 3)


def test_a_place_of_several_lines_is_its_first_line_in_its_context():
    [result] = made(replace(finding(), span=Span("page.md", 3, 5, 7, 2)))["results"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "page.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 5},
        "contextRegion": {"startLine": 3, "endLine": 7},
    }


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("docs/café.md", "docs/caf%C3%A9.md"),
        ("a:b.md", "a%3Ab.md"),
        ("100%.md", "100%25.md"),
        ("line\nend.md", "line%0Aend.md"),
        ("\udce9.md", "%E9.md"),
        ("[x](y).md", "%5Bx%5D%28y%29.md"),
    ],
)
def test_a_path_is_a_relative_uri(path, uri):
    [result] = made(finding(path=path))["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_a_page_outside_the_repository_has_an_absolute_uri(tmp_path):
    page = tmp_path / "a b.md"
    [result] = made(finding(path=page.as_posix()))["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": page.as_uri()}
    assert Path(tmp_path).is_absolute()


def test_what_a_comment_suppresses_is_marked_and_not_dropped(tmp_path):
    page = DIRTY["api/get.md"].replace(
        "# An operation", "<!-- docextract-disable-file wrong-type -->\n\n# An operation"
    )
    found = run_of(write(tmp_path, {**DIRTY, "api/get.md": page, "todo.md": "# A page\n\nTODO: more.\n"}))
    shown = [(result["ruleId"], result["suppressions"]) for result in found["results"]]
    assert shown == [("leftover", []), ("wrong-type", [{"kind": "inSource"}])]


def test_the_fingerprint_stays_where_a_comment_suppresses(tmp_path):
    page = DIRTY["api/get.md"].replace(
        "# An operation", "<!-- docextract-disable-file wrong-type -->\n\n# An operation"
    )
    [plain] = run_of(write(tmp_path, DIRTY))["results"]
    [marked] = run_of(write(tmp_path, {"api/get.md": page}))["results"]
    assert plain["partialFingerprints"] == marked["partialFingerprints"]


def test_the_edits_of_a_fix():
    edits = (Edit(Span("page.md", 1, 2, 1, 2), ","), Edit(Span("page.md", 2, 1, 3, 1), ""))
    [safe] = made(finding(fix=Fix(edits)))["results"][0]["fixes"]
    [unsafe] = made(finding(fix=Fix(edits, safe=False)))["results"][0]["fixes"]
    assert safe["artifactChanges"] == [
        {
            "artifactLocation": {"uri": "page.md", "uriBaseId": "%SRCROOT%"},
            "replacements": [
                {
                    "deletedRegion": {"startLine": 1, "startColumn": 2, "endLine": 1, "endColumn": 2},
                    "insertedContent": {"text": ","},
                },
                {"deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 3, "endColumn": 1}},
            ],
        }
    ]
    assert safe["artifactChanges"] == unsafe["artifactChanges"]
    assert safe["description"] != unsafe["description"]


def test_a_message_makes_no_link():
    [result] = made(finding(message="'[click](https://evil.example)' is no name"))["results"]
    assert result["message"]["text"] == "'[click] (https://evil.example)' is no name"


def test_the_worst_come_first_and_the_suppressed_last():
    findings = [finding(number, severity) for number, severity in enumerate(Severity, 1)]
    found = made(*findings, suppressed=findings)["results"]
    levels = [(result["level"], bool(result["suppressions"])) for result in found]
    assert levels == [(level, hidden) for hidden in (False, True) for level in ("error", "warning", "note")]


def test_what_the_baseline_knows_is_marked_and_not_dropped():
    found = made(finding(1), suppressed=[finding(2)], baselined=[finding(3)])["results"]
    states = [(one["suppressions"], one["baselineState"]) for one in found]
    assert states == [([], "new"), ([{"kind": "external"}], "unchanged"), ([{"kind": "inSource"}], "new")]
    [plain] = made(finding(1))["results"]
    assert "baselineState" not in plain


def test_no_more_results_than_code_scanning_takes():
    findings = [finding(number, Severity.INFO) for number in range(1, 24_999)]
    hidden = [finding(number, Severity.ERROR) for number in range(1, 5)]
    [log] = json.loads(rendered("sarif", report([*findings, finding(30_000)], hidden)))["runs"]
    assert len(log["results"]) == 25_000
    assert log["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 30_000
    told = [one["message"]["text"] for one in log["invocations"][0]["toolExecutionNotifications"]]
    assert told == ["3 of 25,003 findings are left out: code scanning takes 25,000"]
    [log] = json.loads(rendered("sarif", report(findings)))["runs"]
    assert len(log["results"]) == 24_998
    assert log["invocations"][0]["toolExecutionNotifications"] == []
