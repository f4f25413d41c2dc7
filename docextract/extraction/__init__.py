"""Documented exchanges as fixtures: one value for writers, tests and servers, and the schemas of their bodies."""

from __future__ import annotations
