"""What a run reports: findings with their places, and the defects that readers pass to the checks."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docextract.text.source import Change, Slice, Span


class Severity(IntEnum):
    """How much a finding matters, in increasing order."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        """Return the name that options and output formats use."""
        return self.name.lower()


class CheckId(StrEnum):
    """The ids of all checks. They are a contract: configurations, comments and reports name them."""

    FRONT_MATTER = "front-matter"
    FRONT_MATTER_REQUIRED = "front-matter-required"
    PAGE_UNREADABLE = "page-unreadable"
    PAGE_TOO_LARGE = "page-too-large"
    PAGE_TOO_COMPLEX = "page-too-complex"
    INTERNAL_ERROR = "internal-error"
    UNCLOSED_FENCE = "unclosed-fence"
    HEADING_LOST = "heading-lost"
    MERGE_CONFLICT = "merge-conflict"
    LEFTOVER = "leftover"
    ANNOTATION_SYNTAX = "annotation-syntax"
    ANNOTATION_BLOCK_TYPE = "annotation-block-type"
    ANNOTATION_KEY = "annotation-key"
    ANNOTATION_UNBOUND = "annotation-unbound"
    HTTP_SYNTAX = "http-syntax"
    HTTP_FORM = "http-form"
    HEADER_AFTER_BLANK = "header-after-blank"
    REASON_PHRASE = "reason-phrase"
    STATUS_PROSE = "status-prose"
    BODY_UNEXPECTED = "body-unexpected"
    BODY_MISSING = "body-missing"
    CONTENT_TYPE = "content-type"
    CONTENT_LENGTH = "content-length"
    CONTENT_TYPE_EMPTY = "content-type-empty"
    METHOD_MISMATCH = "method-mismatch"
    URL_MISMATCH = "url-mismatch"
    VERSION_MISMATCH = "version-mismatch"
    JSON_SYNTAX = "json-syntax"
    JSON_DUPLICATE_MEMBER = "json-duplicate-member"
    MISSING_RESPONSE = "missing-response"
    MISSING_REQUEST = "missing-request"
    HALF_ANNOTATED_EXCHANGE = "half-annotated-exchange"
    DUPLICATE_NAME = "duplicate-name"
    UNKNOWN_NAME = "unknown-name"
    UNKNOWN_TYPE = "unknown-type"
    AMBIGUOUS_TYPE = "ambiguous-type"
    UNRESOLVED_TYPE = "unresolved-type"
    RESOURCE_UNANNOTATED = "resource-unannotated"
    TABLE_UNREAD = "table-unread"
    UNUSED_BLOCK = "unused-block"
    PROPERTY_NAME = "property-name"
    ENUM_DISAGREE = "enum-disagree"
    TYPE_MISMATCH = "type-mismatch"
    COLLECTION_UNDECLARED = "collection-undeclared"
    EXPECTED_COLLECTION = "expected-collection"
    EXPECTED_OBJECT = "expected-object"
    WRAPPED_ENTITY = "wrapped-entity"
    UNKNOWN_BASE_TYPE = "unknown-base-type"
    BASE_TYPE_CYCLE = "base-type-cycle"
    PAGE_TYPE_MISMATCH = "page-type-mismatch"
    UNDECLARED_PROPERTY = "undeclared-property"
    UNDECLARED_OPEN = "undeclared-open"
    OPEN_NEAR_MISS = "open-near-miss"
    UNTAGGED_DERIVED = "untagged-derived"
    PROPERTY_CASE = "property-case"
    MISSING_PROPERTY = "missing-property"
    WRONG_TYPE = "wrong-type"
    WRONG_FORMAT = "wrong-format"
    OUT_OF_RANGE = "out-of-range"
    ENUM_VALUE = "enum-value"
    ENUM_CASE = "enum-case"
    NOT_NULLABLE = "not-nullable"
    NULL_COLLECTION = "null-collection"
    PLACEHOLDER = "placeholder"
    CONTROL_INFORMATION = "control-information"
    TABLE_ROW = "table-row"
    TABLE_LOST = "table-lost"
    DUPLICATE_PROPERTY = "duplicate-property"
    REPRESENTATION_MISSING = "representation-missing"
    REPRESENTATION_UNDECLARED = "representation-undeclared"
    REPRESENTATION_TYPE = "representation-type"
    ANNOTATION_PROPERTY = "annotation-property"
    BROKEN_LINK = "broken-link"
    BROKEN_ANCHOR = "broken-anchor"
    LINK_CASE = "link-case"
    UNUSED_SUPPRESSION = "unused-suppression"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place of a finding, such as the table row that an example contradicts.

    If it is brief, its message says all that is to be seen there.
    """

    span: Span
    message: str
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    r"""The replacement of the text at a place of a page; an empty place inserts, an empty text deletes.

    A line end in `text` is `\n`, whatever the page uses.
    """

    span: Span
    text: str


class Safety(StrEnum):
    """Which option makes the fixes of a check: `--fix`, or only `--unsafe-fixes` beside it."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Fix:
    """The edits, all on one page, that mend what a finding tells.

    A fix is safe if it cannot change what the page means to say: the text was wrong whatever was meant.
    """

    edits: tuple[Edit, ...]
    safe: bool = True

    @classmethod
    def of(cls, source: Slice, changes: Iterable[Change]) -> Fix | None:
        """Make a safe fix of changes to a part of a page; None if there are none."""
        edits = tuple(Edit(source.span(change.start, change.end), change.text) for change in changes)
        return cls(edits) if edits else None


@dataclass(frozen=True, slots=True)
class Defect:
    """A problem that a reader noted and read past; the check with this id reports it."""

    check: CheckId
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: its check, its primary place, and any number of related places.

    `pointer` is the JSON Pointer (RFC 6901) of the value in its body, `exchange` the id of the
    exchange as `extract` writes it. `fingerprint`, `pageless` and `context`, by which it is known
    again in another run, are given by `verdict/fingerprint`. `lowered` says that its severity would be
    higher if the doc set did not look like an extract of a larger one.
    """

    check: CheckId
    severity: Severity
    message: str
    span: Span
    _: KW_ONLY
    related: tuple[Related, ...] = ()
    pointer: str | None = None
    type: str | None = None
    property: str | None = None
    exchange: str | None = None
    fix: Fix | None = None
    fingerprint: str = ""
    pageless: str = ""
    context: str = ""
    lowered: bool = False

    def is_fixable(self) -> bool:
        """Whether it has a safe fix, which `check --fix` makes."""
        return self.fix is not None and self.fix.safe


def sort_key(finding: Finding) -> tuple[str, int, int, str, str]:
    """Return the key that puts findings in the order of all output: path, line, column, check."""
    return (finding.span.path, finding.span.line, finding.span.column, finding.check, finding.message)
