"""The writing of comments that suppress findings: made in memory, kept only if they do that and nothing else."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from docextract.editing.manuscript import Manuscript
from docextract.editing.placement import Places
from docextract.editing.revision import revised, text_of
from docextract.findings import CheckId
from docextract.verdict.policy import running
from docextract.verdict.workers import Choice, check_pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from docextract.editing.placement import Placement
    from docextract.findings import Finding
    from docextract.markdown.page import Page
    from docextract.project.docset import Selection
    from docextract.verdict.report import Verdict

#: No comment suppresses these.
_NEVER = {
    CheckId.PAGE_UNREADABLE: "a page that cannot be read holds no comment",
    CheckId.PAGE_TOO_LARGE: "a page that is not read holds no comment",
    CheckId.PAGE_TOO_COMPLEX: "a page that is not read holds no comment",
    CheckId.UNUSED_SUPPRESSION: "mend or remove the comment",
}
#: So many times the comments of pages that do not take all of them are tried one by one.
_ROUNDS = 50


class Commented(NamedTuple):
    """A page with its texts before and after, exact to the line end, and the findings that are suppressed then."""

    path: str
    before: str
    after: str
    findings: tuple[Finding, ...]


class Suppressing(NamedTuple):
    """The pages that take comments, and the findings that are left, each with the reason."""

    pages: tuple[Commented, ...] = ()
    left: tuple[tuple[Finding, str], ...] = ()


def add_comments(
    selection: Selection, choice: Choice, findings: Iterable[Finding], reason: str = "", jobs: int = 1
) -> Suppressing:
    """Return how comments that suppress findings change the selected pages of a doc set; nothing is written.

    `findings` are those of a run with this choice of checks that are to be suppressed; those on pages that
    are not selected are passed over. Where the comments of a page would not suppress all that they should,
    or bring up anything new, those that do are kept. Of several paths of one file one is changed.
    """
    left: list[tuple[Finding, str]] = []
    by_page: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.check in _NEVER:
            left.append((finding, _NEVER[finding.check]))
        elif finding.span.path in selection.paths:
            by_page[finding.span.path].append(finding)
    drafts, files = [], set()
    for path, wanted in by_page.items():
        file = os.path.realpath(selection.docset.pages.files.get(path, path))
        text = text_of(selection.docset, path)
        if text is None:
            left.extend((finding, "the page is not UTF-8") for finding in wanted)
        elif file not in files:
            files.add(file)
            drafts.append(_draft(selection.docset.page(path), text, wanted, reason))
    _Judge(selection, _judges(selection, choice), jobs).settle(drafts)
    left.extend(
        (found, "no comment suppresses it and nothing else") for d in drafts for found in d.findings(kept=False)
    )
    pages = (Commented(d.path, d.text, d.edited(d.kept), tuple(d.findings(kept=True))) for d in drafts if d.kept)
    return Suppressing(tuple(pages), tuple(left))


def _draft(page: Page, text: str, wanted: Iterable[Finding], reason: str) -> _Draft:
    places, groups = Places(page), defaultdict(list)
    for finding in wanted:
        groups[places.place(finding)].append(finding)
    return _Draft(places, text, reason, groups)


@dataclass
class _Draft:
    """A page with findings to be suppressed, in groups that one comment suppresses, and the comments that are kept."""

    places: Places
    text: str
    reason: str
    groups: Mapping[Placement, Sequence[Finding]]
    kept: Sequence[Placement] = ()

    @property
    def path(self) -> str:
        return self.places.page.path

    def edited(self, placements: Iterable[Placement]) -> str:
        """Return the text with some comments."""
        checks = {placement: {finding.check for finding in self.groups[placement]} for placement in placements}
        return Manuscript(self.text).edited([self.places.fix(checks, self.reason)])

    def findings(self, *, kept: bool) -> Iterator[Finding]:
        """Yield the findings that the comments suppress, or the others."""
        return (found for place, group in self.groups.items() if (place in self.kept) == kept for found in group)


@dataclass(frozen=True, slots=True)
class _Judge:
    """The checks that comments must suppress, or must leave as they are."""

    selection: Selection
    choice: Choice
    jobs: int

    def settle(self, drafts: Sequence[_Draft]) -> None:
        """Try the comments of all pages together, then one by one on the pages that do not take them all."""
        before = self._checked({draft.path: draft.text for draft in drafts})
        others = self._try([(draft, list(draft.groups)) for draft in drafts], before)
        for number in range(_ROUNDS):
            trials = [(d, [*d.kept, list(d.groups)[number]]) for d in others if number < len(d.groups)]
            if not trials:
                return
            self._try(trials, before)

    def _try(self, trials: Sequence[tuple[_Draft, list[Placement]]], before: Mapping[str, Verdict]) -> list[_Draft]:
        """Keep the comments that do what they should; return the pages where they do not."""
        after = self._checked({draft.path: draft.edited(placements) for draft, placements in trials})
        wrong = []
        for draft, placements in trials:
            if _is_right(draft, placements, before[draft.path], after[draft.path]):
                draft.kept = placements
            else:
                wrong.append(draft)
        return wrong

    def _checked(self, texts: Mapping[str, str]) -> dict[str, Verdict]:
        """Return the verdicts on pages with these texts."""
        # Comments show no habits.
        changed = revised(self.selection.docset, texts, same_habits=True)
        return {verdict.path: verdict for verdict in check_pages(changed, sorted(texts), self.choice, self.jobs)}


def _judges(selection: Selection, choice: Choice) -> Choice:
    """Return the checks that run, and those that run by themselves: a comment must not break what these look at."""
    config = selection.docset.config
    both = (*running(config, choice.select, choice.ignore), *running(config))
    return Choice(tuple(sorted({check.id.value for check in both})))


def _is_right(draft: _Draft, placements: Collection[Placement], before: Verdict, after: Verdict) -> bool:
    """Whether comments suppress all findings that they are for, and bring up none.

    A comment may suppress more findings of its checks at its place, infos that were not asked for.
    """
    meant = Counter(finding.fingerprint for placement in placements for finding in draft.groups[placement])
    old, new = (Counter(finding.fingerprint for finding in verdict.findings) for verdict in (before, after))
    hidden = Counter(finding.fingerprint for finding in after.suppressed)
    return not new - (old - meant) and not meant - hidden
