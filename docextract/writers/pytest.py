"""The `pytest` writer: a module of tests for each page, with respx in place of the service and httpx as its client."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from docextract.folder import File
from docextract.writers.by_page import by_page
from docextract.writers.python_text import WIDTH, assignment, can_be_written, text_literal
from docextract.writers.replay import Replay, headers, replays

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from docextract.extraction.fixture import Fixture
    from docextract.extraction.side import Side
    from docextract.writers.shortfall import Shortfall

_HEAD = '''"""What the page {page} documents.

Written by `docextract extract --format pytest`, which replaces changes: copy a test to
have your client in place of httpx.
"""

{imports}
'''
_RELATIVE = '@pytest.mark.skip(reason="the URL is relative: extract it with --base-url")'
#: The methods that respx and httpx have functions for; only these of httpx take a body.
_ROUTES = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
_WITH_BODY = {"PATCH", "POST", "PUT"}
_BETWEEN_WORDS = re.compile(r"[^0-9A-Za-z]+")


class Message(NamedTuple):
    """What a test sends or is answered: the lines that assign it to names, and the arguments that pass these.

    `body` is the argument that holds the body, "" without one.
    """

    lines: tuple[str, ...]
    headers: str
    body: str

    @property
    def arguments(self) -> str:
        """The arguments, each after a comma."""
        return "".join(f", {argument}" for argument in (self.headers, self.body) if argument)


def write_pytest(fixtures: Iterable[Fixture]) -> Iterator[File | Shortfall]:
    """Yield a module for each page with exchanges that can be replayed."""
    used: Counter[str] = Counter()
    for found in by_page(fixtures):
        tests: list[Replay] = []
        for one in replays(found.fixtures):
            if isinstance(one, Replay):
                tests.append(one)
            else:
                yield one
        if tests:
            # In one folder: pytest wants the names of modules unique, wherever they are.
            name = _unique(f"test_{_identifier(found.name)}", used)
            yield File(f"{name}.py", _module(found.name, tests), found.page)


def _module(page: str, tests: Sequence[Replay]) -> str:
    skips = any(one.request.host is None for one in tests)
    imports = ["import httpx", *(["import pytest"] if skips else []), "import respx"]
    used: Counter[str] = Counter()
    names = [_unique(f"test_{_identifier(one.fixture.id.rpartition('/')[2])}", used) for one in tests]
    parts = [_HEAD.format(page=_docstring(page), imports="\n".join(imports))]
    parts += ["\n".join(_test(name, one)) + "\n" for name, one in zip(names, tests, strict=True)]
    return "\n\n".join(parts)


def _test(name: str, replay: Replay) -> Iterator[str]:
    sent = _message(replay.request, replay.request.replayed_text, "sent", "headers")
    answer = _message(replay.response, replay.body, "answer", "answer_headers")
    if replay.request.host is None:
        yield _RELATIVE
    yield from _signature(name)
    yield f'    """{_docstring(_summary(replay))}."""'
    yield from assignment("url", _readable(replay.url))
    yield from (*sent.lines, *answer.lines)
    yield f"    route = {_called('respx_mock', replay.method, _ROUTES)}{f', {sent.body}' if sent.body else ''})"
    yield f"    route.respond({replay.status}{answer.arguments})"
    yield ""
    known = _ROUTES if not sent.body else _WITH_BODY
    yield f"    response = {_called('httpx', replay.method, known)}{sent.arguments})"
    yield ""
    yield f"    assert response.status_code == {replay.status}"
    yield f"    assert {_compared(answer)}"


def _summary(replay: Replay) -> str:
    """Return what an exchange is about, and its id, by which other formats and the index know it."""
    return f"{replay.fixture.title}: {replay.status} {replay.reason}".strip(" :") + f" ({replay.fixture.id})"


def _signature(name: str) -> Iterator[str]:
    line = f"def {name}(respx_mock: respx.MockRouter) -> None:"
    yield from [line] if len(line) <= WIDTH else [f"def {name}(", "    respx_mock: respx.MockRouter,", ") -> None:"]


def _called(owner: str, method: str, known: Collection[str]) -> str:
    """Return the beginning of a call for a URL by a method: by the function of its name, if there is one."""
    return f"{owner}.{method.lower()}(url" if method in known else f"{owner}.request({text_literal(method)}, url"


def _message(side: Side, body: str, name: str, headers_name: str) -> Message:
    """Return a message; its body is called `name`."""
    as_json = bool(body) and side.has_json and side.body is not None and can_be_written(side.body)
    given = {field: ", ".join(values) for field, values in headers(side).items() if field.casefold() != "host"}
    if as_json:
        # The client adds it by itself.
        given = {field: value for field, value in given.items() if not _says_json(field, value)}
    lines = list(assignment(headers_name, {**given})) if given else []
    if as_json:
        lines += assignment(name, side.body)
    elif body:
        lines += assignment(name, body)
    keyword = f"json={name}" if as_json else f"content={name}" if body else ""
    return Message(tuple(lines), f"headers={headers_name}" if given else "", keyword)


def _says_json(field: str, value: str) -> bool:
    return field.casefold() == "content-type" and value.casefold() == "application/json"


def _compared(answer: Message) -> str:
    """Return the assertion on the body of the response."""
    if not answer.body:
        return "not response.content"
    return "response.json() == answer" if answer.body.startswith("json") else "response.content.decode() == answer"


def _readable(url: str) -> str:
    """Return a percent-encoded URL with the brackets of its placeholders, which clients encode."""
    return url.replace("%7B", "{").replace("%7D", "}")


def _docstring(text: str) -> str:
    """Return a text as it can stand in a docstring: on one line, without what is not seen or would end it."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split()).replace("\\", "\\\\").replace('"', '\\"')


def _identifier(name: str) -> str:
    """Return a name as part of an identifier of Python, in small letters."""
    return _BETWEEN_WORDS.sub("_", name).strip("_").lower()


def _unique(name: str, used: Counter[str]) -> str:
    used[name] += 1
    return name if used[name] == 1 else f"{name}_{used[name]}"
