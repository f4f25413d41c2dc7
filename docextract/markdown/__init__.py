"""What stands on a page: its blocks, tables, comments and links."""

from __future__ import annotations
