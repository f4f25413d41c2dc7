"""What consumes our output in the tests: other programs and libraries, which not every machine has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from types import ModuleType

#: What an installer says that reaches no registry.
_OFFLINE = re.compile(r"No matching distribution|Temporary failure|ConnectionError|NewConnectionError|timed out")


def program(name: str, *, brought_by: str = "pip install '.[test]'") -> str:
    """Return the path of a program that a command brings; without it, the test ends as `lacking` says."""
    # That of the environment of the tests counts, even if a shell has not activated it.
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return shutil.which(name, path=places) or lacking(name, brought_by)


def library(name: str) -> ModuleType:
    """Return a library that `pip install '.[test]'` brings; without it, the test or module ends as `lacking` says."""
    try:
        return import_module(name)
    except ImportError:
        lacking(name, "pip install '.[test]'")


def npm_library(name: str) -> dict[str, str]:
    """Return an environment in which node finds a library of npm; without it, the test ends as `lacking` says."""
    folders = os.environ.get("NODE_PATH", "").split(os.pathsep)
    if not any((Path(folder) / name).is_dir() for folder in filter(None, folders)):
        lacking(f"{name} in NODE_PATH", f"npm install {name}")
    return dict(os.environ)


def lacking(name: str, brought_by: str) -> NoReturn:
    """Skip the test that needs something. In .ci/run, which installs what the tests need, the test fails."""
    reason = f"no {name}; {brought_by!r} brings it"
    if os.environ.get("DOCEXTRACT_CI") and _is_promised(brought_by):
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)


def _is_promised(brought_by: str) -> bool:
    """Whether .ci/run has what a command brings: npm where there is one, of a system what DOCEXTRACT_CI_APT names."""
    by, package = brought_by.partition(" ")[0], brought_by.rpartition(" ")[2]
    if by == "apt":
        return package in os.environ.get("DOCEXTRACT_CI_APT", "").split()
    return by != "npm" or shutil.which("npm") is not None


def install(*command: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run an installer, which must succeed; where it reaches no registry, do as without a consumer."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, **options)
    said = done.stdout + done.stderr
    if done.returncode and _OFFLINE.search(said):
        lacking("package index", "a network")
    assert done.returncode == 0, said
    return done
