"""Which pages belong together, and what they say together."""

from __future__ import annotations
