"""Text below the level of Markdown: places, spelling, identifiers, JSON."""

from __future__ import annotations
