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

#: What installs consumers that `pip install '.[test]'` does not bring; a machine may lack it.
_NPM = "npm install -g"
#: What an installer says that reaches no registry.
_OFFLINE = re.compile(r"No matching distribution|Temporary failure|ConnectionError|NewConnectionError|timed out")


def program(name: str, *, brought_by: str = "pip install '.[test]'") -> str:
    """Return the path of a program; without it, the test is skipped, or fails as `lacking` says."""
    # That of the environment of the tests counts, even if a shell has not activated it.
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return shutil.which(name, path=places) or lacking(name, brought_by)


def library(name: str, *, brought_by: str = "pip install '.[test]'") -> ModuleType:
    """Return a library; without it, the test or module of tests is skipped, or fails as `lacking` says."""
    try:
        return import_module(name)
    except ImportError:
        lacking(name, brought_by)


def lacking(name: str, brought_by: str) -> NoReturn:
    """Skip the test that needs something. In .ci/run, which installs all that it can, the test fails."""
    reason = f"no {name}; {brought_by!r} brings it"
    if os.environ.get("DOCEXTRACT_CI") and (shutil.which("npm") or not brought_by.startswith(_NPM)):
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)


def install(*command: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run an installer, which must succeed; where it reaches no registry, do as without a consumer."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, **options)
    said = done.stdout + done.stderr
    if done.returncode and _OFFLINE.search(said):
        lacking("package index", "a network")
    assert done.returncode == 0, said
    return done
