"""The checks as rules of SARIF 2.1.0 (3.49), with their pages of the manual."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from docextract.findings import Severity

if TYPE_CHECKING:
    from docextract.checks.base import Check

#: The levels of severities (3.27.10).
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
#: What GitHub calls them in `problem.severity`.
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
#: GitHub refuses a longer description.
_LONGEST = 1024
_PART = re.compile(r"^(Bad|Good|Silence): +", re.MULTILINE)


@cache
def rules() -> list[dict[str, Any]]:
    """Return all checks as rules, whether or not there is a result of them, in the order of the manual."""
    # A run whose verdicts are all known imports the checks only here.
    from docextract.checks import CHECKS

    return [_rule(check) for check in CHECKS]


def _rule(check: Check) -> dict[str, Any]:
    prose, _, examples = check.manual.partition("\n\nBad:")
    return {
        "id": check.id,
        # A name that does not differ from the id is left out (3.49.7).
        **({"name": check.id.title().replace("-", "")} if "-" in check.id else {}),
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": " ".join(prose.split())[:_LONGEST]},
        "help": {"text": check.manual, "markdown": f"{prose}\n\n{_PART.sub(_item, f'Bad:{examples}')}"},
        "defaultConfiguration": {"level": LEVELS[check.severity], "enabled": check.on},
        "properties": {"tags": ["documentation"], "problem.severity": _PROBLEMS[check.severity]},
    }


def _item(match: re.Match[str]) -> str:
    return f"- **{match[1]}:** "
