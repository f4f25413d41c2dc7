"""A folder of written files: changed atomically, only where something changed, never outside itself."""

from __future__ import annotations

import json
import os
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class OutputError(OSError):
    """The folder cannot be written; its text is one clear sentence."""


def write_folder(folder: Path, files: Iterable[tuple[str, str]]) -> tuple[int, int, int]:
    """Write files (path below the folder, text); give how many were written, unchanged and removed.

    Files that an earlier run wrote, as its `index.json` says, and this one does not, are removed.
    Raises OutputError if the folder cannot be written.
    """
    try:
        before = _listed(folder)
        written = unchanged = 0
        names = set()
        for name, text in files:
            names.add(name)
            if write_file(_inside(folder, name), text.encode("utf-8")):
                written += 1
            else:
                unchanged += 1
        removed = sum(_remove(folder, name) for name in sorted(before - names))
    except OSError as error:
        message = f"cannot write {error.filename or folder}: {error.strerror or error}"
        raise OutputError(message) from error
    return written, unchanged, removed


def _listed(folder: Path) -> set[str]:
    try:
        index = json.loads((folder / "index.json").read_text("utf-8"))
        return {entry["file"] for entry in index["exchanges"] if isinstance(entry["file"], str)}
    except (OSError, ValueError, TypeError, KeyError):
        return set()


def _inside(folder: Path, name: str) -> Path:
    path = folder / name
    top = os.path.realpath(folder)
    if os.path.commonpath((top, os.path.realpath(path))) != top:
        raise OutputError(0, f"{name} leads out of the folder", str(folder))
    return path


def write_file(path: Path, data: bytes) -> bool:
    """Replace a file as a whole, or leave it if it holds the data; say whether it was written. Raises OSError."""
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".docextract-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return True


def _remove(folder: Path, name: str) -> bool:
    try:
        path = _inside(folder, name)
        path.unlink()
    except OSError:
        return False
    parent = path.parent
    while parent != folder and not any(parent.iterdir()):
        parent.rmdir()
        parent = parent.parent
    return True
