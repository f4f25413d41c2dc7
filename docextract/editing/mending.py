"""The mending of pages: fixes are made in memory, and kept only if no page checks worse with them.

What is promised: a page is changed only where a fix says so. With all changes of a run in place, each
page that was changed is no worse than before. Neither is any other selected page, which is checked
again if a changed page defines types, or if a scan of its text, from which names and habits are known,
finds something else. Mending goes on until no fix is left to make, so to mend again changes nothing.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from docextract.editing.manuscript import Manuscript
from docextract.editing.revision import revised, text_of
from docextract.findings import Severity
from docextract.verdict.policy import running
from docextract.verdict.workers import Choice, check_pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from docextract.findings import CheckId, Finding, Fix
    from docextract.project.docset import Selection
    from docextract.verdict.report import Verdict

#: Of a body with many defects, twenty are told, and mended, at a time.
_ROUNDS = 100
#: So many times the pages that make others worse are looked for; then all are left as they were.
_TRIALS = 4


class Wanted(NamedTuple):
    """Which fixes are to be made: those of some checks or all, and unsafe ones only if they are wanted too."""

    checks: frozenset[str] = frozenset()
    unsafe: bool = False

    def takes(self, finding: Finding) -> bool:
        """Whether a finding has a fix that is to be made."""
        fix = finding.fix
        return fix is not None and (fix.safe or self.unsafe) and finding.check in self.checks


class Mended(NamedTuple):
    """A page with its texts before and after, exact to the line end, and the number of findings that are fixed."""

    path: str
    before: str
    after: str
    fixed: int


@dataclass(frozen=True, slots=True)
class Mending:
    """The mended pages of a doc set; the fixes that pages would be worse with; the pages that are not UTF-8."""

    pages: tuple[Mended, ...] = ()
    refused: int = 0
    undecoded: tuple[str, ...] = ()


def is_worse(before: Iterable[Finding], after: Iterable[Finding]) -> bool:
    """Whether a page checks worse than before.

    It does if it has more errors, or more errors and warnings together, or if a check finds there what
    is more severe than all that it found before; new infos count for nothing.
    """
    old, new = ([f for f in findings if f.severity >= Severity.WARNING] for findings in (before, after))
    worst: dict[CheckId, Severity] = {}
    for finding in old:
        worst[finding.check] = max(finding.severity, worst.get(finding.check, finding.severity))
    more_errors = sum(f.severity is Severity.ERROR for f in new) > sum(f.severity is Severity.ERROR for f in old)
    return more_errors or len(new) > len(old) or any(f.severity > worst.get(f.check, 0) for f in new)


def mend(selection: Selection, wanted: Wanted, choice: Choice, findings: Iterable[Finding], jobs: int = 1) -> Mending:
    """Return how the fixes that are wanted change the selected pages of a doc set; nothing is written.

    `findings` are those of a run with this choice of checks; only checks that ran fix anything, but pages
    are judged by all checks that the configuration leaves on. Of several pages that are one file, by
    links, one is mended.
    """
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.span.path].append(finding)
    config = selection.docset.config
    chosen = {check.id.value for check in running(config, choice.select, choice.ignore)}
    judges = chosen | {check.id.value for check in running(config)}
    wanted = wanted._replace(checks=frozenset(wanted.checks & chosen if wanted.checks else chosen))
    whole = judges == chosen
    mender = _Mender(selection, wanted, choice if whole else Choice(tuple(sorted(judges))), found, whole, jobs)
    mender.run()
    return mender.mending()


@dataclass
class _Mender:
    """The texts of one doc set while they are mended; `before` are those of the files.

    `found` are the findings by page, all that count if `whole`.
    """

    selection: Selection
    wanted: Wanted
    choice: Choice
    found: Mapping[str, Sequence[Finding]]
    whole: bool
    jobs: int
    before: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    fixed: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    barred: set[str] = field(default_factory=set)
    undecoded: set[str] = field(default_factory=set)
    refused: int = 0
    taken_back: int = 0

    def mending(self) -> Mending:
        changed = [path for path in sorted(self.changed()) if path not in self._twins]
        pages = tuple(Mended(path, self.before[path], self.texts[path], self.fixed[path]) for path in changed)
        return Mending(pages, self.refused + self.taken_back, tuple(sorted(self.undecoded)))

    def changed(self) -> set[str]:
        return {path for path, text in self.texts.items() if text != self.before[path]}

    def run(self) -> None:
        """Make fixes until none is left that may be made."""
        paths = self._to_mend(self.found)
        verdicts = self._checked(paths, self.texts)
        for _ in range(_ROUNDS):
            if not self._settle({path: verdict.findings for path, verdict in verdicts.items()}):
                return
            verdicts = self._reconsidered()

    def _to_mend(self, found: Mapping[str, Sequence[Finding]]) -> list[str]:
        """Return the pages that have fixes to be made, all of them read."""
        others = self.barred | self._twins
        pages = [path for path in found if path in self.selection.paths and path not in others]
        return [path for path in pages if any(map(self.wanted.takes, found[path])) and self._read(path)]

    def _read(self, path: str) -> bool:
        """Read a page as it is in its file; return whether that is UTF-8."""
        if path not in self.before:
            text = text_of(self.selection.docset, path)
            if text is None:
                self.undecoded.add(path)
                return False
            self.before.update(self._in_all(path, text))
            self.texts.update(self._in_all(path, text))
        return True

    @cached_property
    def _same(self) -> dict[str, list[str]]:
        """The pages that are one file with others, by the one of them that is mended."""
        files = defaultdict(list)
        for path, file in self.selection.docset.pages.files.items():
            files[os.path.realpath(file)].append(path)
        groups: dict[str, list[str]] = {}
        for real, paths in files.items():
            if len(paths) > 1:
                chosen = sorted(path for path in paths if path in self.selection.paths)
                own = [path for path in chosen if self.selection.docset.pages.files[path] == real]
                groups.update(dict.fromkeys((own or chosen)[:1], paths))
        return groups

    @cached_property
    def _twins(self) -> set[str]:
        """The pages that are mended under another path."""
        return {path for first, paths in self._same.items() for path in paths if path != first}

    def _in_all(self, path: str, text: str) -> dict[str, str]:
        return dict.fromkeys(self._same.get(path, (path,)), text)

    def _checked(self, paths: Iterable[str], texts: Mapping[str, str]) -> dict[str, Verdict]:
        """Return the verdicts on pages in a doc set with other texts."""
        docset = revised(self.selection.docset, texts)
        return {verdict.path: verdict for verdict in check_pages(docset, sorted(paths), self.choice, self.jobs)}

    # Round by round

    def _settle(self, found: Mapping[str, Sequence[Finding]]) -> bool:
        """Make the fixes of findings, and those of what is found then; return whether any text changed."""
        changed = False
        for _ in range(_ROUNDS):
            later = self._round({path: found[path] for path in self._to_mend(found)})
            if not later:
                break
            found, changed = {**found, **later}, True
        return changed

    def _round(self, found: Mapping[str, Sequence[Finding]]) -> dict[str, Sequence[Finding]]:
        """Make fixes once on each page; return what is then found on the pages that change."""
        manuscripts = {path: Manuscript(self.texts[path]) for path in found}
        fixes = {path: manuscripts[path].apart(self._fixes(findings)) for path, findings in found.items()}
        trial = dict(self.texts)
        for path in found:
            trial.update(self._in_all(path, manuscripts[path].edited(fixes[path])))
        verdicts = self._checked(found, trial)
        self.refused, later = 0, {}
        for path, findings in found.items():
            page = _Trial(self, path, manuscripts[path], findings, trial)
            kept = fixes[path]
            if is_worse(findings, verdicts[path].findings):
                kept = page.bearable([], kept)
            self.refused += len(fixes[path]) - len(kept)
            if kept:
                later[path] = page.findings if len(kept) < len(fixes[path]) else verdicts[path].findings
                self.fixed[path] += len(kept)
            trial.update(self._in_all(path, manuscripts[path].edited(kept)))
        self.texts = trial
        return later

    def _fixes(self, findings: Iterable[Finding]) -> Iterable[Fix]:
        return (finding.fix for finding in findings if finding.fix and self.wanted.takes(finding))

    # All together

    def _reconsidered(self) -> dict[str, Verdict]:
        """Return the verdicts on all pages that changes may touch, once no page is worse with them."""
        for trial in range(_TRIALS + 2):
            verdicts = self._checked(self._touched(), self.texts)
            worse = [verdict for path, verdict in verdicts.items() if is_worse(self._first[path], verdict.findings)]
            if not worse:
                break
            for path in self._behind(worse) if trial < _TRIALS else self.changed():
                self._take_back(path)
        return verdicts

    def _touched(self) -> Collection[str]:
        """Return the selected pages on which something else may be found after the changes."""
        changed, catalogue = self.changed(), revised(self.selection.docset, self.texts).catalogue
        for path in changed:
            outline = catalogue.outline(path)
            if outline.defines_types or outline.enums or outline != self.selection.docset.catalogue.outline(path):
                return self.selection.paths
        return changed & self.selection.paths

    @cached_property
    def _first(self) -> Mapping[str, Sequence[Finding]]:
        """What is found on the selected pages as they are in their files."""
        paths = self.before.keys() & self.selection.paths if self.whole else self.selection.paths
        verdicts = self._checked(paths, self.before)
        return defaultdict(tuple, {**self.found, **{path: verdict.findings for path, verdict in verdicts.items()}})

    def _behind(self, worse: Iterable[Verdict]) -> set[str]:
        """Return the changed pages that make others worse: what these read, else they themselves, else all."""
        changed = self.changed()
        read = {path for verdict in worse for path in verdict.reads} & changed
        return read or {verdict.path for verdict in worse} & changed or changed

    def _take_back(self, path: str) -> None:
        first = next((first for first, paths in self._same.items() if path in paths), path)
        self.taken_back += self.fixed.pop(first, 0)
        self.barred.add(first)
        self.texts.update(self._in_all(first, self.before[first]))


@dataclass
class _Trial:
    """One page whose fixes are tried one by one, because it checks worse with all of them."""

    mender: _Mender
    path: str
    manuscript: Manuscript
    findings: Sequence[Finding]
    texts: Mapping[str, str]

    def bearable(self, kept: list[Fix], fixes: list[Fix]) -> list[Fix]:
        """Return the fixes that are kept already, and those of others with which the page is not worse."""
        if not fixes:
            return kept
        texts = {**self.texts, **self.mender._in_all(self.path, self.manuscript.edited([*kept, *fixes]))}
        found = self.mender._checked([self.path], texts)[self.path].findings
        if not is_worse(self.findings, found):
            self.findings = found
            return [*kept, *fixes]
        if len(fixes) == 1:
            return kept
        half = len(fixes) // 2
        return self.bearable(self.bearable(kept, fixes[:half]), fixes[half:])
