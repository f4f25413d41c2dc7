"""Findings that likely have one cause, put together, in the order in which they matter."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from docextract.findings import CheckId, Severity, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docextract.findings import Finding

#: So many places of a group are named; each error must be mended for a run to pass, so more of them.
_NAMED, _NAMED_ERRORS = 3, 100


def folded(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Group the findings of a check about the same property of a type, else with the same message; the worst first."""
    groups: defaultdict[object, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=by_weight):
        known = finding.type and finding.property
        about = (finding.type, finding.property) if known else finding.message
        groups[finding.check, finding.severity, about].append(finding)
    return list(groups.values())


def by_check(groups: Iterable[list[Finding]]) -> list[list[list[Finding]]]:
    """Put the groups of each check and severity together: errors first, each severity in the order of the manual."""
    checks: defaultdict[tuple[Severity, CheckId], list[list[Finding]]] = defaultdict(list)
    for group in groups:
        checks[group[0].severity, group[0].check].append(group)
    order = {check: number for number, check in enumerate(CheckId)}
    return [checks[key] for key in sorted(checks, key=lambda key: (-key[0], order[key[1]]))]


def by_weight(finding: Finding) -> tuple[object, ...]:
    """Return the key that puts the worst findings first, and those of a severity in the order of their places."""
    return (-finding.severity, sort_key(finding))


def worst_first(findings: Iterable[Finding]) -> tuple[int, ...]:
    """Return the key that puts pages with more errors first, then those with more warnings, then with more infos."""
    counts = Counter(finding.severity for finding in findings)
    return tuple(-counts[severity] for severity in reversed(Severity))


def others(group: Sequence[Finding]) -> str:
    """Return the places of a group's findings after the first; of many only three, and the number of the others."""
    rest = group[1:]
    most = _NAMED_ERRORS if rest[0].severity is Severity.ERROR else _NAMED
    named = rest if len(rest) <= most else rest[:_NAMED]
    pages: defaultdict[str, list[int]] = defaultdict(list)
    for finding in named:
        pages[finding.span.path].append(finding.span.line)
    listed = ", ".join(f"{path}:{_ranges(lines)}" for path, lines in pages.items())
    left = len(rest) - len(named)
    return f"{listed} and {left:,} more" if left else listed


def _ranges(lines: Sequence[int]) -> str:
    """Return the numbers of lines in order, neighbours as a range: 3,7-9."""
    ranges: list[list[int]] = []
    for line in lines:
        if ranges and line <= ranges[-1][1] + 1:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
