"""The editing of pages: fixes and comments, made in memory and judged by a new check before they are written."""

from __future__ import annotations
