"""A book of verdicts on the pages of a doc set; each is valid as long as the answers behind it are.

A verdict depends on the text of its page, on the pages that answered the questions of the checks, and
on what all pages together say: names, habits, and for some questions the members of all types. One
digest of all that, the state, tells whether a verdict is still valid.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docextract.findings import CheckId, Edit, Finding, Fix, Related, Severity
from docextract.memo import ALL_TYPES
from docextract.project.catalogue import Catalogue
from docextract.project.docset import DocSet
from docextract.text.source import Span
from docextract.verdict.record import (
    NULL,
    Head,
    Line,
    Record,
    digest,
    pack,
    pack_habits,
    pack_outline,
    pack_signatures,
)
from docextract.verdict.report import Summary, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docextract.project.pages import Pages


class Book:
    """The verdicts on one doc set, from earlier runs and from this one."""

    def __init__(self, pages: Pages, lines: list[bytes]) -> None:
        self._record = Record(pages, lines)
        self._pages = pages
        self._fresh: dict[str, Verdict] = {}
        self._states: dict[str, str] = {}
        #: The paths other than pages whose existence verdicts depend on.
        self.others: set[str] = set()
        #: The doc set, with what the book knows about its pages.
        self.docset = DocSet(Catalogue(pages, self._record))

    @property
    def changed(self) -> bool:
        """Whether there is anything new to write."""
        return bool(self._fresh) or self._record.stamps_changed

    def texts(self) -> str:
        """Return a digest of the texts of all pages."""
        return self._record.texts()

    def verdict(self, path: str) -> Verdict | None:
        """Return the verdict on a page; None if anything that it depends on has changed."""
        line = self._record.line(path)
        if line is None or line.state == NULL:
            return None
        reads = json.loads(line.reads)
        if line.state.decode() != self._state(path, reads):
            return None
        self._note_others(reads)
        findings, suppressed = (
            [unpack_finding(finding, path) for finding in json.loads(column)]
            for column in (line.findings, line.suppressed)
        )
        return Verdict(path, findings, Summary(*json.loads(line.figures)), suppressed, tuple(reads))

    def keep(self, verdict: Verdict) -> None:
        """Keep a new verdict."""
        self._fresh[verdict.path] = verdict
        self._note_others(verdict.reads)

    def _note_others(self, reads: Iterable[str]) -> None:
        self.others.update(read for read in reads if read not in self._pages.files and read != ALL_TYPES)

    def _state(self, path: str, reads: Iterable[str]) -> str:
        parts = [self._names(), self._record.digest(path)]
        for read in reads:
            parts += (read, self._signatures() if read == ALL_TYPES else self._record.digest(read))
        # No path contains a NUL, so different parts never join to the same text.
        return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def _names(self) -> str:
        """Return a digest of what all pages together say: paths, names, habits."""
        if "names" not in self._states:
            catalogue = self.docset.catalogue
            same = self._record.is_common(catalogue)
            self._states["names"] = self._record.head.names if same else self._told_by_all(catalogue)
        return self._states["names"]

    def _told_by_all(self, catalogue: Catalogue) -> str:
        names = [(path, outline.names) for path, outline in catalogue.index.pages.items()]
        return digest(self._pages.paths, names, pack_habits(catalogue.habits))

    def _signatures(self) -> str:
        """Return a digest of the signatures of all types."""
        if "signatures" not in self._states:
            head, changed = self._record.head, self._record.changed()
            same = (
                head.signatures != ""
                and head.names == self._names()
                and all(self._record.has_old_signatures(path, self._packed_signatures(path)) for path in changed)
            )
            self._states["signatures"] = head.signatures if same else self._told_by_definitions()
        return self._states["signatures"]

    def _told_by_definitions(self) -> str:
        pages = self.docset.catalogue.index.pages
        return digest([(path, self._packed_signatures(path).decode()) for path in pages])

    @cached_property
    def _has_all_signatures(self) -> bool:
        """Whether the signatures of all types are known without reading a page for the book alone."""
        lines = ((path, self._record.line(path)) for path in self.docset.catalogue.index.pages)
        return all(
            path in self._fresh
            or (line is not None and line.signatures != NULL)
            or not self.docset.catalogue.outline(path).defines_types
            for path, line in lines
        )

    def _packed_signatures(self, path: str) -> bytes:
        """Return the signatures column of a page; only pages that define a type have signatures."""
        line = self._record.line(path)
        if line and line.signatures != NULL:
            return line.signatures
        if path in self._fresh:
            return pack_signatures(self._fresh[path].signatures)
        defines = self.docset.catalogue.outline(path).defines_types
        return pack_signatures(self.docset.signatures(path) if defines else ())

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the book for the cache file: its head, then a line for each page."""
        catalogue = self.docset.catalogue
        common = self._record.is_common(catalogue)
        elsewhere = self._record.head.elsewhere if common else tuple(catalogue.elsewhere.items())
        record, paths = self._record, digest(self._pages.paths)
        signatures = self._signatures() if self._has_all_signatures else ""
        habits = pack_habits(catalogue.habits)
        yield pack(Head(record.stamps(), record.texts(), paths, self._names(), signatures, habits, elsewhere))
        for path in self._pages.paths:
            yield b"\t".join(self._line(path))

    def _line(self, path: str) -> Line:
        stamp = self._record.stamp(path).encode()
        line, fresh = self._record.line(path), self._fresh.get(path)
        if fresh is None and line is not None:
            return line._replace(stamp=stamp)
        outline = pack_outline(self.docset.catalogue.outline(path))
        new = Line(pack(path), self._record.digest(path).encode(), stamp, outline)
        if fresh is None or (ALL_TYPES in fresh.reads and not self._has_all_signatures):
            return new
        reads = sorted(fresh.reads)
        return new._replace(
            signatures=self._packed_signatures(path),
            state=self._state(path, reads).encode(),
            reads=pack(reads),
            findings=pack([pack_finding(finding, path) for finding in fresh.findings]),
            figures=pack(fresh.figures),
            suppressed=pack([pack_finding(finding, path) for finding in fresh.suppressed]),
        )


#: The fields of a finding after check, severity, message, places and fix.
_REST = [
    field.name
    for field in fields(Finding)
    if field.name not in ("check", "severity", "message", "span", "related", "fix")
]


def pack_finding(finding: Finding, page: str) -> list[object]:
    """Return a finding as a JSON array; places on `page` do not repeat its path."""
    related = [[*_place(place.span, page), place.message, place.brief] for place in finding.related]
    where = _place(finding.span, page)
    fix = finding.fix and [finding.fix.safe, [[*_place(edit.span, page), edit.text] for edit in finding.fix.edits]]
    rest = (getattr(finding, name) for name in _REST)
    return [finding.check, int(finding.severity), finding.message, where, related, fix, *rest]


def _place(span: Span, page: str) -> list[object]:
    return [0 if span.path == page else span.path, span.line, span.column, span.end_line, span.end_column]


def unpack_finding(packed: list[Any], page: str) -> Finding:
    """Return the finding that `pack_finding` packed."""
    check, severity, message, where, related, fix, *rest = packed
    places = tuple(Related(Span(place[0] or page, *place[1:5]), *place[5:]) for place in related)
    span = Span(where[0] or page, *where[1:])
    values = dict(zip(_REST, rest, strict=True))
    mend = Fix(tuple(Edit(Span(e[0] or page, *e[1:5]), e[5]) for e in fix[1]), fix[0]) if fix else None
    return Finding(CheckId(check), Severity(severity), message, span, related=places, fix=mend, **values)
