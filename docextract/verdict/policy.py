"""Which checks run, and which findings count, by configuration and options."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.checks import CHECKS
from docextract.findings import CheckId, Finding, Severity
from docextract.project.config import spec

if TYPE_CHECKING:
    from collections.abc import Collection

    from docextract.checks.base import Check
    from docextract.project.config import Config, Override

_SURPLUS = frozenset(
    (CheckId.UNDECLARED_PROPERTY, CheckId.UNDECLARED_OPEN, CheckId.OPEN_NEAR_MISS, CheckId.PROPERTY_CASE)
)


def running(config: Config, select: Collection[str] = (), ignore: Collection[str] = ()) -> tuple[Check, ...]:
    """Return the checks that run; `select` and `ignore` are ids that take precedence over the configuration."""
    chosen = select or config.select
    off = {*ignore, *(() if select else config.ignore)}
    somewhere = {id_ for override in config.overrides for id_, severity in override.severity.items() if severity}
    return tuple(
        check
        for check in CHECKS
        if check.id not in off and (check.id in chosen if chosen else _is_on(check, config) or check.id in somewhere)
    )


def resting(config: Config, select: Collection[str] = ()) -> frozenset[str]:
    """Return the ids of the checks that are off where no override switches them on."""
    chosen = select or config.select
    return frozenset(check.id for check in CHECKS if not chosen and not _is_on(check, config))


def _is_on(check: Check, config: Config) -> bool:
    return bool(config.severity.get(check.id)) if check.id in config.severity else check.on


def weigh(finding: Finding, config: Config, path: str, off: Collection[str] = ()) -> Finding | None:
    """Return a finding with its configured severity; None if its check is off there, or it is allowed.

    `path` is the path of its page, relative to the folder of the configuration; `off` are the ids of the
    checks that only an override switches on, by their names.
    """
    if allows(config, finding.check, finding.type, finding.property):
        return None
    severity: Severity | None = config.severity.get("*", finding.severity)
    severity = None if finding.check in off else config.severity.get(finding.check, severity)
    for override in config.overrides:
        if _matches(override, finding, path):
            others = None if severity is None else override.severity.get("*", severity)
            severity = override.severity.get(finding.check, others)
    if severity is None:
        return None
    return finding if severity == finding.severity else replace(finding, severity=severity, lowered=False)


def allows(config: Config, check: CheckId, type_: str | None, property_: str | None) -> bool:
    """Whether the configuration allows a type to show a property without a row, against which a check protests."""
    if not config.allow or check not in _SURPLUS or property_ is None:
        return False
    return not config.allowed(type_ or "").isdisjoint(("*", property_))


def _matches(override: Override, finding: Finding, path: str) -> bool:
    if override.types:
        name = (finding.type or "").casefold()
        wanted = {type_.casefold() for type_ in override.types}
        if not wanted & {name, name.rpartition(".")[2]}:
            return False
    if not override.paths:
        return bool(override.types)
    return spec(override.paths).match_file(path)
