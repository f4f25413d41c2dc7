"""A response that a service really gave, whatever library brought it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docextract.reading.header import Field
from docextract.reading.http_message import Body, Response
from docextract.text.json_text import read
from docextract.text.source import Slice, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Stands where a page has its path.
RESPONSE = "the response"
_PLACE = Span(RESPONSE, 1, 1, 1, 1)


@dataclass(frozen=True)
class Received:
    """A response: its status and Content-Type, None if only a body is known, and its body as text."""

    status: int | None
    media_type: str | None
    text: str

    @classmethod
    def of(cls, response: object) -> Received:
        """Take what a response of requests, httpx, Django, Starlette, Flask or the like says; or a body as values.

        Raises TypeError for anything else.
        """
        if isinstance(response, dict | list):
            return cls(None, None, json.dumps(response, indent=2, ensure_ascii=False))
        status, headers = getattr(response, "status_code", None), getattr(response, "headers", None)
        content = getattr(response, "content", getattr(response, "data", None))
        if not isinstance(status, int) or headers is None or not isinstance(content, bytes):
            raise TypeError(
                f"cannot validate {type(response).__qualname__}: expected a response with status_code, headers and "
                "content, or the dict or list of a JSON body"
            )
        return cls(status, _media_type(headers), content.decode("utf-8-sig", "replace"))

    @cached_property
    def http(self) -> Response:
        """The response as a page would show it, with its JSON in lines."""
        fields = (Field("Content-Type", self.media_type, _PLACE, "content-type"),) if self.media_type else ()
        body = Body(Slice(RESPONSE, self._shown)) if self.text.strip() else None
        start = Slice(RESPONSE, f"HTTP/1.1 {self.status}" if self.status else "")
        return Response(start, fields, body, has_status_line=self.status is not None, status=self.status)

    @property
    def _shown(self) -> str:
        reading = read(self.text)
        if reading.defects or not reading.readable:
            return self.text.strip()
        return json.dumps(reading.value, indent=2, ensure_ascii=False)


def _media_type(headers: Mapping[str, str]) -> str | None:
    return next((str(value) for name, value in headers.items() if name.casefold() == "content-type"), None)
