"""The service as an ASGI application: requests in, answers out, a line of log for each."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from docextract.renderers.visible import visible
from docextract.serving.asked import Asked
from docextract.serving.problem import problem
from docextract.serving.target import BadTargetError, Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    from docextract.serving.answer import Answer
    from docextract.serving.service import Service

#: Bytes: a longer body is refused. What a client sends all the same is thrown away up to a limit, for many
#: read no answer before they have sent everything.
_LONGEST, _DISCARDED = 10_000_000, 500_000_000
#: Seconds in which a body must have come.
_PATIENCE = 15.0
#: So much of a method is logged.
_METHOD = 20


class Application:
    """Answers with the service, which may be replaced at any time; `log` takes a line for each request.

    A line holds the method, the route, the example and the status: nothing that may be a secret of the client.
    """

    def __init__(self, service: Service, log: Callable[[str], None]) -> None:
        self.service = service
        self._log = log
        self._patient = ThreadPoolExecutor(1, "docextract-answer")

    def close(self) -> None:
        """Let go of what it holds; it answers no more."""
        self._patient.shutdown(wait=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
            response = _response(answer)
        except ClientDisconnect:
            return
        except Exception as error:
            self._log(f"internal error: {type(error).__name__}; please report it")
            answer = problem(500, "internal error of docextract; please report it")
            response = _response(answer)
        self._log(visible(f"{request.method[:_METHOD]} {answer.told} {answer.status}"))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Answer:
        service = self.service
        headers = dict(request.headers)
        try:
            target = Target.received(_target(request.scope))
        except BadTargetError as error:
            return problem(error.status, str(error))
        refusal = service.refuses(headers)
        if refusal is not None:
            return refusal
        try:
            async with asyncio.timeout(_PATIENCE):
                body = await _body(request)
        except TimeoutError:
            return problem(408, f"the body did not come within {_PATIENCE:.0f} seconds").plus(("Connection", "close"))
        if body is None:
            return problem(413, f"the body is longer than {_LONGEST:,} bytes").plus(("Connection", "close"))
        asked = Asked(request.method, target, headers, body)
        if service.takes_time(asked):
            return await asyncio.get_running_loop().run_in_executor(self._patient, service.answer, asked)
        return service.answer(asked)


def _target(scope: Scope) -> str:
    """Return the target as it was sent: its path is not decoded."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope["query_string"]
    return (path + (b"?" + query if query else b"")).decode("latin-1")


async def _body(request: Request) -> bytes | None:
    """Return the body of a request; None if it is too long."""
    declared = request.headers.get("content-length", "")
    is_long = declared.isdecimal() and int(declared) > _LONGEST
    if is_long and request.headers.get("expect"):
        return None
    body, length = bytearray(), 0
    async for chunk in request.stream():
        length += len(chunk)
        if length <= _LONGEST and not is_long:
            body += chunk
        else:
            is_long = True
            body.clear()
        if length > _DISCARDED:
            break
    return None if is_long else bytes(body)


def _response(answer: Answer) -> Response:
    """Return the response that sends an answer."""
    response = Response(answer.body, answer.status)
    length = [(b"content-length", str(len(answer.body)).encode())] if _has_length(answer.status) else []
    response.raw_headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    response.raw_headers += length
    return response


def _has_length(status: int) -> bool:
    """Whether an answer of a status may have a body (RFC 9110, section 8.6)."""
    return status not in (204, 304)
