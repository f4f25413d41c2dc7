"""A documented exchange as writers, tests and servers receive it: with an id, a type, and all that a replay needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from docextract.contract.naming import Kind, Resolution
from docextract.contract.resolution import resolve, shows_several
from docextract.extraction.default import Defaults
from docextract.extraction.route import route
from docextract.extraction.schema_name import body_name
from docextract.extraction.side import RequestSide, ResponseSide
from docextract.reading.http_message import Request, Response

if TYPE_CHECKING:
    from docextract.project.docset import DocSet
    from docextract.reading.exchange import Exchange


@dataclass(frozen=True)
class Fixture:
    """A documented exchange, ready to be written, replayed or served.

    `id` is unique in a run regardless of case, and safe on every system as the path of a file below a
    folder. `docset` is that of its page; `scope` tells it from others of the run, which may have types of
    the same names. `base_url` stands before relative URLs. `defaults` are those of its run,
    in which it has a `number`.
    """

    id: str
    exchange: Exchange
    docset: DocSet = field(repr=False)
    base_url: str | None = None
    scope: str = ""
    defaults: Defaults = field(default_factory=Defaults, repr=False, compare=False)
    number: int = field(default=-1, repr=False)

    @cached_property
    def resolution(self) -> Resolution | None:
        """The type that the body of the response should have, and how that is known; None without a response."""
        response = self.exchange.response
        return resolve(self.exchange, response, self.docset.registry) if response else None

    @property
    def default(self) -> bool:
        """Whether it is, among the exchanges of a run that ask the same, the one that a mock server answers with."""
        return self.number in self.defaults

    @property
    def page(self) -> str:
        """The path of its page, relative to the working directory."""
        return self.exchange.path

    @property
    def title(self) -> str:
        """The heading of the example, else that of the page."""
        return self.exchange.title

    @cached_property
    def request(self) -> RequestSide | None:
        """The request, or the path template where the page has one and no other request; None if there is none."""
        message, templates = self.exchange.request, self.exchange.operation.templates
        http = message.http if message else templates[0] if len(templates) == 1 else None
        if not isinstance(http, Request):
            return None
        return RequestSide(http, message is not None and message.ignored, base_url=self.base_url)

    @cached_property
    def response(self) -> ResponseSide | None:
        """The response; None if the page shows none."""
        message = self.exchange.response
        http = message.http if message else None
        return ResponseSide(http, message.ignored) if message and isinstance(http, Response) else None

    @property
    def annotated(self) -> bool:
        """Whether an annotation marks the request or the response."""
        return self.exchange.annotated

    @property
    def ignored(self) -> bool:
        """Whether the annotation of one of its sides says that checks ignore it."""
        return any(side.ignored for side in (self.request, self.response) if side)

    @property
    def foreign(self) -> bool:
        """Whether the request goes to another host than the service's: a call back, a login."""
        return self.exchange.foreign

    @property
    def truncated(self) -> bool:
        """Whether the body of the response may show less than everything."""
        response = self.exchange.response
        return response is not None and response.http.body is not None and response.truncated

    @property
    def recovered(self) -> bool:
        """Whether a body is not the text on the page, which is not JSON, but what was meant."""
        return any(side.recovered for side in (self.request, self.response) if side)

    @property
    def templates(self) -> tuple[str, ...]:
        """The path templates of the page, each once."""
        return tuple(dict.fromkeys(template.url for template in self.exchange.operation.templates if template.url))

    @property
    def route(self) -> str | None:
        """The path of the request with a variable in braces for each part that differs from call to call."""
        path = self.request.path if self.request else None
        return route(path, self.templates) if path is not None else None

    @property
    def method(self) -> str | None:
        """The method of the request."""
        return self.request.method if self.request else None

    @property
    def url(self) -> str | None:
        """The URL of the request as shown on the page; absolute if there is a base URL."""
        return self.request.url if self.request else None

    @property
    def status(self) -> int | None:
        """The status code of the response."""
        return self.response.status if self.response else None

    @property
    def type(self) -> str | None:
        """The full name of the type of the response's body, or of its items if it is a collection."""
        known = self.resolution
        if known is None or known.kind is Kind.NOTHING:
            return None
        return (known.types[0].name if known.kind in (Kind.TYPE, Kind.OWN_TABLE) else known.name.lstrip("#")) or None

    @property
    def collection(self) -> bool | None:
        """Whether the response shows several of its type: as the page says, else by the shape of the body.

        None without a type.
        """
        response = self.exchange.response
        if self.resolution is None or response is None or self.type is None:
            return None
        return shows_several(response, self.resolution)

    @property
    def schema(self) -> str | None:
        """The name in the bundle of schemas of what the body of the response is held against; None if nothing is."""
        return body_name(self)
