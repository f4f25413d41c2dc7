"""Which findings count: the configured severities."""

from __future__ import annotations

import pytest

from docextract.findings import CheckId, Finding, Severity
from docextract.project.config_file import load
from docextract.text.source import Span
from docextract.verdict.policy import weigh

FINDING = Finding(
    CheckId.WRONG_TYPE,
    Severity.ERROR,
    "",
    Span("api/get.md", 1, 1, 1, 1),
    type="microsoft.graph.user",
    property="id",
)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("", Severity.ERROR),
        ("severity = { wrong-type = 'info' }", Severity.INFO),
        ("severity = { '*' = 'warning' }", Severity.WARNING),
        ("severity = { '*' = 'warning', wrong-type = 'info' }", Severity.INFO),
        ("severity = { wrong-type = 'off' }", None),
        ("severity = { enum-value = 'off' }", Severity.ERROR),
        ("overrides = [{ paths = ['api/'], severity = { wrong-type = 'info' } }]", Severity.INFO),
        ("overrides = [{ paths = ['resources/'], ignore = ['wrong-type'] }]", Severity.ERROR),
        ("overrides = [{ types = ['User'], ignore = ['wrong-type'] }]", None),
        ("overrides = [{ types = ['group'], ignore = ['wrong-type'] }]", Severity.ERROR),
        ("overrides = [{ types = ['user'], severity = { '*' = 'info' } }]", Severity.INFO),
        ("overrides = [{ types = ['user'], severity = { '*' = 'info', wrong-type = 'warning' } }]", Severity.WARNING),
        ("overrides = [{ types = ['user'], severity = { '*' = 'info' }, ignore = ['wrong-type'] }]", None),
        ("severity = { wrong-type = 'off' }\noverrides = [{ paths = ['api/'], severity = { '*' = 'info' } }]", None),
        (
            "severity = { wrong-type = 'off' }\noverrides = [{ paths = ['api/'], severity = { wrong-type = 'info' } }]",
            Severity.INFO,
        ),
        (
            "overrides = [{ paths = ['api/'], ignore = ['wrong-type'] }, "
            "{ types = ['user'], severity = { wrong-type = 'info' } }]",
            Severity.INFO,
        ),
        ("overrides = [{ paths = ['x/'], types = ['user'], ignore = ['wrong-type'] }]", Severity.ERROR),
    ],
)
def test_findings_are_weighed(tmp_path, text, severity):
    (tmp_path / "docextract.toml").write_text(text, "utf-8")
    config = load(tmp_path)
    assert config is not None
    finding = weigh(FINDING, config, FINDING.span.path)
    assert (finding.severity if finding else None) == severity
