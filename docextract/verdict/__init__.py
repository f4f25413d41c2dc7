"""What becomes of the findings: runs, policy, reports, and the cache."""

from __future__ import annotations
