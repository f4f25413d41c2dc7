"""A doc set some of whose pages have other texts, without reading the others again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docextract.project.catalogue import Catalogue
from docextract.project.docset import DocSet

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from docextract.contract.ancestry import Signature
    from docextract.project.habits import Habits
    from docextract.reading.outline import Outline


def text_of(docset: DocSet, path: str) -> str | None:
    """Return the text of a page exactly as it is in its file; "" if it cannot be read, None if it is not UTF-8."""
    data = docset.pages.read(path)
    try:
        return data.decode("utf-8") if isinstance(data, bytes) else ""
    except UnicodeDecodeError:
        return None


def revised(docset: DocSet, texts: Mapping[str, str], *, same_habits: bool = False) -> DocSet:
    """Return a doc set with other texts of some pages; with `same_habits` they cannot change what pages usually do."""
    pages = replace(docset.pages, texts={**docset.pages.texts, **texts})
    return DocSet(Catalogue(pages, _Known(docset, texts.keys(), same_habits)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the pages whose texts are the same."""

    docset: DocSet
    changed: Collection[str]
    same_habits: bool

    def outline(self, path: str) -> Outline | None:
        return None if path in self.changed else self.docset.catalogue.outline(path)

    def signatures(self, path: str) -> tuple[Signature, ...] | None:
        return None if path in self.changed else self.docset.signatures(path)

    def habits(self, _: Catalogue) -> Habits | None:
        return self.docset.habits if self.same_habits else None
