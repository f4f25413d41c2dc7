"""The baseline: findings that are known and no failures, in a file that is kept beside the pages."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections import Counter
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docextract.disk import read_file, sweep, write_file
from docextract.findings import CheckId
from docextract.project.pages import located
from docextract.verdict.alignment import Alignment
from docextract.verdict.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from docextract.verdict.report import Report
    from docextract.verdict.workers import Choice

_VERSION = 1
_ABOUT = (
    "Findings that docextract check --baseline does not report. --baseline-update writes this file; merge it by line."
)
_FIELDS = tuple(field.name for field in fields(Entry))
_REQUIRED = ("page", "check", "message", "context")
_CONTEXT = re.compile(r"(?:[0-9a-f]{8}|-)(?: (?:[0-9a-f]{8}|-)){4}")
_MARKER = re.compile(rb"(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)")
#: After one of these, what else is on a page is not seen.
_BLINDING = (
    *(CheckId.PAGE_UNREADABLE, CheckId.PAGE_TOO_LARGE, CheckId.PAGE_TOO_COMPLEX),
    *(CheckId.MERGE_CONFLICT, CheckId.UNCLOSED_FENCE),
)


class BaselineError(ValueError):
    """The baseline cannot be used; the message is one clear sentence that names the file and the place in it."""


class Scope(NamedTuple):
    """What a run looks at: the pages it reports on, by the paths that findings show, and the checks it runs."""

    pages: Collection[str]
    choice: Choice

    def runs(self, check: str) -> bool:
        """Whether the options leave a check on."""
        select = self.choice.select
        return check not in self.choice.ignore and (not select or check in select)


class Comparison(NamedTuple):
    """A report beside a baseline.

    `report` holds the new findings, with the known ones aside; `stale` are entries that no longer
    occur, each with its number; `pruned` is the baseline without them, `updated` the baseline of all
    findings of this run and of the entries that it could not judge.
    """

    report: Report
    stale: Mapping[Entry, int]
    pruned: Baseline
    updated: Baseline


@dataclass(frozen=True)
class Baseline:
    """The entries of a baseline file, each with the number of findings that it stands for."""

    file: Path
    entries: Mapping[Entry, int]

    @classmethod
    def read(cls, file: Path) -> Baseline:
        """Read a file. Raises BaselineError if it is missing, unreadable, foreign, or of another version."""
        try:
            data = read_file(file)
        except OSError as error:
            raise BaselineError(f"cannot read the baseline {file}: {error.strerror or error}") from error
        return cls(file, Counter(dict(_parsed(file, data))))

    def write(self) -> bool:
        """Write the file atomically; return False if it already held this. Raises BaselineError.

        What a killed run has left beside it goes.
        """
        file = Path(os.path.realpath(self.file))
        sweep(file.parent)
        try:
            return write_file(file, self.text().encode("ascii"))
        except OSError as error:
            raise BaselineError(f"cannot write the baseline {self.file}: {error.strerror or error}") from error

    def text(self) -> str:
        """Return the text of the file: JSON, sorted, one entry to a line so that versions can be merged."""
        head = f'{{\n"about": {json.dumps(_ABOUT)},\n"version": {_VERSION},\n"entries": ['
        rows = sorted(json.dumps(_row(entry, count)) for entry, count in self.entries.items() if count)
        return head + ",".join(f"\n{row}" for row in rows) + "\n]\n}\n"

    @cached_property
    def _folder(self) -> str:
        return os.path.dirname(os.path.realpath(self.file))

    def page(self, path: str) -> str:
        """Return the path of a page from the file's folder; an absolute one if it is on another drive."""
        path = located(path)
        with contextlib.suppress(ValueError):
            # Windows has no path from one drive to another.
            path = os.path.relpath(path, self._folder)
        return path.replace(os.sep, "/")

    def _is_gone(self, page: str) -> bool:
        return not os.path.lexists(os.path.join(self._folder, page))

    def of_page(self, path: str) -> Baseline:
        """Return the entries of one page, by the path that findings show."""
        page = self.page(path)
        return Baseline(self.file, {entry: count for entry, count in self.entries.items() if entry.page == page})

    def compare(self, report: Report, scope: Scope) -> Comparison:
        """Return a report beside this baseline."""
        paths = {finding.span.path for finding in report.findings} | set(scope.pages)
        pages = {path: self.page(path) for path in paths}
        found = [Entry.of(finding, pages[finding.span.path]) for finding in report.findings]
        blind = {one.page for one in found if one.check in _BLINDING}
        seen = {pages[path] for path in scope.pages} - blind

        def is_judged(entry: Entry) -> bool:
            return scope.runs(entry.check) and (entry.page in seen or self._is_gone(entry.page))

        alignment = Alignment(self.entries, found, self._is_gone, is_judged)
        stale = {entry: count for entry, count in alignment.left.items() if count and is_judged(entry)}
        kept = alignment.left - Counter(stale)
        return Comparison(
            report.reduced(alignment.new.keys(), baselined=True),
            stale,
            Baseline(self.file, Counter(self.entries) - Counter(stale)),
            Baseline(self.file, Counter(found) + kept),
        )


def _row(entry: Entry, count: int) -> dict[str, str | int]:
    """Return an entry as a JSON object, without what is absent and a count of one."""
    row: dict[str, str | int] = {name: value for name in _FIELDS if (value := getattr(entry, name)) is not None}
    return row | {"count": count} if count > 1 else row


def _parsed(file: Path, data: bytes) -> Iterator[tuple[Entry, int]]:
    """Yield the entries in the text of a baseline file, with their numbers. Raises BaselineError."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if _MARKER.match(line):
            raise BaselineError(f"{file}:{number}: a merge conflict is left; keep the lines of both sides, or {_ANEW}")
    seen: dict[Entry, int] = {}
    for number, row in enumerate(_rows(file, data), 1):
        where = f"{file}: entry {number}"
        entry, count = _entry(where, row)
        if entry in seen:
            same = f"entries {seen[entry]} and {number} are the same ({entry.check} on {entry.page})"
            raise BaselineError(f"{file}: {same}; keep one of them, or {_ANEW}")
        seen[entry] = number
        yield entry, count


_ANEW = "delete the file and write it anew with --baseline-update"


def _rows(file: Path, data: bytes) -> list[object]:
    """Return what stands in the list of entries. Raises BaselineError if this is no baseline of this version."""
    try:
        whole = json.loads(data)
    except UnicodeDecodeError as error:
        raise BaselineError(f"{file} is not a baseline: it is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise BaselineError(f"{file}:{error.lineno}: not JSON; mend the line, or {_ANEW}") from error
    except RecursionError as error:
        raise BaselineError(f"{file} is not a baseline: its JSON is nested too deeply") from error
    rows = whole.get("entries") if isinstance(whole, dict) else None
    if not isinstance(rows, list) or "version" not in whole:
        raise BaselineError(f"{file} is not a baseline: expected an object with 'version' and a list 'entries'")
    version = whole["version"]
    if version is True or version != _VERSION:
        raise BaselineError(f"{file}: version is {json.dumps(version)}, expected {_VERSION}; {_ANEW}")
    if unknown := sorted(whole.keys() - {"about", "version", "entries"}):
        raise BaselineError(f"{file}: unknown key {unknown[0]!r}; known are 'about', 'version', 'entries'")
    return rows


def _entry(where: str, row: object) -> tuple[Entry, int]:
    """Return an entry and its number. Raises BaselineError for a value that cannot be one."""
    if not isinstance(row, dict):
        raise BaselineError(f"{where} is {_shown(row)}, expected an object")
    known = (*_FIELDS, "count")
    _refuse(where, (key for key in row if key not in known), f"unknown; known are {', '.join(known)}")
    _refuse(where, (key for key in _REQUIRED if key not in row), "missing")
    for key in _FIELDS:
        if not isinstance(row.get(key, ""), str):
            raise BaselineError(f"{where}: {key!r} is {_shown(row[key])}, expected a string")
    if not _CONTEXT.fullmatch(row["context"]):
        raise BaselineError(f"{where}: 'context' is {_shown(row['context'])}, expected five digests or '-'")
    count = row.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise BaselineError(f"{where}: 'count' is {_shown(count)}, expected a whole number from 1 up")
    return Entry(**{key: row[key] for key in _FIELDS if key in row}), count


def _refuse(where: str, keys: Iterable[str], why: str) -> None:
    """Raise BaselineError for the first of some keys."""
    for key in keys:
        raise BaselineError(f"{where}: {key!r} is {why}")


def _shown(value: object) -> str:
    """Return a value as JSON, cut if it is long."""
    text = json.dumps(value)
    return text if len(text) <= 40 else text[:37] + "..."
