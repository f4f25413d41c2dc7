"""The habits of a doc set, drawn from all its pages: its host, its version, its customs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from docextract.reading.outline import Outline

#: Up to this many responses show no habit.
_FEW = 5
#: So many URLs of a host make it the usual one, so that another that is nearly the same is a slip.
_USUAL = 3
#: So many missing pages are no slips.
_MANY = 20


@dataclass(frozen=True, slots=True)
class Habits:
    """Facts about a whole doc set. A cached verdict is valid only while they are unchanged.

    `host` is the most common host of absolute request URLs: requests to another host are not the
    service's own. `version` is the API version of nearly all request URLs: 19 in 20, of a few all but
    one. `versioned` is true if nearly all URL paths begin with a version, `omits_media_types` if nine
    in ten messages are shown without a Content-Type, and `is_extract` if over a tenth of the linked
    pages are missing, and at least 20 or most, so that the doc set is part of a larger one.
    `namespace` is that of most types, case-folded. `wraps_in_value` is true if responses have members
    called `value`, or are too few to tell, `front_matter` if 19 in 20 pages begin with front matter;
    `doc_types` gives by folder the page type that two in three of its pages name. `base` is the path
    between host and version that most URLs have, on more than one page; `misspelt_hosts` are hosts of
    one URL that nearly are the usual one.
    """

    host: str | None = None
    version: str | None = None
    versioned: bool = False
    omits_media_types: bool = False
    is_extract: bool = False
    namespace: str = ""
    wraps_in_value: bool = True
    front_matter: bool = False
    doc_types: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    misspelt_hosts: tuple[str, ...] = ()

    @classmethod
    def of(cls, pages: Mapping[str, Outline], linked: Collection[str], missing: Collection[str]) -> Habits:
        """Return the habits, given the outlines of all pages, the paths that links name, and those that are missing."""
        outlines = pages.values()
        hosts = Counter(host for outline in outlines for host in outline.hosts)
        host = _most_common(hosts)
        base = _base(outlines)
        return cls(
            host,
            _usual_version(outlines),
            _is_versioned(outlines, host, base),
            _omits_media_types(outlines),
            _is_extract(len(missing), len(linked)),
            _usual_namespace(outlines),
            _wraps_in_value(outlines),
            _has_front_matter(outlines),
            dict(_doc_types(pages)),
            base,
            tuple(sorted(_misspelt(hosts, host))) if host else (),
        )


def _is_extract(missing: int, linked: int) -> bool:
    """Whether so many of the pages that links name are missing that they are no slips: a tenth of many, most of few."""
    return missing * 10 > linked and (missing >= _MANY or missing * 2 > linked)


def _most_common(counts: Counter[str]) -> str | None:
    return counts.most_common(1)[0][0] if counts else None


def _base(outlines: Iterable[Outline]) -> str:
    """Return what stands between host and version in most URLs; one page may be wrong all over."""
    pages = [{version.rpartition("/")[0] for version in outline.versions} for outline in outlines if outline.versions]
    counts = Counter(base for bases in pages for base in bases)
    base, count = counts.most_common(1)[0] if counts else ("", 0)
    return base if count > 1 and count * 2 > len(pages) else ""


def _usual_namespace(outlines: Iterable[Outline]) -> str:
    """Return the namespace of more types than any other; "" where two are equally common."""
    counts = Counter(name.rpartition(".")[0].casefold() for outline in outlines for name in outline.types)
    most = counts.most_common(2)
    return most[0][0] if len(most) == 1 or (most and most[0][1] > most[1][1]) else ""


def _usual_version(outlines: Iterable[Outline]) -> str | None:
    counts = Counter(version.rpartition("/")[2] for outline in outlines for version in outline.versions)
    if not counts:
        return None
    name, count = counts.most_common(1)[0]
    return name if _nearly_all(count, counts.total()) else None


def _is_versioned(outlines: Collection[Outline], own_host: str | None, base: str) -> bool:
    urls = sum(host == own_host for outline in outlines for host in outline.hosts)
    having = sum(version.rpartition("/")[0] == base for outline in outlines for version in outline.versions)
    return _nearly_all(having, urls)


def _nearly_all(count: int, total: int) -> bool:
    """Whether 19 in 20 are so, or all but one of a few."""
    others = total - count
    return others <= max(1, total // 20) and total > 3 * others


def _misspelt(hosts: Counter[str], usual: str) -> Iterator[str]:
    """Yield the hosts of one URL each that are a slip of the keyboard apart from the usual one.

    One label of the name differs, and not in a digit. Top-level domains and short labels differ on
    purpose.
    """
    labels = usual.split(".")
    for host, count in hosts.items():
        others = host.split(".")
        if count > 1 or hosts[usual] < _USUAL or len(others) != len(labels) or others[-1] != labels[-1]:
            continue
        apart = [pair for pair in zip(others, labels, strict=True) if pair[0] != pair[1]]
        if len(apart) == 1 and _is_slip(*apart[0]):
            yield host


def _is_slip(label: str, usual: str) -> bool:
    return label.isalpha() and min(len(label), len(usual)) >= _FEW and nearest(label, [usual]) is not None


def _omits_media_types(outlines: Collection[Outline]) -> bool:
    answers = sum(outline.answers for outline in outlines)
    return answers > _FEW and answers > 10 * sum(outline.media_types for outline in outlines)


def _wraps_in_value(outlines: Collection[Outline]) -> bool:
    answers = sum(outline.answers for outline in outlines)
    return answers <= _FEW or sum(outline.values for outline in outlines) * 20 > answers


def _has_front_matter(outlines: Collection[Outline]) -> bool:
    return len(outlines) > _FEW and sum(outline.front_matter for outline in outlines) * 20 >= len(outlines) * 19


def _doc_types(pages: Mapping[str, Outline]) -> Iterator[tuple[str, str]]:
    by_folder: dict[str, Counter[str]] = {}
    for path, outline in pages.items():
        if outline.doc_type:
            by_folder.setdefault(path.rpartition("/")[0], Counter())[outline.doc_type] += 1
    for folder, counts in by_folder.items():
        [(name, count)] = counts.most_common(1)
        if counts.total() > _FEW and count * 3 >= counts.total() * 2:
            yield folder, name
