"""What has changed since a revision, as git tells it: pages, and lines of pages."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from docextract.project.pages import located

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from docextract.findings import Finding
    from docextract.project.docset import Selection
    from docextract.text.source import Span

#: Whatever the user's configuration of git says, a diff has the same form.
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--find-renames", "--ignore-submodules")
#: Pages, in any case; what else has changed may be much.
_PAGES = ("--", ":(top,icase)*.md", ":(top,icase)*.markdown")
_PATCH = ("--unified=0", "--inter-hunk-context=0", "--text", "--src-prefix=a/", "--dst-prefix=b/")
_HUNK = re.compile(rb"@@ -\S+ \+(?P<line>\d+)(?:,(?P<count>\d+))? @@")
#: A member that a message tells.
_NAMED = re.compile(r"'([^']+)'")
_HISTORY = "git fetch --unshallow (in GitHub Actions: actions/checkout with fetch-depth: 0)"


class ChangesError(ValueError):
    """What has changed cannot be told; the message is one clear sentence."""


@dataclass(frozen=True)
class Patch:
    """What has changed on a page.

    `lines` are the lines that are new, `edges` those between which others were removed; `rows` are the
    words in the first cells of removed rows of tables.
    """

    lines: set[int] = field(default_factory=set)
    edges: set[int] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)

    def add(self, line: bytes) -> None:
        """Take in a line of the patch."""
        if match := _HUNK.match(line):
            first, count = int(match["line"]), int(match["count"] or 1)
            self.lines.update(range(first, first + count))
            self.edges.update(() if count else (first, first + 1))
        elif line.startswith(b"-") and b"|" in line:
            cell = line[1:].strip(b" |").partition(b"|")[0]
            self.rows.update(re.findall(r"\w+", cell.decode("utf-8", "replace")))


@dataclass(frozen=True)
class Repository:
    """The pages of a repository at the folder `top`, compared with the commit `base`."""

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
        """The pages that are neither tracked nor ignored, by absolute path."""
        listed = _git(self.top, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", *_PAGES)
        return frozenset(self._absolute(name) for name in listed.split(b"\0") if name)

    @cached_property
    def changed(self) -> frozenset[str]:
        """The pages that are not as in the commit: committed since, staged, edited, renamed or untracked."""
        fields = iter(_git(self.top, "diff", *_PLAIN, "--name-status", "-z", self.base, *_PAGES).split(b"\0"))
        names = set()
        for status in filter(None, fields):
            name = next(fields)
            names.add(next(fields) if status[:1] in (b"R", b"C") else name)
        return frozenset(map(self._absolute, names)) | self.untracked

    @cached_property
    def patches(self) -> dict[str, Patch]:
        """The patch of each tracked page that has changed, by absolute path."""
        patches: dict[str, Patch] = {}
        now = Patch()
        for line in _git(self.top, "diff", *_PLAIN, *_PATCH, self.base, *_PAGES).split(b"\n"):
            if line.startswith(b"diff --git "):
                now = Patch()
            elif line.startswith(b"+++ ") and not now.lines | now.edges:
                patches[self._absolute(_unquoted(line[4:]).removeprefix(b"b/"))] = now
            else:
                now.add(line)
        return patches

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

    @classmethod
    def since(cls, revision: str, selections: Sequence[Selection]) -> Changes:
        """Return which of the selected pages have changed since a revision. Raises ChangesError."""
        repositories: dict[str, Repository] = {}
        narrowed = []
        for selection in selections:
            one = Repository.around(os.path.abspath(selection.docset.pages.folder), revision)
            repository = repositories.setdefault(one.top, one)
            # Where a folder really is takes a look at all above it; few pages have the name of one that changed.
            names = set(map(os.path.basename, repository.changed))
            alike = (path for path in selection.paths if os.path.basename(path) in names)
            changed = frozenset(path for path in alike if located(path) in repository.changed)
            if changed:
                narrowed.append(replace(selection, paths=changed))
        return cls(tuple(narrowed), tuple(repositories.values()))

    def touches(self, finding: Finding) -> bool:
        """Whether a changed line is in one of the places of a finding, or was the row that it lacks."""
        if (patch := self._patch(finding.span)) and not patch.edges.isdisjoint(_lines(finding.span)):
            return True
        names = {finding.property, *_NAMED.findall(finding.message)}
        return self._has_changed(finding.span) or any(self._has_changed(one.span, names) for one in finding.related)

    def _has_changed(self, span: Span, names: Collection[str | None] = ()) -> bool:
        """Whether a line of a place has changed, or a row with one of these names was removed from its page."""
        if any(located(span.path) in repository.untracked for repository in self.repositories):
            return True
        patch = self._patch(span)
        return patch is not None and not (patch.lines.isdisjoint(_lines(span)) and patch.rows.isdisjoint(names))

    def _patch(self, span: Span) -> Patch | None:
        place = located(span.path)
        return next((patch for one in self.repositories if (patch := one.patches.get(place))), None)


def _lines(span: Span) -> range:
    return range(span.line, span.end_line + 1)
