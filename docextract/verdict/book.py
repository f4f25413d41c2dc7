"""A book of verdicts on the pages of a doc set; each holds while the answers behind it hold (DESIGN 3).

A verdict depends on the page's text, on the pages from which answers to its questions came, and on
what all pages together say: names, hosts, versions, for some questions the members of all types.
All of that goes into one digest, its state.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from typing import TYPE_CHECKING, Any

from docextract.findings import Finding, Related, Severity
from docextract.memo import ALL_TYPES
from docextract.text.source import Span
from docextract.verdict.report import Summary, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from docextract.contract.ancestry import Shape
    from docextract.project.docset import DocSet
    from docextract.reading.outline import Outline

#: A file that changed so many seconds before it was looked at may change again within its time stamp.
_RACY = 2.0
_NULL = b"null"


def digest(*parts: object) -> str:
    """Give a digest of values that have one JSON form; bytes count as they are."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else json.dumps(part, separators=(",", ":")).encode()
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()


class Book:
    """What is known of the pages of one doc set.

    The columns of a page's line: path, digest of its text, stamp of its file, outline, shapes; then,
    null where there is no verdict: state, the pages behind it, findings, figures.
    """

    def __init__(self, docset: DocSet, lines: list[bytes]) -> None:
        self._docset = docset
        self._head = json.loads(lines[0]) if lines else {}
        self._known = {line[: line.index(b"\t")]: line.split(b"\t") for line in lines[1:]}
        self._digests: dict[str, tuple[str, str]] = {}
        self._sames: dict[str, list[bytes] | None] = {}
        self._fresh: dict[str, Verdict] = {}
        self._world = ""
        self._shapes = ""
        self.others: set[str] = set()
        self.changed = False
        docset.recall = self

    def texts(self) -> list[str]:
        """Give the paths of all pages with the digests of their texts."""
        return [part for path in self._docset.paths for part in (path, self._digest(path))]

    def _digest(self, path: str) -> str:
        """Give the digest of a page's text, by its file's stamp if that is known; of another path, if it exists."""
        if path not in self._digests:
            file = self._docset.files.get(path)
            if file is None:
                return str(os.path.exists(path))
            self._digests[path] = self._looked_up(path, file)
        return self._digests[path][0]

    def _looked_up(self, path: str, file: Path) -> tuple[str, str]:
        known = self._known.get(_pack(path))
        try:
            stamp = _stamp(os.stat(file))
            if known and stamp and known[2] == stamp.encode():
                return known[1].decode(), stamp
            self.changed = self.changed or bool(stamp)
            return hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest(), stamp
        except OSError as error:
            return f"unreadable {error.errno}", ""

    def _same(self, path: str) -> list[bytes] | None:
        """Give the columns of a page whose text is the same."""
        if path not in self._sames:
            known = self._known.get(_pack(path))
            self._sames[path] = known if known and known[1].decode() == self._digest(path) else None
        return self._sames[path]

    def outline(self, path: str) -> Outline | None:
        """Give the outline of a page whose text is the same."""
        from docextract.reading.outline import Outline

        known = self._same(path)
        if known is None:
            return None
        types, enums, hosts, versions, links, *rest = json.loads(known[3])
        return Outline(tuple(types), tuple(enums), tuple(hosts), tuple(versions), tuple(links), *rest)

    def shapes(self, path: str) -> tuple[Shape, ...] | None:
        """Give the shapes of a page whose text is the same."""
        from docextract.contract.ancestry import Shape

        known = self._same(path)
        stored = json.loads(known[4]) if known else None
        if stored is None:
            return None
        return tuple(
            Shape(name, tuple(tuple(one) for one in bases), tuple(members), tuple(mentions))  # type: ignore[arg-type]
            for name, bases, members, mentions in stored
        )

    def verdict(self, path: str) -> Verdict | None:
        """Give the verdict on a page if all that it came from is as it was."""
        known = self._same(path)
        if known is None or known[5] == b"null":
            return None
        reads = json.loads(known[6])
        if known[5].decode() != self._state(path, reads):
            return None
        self.others.update(read for read in reads if read not in self._docset.files and read != ALL_TYPES)
        findings = [unpack_finding(one, path) for one in json.loads(known[7])]
        return Verdict(path, findings, Summary(*json.loads(known[8])), tuple(reads))

    def keep(self, verdict: Verdict) -> None:
        """Keep a new verdict."""
        self._fresh[verdict.path] = verdict
        self.others.update(one for one in verdict.reads if one not in self._docset.files and one != ALL_TYPES)
        self.changed = True

    def _state(self, path: str, reads: Iterable[str]) -> str:
        parts = [self._all_names(), self._digest(path)]
        for read in reads:
            parts += (read, self._all_shapes() if read == ALL_TYPES else self._digest(read))
        # No path holds a NUL, so no other parts make the same text.
        return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def _all_names(self) -> str:
        """Give a digest of what all pages together say: paths, names, host, version."""
        if not self._world:
            docset = self._docset
            changed = [path for path in docset.paths if self._same(path) is None]
            same = self._head.get("paths") == digest(docset.paths) and all(
                _pack(_outlined(docset.outline(path))) == self._known[_pack(path)][3] for path in changed
            )
            self._world = self._head["names"] if same else self._told_by_all()
        return self._world

    def _told_by_all(self) -> str:
        docset = self._docset
        names = [(path, one.types, one.enums) for path, one in docset.index.pages.items()]
        return digest(
            docset.paths,
            names,
            docset.host,
            docset.usual_version,
            docset.versioned,
            docset.is_extract,
            docset.omits_media_types,
        )

    def _all_shapes(self) -> str:
        """Give a digest of the shapes of all types."""
        if not self._shapes:
            changed = [path for path in self._docset.paths if self._same(path) is None]
            same = self._head.get("names") == self._all_names() and all(
                self._packed_shapes(path) == self._known[_pack(path)][4] for path in changed
            )
            self._shapes = self._head["shapes"] if same else self._told_by_definitions()
        return self._shapes

    def _told_by_definitions(self) -> str:
        return digest([(path, self._packed_shapes(path).decode()) for path in self._docset.index.pages])

    def _packed_shapes(self, path: str) -> bytes:
        """Give the column of shapes of a page; only pages that define a type have any."""
        known = self._same(path)
        if known and known[4] != _NULL:
            return known[4]
        if path in self._fresh:
            return _pack(_shaped(self._fresh[path].shapes))
        outline = self._docset.outline(path)
        return _pack(_shaped(self._docset.shapes(path))) if outline.types else _pack([])

    def lines(self) -> Iterator[bytes]:
        """Yield the head and the line of each page for the file."""
        paths = self._docset.paths
        head = {"paths": digest(paths), "names": self._all_names(), "shapes": self._all_shapes()}
        yield _pack(head)
        for path in paths:
            yield b"\t".join(self._line(path))

    def _line(self, path: str) -> list[bytes]:
        text = self._digest(path)
        stamp = self._digests[path][1].encode()
        known, fresh = self._same(path), self._fresh.get(path)
        if fresh is None and known is not None:
            return [*known[:2], stamp, *known[3:]]
        columns = [_pack(path), text.encode(), stamp, _pack(_outlined(self._docset.outline(path)))]
        if fresh is None:
            return [*columns, *([_NULL] * 5)]
        reads = sorted(fresh.reads)
        findings = [pack_finding(finding, path) for finding in fresh.findings]
        state = self._state(path, reads).encode()
        return [
            *columns,
            self._packed_shapes(path),
            state,
            _pack(reads),
            _pack(findings),
            _pack(fresh.figures),
        ]


def _pack(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _stamp(found: os.stat_result) -> str:
    """Give what tells a file's content without reading it; nothing if it changed just now (as git does)."""
    if time.time() - max(found.st_mtime, found.st_ctime) < _RACY:
        return ""
    return f"{found.st_size}.{found.st_mtime_ns}.{found.st_ctime_ns}.{found.st_ino}"


def _outlined(outline: Outline) -> list[object]:
    return [getattr(outline, name) for name in type(outline).__slots__]


def _shaped(shapes: Iterable[Shape]) -> list[list[object]]:
    return [[shape.name, shape.bases, shape.members, shape.mentions] for shape in shapes]


def pack_finding(finding: Finding, page: str) -> list[object]:
    """Give the JSON form of a finding; places on `page` do not repeat its path."""
    related = [[*_place(one.span, page), one.message] for one in finding.related]
    where = _place(finding.span, page)
    rest = (finding.pointer, finding.type, finding.property, finding.exchange, finding.fixable)
    return [finding.check, int(finding.severity), finding.message, where, related, *rest]


def _place(span: Span, page: str) -> list[object]:
    return [0 if span.path == page else span.path, span.line, span.column, span.end_line, span.end_column]


def unpack_finding(packed: list[Any], page: str) -> Finding:
    """Take a finding from its JSON form."""
    check, severity, message, where, related, *rest = packed
    places = tuple(Related(Span(one[0] or page, *one[1:5]), one[5]) for one in related)
    return Finding(check, Severity(severity), message, Span(where[0] or page, *where[1:]), places, *rest)
