"""The cache: one file that holds whole runs, and a book of verdicts for each doc set.

The file is replaced atomically: a run that is killed leaves the old one, and of two concurrent runs
the last to finish wins. A file that is damaged, that comes from another docextract or that bears no seal
of this user is ignored.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
import importlib.util
import json
import os
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docextract import __version__
from docextract.disk import read_file, sweep, write_file
from docextract.findings import CheckId
from docextract.project.files import project
from docextract.verdict.book import Book, pack_finding, unpack_finding
from docextract.verdict.record import digest
from docextract.verdict.report import Report, Summary
from docextract.verdict.seal import Key, is_tracked, read_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.project.docset import Selection
    from docextract.project.pages import Pages

FOLDER = ".docextract_cache"
_FILE = "verdicts"
_MAGIC = b"docextract cache 2"
_TAG_FILE = "CACHEDIR.TAG"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by docextract; see https://bford.info/cachedir/\n"
#: The files that mark the folder, for programs that make copies and for git.
_MARKS = {_TAG_FILE: _TAG, ".gitignore": "*\n"}
_LIBRARIES = ("markdown_it", "frontmatter", "yaml", "jsonschema", "pathspec")
#: The number of doc sets, and of whole runs, that are kept: those last used.
_KEPT = 8
#: Reports on fewer pages are not stored; they are put together from the verdicts on the pages.
_WHOLE_RUN = 100


def program() -> str:
    """Return a digest of docextract itself and of the libraries that verdicts depend on."""
    top = os.path.dirname(os.path.dirname(__file__))
    stamps = sorted(stamp for folder in (top, *_folders(top)) for stamp in _modules(folder))
    specs = [importlib.util.find_spec(name) for name in _LIBRARIES]
    origins = [spec.origin for spec in specs if spec and spec.origin]
    return digest(__version__, sys.version_info[:3], stamps, [(o, os.stat(o).st_mtime_ns) for o in origins])


def _folders(top: str) -> list[str]:
    with os.scandir(top) as entries:
        return [entry.path for entry in entries if entry.is_dir()]


def _modules(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name, the time stamp (ns) and the size of each module in a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                status = entry.stat()
                yield entry.name, status.st_mtime_ns, status.st_size


class Cache:
    """The cache file of a folder: whole runs, and a book of verdicts for each doc set."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._path = folder / FOLDER / _FILE
        self._key = key
        self._program = program()
        self._runs: dict[str, bytes] = {}
        self._books: dict[str, list[bytes]] = {}
        self._open: dict[str, Book] = {}
        self._changed = False
        try:
            self._read()
        except Exception:
            self.forget()

    def _read(self) -> None:
        lines = iter(self._lines())
        for line in lines:
            kind, key, number, data = line.split(b"\t", 3)
            if kind == b"run":
                self._runs[key.decode()] = data
            else:
                self._books[key.decode()] = [data, *islice(lines, int(number))]

    def _lines(self) -> list[bytes]:
        """Return the lines of the file; none if it is damaged, comes from another docextract or bears another seal."""
        try:
            data = read_file(self._path)
        except OSError:
            return []
        head, *lines = data.split(b"\n")
        if not hmac.compare_digest(head, self._head(memoryview(data)[len(head) + 1 :])):
            return []
        return lines[1:] if lines[0] == self._program.encode() else []

    def _head(self, body: bytes | memoryview) -> bytes:
        """Return the first line of a file: only who has the key can make it."""
        return b"%s %s" % (_MAGIC, hashlib.blake2b(body, key=self._key, digest_size=32).hexdigest().encode())

    def forget(self) -> None:
        """Discard what earlier runs left, so that the next ones do not meet it either."""
        self._runs, self._books, self._open, self._changed = {}, {}, {}, True

    def book(self, pages: Pages, choice: object) -> Book:
        """Return the book of a doc set; `choice` holds the options that verdicts depend on."""
        where = (os.path.relpath(os.getcwd(), self._path.parent), pages.folder, pages.base)
        key = digest(where, repr(pages.config), repr(choice))
        if key not in self._open:
            self._open[key] = Book(pages, self._books.get(key, []))
        return self._open[key]

    def run(self, selections: Sequence[Selection], choice: object) -> Report | None:
        """Return the report of an earlier run like this; None unless everything that it depends on is unchanged."""
        stored = self._runs.get(self._key_of(selections, choice)) if _is_large(selections) else None
        if stored is None:
            return None
        others, findings, figures, suppressed = json.loads(stored)
        if any(os.path.exists(path) != there for path, there in others):
            return None
        shown, aside = (tuple(unpack_finding(packed, "") for packed in part) for part in (findings, suppressed))
        return Report(shown, Summary(*figures), aside)

    def keep_run(self, selections: Sequence[Selection], choice: object, report: Report) -> None:
        """Keep the report of a run, if it has many pages."""
        books = [self.book(selection.docset.pages, choice) for selection in selections]
        if _is_large(selections):
            key = self._key_of(selections, choice)
            others = sorted({(path, os.path.exists(path)) for book in books for path in book.others})
            shown, aside = (
                [pack_finding(finding, "") for finding in part] for part in (report.findings, report.suppressed)
            )
            data = [others, shown, report.summary, aside]
            self._runs = {key: json.dumps(data, separators=(",", ":")).encode(), **self._runs}
            self._changed = True

    def _key_of(self, selections: Sequence[Selection], choice: object) -> str:
        parts = [self.book(s.docset.pages, choice).texts() for s in selections]
        return digest(
            os.getcwd(),
            repr(choice),
            [(s.docset.pages.folder, s.docset.pages.base, repr(s.docset.config)) for s in selections],
            parts,
            [sorted(s.paths) if len(s.paths) < len(s.docset.pages.paths) else "all" for s in selections],
        )

    def save(self) -> None:
        """Write the file if there is anything new; a folder that cannot be written is silently left alone."""
        if not self._changed and not any(book.changed for book in self._open.values()):
            return
        books = {key: list(book.lines()) for key, book in self._open.items()} | {
            key: lines for key, lines in self._books.items() if key not in self._open
        }
        lines = [b"run\t%s\t0\t%s" % (key.encode(), data) for key, data in list(self._runs.items())[:_KEPT]]
        for key, (head, *pages) in list(books.items())[:_KEPT]:
            lines.append(b"set\t%s\t%d\t%s" % (key.encode(), len(pages), head))
            lines.extend(pages)
        body = b"\n".join([self._program.encode(), *lines])
        with contextlib.suppress(OSError):
            write_file(make_folder(self._path.parent.parent) / _FILE, b"%s\n%s" % (self._head(body), body))


def _is_large(selections: Sequence[Selection]) -> bool:
    """Whether the report on some pages is worth storing."""
    return sum(len(selection.paths) for selection in selections) >= _WHOLE_RUN


def _key(folder: Path) -> Key:
    """Return the key that seals the cache of a folder; one that lacks if the cache is not used."""
    inner = folder / FOLDER
    if inner.is_symlink():
        return Key(b"", f"{inner} is a link, and nothing is read or written through it")
    if is_tracked(inner / _FILE):
        return Key(b"", f"git tracks {inner}, so it came with the checkout; git rm -r --cached {FOLDER}")
    return read_key(folder)


def unusable(folder: Path) -> str:
    """Return why the cache of a folder is not used; "" if it is."""
    return _key(folder).lacking


def open_cache(folder: Path) -> Cache | None:
    """Return the cache of a folder; None if it is not used."""
    key = _key(folder)
    return None if key.lacking else Cache(folder, key.secret)


def make_folder(top: Path) -> Path:
    """Make the folder of the cache below another, marked as such and hidden from git; tidy it if it is there.

    Raises OSError, also if its place is taken by a link.
    """
    folder = top / FOLDER
    if folder.is_symlink():
        raise FileExistsError(errno.EEXIST, "it is a link", str(folder))
    folder.mkdir(exist_ok=True)
    sweep(folder)
    for name, text in _MARKS.items():
        if not (folder / name).exists():
            write_file(folder / name, text.encode())
    return folder


def home() -> Path:
    """Return the folder whose cache a run uses: the project of the working directory."""
    return project(Path.cwd() / "page")


class Cleaned(NamedTuple):
    """What `clean` did: whether there was a cache to remove, and the names of the files in it that are not ours."""

    found: bool
    left: tuple[str, ...] = ()


def clean(folder: Path) -> Cleaned:
    """Remove the cache of a folder, but no file that docextract did not write, nor anything through a link.

    Raises OSError.
    """
    inner = folder / FOLDER
    if inner.is_symlink() or not (inner / _TAG_FILE).is_file():
        return Cleaned(found=False)
    sweep(inner)
    ours = {_FILE, *_MARKS, *map(manual_file, CheckId)}
    for path in inner.iterdir():
        if path.name in ours:
            path.unlink()
    left = tuple(sorted(path.name for path in inner.iterdir()))
    if not left:
        inner.rmdir()
    return Cleaned(found=True, left=left)


def manual_file(check: str) -> str:
    """Return the name of the file in the cache that holds the manual page of a check."""
    return f"{check}.txt"
