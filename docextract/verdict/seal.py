"""The seal of a cache: a secret of this user that is kept outside of all checkouts, so that nobody else can forge one.

A checkout may come from anybody, with a cache that says that its pages are clean.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docextract.disk import read_file, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Gives the secret where nothing outlives a job but what a CI server keeps, such as the folder of the cache.
VARIABLE = "DOCEXTRACT_CACHE_KEY"
_FILE = "cache-key"
#: Bytes. And the most that a key of BLAKE2 may have.
_SIZE, _MOST = 32, 64


class Key(NamedTuple):
    """The secret that seals caches; without one, why there is none."""

    secret: bytes
    lacking: str = ""


def read_key(project: Path, environ: Mapping[str, str] = os.environ) -> Key:
    """Return the key of this user, which is made if there is none; it is no secret if it lies in the project."""
    if given := environ.get(VARIABLE, "").encode("utf-8", "surrogateescape"):
        return Key(given) if len(given) <= _MOST else Key(b"", f"{VARIABLE} is longer than {_MOST} bytes")
    folder = _user_folder(environ)
    if folder is None:
        return Key(b"", "this user has no home folder")
    file = folder / _FILE
    if Path(os.path.realpath(file)).is_relative_to(os.path.realpath(project)):
        return Key(b"", f"{file}, which seals it, lies in the project itself")
    try:
        return _of_file(file) or _made(file)
    except OSError as error:
        return Key(b"", f"{file}, which seals it, cannot be kept: {error.strerror or error}")


def is_tracked(file: Path) -> bool:
    """Whether the index of git lists a file: then it came with the checkout.

    Version 4 of the index cuts paths short, so there this may be overlooked (gitformat-index(5)).
    """
    top = next((folder for folder in file.parents if os.path.lexists(folder / ".git")), None)
    if top is None or not os.path.lexists(file):
        return False
    try:
        git = top / ".git"
        if git.is_file():
            # In a worktree and in a submodule it tells where the folder is.
            git = top / os.fsdecode(read_file(git).removeprefix(b"gitdir: ").strip())
        return os.fsencode(file.relative_to(top).as_posix()) + b"\0" in read_file(git / "index")
    except OSError:
        return False


def _user_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder for what docextract keeps for a user; None without a home.

    It is where the XDG Base Directory Specification has such data, on Windows that for local data.
    """
    base = environ.get("LOCALAPPDATA") if sys.platform == "win32" else environ.get("XDG_STATE_HOME")
    if base and os.path.isabs(base):
        return Path(base) / "docextract"
    home = os.path.expanduser("~")
    return Path(home) / ".local" / "state" / "docextract" if os.path.isabs(home) else None


def _of_file(file: Path) -> Key | None:
    """Return the key in a file; None if there is no such file, or one that is damaged. Raises OSError."""
    try:
        secret = read_file(file, _MOST)
    except FileNotFoundError:
        return None
    status = file.stat()
    if sys.platform != "win32" and (status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) & 0o077):
        return Key(b"", f"{file}, which seals it, can be read by other users; remove it")
    return Key(secret) if len(secret) == _SIZE else None


def _made(file: Path) -> Key:
    """Return a new key, written to a file. Raises OSError."""
    import secrets

    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = secrets.token_bytes(_SIZE)
    write_file(file, secret, mode=0o600)
    # Of two runs that make one at the same time, the last to write wins.
    return _of_file(file) or Key(secret)
