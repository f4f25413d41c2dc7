"""What a run says: findings with their places, and the defects that readers hand to the checks."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.text.source import Span


class Severity(IntEnum):
    """How much a finding matters; comparable, `ERROR` is the highest."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        """Give the name that options and output formats use."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Related:
    """A second place of a finding, such as the table row that an example contradicts."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that a reader met while reading on; the check of that id reports it."""

    check: str
    message: str
    span: Span
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: its check, its primary place, and any number of related places.

    `pointer` is the JSON Pointer (RFC 6901) of the value in its body; `exchange` is the id of the
    exchange, as `extract` writes it.
    """

    check: str
    severity: Severity
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    pointer: str | None = None
    type: str | None = None
    property: str | None = None
    exchange: str | None = None
    fixable: bool = False


def sort_key(finding: Finding) -> tuple[str, int, int, str, str]:
    """Give the order of all output: path, line, column, check."""
    return (finding.span.path, finding.span.line, finding.span.column, finding.check, finding.message)


_INDEX = re.compile(r"/\d+(?=/|$)")


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield a fingerprint for each finding, stable while lines move and items are added.

    It hashes check, path, pointer without indexes, type, property and the ordinal among equal ones.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        pointer = _INDEX.sub("/*", finding.pointer or "")
        key = (finding.check, finding.span.path, pointer, finding.type or "", finding.property or "")
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
