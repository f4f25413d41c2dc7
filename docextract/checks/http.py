"""Checks of HTTP messages as text."""

from __future__ import annotations

from docextract.checks.base import defect_check
from docextract.findings import Safety, Severity


@defect_check(Severity.ERROR)
def http_syntax() -> None:
    """A block annotated as request or response does not hold one.

    Fixtures, mock servers and readers need the start line: `METHOD url` or `HTTP/1.1 200 OK`. A method
    with a slip and a status code that is none are reported in any block. What is read is what the
    block holds, also where its annotation says that it is the other side.

    Bad:  a response block that begins with `{`
    Good: `HTTP/1.1 200 OK`, header, a blank line, then the body

    How to fix: Begin the block with `METHOD url` or `HTTP/1.1 200 OK`. If it holds no message, its
    annotation is the mistake: name another block type, or `ignored`.

    Silence: `<!-- docextract-disable-next-block http-syntax -->`.
    """


@defect_check(Severity.WARNING, fixes=Safety.SAFE)
def http_form() -> None:
    """An HTTP message has not quite the form of RFC 9112.

    Found are status lines without a version or in another form, fields without a colon or with a slip
    in their name, white space that is no blank, URLs that go on over several lines, bodies without a
    blank line before them, and several request lines in one example. A body in a code block of its
    own, and a second message in the block of another, are read all the same.

    Bad:  `HTTP 201 Created`
    Good: `HTTP/1.1 201 Created`

    How to fix: Write the line as the message shows: `HTTP/1.1 200 OK`, `Name: value`, a blank line
    before the body, one message in a block.

    Silence: `<!-- docextract-disable-next-block http-form -->`.
    """


@defect_check(Severity.INFO)
def header_after_blank() -> None:
    """A header field stands after a blank line; a blank line ends the header (RFC 9112 2.1).

    Who copies the example sends the field as part of the body.

    Bad:  `POST /users`, a blank line, `Content-Type: application/json`
    Good: `POST /users`, then `Content-Type: application/json` at once

    How to fix: Move the field above the blank line.

    Silence: `<!-- docextract-disable-next-block header-after-blank -->`.
    """
