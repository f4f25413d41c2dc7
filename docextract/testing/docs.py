"""The documentation as tests see it: its exchanges, and the door through which a real response is held against it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from docextract.extraction.choice import chosen
from docextract.extraction.fixtures import fixtures
from docextract.project.load import load
from docextract.renderers.look import Look
from docextract.testing.comparison import compare, fitting, undocumented
from docextract.testing.documented import find
from docextract.testing.received import Received
from docextract.testing.wording import worded
from docextract.verdict.linter import Linter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docextract.extraction.fixture import Fixture
    from docextract.findings import Finding
    from docextract.project.docset import DocSet, Selection
    from docextract.testing.documented import Documented


@dataclass(frozen=True)
class Docs:
    """The doc sets of folders or files."""

    selections: tuple[Selection, ...]

    @classmethod
    def load(cls, *paths: str | os.PathLike[str]) -> Self:
        """Load folders or files, by default the configured `docs`. Raises NoPagesError and ConfigError."""
        return cls(tuple(load([os.fspath(path) for path in paths])))

    @property
    def docsets(self) -> tuple[DocSet, ...]:
        """The doc sets."""
        return tuple(selection.docset for selection in self.selections)

    def fixtures(self, *, method: str | None = None, status: int | None = None) -> Iterator[Fixture]:
        """Return the documented exchanges, of one method (in any case) and one status code if these are given."""
        return chosen(fixtures(self.selections), method, status)

    def validate(self, response: object, documented: str, *, version: str | None = None) -> None:
        """Hold a response against what is documented.

        `response` is one of requests, httpx, Django, Starlette, Flask or the like, or the dict or list of a
        JSON body. `documented` is a request line, as in the documentation or as it was sent ("GET
        /users/{id}"), or the name of a type ("user", "microsoft.graph.user"), with `[]` for a collection.
        `version` is the folder of the version that is meant, where several are documented and the URL names none.

        Raises AssertionError if they contradict each other in what makes `check` fail; LookupError if nothing, or
        nothing unequivocal, is documented; TypeError for what is no response.
        """
        __tracebackhide__ = True
        received = Received.of(response)
        known = self._found(documented, version)
        findings = self._findings(received, known)
        if findings:
            raise AssertionError(worded(findings, Look(self._lines)))

    def _found(self, documented: str, version: str | None) -> Sequence[Documented]:
        key = documented, version
        if key not in self._known:
            self._known[key] = find(self.docsets, *key)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, str | None], Sequence[Documented]]:
        return {}

    def _findings(self, received: Received, known: Sequence[Documented]) -> Sequence[Finding]:
        """Return what a response contradicts: nothing, if one of the documented ones is like it."""
        candidates = fitting(received, known)
        if not candidates:
            return (undocumented(received, known),)
        found: list[Sequence[Finding]] = []
        for candidate in candidates:
            least = candidate.docset.config.fail_on
            linter = self._linters[id(candidate.docset)]
            found.append([f for f in compare(received, candidate, linter) if least is not None and f.severity >= least])
            if not found[-1]:
                break
        return min(found, key=len)

    @cached_property
    def _linters(self) -> dict[int, Linter]:
        return {id(docset): Linter(docset) for docset in self.docsets}

    def _lines(self, path: str) -> Sequence[str]:
        return next((docset.pages.lines(path) for docset in self.docsets if path in docset.pages), ())
