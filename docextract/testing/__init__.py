"""Documentation in hand-written tests: real responses held against what the pages say."""

from __future__ import annotations
