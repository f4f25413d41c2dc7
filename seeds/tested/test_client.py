"""The client is tested with the answers of the documentation."""

from __future__ import annotations

import client


def test_a_client(docextract_server):
    """What a client makes of the documented answers."""
    assert client.names(f"{docextract_server.url}/v1.0") == ["Library"]
    assert client.seats(f"{docextract_server.url}/v1.0", "r-1") == 12
