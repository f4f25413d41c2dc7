"""A documented exchange as the server sees it: what a request must have to be the documented one, and its answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from docextract.extraction.pattern import Pattern
from docextract.extraction.route import routes
from docextract.extraction.url import split
from docextract.serving.asked import conditions
from docextract.serving.target import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.extraction.fixture import Fixture
    from docextract.extraction.side import RequestSide
    from docextract.serving.asked import Asked
    from docextract.text.json_values import JSONValue
    from docextract.writers.replay import Replay


class Option(NamedTuple):
    """A query option of a documented request; placeholders in its value stand for anything."""

    name: str
    value: str
    pattern: Pattern

    def fits(self, name: str, value: str) -> bool:
        """Whether an option of a request, with its name as `option_name` gives it, is this one."""
        return name == self.name and (value == self.value or self.pattern.fits(value))


def option_name(name: str) -> str:
    """Return the name of a query option: OData 4.01 (URL Conventions, section 5) lets case and `$` go."""
    return name.removeprefix("$").casefold()


class Likeness(NamedTuple):
    """How far a request is from a documented one, the nearest first.

    Documented query options that it lacks, and those that it has, the latter negative; whether the body is
    another, holds more, or is not shown; whether path or body are spelled otherwise; the conditions in the header
    that it has, negative; whether the answer is a failure; the conditions that it lacks.
    """

    missing: int
    had: int
    body: int
    spelling: bool
    met: int
    fails: bool
    unmet: int


#: The bodies are equal; the one received holds more members; none is documented; they differ.
EQUAL, MORE, UNSHOWN, OTHER = range(4)


@dataclass(frozen=True)
class Example:
    """A documented exchange. `replay` is its answer; None if the page shows none that can be sent."""

    fixture: Fixture
    request: RequestSide
    replay: Replay | None

    @cached_property
    def method(self) -> str:
        """The method, in capitals."""
        return (self.request.method or "").upper()

    @cached_property
    def target(self) -> Target:
        """The target of the documented request."""
        return Target.of(self.request.encoded_url or "")

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The query options of the documented request."""
        return tuple(Option(option_name(name), value, Pattern.of(value)) for name, value in self.target.query)

    @cached_property
    def _conditions(self) -> frozenset[tuple[str, str]]:
        return conditions(self.request.headers)

    @property
    def is_relative(self) -> bool:
        """Whether the page leaves it to others to say where the service is, and perhaps in which version."""
        return self.request.host is None

    @property
    def version(self) -> str | None:
        """The version of the service that its page is of, in lower case."""
        known = self.fixture.docset.catalogue.version(self.fixture.exchange.path)
        return known.casefold() if known else None

    @cached_property
    def routes(self) -> tuple[str, ...]:
        """The paths with variables that it answers: its own, and the other templates of its page."""
        templates = self.fixture.exchange.operation.templates
        own = (one.url for one in templates if one.url and (one.method or "").upper() == self.method)
        return routes(split(self.request.url or "").path, dict.fromkeys(own))

    @property
    def names(self) -> Iterator[str]:
        """The names by which it can be preferred, in lower case: its id, the last part of it, its title."""
        identifier = self.fixture.id.casefold()
        yield from (identifier, identifier.rpartition("/")[2], self.fixture.title.casefold())

    @property
    def status(self) -> int | None:
        """The status code of its answer; None without one."""
        return self.replay.status if self.replay else None

    @property
    def _fails(self) -> bool:
        return (self.status or 0) // 100 != 2

    def likeness(self, asked: Asked) -> Likeness:
        """Return how far a request for one of its routes is from the documented one."""
        given = [(option_name(name), value) for name, value in asked.target.query]
        had = sum(any(option.fits(*one) for one in given) for option in self.options)
        spelled = asked.target.segments == self.target.segments and asked.text.strip() == self._text
        met = len(self._conditions & asked.conditions)
        unmet = len(self._conditions) - met
        return Likeness(len(self.options) - had, -had, self._body(asked), not spelled, -met, self._fails, unmet)

    @cached_property
    def _text(self) -> str:
        return self.request.replayed_text.strip()

    def shows(self, asked: Asked) -> bool:
        """Whether a request has the method and the body of the documented one."""
        return self.method == asked.method and self._body(asked) == EQUAL

    def _body(self, asked: Asked) -> int:
        side = self.request
        if not side.has_body:
            return UNSHOWN if asked.text else EQUAL
        if not side.has_json or not asked.has_json or asked.malformed:
            return EQUAL if asked.text.strip() == self._text else OTHER
        if same(asked.json, side.body):
            return EQUAL
        return MORE if holds(asked.json, side.body) else OTHER


def same(left: JSONValue, right: JSONValue) -> bool:
    """Whether two JSON values are equal; for Python, true is 1."""
    return left == right and json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


def holds(value: JSONValue, part: JSONValue) -> bool:
    """Whether a JSON value has all members that another one has, with values that have theirs."""
    if isinstance(part, dict):
        return isinstance(value, dict) and all(
            name in value and holds(value[name], inner) for name, inner in part.items()
        )
    if isinstance(part, list):
        return isinstance(value, list) and len(value) == len(part) and all(map(holds, value, part))
    return value == part and isinstance(value, bool) == isinstance(part, bool)
