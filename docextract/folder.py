"""A folder of output files: each written atomically, only if its content changed, and never outside the folder.

Each format keeps a manifest in the folder, a hidden file that lists the files written for it. So
several formats can share a folder, and nobody else's files are overwritten or removed.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    #: The files that a format owns, each with the absolute path of its page; None for a file about all pages.
    Owned = Mapping[str, str | None]
    #: The parts of files about all pages, by a name that is unique in the format, each with the path of its page.
    Parts = Mapping[str, str]

_VERSION = 1
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
    try:
        return _write(folder, form, list(files), stays)
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write {error.filename or folder}: {error.strerror or error}") from error


def _write(folder: Path, form: str, files: list[File], stays: Callable[[str], bool]) -> Outcome:
    owned, owned_parts = _owned(folder, form)
    new = {file.path: os.path.abspath(file.page) if file.page is not None else None for file in files}
    kept = {name: page for name, page in owned.items() if name not in new and page is not None and stays(page)}
    new_parts = {name: os.path.abspath(page) for file in files for name, page in file.parts.items()}
    kept_parts = {name: page for name, page in owned_parts.items() if name not in new_parts and stays(page)}
    data = [(_inside(folder, file.path), _data(folder, file, {*kept, *kept_parts})) for file in files]
    for file, (path, content) in zip(files, data, strict=True):
        if file.path not in owned and _differs(path, content):
            raise OutputError(f"{path} was not written by docextract as {form}; it will not be overwritten")
    # If this run is killed, the next one must recognise its files: the manifest names them before they exist.
    _keep(folder, form, {**owned, **new}, {**owned_parts, **new_parts})
    written = sum(write_file(path, content) for path, content in data)
    removed = sum(_remove(folder, name) for name in sorted(owned.keys() - new.keys() - kept.keys()))
    _keep(folder, form, {**kept, **new}, {**kept_parts, **new_parts})
    return Outcome(written, len(files) - written, removed, len(kept) + len(kept_parts))


def _data(folder: Path, file: File, kept: Collection[str]) -> bytes:
    if not kept or file.joined is None:
        return file.text.encode("utf-8")
    try:
        before = (folder / file.path).read_text("utf-8")
    except (OSError, ValueError):
        before = ""
    return file.joined(before, kept).encode("utf-8")


def _differs(path: Path, content: bytes) -> bool:
    """Whether a path exists and is anything but a regular file with this content."""
    if not os.path.lexists(path):
        return False
    try:
        return path.is_symlink() or path.read_bytes() != content
    except OSError:
        return True


def _inside(folder: Path, name: str) -> Path:
    path = folder / name
    top = os.path.realpath(folder)
    if os.path.commonpath((top, os.path.realpath(path))) != top:
        raise OutputError(f"cannot write {folder}: {name} leads out of the folder")
    return path


def write_file(path: Path, data: bytes) -> bool:
    """Replace a file atomically unless it already holds the data; return whether it was written. Raises OSError.

    It keeps its permissions.
    """
    mode = 0o644
    try:
        if path.read_bytes() == data:
            return False
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".docextract-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return True


def _remove(folder: Path, name: str) -> bool:
    """Remove a file, and the folders that this leaves empty; return whether the file could be removed."""
    path = folder / name
    try:
        path.unlink()
    except OSError:
        return False
    with contextlib.suppress(OSError):
        while path.parent != folder and not any(path.parent.iterdir()):
            path = path.parent
            path.rmdir()
    return True


def _manifest(folder: Path, form: str) -> Path:
    return folder / f".docextract-{form}.manifest"


def _keep(folder: Path, form: str, owned: Owned, parts: Parts) -> None:
    """Write the manifest, with the paths of pages relative to the folder so that both can move together."""
    top = os.path.realpath(folder)
    listed = {
        key: {name: page and os.path.relpath(page, top).replace(os.sep, "/") for name, page in sorted(pages.items())}
        for key, pages in (("files", owned), ("parts", parts))
        if pages or key == "files"
    }
    text = json.dumps({"about": _ABOUT, "version": _VERSION, "format": form, **listed}, indent=1) + "\n"
    write_file(_manifest(folder, form), text.encode("ascii"))


def _owned(folder: Path, form: str) -> tuple[Owned, Parts]:
    """Return the files of the folder that a format wrote, and their parts.

    Paths that leave the folder or pass through a link are left out.
    """
    top = Path(os.path.realpath(folder))
    files, parts = _listed(_manifest(top, form), form) or (_indexed(top) if form == "json" else {}, {})
    owned = {name: page and os.path.normpath(top / page) for name, page in files.items() if _is_own(top, name)}
    return owned, {name: os.path.normpath(top / page) for name, page in parts.items()}


def _is_own(top: Path, name: str) -> bool:
    path = os.path.normpath(top / name)
    is_plain = path.startswith(f"{top}{os.sep}") and os.path.relpath(path, top).replace(os.sep, "/") == name
    try:
        return is_plain and os.path.realpath(path) == path
    except ValueError:
        # No file can have such a name: a NUL, or half a surrogate pair.
        return False


def _listed(manifest: Path, form: str) -> tuple[Owned, Parts] | None:
    """Return the files and the parts in a manifest; None if it is missing, damaged, or of another format."""
    try:
        read = json.loads(manifest.read_text("utf-8"))
        if (read["version"], read["format"]) != (_VERSION, form):
            return None
        files, parts = read["files"].items(), read.get("parts", {}).items()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return (
        {name: page for name, page in files if page is None or isinstance(page, str)},
        {name: page for name, page in parts if isinstance(page, str)},
    )


def _indexed(top: Path) -> Owned:
    """Return the files in the index of a folder written before manifests existed; none if it is not wholly ours."""
    try:
        read = json.loads((top / "index.json").read_text("utf-8"))
        files = {entry["file"]: os.path.abspath(entry["page"]) for entry in read["exchanges"]}
        are_ours = read["version"] == 1 and all(entry["file"] == f"{entry['id']}.json" for entry in read["exchanges"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}
    return {**files, "index.json": None} if are_ours else {}
