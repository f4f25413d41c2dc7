"""Targets that read a file which somebody else may have written."""

from __future__ import annotations

import atexit
import json
import re
import shutil
import tempfile
import tomllib
from functools import cache
from pathlib import Path

from docextract.folder import File, OutputError, write_folder
from docextract.project import api_doctor
from docextract.project.config import ConfigError
from docextract.project.config_file import has_config, load, misnamed, settings_in
from docextract.text.toml import key_lines, toml
from docextract.verdict.baseline import Baseline, BaselineError


@cache
def _folder() -> Path:
    """Return a folder for the files of this process; in memory if there is such a file system."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="docextract-fuzz-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _assert_named(path: Path, error: Exception) -> None:
    """Assert that an error names the file that it is about."""
    assert str(path) in str(error)


def configuration(data: bytes) -> None:
    """A configuration: it is read, or one sentence says what is wrong with it."""
    for name in ("docextract.toml", "pyproject.toml"):
        path = _folder() / name
        path.write_bytes(data)
        try:
            load(path.parent)
            list(misnamed(path.parent))
            has_config(path.parent)
            _assert_lines(data, settings_in(path))
        except ConfigError as error:
            _assert_named(path, error)
        path.unlink()


def _assert_lines(data: bytes, settings: dict[str, object]) -> None:
    """Assert that each line that a key is said to stand on exists, and that settings can be shown as TOML."""
    text = data.decode("utf-8-sig")
    lines = key_lines(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
    if not _holds_times(settings):
        assert repr(tomllib.loads(f"x = {toml(settings)}")["x"]) == repr(settings)


def _holds_times(value: object) -> bool:
    """Whether a value holds what JSON has not: a date, a time, infinity."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_holds_times, inner)) or not isinstance(value, dict | list | str | bool | int)


def imported(data: bytes) -> None:
    """A configuration of API Doctor."""
    try:
        list(api_doctor.carry_over(json.loads(data)))
    except (ValueError, RecursionError):
        return


def baseline(data: bytes) -> None:
    """A baseline: what is read is written as it was, or one sentence says what is wrong."""
    path = _folder() / "baseline.json"
    path.write_bytes(data)
    try:
        known = Baseline.read(path)
    except BaselineError as error:
        _assert_named(path, error)
        return
    path.write_bytes(known.text().encode("ascii"))
    assert Baseline.read(path).entries == known.entries


def manifest(data: bytes) -> None:
    """A manifest in a folder of fixtures: no file outside of the folder is touched, and none that it does not list."""
    top = _folder() / "tree"
    out = top / "out"
    out.mkdir(parents=True)
    for name in ("outside.txt", "out/mine.txt"):
        (top / name).write_text("mine")
    (out / ".docextract-json.manifest").write_bytes(data)
    try:
        write_folder(out, "json", [File("a/b.json", "{}", "page.md")], lambda _: False)
    except OutputError as error:
        _assert_named(out, error)
    finally:
        assert (top / "outside.txt").read_text() == "mine"
        assert (out / "mine.txt").is_file() or re.search(rb"mine|\\u", data)
        shutil.rmtree(top)
