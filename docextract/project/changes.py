"""What has changed since a revision, as git tells it: pages, and lines of pages."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from docextract.project.pages import located

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docextract.findings import Finding
    from docextract.project.docset import Selection
    from docextract.text.source import Span

#: Whatever the user's configuration of git says, a diff has the same form.
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--find-renames", "--ignore-submodules")
_PATCH = ("--unified=0", "--inter-hunk-context=0", "--text", "--src-prefix=a/", "--dst-prefix=b/")
_HUNK = re.compile(rb"@@ -\S+ \+(?P<line>\d+)(?:,(?P<count>\d+))? @@")
_HISTORY = "git fetch --unshallow (in GitHub Actions: actions/checkout with fetch-depth: 0)"


class ChangesError(ValueError):
    """What has changed cannot be told; the message is one clear sentence."""


@dataclass(frozen=True)
class Repository:
    """A repository at the folder `top`, compared with a commit that it has in common with a revision."""

    top: str
    base: str

    @classmethod
    def around(cls, folder: str, revision: str) -> Repository:
        """Return the repository that a folder is in, compared with where `revision` and HEAD part.

        So what others have committed to the revision since then is no change. Raises ChangesError
        without git, outside a repository, and if it does not have the revision.
        """
        top = os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n"))
        wanted = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}", fails=True)
        shallow = _git(top, "rev-parse", "--is-shallow-repository").strip() == b"true"
        if not wanted:
            lacking = f"this shallow clone lacks it; get the history with {_HISTORY}" if shallow else "no such revision"
            raise ChangesError(f"cannot tell what has changed since {revision}: {lacking}")
        base = _git(top, "merge-base", wanted.decode().strip(), "HEAD", fails=True)
        if not base:
            cause = f"in this shallow clone; get it with {_HISTORY}" if shallow else "in this repository"
            raise ChangesError(f"cannot tell what has changed since {revision}: it shares no history with HEAD {cause}")
        return cls(top, base.decode().strip())

    @cached_property
    def untracked(self) -> frozenset[str]:
        """The files that are neither tracked nor ignored, by absolute path."""
        listed = _git(self.top, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
        return frozenset(self._absolute(name) for name in listed.split(b"\0") if name)

    @cached_property
    def changed(self) -> frozenset[str]:
        """The files that exist and are not as in the commit: committed since, staged, edited or untracked."""
        fields = iter(_git(self.top, "diff", *_PLAIN, "--name-status", "-z", self.base, "--").split(b"\0"))
        names = set()
        for status in filter(None, fields):
            name = next(fields)
            names.add(next(fields) if status[:1] in (b"R", b"C") else name)
        return frozenset(map(self._absolute, names)) | self.untracked

    @cached_property
    def lines(self) -> dict[str, set[int]]:
        """The changed lines of each tracked file; of lines that were removed the line above and the line below."""
        lines: dict[str, set[int]] = {}
        now: set[int] = set()
        for line in _git(self.top, "diff", *_PLAIN, *_PATCH, self.base, "--").split(b"\n"):
            if line.startswith(b"diff --git "):
                now = set()
            elif line.startswith(b"+++ ") and not now:
                lines[self._absolute(_unquoted(line[4:]).removeprefix(b"b/"))] = now
            elif match := _HUNK.match(line):
                first, count = int(match["line"]), int(match["count"] or 1)
                now.update(range(first, first + count) if count else (first, first + 1))
        return lines

    def _absolute(self, name: bytes) -> str:
        return os.path.join(self.top, os.fsdecode(name).replace("/", os.sep))


def _unquoted(name: bytes) -> bytes:
    """Return the path in the header of a patch, which git quotes like a string of C."""
    name = name.removesuffix(b"\t")
    return ast.literal_eval("b" + name.decode("ascii")) if name.startswith(b'"') else name


def _git(folder: str, *arguments: str, fails: bool = False) -> bytes:
    """Return what git prints, run in a folder; b"" for a command that `fails` to tell something.

    A hook names its repository in the environment, by paths from its working directory, so there git
    is run where it is. Raises ChangesError if git cannot be run, or fails.
    """
    where = None if "GIT_DIR" in os.environ else folder
    command = ("git", "-c", "core.quotePath=true", *arguments)
    try:
        done = subprocess.run(command, cwd=where, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except OSError as error:
        raise ChangesError(f"cannot tell what has changed: git cannot be run ({error.strerror or error})") from error
    if done.returncode == 0:
        return done.stdout
    if fails:
        return b""
    said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
    raise ChangesError(f"cannot tell what has changed in {folder}: {said or 'git failed'}")


@dataclass(frozen=True)
class Changes:
    """The selected pages that have changed, and the way to their changed lines."""

    selections: tuple[Selection, ...]
    repositories: tuple[Repository, ...]
    #: The number of selected pages that are in none of the repositories.
    outside: int = 0

    @classmethod
    def since(cls, revision: str, selections: Sequence[Selection]) -> Changes:
        """Return which of the selected pages have changed since a revision. Raises ChangesError."""
        repositories: dict[str, Repository] = {}
        narrowed, outside = [], 0
        for selection in selections:
            one = Repository.around(os.path.abspath(selection.docset.pages.folder), revision)
            repository = repositories.setdefault(one.top, one)
            inside = {path: place for path in selection.paths if (place := located(path)).startswith(one.top + os.sep)}
            outside += len(selection.paths) - len(inside)
            changed = frozenset(path for path, place in inside.items() if place in repository.changed)
            if changed:
                narrowed.append(replace(selection, paths=changed))
        return cls(tuple(narrowed), tuple(repositories.values()), outside)

    def touches(self, finding: Finding) -> bool:
        """Whether a changed line is in the place of a finding, or in the block of lines around a related place.

        A related place may be the header of a table of which another row has changed.
        """
        if self._is_changed(finding.span.path, range(finding.span.line, finding.span.end_line + 1)):
            return True
        return any(self._is_changed(one.span.path, self._block(one.span)) for one in finding.related)

    def _is_changed(self, path: str, lines: range) -> bool:
        place = located(path)
        for repository in self.repositories:
            if place in repository.untracked:
                return True
            if changed := repository.lines.get(place):
                return not changed.isdisjoint(lines)
        return False

    def _block(self, span: Span) -> range:
        """Return the lines around a place up to the nearest blank ones."""
        first, last = span.line, span.end_line
        page = next((one.docset.pages for one in self.selections if span.path in one.docset.pages), None)
        lines = page.lines(span.path) if page else []
        while 1 < first <= len(lines) and lines[first - 2].strip():
            first -= 1
        while last < len(lines) and lines[last].strip():
            last += 1
        return range(first, last + 1)
