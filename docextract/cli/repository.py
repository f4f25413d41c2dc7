"""The repository that the working directory is in, and where its forge shows its files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Where GitHub and GitLab check out the repository of a job.
_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


class Repository(NamedTuple):
    """The root of a repository, and the URL at which its forge shows a path of the commit at hand; "" if unknown."""

    root: Path
    blob: str = ""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Repository:
        """Return the repository around the working directory, which is taken for its root if it is in none."""
        return cls(_root(Path.cwd().resolve(), environ), _blob(environ))

    def path(self, path: str) -> str:
        """Return the path of a page from the root, with `/`; an absolute path if it is outside.

        Symbolic links are followed, for a forge does not know what is behind them.
        """
        real = Path(os.path.realpath(path))
        return (real.relative_to(self.root) if real.is_relative_to(self.root) else real).as_posix()


def _root(folder: Path, environ: Mapping[str, str]) -> Path:
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            return parent
    # A job may work on an export of the repository.
    checkouts = [Path(environ[name]).resolve() for name in _CHECKOUTS if environ.get(name)]
    return next((checkout for checkout in checkouts if folder.is_relative_to(checkout)), folder)


def _blob(environ: Mapping[str, str]) -> str:
    server, name, commit = (environ.get(f"GITHUB_{part}") for part in ("SERVER_URL", "REPOSITORY", "SHA"))
    if server and name and commit:
        return f"{server}/{name}/blob/{commit}/"
    project, commit = environ.get("CI_PROJECT_URL"), environ.get("CI_COMMIT_SHA")
    return f"{project}/-/blob/{commit}/" if project and commit else ""
