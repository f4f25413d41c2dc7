"""The options of `check`, as click names them; each part of the command reads its own."""

from __future__ import annotations

from typing import TypedDict


class Options(TypedDict):
    """The values of all options of `check`."""

    output: tuple[str, ...]
    output_format: str | None
    statistics: bool
    min_severity: str | None
    quiet: bool
    color: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    exclude: tuple[str, ...]
    config: str | None
    fail_on: str | None
    jobs: int | None
    fix: bool
    unsafe_fixes: bool
    diff: bool
    fix_only: tuple[str, ...]
    add_suppressions: bool
    reason: str | None
    baseline: str | None
    baseline_update: bool
    baseline_prune: bool
    changed_since: str | None
    changed_lines: bool
    watch: bool
    no_cache: bool
    stdin_filename: str | None
