"""Which pages belong together, and what they say as a whole."""

from __future__ import annotations
