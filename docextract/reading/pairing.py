"""Which blocks of a page are messages, and which response answers which request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.findings import CheckId, Defect, Related
from docextract.markdown.zone import apart
from docextract.reading.exchange import Exchange, Message, PageExchanges
from docextract.reading.exchange_name import exchange_names
from docextract.reading.loose_json import with_loose_json
from docextract.reading.operation import Operation, read_operation
from docextract.reading.path_template import host
from docextract.reading.recognition import mislabelled, read_message, whole
from docextract.reading.template import path_templates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docextract.markdown.heading import Heading
    from docextract.markdown.page import Page
    from docextract.markdown.zone import Zone
    from docextract.reading.exchange import Pair


def read_exchanges(page: Page, page_id: str, own_host: str | None = None) -> PageExchanges:
    """Read and pair the messages of a page; ids begin with the page's.

    `own_host` is that of the service; requests to others are foreign.
    """
    defects: list[Defect] = []
    found = [message for block in page.blocks if (message := read_message(page, block, defects))]
    templates = path_templates(page, found)
    kept = {id(message) for message in templates}
    shown = [part for message in found if id(message) not in kept for part in whole(message, defects)]
    messages = list(with_loose_json(page, shown, templates, defects))
    for message in messages:
        if not message.ignored:
            defects.extend(message.http.defects)
            defects.extend(filter(None, [mislabelled(message)]))
    operation = read_operation(page, templates)
    pairs = list(_pairs(messages, defects))
    sections = _sections_of_partners(pairs)
    exchanges = tuple(
        Exchange(
            f"{page_id}/{name}",
            page.path,
            request,
            response,
            operation,
            _foreign(request, operation, own_host),
            _is_secondary(request, response, sections),
        )
        for (request, response), name in zip(pairs, exchange_names(pairs), strict=True)
    )
    return PageExchanges(exchanges, tuple(messages), operation, (*defects, *operation.defects))


def _sections_of_partners(pairs: list[Pair]) -> Mapping[int, set[tuple[Heading, ...]]]:
    """Return by the ids of annotated messages where their annotated partners stand."""
    sections: dict[int, set[tuple[Heading, ...]]] = {}
    for request, response in pairs:
        if request and response and request.annotated and response.annotated:
            sections.setdefault(id(request), set()).add(response.block.headings)
            sections.setdefault(id(response), set()).add(request.block.headings)
    return sections


def _is_secondary(
    request: Message | None, response: Message | None, sections: Mapping[int, set[tuple[Heading, ...]]]
) -> bool:
    """Whether a bare message is another way to ask for an annotated response, or an answer in a section of its own."""
    if not request or not response or request.annotated == response.annotated:
        return False
    if response.annotated:
        return id(response) in sections
    return id(request) in sections and response.block.headings not in sections[id(request)]


def _foreign(request: Message | None, operation: Operation, own_host: str | None) -> bool:
    other = host(request.url or "") if request else None
    if other is None or own_host is None or other == own_host:
        return False
    return all(host(template.url or "") != other for template in operation.templates)


def _pairs(messages: list[Message], defects: list[Defect]) -> Iterator[Pair]:
    """Pair by array names, then by name, then with the nearest preceding request; what is ignored makes no pair."""
    pairs = _Pairing(messages, defects).pairs()
    shown = {id(message) for pair in pairs if not any(m.ignored for m in pair if m) for message in pair if message}
    for pair in pairs:
        sides = [message for message in pair if message]
        # An ignored message is shown with its partner, but not beside another one of that.
        if not all(message.ignored for message in sides) and not (
            any(message.ignored for message in sides) and any(id(message) in shown for message in sides)
        ):
            yield pair


class _Pairing:
    """Finds the requests that each response of a page answers."""

    def __init__(self, messages: list[Message], defects: list[Defect]) -> None:
        self._messages = messages
        self._defects = defects
        self._by_name: dict[str, list[Message]] = {}
        for message in messages:
            for name in () if message.is_response else message.names:
                self._by_name.setdefault(name, []).append(message)
        self._called = {name for message in messages if message.is_response for name in message.names}
        #: The names of the responses to each request so far, by the request's id.
        self._answers: dict[int, set[str]] = {}
        #: The requests that stand together above the response that is looked at.
        self._above: list[Message] = []
        self._places: dict[int, int] = {}
        #: Which of them a response of either kind answers, by its zones.
        self._found: dict[tuple[bool, tuple[Zone, ...]], list[Message]] = {}

    def pairs(self) -> list[Pair]:
        """Return all pairs in the order of the page; a message without a partner has a pair of its own."""
        pairs: list[Pair] = []
        after_response = False
        for message in self._messages:
            if message.is_response:
                pairs.extend((request, message) for request in self._requests_of(message))
            else:
                if after_response:
                    self._above.clear()
                self._found.clear()
                self._places[id(message)] = len(self._above)
                self._above.append(message)
            after_response = message.is_response
        lonely = [m for m in self._messages if not m.is_response and id(m) not in self._answers]
        pairs.extend((request, None) for request in lonely)
        pairs.sort(key=lambda pair: min(m.span.line for m in pair if m))
        return pairs

    def _requests_of(self, response: Message) -> list[Message | None]:
        named = {id(m): m for name in response.names if (m := self._named(name, response))}
        if not named:
            self._report_unknown(response)
        if named and not self._repeats(response, named):
            requests = [other for request in named.values() for other in self._with_alternatives(request)]
        else:
            requests = self._asked(response)
        for request in requests:
            self._answers.setdefault(id(request), set()).update(response.names)
        return [*requests] or [None]

    def _named(self, name: str, response: Message) -> Message | None:
        """Return the first request of a name that is shown together with a response."""
        return next((request for request in self._by_name.get(name, ()) if _are_together(request, response)), None)

    def _report_unknown(self, response: Message) -> None:
        if response.names and response.annotation and self._by_name and not response.ignored:
            message = f"response names {response.names[0]!r}, but no request of this page has that name"
            known = ", ".join(repr(name) for name in list(self._by_name)[:5])
            where = response.annotation.span("name")
            self._defects.append(Defect(CheckId.UNKNOWN_NAME, f"{message}; it has {known}", where))

    def _asked(self, response: Message) -> list[Message]:
        """Return the nearest request above a response, or the annotated one whose alternatives stand between.

        Where readers see one of several zones, that is one in each.
        """
        kind = (response.annotated, response.block.zones)
        if kind not in self._found:
            nearest: list[Message] = []
            for request in reversed(self._above):
                if _are_together(request, response) and not any(_are_together(request, other) for other in nearest):
                    nearest.append(request)
                    if not request.block.zones:
                        break
            self._found[kind] = [request for last in nearest for request in self._led_by_annotated(last, response)]
        return self._found[kind]

    def _led_by_annotated(self, last: Message, response: Message) -> list[Message]:
        for request in reversed(self._above[: self._places[id(last)] + 1]):
            if _leads(request, last):
                found = self._with_alternatives(request)
                return found if any(other is last for other in found) else [last]
            if request.annotated or not (response.annotated or request.ignored or not request.first):
                break
        return [last]

    def _with_alternatives(self, request: Message) -> list[Message]:
        """Return a request with the ones directly below it that are shown as other ways to ask the same."""
        at = self._places.get(id(request), len(self._above))
        if at >= len(self._above) or self._above[at] is not request:
            return [request]
        below = self._above[at + 1 :]
        return [request, *below] if all(_leads(request, other) for other in below) else [request]

    def _repeats(self, response: Message, named: dict[int, Message]) -> bool:
        """Report a response whose name is that of an earlier one, while the request above has no response.

        In: the requests of its name. Out: whether it is so; the response then answers the request above.
        """
        above = self._above[-1] if self._above else None
        if above is None or not response.annotated or not above.annotated or not above.names or id(above) in named:
            return False
        repeated = set(response.names).intersection(*(self._answers.get(request, ()) for request in named))
        if not repeated or id(above) in self._answers or self._called.intersection(above.names):
            return False
        self._report_repeated(response, sorted(repeated)[0], above)
        return True

    def _report_repeated(self, response: Message, name: str, above: Message) -> None:
        first = next(message for message in self._messages if message.is_response and name in message.names)
        places = ((first, "the first one"), (above, "the request above it"))
        related = tuple(Related(m.annotation.span("name"), text) for m, text in places if m.annotation)
        text = f"response name '{name}' occurs twice on this page, and the request above is named '{above.names[0]}'"
        if response.annotation:
            self._defects.append(Defect(CheckId.DUPLICATE_NAME, text, response.annotation.span("name"), related))


def _leads(request: Message, other: Message) -> bool:
    """Whether a request below another one only shows how else to ask the same.

    So it is where the first one alone is annotated and both stand in one section, or in one code block.
    """
    if other.annotated or not _are_together(request, other):
        return False
    if other.block is request.block:
        return request.first and not other.first
    return request.annotated and other.block.headings == request.block.headings


def _are_together(one: Message, other: Message) -> bool:
    """Whether readers see two messages at once: zones show one of several texts."""
    return not apart(one.block.zones, other.block.zones)
