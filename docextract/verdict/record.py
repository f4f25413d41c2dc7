"""What an earlier run recorded about each page of a doc set, and whether the page is still the same."""

from __future__ import annotations

import hashlib
import json
import os
import time
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from docextract.disk import TooLargeError, read_file
from docextract.project.habits import Habits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docextract.contract.ancestry import Signature
    from docextract.project.catalogue import Catalogue
    from docextract.project.pages import Pages
    from docextract.reading.outline import Outline

# The readers are imported where they are used: a run over unchanged pages asks for no outline.

#: Seconds. A file changed so recently may change again without a new time stamp.
_RACY = 2.0
NULL = b"null"


class Line(NamedTuple):
    """The record of a page, each column as JSON text.

    The columns from `signatures` on are null without a verdict: `state` is the digest for which the
    verdict is valid, and `reads` are the other pages behind it.
    """

    path: bytes
    digest: bytes
    stamp: bytes
    outline: bytes
    signatures: bytes = NULL
    state: bytes = NULL
    reads: bytes = NULL
    findings: bytes = NULL
    figures: bytes = NULL
    suppressed: bytes = NULL


class Head(NamedTuple):
    """The record of a doc set as a whole: digests, the habits, and which linked paths other than pages exist.

    `stamps` is the digest of the stamps of all pages, "" if one has none; `texts` that of all their texts.
    """

    stamps: str = ""
    texts: str = ""
    paths: str = ""
    names: str = ""
    signatures: str = ""
    habits: Sequence[Any] = ()
    elsewhere: Sequence[tuple[str, bool]] = ()


class Record:
    """The lines of a doc set's pages, from which nothing is told about a page whose text has changed.

    The lines stand in the order of the paths, after the head.
    """

    def __init__(self, pages: Pages, lines: list[bytes]) -> None:
        self._pages = pages
        self.head = Head(*json.loads(lines[0])) if lines else Head()
        self._rows = lines[1:]
        self._digests: dict[str, tuple[str, str]] = {}
        self._same: dict[str, Line | None] = {}
        self._common: bool | None = None
        self.stamps_changed = False

    @cached_property
    def is_whole(self) -> bool:
        """Whether no page is new, gone or changed: told at once by the stamps of all, without a look at their lines."""
        return self.head.stamps != "" and self.head.stamps == _digest_of_all(self._stamps.items())

    @cached_property
    def _stamps(self) -> dict[str, str]:
        now = time.time()
        return {path: _stamp(file, now) for path, file in sorted(self._pages.files.items())}

    @cached_property
    def _in_order(self) -> dict[str, bytes]:
        return dict(zip(self._stamps, self._rows, strict=True))

    @cached_property
    def _by_name(self) -> dict[bytes, bytes]:
        return {line[: line.index(b"\t")]: line for line in self._rows}

    def _columns(self, path: str) -> list[bytes] | None:
        """Return the columns of a page, whether its text has changed or not; None if it is new."""
        line = self._in_order.get(path) if self.is_whole else self._by_name.get(pack(path))
        return line.split(b"\t") if line else None

    def digest(self, path: str) -> str:
        """Return the digest of a page's text; for a path other than a page, whether it exists, as text."""
        return self._seen(path)[0]

    def stamp(self, path: str) -> str:
        """Return what identifies the content of a page's file without reading it; "" if nothing does."""
        return self._seen(path)[1]

    def _seen(self, path: str) -> tuple[str, str]:
        if path not in self._digests:
            file = self._pages.files.get(path)
            if file is None:
                return str(os.path.exists(path)), ""
            self._digests[path] = self._looked_up(path, file)
        return self._digests[path]

    def _looked_up(self, path: str, file: str) -> tuple[str, str]:
        columns, stamp = self._columns(path), self._stamps[path]
        if columns and stamp and columns[2] == stamp.encode():
            return columns[1].decode(), stamp
        self.stamps_changed = self.stamps_changed or bool(stamp)
        try:
            data = read_file(file, self._pages.config.max_page_size)
            return hashlib.blake2b(data, digest_size=16).hexdigest(), stamp
        except TooLargeError as error:
            return f"too large {error.size}", ""
        except OSError as error:
            return f"unreadable {error.errno}", ""

    def line(self, path: str) -> Line | None:
        """Return the line of a page; None if its text has changed."""
        if path not in self._same:
            columns = self._columns(path)
            same = columns is not None and columns[1].decode() == self.digest(path)
            self._same[path] = Line(*columns) if columns and same else None
        return self._same[path]

    def outline(self, path: str) -> Outline | None:
        """Return the outline of a page; None if its text has changed."""
        line = self.line(path)
        return _outline(line.outline) if line else None

    def signatures(self, path: str) -> tuple[Signature, ...] | None:
        """Return the signatures of a page; None if its text has changed or it has no verdict."""
        line = self.line(path)
        stored = json.loads(line.signatures) if line else None
        return None if stored is None else tuple(map(_signature, stored))

    def changed(self) -> list[str]:
        """Return the pages that are new or whose text has changed."""
        return [] if self.is_whole else [path for path in self._pages.paths if self.line(path) is None]

    def stamps(self) -> str:
        """Return a digest of the stamps of all pages; "" if one has none."""
        return _digest_of_all((path, self.stamp(path)) for path in self._pages.paths)

    def texts(self) -> str:
        """Return a digest of the texts of all pages, by path."""
        if self.is_whole:
            return self.head.texts
        return _digest_of_all((path, self.digest(path)) for path in self._pages.paths)

    def habits(self, catalogue: Catalogue) -> Habits | None:
        """Return the habits of the doc set; None if a change to a page may have changed them."""
        return _habits(self.head.habits) if self.is_common(catalogue) else None

    def is_common(self, catalogue: Catalogue) -> bool:
        """Whether what all pages together say is unchanged: no page is new or gone, and no outline has changed."""
        if self._common is None:
            self._common = (
                (self.is_whole or self.head.paths == digest(self._pages.paths))
                and all(self._has_old_outline(path, catalogue) for path in self.changed())
                and all(os.path.exists(path) == there for path, there in self.head.elsewhere)
            )
        return self._common

    def _has_old_outline(self, path: str, catalogue: Catalogue) -> bool:
        columns = self._columns(path)
        return columns is not None and columns[3] == pack_outline(catalogue.outline(path))

    def has_old_signatures(self, path: str, packed: bytes) -> bool:
        """Whether the signatures of a page are those recorded, even if its text has changed."""
        columns = self._columns(path)
        return columns is not None and columns[4] == packed


def digest(*parts: object) -> str:
    """Return a digest of values that each have only one form in JSON; bytes are taken as they are."""
    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else pack(part)
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def pack(value: object) -> bytes:
    """Return a value as compact JSON text."""
    return json.dumps(value, separators=(",", ":")).encode()


def pack_outline(outline: Outline) -> bytes:
    """Return an outline as JSON text."""
    return pack([getattr(outline, name) for name in outline.__slots__])


def pack_signatures(signatures: Iterable[Signature]) -> bytes:
    """Return the signatures of a page as JSON text."""
    return pack([[getattr(signature, name) for name in signature.__slots__] for signature in signatures])


def pack_habits(habits: Habits) -> list[object]:
    """Return the values of the habits, in the order of their fields."""
    return [getattr(habits, name) for name in Habits.__slots__]


def _digest_of_all(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a digest of paths, each with a text; "" if one of these is empty."""
    listed = list(pairs)
    if not all(text for _, text in listed):
        return ""
    # No path contains a NUL, so different pairs never join to the same text.
    joined = "\0".join(chain.from_iterable(listed))
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _stamp(file: str, now: float) -> str:
    """Return what identifies the content of a file; "" if it changed just now, which git calls racily clean.

    It is "" for a file that is not there, either.
    """
    try:
        status = os.stat(file)
    except OSError:
        return ""
    if now - max(status.st_mtime, status.st_ctime) < _RACY:
        return ""
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}.{status.st_ino}"


def _habits(packed: Sequence[Any]) -> Habits:
    values = dict(zip(Habits.__slots__, packed, strict=True))
    return Habits(**values | {"misspelt_hosts": tuple(values["misspelt_hosts"])})


def _outline(packed: bytes) -> Outline:
    from docextract.reading.outline import Outline

    columns: list[Any] = json.loads(packed)
    values: list[Any] = [tuple(column) if isinstance(column, list) else column for column in columns]
    return Outline(*values)


def _signature(packed: list[Any]) -> Signature:
    from docextract.contract.ancestry import Signature

    name, (annotated, prose, rows), members, mentions = packed
    return Signature(name, (tuple(annotated), tuple(prose), tuple(rows)), tuple(members), tuple(mentions))
