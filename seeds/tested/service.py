"""A service with one room, whose answers are like those of any HTTP client."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

ROOM = {"id": "r-1", "name": "Library", "seats": 12, "state": "booked"}


@dataclass
class Answer:
    """What requests, httpx and the test clients of web frameworks return."""

    status_code: int
    content: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


def get(url: str) -> Answer:
    """Answer GET requests."""
    path = url.partition("/v1.0")[2]
    found = {"/rooms": {"value": [ROOM]}, "/rooms/r-1": ROOM}.get(path)
    missing = {"error": {"code": "roomNotFound", "message": "There is no such room."}}
    return Answer(200 if found else 404, json.dumps(found or missing).encode())
