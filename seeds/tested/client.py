"""A client of the service, which is told where the service is."""

from __future__ import annotations

import json
from urllib.request import urlopen


def names(service: str) -> list[str]:
    """Return the names of all rooms."""
    with urlopen(f"{service}/rooms") as answer:
        return [room["name"] for room in json.load(answer)["value"]]


def seats(service: str, room: str) -> int:
    """Return the number of seats of a room."""
    with urlopen(f"{service}/rooms/{room}") as answer:
        return json.load(answer)["seats"]
