"""The first lines of HTTP/1.1 messages (RFC 9112, sections 3 and 4), also those with a slip in them."""

from __future__ import annotations

import re
import unicodedata
from http import HTTPStatus
from typing import NamedTuple

from docextract.findings import CheckId
from docextract.text.source import Change
from docextract.text.spelling import distance

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "MERGE")
#: White space that looks like a blank and is none; between the parts of a line it separates as one.
_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
BLANK, NO_BLANK = rf"[ \t{_ODD}]", rf"[^ \t\n{_ODD}]"
_ODD_BLANK = re.compile(f"[{_ODD}]")
_STATUS = re.compile(rf"HTTP(?P<version>/\d+(?:\.\d+)?)?{BLANK}++(?P<status>\d{{3}})(?!\d){BLANK}*+(?P<reason>[^\n]*)$")
_REQUEST = re.compile(rf"(?P<method>{'|'.join(METHODS)}){BLANK}++(?P<url>[^\s][^\n]*)$")
_VERSION = re.compile(r"HTTP/\d+(?:\.\d+)?$")
_URL_STARTS = re.compile(r"https?:|\.{0,2}/|\{|<|\$|~|[\w-]+[/?({:]|[\w.-]+$", re.IGNORECASE)
#: Found in every text that has a line of which `is_head` is true, other than its first. To seek the end of the line
#: above takes a tenth of the time that it takes to seek a line's beginning.
MAY_BE_HEAD = re.compile(rf"\n(?:HTTP/|(?:{'|'.join(METHODS)})\s)")
#: A status line in all but the form of its beginning: `http/1.1 200`, `HTTP 1.1 200`, `HTTP code: 200`.
_LIKE_STATUS = re.compile(
    rf"(?P<start>HTTP(?P<version>[/ ]\d(?:\.\d)?)?{BLANK}*+(?:status|response)?{BLANK}*+(?:code)?{BLANK}*+[:=,-]?)"
    rf"{BLANK}*+(?P<status>(?<![\d.])\d++)(?![\w.]){BLANK}*+(?P<reason>[^\n]*)$",
    re.IGNORECASE,
)
#: Characters in the place of a status code that were meant as digits: `2OO`.
_LIKE_CODE = re.compile(
    rf"HTTP/\d(?:\.\d)?{BLANK}++(?P<status>(?=\w*\d)[\dOoIl]{{2,4}})(?!\w){BLANK}*+(?P<reason>[^\n]*)$"
)
#: A status line whose protocol is misspelt, or runs into the code: `HTTTP/1.1 200`, `HTTP/1.1200`.
_LIKE_PROTOCOL = re.compile(
    rf"(?P<name>[A-Za-z]{{3,5}})(?P<version>/(?:1\.[01]|[23](?:\.0)?)){BLANK}*+(?P<status>[1-5]\d\d)(?!\w)"
    rf"{BLANK}*+(?P<reason>[^\n]*)$"
)
_CODE_AND_PHRASE = re.compile(r"(?P<status>\d{3}) (?P<reason>[A-Za-z][\w' -]*)$")
_PHRASES = {status.value: status.phrase.casefold() for status in HTTPStatus}
_LIKE_REQUEST = re.compile(
    rf"(?P<method>[A-Za-z]{{3,8}}){BLANK}++(?P<url>(?:https?:/|/)\S*+)(?:{BLANK}++HTTP/\d(?:\.\d)?)?$"
)


class Slip(NamedTuple):
    """What is wrong with a line that is understood all the same, where in it, and the changes that mend it."""

    check: CheckId
    message: str
    start: int
    end: int
    changes: tuple[Change, ...] = ()


class StatusLine(NamedTuple):
    """The parts of a status line; without `status` it is no code."""

    status: int | None
    reason: str
    version: str = ""
    slip: Slip | None = None


class RequestLine(NamedTuple):
    """The parts of a request line, and the offsets of the target as written."""

    method: str
    url: str
    start: int
    end: int
    slip: Slip | None = None


def is_request(text: str) -> bool:
    """Whether a line is a request line: a method, then something like a URL."""
    match = _REQUEST.match(text.strip())
    return bool(match and _URL_STARTS.match(_target(match["url"])))


def _target(rest: str) -> str:
    """Return what follows a method without the HTTP version at its end."""
    target, *version = rest.rsplit(None, 1)
    return target if version and _VERSION.match(version[0]) else rest


def is_response(text: str) -> bool:
    """Whether a line is a status line, with or without the HTTP version."""
    return bool(_STATUS.match(text.strip()))


def is_head(text: str) -> bool:
    """Whether a line surely begins a message wherever it stands: no prose and no data look like it."""
    if text.startswith("HTTP/"):
        return is_response(text)
    match = _REQUEST.match(text.rstrip()) if text.startswith(METHODS) else None
    return bool(match and re.match(r"https?://|\.{0,2}/", match["url"]))


def odd_blank(text: str, part: str = "start line") -> Slip | None:
    """Return where a line has white space other than blanks and tabs, which is named; `part` says what it is."""
    found = () if text.isascii() else tuple(_ODD_BLANK.finditer(text.strip()))
    if not found:
        return None
    char, lead = found[0][0], len(text) - len(text.lstrip())
    message = f"U+{ord(char):04X} ({unicodedata.name(char).lower()}) in the {part}, expected a plain space"
    plain = tuple(Change(lead + match.start(), lead + match.end(), " ") for match in found)
    return Slip(CheckId.HTTP_FORM, message, plain[0].start, plain[0].end, plain)


def status_line(text: str) -> StatusLine | None:
    """Read a line, stripped, as a status line with at most one slip in it; None if it is none."""
    if match := _STATUS.match(text):
        slip = odd_blank(text)
        if not match["version"] and slip is None:
            version = Change(0, len("HTTP"), "HTTP/1.1")
            slip = _form(text, "status line without an HTTP version, expected 'HTTP/1.1'", version)
        return StatusLine(int(match["status"]), match["reason"], (match["version"] or "").lstrip("/"), slip)
    if text.startswith(("`", "*")):
        bare = text.strip("`*")
        inner = status_line(bare)
        around = Change(0, text.index(bare), ""), Change(text.index(bare) + len(bare), len(text), "")
        message = f"code marks around the status line, expected {bare!r}"
        return inner and inner._replace(slip=_form(text, message, *around))
    if text[:4].casefold() == "http" and (line := _like_status(text)):
        return line
    return _like_protocol(text) if "/" in text[:6] else _code_and_phrase(text)


def _like_status(text: str) -> StatusLine | None:
    match = _LIKE_STATUS.match(text) or _LIKE_CODE.match(text)
    if match is None:
        return None
    status, reason = match["status"], match["reason"]
    if len(status) != 3 or not status.isdigit():
        if not text.startswith("HTTP/") and not match["version"]:
            return None
        message = f"'{status}' is no status code: it has three digits (RFC 9110, section 15)"
        return StatusLine(None, reason, slip=Slip(CheckId.HTTP_SYNTAX, message, *match.span("status")))
    start = match["start"].rstrip()
    message = f"status line begins with '{start}', expected 'HTTP/1.1'"
    version = "HTTP/" + (match["version"] or " 1.1")[1:]
    right = version if len(start) < len(match["start"]) or match.end("start") < match.start("status") else f"{version} "
    slip = Slip(CheckId.HTTP_FORM, message, 0, len(start), (Change(0, len(start), right),))
    return StatusLine(int(status), reason, slip=slip)


def _like_protocol(text: str) -> StatusLine | None:
    match = _LIKE_PROTOCOL.match(text)
    if match is None or distance(match["name"].upper(), "HTTP", 1) > 1:
        return None
    right = "HTTP" + match["version"]
    if match["name"] == "HTTP":
        slip = _form(text, f"no blank between '{right}' and the status code", Change(len(right), len(right), " "))
    else:
        start = match["name"] + match["version"]
        message = f"status line begins with '{start}', expected '{right}'"
        slip = Slip(CheckId.HTTP_FORM, message, 0, len(start), (Change(0, len(start), right),))
    return StatusLine(int(match["status"]), match["reason"], right.removeprefix("HTTP/"), slip)


def _code_and_phrase(text: str) -> StatusLine | None:
    match = _CODE_AND_PHRASE.match(text)
    if match is None or _PHRASES.get(int(match["status"])) != match["reason"].casefold():
        return None
    message = "status line without an HTTP version, expected 'HTTP/1.1' before the code"
    slip = _form(text, message, Change(0, 0, "HTTP/1.1 "))
    return StatusLine(int(match["status"]), match["reason"], slip=slip)


def _form(text: str, message: str, *changes: Change) -> Slip:
    return Slip(CheckId.HTTP_FORM, message, 0, len(text), changes)


def request_line(text: str) -> RequestLine | None:
    """Read a line, stripped, as a request line with at most one slip in it; None if it is none."""
    if match := _REQUEST.match(text):
        url = _target(match["url"])
        if not _URL_STARTS.match(url):
            return None
        return RequestLine(match["method"], url, match.start("url"), match.start("url") + len(url), odd_blank(text))
    match = _LIKE_REQUEST.match(text)
    method = _meant(match["method"]) if match else None
    if match is None or method is None:
        return None
    message = f"'{match['method']}' is no HTTP method, did you mean '{method}'?"
    slip = Slip(CheckId.HTTP_SYNTAX, message, *match.span("method"))
    return RequestLine(method, match["url"], *match.span("url"), slip)


def _meant(word: str) -> str | None:
    """Return the method that a word in capitals nearly is, or that a word in small letters is."""
    if not word.isupper():
        return word.upper() if word.upper() in METHODS else None
    swapped = sorted(word)
    near = (method for method in METHODS if distance(word, method, 1) <= 1)
    # "SET" and "READ" are words of their own.
    return next((m for m in near if (len(word) > 3 and word[0] == m[0]) or swapped == sorted(m)), None)
