"""What the server answers to a request, whatever brings it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from docextract.extraction.fixtures import fixtures
from docextract.serving.answer import Answer, documented
from docextract.serving.cors import is_preflight, permitted, shared
from docextract.serving.host import is_loopback, is_meant
from docextract.serving.index import Index
from docextract.serving.preference import Preference
from docextract.serving.problem import contradicting, problem, unknown_method, unknown_path
from docextract.serving.routes import Routes
from docextract.testing.request import contradictions
from docextract.verdict.linter import Linter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docextract.project.docset import Selection
    from docextract.serving.asked import Asked
    from docextract.serving.routes import Candidate

#: Bytes of a body that are held against the tables: more take seconds.
_LONGEST = 1_000_000


@dataclass(frozen=True)
class Service:
    """The documented exchanges of doc sets, ready to be asked for.

    `host` is the name or address that the server is bound to. `validates` says that bodies of requests are
    held against the tables.
    """

    routes: Routes
    host: str
    validates: bool
    linters: Mapping[int, Linter] = field(repr=False)

    @classmethod
    def of(cls, selections: Sequence[Selection], *, host: str, base: str = "", validates: bool = True) -> Service:
        """Make the service of the selected pages; `base` is a path that clients put before those of the pages."""
        linters = {id(selection.docset): Linter(selection.docset) for selection in selections}
        return cls(Routes(fixtures(selections), base), host, validates, linters)

    def refuses(self, headers: Mapping[str, str]) -> Answer | None:
        """Return the answer to a request for another server; None if it is for this one."""
        name = headers.get("host")
        if name is None or not is_loopback(self.host) or is_meant(name, self.host):
            return None
        detail = "this server is bound to loopback and answers to localhost only; --host binds it to another name"
        return problem(421, detail)

    @cached_property
    def index(self) -> Index:
        """The list of all routes."""
        return Index(self.routes)

    def takes_time(self, asked: Asked) -> bool:
        """Whether the answer to a request may take more than a moment: it has a body, or is for the list."""
        return bool(asked.body) or self.index.may_be_asked(asked)

    def answer(self, asked: Asked) -> Answer:
        """Return the answer to a request; to one that takes time, only in one thread at a time."""
        candidates = self.routes.candidates(asked.target)
        if self.index.is_asked(asked, candidates):
            return self.index.answer(asked)
        return shared(self._answer(asked, candidates), asked.headers)

    def _answer(self, asked: Asked, candidates: Sequence[Candidate]) -> Answer:
        if not candidates:
            return unknown_path(asked.target.path, self.routes.nearest(asked.target))
        preferred = Preference.of(asked.headers.get("prefer", ""))
        chosen = self.routes.choose(candidates, asked, preferred)
        allowed = _methods(candidates)
        if asked.method == "OPTIONS" and (chosen is None or is_preflight(asked.method, asked.headers)):
            answer = Answer(204, (("Allow", ", ".join(allowed)),), told=_route(candidates[0]))
            return permitted(answer, asked.headers, allowed)
        if chosen is None:
            return unknown_method(asked.method, asked.target.path, allowed, _route(candidates[0]))
        # What a page itself shows is right, whatever the tables say.
        is_shown = any(one.example.shows(asked) for one in candidates)
        wrong = self._wrong(asked, chosen) if asked.text and self.validates and not is_shown else None
        return wrong or _shown(chosen, preferred)

    def _wrong(self, asked: Asked, chosen: Candidate) -> Answer | None:
        """Return what is wrong with the body of a request; a very long one is only read."""
        if asked.malformed:
            return problem(400, asked.malformed, _route(chosen))
        if not asked.has_json or len(asked.body) > _LONGEST:
            return None
        fixture = chosen.example.fixture
        found = contradictions(asked.http, fixture.exchange, self.linters[id(fixture.docset)])
        return contradicting(found, _route(chosen)) if found else None


def _shown(chosen: Candidate, preferred: Preference) -> Answer:
    """Return the answer of an example."""
    example = chosen.example
    if example.replay is None:
        place = f"line {example.request.line} of {example.fixture.page}"
        return problem(501, f"the page shows no response to this request: {place}", _route(chosen))
    answer = documented(example.replay, _route(chosen))
    return answer.plus(("Preference-Applied", preferred.applied(example))) if preferred.is_met_by(example) else answer


def _methods(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the methods of a path; HEAD is that of any GET (RFC 9110, section 9.3.2)."""
    found = {candidate.example.method for candidate in candidates}
    return tuple(sorted({*found, *(("HEAD",) if "GET" in found else ()), "OPTIONS"}))


def _route(candidate: Candidate) -> str:
    return candidate.example.routes[0]
