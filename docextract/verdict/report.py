"""What a run passes to the renderers: its findings in order, and its figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from docextract.findings import CheckId, Severity, sort_key
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from docextract.contract.ancestry import Signature
    from docextract.findings import Finding
    from docextract.text.source import Span


class Summary(NamedTuple):
    """The figures of a run: counts that add up over pages."""

    pages: int = 0
    exchanges: int = 0
    requests: int = 0
    responses: int = 0
    annotated: int = 0
    resources: int = 0
    json_bodies: int = 0
    resolved: int = 0
    primitive: int = 0
    unresolved: int = 0
    checked: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    suppressed: int = 0
    baselined: int = 0

    def plus(self, other: Summary) -> Summary:
        """Return the sums of both, figure by figure."""
        return Summary(*map(add, self, other))

    def counting(self, findings: Iterable[Finding]) -> Summary:
        """Return these figures with the numbers of these findings, by severity."""
        severities = [finding.severity for finding in findings]
        return self._replace(
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
            infos=severities.count(Severity.INFO),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking a page: its findings and figures.

    `suppressed` are the findings that a comment on the page suppresses. `reads` are the paths of the
    other pages that it depends on; `signatures` are those of the types that the page defines.
    """

    path: str
    findings: Sequence[Finding]
    figures: Summary
    suppressed: Sequence[Finding] = ()
    reads: Collection[str] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a run, sorted, and its figures.

    Beside them stand the findings that comments on the pages suppress, and those of the baseline;
    `remarks` are sentences about what went wrong in the run and was made good.
    """

    findings: tuple[Finding, ...]
    summary: Summary
    suppressed: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    baselined: tuple[Finding, ...] = ()

    def reduced(self, keep: Collection[int], *, baselined: bool = False) -> Report:
        """Return the report with the findings at these indexes only; the others are `baselined`, or left out."""
        kept = tuple(finding for index, finding in enumerate(self.findings) if index in keep)
        aside = self.baselined
        if baselined:
            others = (finding for index, finding in enumerate(self.findings) if index not in keep)
            aside = tuple(sorted((*aside, *others), key=sort_key))
        summary = self.summary.counting(kept)._replace(baselined=len(aside))
        return replace(self, findings=kept, summary=summary, baselined=aside)

    def part(self, paths: Collection[str]) -> Report:
        """Return the report with the findings on some pages only, and none of the baseline; the figures are of all."""
        return replace(self, findings=tuple(one for one in self.findings if one.span.path in paths), baselined=())

    def with_part(self, paths: Collection[str], part: Report) -> Report:
        """Return the report with another judgement on some pages."""
        rest = (finding for finding in self.findings if finding.span.path not in paths)
        findings = tuple(sorted((*rest, *part.findings), key=sort_key))
        baselined = tuple(sorted((*self.baselined, *part.baselined), key=sort_key))
        summary = self.summary.counting(findings)._replace(baselined=len(baselined))
        return replace(self, findings=findings, summary=summary, baselined=baselined)

    def renamed(self, name: Callable[[str], str]) -> Report:
        """Return the report with other paths of its pages, in their order."""
        shown, suppressed, baselined = (
            tuple(sorted((_renamed(finding, name) for finding in part), key=sort_key))
            for part in (self.findings, self.suppressed, self.baselined)
        )
        return replace(self, findings=shown, suppressed=suppressed, baselined=baselined)

    @property
    def notices(self) -> tuple[str, ...]:
        """What may surprise in it, a sentence each."""
        lowered = sum(finding.lowered for finding in self.findings)
        what = plural(lowered, "finding")
        extract = (f"looks like an extract of a larger set: {what} lowered to info",) if lowered else ()
        return (*self.remarks, *extract)

    @property
    def failed(self) -> bool:
        """Whether docextract itself failed on a page."""
        return any(finding.check is CheckId.INTERNAL_ERROR for finding in self.findings)


def _renamed(finding: Finding, name: Callable[[str], str]) -> Finding:
    def there(span: Span) -> Span:
        return span._replace(path=name(span.path))

    fix = finding.fix and replace(finding.fix, edits=tuple(replace(e, span=there(e.span)) for e in finding.fix.edits))
    related = tuple(replace(place, span=there(place.span)) for place in finding.related)
    return replace(finding, span=there(finding.span), related=related, fix=fix)
