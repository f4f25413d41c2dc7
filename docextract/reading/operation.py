"""What a page says of its operation, outside the examples: path templates, statuses, types, parameters."""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docextract.markdown.links import lookup
from docextract.reading.columns import named_columns, typed_columns
from docextract.reading.http_message import Request, template
from docextract.reading.property import Property, Rows, read_rows
from docextract.reading.prose import Word, numbers, statuses
from docextract.reading.start_line import is_response
from docextract.value import cached_property, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docextract.findings import Defect
    from docextract.markdown.heading import Heading
    from docextract.markdown.page import Page, Table
    from docextract.reading.exchange import Message
    from docextract.text.source import Slice, Span

_LABELLED = re.compile(
    r"(?<!!)\[(?P<text>(?:[^\[\]`]|`[^`]*`|\[[^\[\]]*\])+)\]"
    r"(?:\(\s*+<?(?P<target>[^()\s<>]++)>?[^()]*+\)|\[(?P<label>[^\[\]]*)\])?"
)
_RESOURCE = re.compile(r"(?i)(?:^|/)resources?/[^/?#]+\.md(?:#(?!.*-values$).*)?$")
_JOINT = re.compile(
    r"(?i)[\s*`]*+(?:(?:objects?|resources?|entit(?:y|ies))\s*+)?(?:,\s*+)?(?:(?:and/or|or|and)\s++)?"
    r"(?:(?:an?|a collection of|the)\s++)?[*`]*"
)
#: "a **user** object", "ein **user**-Objekt": the name of a type in emphasis or code, and what it is.
_NAMED = re.compile(
    r"(?i)(?P<mark>\*\*|__|[*_`])(?P<name>[A-Za-z][\w.]*)(?P=mark)[\s-]?"
    r"(?:objects?|resources?|entit(?:y|ies)|collection|objekte?s?|ressourcen?|objetos?|objets?"
    r"|对象|資源|资源|オブジェクト|리소스|개체)(?!\w*\s+id)"
)
_NOT_A_RESOURCE = re.compile(r"(?i)/(?:[^/]*-)?(?:overview|errors?|error-codes?|enums)\.md")


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a resource page in prose: its text and target."""

    text: str
    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in prose that may be that of a type."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Status:
    """A status code that the prose promises."""

    code: int
    span: Span


@dataclass(frozen=True)
class Operation:
    """What a page says of its operation, outside the examples; read from its passages on first use."""

    templates: tuple[Request, ...] = ()
    response_prose: tuple[Slice, ...] = ()
    request_prose: tuple[Slice, ...] = ()
    tables: tuple[Table, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    translated: bool = False
    defects: tuple[Defect, ...] = ()

    @cached_property
    def statuses(self) -> tuple[Status, ...]:
        """The status codes that the Response section promises."""
        return tuple(
            Status(int(word.text), passage.span(word.start, word.end))
            for passage in self.response_prose
            for word in statuses(passage.text)
        )

    def promises_at_most(self, code: int) -> bool:
        """Whether the Response section names no number but one that may be a code; its sentences are not read."""
        return all(numbers(passage.text) <= {code} for passage in self.response_prose)

    @cached_property
    def response_links(self) -> tuple[Link, ...]:
        """The links to resources in the Response section: the first of each passage, and those joined to it."""
        return tuple(_links(self.response_prose, self.references))

    @cached_property
    def request_links(self) -> tuple[Link, ...]:
        """The links to resources in the Request body section."""
        return tuple(_links(self.request_prose, self.references))

    @cached_property
    def response_names(self) -> tuple[Mention, ...]:
        """The names that the Response section gives to objects without a link: "a **user** object"."""
        return tuple(_names(self.response_prose))

    @cached_property
    def request_names(self) -> tuple[Mention, ...]:
        """The names that the Request body section gives to objects without a link."""
        return tuple(_names(self.request_prose))

    @cached_property
    def rows(self) -> tuple[Rows, ...]:
        """What the rows of the page's own tables say."""
        return tuple(table_rows(table, self.references, translated=self.translated) for table in self.tables)

    @cached_property
    def parameters(self) -> tuple[Property, ...]:
        """The members that the page's own tables declare."""
        return tuple(declared for rows in self.rows for declared in rows.properties)

    @property
    def all_named(self) -> bool:
        """Whether every row of these tables names its member, so that what they do not list is surplus.

        In a translation a name that begins with a capital, "Beitrag", may be a word.
        """
        if any(rows.unnamed for rows in self.rows):
            return False
        return not (self.translated and any(declared.name.istitle() for declared in self.parameters))


class About(NamedTuple):
    """What the headings above a block say that it is about; a flag of the library would cost more than to look."""

    example: bool = False
    templates: bool = False
    response: bool = False
    request_body: bool = False


#: What a heading says for each of them, in their order.
_WORDS = (
    re.compile(r"\bexamples?\b"),
    re.compile(r"http requests?\b|^requests? urls?$|^syntax$"),
    re.compile(r"^(http )?(responses?|returns?|return values?)$"),
    re.compile(r"^(request body|body|parameters|request parameters|properties|request)$"),
)


@lru_cache(maxsize=4096)
def _told(words: str) -> About:
    return About(*(pattern.search(words) is not None for pattern in _WORDS))


@lru_cache(maxsize=256)
def _together(told: tuple[About, ...]) -> About:
    return About(*map(any, zip(*told, strict=True))) if told else About()


@lru_cache(maxsize=32)
def about(headings: tuple[Heading, ...]) -> About:
    """Return what the headings above a block, outermost first, say together."""
    return _together(tuple([_told(heading.words) for heading in headings]))


def read_operation(page: Page, templates: Iterable[Message]) -> Operation:
    """Read what a page says of its operation; `templates` are the messages whose blocks hold its path templates."""
    sections = [(paragraph.source, about(paragraph.headings)) for paragraph in page.paragraphs]
    requests = tuple(_template_requests(templates))
    return Operation(
        requests,
        tuple([text for text, section in sections if section.response and not section.example]),
        tuple([text for text, section in sections if section.request_body and not section.example]),
        tuple([t for t in page.tables if (section := about(t.headings)).request_body and not section.example]),
        page.references,
        page.translated,
        tuple(defect for request in requests for defect in request.defects),
    )


def _template_requests(templates: Iterable[Message]) -> Iterator[Request]:
    for message in templates:
        content = message.block.content
        if "\n" not in content.text and isinstance(message.http, Request):
            # Nothing but the line that is read already.
            yield message.http
            continue
        offset = 0
        for line in content.text.split("\n"):
            request = None if is_response(line) else template(content.part(offset, offset + len(line)))
            if request is not None:
                yield request
            offset += len(line) + 1


def _links(passages: tuple[Slice, ...], references: Mapping[str, str]) -> Iterator[Link]:
    for passage in passages:
        for word, target in resource_links(passage.text, references):
            yield Link(word.text, target, passage.span(word.start, word.end))


def _names(passages: tuple[Slice, ...]) -> Iterator[Mention]:
    for passage in passages:
        for match in _NAMED.finditer(passage.text):
            yield Mention(match["name"], passage.span(*match.span("name")))


def table_rows(table: Table, references: Mapping[str, str], *, translated: bool = False) -> Rows:
    """Read the rows of a table of parameters; none if it is no such table."""
    where = named_columns(table) or typed_columns(table)
    return read_rows(table, where, references, translated=translated) if where else Rows()


def resource_links(text: str, references: Mapping[str, str]) -> tuple[tuple[Word, str], ...]:
    """Give the first link to the page of a resource, and those that "and/or" joins to it.

    Out: the text of each link and its target, as written.
    """
    links: list[tuple[Word, str]] = []
    end = 0
    for match in _LABELLED.finditer(text):
        target = match["target"] or lookup(references, match["label"] or match["text"])
        if not target or not _RESOURCE.search(target) or _NOT_A_RESOURCE.search(target) or "://" in target:
            continue
        if links and not _JOINT.fullmatch(text, end, match.start()):
            break
        raw = match["text"]
        name = raw.strip("*` ")
        at = match.start("text") + raw.index(name)
        links.append((Word(name, at, at + len(name)), target))
        end = match.end()
    return tuple(links)
