"""Checks of the JSON comments above code blocks."""

from __future__ import annotations

from docextract.checks.base import defect_check
from docextract.findings import Safety, Severity


@defect_check(Severity.ERROR, fixes=Safety.SAFE)
def annotation_syntax() -> None:
    """An annotation is not JSON; checking goes on with what could be recovered.

    Other tools that read the page drop such an annotation, and with it the example. The annotation
    of the whole page (`"type": "#page.annotation"`) is read too.

    Bad:  `<!-- { "blockType": "request", "name": "get_user", } -->`
    Good: `<!-- { "blockType": "request", "name": "get_user" } -->`

    How to fix: Mend the JSON between `<!--` and `-->` at the place shown: double quotes around names
    and strings, no comma after the last member.

    Silence: `<!-- docextract-disable-next-block annotation-syntax -->`.
    """


@defect_check(Severity.ERROR)
def annotation_block_type() -> None:
    """The block type of an annotation is unknown, missing above a code block, or `example` above a message.

    Without it nobody knows whether the block is a request, a response or a resource. A request or
    response under another block type is read as what it is.

    Bad:  `<!-- { "blockType": "respnse" } -->`
    Good: `<!-- { "blockType": "response" } -->`

    How to fix: Write `request`, `response` or `resource`, as the block below is one; `ignored` if it is
    none of them.

    Silence: `<!-- docextract-disable-next-block annotation-block-type -->`.
    """


@defect_check(Severity.WARNING)
def annotation_key() -> None:
    """An annotation has an unknown key, a value of the wrong type, or names no type for a resource.

    Readers of annotations pass over unknown keys in silence, so a misspelt one does nothing; the
    tables of a resource without a type describe nothing.

    Bad:  `"isCollection": "true"`, `"scope": "files.read"`
    Good: `"isCollection": true`, `"scopes": "files.read"`

    How to fix: Take the suggested key, or remove it; write `true` without quotes; give a resource its
    `@odata.type`.

    Silence: `<!-- docextract-disable-next-block annotation-key -->`.
    """


@defect_check(Severity.WARNING)
def annotation_unbound() -> None:
    """An annotation has no code block after it, or other text stands between them.

    Other tools bind an annotation only to the code block that follows at once. One whose block type is
    `ignored` loses nothing by it.

    Bad:  the comment, then a paragraph, then the code block
    Good: the paragraph, then the comment, then the code block

    How to fix: Move the comment directly above its code block. If the block is gone, remove the
    comment.

    Silence: `<!-- docextract-disable-next-block annotation-unbound -->` before the comment.
    """
