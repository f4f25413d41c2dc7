"""Single files: read only if they are files, replaced atomically, and what a killed run left behind swept away."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
from functools import partial
from typing import TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Opening a pipe or a device must not wait for its other end; nor may a terminal become that of this process.
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_LEAST = 4096
#: The names of our temporary files: those of `tempfile`, between this prefix and this suffix.
_PREFIX, _SUFFIX = ".docextract-", ".tmp"
_TEMPORARY = re.compile(rf"{re.escape(_PREFIX)}\w{{8}}{re.escape(_SUFFIX)}")


class TooLargeError(OSError):
    """A file has more bytes than are to be read; `size` is their number."""

    def __init__(self, size: int) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG))
        self.size = size


def read_file(path: str | Path, most: int | None = None) -> bytes:
    """Return the bytes of a file; a pipe, a socket or a device is none and is not read.

    Raises TooLargeError, before anything is read, if there are more than `most` bytes, and OSError.
    """
    handle = os.open(path, _READING)
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        if most is not None and status.st_size > most:
            raise TooLargeError(status.st_size)
        return b"".join(iter(partial(os.read, handle, max(status.st_size + 1, _LEAST)), b""))
    finally:
        os.close(handle)


def write_file(path: Path, data: bytes, mode: int = 0o644) -> bool:
    """Replace a file atomically unless it already holds the data; return whether it was written. Raises OSError.

    It keeps its permissions; a new one gets `mode`. A link is replaced by a file.
    """
    try:
        if read_file(path) == data:
            return False
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path.parent, alone=False):
        _replace(path, data, mode)
    return True


def _replace(path: Path, data: bytes, mode: int) -> None:
    # Most runs write nothing.
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX, suffix=_SUFFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def sweep(folder: Path) -> None:
    """Remove the temporary files that killed runs have left in a folder, unless somebody is writing there."""
    with contextlib.suppress(OSError), _locked(folder, alone=True) as is_locked:
        for name in os.listdir(folder) if is_locked else ():
            path = folder / name
            if _TEMPORARY.fullmatch(name) and stat.S_ISREG(path.lstat().st_mode):
                path.unlink()


@contextlib.contextmanager
def _locked(folder: Path, *, alone: bool) -> Iterator[bool]:
    """Lock a folder, together with all who write there or else alone; yield whether that is possible at once.

    The lock ends with the process that holds it, so whoever is alone knows that all temporary files are
    left over. On Windows there is no such lock, but neither can a file be removed there that is open.
    """
    if sys.platform == "win32":
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield _flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _flock(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind)
    except OSError:
        # Somebody holds it, or the file system knows no locks.
        return False
    return True
