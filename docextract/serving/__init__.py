"""A mock server: the documented exchanges, answered over HTTP."""

from __future__ import annotations
