"""Text before it is Markdown: places, spelling, identifiers, JSON."""

from __future__ import annotations
