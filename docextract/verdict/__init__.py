"""What becomes of what the checks find: runs, policy, reports, memory."""

from __future__ import annotations
