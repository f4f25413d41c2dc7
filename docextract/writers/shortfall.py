"""What a format cannot hold of an exchange: said by cause, never dropped in silence."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Cause(StrEnum):
    """Why an exchange is not, or not wholly, in the files of a format."""

    NO_REQUEST = "no request"
    NO_METHOD = "no method or no URL in the request"
    NO_RESPONSE = "no response"
    NO_STATUS = "no status code in the response: 200 is assumed"
    RELATIVE = "a relative URL: --base-url makes it absolute"
    SEVERAL = "the same request as another exchange, which answers it"
    BINARY = "a placeholder where the body is binary"


class Shortfall(NamedTuple):
    """An exchange that a format cannot hold as it is, by its id; `left_out` says that it is in no file at all."""

    id: str
    cause: Cause
    left_out: bool = False
