"""The settings of a doc set, as values: what a configuration says once it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from docextract.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pathspec import GitIgnoreSpec


class ConfigError(ValueError):
    """The configuration cannot be used; the message is one clear sentence that names the file and the key."""


@dataclass(frozen=True, slots=True)
class Override:
    """Other severities for some pages (gitignore-style patterns) or some types; None switches a check off."""

    paths: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    severity: Mapping[str, Severity | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Allowed:
    """A property that bodies of a type may show although no table declares it; `*` stands for any."""

    type: str
    property: str

    def concerns(self, type_: str) -> bool:
        """Whether a type is meant, by its full name or the last part of it, in any case."""
        wanted, name = self.type.casefold(), type_.casefold()
        return wanted in ("*", name, name.rpartition(".")[2])


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a doc set, from the file `name` in the folder `root`; `root` is None for the defaults.

    `max_page_size` is in bytes, `page_budget` in lines, or in examples held against path templates. `fail_on`
    is None if no finding makes a run fail, `min_severity` if it follows `fail_on`. `baseline` and the files of
    `output` (FORMAT or FORMAT=FILE) are relative to `root`.
    """

    root: Path | None = None
    name: str = ""
    docs: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    allow: tuple[Allowed, ...] = ()
    versions: tuple[str, ...] = ()
    table_headings: tuple[str, ...] = ()
    required_front_matter: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    max_page_size: int = 10_000_000
    page_budget: int = 200_000
    # The cache knows a configuration by its `repr`, so what makes no difference to a verdict is not in it.
    fail_on: Severity | None = field(default=Severity.ERROR, repr=False)
    min_severity: Severity | None = field(default=None, repr=False)
    baseline: str = field(default="", repr=False)
    output: tuple[str, ...] = field(default=("text",), repr=False)
    #: Whether it also holds in folders below that have configurations of their own.
    sole: bool = False

    @property
    def file(self) -> Path | None:
        """The file that the settings come from; None for the defaults."""
        return self.root / self.name if self.root else None

    def allowed(self, type_: str) -> frozenset[str]:
        """Return the properties that bodies of a type may show without a row; `*` stands for any."""
        return frozenset(allowed.property for allowed in self.allow if allowed.concerns(type_))


@lru_cache(maxsize=256)
def spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """Return the matcher of gitignore-style patterns. Raises ValueError for an invalid pattern."""
    import re

    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except re.error as error:
        # A range of characters that runs backwards.
        raise ValueError(str(error)) from error
