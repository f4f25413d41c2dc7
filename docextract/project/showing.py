"""Which pages may show the types of some pages: told by their texts, of which few need be parsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docextract.reading.base_types import words
from docextract.reading.type_names import stem_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from docextract.project.docset import DocSet


def showing(docset: DocSet, defining: Collection[str], among: Iterable[str]) -> set[str]:
    """Return the pages, of those given, that may show a type or an enum that some pages define.

    A page shows a type if it names it, or names a type that has a member of it or derives from it. So does a
    page of types whose file has a name that nothing defines, but one of the pages that define mentions.
    """
    # A name that a reader takes for a type stands in a cell, a link, quotes or marks, not between the words of a
    # sentence: without blanks these words are not there. The text of a link may have the name with blanks.
    squeezed = {path: docset.catalogue.text(path).casefold().replace(" ", "") for path in among}
    shown = _named_after(docset, defining, squeezed)
    ahead = {name.rpartition(".")[2] for path in defining for name in _names(docset, path)}
    seen = set(ahead)
    while ahead:
        name = ahead.pop()
        alone = re.compile(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])")
        # To find it in a text at all is quick.
        near = [path for path, text in squeezed.items() if name in text and alone.search(text)]
        new = {heir for path in near for heir in _made_of(docset, path, name)} - seen
        shown.update(near)
        seen |= new
        ahead |= new
    return shown


def _names(docset: DocSet, path: str) -> Iterator[str]:
    """Yield the names of the types and enums that a page defines, case-folded."""
    outline = docset.catalogue.index.pages.get(path)
    for name in (*outline.types, *outline.enums) if outline else ():
        yield name.casefold()


def _made_of(docset: DocSet, path: str, name: str) -> Iterator[str]:
    """Yield the last segments of the types of a page that have a member of a type, or derive from it."""
    index = docset.catalogue.index
    if not index.pages.get(path):
        return
    for signature in docset.signatures(path):
        key = signature.name.casefold()
        bases = (base for named in (*signature.bases, index.bases_of(docset.root(path), key)) for base in named)
        if name in signature.mentions or name in (base.rpartition(".")[2].casefold() for base in bases):
            yield key.rpartition(".")[2]


def _named_after(docset: DocSet, defining: Iterable[str], among: Iterable[str]) -> set[str]:
    """Return the pages of types with the name of a type that nothing defines, but some pages mention."""
    catalogue = docset.catalogue
    known = {name.rpartition(".")[2] for _, name in (*catalogue.index.types, *catalogue.index.enums)}
    mentioned = set().union(*(words(catalogue.text(path)) for path in defining)) - known
    return {path for path in among if catalogue.outline(path).defines_types and stem_of(path) in mentioned}
