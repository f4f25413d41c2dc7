"""A folder of output files: each written atomically, only if its content changed, and never outside the folder.

Each format keeps a manifest in the folder, a hidden file that lists the files written for it. So
several formats can share a folder, and nobody else's files are overwritten or removed.
"""

from __future__ import annotations

import contextlib
import json
import os
from functools import partial
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from docextract.disk import read_file, sweep, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    #: The files that a format owns, each with the absolute path of its page; None for a file about all pages.
    Owned = Mapping[str, str | None]
    #: The parts of files about all pages, by a name that is unique in the format, each with the path of its page.
    Parts = Mapping[str, str]

_VERSION = 1
#: Bytes of texts that stay in memory.
_IN_MEMORY = 4_000_000
_ABOUT = "The files that docextract wrote here, each with its page; it changes and removes no others."


class OutputError(OSError):
    """The folder cannot be written; the message is one clear sentence."""


class File(NamedTuple):
    """A file to be written: its path below the folder, with `/`, its text, and the page it comes from.

    A file about all pages has no page; `parts` names its parts, each with its page. If a run keeps files or
    parts of pages that it did not visit, `joined` returns the text of such a file, given its present text,
    and the paths of the kept files with the names of the kept parts.
    """

    path: str
    text: str
    page: str | None = None
    joined: Callable[[str, Collection[str]], str] | None = None
    parts: Parts = MappingProxyType({})


class Outcome(NamedTuple):
    """The numbers of files written, unchanged and removed, and of files and parts kept for pages not selected."""

    written: int
    unchanged: int
    removed: int
    kept: int


def write_folder(folder: Path, form: str, files: Iterable[File], stays: Callable[[str], bool]) -> Outcome:
    """Write the files of a format, and remove its earlier files that are not written again.

    `stays` takes the absolute path of a page and returns whether the earlier files of that page are
    kept. Raises OutputError if the folder cannot be written, or, before any change, if a file that the
    format does not own would be overwritten.
    """
    with _Spool() as spool:
        made = [spool.keep(file) for file in files]
        return _write_spooled(folder, form, made, stays)


def _write_spooled(folder: Path, form: str, files: Sequence[_Kept], stays: Callable[[str], bool]) -> Outcome:
    try:
        return _write(folder, form, files, stays)
    except OutputError:
        raise
    except RecursionError as error:
        raise OutputError(f"cannot write {folder}: it lies in too many folders") from error
    except OSError as error:
        raise OutputError(f"cannot write {error.filename or folder}: {error.strerror or error}") from error


class _Kept(NamedTuple):
    """A file whose text is not in memory but can be read again."""

    file: File
    read: Callable[[], bytes]


class _Spool:
    """The texts of files until all of them are known: on disk, if they are many."""

    def __enter__(self) -> _Spool:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def keep(self, file: File) -> _Kept:
        """Take the text of a file. Raises OutputError if there is no room for it."""
        data = file.text.encode("utf-8")
        try:
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(data)
        except OSError as error:
            raise OutputError(f"no room in the temporary folder (TMPDIR): {error.strerror or error}") from error
        return _Kept(file._replace(text=""), partial(self._read, start, len(data)))

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)


def _write(folder: Path, form: str, made: Sequence[_Kept], stays: Callable[[str], bool]) -> Outcome:
    _refuse_link(folder)
    files = [kept.file for kept in made]
    before = _listed(folder, form)
    owned, owned_parts = before.files, before.parts
    new = {file.path: os.path.abspath(file.page) if file.page is not None else None for file in files}
    kept = {name: page for name, page in owned.items() if name not in new and page is not None and stays(page)}
    new_parts = {name: os.path.abspath(page) for file in files for name, page in file.parts.items()}
    kept_parts = {name: page for name, page in owned_parts.items() if name not in new_parts and stays(page)}
    top = os.path.realpath(folder)
    stays_too = {*kept, *kept_parts}
    data = [(_inside(folder, top, one.file.path), partial(_data, folder, one, stays_too)) for one in made]
    stale = [(path, content) for path, content in data if _differs(path, content())]
    for path, _ in stale:
        if path.relative_to(folder).as_posix() not in owned and os.path.lexists(path):
            raise OutputError(f"{path} was not written by docextract as {form}; it will not be overwritten")
    gone = sorted(owned.keys() - new.keys() - kept.keys())
    names = (*owned, *new) if before.unfinished else ()
    for place in sorted({folder, *((folder / name).parent for name in names)}):
        sweep(place)
    if stale or gone:
        # If this run is killed, the next one must recognise its files: the manifest names them before they exist.
        _keep(folder, form, Manifest({**owned, **new}, {**owned_parts, **new_parts}, unfinished=True))
    written = sum(write_file(path, content()) for path, content in stale)
    removed = sum(_remove(folder, name) for name in gone)
    _keep(folder, form, Manifest({**kept, **new}, {**kept_parts, **new_parts}))
    return Outcome(written, len(files) - written, removed, len(kept) + len(kept_parts))


def _refuse_link(folder: Path) -> None:
    """Raise OutputError if a folder seems to be below the working directory but a link leads it elsewhere.

    In a checkout of somebody else's repository, such a link is a trap.
    """
    here = os.getcwd()
    if Path(os.path.abspath(folder)).is_relative_to(here) and not Path(os.path.realpath(folder)).is_relative_to(here):
        real = os.path.realpath(folder)
        raise OutputError(
            f"cannot write {folder}: a link leads it out of this folder, to {real}; name that if it is meant"
        )


def _data(folder: Path, made: _Kept, kept: Collection[str]) -> bytes:
    file = made.file
    if not kept or file.joined is None:
        return made.read()
    try:
        before = read_file(folder / file.path).decode("utf-8")
    except (OSError, ValueError):
        before = ""
    return file.joined(before, kept).encode("utf-8")


def _differs(path: Path, content: bytes) -> bool:
    """Whether a path is anything but a regular file with this content."""
    try:
        return path.is_symlink() or read_file(path) != content
    except OSError:
        return True


def _inside(folder: Path, top: str, name: str) -> Path:
    """Return the path of a file below a folder, whose real path is `top`. Raises OutputError if it leads out."""
    path = folder / name
    if os.path.commonpath((top, os.path.realpath(path))) != top:
        raise OutputError(f"cannot write {folder}: {name} leads out of the folder")
    return path


def _remove(folder: Path, name: str) -> bool:
    """Remove a file, if it is there, and the folders that this leaves empty; return whether it was removed."""
    path = folder / name
    try:
        path.unlink()
        removed = True
    except OSError:
        removed = False
    with contextlib.suppress(OSError):
        while path.parent != folder and not any(path.parent.iterdir()):
            path = path.parent
            path.rmdir()
    return removed


class Manifest(NamedTuple):
    """What a format owns in a folder.

    It is unfinished while the files are written, and stays so if the run is killed: then some of them may
    not exist, and temporary files may lie beside them.
    """

    files: Owned
    parts: Parts = MappingProxyType({})
    unfinished: bool = False


def _path_of(folder: Path, form: str) -> Path:
    return folder / f".docextract-{form}.manifest"


def _keep(folder: Path, form: str, manifest: Manifest) -> None:
    """Write the manifest, with the paths of pages relative to the folder so that both can move together."""
    top = os.path.realpath(folder)
    listed = {
        key: {name: page and os.path.relpath(page, top).replace(os.sep, "/") for name, page in sorted(pages.items())}
        for key, pages in (("files", manifest.files), ("parts", manifest.parts))
        if pages or key == "files"
    }
    state = {"unfinished": True} if manifest.unfinished else {}
    text = json.dumps({"about": _ABOUT, "version": _VERSION, "format": form, **state, **listed}, indent=1) + "\n"
    write_file(_path_of(folder, form), text.encode("ascii"))


def _listed(folder: Path, form: str) -> Manifest:
    """Return the manifest of a format, without paths that leave the folder or pass through a link.

    It is empty if it is missing, damaged, or of another format: then the format owns nothing.
    """
    top = Path(os.path.realpath(folder))
    try:
        read = json.loads(read_file(_path_of(top, form)).decode("utf-8"))
        if (read["version"], read["format"]) != (_VERSION, form):
            return Manifest({})
        files, parts = read["files"].items(), read.get("parts", {}).items()
        unfinished = read.get("unfinished") is True
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Manifest({})
    return Manifest(
        {
            name: page and os.path.normpath(top / page)
            for name, page in files
            if (page is None or isinstance(page, str)) and _is_own(top, name)
        },
        {name: os.path.normpath(top / page) for name, page in parts if isinstance(page, str)},
        unfinished,
    )


def _is_own(top: Path, name: str) -> bool:
    path = os.path.normpath(top / name)
    is_plain = path.startswith(f"{top}{os.sep}") and os.path.relpath(path, top).replace(os.sep, "/") == name
    try:
        return is_plain and os.path.realpath(path) == path
    except ValueError:
        # No file can have such a name: a NUL, or half a surrogate pair.
        return False
