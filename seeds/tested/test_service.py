"""The service answers as its documentation says."""

from __future__ import annotations

import service

import docextract


def test_a_room(docextract_docs):
    """By operation: the status must be documented, and the body must be of the type of its example."""
    docextract_docs.validate(service.get("https://api.example.org/v1.0/rooms/r-1"), "GET /rooms/{id}")


def test_an_unknown_room(docextract_docs):
    """An error is documented, too."""
    docextract_docs.validate(service.get("https://api.example.org/v1.0/rooms/r-2"), "GET /rooms/{id}")


def test_the_store(docextract_docs):
    """By type, for values that come from elsewhere."""
    docextract_docs.validate(service.ROOM, "room")
    docextract_docs.validate([service.ROOM], "room[]")


@docextract.parametrize(method="GET", status=200)
def test_documented_requests(fixture, docextract_docs):
    """Each documented GET request is sent to the service."""
    docextract_docs.validate(service.get(fixture.url), f"GET {fixture.url}")
