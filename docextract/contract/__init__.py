"""What the tables promise, and whether a body keeps it."""

from __future__ import annotations
