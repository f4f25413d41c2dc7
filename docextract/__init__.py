"""Checks API reference pages in Markdown against their properties tables, and extracts their examples."""

from __future__ import annotations

__version__ = "0.1.0"
